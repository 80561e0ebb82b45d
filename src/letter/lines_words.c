/*
 * Lines from the words of the store. Justified ones are weighed together;
 * others end as pango would end them: as many pieces on a line as fit it, the
 * space that ends it not counted.
 */
#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "letter/atom.h"
#include "letter/fit.h"

struct walk {
	struct build *b;
	const struct setting *s;
	struct atoms as;
	size_t read; /* bytes of the source that runs have as their text */
	struct shape_line *lines;
	size_t n_lines;
};

/* A line as the atoms from..to; last: the text ends it, not the measure. */
struct extent {
	size_t from, to;
	bool last;
};

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

/* What a line that ends behind the atom is wider than one that goes on. */
static int32_t
end_more(const struct atom *a)
{
	if (a->piece->space)
		return -last_advance(a);
	return a->piece->alone - last_advance(a) +
	    (a->piece->hyphen ? a->segment->font->hyphen_advance : 0);
}

/*
 * One past the last atom of the line from `from` on; 0 if a word is wider
 * than the measure. Pango asks twice: of the text as it is, and of the line
 * shaped alone, where the last glyph is not kerned with what followed it. A
 * word is hyphenated only where the line could not end otherwise.
 */
static size_t
line_fill(const struct walk *k, size_t from, size_t to)
{
	int32_t width = 0, measure = k->s->measure;
	size_t fits = 0, cut_fits = 0;

	if (measure == SHAPE_ONE_LINE)
		return to;
	for (size_t i = from; i < to; i++) {
		const struct atom *a = &k->as.list[i];
		int32_t cut, whole;

		width += a->piece->width;
		whole = width - hang(a);
		cut = whole - last_advance(a) + a->piece->alone;
		if (whole > measure)
			break;
		if (i + 1 == to)
			return to;
		if (a->may_break && cut <= measure)
			fits = i + 1;
		else if (a->piece->hyphen && width + end_more(a) <= measure)
			cut_fits = i + 1;
	}
	return fits > 0 ? fits : cut_fits;
}

/* ---- what stands on them ---- */

/* True if the line is cut behind its last atom, within a word. */
static bool
is_hyphened(const struct walk *k, const struct extent *x)
{
	return !x->last && k->as.list[x->to - 1].piece->hyphen;
}

/* Where a word that is cut at the byte ends, its punctuation too. */
static size_t
word_end(const struct source *src, size_t at)
{
	const char *p = src->text + at, *end = p;
	uint32_t c;

	while ((c = utf8_next(&p)) != 0 && !g_unichar_isspace(c))
		end = p;
	return (size_t)(end - src->text);
}

/*
 * Where the text of a line's atoms ends. A word that is cut is whole on the
 * line where it begins: a machine reads all of it at its first half, and
 * nothing at its second.
 */
static size_t
text_to(const struct walk *k, const struct extent *x, size_t to)
{
	const struct atom *last = &k->as.list[to - 1];
	size_t end = last->at + last->piece->len;

	return to == x->to && is_hyphened(k, x) ? word_end(k->s->src, end)
						: end;
}

/* Adds its glyphs to a run whose text begins at a byte. */
static void
atom_put(const struct atom *a, size_t text, bool whole, struct shape_run *r)
{
	for (size_t i = 0; i < a->piece->n_glyphs; i++) {
		struct page_glyph *g = &r->glyphs[r->run.n_glyphs++];
		size_t at = whole ? a->at : a->word + a->glyphs[i].cluster;

		*g = a->glyphs[i];
		g->cluster = at > text ? (uint32_t)(at - text) : 0;
	}
}

/* The atoms of one segment as a run; returns the index behind them. */
static size_t
run_put(struct walk *k, const struct extent *x, size_t from,
    struct shape_run *r)
{
	const struct source *src = k->s->src;
	const struct segment *g = k->as.list[from].segment;
	size_t at = k->as.list[from].at, n = 1, to = from, text, end;

	while (to < x->to && k->as.list[to].segment == g)
		n += k->as.list[to++].piece->n_glyphs;
	r->glyphs = arena_array(k->b->arena, n, sizeof(*r->glyphs));
	text = at > k->read ? at : k->read;
	for (size_t i = from; i < to; i++)
		atom_put(&k->as.list[i], text,
		    i + 1 == x->to && is_hyphened(k, x), r);
	end = text_to(k, x, to);
	r->run.text = src->text + text;
	r->run.text_len = end > text ? end - text : 0;
	k->read = text + r->run.text_len;
	r->run.glyphs = r->glyphs;
	r->run.font = build_font(k->b, fonts_find(k->b->fonts, g->font->font));
	r->span = source_span(src, at);
	return to;
}

/*
 * The end of a line that was cut: its space stays, but takes no room; a
 * hyphen is one more glyph of the letters before it.
 */
