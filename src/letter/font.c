/*
 * Invariants
 * 1. The list of faces holds each face of a file once; none moves.
 * 2. seen[] maps the PangoFonts met so far, kept alive, to their face.
 * 3. A style finds the same file in both pools. For each style pango sorts
 *    all fonts of its pool: only who needs them all opens that pool.
 */
#include "letter/font.h"
#include "letter/recall.h"

#include <assert.h>
#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct face {
	struct page_font font;
	struct face *next;
};

struct seen {
	PangoFont *font;
	const struct page_font *face;
};

/* Fonts that pango chooses from. */
struct pool {
	FcConfig *config;
	PangoFontMap *map;
	PangoContext *context;
};

struct fonts {
	struct pool all;
	struct pool few; /* of the families that simple words are set in */
	struct words *words;
	struct recall *recall;
	char *family; /* of the letters */
	struct face *faces;
	struct seen *seen;
	size_t n_seen, cap_seen;
	bool missed; /* a character that no font has, since fonts_begin */
};

/*
 * Puts a family before those of the fontconfig file, which is read after this
 * and then still finds its own name.
 */
static int
config_prefer(FcConfig *c, const char *family, struct err *e)
{
	char *name, *rule;
	bool ok;

	if (!family || !family[0])
		return 0;
	name = g_markup_escape_text(family, -1);
	rule = g_strdup_printf("<fontconfig><match target=\"pattern\">"
			       "<test name=\"family\"><string>letter</string>"
			       "</test><edit name=\"family\" mode=\"prepend\" "
			       "binding=\"strong\"><string>%s</string></edit>"
			       "</match></fontconfig>",
	    name);
	ok = FcConfigParseAndLoadFromMemory(c, (const FcChar8 *)rule, FcTrue);
	g_free(rule);
	g_free(name);
	return ok
	    ? 0
	    : err_set(e, ERR_USAGE, "font '%s': no name of a family", family);
}

static int
config_load(FcConfig *c, const char *path, struct err *e)
{
	char *full = realpath(path, NULL); /* else it is sought elsewhere */
	bool ok;

	if (!full)
		return err_sys(e, "%s (it says which fonts letters use)", path);
	ok = FcConfigParseAndLoad(c, (const FcChar8 *)full, FcTrue) &&
	    FcConfigBuildFonts(c);
	free(full);
	return ok ? 0
		  : err_set(e, ERR_SYSTEM, "%s: not a fontconfig file", path);
}

/* A font of a file that is no use on paper, or NULL. */
static const char *
font_fault(FcPattern *p)
{
	FcBool outline = FcFalse, variable = FcFalse, color = FcFalse;
	FcChar8 *format = NULL;

	FcPatternGetBool(p, FC_OUTLINE, 0, &outline);
	FcPatternGetBool(p, FC_VARIABLE, 0, &variable);
	FcPatternGetBool(p, FC_COLOR, 0, &color);
	FcPatternGetString(p, FC_FONTFORMAT, 0, &format);
	if (variable)
		return "a variable font: give the files of its weights";
	if (!outline || color)
		return "a font of dots or colours: give one with outlines";
	if (!format ||
	    (strcmp((char *)format, "TrueType") != 0 &&
		strcmp((char *)format, "CFF") != 0))
		return "neither a TrueType nor an OpenType font: convert it";
	return NULL;
}

/* Adds a font file of the workspace. */
static int
config_add(FcConfig *c, const char *path, struct err *e)
{
	FcFontSet *set = FcConfigGetFonts(c, FcSetApplication);
	int before = set ? set->nfont : 0;
	const char *fault = NULL;

	if (access(path, R_OK) != 0)
		return err_set(e, ERR_USAGE,
		    "%s: %s; correct `fonts` in semonce.yaml", path,
		    strerror(errno));
	if (!FcConfigAppFontAddFile(c, (const FcChar8 *)path))
		fault = "not a font file";
	set = FcConfigGetFonts(c, FcSetApplication);
	if (!fault && (!set || set->nfont == before))
		fault = "not a font file";
	for (int i = before; !fault && i < set->nfont; i++)
		fault = font_fault(set->fonts[i]);
	if (fault)
		return err_set(e, ERR_USAGE, "%s: %s (`fonts` in semonce.yaml)",
		    path, fault);
	return 0;
}

/* The family of the font that a name stands for; of the name if wanted. */
static char *
family_find(FcConfig *c, const char *name, char **wanted)
{
	FcPattern *p = FcPatternCreate(), *match;
	FcChar8 *want = NULL, *have = NULL;
	FcResult result;
	char *found;

	FcPatternAddString(p, FC_FAMILY, (const FcChar8 *)name);
	FcConfigSubstitute(c, p, FcMatchPattern);
	FcDefaultSubstitute(p);
	match = FcFontMatch(c, p, &result);
	FcPatternGetString(p, FC_FAMILY, 0, &want);
	if (match)
		FcPatternGetString(match, FC_FAMILY, 0, &have);
	if (wanted)
		*wanted = g_strdup(want ? (char *)want : name);
	found = g_strdup(have ? (char *)have : "");
	FcPatternDestroy(p);
	if (match)
		FcPatternDestroy(match);
	return found;
}

/* The first family must be there: another would change every letter. */
static int
family_check(struct fonts *f, const char *conf, const char *family,
    struct err *e)
{
	char *have = family_find(f->all.config, "letter", &f->family);
	bool found =
	    FcStrCmpIgnoreCase((FcChar8 *)f->family, (FcChar8 *)have) == 0;

	g_free(have);
	if (found)
		return 0;
	if (family && family[0])
		return err_set(e, ERR_USAGE,
		    "the font family '%s' is neither installed nor one of "
		    "`fonts`; correct `font` in semonce.yaml",
		    family);
	return err_set(e, ERR_SYSTEM,
	    "%s: the font family '%s' is not installed; install its "
	    "package (fonts-lato) or name another family",
	    conf, f->family);
}

