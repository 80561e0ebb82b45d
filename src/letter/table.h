/*
 * table: columns as wide as what they hold, amounts flush right; in smaller
 * type where words would be cut otherwise.
 *
 * On each page the head comes again, for the eye only. A row is never split;
 * one higher than half a page is an error, so that head and row always fit.
 * Two rows at least are on either side of a page break, and the sums
 * at its end are together, with rows they add up.
 */
#ifndef LETTER_TABLE_H
#define LETTER_TABLE_H

#include "letter/flow.h"
#include "letter/markdown.h"

/* Cuts a table into slices, a row each. */
int table_compose(struct flow *f, const struct block *block, struct err *e);

#endif
