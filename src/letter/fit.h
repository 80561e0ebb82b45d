/*
 * fit: where the lines of a justified paragraph end, weighed all together
 * (D. E. Knuth and M. F. Plass, Breaking Paragraphs into Lines, 1981), so
 * that the spaces of all lines are nearly as wide as the font's.
 *
 * Pure: numbers in, numbers out.
 */
#ifndef LETTER_FIT_H
#define LETTER_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

/* A space of a justified line, in percent of the font's own. */
#define FIT_WIDEST    160
#define FIT_NARROWEST 80

enum fit_break {
	FIT_NEVER,
	FIT_PLAIN, /* the line may end behind the item */
	FIT_HYPHEN /* it may, and a hyphen says that the word goes on */
};

/* A piece of text that no line cuts. */
struct fit_item {
	int32_t width; /* in the middle of a line, with a space behind it */
	int32_t end;   /* at the end: without the space, with the hyphen */
	bool gap;      /* it ends in a space that may stretch and shrink */
	enum fit_break after;
};

struct fit_text {
	const struct fit_item *items;
	size_t n;
	int32_t measure;
	int32_t space; /* as the font has it */
};

/*
 * Writes one past the last item of each line to ends[n], and returns how many
 * lines there are. Strict: without a hyphen, without a single short word on
 * the last line, and with spaces within the limits above; 0 if that cannot
 * be. Else the best there is, never more than two hyphens in a row; 0 only
 * if an item is wider than the measure.
 */
size_t fit_lines(const struct fit_text *t, bool strict, struct arena *a,
    size_t *ends);

#endif
