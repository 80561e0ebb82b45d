/*
 * picture: an image file to pixels, flattened on white. PNG for now.
 */
#ifndef DRAW_PICTURE_H
#define DRAW_PICTURE_H

#include "base/err.h"
#include "letter/page.h"

/* Reads a PNG of at most 4000 x 4000 pixels; it lives in the arena. */
int picture_load(const char *path, struct arena *a, struct page_image *out,
    struct err *e);

/* The same, scaled down to at most `high` pixels of height. */
int picture_load_small(const char *path, int high, struct arena *a,
    struct page_image *out, struct err *e);

#endif
