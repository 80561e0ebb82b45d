/*
 * geometry: where things stand on a sheet, from layouts/page/NAME.yaml.
 *
 * The file is in millimetres, the struct in page units. Loaded once for a
 * run; a letter only reads it. A sheet without envelope data has no risk
 * rectangle, one that keeps its window clear has no return line: their width
 * is 0.
 */
#ifndef LETTER_GEOMETRY_H
#define LETTER_GEOMETRY_H

#include "base/err.h"
#include "base/mem.h"
#include "letter/page.h"

struct geometry {
	const char *name;
	int32_t width, height; /* of the sheet */
	struct page_box text;  /* of a following page, inside the margins */
	struct page_box safe; /* of the window: seen however the sheet slides */
	struct page_box risk; /* of the window: may be seen; w 0: not known */
	struct page_box head, info, address, date, subject, footer;
	struct page_box return_line; /* w 0: none */
	struct page_box delivery;    /* left of the date: how it is sent */
	int32_t address_most, address_least; /* sizes of its type */
	bool address_sheet; /* the address also on a first sheet of its own */
	int32_t mark_x, mark_length, mark_thickness;
	int32_t *folds, *punches; /* y of the marks */
	size_t n_folds, n_punches;
};

/*
 * Loads the file at path into the arena. ERR_USAGE for what is not a
 * geometry: an unknown key, a box beyond the sheet, an address outside the
 * safe rectangle, anything else in the risk rectangle.
 */
int geometry_load(const char *path, struct arena *a, struct geometry *out,
    struct err *e);

/* True if a lies within b. */
bool geometry_inside(const struct page_box *a, const struct page_box *b);

#endif
