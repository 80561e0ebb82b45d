/*
 * plain: a JSON text that needs no judgement, to its values.
 *
 * The rows of a mailing are written by programs: objects, lists, strings and
 * whole numbers, one after the other. Jansson reads them byte by byte, in a
 * twelfth of what a letter costs. Here they are read as they stand; what has
 * more to it, and what is wrong, is left to jansson.
 */
#ifndef VERB_PLAIN_H
#define VERB_PLAIN_H

#include <jansson.h>

/*
 * The object that a text is, as json_loadb makes it, members in order; the
 * caller owns it. A NUL stands behind the text. NULL where only jansson can
 * tell: escapes, fractions, names that come twice, anything that is not an
 * object, errors of any kind.
 */
json_t *plain_load(const char *text, size_t len);

#endif
