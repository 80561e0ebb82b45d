#include "letter/shape.h"

#include <assert.h>
#include <string.h>

#include "letter/look.h"

/* The most a space grows in a justified line, of the size of the type. */
#define STRETCH_PERCENT 50

#define SOFT_HYPHEN     "\u00ad"

/* The text of all spans in one piece, and how much of it is which span. */
struct source {
	const struct span *spans;
	char *text;
	size_t len;
};

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
	/* Controls have no glyph; a tab or a bell is a space to a reader. */
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)out->text[i];

		if ((c < ' ' && c != '\n') || c == 0x7f)
			out->text[i] = ' ';
	}
}

static const struct span *
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

static void
attr_add(PangoAttrList *list, PangoAttribute *attr, size_t from, size_t to)
{
	attr->start_index = (guint)from;
	attr->end_index = (guint)to;
	pango_attr_list_insert(list, attr);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A telephone number is one word, though it is written with spaces. */
static bool
inside_number(const char *text, size_t at)
{
	return at > 0 && text[at] == ' ' && is_digit(text[at - 1]) &&
	    is_digit(text[at + 1]);
}

static void
keep_numbers(PangoAttrList *list, const struct source *src)
{
	for (size_t i = 0; i < src->len; i++) {
		if (inside_number(src->text, i))
			attr_add(list, pango_attr_allow_breaks_new(FALSE),
			    i - 1, i + 2);
	}
}

static PangoAttrList *
attr_list(const struct source *src, const struct type *t)
{
	PangoAttrList *list = pango_attr_list_new();
	size_t at = 0;

	/* A hyphen pango puts into an invoice number would be a wrong number.
	 */
	if (!strstr(src->text, SOFT_HYPHEN))
		attr_add(list, pango_attr_insert_hyphens_new(FALSE), 0,
		    src->len);
	/* Ties between t and i charm in a title and hinder in a letter. */
	attr_add(list,
	    pango_attr_font_features_new(t->figures ? "liga=0,tnum=1,lnum=1"
						    : "liga=0"),
	    0, src->len);
	keep_numbers(list, src);
	for (const struct span *s = src->spans; s; s = s->next) {
		size_t end = at + strlen(s->text);

		if (s->style & STYLE_BOLD)
			attr_add(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD),
			    at, end);
		if (s->style & STYLE_ITALIC)
			attr_add(list, pango_attr_style_new(PANGO_STYLE_ITALIC),
			    at, end);
		if (s->style & STYLE_CODE)
			attr_add(list, pango_attr_family_new("letter-code"), at,
			    end);
		if (s->url) /* nothing to paint: it cuts runs at the link */
			attr_add(list, pango_attr_foreground_new(0, 0, 0), at,
			    end);
		at = end;
	}
	return list;
}

