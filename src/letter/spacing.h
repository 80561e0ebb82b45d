/*
 * spacing: the spaces a line must not end at.
 *
 * Where a writer typed a plain space, each language has places for one that
 * holds together, and French some for a thin one: before ; ! and ?, and
 * between the groups of a number (Lexique des règles typographiques en usage
 * à l'Imprimerie nationale). A space is never added and never taken away;
 * code stays as it is.
 */
#ifndef LETTER_SPACING_H
#define LETTER_SPACING_H

#include "letter/markdown.h"

enum spacing {
	SPACING_PAGE, /* thin ones are U+202F */
	SPACING_MAIL  /* U+00A0 for all: mail programs show it everywhere */
};

/* Sets the spaces of all text below the block; new text is in the arena. */
void spacing_blocks(struct block *root, const char *lang, enum spacing kind,
    struct arena *a);

/* The same for one line; returns the text itself if nothing changes. */
const char *spacing_text(const char *text, const char *lang, enum spacing kind,
    struct arena *a);

#endif
