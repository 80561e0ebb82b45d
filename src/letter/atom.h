/*
 * atom: a simple text as the pieces of its words, in the order they are read,
 * between word.c that shapes them and lines_words.c that makes lines of them.
 */
#ifndef LETTER_ATOM_H
#define LETTER_ATOM_H

#include "letter/line.h"
#include "letter/word.h"

/* Text of one style, in or out of one link, within a paragraph. */
struct segment {
	const struct word_font *font;
	size_t from, to;
	bool joined; /* what follows is of the same font */
};

/* A piece of a word where it stands. */
struct atom {
	const struct word_piece *piece;
	const struct page_glyph *glyphs;
	size_t at;   /* byte in the source */
	size_t word; /* byte where its word begins */
	const struct segment *segment;
	bool may_break;
};

/* Which words come with the pieces that hyphens make. */
enum cutting {
	CUT_NONE,
	CUT_TYPED,   /* those that have soft hyphens; so do all below */
	CUT_RUNNING, /* those of running text: no names, not the last word */
	CUT_ALL
};

struct atoms {
	struct build *b;
	const struct source *src;
	const struct type *type;
	enum cutting cutting;
	struct atom *list; /* of the whole source */
	size_t n, cap;
	size_t *ends; /* one past the last atom of each paragraph */
	size_t n_ends;
};

/*
 * Finds the words of all paragraphs; false if the text is not simple. It may
 * be asked again with another cutting.
 */
bool atoms_find(struct atoms *as, enum cutting cutting);

#endif
