/*
 * mod97: what IBAN and ISO 11649 references share: capital letters and
 * digits, two check digits in places 3 and 4 (ISO 7064 MOD 97-10), print in
 * groups of four. Pure.
 */
#ifndef PAY_MOD97_H
#define PAY_MOD97_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Copies text without spaces, in capital letters, into size bytes. -1 if it
 * does not fit or has other characters than letters, digits and spaces.
 */
int mod97_compact(const char *text, char *out, size_t size);

/* Remainder of s with its first four characters moved behind the rest. */
unsigned mod97_rest(const char *s);

/*
 * Whether the check digits fit. 00, 01 and 99 never do: the computation
 * yields 02 to 98, and these would pass for 97, 98 and 02.
 */
bool mod97_valid(const char *s);

/* Groups of four with spaces between. Returns buf. */
const char *mod97_group(const char *s, char *buf, size_t size);

#endif
