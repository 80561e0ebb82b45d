/*
 * Invariants
 * 1. The list of faces holds each hb_face_t once; none moves.
 * 2. seen[] maps the PangoFonts met so far, kept alive, to their face.
 */
#include "letter/font.h"

#include <assert.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>
#include <stdlib.h>
#include <string.h>

struct face {
	struct page_font font;
	struct face *next;
};

struct seen {
	PangoFont *font;
	const struct page_font *face;
};

struct fonts {
	FcConfig *config;
	PangoFontMap *map;
	PangoContext *context;
	struct words *words;
	struct face *faces;
	struct seen *seen;
	size_t n_seen, cap_seen;
};

static int
config_load(const char *path, FcConfig **out, struct err *e)
{
	char *full = realpath(path, NULL); /* else it is sought elsewhere */
	FcConfig *c;
	bool ok;

	if (!full)
		return err_sys(e, "%s (it says which fonts letters use)", path);
	c = FcConfigCreate();
	assert(c);
	ok = FcConfigParseAndLoad(c, (const FcChar8 *)full, FcTrue) &&
	    FcConfigBuildFonts(c);
	free(full);
	if (!ok) {
		FcConfigDestroy(c);
		return err_set(e, ERR_SYSTEM, "%s: not a fontconfig file",
		    path);
	}
	*out = c;
	return 0;
}

static int
config_add(FcConfig *c, const char *const *own, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		if (!FcConfigAppFontAddFile(c, (const FcChar8 *)own[i]))
			return err_set(e, ERR_USAGE,
			    "%s: no font file; correct `fonts` in semonce.yaml",
			    own[i]);
	}
	return 0;
}

/* The first family must be there: another would change every letter. */
static int
family_check(const struct fonts *f, const char *conf, struct err *e)
{
	FcPattern *p = FcNameParse((const FcChar8 *)"letter"), *match;
	FcChar8 *want = NULL, *have = NULL;
	FcResult result;
	int rc = 0;

	FcConfigSubstitute(f->config, p, FcMatchPattern);
	FcDefaultSubstitute(p);
	match = FcFontMatch(f->config, p, &result);
	FcPatternGetString(p, FC_FAMILY, 0, &want);
	if (match)
		FcPatternGetString(match, FC_FAMILY, 0, &have);
	if (!want || !have || strcmp((char *)want, (char *)have) != 0)
		rc = err_set(e, ERR_SYSTEM,
		    "%s: the font family '%s' is not installed; install its "
		    "package (fonts-lato) or name another family",
		    conf, want ? (char *)want : "letter");
	FcPatternDestroy(p);
	if (match)
		FcPatternDestroy(match);
	return rc;
}

int
fonts_new(const char *conf, const char *const *own, size_t n,
    struct fonts **out, struct err *e)
{
	struct fonts *f = mem_alloc(sizeof(*f));

	*out = NULL;
	if (config_load(conf, &f->config, e) ||
	    config_add(f->config, own, n, e)) {
		fonts_free(f);
		return -1;
	}
	/* Pango substitutes by this one, and leaks one that it is lent. */
	FcConfigSetCurrent(f->config);
	f->map = pango_ft2_font_map_new();
	pango_ft2_font_map_set_resolution(PANGO_FT2_FONT_MAP(f->map), 72.0,
	    72.0);
	f->context = pango_font_map_create_context(f->map);
	pango_context_set_round_glyph_positions(f->context, FALSE);
	f->words = words_new(f->context);
	if (family_check(f, conf, e)) {
		fonts_free(f);
		return -1;
	}
	*out = f;
	return 0;
}

void
fonts_free(struct fonts *f)
{
	if (!f)
		return;
	words_free(f->words);
	for (size_t i = 0; i < f->n_seen; i++)
		g_object_unref(f->seen[i].font);
	for (struct face *face = f->faces, *next; face; face = next) {
		next = face->next;
		hb_face_destroy(face->font.face);
		g_free((char *)face->font.path);
		g_free((char *)face->font.name);
		free(face);
	}
	free(f->seen);
	if (f->context)
		g_object_unref(f->context);
	if (f->map)
		g_object_unref(f->map);
	if (f->config)
		FcConfigDestroy(f->config);
	free(f);
}

PangoContext *
fonts_context(const struct fonts *f)
{
	return f->context;
}

struct words *
fonts_words(const struct fonts *f)
{
	return f->words;
}

static char *
pattern_string(const FcPattern *p, const char *object)
{
	FcChar8 *s;

	if (FcPatternGetString(p, object, 0, &s) != FcResultMatch)
		s = (FcChar8 *)"";
	return g_strdup((const char *)s);
}

static const struct page_font *
face_find(struct fonts *f, PangoFont *font)
{
	hb_face_t *face = hb_font_get_face(pango_font_get_hb_font(font));
	FcPattern *pattern;
	struct face *new;
	int index = 0;

	for (struct face *known = f->faces; known; known = known->next) {
		if (known->font.face == face)
			return &known->font;
	}
	pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
	FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
	new = mem_alloc(sizeof(*new));
	new->font = (struct page_font){ .face = hb_face_reference(face),
		.path = pattern_string(pattern, FC_FILE),
		.index = (unsigned)index & 0xffff,
		.name = pattern_string(pattern, FC_POSTSCRIPT_NAME),
		.upem = hb_face_get_upem(face) };
	new->next = f->faces;
	f->faces = new;
	return &new->font;
}

const struct page_font *
fonts_find(struct fonts *f, PangoFont *font)
{
	for (size_t i = 0; i < f->n_seen; i++) {
		if (f->seen[i].font == font)
			return f->seen[i].face;
	}
	f->seen =
	    mem_grow(f->seen, &f->cap_seen, f->n_seen + 1, sizeof(*f->seen));
	f->seen[f->n_seen] = (struct seen){ .font = g_object_ref(font),
		.face = face_find(f, font) };
	return f->seen[f->n_seen++].face;
}
