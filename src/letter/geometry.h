/*
 * geometry: where things stand on a sheet, from layouts/page/NAME.yaml.
 *
 * The file is in millimetres, the struct in page units. Loaded once for a
 * run; a letter only reads it.
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
	struct page_box risk; /* of the window: may be seen */
	struct page_box head, info, return_line, address, date, subject;
	struct page_box footer;
	int32_t mark_x, mark_length, mark_thickness;
	int32_t *folds, *punches; /* y of the marks */
	size_t n_folds, n_punches;
};

/*
 * Loads the file at path into the arena. ERR_USAGE for what is not a
 * geometry: an unknown key, a box beyond the sheet, an address outside the
 * safe rectangle.
 */
int geometry_load(const char *path, struct arena *a, struct geometry *out,
    struct err *e);

/* True if a lies within b. */
bool geometry_inside(const struct page_box *a, const struct page_box *b);

#endif
