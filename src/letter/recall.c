/*
 * Invariants: everything kept hangs on the arena and stays until
 * recall_trim; a text that came once only costs its place in `seen`.
 */
#include "letter/recall.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

#define PLACES    4096 /* a power of two */
#define KEPT_MAX  2000
#define BYTES_MAX 400 /* longer texts do not come again */

struct kept_line {
	struct shape_run *runs;
	const struct page_font **fonts; /* of the runs */
	size_t n_runs;
	int32_t width;
};

struct kept {
	uint64_t hash;
	struct type type;
	int32_t measure;
	const char *lang;  /* compared by its letters */
	const char *bytes; /* of all spans, each with its style */
	size_t n_bytes;
	const char *text; /* of the source; runs point into it */
	size_t len;
	struct kept_line *lines;
	size_t n_lines;
	int32_t width; /* of the widest */
};

struct recall {
	struct arena *arena;
	struct kept *places[PLACES]; /* the next free one after its own */
	uint64_t seen[PLACES];       /* hashes, the newest of each place */
	size_t n;
};

struct recall *
recall_new(void)
{
	struct recall *r = mem_alloc(sizeof(*r));

	r->arena = arena_new();
	return r;
}

void
recall_free(struct recall *r)
{
	if (r == NULL)
		return;
	arena_free(r->arena);
	free(r);
}

void
recall_trim(struct recall *r)
{
	if (r->n < KEPT_MAX)
		return;
	memset(r->places, 0, sizeof(r->places));
	arena_reset(r->arena);
	r->n = 0;
}

static uint64_t
mix_type(const struct type *t, int32_t measure)
{
	const int32_t words[] = { t->size, measure,
		t->bold | t->figures << 1 | t->justify << 2 |
		    t->hyphenate << 3 | t->form << 4 };

	return hash_mix(1, words, sizeof(words));
}

static bool
same_type(const struct type *x, const struct type *y)
{
	return x->size == y->size && x->bold == y->bold &&
	    x->figures == y->figures && x->justify == y->justify &&
	    x->hyphenate == y->hyphenate && x->form == y->form;
}

void
recall_key_make(struct recall_key *k)
{
	uint64_t h = mix_type(k->type, k->measure);
	size_t all = 0;

	k->hash = 0;
	h = hash_mix(h, k->lang, strlen(k->lang));
	for (const struct span *s = k->spans; s != NULL; s = s->next) {
		size_t n = strlen(s->text);

		all += n + 1;
		if (s->url != NULL || all > BYTES_MAX)
			return;
		h = hash_mix(h ^ s->style, s->text, n);
	}
	k->hash = h == 0 ? 1 : h;
}

/* Style and text of each span, in order. */
static bool
same_spans(const struct kept *kept, const struct span *spans)
{
	const char *p = kept->bytes, *end = p + kept->n_bytes;

	for (const struct span *s = spans; s != NULL; s = s->next) {
		size_t n = strlen(s->text) + 1;

		if ((size_t)(end - p) < n + 1 || *p != (char)s->style ||
		    memcmp(p + 1, s->text, n) != 0)
			return false;
		p += n + 1;
	}
	return p == end;
}

static const struct kept *
find(const struct recall *r, const struct recall_key *k)
{
	size_t at = k->hash % PLACES;

	for (; r->places[at] != NULL; at = (at + 1) % PLACES) {
		const struct kept *x = r->places[at];

		if (x->hash == k->hash && x->measure == k->measure &&
		    same_type(&x->type, k->type) &&
		    strcmp(x->lang, k->lang) == 0 && same_spans(x, k->spans))
			return x;
	}
	return NULL;
}

/*
 * A run of the letter's own: it outlives the store, and its font has the
 * letter's number. Text within `from` moves to `to`; the rest is literal.
 */
static void
run_copy(const struct shape_run *run, const char *from, size_t len,
    const char *to, struct arena *a, struct shape_run *out)
{
	size_t size = run->run.n_glyphs * sizeof(*run->glyphs);

	*out = *run;
	out->glyphs = arena_alloc(a, size);
	memcpy(out->glyphs, run->glyphs, size);
	out->run.glyphs = out->glyphs;
	if (run->run.text >= from && run->run.text <= from + len)
		out->run.text = to + (run->run.text - from);
}

