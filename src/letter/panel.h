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

/* The symbol of a code, which there is; it lives in the arena. */
int panel_symbol(const struct payment_code *c, struct arena *a,
    struct page_symbol *out, struct err *e);

/* The side of a symbol with its quiet zone, the symbol at least so wide. */
int32_t panel_tile(const struct page_symbol *s, int32_t width);

#endif
