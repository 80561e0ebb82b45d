#include "letter/atom.h"

#include <string.h>

#include "base/utf8.h"

#define BYTES 5 /* of an atom, about */

/* Simple characters, no empty paragraph, no double or leading space. */
static bool
text_simple(const struct source *src)
{
	const char *p = src->text, *end = p + src->len;
	uint32_t before = '\n';

	while (p < end) {
		uint32_t c = utf8_next(&p);

		if (c == '\n' || c == ' ') {
			if (before == '\n' || (c == ' ' && before == ' '))
				return false;
		} else if (!word_char_simple(c)) {
			return false;
		}
		before = c;
	}
	return before != '\n';
}

static bool
has_latin(const char *text, size_t from, size_t to)
{
	for (const char *p = text + from; p < text + to;) {
		if (g_unichar_get_script(utf8_next(&p)) ==
		    G_UNICODE_SCRIPT_LATIN)
			return true;
	}
	return false;
}

static uint32_t
char_at(const struct source *src, size_t at)
{
	const char *p = src->text + at;

	if (at == src->len || *p == '\n')
		return 0;
	return utf8_next(&p);
}

/* A space behind it is a place where a line may end, whatever follows. */
static bool
may_end(const struct source *src, size_t at)
{
	const char *p = g_utf8_prev_char(src->text + at);
	uint32_t c = utf8_next(&p);

	return g_unichar_isalnum(c) || c == 0x20ac ||
	    (c < 0x80 && strchr(".,:;)%", (int)c) != NULL);
}

/* A space that no line ends at, nor the text on its sides. */
static bool
is_glue(uint32_t c)
{
	return c == 0xa0 || c == 0x202f;
}

/*
 * Where styles or links meet without a space no line may end: before . , : ;
 * ) and behind ( only, before a space, or at one that holds together.
 */
static bool
may_meet(const struct source *src, size_t at)
{
	char after = src->text[at];

	const char *p = g_utf8_prev_char(src->text + at);

	return src->text[at - 1] == ' ' || after == '\n' ||
	    is_glue(utf8_next(&p)) || is_glue(char_at(src, at)) ||
	    strchr(".,:;)", after) != NULL ||
	    (src->text[at - 1] == '(' && after != ' ') ||
	    (after == ' ' && may_end(src, at));
}

static struct atom *
atom_new(struct atoms *as)
{
	struct atom *grown;

	if (as->n == as->cap) {
		as->cap = 2 * as->cap + as->src->len / BYTES + 4;
		grown = arena_array(as->b->arena, as->cap, sizeof(*grown));
		if (as->n > 0)
			memcpy(grown, as->list, as->n * sizeof(*grown));
		as->list = grown;
	}
	return &as->list[as->n++];
}

/* The soft hyphens the writer put within the bytes from..to. */
static void
find_typed(const struct source *src, size_t from, size_t to,
    struct hyphen_cuts *out)
{
	size_t low = 0, high = src->n_cuts;

	out->n = 0;
	out->name = false;
	while (low < high) { /* the first that is behind `from` */
		size_t middle = (low + high) / 2;

		if (src->cuts[middle] <= from)
			low = middle + 1;
		else
			high = middle;
	}
	for (;
	     low < src->n_cuts && src->cuts[low] < to && out->n < HYPHEN_POINTS;
	     low++)
		out->at[out->n++] = src->cuts[low] - from;
}

/* The word as it is cut, or NULL if it is not. */
static const struct word *
find_cut(const struct atoms *as, const struct segment *g,
    const struct word_key *key)
{
	struct words *words = fonts_words(as->b->fonts);
	size_t from = (size_t)(key->text - as->src->text);
	struct hyphen_cuts typed;
	const struct word *cut;

	find_typed(as->src, from, from + key->len, &typed);
	if (typed.n > 0) {
		struct word_key own = *key;

		own.cuts = &typed;
		return words_find_cut(words, g->font, &own);
	}
	if (as->cutting == CUT_TYPED ||
	    (as->cutting == CUT_RUNNING && key->next == 0))
		return NULL;
	cut = words_find_cut(words, g->font, key);
	return as->cutting == CUT_RUNNING && cut->name ? NULL : cut;
}

