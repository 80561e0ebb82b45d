/*
 * line: between shape.c, which says what is wanted, and its two ways to get
 * lines: by the words of the store, and by pango for all that is not simple.
 */
#ifndef LETTER_LINE_H
#define LETTER_LINE_H

#include "letter/shape.h"

#define SOFT_HYPHEN "\u00ad"

/*
 * The text of all spans in one piece, and how much of it is which span. Soft
 * hyphens are in it, or they were taken out and cuts tells where they were.
 */
struct source {
	const struct span *spans;
	char *text;
	size_t len;
	size_t *cuts; /* bytes before each, ascending */
	size_t n_cuts;
};

/* The span of a byte. */
const struct span *source_span(const struct source *src, size_t offset);

/*
 * No line ends behind the byte: a telephone number is one word, though it is
 * written with spaces, and so are an amount that begins with its sign and a
 * compound of a short part ("ci-joint").
 */
bool source_holds(const char *text, size_t at);

/* What is wanted of a source. */
struct setting {
	const struct source *src;
	const struct type *type;
	int32_t measure;
};

/*
 * Lets a line reach the right edge, no more and no less; one that is wider
 * must be so by what its spaces can shrink.
 */
void line_justify(struct shape_line *line, const struct type *t,
    int32_t measure);

/* The glyph of a space behind a line that the text breaks by itself. */
void line_end(struct build *b, struct shape_line *line, uint32_t glyph,
    int32_t advance);

/* Simple texts, from words; false: it is not simple, and nothing was done. */
bool lines_by_words(struct build *b, const struct setting *s,
    struct shape *out);

/* Any text. */
int lines_by_pango(struct build *b, const struct setting *s, struct shape *out,
    struct err *e);

#endif
