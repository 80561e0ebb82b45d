/*
 * rules_text: what holds for the fonts of the text that is painted: the
 * program is there, its widths are those of the PDF, and each glyph says
 * which text it is (ISO 19005-3, 6.2.11; ISO 14289-1, 7.21).
 *
 * The widths come from the font program through FreeType, not from the code
 * that wrote the PDF.
 */
#include <ft2build.h>
#include <freetype/freetype.h>
#include <freetype/ftcid.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "lex.h"

#define CODES 65536U

static bool
has_bit(const uint8_t bits[CODES / 8], unsigned code)
{
	return (bits[code / 8] & 1U << code % 8) != 0;
}

static json_t *
cid_font(const struct doc *d, json_t *font)
{
	json_t *list = doc_key(d, font, "/DescendantFonts");

	return doc_resolve(d, json_array_get(list, 0));
}

static bool
is_truetype(const struct doc *d, json_t *cid)
{
	return strcmp(doc_name(d, cid, "/Subtype"), "/CIDFontType2") == 0;
}

/* The font program; false if there is none of the right kind. */
static bool
font_program(const struct doc *d, json_t *cid, struct bytes *out)
{
	json_t *descriptor = doc_key(d, cid, "/FontDescriptor"), *ref;
	const char *kind;

	if (is_truetype(d, cid))
		return doc_stream(d, doc_raw_key(d, descriptor, "/FontFile2"),
		    out);
	ref = doc_raw_key(d, descriptor, "/FontFile3");
	kind = doc_name(d, ref, "/Subtype");
	return (strcmp(kind, "/CIDFontType0C") == 0 ||
		   strcmp(kind, "/OpenType") == 0) &&
	    doc_stream(d, ref, out);
}

/* Which glyph of the program a code paints (ISO 32000-1, 9.7.4.2). */
static FT_UInt
glyph_of(FT_Face face, unsigned code)
{
	FT_UInt cid;
	FT_Long g;

	if (!FT_IS_CID_KEYED(face))
		return code;
	for (g = 0; g < face->num_glyphs; g++)
		if (FT_Get_CID_From_Glyph_Index(face, (FT_UInt)g, &cid) == 0 &&
		    cid == code)
			return (FT_UInt)g;
	return 0;
}

typedef void (*glyph_rule)(struct check *, json_t *cid, FT_Face, unsigned code);

/* Runs a rule over each glyph painted in each font that can be opened. */
static void
for_each_glyph(struct check *c, glyph_rule rule, bool must_open)
{
	FT_Library library;
	FT_Face face;
	struct bytes b;
	json_t *cid;
	unsigned code;
	size_t i;

	if (FT_Init_FreeType(&library) != 0) {
		check_broken(c, "FreeType does not start");
		return;
	}
	for (i = 0; i < c->content.n_fonts; i++) {
		cid = cid_font(c->doc, c->content.fonts[i].dict);
		if (!font_program(c->doc, cid, &b) ||
		    FT_New_Memory_Face(library, b.p, (FT_Long)b.n, 0, &face) !=
			0) {
			if (must_open)
				check_broken(c, "%s: no font program",
				    doc_name(c->doc, cid, "/BaseFont"));
			continue;
		}
		for (code = 0; code < CODES; code++)
			if (has_bit(c->content.fonts[i].used, code))
				rule(c, cid, face, code);
		FT_Done_Face(face);
	}
	FT_Done_FreeType(library);
}

static void
glyph_is_there(struct check *c, json_t *cid, FT_Face face, unsigned code)
{
	FT_UInt glyph = glyph_of(face, code);

	if (glyph == 0 || glyph >= (FT_UInt)face->num_glyphs ||
	    FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE) != 0)
		check_broken(c, "%s: no glyph for code %04X",
		    doc_name(c->doc, cid, "/BaseFont"), code);
}

static bool
is_subset_name(const char *name)
{
	return strlen(name) > 8 &&
	    strspn(name + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= 6 &&
	    name[7] == '+';
}

static void
check_font(struct check *c, json_t *font)
{
	const struct doc *d = c->doc;
	json_t *cid = cid_font(d, font);
	json_t *descriptor = doc_key(d, cid, "/FontDescriptor");
	const char *name = doc_name(d, font, "/BaseFont");

	if (strcmp(doc_name(d, font, "/Subtype"), "/Type0") != 0)
		check_broken(c, "%s: Subtype is not Type0", name);
	if (strcmp(doc_name(d, font, "/Encoding"), "/Identity-H") != 0)
		check_broken(c, "%s: Encoding is not Identity-H", name);
	if (!is_subset_name(name) ||
	    strcmp(doc_name(d, cid, "/BaseFont"), name) != 0 ||
	    strcmp(doc_name(d, descriptor, "/FontName"), name) != 0)
		check_broken(c, "%s: not one name of a subset", name);
	if (is_truetype(d, cid)) {
		if (strcmp(doc_name(d, cid, "/CIDToGIDMap"), "/Identity") != 0)
			check_broken(c, "%s: CIDToGIDMap is not Identity",
			    name);
	} else if (strcmp(doc_name(d, cid, "/Subtype"), "/CIDFontType0") != 0) {
		check_broken(c, "%s: no CID font below it", name);
	}
	if (strcmp(doc_text(d, doc_key(d, cid, "/CIDSystemInfo"), "/Ordering"),
		"Identity") != 0)
		check_broken(c, "%s: CIDSystemInfo is not Adobe-Identity",
		    name);
}

static void
font_embedded(struct check *c)
{
	size_t i;

	for (i = 0; i < c->content.n_fonts; i++)
		check_font(c, c->content.fonts[i].dict);
	for_each_glyph(c, glyph_is_there, true);
}

/* W is a list of "first [w w w]" and "first last w" (ISO 32000-1, 9.7.4.3) */
static double
pdf_width(const struct doc *d, json_t *cid, unsigned code)
{
	json_t *w = doc_key(d, cid, "/W"), *second;
	json_t *width = doc_key(d, cid, "/DW");
	size_t i = 0, n = json_array_size(w);
	json_int_t first;

	while (i + 1 < n) {
		first = json_integer_value(json_array_get(w, i));
		second = doc_resolve(d, json_array_get(w, i + 1));
		if (json_is_array(second)) {
			if (code >= first &&
			    code < first + (json_int_t)json_array_size(second))
				width = json_array_get(second,
				    (size_t)(code - first));
			i += 2;
		} else {
			if (code >= first && code <= json_integer_value(second))
				width = json_array_get(w, i + 2);
			i += 3;
		}
	}
	return width != NULL ? json_number_value(width) : 1000;
}

static void
width_is_right(struct check *c, json_t *cid, FT_Face face, unsigned code)
{
	FT_UInt glyph = glyph_of(face, code);
	double own, said = pdf_width(c->doc, cid, code);

	if (FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE) != 0)
		return; /* font-embedded says it */
	own = (double)face->glyph->metrics.horiAdvance * 1000.0 /
	    face->units_per_EM;
	if (fabs(own - said) > 1.0)
		check_broken(c, "%s: W of code %04X is %.2f, in the font %.2f",
		    doc_name(c->doc, cid, "/BaseFont"), code, said, own);
}

