#include "base/mem.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES ((size_t)65536)
#define SPARE_MAX   32 /* a letter takes ten; more go back at a reset */
#define ALIGNMENT   _Alignof(max_align_t)

struct chunk {
	struct chunk *next;
	size_t size, used;
	_Alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct chunk *first; /* chunks in use, newest first */
	struct chunk *spare; /* standard chunks kept by a reset */
	size_t n_spare;
};

static _Noreturn void
no_memory(void)
{
	(void)fputs("semonce: out of memory; what was committed is safe\n",
	    stderr);
	exit(1);
}

void *
mem_alloc(size_t n)
{
	void *p = calloc(1, n > 0 ? n : 1);

	if (p == NULL)
		no_memory();
	return p;
}

void *
mem_grow(void *p, size_t *cap, size_t need, size_t size)
{
	size_t want = *cap > 0 ? *cap : 16;
	size_t bytes;
	void *q;

	if (need <= *cap)
		return p;
	while (want < need) {
		if (want > SIZE_MAX / 2)
			no_memory();
		want *= 2;
	}
	if (__builtin_mul_overflow(want, size, &bytes))
		no_memory();
	q = realloc(p, bytes);
	if (q == NULL)
		no_memory();
	memset((unsigned char *)q + *cap * size, 0, (want - *cap) * size);
	*cap = want;
	return q;
}

struct arena *
arena_new(void)
{
	return mem_alloc(sizeof(struct arena));
}

static void
free_chunks(struct chunk *c)
{
	while (c != NULL) {
		struct chunk *next = c->next;

		free(c);
		c = next;
	}
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	free_chunks(a->first);
	free_chunks(a->spare);
	free(a);
}

void
arena_reset(struct arena *a)
{
	struct chunk *c = a->first;

	a->first = NULL;
	while (c != NULL) {
		struct chunk *next = c->next;

		if (a->n_spare < SPARE_MAX && c->size == CHUNK_BYTES) {
			c->next = a->spare;
			a->spare = c;
			a->n_spare++;
		} else {
			free(c);
		}
		c = next;
	}
}

static struct chunk *
add_chunk(struct arena *a, size_t n)
{
	size_t size = n > CHUNK_BYTES ? n : CHUNK_BYTES;
	struct chunk *c = a->spare;

	if (c != NULL && n <= c->size) {
		a->spare = c->next;
		a->n_spare--;
	} else {
		if (size > SIZE_MAX - sizeof(*c))
			no_memory();
		c = malloc(sizeof(*c) + size);
		if (c == NULL)
			no_memory();
		c->size = size;
	}
	c->used = 0;
	c->next = a->first;
	a->first = c;
	return c;
}

static void *
take(struct arena *a, size_t n)
{
	struct chunk *c = a->first;
	void *p;

	if (n > SIZE_MAX - ALIGNMENT)
		no_memory();
	n = (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (c == NULL || n > c->size - c->used)
		c = add_chunk(a, n);
	p = c->bytes + c->used;
	c->used += n;
	return p;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	return memset(take(a, n), 0, n);
}

void *
arena_array(struct arena *a, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		no_memory();
	return arena_alloc(a, bytes);
}

char *
arena_strn(struct arena *a, const char *s, size_t n)
{
	char *p = take(a, n + 1);

	if (n > 0)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *
arena_str(struct arena *a, const char *s)
{
	return s != NULL ? arena_strn(a, s, strlen(s)) : NULL;
}

static char *
copy(char *to, const char *s, size_t n)
{
	memcpy(to, s, n);
	return to + n;
}

char *
arena_join(struct arena *a, const char *left, const char *between,
    const char *right)
{
	size_t l = strlen(left), b = strlen(between), r = strlen(right);
	char *p = take(a, l + b + r + 1), *end;

	end = copy(p, left, l);
	end = copy(end, between, b);
	end = copy(end, right, r);
	*end = '\0';
	return p;
}

char *
arena_fmt(struct arena *a, const char *fmt, ...)
{
	char small[256];
	va_list ap;
	int n;
	char *p;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	assert(n >= 0);
	if ((size_t)n < sizeof(small))
		return arena_strn(a, small, (size_t)n);
	p = take(a, (size_t)n + 1);
	va_start(ap, fmt);
	(void)vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}
