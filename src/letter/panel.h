/*
 * panel: the way to pay. The QR symbol at the left when there is one, the
 * sum, and what a transfer needs, beside it.
 */
#ifndef LETTER_PANEL_H
#define LETTER_PANEL_H

#include "letter/compose.h"

/* alt describes the symbol to those who cannot see it. */
int panel_compose(struct flow *f, const char *alt, struct err *e);

/* About its height, to keep it with what announces it. */
int32_t panel_least_height(const struct flow *f);

#endif
