/*
 * mem: arenas, and allocation that never returns NULL.
 *
 * Many small objects that die together live in one arena: one arena for a
 * run, one for a letter. When there is no memory the program says so on
 * standard error and stops (exit 1): what is committed is safe, what is not
 * is done again.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

struct arena;

/* A new, empty arena; the caller frees it with arena_free. */
struct arena *arena_new(void);

/* Frees the arena and all that lives in it. NULL is allowed. */
void arena_free(struct arena *a);

/* Empties the arena and keeps its memory for the next letter. */
void arena_reset(struct arena *a);

/* n zeroed bytes, aligned for any object. */
void *arena_alloc(struct arena *a, size_t n);

/* count zeroed objects of the given size; an overflow stops the program. */
void *arena_array(struct arena *a, size_t count, size_t size);

/* A copy of s; NULL gives NULL. */
char *arena_str(struct arena *a, const char *s);

/* A copy of n bytes of s, with a NUL behind them. */
char *arena_strn(struct arena *a, const char *s, size_t n);

/* Three strings in one. */
char *arena_join(struct arena *a, const char *left, const char *between,
    const char *right);

/* A formatted string. */
char *arena_fmt(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* n zeroed bytes from the heap; the caller frees them with free. */
void *mem_alloc(size_t n);

/*
 * Room for at least `need` objects of the given size in a heap array that
 * doubles: returns the array, perhaps moved, and updates *cap. The new part
 * is zeroed.
 */
void *mem_grow(void *p, size_t *cap, size_t need, size_t size);

#endif