/* Has a configuration yet to be loaded leave out all other families. */
static void
config_restrict(FcConfig *c, FcConfig *all)
{
	static const char *const names[] = { "letter", "letter-code",
		"letter-form" };
	GString *rule = g_string_new(
	    "<fontconfig><selectfont><rejectfont><pattern/></rejectfont>"
	    "<acceptfont>");
	bool ok;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char *family = family_find(all, names[i], NULL);
		char *pattern = g_markup_printf_escaped(
		    "<pattern><patelt name=\"family\"><string>%s</string>"
		    "</patelt><patelt name=\"variable\"><bool>false</bool>"
		    "</patelt><patelt name=\"color\"><bool>false</bool>"
		    "</patelt><patelt name=\"outline\"><bool>true</bool>"
		    "</patelt></pattern>",
		    family);

		g_string_append(rule, pattern);
		g_free(pattern);
		g_free(family);
	}
	g_string_append(rule, "</acceptfont></selectfont></fontconfig>");
	ok = FcConfigParseAndLoadFromMemory(c, (const FcChar8 *)rule->str,
	    FcTrue);
	assert(ok);
	g_string_free(rule, TRUE);
}

/* Fonts of the file and the choice; but only a few if all are known. */
static int
pool_fill(struct pool *p, const struct pool *all, const char *conf,
    const struct font_choice *own, struct err *e)
{
	p->config = FcConfigCreate();
	assert(p->config);
	if (all)
		config_restrict(p->config, all->config);
	if (config_prefer(p->config, own->family, e) ||
	    config_load(p->config, conf, e))
		return -1;
	for (size_t i = 0; i < own->n; i++)
		if (config_add(p->config, own->files[i], e))
			return -1;
	return 0;
}

/* A map without a configuration of its own takes the current one. */
static void
pool_open(struct pool *p, FcConfig *config)
{
	p->map = pango_ft2_font_map_new();
	if (config)
		pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(p->map), config);
	pango_ft2_font_map_set_resolution(PANGO_FT2_FONT_MAP(p->map), 72.0,
	    72.0);
	p->context = pango_font_map_create_context(p->map);
	pango_context_set_round_glyph_positions(p->context, FALSE);
}

static void
pool_drain(struct pool *p)
{
	if (p->context)
		g_object_unref(p->context);
	if (p->map && p->config != FcConfigGetCurrent())
		/* Else pango keeps a configuration that it was lent. */
		pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(p->map), NULL);
	if (p->map)
		g_object_unref(p->map);
	if (p->config)
		FcConfigDestroy(p->config);
}

int
fonts_new(const char *conf, const struct font_choice *own, struct fonts **out,
    struct err *e)
{
	struct fonts *f = mem_alloc(sizeof(*f));

	*out = NULL;
	if (pool_fill(&f->all, NULL, conf, own, e) ||
	    family_check(f, conf, own->family, e) ||
	    pool_fill(&f->few, &f->all, conf, own, e)) {
		fonts_free(f);
		return -1;
	}
	/* Pango substitutes by this one, and else would load the system's. */
	FcConfigSetCurrent(f->few.config);
	pool_open(&f->few, NULL);
	f->words = words_new(f->few.context);
	f->recall = recall_new();
	*out = f;
	return 0;
}

void
fonts_free(struct fonts *f)
{
	if (!f)
		return;
	words_free(f->words);
	recall_free(f->recall);
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
	g_free(f->family);
	pool_drain(&f->few);
	pool_drain(&f->all);
	free(f);
}

PangoContext *
fonts_context(struct fonts *f)
{
	if (!f->all.map)
		pool_open(&f->all, f->all.config);
	return f->all.context;
}

void
fonts_missed(struct fonts *f)
{
	f->missed = true;
}

void
fonts_begin(struct fonts *f)
{
	size_t kept = 0;

	if (!f->missed)
		return;
	for (size_t i = 0; i < f->n_seen; i++) {
		if (pango_font_get_font_map(f->seen[i].font) != f->all.map)
			f->seen[kept++] = f->seen[i];
		else
			g_object_unref(f->seen[i].font);
	}
	f->n_seen = kept;
	pango_fc_font_map_cache_clear(PANGO_FC_FONT_MAP(f->all.map));
	f->missed = false;
}

struct recall *
fonts_recall(const struct fonts *f)
{
	return f->recall;
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

static bool
is_rare(const struct fonts *f, const FcPattern *p)
{
	FcChar8 *name;

	for (int i = 0;
	     FcPatternGetString(p, FC_FAMILY, i, &name) == FcResultMatch; i++)
		if (FcStrCmpIgnoreCase(name, (FcChar8 *)f->family) == 0)
			return false;
	return true;
}

static const struct page_font *
face_find(struct fonts *f, PangoFont *font)
{
	hb_face_t *face = hb_font_get_face(pango_font_get_hb_font(font));
	FcPattern *pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
	char *path = pattern_string(pattern, FC_FILE);
	struct face *new;
	int index = 0;

	FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
	for (struct face *known = f->faces; known; known = known->next) {
		if (known->font.index == ((unsigned)index & 0xffff) &&
		    strcmp(known->font.path, path) == 0) {
			g_free(path);
			return &known->font;
		}
	}
	new = mem_alloc(sizeof(*new));
	new->font = (struct page_font){ .face = hb_face_reference(face),
		.path = path,
		.index = (unsigned)index & 0xffff,
		.name = pattern_string(pattern, FC_POSTSCRIPT_NAME),
		.upem = hb_face_get_upem(face),
		.rare = is_rare(f, pattern) };
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
