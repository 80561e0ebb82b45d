/*
 * panel: the way to pay. The QR symbol at the left when there is one, the
 * sum, and what a transfer needs, beside it.
 */
#ifndef LETTER_PANEL_H
#define LETTER_PANEL_H

#include "letter/flow.h"
#include "letter/markdown.h"

/*
 * Adds it as one slice, for the image of a text: qr:pay or qr:epc, and words
 * that describe the symbol to those who cannot see.
 */
int panel_compose(struct flow *f, const struct block *image, struct err *e);

#endif
