#include "pdf/font.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf/cluster.h"
#include "pdf/object.h"
#include "pdf/put.h"

#define MAX_TEXT 32 /* bytes one glyph may stand for without ActualText */

/* Names the first character of the cluster that the font does not have. */
static int
missing_glyph(const struct pdf_font *font, const struct pdf_cluster *c,
    struct err *e)
{
	const char *p;
	hb_codepoint_t gid;
	uint32_t code;

	code = 0;
	for (p = c->text; p < c->text + c->len;) {
		code = utf8_next(&p);
		if (!hb_font_get_nominal_glyph(font->face->font, code, &gid))
			break;
	}
	return err_set(e, ERR_DATA,
	    "font %s has no glyph for U+%04X in '%.*s'; add a font that has "
	    "it to fonts",
	    font->face->name, code, (int)(c->len < 64 ? c->len : 64), c->text);
}

/*
 * A ToUnicode CMap may not name some characters (ISO 19005-3, 6.2.11.7), and
 * should not name ligatures: a search for "fi" would not find them.
 */
static bool
is_copyable(const char *text, size_t n)
{
	const char *p;
	uint32_t c;

	if (n == 0 || n > MAX_TEXT)
		return false;
	for (p = text; p < text + n;) {
		c = utf8_next(&p);
		if (c == 0 || c == 0xFEFF || c == 0xFFFE || c >= 0xF0000 ||
		    (c >= 0xE000 && c <= 0xF8FF) ||
		    (c >= 0xFB00 && c <= 0xFB06))
			return false;
	}
	return true;
}

static void
extra_add(struct pdf_file *f, struct pdf_font *font, uint32_t gid,
    const struct pdf_cluster *c)
{
	struct pdf_glyph *grown;
	const char *text;

	if (font->extra_of == NULL)
		font->extra_of = arena_array(f->a, font->face->n_glyphs,
		    sizeof *font->extra_of);
	if (font->extra_of[gid] != 0)
		return;
	if (font->extras.n == font->extras.cap) {
		font->extras.cap = 2 * font->extras.cap + 32;
		grown = arena_array(f->a, font->extras.cap, sizeof *grown);
		if (font->extras.n > 0)
			memcpy(grown, font->extras.p,
			    font->extras.n * sizeof *grown);
		font->extras.p = grown;
	}
	text = font->face->texts[gid];
	if (c->n == 1 && is_copyable(c->text, c->len))
		text = arena_strn(f->a, c->text, c->len);
	font->extras.p[font->extras.n++] =
	    (struct pdf_glyph){ gid, text != NULL ? text : PDF_NO_TEXT };
	font->extra_of[gid] = (uint16_t)font->extras.n;
}

static void
collect_glyph(struct pdf_file *f, struct pdf_font *font, uint32_t gid,
    const struct pdf_cluster *c)
{
	if (font->base->cids[gid] != 0)
		font->base_used = true;
	else
		extra_add(f, font, gid, c);
}

/* Most runs need nothing else: spare their clusters. */
static bool
is_all_base(const struct pdf_font *font, const struct page_run *r)
{
	uint32_t gid;
	size_t i;

	if (pdf_run_turns(r))
		return false;
	for (i = 0; i < r->n_glyphs; i++) {
		gid = r->glyphs[i].gid;
		if (gid >= font->face->n_glyphs || font->base->cids[gid] == 0)
			return false;
	}
	return true;
}

static int
collect_run(struct pdf_file *f, const struct page_run *r, struct err *e)
{
	const struct pdf_cluster space = { .n = 1, .text = " ", .len = 1 };
	struct pdf_cluster c = { 0 };
	struct pdf_face *face;
	struct pdf_font *font;
	uint32_t gid;
	size_t i;

	font = &f->fonts[r->font];
	if (font->face == NULL) {
		if (pdf_face_find(f->w, f->doc->fonts[r->font], &face, e) ==
			-1 ||
		    pdf_face_base(f->w, face, f->doc->lang, &font->base, e) ==
			-1)
			return -1;
		font->face = face;
	}
	if (is_all_base(font, r)) {
		font->base_used = true;
		return 0;
	}
	while (pdf_cluster_next(r, &c)) {
		for (i = c.first; i < c.first + c.n; i++) {
			gid = r->glyphs[i].gid;
			if (gid == 0 || gid >= font->face->n_glyphs)
				return missing_glyph(font, &c, e);
			collect_glyph(f, font, gid, &c);
		}
		if (c.turns && pdf_cluster_splits(font, &c))
			collect_glyph(f, font, font->face->space, &space);
	}
	return 0;
}

static int
collect_page(struct pdf_file *f, const struct page *page, struct err *e)
{
	const struct page_item *item;
	size_t i, j;

	for (i = 0; i < page->n_items; i++) {
		item = &page->items[i];
		if (item->kind != PAGE_TEXT)
			continue;
		for (j = 0; j < item->n_runs; j++)
			if (item->runs[j].n_glyphs > 0 &&
			    collect_run(f, &item->runs[j], e) == -1)
				return -1;
	}
	return 0;
}

