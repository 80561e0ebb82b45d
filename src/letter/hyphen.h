/*
 * hyphen: where a word of a language may be cut.
 *
 * Reads the pattern dictionaries that Debian packages as hyphen-LANG, by the
 * method of F. M. Liang (Word Hy-phen-a-tion by Com-put-er, 1983). The library
 * made for these files, libhyphen, takes a second to open the German one; the
 * unit test holds our points against its own.
 *
 * A word keeps two letters before a hyphen and three behind it. What has a
 * digit, an at sign or a stroke in it, or a full stop inside, is an amount, a
 * reference or an address, and what is all capitals an abbreviation: those
 * are never cut.
 */
#ifndef LETTER_HYPHEN_H
#define LETTER_HYPHEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define HYPHEN_POINTS 40

struct hyphen;

/* A language without dictionary gives NULL; free with hyphen_close. */
struct hyphen *hyphen_open(const char *lang);
void hyphen_close(struct hyphen *h);

/* ERR_SYSTEM if a language has a dictionary and it is not installed. */
int hyphen_check(const char *lang, struct err *e);

struct hyphen_cuts {
	size_t at[HYPHEN_POINTS]; /* bytes before the cut, ascending */
	size_t n;
	bool name; /* it is written like one */
};

/*
 * The cuts of a word of UTF-8 with the punctuation in and around it: those of
 * each run of letters (porte-monnaie, l'échéance). NULL for h: none.
 */
void hyphen_find(const struct hyphen *h, const char *word, size_t len,
    struct hyphen_cuts *out);

#endif
