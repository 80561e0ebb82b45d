#include "pay/mod97.h"

#include <assert.h>
#include <string.h>

int
mod97_compact(const char *text, char *out, size_t size)
{
	size_t n = 0;
	char c;

	for (; *text != '\0'; text++) {
		c = *text;
		if (c == ' ')
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if ((c < '0' || c > '9') && (c < 'A' || c > 'Z'))
			return -1;
		if (n + 1 >= size)
			return -1;
		out[n++] = c;
	}
	out[n] = '\0';
	return 0;
}

/* Letters count as two digits, A = 10 to Z = 35. */
static unsigned
rest_of(unsigned rest, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] <= '9')
			rest = (rest * 10 + (unsigned)(s[i] - '0')) % 97;
		else
			rest = (rest * 100 + (unsigned)(s[i] - 'A') + 10) % 97;
	}
	return rest;
}

unsigned
mod97_rest(const char *s)
{
	assert(strlen(s) >= 4);
	return rest_of(rest_of(0, s + 4, strlen(s) - 4), s, 4);
}

bool
mod97_valid(const char *s)
{
	return strncmp(s + 2, "00", 2) != 0 && strncmp(s + 2, "01", 2) != 0 &&
	    strncmp(s + 2, "99", 2) != 0 && mod97_rest(s) == 1;
}

const char *
mod97_group(const char *s, char *buf, size_t size)
{
	size_t i, n = 0;

	for (i = 0; s[i] != '\0'; i++) {
		assert(n + 2 < size);
		if (i > 0 && i % 4 == 0)
			buf[n++] = ' ';
		buf[n++] = s[i];
	}
	buf[n] = '\0';
	return buf;
}
