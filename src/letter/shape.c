#include "letter/shape.h"

#include <assert.h>
#include <glib.h>
#include <string.h>

#include "base/utf8.h"
#include "letter/bidi.h"
#include "letter/line.h"
#include "letter/recall.h"

/* The most a space grows in a justified line, of the size of the type. */
#define STRETCH_PERCENT 50

/* A part of a compound that has fewer letters is not left alone on a line. */
#define SHORT_PART 4

/*
 * Controls have no glyph; a tab or a bell is a space to a reader, and so are
 * the separators of Unicode, which would end a line that nobody counts. No
 * character changes its length.
 */
static void
text_clean(char *text)
{
	unsigned char c;

	for (char *p = text; (c = (unsigned char)*p) != '\0'; p++) {
		if (c >= ' ' && c < 0x7f)
			continue;
		if ((c < ' ' && c != '\n') || c == 0x7f)
			*p = ' ';
		else if (c == 0xc2 && (unsigned char)p[1] < 0xa0)
			p[1] = '\xa0'; /* C1 to U+00A0 */
		else if (strncmp(p, "\u2028", 3) == 0 ||
		    strncmp(p, "\u2029", 3) == 0)
			p[2] = '\x83'; /* U+2003 */
	}
}

static void
source_make(struct build *b, const struct span *spans, struct source *out)
{
	size_t len = 0;

	for (const struct span *s = spans; s; s = s->next)
		len += strlen(s->text);
	*out = (struct source){ .spans = spans,
		.text = arena_alloc(b->arena, len + 1),
		.len = len };
	len = 0;
	for (const struct span *s = spans; s; s = s->next) {
		size_t n = strlen(s->text);

		memcpy(out->text + len, s->text, n);
		len += n;
	}
	text_clean(out->text);
}

/* Copies a text without its soft hyphens; at is where it is in the source. */
static char *
text_strip(struct build *b, const char *from, size_t at, struct source *out)
{
	const size_t len = strlen(SOFT_HYPHEN);
	char *text = arena_alloc(b->arena, strlen(from) + 1);
	const char *hyphen;
	size_t n = 0;

	for (; (hyphen = strstr(from, SOFT_HYPHEN)) != NULL;
	     from = hyphen + len) {
		memcpy(text + n, from, (size_t)(hyphen - from));
		n += (size_t)(hyphen - from);
		out->cuts[out->n_cuts++] = at + n;
	}
	memcpy(text + n, from, strlen(from) + 1);
	return text;
}

/* The same spans without soft hyphens. */
static void
source_strip(struct build *b, const struct source *from, struct source *out)
{
	struct source cuts = { .cuts = arena_array(b->arena, from->len,
				   sizeof(*cuts.cuts)) };
	struct span *first = NULL, **tail = &first;
	size_t at = 0;

	for (const struct span *s = from->spans; s; s = s->next) {
		struct span *copy = arena_alloc(b->arena, sizeof(*copy));

		*copy = *s;
		copy->text = text_strip(b, s->text, at, &cuts);
		at += strlen(copy->text);
		*tail = copy;
		tail = &copy->next;
	}
	source_make(b, first, out);
	out->cuts = cuts.cuts;
	out->n_cuts = cuts.n_cuts;
}