static void
line_cut(const struct atom *a, struct shape_line *line)
{
	const struct word_font *font = a->segment->font;
	struct page_run *r = &line->runs[line->n_runs - 1].run;
	struct page_glyph *last =
	    &line->runs[line->n_runs - 1].glyphs[r->n_glyphs - 1];

	line->width += end_more(a);
	last->advance = a->piece->alone;
	if (a->piece->space)
		last->gid = font->space;
	if (a->piece->hyphen) {
		last[1] = (struct page_glyph){ .gid = font->hyphen,
			.advance = font->hyphen_advance,
			.cluster = last->cluster };
		r->n_glyphs++;
	}
}

static void
line_put(struct walk *k, const struct extent *x)
{
	struct shape_line *line = &k->lines[k->n_lines++];
	const struct atom *end = &k->as.list[x->to - 1];
	size_t runs = 1, text_end = end->at + end->piece->len;

	for (size_t i = x->from + 1; i < x->to; i++)
		runs += k->as.list[i].segment != k->as.list[i - 1].segment;
	line->runs = arena_array(k->b->arena, runs + 1, sizeof(*line->runs));
	for (size_t i = x->from; i < x->to;) {
		struct shape_run *r = &line->runs[line->n_runs];

		r->seat = line->n_runs++;
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
	if (k->s->type->justify && k->s->measure > 0 &&
	    (!x->last || line->width > k->s->measure))
		line_justify(line, k->s->type, k->s->measure);
}

/* Cuts the atoms into lines, each as full as it can be; 0: it cannot be. */
static size_t
lines_fill(const struct walk *k, struct extent *lines)
{
	size_t from = 0, n = 0;

	for (size_t i = 0; i < k->as.n_ends; i++) {
		while (from < k->as.ends[i]) {
			size_t to = line_fill(k, from, k->as.ends[i]);

			if (to == 0)
				return 0;
			lines[n++] =
			    (struct extent){ from, to, to == k->as.ends[i] };
			from = to;
		}
	}
	return n;
}

/* What fit.h wants to know of the atoms. */
static struct fit_item *
items_make(const struct walk *k)
{
	const char *text = k->s->src->text;
	struct fit_item *items =
	    arena_array(k->b->arena, k->as.n, sizeof(*items));

	for (size_t i = 0; i < k->as.n; i++) {
		const struct atom *a = &k->as.list[i];
		const struct word_piece *p = a->piece;

		items[i].width = p->width;
		items[i].end = p->width + end_more(a);
		items[i].gap =
		    p->space && !source_holds(text, a->at + p->len - 1);
		items[i].after = a->may_break ? FIT_PLAIN
		    : p->hyphen               ? FIT_HYPHEN
					      : FIT_NEVER;
	}
	return items;
}

/*
 * Cuts the atoms into lines that suit each other. The first time a paragraph
 * must do without hyphens; 0: it cannot.
 */
static size_t
lines_fit(const struct walk *k, struct extent *lines)
{
	const struct fit_item *items = items_make(k);
	size_t *ends = arena_array(k->b->arena, k->as.n, sizeof(*ends));
	size_t from = 0, n = 0;

	for (size_t i = 0; i < k->as.n_ends; i++) {
		struct fit_text t = { .items = items + from,
			.n = k->as.ends[i] - from,
			.measure = k->s->measure,
			.space =
			    k->as.list[from].segment->font->space_advance };
		size_t at = from,
		       count = fit_lines(&t, true, k->b->arena, ends);

		if (count == 0 && k->as.cutting != CUT_NONE)
			count = fit_lines(&t, false, k->b->arena, ends);
		if (count == 0)
			return 0;
		for (size_t line = 0; line < count; line++) {
			size_t to = from + ends[line];

			lines[n++] =
			    (struct extent){ at, to, to == k->as.ends[i] };
			at = to;
		}
		from = k->as.ends[i];
	}
	return n;
}

/* The lines, first with whole words, then with words cut if need be. */
static size_t
lines_make(struct walk *k, struct extent **lines)
{
	const struct type *t = k->s->type;
	bool fit = t->justify && k->s->measure > 0;
	size_t n = 0;

	for (int again = 0; again < 2 && n == 0; again++) {
		enum cutting cutting = !again ? CUT_NONE
		    : fit                     ? CUT_RUNNING
		    : t->hyphenate            ? CUT_ALL
					      : CUT_TYPED;

		if ((cutting == CUT_TYPED && k->s->src->n_cuts == 0) ||
		    !atoms_find(&k->as, cutting))
			return 0;
		*lines = arena_array(k->b->arena, k->as.n, sizeof(**lines));
		n = fit ? lines_fit(k, *lines) : lines_fill(k, *lines);
	}
	return n;
}

bool
lines_by_words(struct build *b, const struct setting *s, struct shape *out)
{
	struct walk k = {
		.b = b, .s = s, .as = { .b = b, .src = s->src, .type = s->type }
	};
	struct extent *lines = NULL;
	size_t n;

	if (s->measure == SHAPE_WORDS)
		return false;
	words_trim(fonts_words(b->fonts));
	n = lines_make(&k, &lines);
	if (n == 0)
		return false;
	k.lines = arena_array(b->arena, n, sizeof(*k.lines));
	for (size_t i = 0; i < n; i++)
		line_put(&k, &lines[i]);
	out->lines = k.lines;
	out->n_lines = n;
	return true;
}
