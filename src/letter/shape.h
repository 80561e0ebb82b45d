/*
 * shape: words to lines of glyphs, by pango and HarfBuzz.
 *
 * Lines are justified when the type says so, unless their words would drift
 * apart; only plain spaces stretch, never those inside an amount. The lines of
 * a paragraph of simple text are weighed all together (fit.h), and its words
 * are hyphenated if its spaces would be too wide otherwise: not names, nor the
 * last word, nor more than two lines in a row. The last glyph of a line that
 * broke at a space is that space, beyond the measure, so that the words on
 * both sides never join when a machine reads the page. A hyphened word is read
 * whole at its first half, and nothing is read at its second.
 */
#ifndef LETTER_SHAPE_H
#define LETTER_SHAPE_H

#include "letter/build.h"
#include "letter/markdown.h"

/* How a piece of text is set. */
struct type {
	int32_t size, leading; /* pu */
	uint32_t rgb;
	bool bold;
	bool form;    /* in the family of forms, not of letters */
	bool figures; /* all of one width, for columns */
	bool justify;
	bool hyphenate; /* a word wider than the measure, instead of a bare cut
			 */
};

/* A run at x from the left of the measure, on its line's baseline. */
struct shape_run {
	struct page_run run;
	struct page_glyph *glyphs; /* those of the run */
	const struct span *span;   /* where it comes from */
	size_t seat;               /* in its line, from the left, from 0 */
};

struct shape_line {
	struct shape_run *runs; /* in reading order */
	size_t n_runs;
	int32_t width; /* of the ink, without the space that ends it */
	bool rtl;      /* its paragraph begins at the right */
};

struct shape {
	const struct type *type; /* lent by the caller */
	struct shape_line *lines;
	size_t n_lines;
	int32_t width; /* of the widest line */
};

#define SHAPE_ONE_LINE (-1) /* a measure: as wide as it wants */
#define SHAPE_WORDS    (-2) /* a measure: a word a line, to learn the widest */

/*
 * Shapes spans into lines of the measure (pu). ERR_DATA names a character
 * that no installed font has.
 */
int shape_spans(struct build *b, const struct span *spans, const struct type *t,
    int32_t measure, struct shape *out, struct err *e);

/*
 * The same for plain text; "\n" breaks the line. A line of another direction
 * than the letter's begins where the others begin.
 */
int shape_text(struct build *b, const char *text, const struct type *t,
    int32_t measure, struct shape *out, struct err *e);

/*
 * On one line no wider than the measure, in a smaller size if it must be,
 * for what must not be broken.
 */
int shape_fitted(struct build *b, const char *text, const struct type *t,
    int32_t measure, struct shape *out, struct err *e);

/* The height of n lines. */
int32_t shape_height(const struct type *t, size_t n_lines);

/* From the top of a line to its baseline. */
int32_t shape_baseline(const struct type *t);

/* Lines `from` to before `to`, with their top at y. */
struct shape_part {
	const struct shape *shape;
	size_t from, to;
	int32_t x, y, measure;
	enum align align; /* within the measure */
};

/*
 * Places lines on the open page as items of the node (-1: artifact); links
 * become LINK nodes below it. Returns the y below them.
 */
int32_t shape_place(struct build *b, const struct shape_part *p, int node,
    const char *role);

#endif
