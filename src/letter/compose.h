/*
 * compose: a tree of blocks to slices of the flow.
 *
 * What keeps together: two lines of a paragraph at least on either side of a
 * page break, and a short one whole; a heading, or the words that announce a
 * table, a list or a picture, with what follows; the closing formula, the
 * signature and who signs with each other and the lines before them. Tables
 * say more in table.h.
 */
#ifndef LETTER_COMPOSE_H
#define LETTER_COMPOSE_H

#include "letter/flow.h"
#include "letter/markdown.h"

/* Cuts the blocks into slices. */
int compose_blocks(struct flow *f, const struct block *root, struct err *e);

#endif