static PangoLayout *
layout_make(struct build *b, const struct source *src, const struct type *t,
    int32_t measure)
{
	PangoLayout *layout = pango_layout_new(fonts_context(b->fonts));
	PangoFontDescription *d = pango_font_description_new();
	PangoAttrList *list = attr_list(src, t);

	pango_font_description_set_family_static(d, "letter");
	pango_font_description_set_size(d, t->size);
	if (t->bold)
		pango_font_description_set_weight(d, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(layout, d);
	pango_layout_set_text(layout, src->text, (int)src->len);
	pango_layout_set_attributes(layout, list);
	pango_layout_set_wrap(layout,
	    measure == SHAPE_WORDS ? PANGO_WRAP_WORD : PANGO_WRAP_WORD_CHAR);
	pango_layout_set_width(layout, measure == SHAPE_WORDS ? 0 : measure);
	pango_attr_list_unref(list);
	pango_font_description_free(d);
	return layout;
}

static uint32_t
space_glyph(hb_font_t *font)
{
	hb_codepoint_t gid = 0;

	hb_font_get_nominal_glyph(font, ' ', &gid);
	return gid;
}

static int
no_font(const char *at, struct err *e)
{
	const char *p = at;
	uint32_t c = utf8_next(&p);

	return err_set(e, ERR_DATA,
	    "no installed font has the character '%.*s' (U+%04X); install one "
	    "(fonts-noto-core, fonts-noto-cjk) or write it otherwise",
	    (int)(p - at), at, c);
}

/*
 * One run of pango to one of ours. A glyph pango leaves empty is a space at
 * the end of a line, which we want in the file, or nothing at all.
 */
static int
run_convert(struct build *b, const struct source *src,
    const PangoGlyphItem *from, struct shape_run *to, struct err *e)
{
	const PangoItem *item = from->item;
	const PangoGlyphString *gs = from->glyphs;
	hb_font_t *font = pango_font_get_hb_font(item->analysis.font);
	const char *text = src->text + item->offset;
	struct page_glyph *glyphs =
	    arena_array(b->arena, (size_t)gs->num_glyphs, sizeof(*glyphs));
	size_t n = 0;

	for (int i = 0; i < gs->num_glyphs; i++) {
		const PangoGlyphInfo *g = &gs->glyphs[i];
		uint32_t gid = g->glyph;
		int cluster = gs->log_clusters[i];

		if (gid & PANGO_GLYPH_UNKNOWN_FLAG)
			return no_font(text + cluster, e);
		if (gid == PANGO_GLYPH_EMPTY) {
			if (g->geometry.width == 0 && text[cluster] != ' ')
				continue;
			gid = space_glyph(font);
		}
		glyphs[n++] = (struct page_glyph){ .gid = gid,
			.advance = g->geometry.width,
			.dx = g->geometry.x_offset,
			.dy = g->geometry.y_offset,
			.cluster = (uint32_t)cluster };
	}
	to->span = source_span(src, (size_t)item->offset);
	to->run.font = build_font(b, fonts_find(b->fonts, item->analysis.font));
	to->run.glyphs = to->glyphs = glyphs;
	to->run.n_glyphs = n;
	to->run.text = text;
	to->run.text_len = (size_t)item->length;
	/* A space that ends a line left to right may keep its width. */
	if (n && item->analysis.level % 2 == 0 && glyphs[n - 1].advance == 0 &&
	    glyphs[n - 1].gid == space_glyph(font))
		glyphs[n - 1].advance =
		    hb_font_get_glyph_h_advance(font, glyphs[n - 1].gid);
	return 0;
}

static int32_t
run_width(const PangoGlyphItem *item)
{
	return pango_glyph_string_get_width(item->glyphs);
}

/* Pango gives runs from left to right; we want them as they are read. */
static void
runs_sort(struct shape_run *runs, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct shape_run r = runs[i];
		size_t at = i;

		for (; at > 0 && runs[at - 1].run.text > r.run.text; at--)
			runs[at] = runs[at - 1];
		runs[at] = r;
	}
}

/* A space where the text breaks the line by itself. */
static void
line_end(struct build *b, struct shape_line *line, hb_font_t *font)
{
	const struct shape_run *last = &line->runs[line->n_runs - 1];
	struct page_glyph *glyph = arena_alloc(b->arena, sizeof(*glyph));
	struct shape_run *space = &line->runs[line->n_runs];

	*glyph = (struct page_glyph){ .gid = space_glyph(font) };
	glyph->advance = hb_font_get_glyph_h_advance(font, glyph->gid);
	*space = *last;
	space->run.glyphs = space->glyphs = glyph;
	space->run.n_glyphs = 1;
	space->run.text = " ";
	space->run.text_len = 1;
	space->run.soft_hyphen = false;
	space->run.x = line->width;
	line->n_runs++;
}

static size_t
line_end_offset(const PangoLayoutLine *line)
{
	return (size_t)line->start_index + (size_t)line->length;
}