static void
font_widths(struct check *c)
{
	for_each_glyph(c, width_is_right, false);
}

/* A CMap being read: which codes have a text that can be extracted. */
struct cmap {
	struct check *check;
	const char *font;
	uint8_t mapped[CODES / 8];
};

static unsigned
code_of(const struct token *t)
{
	return t->kind == TOKEN_STRING && t->n == 2
	    ? t->bytes[0] * 256U + t->bytes[1]
	    : CODES;
}

/*
 * U+0000, U+FEFF and U+FFFE are forbidden; a private code or a ligature is a
 * text nobody would search for.
 */
static bool
is_text(const struct token *t)
{
	unsigned u;
	size_t i;

	if (t->kind != TOKEN_STRING || t->n < 2 || t->n % 2 != 0)
		return false;
	for (i = 0; i < t->n; i += 2) {
		u = t->bytes[i] * 256U + t->bytes[i + 1];
		if (u == 0 || u == 0xFEFF || u == 0xFFFE ||
		    (u >= 0xE000 && u <= 0xF8FF) ||
		    (u >= 0xFB00 && u <= 0xFB06))
			return false;
	}
	return true;
}

static void
map_code(struct cmap *m, unsigned code, const struct token *text)
{
	if (code >= CODES)
		check_broken(m->check,
		    "%s: a code of ToUnicode is not of two "
		    "bytes",
		    m->font);
	else if (is_text(text))
		m->mapped[code / 8] |= (uint8_t)(1U << code % 8);
}

static void
read_chars(struct cmap *m, struct lex *l)
{
	struct token from, text;

	while ((from = lex_next(l)).kind == TOKEN_STRING) {
		text = lex_next(l);
		map_code(m, code_of(&from), &text);
	}
}

static void
read_ranges(struct cmap *m, struct lex *l)
{
	struct token from, to, text;
	unsigned code, last;

	while ((from = lex_next(l)).kind == TOKEN_STRING) {
		to = lex_next(l);
		text = lex_next(l);
		code = code_of(&from);
		last = code_of(&to);
		if (text.kind != TOKEN_ARRAY) {
			for (; code <= last && code < CODES; code++)
				map_code(m, code, &text);
			continue;
		}
		while ((text = lex_next(l)).kind == TOKEN_STRING)
			map_code(m, code++, &text);
	}
}

static void
check_cmap(struct check *c, const struct content_font *f)
{
	struct cmap m = { .check = c };
	struct lex l = { .arena = c->doc->arena };
	struct bytes b = { 0 };
	struct token t;
	unsigned code;

	m.font = doc_name(c->doc, f->dict, "/BaseFont");
	if (!doc_stream(c->doc, doc_raw_key(c->doc, f->dict, "/ToUnicode"),
		&b)) {
		check_broken(c, "%s: no ToUnicode", m.font);
		return;
	}
	l.p = b.p;
	l.end = b.p + b.n;
	while ((t = lex_next(&l)).kind != TOKEN_END) {
		if (t.kind != TOKEN_WORD)
			continue;
		if (strcmp(t.text, "beginbfchar") == 0)
			read_chars(&m, &l);
		else if (strcmp(t.text, "beginbfrange") == 0)
			read_ranges(&m, &l);
	}
	for (code = 0; code < CODES; code++)
		if (has_bit(f->used, code) && !has_bit(m.mapped, code))
			check_broken(c, "%s: no text for code %04X", m.font,
			    code);
}

static void
font_tounicode(struct check *c)
{
	size_t i;

	for (i = 0; i < c->content.n_fonts; i++)
		check_cmap(c, &c->content.fonts[i]);
	if (c->content.n_fonts == 0)
		check_broken(c, "no text at all");
}

const struct rule rules_text[] = {
	{ "font-embedded", font_embedded },
	{ "font-widths", font_widths },
	{ "font-tounicode", font_tounicode },
	{ NULL, NULL },
};
