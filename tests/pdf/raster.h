/*
 * raster: a page as pixels, and where a QR symbol lies on it.
 *
 * Finds the three finder patterns by their runs of 1:1:3:1:1 (ISO 18004, 9),
 * for a symbol that stands upright. It does not decode: zbarimg does.
 */
#ifndef TESTS_PDF_RASTER_H
#define TESTS_PDF_RASTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct raster {
	int width, height; /* pixels */
	uint8_t *grey;     /* 0 is black; rows from the top */
};

struct raster_symbol {
	int left, top, right, bottom; /* pixels; right and bottom are outside */
	int modules;                  /* a side */
	double module;                /* pixels */
};

/* A PGM file; free with raster_done. */
int raster_load(const char *path, struct raster *out, struct err *e);
void raster_done(struct raster *r);

/* ERR_DATA unless the page has exactly one upright symbol. */
int raster_find_symbol(const struct raster *r, struct raster_symbol *out,
    struct err *e);

/* Whether all pixels of a margin around the symbol are light and on the page.
 */
bool raster_margin_is_light(const struct raster *r,
    const struct raster_symbol *s, int margin);

#endif
