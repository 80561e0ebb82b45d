/*
 * table: columns as wide as what they hold, amounts flush right, the head
 * again on each page.
 */
#ifndef LETTER_TABLE_H
#define LETTER_TABLE_H

#include "letter/compose.h"

int table_compose(struct flow *f, const struct block *block, struct err *e);

/* Height of a head and two rows, to keep a table with what announces it. */
int32_t table_least_height(const struct flow *f);

#endif
