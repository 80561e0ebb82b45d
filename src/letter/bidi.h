/*
 * bidi: names that run from right to left in letters that do not, and the
 * other way round (Unicode Standard Annex 9).
 *
 * A value stands in an isolate of its own, so that an Arabic name turns
 * neither the words nor the figures around it, and a paragraph takes its
 * direction from what its writer wrote.
 */
#ifndef LETTER_BIDI_H
#define LETTER_BIDI_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

/* Around a text, an isolate that takes its direction from its first letter. */
#define BIDI_OPEN  "\u2068"
#define BIDI_CLOSE "\u2069"

/* True if a character of the text runs from right to left. */
bool bidi_turns(const char *text);

/* The text, each of its lines that turns in an isolate. */
const char *bidi_lines(const char *text, struct arena *a);

/*
 * The text with a mark before each number, which keeps "04 00 00" and
 * "1 234,56" from being set from right to left, group by group.
 */
const char *bidi_numbers(const char *text, struct arena *a);

/* True for isolates and marks: they show nothing themselves. */
bool bidi_is_control(uint32_t c);

/*
 * Does a paragraph run from right to left? Its first letter outside isolates
 * says so, or else the language of the letter.
 */
bool bidi_paragraph(const char *text, const char *lang);

#endif
