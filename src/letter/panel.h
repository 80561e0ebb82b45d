/*
 * panel: the way to pay. The QR symbol at the left when there is one, the
 * sum, and what a transfer needs, beside it.
 */
#ifndef LETTER_PANEL_H
#define LETTER_PANEL_H

#include "letter/flow.h"

/* Adds it as one slice; alt describes the symbol to those who cannot see. */
int panel_compose(struct flow *f, const char *alt, struct err *e);

#endif
