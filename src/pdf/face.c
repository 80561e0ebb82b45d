#include "pdf/font.h"

#include <assert.h>
#include <hb-ot.h>
#include <math.h>
#include <string.h>

#include "base/utf8.h"

/*
 * What nearly every letter has; what a font lacks is left out. Each glyph is
 * in every letter, so that a rare one costs less in the letters that have it.
 */
static const char common[] =
    " &'()+,-./0123456789:;?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
    "abcdefghijklmnopqrstuvwxyz"
    "\u00a0\u202f\u2019\u2013\u20ac\u00b0\u00b7\u2022%";

static const struct {
	const char *lang, *letters;
} repertoires[PDF_REPERTOIRES] = {
	{ "fr", "«»ÀÂÇÈÉÊËÎÏÔÙÛÜàâçèéêëîïôùûüÿŒœŸ" }, { "de", "ÄÖÜäöüß§„“" },
	{ "nl", "éèêëïóöü“”" }, { "it", "«»ÀÈÉÌÒÙàèéìòù“”" },
	{ "es", "«»¡¿ÁÉÍÑÓÚáéíñóúü“”" },
	{ "en", "£é“”" }, /* and every other language */
};

/* U+FB00 to U+FB06; what is copied is their letters. */
#define FIRST_LIGATURE 0xFB00
static const char *const ligatures[] = { "ff", "fi", "fl", "ffi", "ffl",
	"\u017ft", "st" };

#define N_LIGATURES (sizeof ligatures / sizeof ligatures[0])

/* Nobody agrees what a private character is; it must not be copied. */
static bool
is_private(uint32_t c)
{
	return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

static const char *
text_of(struct arena *a, uint32_t c)
{
	struct str s;
	const char *text;

	if (c >= FIRST_LIGATURE && c < FIRST_LIGATURE + N_LIGATURES)
		return ligatures[c - FIRST_LIGATURE];
	str_init(&s, 8);
	utf8_put(&s, c);
	text = arena_strn(a, s.p, s.len);
	str_done(&s);
	return text;
}

/* The lowest character of each glyph: '-' rather than a soft hyphen. */
static void
read_cmap(struct pdf_face *face, struct arena *a)
{
	hb_set_t *set;
	hb_codepoint_t c, gid;

	face->texts = arena_array(a, face->n_glyphs, sizeof *face->texts);
	set = hb_set_create();
	hb_face_collect_unicodes(face->hb, set);
	for (c = HB_SET_VALUE_INVALID; hb_set_next(set, &c);) {
		if (c < ' ' || c == 0xFEFF || c == 0xFFFE || is_private(c))
			continue;
		if (hb_font_get_nominal_glyph(face->font, c, &gid) &&
		    gid < face->n_glyphs && face->texts[gid] == NULL)
			face->texts[gid] = text_of(a, c);
	}
	hb_set_destroy(set);
}

static bool
has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *blob;
	bool has;

	blob = hb_face_reference_table(face, tag);
	has = hb_blob_get_length(blob) > 0;
	hb_blob_destroy(blob);
	return has;
}

/* A big-endian number of a table; 0 if the table is too short. */
static int
table_i16(hb_face_t *face, hb_tag_t tag, unsigned at)
{
	hb_blob_t *blob;
	const char *p;
	unsigned n;
	int v;

	blob = hb_face_reference_table(face, tag);
	p = hb_blob_get_data(blob, &n);
	v = 0;
	if (n >= 2 && at <= n - 2)
		v = (int16_t)((uint8_t)p[at] << 8 | (uint8_t)p[at + 1]);
	hb_blob_destroy(blob);
	return v;
}

static int
per_mille(const struct pdf_face *face, int units)
{
	return (int)lround(units * 1000.0 / face->upem);
}

static const char *
make_descriptor(const struct pdf_face *face, struct arena *a)
{
	const hb_tag_t head = HB_TAG('h', 'e', 'a', 'd');
	hb_font_extents_t extents = { 0 };
	hb_position_t cap = 0;
	double slant, weight;
	int box[4], i;

	hb_font_get_h_extents(face->font, &extents);
	(void)hb_ot_metrics_get_position(face->font,
	    HB_OT_METRICS_TAG_CAP_HEIGHT, &cap);
	for (i = 0; i < 4; i++)
		box[i] = per_mille(face,
		    table_i16(face->hb, head, 36 + 2 * (unsigned)i));
	slant =
	    (double)hb_style_get_value(face->font, HB_STYLE_TAG_SLANT_ANGLE);
	weight = (double)hb_style_get_value(face->font, HB_STYLE_TAG_WEIGHT);
	/* Flags: symbolic, as all CID fonts; 64 is italic. No font file says
	   StemV: this is the usual guess from the weight. */
	return arena_fmt(a,
	    "/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %ld/Ascent %d"
	    "/Descent %d/CapHeight %d/StemV %ld",
	    slant != 0 ? 4 | 64 : 4, box[0], box[1], box[2], box[3],
	    lround(slant), per_mille(face, extents.ascender),
	    per_mille(face, extents.descender), per_mille(face, cap),
	    lround(10 + 220 * (weight - 50) / 900));
}

