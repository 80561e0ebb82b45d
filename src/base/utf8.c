#include "base/utf8.h"

#include <string.h>

/*
 * Length of a sequence by its first byte, which is not ASCII; 0 if none starts
 * so. With the least and greatest second byte that RFC 3629 allows.
 */
static size_t
sequence(unsigned char first, unsigned char *least, unsigned char *most)
{
	*least = 0x80;
	*most = 0xbf;
	if (first < 0xc2 || first > 0xf4)
		return 0;
	if (first < 0xe0)
		return 2;
	if (first < 0xf0) {
		if (first == 0xe0)
			*least = 0xa0;
		if (first == 0xed)
			*most = 0x9f;
		return 3;
	}
	if (first == 0xf0)
		*least = 0x90;
	if (first == 0xf4)
		*most = 0x8f;
	return 4;
}

/* Bytes of ASCII that begin a text, as far as eight at a time tell. */
static size_t
ascii_run(const unsigned char *p, size_t n)
{
	uint64_t word;
	size_t i = 0;

	for (; n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, p + i, sizeof(word));
		if ((word & 0x8080808080808080u) != 0)
			break;
	}
	return i;
}

long
utf8_bad(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	unsigned char least, most;
	size_t i = 0;

	while (i < n) {
		size_t len;

		if (p[i] < 0x80) {
			len = ascii_run(p + i, n - i);
			i += len > 0 ? len : 1;
			continue;
		}
		len = sequence(p[i], &least, &most);
		if (len == 0 || len > n - i)
			return (long)i;
		if (len > 1 && (p[i + 1] < least || p[i + 1] > most))
			return (long)i;
		for (size_t k = 2; k < len; k++)
			if ((p[i + k] & 0xc0) != 0x80)
				return (long)i;
		i += len;
	}
	return -1;
}

uint32_t
utf8_next_far(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	uint32_t c = p[0];
	size_t len = 1;

	if (c == 0)
		return 0;
	if (c >= 0xf0) {
		c &= 0x07;
		len = 4;
	} else if (c >= 0xe0) {
		c &= 0x0f;
		len = 3;
	} else if (c >= 0xc0) {
		c &= 0x1f;
		len = 2;
	}
	for (size_t k = 1; k < len && p[k] != 0; k++)
		c = c << 6 | (p[k] & 0x3fu);
	*s += len;
	return c;
}

void
utf8_put(struct str *s, uint32_t c)
{
	char b[4];

	if (c < 0x80) {
		str_putc(s, (char)c);
		return;
	}
	if (c < 0x800) {
		b[0] = (char)(0xc0 | c >> 6);
		b[1] = (char)(0x80 | (c & 0x3f));
		str_put(s, b, 2);
		return;
	}
	if (c < 0x10000) {
		b[0] = (char)(0xe0 | c >> 12);
		b[1] = (char)(0x80 | (c >> 6 & 0x3f));
		b[2] = (char)(0x80 | (c & 0x3f));
		str_put(s, b, 3);
		return;
	}
	b[0] = (char)(0xf0 | c >> 18);
	b[1] = (char)(0x80 | (c >> 12 & 0x3f));
	b[2] = (char)(0x80 | (c >> 6 & 0x3f));
	b[3] = (char)(0x80 | (c & 0x3f));
	str_put(s, b, 4);
}

size_t
utf8_count(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		if (((unsigned char)*s & 0xc0) != 0x80)
			n++;
	return n;
}

static bool
is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c ||
	    c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069);
}

void
str_put_visible(struct str *s, const char *text)
{
	size_t n = strlen(text);
	const char *end = text + n;

	while (text < end) {
		long bad = utf8_bad(text, (size_t)(end - text));
		const char *stop = bad < 0 ? end : text + bad;

		while (text < stop) {
			uint32_t c = utf8_next(&text);

			if (!is_control(c))
				utf8_put(s, c);
			else if (c < 0x100)
				str_fmt(s, "\\x%02x", c);
			else
				str_fmt(s, "\\u{%04x}", c);
		}
		if (text < end)
			str_fmt(s, "\\x%02x", (unsigned char)*text++);
	}
}
