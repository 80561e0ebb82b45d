/* Lines by pango: any script, any font, any direction. */
#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "letter/bidi.h"
#include "letter/line.h"
#include "letter/missing.h"

/*
 * Pango shapes what is left of a paragraph again for each line: beyond some
 * pages its time grows without end.
 */
#define PARAGRAPH_MAX_BYTES 10000

static void
attr_add(PangoAttrList *list, PangoAttribute *attr, size_t from, size_t to)
{
	attr->start_index = (guint)from;
	attr->end_index = (guint)to;
	pango_attr_list_insert(list, attr);
}

static void
keep_words(PangoAttrList *list, const struct source *src)
{
	for (size_t i = 0; i < src->len; i++) {
		const char *next = src->text + i + 1;

		if (!source_holds(src->text, i))
			continue;
		next = g_utf8_next_char(next);
		attr_add(list, pango_attr_allow_breaks_new(FALSE), i,
		    (size_t)(next - src->text));
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
	keep_words(list, src);
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
	PangoContext *context = fonts_context(b->fonts);
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *d = pango_font_description_new();
	PangoAttrList *list = attr_list(src, t);

	pango_context_set_language(context,
	    pango_language_from_string(b->lang));
	/* Pango itself would take the direction of an isolate. */
	pango_context_set_base_dir(context,
	    bidi_paragraph(src->text, b->lang) ? PANGO_DIRECTION_RTL
					       : PANGO_DIRECTION_LTR);
	pango_layout_set_auto_dir(layout, FALSE);
	pango_font_description_set_family_static(d,
	    t->form ? "letter-form" : "letter");
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

/* ---- runs ---- */

enum cut_kind {
	CUT_SHOWN,
	CUT_BOXES,  /* what no font has, or is private: a box for each */
	CUT_NOTHING /* isolates and marks: they turned what is around them */
};

/* Glyphs from..to of an item of pango, from left to right, of one kind. */
struct cut {
	const PangoGlyphItem *item;
	int from, to;
	enum cut_kind kind;
};

/* Of the glyphs that stand for the same text; *end is behind them. */
static enum cut_kind
cluster_kind(const struct source *src, const PangoGlyphItem *item, int at,
    int *end)
{
	const PangoGlyphString *gs = item->glyphs;
	const char *p = src->text + item->item->offset + gs->log_clusters[at];
	uint32_t c = utf8_next(&p);
	enum cut_kind kind = CUT_SHOWN;

	if (bidi_is_control(c))
		kind = CUT_NOTHING;
	else if (missing_is_private(c))
		kind = CUT_BOXES;
	for (*end = at; *end < gs->num_glyphs &&
	     gs->log_clusters[*end] == gs->log_clusters[at];
	     ++*end) {
		if (kind == CUT_SHOWN &&
		    (gs->glyphs[*end].glyph & PANGO_GLYPH_UNKNOWN_FLAG))
			kind = CUT_BOXES;
	}
	return kind;
}

/* Starts with from and to 0; false behind the last one. */
static bool
cut_next(const struct source *src, struct cut *c)
{
	int n = c->item->glyphs->num_glyphs, end;

	c->from = c->to;
	if (c->from == n)
		return false;
	c->kind = cluster_kind(src, c->item, c->from, &c->to);
	while (c->to < n && cluster_kind(src, c->item, c->to, &end) == c->kind)
		c->to = end;
	return true;
}

static bool
item_turns(const PangoItem *item)
{
	return item->analysis.level % 2 == 1;
}

/* Sets the text of a cut; returns where it begins in its item. */
static int
cut_text(const struct source *src, const struct cut *c, struct page_run *r)
{
	const PangoItem *item = c->item->item;
	const int *at = c->item->glyphs->log_clusters;
	int n = c->item->glyphs->num_glyphs;
	int before = c->from > 0 ? at[c->from - 1] : item->length;
	int behind = c->to < n ? at[c->to] : item->length;
	int begin = c->from > 0 ? at[c->from] : 0, end = behind;

	if (item_turns(item)) {
		begin = c->to < n ? at[c->to - 1] : 0;
		end = before;
	}
	r->text = src->text + item->offset + begin;
	r->text_len = (size_t)(end - begin);
	return begin;
}

static uint32_t
space_glyph(hb_font_t *font)
{
	hb_codepoint_t gid = 0;

	hb_font_get_nominal_glyph(font, ' ', &gid);
	return gid;
}

/*
 * The glyphs of a cut. One that pango leaves empty is a space at the end of a
 * line, which we want in the file, or nothing at all.
 */
static void
glyphs_show(const struct cut *c, int begin, struct shape_run *r)
{
	const PangoGlyphString *gs = c->item->glyphs;
	const PangoItem *item = c->item->item;
	hb_font_t *font = pango_font_get_hb_font(item->analysis.font);
	uint32_t space = space_glyph(font);
	struct page_glyph *last;

	for (int i = c->from; i < c->to; i++) {
		const PangoGlyphInfo *g = &gs->glyphs[i];
		int at = gs->log_clusters[i] - begin;
		bool empty = g->glyph == PANGO_GLYPH_EMPTY;

		if (empty &&
		    (space == 0 ||
			(g->geometry.width == 0 && r->run.text[at] != ' ')))
			continue;
		r->glyphs[r->run.n_glyphs++] =
		    (struct page_glyph){ .gid = empty ? space : g->glyph,
			    .advance = g->geometry.width,
			    .dx = g->geometry.x_offset,
			    .dy = g->geometry.y_offset,
			    .cluster = (uint32_t)at };
	}
	if (r->run.n_glyphs == 0 || item_turns(item))
		return;
	/* A space that ends a line left to right may keep its width. */
	last = &r->glyphs[r->run.n_glyphs - 1];
	if (last->advance == 0 && last->gid == space)
		last->advance = hb_font_get_glyph_h_advance(font, last->gid);
}

/* The font that has a box, in the style of another, and the box. */
static PangoFont *
box_font(const struct build *b, PangoFont *like, uint32_t *gid)
{
	static const uint32_t boxes[] = { 0x25a1, 0xfffd, '?' };
	PangoFontDescription *d = pango_font_describe(like);
	PangoFont *font = NULL;
	PangoFontset *set;

	pango_font_description_set_family_static(d, "letter");
	set = pango_context_load_fontset(fonts_context(b->fonts), d,
	    pango_language_from_string(b->lang));
	*gid = 0;
	for (size_t i = 0; *gid == 0; i++) {
		assert(i < sizeof(boxes) / sizeof(boxes[0]));
		if (font)
			g_object_unref(font);
		font = pango_fontset_get_font(set, boxes[i]);
		hb_font_get_nominal_glyph(pango_font_get_hb_font(font),
		    boxes[i], gid);
	}
	g_object_unref(set);
	pango_font_description_free(d);
	return font;
}

/*
 * A box for each cluster, in the middle of the room pango made, although it
 * may touch the next: more room would lead lines beyond their measure.
 */
static int
boxes_show(struct build *b, const struct source *src, const struct cut *c,
    int begin, struct shape_run *r, struct err *e)
{
	const PangoGlyphString *gs = c->item->glyphs;
	const PangoItem *item = c->item->item;
	uint32_t gid;
	PangoFont *font = box_font(b, item->analysis.font, &gid);
	int32_t width =
	    hb_font_get_glyph_h_advance(pango_font_get_hb_font(font), gid);
	int rc = 0;

	fonts_missed(b->fonts);
	for (int i = c->from; i < c->to && rc == 0;) {
		int at = gs->log_clusters[i];
		struct page_glyph *g = &r->glyphs[r->run.n_glyphs++];

		*g = (struct page_glyph){ .gid = gid,
			.cluster = (uint32_t)(at - begin) };
		for (; i < c->to && gs->log_clusters[i] == at; i++)
			g->advance += gs->glyphs[i].geometry.width;
		if (g->advance == 0)
			g->advance = width;
		g->dx = (g->advance - width) / 2;
		rc = missing_note(b, src, (size_t)item->offset + (size_t)at, e);
	}
	r->run.font = build_font(b, fonts_find(b->fonts, font));
	g_object_unref(font);
	return rc;
}

static int
cut_convert(struct build *b, const struct source *src, const struct cut *c,
    struct shape_run *to, struct err *e)
{
	PangoFont *font = c->item->item->analysis.font;
	int begin = cut_text(src, c, &to->run);

	to->span = source_span(src, (size_t)(to->run.text - src->text));
	to->glyphs = arena_array(b->arena, (size_t)(c->to - c->from),
	    sizeof(*to->glyphs));
	to->run.glyphs = to->glyphs;
	if (c->kind == CUT_BOXES)
		return boxes_show(b, src, c, begin, to, e);
	glyphs_show(c, begin, to);
	to->run.font = build_font(b, fonts_find(b->fonts, font));
	return 0;
}

/* Without the space at the end, whose width the line does not count. */
static int32_t
cut_width(const struct cut *c, const struct shape_run *r)
{
	int32_t width = 0;

	for (size_t i = 0; c->kind == CUT_BOXES && i < r->run.n_glyphs; i++)
		width += r->glyphs[i].advance;
	for (int i = c->from; c->kind == CUT_SHOWN && i < c->to; i++)
		width += c->item->glyphs->glyphs[i].geometry.width;
	return width;
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

static size_t
line_end_offset(const PangoLayoutLine *line)
{
	return (size_t)line->start_index + (size_t)line->length;
}

static size_t
count_cuts(const struct source *src, const PangoLayoutLine *line)
{
	size_t n = 0;

	for (const GSList *l = line->runs; l; l = l->next) {
		struct cut c = { .item = l->data };

		while (cut_next(src, &c))
			n++;
	}
	return n;
}

/* Adds the runs of an item at the pen, which moves on. */
static int
item_convert(struct build *b, const struct source *src,
    const PangoGlyphItem *item, struct shape_line *to, struct err *e)
{
	struct cut c = { .item = item };

	while (cut_next(src, &c)) {
		struct shape_run *r = &to->runs[to->n_runs];

		if (c.kind == CUT_NOTHING)
			continue;
		if (cut_convert(b, src, &c, r, e))
			return -1;
		r->run.x = to->width;
		r->seat = to->n_runs;
		to->width += cut_width(&c, r);
		if (r->run.n_glyphs > 0)
			to->n_runs++;
	}
	return 0;
}

/* The space behind a line that the text breaks by itself. */
static void
line_break(struct build *b, PangoFont *font, struct shape_line *line)
{
	hb_font_t *hb = pango_font_get_hb_font(font);
	uint32_t space = space_glyph(hb);

	if (space == 0)
		return;
	line_end(b, line, space, hb_font_get_glyph_h_advance(hb, space));
	line->runs[line->n_runs - 1].run.font =
	    build_font(b, fonts_find(b->fonts, font));
}

static int
line_convert(struct build *b, const struct source *src,
    const PangoLayoutLine *from, struct shape_line *to, struct err *e)
{
	const PangoItem *last = NULL;
	size_t end = line_end_offset(from);

	to->rtl = from->resolved_dir == PANGO_DIRECTION_RTL;
	to->runs =
	    arena_array(b->arena, count_cuts(src, from) + 1, sizeof(*to->runs));
	for (const GSList *l = from->runs; l; l = l->next) {
		const PangoGlyphItem *item = l->data;

		if (item_convert(b, src, item, to, e))
			return -1;
		if (!last || item->item->offset > last->offset)
			last = item->item;
	}
	runs_sort(to->runs, to->n_runs);
	if (to->n_runs == 0)
		return 0;
	assert(last);
	to->runs[to->n_runs - 1].run.soft_hyphen =
	    (last->analysis.flags & PANGO_ANALYSIS_FLAG_NEED_HYPHEN) != 0;
	if (end < src->len && src->text[end] == '\n')
		line_break(b, last->analysis.font, to);
	return 0;
}

/* True if the words that follow were only moved down for want of room. */
static bool
line_goes_on(const struct source *src, const PangoLayoutLine *line)
{
	size_t end = line_end_offset(line);

	return end < src->len && src->text[end] != '\n';
}

int
lines_by_pango(struct build *b, const struct setting *s, struct shape *out,
    struct err *e)
{
	PangoLayout *layout;
	int rc = 0;

	if (s->src->len > PARAGRAPH_MAX_BYTES)
		return err_set(e, ERR_DATA,
		    "a paragraph of %zu bytes: divide it, %d are the most "
		    "where scripts are mixed",
		    s->src->len, PARAGRAPH_MAX_BYTES);
	layout = layout_make(b, s->src, s->type, s->measure);
	out->lines = arena_array(b->arena,
	    (size_t)pango_layout_get_line_count(layout), sizeof(*out->lines));
	for (const GSList *l = pango_layout_get_lines_readonly(layout);
	     l && rc == 0; l = l->next) {
		struct shape_line *line = &out->lines[out->n_lines++];

		rc = line_convert(b, s->src, l->data, line, e);
		if (rc == 0 && s->type->justify && line->width < s->measure &&
		    line_goes_on(s->src, l->data))
			line_justify(line, s->type, s->measure);
	}
	g_object_unref(layout);
	return rc;
}