/* What OS/2.fsType says of embedding (OpenType 1.9). */
enum {
	TYPE_USAGE = 0x000F,
	TYPE_RESTRICTED = 0x0002, /* alone: a freer bit beside it wins */
	TYPE_NO_SUBSET = 0x0100,
	TYPE_BITMAP = 0x0200
};

static int
check_embeddable(struct pdf_face *face, struct err *e)
{
	const char *why;
	int type;

	type = table_i16(face->hb, HB_TAG('O', 'S', '/', '2'), 8);
	face->whole = (type & TYPE_NO_SUBSET) != 0;
	if (has_table(face->hb, HB_TAG('f', 'v', 'a', 'r')))
		why = "is variable: a PDF holds one weight";
	else if (!face->cff && !has_table(face->hb, HB_TAG('g', 'l', 'y', 'f')))
		why = "has neither TrueType nor CFF outlines";
	else if ((type & TYPE_USAGE) == TYPE_RESTRICTED)
		why = "may not be embedded: its licence says so (fsType 2)";
	else if ((type & TYPE_BITMAP) != 0)
		why = "may be embedded as bitmaps only (fsType 512)";
	else
		return 0;
	return err_set(e, ERR_DATA,
	    "font %s %s; name another under fonts in semonce.yaml, or remove "
	    "its file",
	    face->name, why);
}

int
pdf_face_find(struct pdf_writer *w, const struct page_font *font,
    struct pdf_face **out, struct err *e)
{
	struct pdf_face *face;

	for (face = w->faces; face != NULL; face = face->next) {
		if (face->hb == font->face) {
			*out = face;
			return 0;
		}
	}
	face = arena_alloc(w->run, sizeof *face);
	face->hb = font->face;
	face->name = arena_str(w->run, font->name);
	face->n_glyphs = hb_face_get_glyph_count(font->face);
	face->upem = hb_face_get_upem(font->face);
	face->rare = font->rare;
	face->cff = has_table(face->hb, HB_TAG('C', 'F', 'F', ' '));
	if (check_embeddable(face, e) == -1)
		return -1;
	face->hb = hb_face_reference(font->face);
	face->font = hb_font_create(face->hb);
	(void)hb_font_get_nominal_glyph(face->font, ' ', &face->space);
	read_cmap(face, w->run);
	face->descriptor = make_descriptor(face, w->run);
	face->next = w->faces;
	w->faces = face;
	*out = face;
	return 0;
}

static void
collect(struct pdf_glyphs *c, uint32_t gid, const char *text)
{
	size_t i;

	if (gid == 0 || text == NULL)
		return;
	for (i = 0; i < c->n; i++)
		if (c->p[i].gid == gid)
			return;
	assert(c->n < c->cap);
	c->p[c->n++] = (struct pdf_glyph){ gid, text };
}

static void
collect_letters(struct pdf_glyphs *c, const struct pdf_face *face,
    const char *letters)
{
	hb_codepoint_t gid;
	const char *p;

	for (p = letters; *p != '\0';)
		if (hb_font_get_nominal_glyph(face->font, utf8_next(&p),
			&gid) &&
		    gid < face->n_glyphs)
			collect(c, gid, face->texts[gid]);
}

static size_t
repertoire_of(const char *lang)
{
	size_t i;

	for (i = 0; i < PDF_REPERTOIRES - 1; i++)
		if (strncmp(lang, repertoires[i].lang, 2) == 0 &&
		    (lang[2] == '-' || lang[2] == '\0'))
			break;
	return i;
}

static int
make_base(struct pdf_writer *w, const struct pdf_face *face, size_t which,
    struct pdf_subset *out, struct err *e)
{
	struct pdf_glyphs c = { 0 };

	if (face->whole)
		return pdf_subset_whole(w, face, out, e);
	c.cap = sizeof common + strlen(repertoires[which].letters);
	c.p = arena_array(w->run, c.cap, sizeof *c.p);
	if (!face->rare) {
		collect_letters(&c, face, common);
		collect_letters(&c, face, repertoires[which].letters);
	}
	return pdf_subset_make(w, face, &c, PDF_EFFORT_RUN, out, e);
}

int
pdf_face_base(struct pdf_writer *w, struct pdf_face *face, const char *lang,
    const struct pdf_subset **out, struct err *e)
{
	struct pdf_subset *base;
	size_t which;

	which = face->whole || face->rare ? 0 : repertoire_of(lang);
	if (face->bases[which] == NULL) {
		base = arena_alloc(w->run, sizeof *base);
		if (make_base(w, face, which, base, e) == -1)
			return -1;
		face->bases[which] = base;
	}
	*out = face->bases[which];
	return 0;
}

void
pdf_faces_free(struct pdf_writer *w)
{
	struct pdf_face *face;

	for (face = w->faces; face != NULL; face = face->next) {
		hb_font_destroy(face->font);
		hb_face_destroy(face->hb);
	}
	w->faces = NULL;
}