const struct span *
source_span(const struct source *src, size_t offset)
{
	const struct span *s = src->spans;

	for (; s->next; s = s->next) {
		size_t n = strlen(s->text);

		if (offset < n)
			break;
		offset -= n;
	}
	return s;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The minus of "-£5" and "(-USD 5)", not the hyphen of a compound. */
static bool
is_sign(const char *text, size_t at)
{
	const char *p = text + at;
	uint32_t before = ' ', after;

	if (*p++ != '-')
		return false;
	if (at > 0) {
		const char *last = g_utf8_prev_char(text + at);

		before = utf8_next(&last);
	}
	after = utf8_next(&p);
	return before != '-' && !g_unichar_isalnum(before) &&
	    (g_unichar_isalnum(after) ||
		g_unichar_type(after) == G_UNICODE_CURRENCY_SYMBOL);
}

/*
 * Is it a hyphen between two parts, one of them of few letters? A part with a
 * figure in it is no word: references are cut at their hyphens.
 */
static bool
is_short_compound(const char *text, size_t at)
{
	const char *before = text + at, *behind = before + 1;
	size_t n_before = 0, n_behind = 0;
	uint32_t c = 0;

	if (text[at] != '-')
		return false;
	while (before > text && n_before < SHORT_PART) {
		before = g_utf8_prev_char(before);
		c = g_utf8_get_char(before);
		if (!g_unichar_isalpha(c))
			break;
		n_before++;
	}
	if (n_before == 0 || g_unichar_isdigit(c))
		return false;
	while (n_behind < SHORT_PART) {
		c = g_utf8_get_char(behind);
		if (!g_unichar_isalpha(c))
			break;
		behind = g_utf8_next_char(behind);
		n_behind++;
	}
	return n_behind > 0 && !g_unichar_isdigit(c) &&
	    (n_before < SHORT_PART || n_behind < SHORT_PART);
}

bool
source_holds(const char *text, size_t at)
{
	return is_sign(text, at) || is_short_compound(text, at) ||
	    (at > 0 && text[at] == ' ' && is_digit(text[at - 1]) &&
		is_digit(text[at + 1]));
}

void
line_end(struct build *b, struct shape_line *line, uint32_t glyph,
    int32_t advance)
{
	const struct shape_run *last = &line->runs[line->n_runs - 1];
	struct page_glyph *one = arena_alloc(b->arena, sizeof(*one));
	struct shape_run *space = &line->runs[line->n_runs];

	*one = (struct page_glyph){ .gid = glyph, .advance = advance };
	*space = *last;
	space->run.glyphs = space->glyphs = one;
	space->run.n_glyphs = 1;
	space->run.text = " ";
	space->run.text_len = 1;
	space->run.soft_hyphen = false;
	space->run.x = line->rtl ? -advance : line->width;
	space->seat = line->n_runs++;
}

/*
 * True for the glyph of a plain space between two words of the line. Letters
 * may stand before it in its cluster: the second half of a hyphened word.
 */
static bool
is_gap(const struct shape_line *line, const struct page_run *r, size_t glyph)
{
	const struct page_run *last = &line->runs[line->n_runs - 1].run;
	const char *at = r->text + r->glyphs[glyph].cluster;

	return *at == ' ' && at + 1 < last->text + last->text_len &&
	    (glyph + 1 == r->n_glyphs ||
		r->glyphs[glyph + 1].cluster != r->glyphs[glyph].cluster) &&
	    !source_holds(r->text, (size_t)(at - r->text));
}

static int32_t
count_gaps(const struct shape_line *line)
{
	int32_t n = 0;

	for (size_t k = 0; k < line->n_runs; k++) {
		const struct page_run *r = &line->runs[k].run;

		for (size_t g = 0; g < r->n_glyphs; g++)
			n += is_gap(line, r, g);
	}
	return n;
}

/* The run that stands there, counted from the left. */
static struct shape_run *
run_at_seat(const struct shape_line *line, size_t seat)
{
	size_t k = 0;

	while (line->runs[k].seat != seat)
		k++;
	return &line->runs[k];
}

void
line_justify(struct shape_line *line, const struct type *t, int32_t measure)
{
	int32_t gaps = count_gaps(line), slack = measure - line->width;
	int32_t shift = 0, each, rest;

	if (gaps == 0 || slack == 0 ||
	    slack / gaps > t->size * STRETCH_PERCENT / 100)
		return;
	each = slack / gaps;
	rest = slack % gaps; /* a unit more, or less, for the first few */
	for (size_t seat = 0; seat < line->n_runs; seat++) {
		struct shape_run *r = run_at_seat(line, seat);

		r->run.x += shift;
		for (size_t g = 0; g < r->run.n_glyphs; g++) {
			if (!is_gap(line, &r->run, g))
				continue;
			int32_t unit = (rest > 0) - (rest < 0);
			r->glyphs[g].advance += each + unit;
			shift += each + unit;
			rest -= unit;
		}
	}
	line->width = measure;
}

/* The same spans with marks that keep numbers as they are written. */
static void
source_mark(struct build *b, const struct source *from, struct source *out)
{
	struct span *first = NULL, **tail = &first;

	for (const struct span *s = from->spans; s; s = s->next) {
		struct span *copy = arena_alloc(b->arena, sizeof(*copy));

		*copy = *s;
		copy->text = bidi_numbers(s->text, b->arena);
		*tail = copy;
		tail = &copy->next;
	}
	source_make(b, first, out);
}

static void
widest_find(struct shape *s)
{
	for (size_t i = 0; i < s->n_lines; i++)
		if (s->lines[i].width > s->width)
			s->width = s->lines[i].width;
}

/* Texts that are not simple, by pango. */
static int
shape_any(struct build *b, const struct source *src, const struct type *t,
    int32_t measure, struct shape *out, struct err *e)
{
	struct source marked;
	struct setting s = { .src = src, .type = t, .measure = measure };

	if (bidi_turns(src->text) || bidi_paragraph(src->text, b->lang)) {
		source_mark(b, src, &marked);
		s.src = &marked;
	}
	if (lines_by_pango(b, &s, out, e))
		return -1;
	widest_find(out);
	return 0;
}

int
shape_spans(struct build *b, const struct span *spans, const struct type *t,
    int32_t measure, struct shape *out, struct err *e)
{
	struct recall *recall = fonts_recall(b->fonts);
	struct recall_key key = {
		.spans = spans, .type = t, .measure = measure, .lang = b->lang
	};
	struct source src, plain;
	struct setting s = { .src = &src, .type = t, .measure = measure };

	*out = (struct shape){ .type = t };
	if (!spans)
		return 0;
	recall_key_make(&key);
	if (recall_find(recall, &key, b, out))
		return 0;
	source_make(b, spans, &src);
	if (strstr(src.text, SOFT_HYPHEN)) {
		source_strip(b, &src, &plain);
		s.src = &plain;
	}
	if (!lines_by_words(b, &s, out))
		return shape_any(b, &src, t, measure, out, e);
	widest_find(out);
	recall_trim(recall);
	if (s.src == &src)
		recall_keep(recall, &key, b, &src, out);
	return 0;
}

int
shape_text(struct build *b, const char *text, const struct type *t,
    int32_t measure, struct shape *out, struct err *e)
{
	struct span *s = arena_alloc(b->arena, sizeof(*s));

	s->text = bidi_lines(text, b->arena);
	return shape_spans(b, s, t, measure, out, e);
}

int
shape_fitted(struct build *b, const char *text, const struct type *t,
    int32_t measure, struct shape *out, struct err *e)
{
	struct type *smaller;

	assert(measure > 0);
	if (shape_text(b, text, t, SHAPE_ONE_LINE, out, e))
		return -1;
	if (out->width <= measure)
		return 0;
	smaller = arena_alloc(b->arena, sizeof(*smaller));
	*smaller = *t;
	smaller->size = (int32_t)((int64_t)t->size * measure / out->width) - 1;
	return shape_text(b, text, smaller, SHAPE_ONE_LINE, out, e);
}

int32_t
shape_height(const struct type *t, size_t n_lines)
{
	return (int32_t)n_lines * t->leading;
}
