/*
 * missing: characters that no installed font has, or that are private.
 *
 * In an address, in what the creditor and its bank are called, and in a word
 * with a figure, a box would be another person, another sum: an error. In the
 * words of the letter a box is printed, the text behind it stays what it was,
 * and whoever makes the letter is warned.
 */
#ifndef LETTER_MISSING_H
#define LETTER_MISSING_H

#include "letter/line.h"

/* Nobody agrees what a private character is, whatever fonts show for it. */
bool missing_is_private(uint32_t c);

/*
 * Notes the character at a byte of the source for the letter's warnings.
 * ERR_DATA where no box may stand for it.
 */
int missing_note(struct build *b, const struct source *src, size_t at,
    struct err *e);

#endif
