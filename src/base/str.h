/*
 * str: a growing byte string.
 *
 * Each string is born with a maximum. What does not fit is dropped whole and
 * `over` is set, so a writer of many small pieces checks once, at the end.
 * The content is always followed by a NUL that `len` does not count.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	char *p; /* never NULL after str_init */
	size_t len, cap, max;
	bool over; /* something was dropped: it would have exceeded max */
};

void str_init(struct str *s, size_t max_bytes);
void str_done(struct str *s);
/* Empties it, keeps the memory, forgets `over`. */
void str_clear(struct str *s);
void str_fmt(struct str *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Grows it for n more bytes; false, and `over`, where they would not fit. */
bool str_grow(struct str *s, size_t n);

/* A letter is made of thousands of small pieces: these stand where used. */
static inline void
str_put(struct str *s, const void *bytes, size_t n)
{
	if (n == 0 ||
	    ((n >= s->cap - s->len || n > s->max - s->len) && !str_grow(s, n)))
		return;
	memcpy(s->p + s->len, bytes, n);
	s->len += n;
	s->p[s->len] = '\0';
}

static inline void
str_puts(struct str *s, const char *text)
{
	str_put(s, text, strlen(text));
}

static inline void
str_putc(struct str *s, char c)
{
	str_put(s, &c, 1);
}

/*
 * Appends text so that it cannot steer a terminal or forge a log line:
 * C0, C1 and bidirectional controls come out as \xHH or \u{HHHH}.
 */
void str_put_visible(struct str *s, const char *text);

#endif
