#include "verb/merge_names.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define NAME_BYTES 256 /* a name and its NUL; names are shorter */
#define UNIT       8   /* records begin at multiples of it */

/* Open addressing; `at` is 1 + where the record lies, in units; 0: empty. */
struct slot {
	uint32_t tag, at;
};

struct record {
	uint32_t line;
	char name[NAME_BYTES];
};

struct merge_names {
	struct slot *slots;
	size_t n, cap; /* a power of two */
	FILE *records;
	uint32_t end; /* of the records, in units */
};

int
merge_names_new(struct merge_names **out, struct err *e)
{
	FILE *records = tmpfile();

	if (records == NULL)
		return err_sys(e, "no room for temporary files");
	*out = mem_alloc(sizeof(**out));
	(*out)->records = records;
	return 0;
}

void
merge_names_free(struct merge_names *n)
{
	if (n == NULL)
		return;
	(void)fclose(n->records);
	free(n->slots);
	free(n);
}

/* FNV-1a. */
static uint32_t
tag_of(const char *name)
{
	uint64_t h = 14695981039346656037u;

	for (; *name != '\0'; name++)
		h = (h ^ (unsigned char)*name) * 1099511628211u;
	return (uint32_t)(h ^ h >> 32);
}

/* The slot of the tag behind this one: one that has it, or an empty one. */
static struct slot *
find(const struct merge_names *n, uint32_t tag, struct slot *after)
{
	size_t i = after != NULL ? (size_t)(after - n->slots) + 1 : tag;

	for (;; i++) {
		struct slot *s = &n->slots[i & (n->cap - 1)];

		if (s->at == 0 || s->tag == tag)
			return s;
	}
}

static void
grow(struct merge_names *n)
{
	struct merge_names more = { .cap = n->cap > 0 ? n->cap * 2 : 1024 };

	more.slots = mem_alloc(more.cap * sizeof(*more.slots));
	for (size_t i = 0; i < n->cap; i++) {
		struct slot *s = NULL;

		if (n->slots[i].at == 0)
			continue;
		do
			s = find(&more, n->slots[i].tag, s);
		while (s->at != 0);
		*s = n->slots[i];
	}
	free(n->slots);
	n->slots = more.slots;
	n->cap = more.cap;
}

/* 1 if the record is of that name, and its line; 0 if not; -1 */
static int
is_record(const struct merge_names *n, uint32_t at, const char *name,
    unsigned *line, struct err *e)
{
	struct record r = { 0 };

	if (fflush(n->records) != 0 ||
	    pread(fileno(n->records), &r, sizeof(r) - 1,
		(off_t)(at - 1) * UNIT) <= 0)
		return err_sys(e, "cannot read a temporary file");
	*line = r.line;
	return strcmp(r.name, name) == 0;
}

static int
add_record(struct merge_names *n, const char *name, unsigned line,
    struct err *e)
{
	struct record r = { .line = line };
	size_t units;

	(void)snprintf(r.name, sizeof(r.name), "%s", name);
	units = (sizeof(r.line) + strlen(r.name) + UNIT) / UNIT;
	if (n->end > UINT32_MAX - units - 1)
		return err_set(e, ERR_DATA, "too many names of files");
	if (fwrite(&r, UNIT, units, n->records) != units)
		return err_sys(e, "cannot write a temporary file");
	n->end += (uint32_t)units;
	return 0;
}

int
merge_names_add(struct merge_names *n, const char *name, unsigned line,
    unsigned *first, struct err *e)
{
	uint32_t tag = tag_of(name), at = n->end + 1;
	struct slot *s = NULL;

	if (n->n >= n->cap / 8 * 7)
		grow(n);
	while ((s = find(n, tag, s))->at != 0) {
		int same = is_record(n, s->at, name, first, e);

		if (same != 0)
			return same;
	}
	if (add_record(n, name, line, e) != 0)
		return -1;
	*s = (struct slot){ tag, at };
	n->n++;
	return 0;
}