static void
line_recall(const struct kept *x, const struct kept_line *from,
    const struct recall_key *k, const char *text, struct build *b,
    struct shape_line *to)
{
	*to = (struct shape_line){ .runs = arena_array(b->arena, from->n_runs,
				       sizeof(*to->runs)),
		.n_runs = from->n_runs,
		.width = from->width };
	for (size_t i = 0; i < from->n_runs; i++) {
		run_copy(&from->runs[i], x->text, x->len, text, b->arena,
		    &to->runs[i]);
		to->runs[i].span = k->spans;
		to->runs[i].run.font = build_font(b, from->fonts[i]);
	}
}

bool
recall_find(const struct recall *r, const struct recall_key *k, struct build *b,
    struct shape *out)
{
	const struct kept *x = k->hash != 0 ? find(r, k) : NULL;
	const char *text;

	if (x == NULL)
		return false;
	text = arena_strn(b->arena, x->text, x->len);
	out->lines = arena_array(b->arena, x->n_lines, sizeof(*out->lines));
	out->n_lines = x->n_lines;
	out->width = x->width;
	for (size_t i = 0; i < x->n_lines; i++)
		line_recall(x, &x->lines[i], k, text, b, &out->lines[i]);
	return true;
}

/* ---- keeping ---- */

/* The bytes of its spans, once for same_spans. */
static void
keep_spans(struct recall *r, const struct recall_key *k, struct kept *x)
{
	char *p;

	for (const struct span *s = k->spans; s != NULL; s = s->next)
		x->n_bytes += strlen(s->text) + 2;
	p = arena_alloc(r->arena, x->n_bytes);
	x->bytes = p;
	for (const struct span *s = k->spans; s != NULL; s = s->next) {
		size_t n = strlen(s->text) + 1;

		*p++ = (char)s->style;
		memcpy(p, s->text, n);
		p += n;
	}
}

static void
keep_line(struct recall *r, const struct build *b, const struct source *src,
    const struct kept *x, const struct shape_line *from, struct kept_line *to)
{
	to->n_runs = from->n_runs;
	to->width = from->width;
	to->runs = arena_array(r->arena, from->n_runs, sizeof(*to->runs));
	to->fonts = arena_array(r->arena, from->n_runs,
	    sizeof(const struct page_font *));
	for (size_t i = 0; i < from->n_runs; i++) {
		run_copy(&from->runs[i], src->text, src->len, x->text, r->arena,
		    &to->runs[i]);
		to->fonts[i] = b->used[from->runs[i].run.font];
	}
}

/* True the second time, and later ones. */
static bool
came_before(struct recall *r, uint64_t hash)
{
	uint64_t *place = &r->seen[hash % PLACES];
	bool again = *place == hash;

	*place = hash;
	return again;
}

void
recall_keep(struct recall *r, const struct recall_key *k, const struct build *b,
    const struct source *src, const struct shape *lines)
{
	size_t at = k->hash % PLACES;
	struct kept *x;

	if (k->hash == 0 || r->n >= KEPT_MAX || src->n_cuts > 0 ||
	    !came_before(r, k->hash))
		return;
	x = arena_alloc(r->arena, sizeof(*x));
	*x = (struct kept){ .hash = k->hash,
		.type = *k->type,
		.measure = k->measure,
		.lang = arena_str(r->arena, k->lang),
		.text = arena_strn(r->arena, src->text, src->len),
		.len = src->len,
		.lines =
		    arena_array(r->arena, lines->n_lines, sizeof(*x->lines)),
		.n_lines = lines->n_lines,
		.width = lines->width };
	keep_spans(r, k, x);
	for (size_t i = 0; i < lines->n_lines; i++)
		keep_line(r, b, src, x, &lines->lines[i], &x->lines[i]);
	while (r->places[at] != NULL)
		at = (at + 1) % PLACES;
	r->places[at] = x;
	r->n++;
}
