/*
 * charset: text to and from the character sets of payment codes, by iconv;
 * what a set lacks becomes what is nearest, by ICU (Latin-ASCII). Pure.
 */
#ifndef PAY_CHARSET_H
#define PAY_CHARSET_H

#include <stdbool.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"

/*
 * Appends valid UTF-8 in a set such as "ISO-8859-2". ERR_DATA names a
 * character that has nothing near it there.
 */
int charset_write(const char *set, const char *text, struct str *out,
    struct err *e);

/* Appends the ASCII nearest to a character; false if there is none. */
bool charset_near(uint32_t c, struct str *out);

/* n bytes of the set as UTF-8 in the arena; ERR_DATA if they are not. */
int charset_read(const char *set, const char *bytes, size_t n, struct arena *a,
    const char **out, struct err *e);

#endif