int
pdf_fonts_make(struct pdf_file *f, struct err *e)
{
	struct pdf_font *font;
	size_t i;

	f->fonts = arena_array(f->a, f->doc->n_fonts, sizeof *f->fonts);
	for (i = 0; i < f->doc->n_pages; i++)
		if (collect_page(f, &f->doc->pages[i], e) == -1)
			return err_add(e, "page %zu", i + 1);
	for (i = 0; i < f->doc->n_fonts; i++) {
		font = &f->fonts[i];
		if (font->extras.n > 0 &&
		    pdf_subset_make(f->w, font->face, &font->extras,
			PDF_EFFORT_LETTER, &font->extra, e) == -1)
			return -1;
	}
	return 0;
}

const struct pdf_char *
pdf_font_char(const struct pdf_font *font, uint32_t gid, bool *extra)
{
	unsigned cid;

	cid = font->base->cids[gid];
	*extra = cid == 0;
	if (cid != 0)
		return &font->base->chars[cid];
	cid = font->extra.cids[gid];
	assert(cid != 0);
	return &font->extra.chars[cid];
}

static struct pdf_embedded
embed(struct pdf_file *f, const struct pdf_face *face,
    const struct pdf_subset *subset)
{
	struct pdf_embedded e;
	struct str *s;

	s = &f->w->dict;
	if (face->cff)
		str_puts(s, "/Subtype/CIDFontType0C");
	else
		str_fmt(s, "/Length1 %zu", subset->program_size);
	str_puts(s, "/Filter/FlateDecode");
	e.program = pdf_object_new(f->objects);
	pdf_object_put(f->objects, e.program, s, subset->program);
	str_puts(s, "/Filter/FlateDecode");
	e.to_unicode = pdf_object_new(f->objects);
	pdf_object_put(f->objects, e.to_unicode, s, subset->to_unicode);
	return e;
}

void
pdf_fonts_write_bases(struct pdf_file *f)
{
	struct pdf_font *font;
	size_t i;

	for (i = 0; i < f->doc->n_fonts; i++) {
		font = &f->fonts[i];
		if (font->base_used)
			font->embedded = embed(f, font->face, font->base);
	}
}

static unsigned
write_cid_font(struct pdf_file *f, const struct pdf_face *face,
    const struct pdf_subset *subset, unsigned program)
{
	struct str *s;
	unsigned descriptor, object;

	descriptor = pdf_object_new(f->objects);
	object = pdf_object_new(f->objects);
	s = &f->w->dict;
	str_puts(s, "/Type/FontDescriptor/FontName");
	pdf_put_name(s, subset->name);
	str_fmt(s, "%s/FontFile%d %u 0 R", face->descriptor, face->cff ? 3 : 2,
	    program);
	pdf_object_put(f->objects, descriptor, s, (struct pdf_bytes){ 0 });
	str_fmt(s, "/Type/Font/Subtype/CIDFontType%d/BaseFont",
	    face->cff ? 0 : 2);
	pdf_put_name(s, subset->name);
	str_fmt(s,
	    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
	    "/Supplement 0>>%s/FontDescriptor %u 0 R",
	    face->cff ? "" : "/CIDToGIDMap/Identity", descriptor);
	str_put(s, subset->width_array.p, subset->width_array.n);
	pdf_object_put(f->objects, object, s, (struct pdf_bytes){ 0 });
	return object;
}

static unsigned
write_font(struct pdf_file *f, const struct pdf_face *face,
    const struct pdf_subset *subset, struct pdf_embedded embedded)
{
	struct str *s;
	unsigned cid_font, object;

	cid_font = write_cid_font(f, face, subset, embedded.program);
	object = pdf_object_new(f->objects);
	s = &f->w->dict;
	str_puts(s, "/Type/Font/Subtype/Type0/BaseFont");
	pdf_put_name(s, subset->name);
	str_fmt(s,
	    "/Encoding/Identity-H/DescendantFonts[%u 0 R]/ToUnicode %u 0 R",
	    cid_font, embedded.to_unicode);
	pdf_object_put(f->objects, object, s, (struct pdf_bytes){ 0 });
	return object;
}

void
pdf_fonts_write(struct pdf_file *f, struct str *resources)
{
	const struct pdf_font *font;
	size_t i;

	for (i = 0; i < f->doc->n_fonts; i++) {
		font = &f->fonts[i];
		if (font->base_used)
			str_fmt(resources, "/F%zu %u 0 R", 2 * i,
			    write_font(f, font->face, font->base,
				font->embedded));
		if (font->extras.n > 0)
			str_fmt(resources, "/F%zu %u 0 R", 2 * i + 1,
			    write_font(f, font->face, &font->extra,
				embed(f, font->face, &font->extra)));
	}
}
