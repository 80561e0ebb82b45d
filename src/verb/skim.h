/*
 * skim: a few strings of a JSON text, found without parsing it.
 *
 * A mailing is read once to find names and order, then again to make the
 * letters: the first time need not know all of it.
 */
#ifndef VERB_SKIM_H
#define VERB_SKIM_H

#include <stdbool.h>
#include <stddef.h>

struct skim {
	const char *name;  /* of a member; NULL: nothing is wanted */
	const char *value; /* of the text, not terminated; NULL: not there */
	size_t len;
};

/*
 * Fills the values of n members: strings of the object that the text is, or
 * else of its member `debtor`. False where only a parser can tell; of a text
 * that is not valid, anything may be said.
 */
bool skim_strings(const char *text, size_t len, struct skim *wanted, size_t n);

#endif
