/* Lines by pango: any script, any font, any direction. */
#include <assert.h>
#include <string.h>

#include "letter/line.h"

static void
attr_add(PangoAttrList *list, PangoAttribute *attr, size_t from, size_t to)
{
	attr->start_index = (guint)from;
	attr->end_index = (guint)to;
	pango_attr_list_insert(list, attr);
}

static void
keep_numbers(PangoAttrList *list, const struct source *src)
{
	for (size_t i = 0; i < src->len; i++) {
		if (source_inside_number(src->text, i))
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
	if (end < src->len && src->text[end] == '\n') {
		hb_font_t *font = pango_font_get_hb_font(last->analysis.font);
		uint32_t space = space_glyph(font);

		line_end(b, to, space,
		    hb_font_get_glyph_h_advance(font, space));
	}
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
	PangoLayout *layout = layout_make(b, s->src, s->type, s->measure);
	int rc = 0;

	out->lines = arena_array(b->arena,
	    (size_t)pango_layout_get_line_count(layout), sizeof(*out->lines));
	for (const GSList *l = pango_layout_get_lines_readonly(layout);
	     l && rc == 0; l = l->next) {
		struct shape_line *line = &out->lines[out->n_lines++];

		rc = line_convert(b, s->src, l->data, line, e);
		if (rc == 0 && s->type->justify && s->measure >= 0 &&
		    line_goes_on(s->src, l->data))
			line_justify(line, s->type, s->measure);
	}
	g_object_unref(layout);
	return rc;
}
