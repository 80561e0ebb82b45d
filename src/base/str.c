#include "base/str.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
str_init(struct str *s, size_t max_bytes)
{
	*s = (struct str){ .max = max_bytes };
	s->p = mem_grow(NULL, &s->cap, 1, 1);
}

void
str_done(struct str *s)
{
	free(s->p);
	*s = (struct str){ 0 };
}

void
str_clear(struct str *s)
{
	s->len = 0;
	s->over = false;
	s->p[0] = '\0';
}

void
str_put(struct str *s, const void *bytes, size_t n)
{
	if (n == 0)
		return;
	if (n > s->max - s->len) {
		s->over = true;
		return;
	}
	if (s->len + n >= s->cap)
		s->p = mem_grow(s->p, &s->cap, s->len + n + 1, 1);
	memcpy(s->p + s->len, bytes, n);
	s->len += n;
	s->p[s->len] = '\0';
}

void
str_puts(struct str *s, const char *text)
{
	str_put(s, text, strlen(text));
}

void
str_putc(struct str *s, char c)
{
	if (s->len >= s->max || s->len + 1 >= s->cap) {
		str_put(s, &c, 1);
		return;
	}
	s->p[s->len++] = c;
	s->p[s->len] = '\0';
}

void
str_fmt(struct str *s, const char *fmt, ...)
{
	char small[256];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	assert(n >= 0);
	if ((size_t)n < sizeof(small)) {
		str_put(s, small, (size_t)n);
		return;
	}
	if ((size_t)n > s->max - s->len) {
		s->over = true;
		return;
	}
	s->p = mem_grow(s->p, &s->cap, s->len + (size_t)n + 1, 1);
	va_start(ap, fmt);
	(void)vsnprintf(s->p + s->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	s->len += (size_t)n;
}