static bool
word_add(struct atoms *as, const struct segment *g, size_t from, size_t to)
{
	const struct source *src = as->src;
	struct word_key key = { .text = src->text + from,
		.len = to - from,
		.next = char_at(src, to),
		.joined = to < g->to || g->joined };
	const struct word *w =
	    as->cutting == CUT_NONE ? NULL : find_cut(as, g, &key);
	const struct page_glyph *glyphs;
	size_t at = from;

	if (!w)
		w = words_find(fonts_words(as->b->fonts), g->font, &key);
	glyphs = w->glyphs;
	for (size_t i = 0; i < w->n_pieces; i++) {
		const struct word_piece *p = &w->pieces[i];

		*atom_new(as) = (struct atom){ .piece = p,
			.glyphs = glyphs,
			.at = at,
			.word = from,
			.segment = g,
			.may_break = p->may_break &&
			    !source_holds(src->text, at + p->len - 1) };
		glyphs += p->n_glyphs;
		at += p->len;
	}
	return w->n_pieces > 0;
}

static bool
segment_add(struct atoms *as, const struct segment *g)
{
	const char *text = as->src->text;
	size_t first = as->n;

	for (size_t from = g->from, to = from; from < g->to; from = to) {
		while (to < g->to && text[to] != ' ')
			to++;
		if (to < g->to)
			to++;
		if (!word_add(as, g, from, to))
			return false;
	}
	if (as->n > first && text[g->to - 1] != ' ')
		as->list[as->n - 1].may_break = false;
	return true;
}

/* The paragraph's bytes from..to, one segment for each style and link. */
static bool
paragraph_add(struct atoms *as, size_t from, size_t to)
{
	const struct source *src = as->src;
	const struct type *t = as->type;
	bool latin = has_latin(src->text, from, to);
	size_t at = 0;

	for (const struct span *s = src->spans; s && at < to; s = s->next) {
		struct segment *g = arena_alloc(as->b->arena, sizeof(*g));
		unsigned style = s->style;

		g->from = at > from ? at : from;
		at += strlen(s->text);
		while (s->next && s->next->style == style &&
		    s->next->url == s->url) {
			s = s->next;
			at += strlen(s->text);
		}
		g->to = at < to ? at : to;
		if (g->from >= g->to)
			continue;
		g->joined = s->next && s->next->style == style;
		if (g->to < to && !may_meet(src, g->to))
			return false;
		g->font = words_font(fonts_words(as->b->fonts),
		    &(struct word_style){ .lang = as->b->lang,
			.size = t->size,
			.bold = t->bold || (style & STYLE_BOLD),
			.italic = (style & STYLE_ITALIC) != 0,
			.code = (style & STYLE_CODE) != 0,
			.form = t->form,
			.figures = t->figures,
			.latin = latin });
		if (!segment_add(as, g))
			return false;
	}
	return true;
}

static size_t
count_paragraphs(const struct source *src)
{
	size_t n = 1;

	for (size_t i = 0; i < src->len; i++)
		n += src->text[i] == '\n';
	return n;
}

bool
atoms_find(struct atoms *as, enum cutting cutting)
{
	const struct source *src = as->src;
	size_t to;

	if (!text_simple(src))
		return false;
	as->cutting = cutting;
	as->ends =
	    arena_array(as->b->arena, count_paragraphs(src), sizeof(*as->ends));
	as->n = as->n_ends = 0;
	for (size_t from = 0; from < src->len; from = to + 1) {
		const char *nl =
		    memchr(src->text + from, '\n', src->len - from);

		to = nl ? (size_t)(nl - src->text) : src->len;
		if (!paragraph_add(as, from, to))
			return false;
		as->ends[as->n_ends++] = as->n;
	}
	return true;
}
