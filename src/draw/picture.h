/*
 * picture: an image file (PNG, JPEG, SVG) to pixels, flattened on white.
 *
 * What it is, its first bytes say, not its name. A photograph is turned the
 * way its camera says. A drawing fetches nothing: no other file, no network.
 */
#ifndef DRAW_PICTURE_H
#define DRAW_PICTURE_H

#include "base/err.h"
#include "letter/page.h"

/*
 * Reads a picture of at most 4000 x 4000 pixels; it lives in the arena. It
 * has no more pixels than an A4 sheet shows at 300 dots an inch; a drawing
 * has those of its natural size.
 */
int picture_load(const char *path, struct arena *a, struct page_image *out,
    struct err *e);

/* The same at most `high` pixels high; a drawing just as high. */
int picture_load_small(const char *path, int high, struct arena *a,
    struct page_image *out, struct err *e);

#endif
