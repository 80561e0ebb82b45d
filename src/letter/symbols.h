/*
 * symbols: a payment code for each invoice of the letter, in rows, with the
 * invoice's number and what is open of it below.
 */
#ifndef LETTER_SYMBOLS_H
#define LETTER_SYMBOLS_H

#include "letter/flow.h"
#include "letter/markdown.h"

/*
 * Adds the rows for the image qr:invoices; its words stand above them.
 * Nothing where the letter has no such codes.
 */
int symbols_compose(struct flow *f, const struct block *image, struct err *e);

#endif
