/*
 * Lines from the words of the store, as pango would break them: as many
 * pieces on a line as fit it, the space that ends it not counted.
 */
#include <assert.h>
#include <string.h>

#include "letter/line.h"
#include "letter/word.h"

/* Text of one style, within a paragraph. */
struct segment {
	const struct word_font *font;
	size_t from, to;
};

/* A piece of a word where it stands. */
struct atom {
	const struct word_piece *piece;
	const struct page_glyph *glyphs;
	size_t at;   /* byte in the source */
	size_t word; /* byte where its word begins */
	const struct segment *segment;
	bool may_break;
};

struct walk {
	struct build *b;
	const struct setting *s;
	struct words *words;
	struct atom *atoms; /* of the whole source */
	size_t n_atoms, cap_atoms;
	struct shape_line *lines;
	size_t n_lines;
};

/* A line as the atoms from..to; last: the text ends it, not the measure. */
struct extent {
	size_t from, to;
	bool last;
};

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

/* Two links, or a link in a text, are runs that pango cuts. */
static bool
spans_simple(const struct source *src)
{
	const struct span *s = src->spans;

	if (!s->next)
		return true;
	for (; s; s = s->next) {
		if (s->url)
			return false;
	}
	return true;
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

/*
 * Where styles meet without a space no line may end: before . , : ; ) only,
 * or before a space.
 */
static bool
may_meet(const struct source *src, size_t at)
{
	char after = src->text[at];

	return src->text[at - 1] == ' ' || after == '\n' ||
	    strchr(".,:;)", after) != NULL ||
	    (after == ' ' && may_end(src, at));
}

static struct atom *
atom_new(struct walk *k)
{
	struct atom *grown;

	if (k->n_atoms == k->cap_atoms) {
		k->cap_atoms = 2 * k->cap_atoms + 16;
		grown = arena_array(k->b->arena, k->cap_atoms, sizeof(*grown));
		if (k->n_atoms > 0)
			memcpy(grown, k->atoms, k->n_atoms * sizeof(*grown));
		k->atoms = grown;
	}
	return &k->atoms[k->n_atoms++];
}

static bool
word_add(struct walk *k, const struct segment *g, size_t from, size_t to)
{
	const struct source *src = k->s->src;
	struct word_key key = { .text = src->text + from,
		.len = to - from,
		.next = char_at(src, to),
		.joined = to < g->to };
	const struct word *w = words_find(k->words, g->font, &key);
	const struct page_glyph *glyphs = w->glyphs;
	size_t at = from;

	for (size_t i = 0; i < w->n_pieces; i++) {
		const struct word_piece *p = &w->pieces[i];

		*atom_new(k) = (struct atom){ .piece = p,
			.glyphs = glyphs,
			.at = at,
			.word = from,
			.segment = g,
			.may_break = p->may_break &&
			    !source_inside_number(src->text, at + p->len - 1) };
		glyphs += p->n_glyphs;
		at += p->len;
	}
	return w->n_pieces > 0;
}

static bool
segment_add(struct walk *k, const struct segment *g)
{
	const char *text = k->s->src->text;
	size_t first = k->n_atoms;

	for (size_t from = g->from, to = from; from < g->to; from = to) {
		while (to < g->to && text[to] != ' ')
			to++;
		if (to < g->to)
			to++;
		if (!word_add(k, g, from, to))
			return false;
	}
	if (k->n_atoms > first && text[g->to - 1] != ' ')
		k->atoms[k->n_atoms - 1].may_break = false;
	return true;
}

/* The paragraph's bytes from..to, one segment for each style. */
static bool
paragraph_add(struct walk *k, size_t from, size_t to)
{
	const struct source *src = k->s->src;
	const struct type *t = k->s->type;
	bool latin = has_latin(src->text, from, to);
	size_t at = 0;

	for (const struct span *s = src->spans; s && at < to; s = s->next) {
		struct segment *g = arena_alloc(k->b->arena, sizeof(*g));
		unsigned style = s->style;

		g->from = at > from ? at : from;
		at += strlen(s->text);
		while (s->next && s->next->style == style) {
			s = s->next;
			at += strlen(s->text);
		}
		g->to = at < to ? at : to;
		if (g->from >= g->to)
			continue;
		if (g->to < to && !may_meet(src, g->to))
			return false;
		g->font = words_font(k->words,
		    &(struct word_style){ .lang = k->b->lang,
			.size = t->size,
			.bold = t->bold || (style & STYLE_BOLD),
			.italic = (style & STYLE_ITALIC) != 0,
			.code = (style & STYLE_CODE) != 0,
			.figures = t->figures,
			.latin = latin });
		if (!segment_add(k, g))
			return false;
	}
	return true;
}

/* ---- where lines end ---- */

static int32_t
last_advance(const struct atom *a)
{
	return a->glyphs[a->piece->n_glyphs - 1].advance;
}

/* The space behind a word, which may hang over the edge. */
static int32_t
hang(const struct atom *a)
{
	return a->piece->space ? last_advance(a) : 0;
}

/*
 * One past the last atom of the line from `from` on; 0 if a word is wider
 * than the measure. Pango asks twice: of the text as it is, and of the line
 * shaped alone, where the last glyph is not kerned with what followed it.
 */
static size_t
line_fill(const struct walk *k, size_t from, size_t to)
{
	int32_t width = 0, measure = k->s->measure;
	size_t fits = 0;

	if (measure == SHAPE_ONE_LINE)
		return to;
	for (size_t i = from; i < to; i++) {
		const struct atom *a = &k->atoms[i];
		int32_t cut, whole;

		width += a->piece->width;
		whole = width - hang(a);
		cut = whole - last_advance(a) + a->piece->alone;
		if (whole > measure)
			return fits;
		if (i + 1 == to)
			return to;
		if (a->may_break && cut <= measure)
			fits = i + 1;
	}
	return fits;
}

/* ---- what stands on them ---- */

static void
atom_put(const struct atom *a, size_t run_at, struct shape_run *r)
{
	for (size_t i = 0; i < a->piece->n_glyphs; i++) {
		struct page_glyph *g = &r->glyphs[r->run.n_glyphs++];

		*g = a->glyphs[i];
		g->cluster += (uint32_t)(a->word - run_at);
	}
	r->run.text_len += a->piece->len;
}

/* The atoms of one segment as a run; returns the index behind them. */
static size_t
run_put(struct walk *k, const struct extent *x, size_t from,
    struct shape_run *r)
{
	const struct source *src = k->s->src;
	const struct segment *g = k->atoms[from].segment;
	size_t at = k->atoms[from].at, n = 0, to = from;

	while (to < x->to && k->atoms[to].segment == g)
		n += k->atoms[to++].piece->n_glyphs;
	r->glyphs = arena_array(k->b->arena, n, sizeof(*r->glyphs));
	r->run.text = src->text + at;
	for (size_t i = from; i < to; i++)
		atom_put(&k->atoms[i], at, r);
	r->run.glyphs = r->glyphs;
	r->run.font = build_font(k->b, fonts_find(k->b->fonts, g->font->font));
	r->span = source_span(src, at);
	return to;
}

/* The end of a line that was cut: its space stays, but takes no room. */
static void
line_cut(const struct atom *a, struct shape_line *line)
{
	struct page_run *r = &line->runs[line->n_runs - 1].run;
	struct page_glyph *last =
	    &line->runs[line->n_runs - 1].glyphs[r->n_glyphs - 1];

	line->width -= last->advance;
	last->advance = a->piece->alone;
	if (a->piece->space)
		last->gid = a->segment->font->space;
	else
		line->width += last->advance;
}

static void
line_put(struct walk *k, const struct extent *x)
{
	struct shape_line *line = &k->lines[k->n_lines++];
	const struct atom *end = &k->atoms[x->to - 1];
	size_t runs = 1, text_end = end->at + end->piece->len;

	for (size_t i = x->from + 1; i < x->to; i++)
		runs += k->atoms[i].segment != k->atoms[i - 1].segment;
	line->runs = arena_array(k->b->arena, runs + 1, sizeof(*line->runs));
	for (size_t i = x->from; i < x->to;) {
		struct shape_run *r = &line->runs[line->n_runs++];

		r->run.x = line->width;
		i = run_put(k, x, i, r);
		for (size_t g = 0; g < r->run.n_glyphs; g++)
			line->width += r->glyphs[g].advance;
	}
	if (!x->last)
		line_cut(end, line);
	else if (text_end < k->s->src->len)
		line_end(k->b, line, end->segment->font->space,
		    end->segment->font->space_advance);
	if (!x->last && k->s->type->justify)
		line_justify(line, k->s->type, k->s->measure);
}

static size_t
count_paragraphs(const struct source *src)
{
	size_t n = 1;

	for (size_t i = 0; i < src->len; i++)
		n += src->text[i] == '\n';
	return n;
}

/* Finds the words of all paragraphs; ends[] are the atoms where each ends. */
static bool
source_walk(struct walk *k, size_t *ends, size_t *n_ends)
{
	const struct source *src = k->s->src;
	size_t to;

	for (size_t from = 0; from < src->len; from = to + 1) {
		const char *nl =
		    memchr(src->text + from, '\n', src->len - from);

		to = nl ? (size_t)(nl - src->text) : src->len;
		if (!paragraph_add(k, from, to))
			return false;
		ends[(*n_ends)++] = k->n_atoms;
	}
	return true;
}

/* Cuts the atoms into lines. */
static size_t
lines_cut(struct walk *k, const size_t *ends, size_t n_ends,
    struct extent *lines)
{
	size_t from = 0, n = 0;

	for (size_t i = 0; i < n_ends; i++) {
		while (from < ends[i]) {
			size_t to = line_fill(k, from, ends[i]);

			if (to == 0)
				return 0;
			lines[n++] = (struct extent){ from, to, to == ends[i] };
			from = to;
		}
	}
	return n;
}

bool
lines_by_words(struct build *b, const struct setting *s, struct shape *out)
{
	struct walk k = { .b = b, .s = s, .words = fonts_words(b->fonts) };
	size_t *ends, n_ends = 0, n;
	struct extent *lines;

	if (s->measure == SHAPE_WORDS || !text_simple(s->src) ||
	    !spans_simple(s->src))
		return false;
	words_trim(k.words);
	ends = arena_array(b->arena, count_paragraphs(s->src), sizeof(*ends));
	if (!source_walk(&k, ends, &n_ends))
		return false;
	lines = arena_array(b->arena, k.n_atoms, sizeof(*lines));
	n = lines_cut(&k, ends, n_ends, lines);
	if (n == 0)
		return false;
	k.lines = arena_array(b->arena, n, sizeof(*k.lines));
	for (size_t i = 0; i < n; i++)
		line_put(&k, &lines[i]);
	out->lines = k.lines;
	out->n_lines = n;
	return true;
}
