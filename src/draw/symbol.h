/*
 * symbol: a QR symbol alone, with its quiet zone, as PNG or SVG.
 */
#ifndef DRAW_SYMBOL_H
#define DRAW_SYMBOL_H

#include <stdbool.h>

#include "base/err.h"
#include "letter/page.h"

/* With `cross`, the Swiss cross in its middle, 7 of 46 parts wide. */
int symbol_png(const struct page_symbol *s, bool cross, struct str *out,
    struct err *e);
int symbol_svg(const struct page_symbol *s, bool cross, struct str *out,
    struct err *e);

#endif
