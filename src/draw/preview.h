/*
 * preview: a page of placed glyphs to a PNG by cairo, for people and tests.
 */
#ifndef DRAW_PREVIEW_H
#define DRAW_PREVIEW_H

#include "base/err.h"
#include "letter/page.h"

/* Appends the PNG of page 0, 1, … at the resolution to out. */
int preview_png(const struct page_doc *d, size_t page, double dpi,
    struct str *out, struct err *e);

#endif
