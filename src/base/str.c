#include "base/str.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FIRST 128 /* bytes; most strings end there */

void
str_init(struct str *s, size_t max_bytes)
{
	*s = (struct str){ .max = max_bytes };
	s->p = mem_grow(NULL, &s->cap, FIRST, 1);
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

bool
str_grow(struct str *s, size_t n)
{
	if (n > s->max - s->len) {
		s->over = true;
		return false;
	}
	s->p = mem_grow(s->p, &s->cap, s->len + n + 1, 1);
	return true;
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
	if (!str_grow(s, (size_t)n))
		return;
	va_start(ap, fmt);
	(void)vsnprintf(s->p + s->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	s->len += (size_t)n;
}