static int
line_convert(struct build *b, const struct source *src,
    const PangoLayoutLine *from, struct shape_line *to, struct err *e)
{
	const PangoItem *last = NULL;
	size_t end = line_end_offset(from);
	int32_t pen = 0;

	to->rtl = from->resolved_dir == PANGO_DIRECTION_RTL;
	to->runs = arena_array(b->arena, g_slist_length(from->runs) + 1,
	    sizeof(*to->runs));
	for (const GSList *l = from->runs; l; l = l->next) {
		const PangoGlyphItem *item = l->data;
		struct shape_run *r = &to->runs[to->n_runs];

		if (run_convert(b, src, item, r, e))
			return -1;
		r->run.x = pen;
		pen += run_width(item);
		if (r->run.n_glyphs > 0)
			to->n_runs++;
		if (!last || item->item->offset > last->offset)
			last = item->item;
	}
	to->width = pen;
	runs_sort(to->runs, to->n_runs);
	if (to->n_runs == 0)
		return 0;
	assert(last);
	to->runs[to->n_runs - 1].run.soft_hyphen =
	    (last->analysis.flags & PANGO_ANALYSIS_FLAG_NEED_HYPHEN) != 0;
	if (end < src->len && src->text[end] == '\n')
		line_end(b, to, pango_font_get_hb_font(last->analysis.font));
	return 0;
}

/* True if the words that follow were only moved down for want of room. */
static bool
line_goes_on(const struct source *src, const PangoLayoutLine *line)
{
	size_t end = line_end_offset(line);

	return end < src->len && src->text[end] != '\n';
}

/* True for the glyph of a plain space between two words of the line. */
static bool
is_gap(const struct page_run *r, size_t glyph, bool last_run)
{
	size_t at = r->glyphs[glyph].cluster;

	if (r->text[at] != ' ' || inside_number(r->text, at))
		return false;
	return !last_run || glyph + 1 < r->n_glyphs;
}

static int32_t
count_gaps(const struct shape_line *line)
{
	int32_t n = 0;

	for (size_t k = 0; k < line->n_runs; k++) {
		const struct page_run *r = &line->runs[k].run;

		for (size_t g = 0; g < r->n_glyphs; g++)
			n += is_gap(r, g, k + 1 == line->n_runs);
	}
	return n;
}

/* Lets a line that goes on below reach the right edge. */
static void
line_justify(struct shape_line *line, const struct type *t, int32_t measure)
{
	int32_t gaps = count_gaps(line), slack = measure - line->width;
	int32_t shift = 0, each;

	if (line->rtl || gaps == 0 || slack <= 0 ||
	    slack / gaps > t->size * STRETCH_PERCENT / 100)
		return;
	each = slack / gaps;
	slack -= each * gaps; /* a unit more for the first few */
	for (size_t k = 0; k < line->n_runs; k++) {
		struct page_run *r = &line->runs[k].run;
		struct page_glyph *glyphs = line->runs[k].glyphs;

		r->x += shift;
		for (size_t g = 0; g < r->n_glyphs; g++) {
			if (!is_gap(r, g, k + 1 == line->n_runs))
				continue;
			int32_t more = each + (slack-- > 0 ? 1 : 0);
			glyphs[g].advance += more;
			shift += more;
		}
	}
	line->width = measure;
}

int
shape_spans(struct build *b, const struct span *spans, const struct type *t,
    int32_t measure, struct shape *out, struct err *e)
{
	PangoLayout *layout;
	struct source src;
	int rc = 0;

	*out = (struct shape){ .type = t };
	if (!spans)
		return 0;
	source_make(b, spans, &src);
	layout = layout_make(b, &src, t, measure);
	out->lines = arena_array(b->arena,
	    (size_t)pango_layout_get_line_count(layout), sizeof(*out->lines));
	for (const GSList *l = pango_layout_get_lines_readonly(layout);
	     l && rc == 0; l = l->next) {
		struct shape_line *line = &out->lines[out->n_lines++];

		rc = line_convert(b, &src, l->data, line, e);
		if (rc == 0 && t->justify && measure >= 0 &&
		    line_goes_on(&src, l->data))
			line_justify(line, t, measure);
		if (line->width > out->width)
			out->width = line->width;
	}
	g_object_unref(layout);
	return rc;
}

int
shape_text(struct build *b, const char *text, const struct type *t,
    int32_t measure, struct shape *out, struct err *e)
{
	struct span *s = arena_alloc(b->arena, sizeof(*s));

	s->text = text;
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
