/*
 * utf8: code points in bytes (RFC 3629).
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Offset of the first byte that is not valid UTF-8, or -1. */
long utf8_bad(const char *s, size_t n);

/* One that is not ASCII, or the NUL, which is not passed. */
uint32_t utf8_next_far(const char **s);

/* The code point at *s, which must be valid; moves *s behind it. 0 at NUL. */
static inline uint32_t
utf8_next(const char **s)
{
	unsigned char c = (unsigned char)**s;

	if (c == 0 || c >= 0x80)
		return utf8_next_far(s);
	(*s)++;
	return c;
}

/* Appends a code point. */
void utf8_put(struct str *s, uint32_t code_point);

/* Number of code points of valid UTF-8. */
size_t utf8_count(const char *s);

#endif
