/*
 * Invariants
 * 1. Everything found hangs on the arena and stays until words_trim, which
 *    empties it only when the store is full.
 * 2. A word that is not simple is kept too, without pieces: nobody asks twice.
 * 3. Dictionaries stay open for the run, and those that are not there are
 *    remembered.
 */
#include "letter/word.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "letter/hyphen.h"
#include "letter/pair.h"

#define SLOTS        8192 /* a power of two */
#define WORDS_MAX    4000
#define PATTERNS     1024
#define MASK         56 /* characters of a word with a pattern */
#define FONTS_MAX    500
#define NARROW_SPACE 0x202f
#define LOW          256 /* characters that fonts remember */
#define WORD_LEN     120 /* bytes; a longer word is not simple */

struct entry {
	const struct word_font *font;
	const char *text;
	size_t len;
	uint32_t next;
	bool joined;
	const struct hyphen_cuts *cuts; /* of the key */
	struct word word;
	struct word *cut; /* NULL: nobody asked yet */
	struct entry *chain;
};

struct language {
	char *tag;
	struct hyphen *hyphen; /* or NULL */
	struct language *next;
};

/* Where lines may end in all words of one pattern. */
struct breaks {
	const PangoLanguage *lang; /* NULL: none is known */
	char pattern[MASK + 8];    /* the word and what follows */
	uint64_t at;               /* a bit behind each character */
};

struct words {
	PangoContext *context;
	struct arena *arena;      /* words */
	struct arena *font_arena; /* fonts, which last longer */
	hb_buffer_t *buffer;
	struct word_font *fonts;
	struct language *languages;
	size_t n_fonts, n_words;
	struct entry *slots[SLOTS];
	struct breaks breaks[PATTERNS];
};

/* A word on its way into the store. */
struct making {
	struct words *w;
	const struct word_font *font;
	const struct word_key *key;
	char text[WORD_LEN + 8]; /* the word and what follows it */
	size_t len, n_chars;
	bool breaks[WORD_LEN + 8]; /* a line may end behind a character */
	const struct page_glyph *glyphs;
	size_t n_glyphs;
	struct word_piece *pieces;
	size_t n_pieces;
	const struct hyphen_cuts *cuts;
};

bool
word_char_simple(uint32_t c)
{
	return (c >= ' ' && c < 0x7f) ||
	    (c >= 0xa0 && c < 0x250 && c != 0xad) ||
	    (c >= 0x2010 && c <= 0x2014) || (c >= 0x2018 && c <= 0x201e) ||
	    c == 0x2022 || c == 0x2026 || c == 0x202f || c == 0x20ac;
}

struct words *
words_new(PangoContext *context)
{
	struct words *w = mem_alloc(sizeof(*w));

	w->context = context;
	w->arena = arena_new();
	w->font_arena = arena_new();
	w->buffer = hb_buffer_create();
	return w;
}

static void
forget_words(struct words *w)
{
	w->n_words = 0;
	memset((void *)w->slots, 0, sizeof(w->slots));
	arena_reset(w->arena);
}

/* And the words, which are set in them. */
static void
forget_fonts(struct words *w)
{
	forget_words(w);
	for (struct word_font *f = w->fonts; f; f = f->next) {
		if (!f->font)
			continue;
		pairs_free(f->pairs);
		g_object_unref(f->font);
	}
	w->fonts = NULL;
	w->n_fonts = 0;
	arena_reset(w->font_arena);
}

void
words_free(struct words *w)
{
	if (!w)
		return;
	forget_fonts(w);
	for (struct language *l = w->languages, *next; l; l = next) {
		next = l->next;
		hyphen_close(l->hyphen);
		free(l->tag);
		free(l);
	}
	hb_buffer_destroy(w->buffer);
	arena_free(w->arena);
	arena_free(w->font_arena);
	free(w);
}

void
words_trim(struct words *w)
{
	if (w->n_fonts >= FONTS_MAX)
		forget_fonts(w);
	else if (w->n_words >= WORDS_MAX)
		forget_words(w);
}

/* ---- fonts ---- */

static bool
style_equal(const struct word_style *x, const struct word_style *y)
{
	return x->size == y->size && x->bold == y->bold &&
	    x->italic == y->italic && x->code == y->code &&
	    x->form == y->form && x->figures == y->figures &&
	    x->latin == y->latin && strcmp(x->lang, y->lang) == 0;
}

/* The font that pango tries first, and only tries others if it must. */
static PangoFont *
first_font(const struct words *w, const struct word_style *s)
{
	PangoLanguage *lang = pango_language_from_string(s->lang);
	PangoFontDescription *d;
	PangoFontset *set;
	PangoFont *font = NULL;

	if (!pango_language_includes_script(lang, PANGO_SCRIPT_LATIN))
		return NULL;
	d = pango_font_description_new();
	pango_font_description_set_family_static(d,
	    s->code       ? "letter-code"
		: s->form ? "letter-form"
			  : "letter");
	pango_font_description_set_size(d, s->size);
	if (s->bold)
		pango_font_description_set_weight(d, PANGO_WEIGHT_BOLD);
	if (s->italic)
		pango_font_description_set_style(d, PANGO_STYLE_ITALIC);
	set =
	    pango_font_map_load_fontset(pango_context_get_font_map(w->context),
		w->context, d, lang);
	if (set) {
		font = pango_fontset_get_font(set, 'a');
		g_object_unref(set);
	}
	pango_font_description_free(d);
	return font;
}

const struct word_font *
words_font(struct words *w, const struct word_style *style)
{
	struct word_font *f = w->fonts;

	while (f && !style_equal(&f->style, style))
		f = f->next;
	if (f)
		return f;
	f = arena_alloc(w->font_arena, sizeof(*f));
	f->style = *style;
	f->style.lang = arena_str(w->font_arena, style->lang);
	f->font = first_font(w, style);
	if (f->font) {
		f->hb = pango_font_get_hb_font(f->font);
		f->language = pango_language_from_string(style->lang);
		f->low = arena_array(w->font_arena, LOW, sizeof(*f->low));
		hb_font_get_nominal_glyph(f->hb, ' ', &f->space);
		f->space_advance = hb_font_get_glyph_h_advance(f->hb, f->space);
		f->pairs = pairs_new(f, w->buffer, w->font_arena);
		hb_font_get_nominal_glyph(f->hb, '-', &f->hyphen);
		f->hyphen_advance =
		    hb_font_get_glyph_h_advance(f->hb, f->hyphen);
	}
	f->next = w->fonts;
	w->fonts = f;
	w->n_fonts++;
	return f;
}

/* ---- a new word ---- */

hb_glyph_info_t *
word_shape(const struct word_font *font, hb_buffer_t *buffer, const char *text,
    size_t n, unsigned *n_glyphs, hb_glyph_position_t **positions)
{
	static const hb_feature_t features[] = {
		{ HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1 },
		{ HB_TAG('t', 'n', 'u', 'm'), 1, 0, (unsigned)-1 },
		{ HB_TAG('l', 'n', 'u', 'm'), 1, 0, (unsigned)-1 },
	};
	const struct word_style *s = &font->style;

	hb_buffer_clear_contents(buffer);
	hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
	hb_buffer_set_script(buffer,
	    s->latin ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON);
	hb_buffer_set_language(buffer, hb_language_from_string(s->lang, -1));
	hb_buffer_add_utf8(buffer, text, (int)n, 0, (int)n);
	hb_shape(font->hb, buffer, features, s->figures ? 3 : 1);
	*positions = hb_buffer_get_glyph_positions(buffer, n_glyphs);
	return hb_buffer_get_glyph_infos(buffer, n_glyphs);
}

/* Glyphs of n bytes of text, at most n of them. */
static struct page_glyph *
shape(const struct making *m, const char *text, size_t n, size_t *n_glyphs)
{
	struct page_glyph *glyphs =
	    arena_array(m->w->arena, n + 1, sizeof(*glyphs));
	hb_glyph_position_t *at;
	hb_glyph_info_t *infos;
	unsigned shaped;

	if (pairs_shape(m->font->pairs, text, n, glyphs, n_glyphs))
		return glyphs;
	infos = word_shape(m->font, m->w->buffer, text, n, &shaped, &at);
	if (shaped > n)
		glyphs = arena_array(m->w->arena, shaped, sizeof(*glyphs));
	for (unsigned i = 0; i < shaped; i++)
		glyphs[i] = (struct page_glyph){ .gid = infos[i].codepoint,
			.advance = at[i].x_advance,
			.dx = at[i].x_offset,
			.dy = -at[i].y_offset,
			.cluster = infos[i].cluster };
	*n_glyphs = shaped;
	return glyphs;
}

/* Fills glyphs with those of the word; false if they are not simple. */
static bool
make_glyphs(struct making *m)
{
	size_t len = m->key->len, n;
	const struct page_glyph *g;

	g = shape(m, m->text, m->key->joined ? m->len : len, &n);
	m->glyphs = g;
	for (size_t i = 0; i < n && g[i].cluster < len; i++) {
		if (g[i].gid == 0 ||
		    (i > 0 && g[i].cluster <= g[i - 1].cluster))
			return false;
		m->n_glyphs++;
	}
	return !m->key->joined || m->key->next == 0 ||
	    (n > m->n_glyphs && g[m->n_glyphs].cluster == len);
}

/* The bytes from..to, whose glyphs are the next ones. */
static bool
add_piece(struct making *m, size_t from, size_t to, bool may_break)
{
	struct word_piece *p = &m->pieces[m->n_pieces];
	char text[WORD_LEN + 1];
	const struct page_glyph *cut;
	size_t first = 0, end, n;

	for (size_t i = 0; i < m->n_pieces; i++)
		first += m->pieces[i].n_glyphs;
	for (end = first; end < m->n_glyphs && m->glyphs[end].cluster < to;
	     end++)
		p->width += m->glyphs[end].advance;
	if (end == first || m->glyphs[first].cluster != from)
		return false;
	p->n_glyphs = end - first;
	p->len = to - from;
	p->may_break = may_break;
	p->hyphen = !may_break && to < m->key->len;
	p->space = m->text[to - 1] == ' ';
	p->alone =
	    p->space ? m->font->space_advance : m->glyphs[end - 1].advance;
	if (p->hyphen || (may_break && !p->space)) {
		memcpy(text, m->text, to);
		text[to] = '-';
		cut = shape(m, text, to + p->hyphen, &n);
		if (n != end + p->hyphen)
			return false;
		p->alone = cut[end - 1].advance;
	}
	m->n_pieces++;
	return true;
}

static bool
is_cut(const struct making *m, size_t at)
{
	for (size_t i = 0; i < m->cuts->n; i++) {
		if (m->cuts->at[i] == at)
			return true;
	}
	return false;
}

static void
ask_breaks(struct making *m, PangoLanguage *lang)
{
	PangoLogAttr attrs[WORD_LEN + 8];

	pango_get_log_attrs(m->text, (int)m->len, 0, lang, attrs,
	    (int)m->n_chars + 1);
	for (size_t i = 0; i <= m->n_chars; i++)
		m->breaks[i] = attrs[i].is_line_break;
}

/*
 * Letters of Western Europe are alike to whoever breaks lines (UAX 14, class
 * AL), and so are digits (NU): words that differ in those only have one
 * pattern. Returns its length.
 */
static size_t
make_pattern(const struct making *m, char pattern[WORD_LEN + 8])
{
	size_t n = 0;

	for (const char *p = m->text; p < m->text + m->len;) {
		const char *from = p;
		uint32_t c = utf8_next(&p);

		if (g_ascii_isdigit(*from))
			pattern[n++] = '0';
		else if (c < LOW && g_unichar_isalpha(c))
			pattern[n++] = 'a';
		else
			while (from < p)
				pattern[n++] = *from++;
	}
	return n;
}

static void
find_breaks(struct making *m)
{
	PangoLanguage *lang = m->font->language;
	char pattern[WORD_LEN + 8] = "";
	size_t n = make_pattern(m, pattern);
	struct breaks *b;

	if (n > MASK) {
		ask_breaks(m, lang);
		return;
	}
	b = &m->w->breaks[hash_mix(0, pattern, n) % PATTERNS];
	if (b->lang != lang || strcmp(b->pattern, pattern) != 0) {
		ask_breaks(m, lang);
		b->lang = lang;
		memcpy(b->pattern, pattern, sizeof(b->pattern));
		b->at = 0;
		for (size_t i = 0; i <= m->n_chars; i++)
			b->at |= (uint64_t)m->breaks[i] << i;
		return;
	}
	for (size_t i = 0; i <= m->n_chars; i++)
		m->breaks[i] = b->at >> i & 1;
}

/* As many as there may be; few words have more than one. */
static size_t
count_pieces(const struct making *m)
{
	size_t n = 1 + m->cuts->n;

	for (size_t i = 1; i < m->n_chars; i++)
		n += m->breaks[i];
	return n;
}

static bool
make_pieces(struct making *m)
{
	const char *p = m->text, *from = p, *end = m->text + m->key->len;
	size_t i = 0;

	find_breaks(m);
	m->pieces =
	    arena_array(m->w->arena, count_pieces(m), sizeof(*m->pieces));
	while (p < end) {
		bool may_break;

		(void)utf8_next(&p);
		may_break = m->breaks[++i] && (p < end || m->key->next);
		if (!may_break && p < end && !is_cut(m, (size_t)(p - m->text)))
			continue;
		if (!add_piece(m, (size_t)(from - m->text),
			(size_t)(p - m->text), may_break))
			return false;
		from = p;
	}
	return true;
}

/* HarfBuzz makes a narrow space of a space itself. */
static bool
has_glyph(const struct word_font *f, uint32_t c)
{
	enum word_glyph *known = c < LOW ? &f->low[c] : NULL;
	hb_codepoint_t gid;
	bool has;

	if (c == NARROW_SPACE || (known && *known == GLYPH_HAS))
		return true;
	if (known && *known == GLYPH_LACKS)
		return false;
	has = hb_font_get_nominal_glyph(f->hb, c, &gid);
	if (known)
		*known = has ? GLYPH_HAS : GLYPH_LACKS;
	return has;
}

static bool
make_text(struct making *m)
{
	const struct word_key *k = m->key;

	if (!m->font->font || k->len > WORD_LEN)
		return false;
	memcpy(m->text, k->text, k->len);
	m->len = k->len;
	if (k->next)
		m->len += (size_t)g_unichar_to_utf8(k->next, m->text + m->len);
	for (const char *p = m->text; p < m->text + m->len; m->n_chars++) {
		uint32_t c = utf8_next(&p);

		if (!word_char_simple(c) || !has_glyph(m->font, c))
			return false;
	}
	return true;
}

static struct word
make_word(struct words *w, const struct word_font *font,
    const struct word_key *key, const struct hyphen_cuts *cuts)
{
	struct making m = { .w = w, .font = font, .key = key, .cuts = cuts };

	if (!make_text(&m) || !make_glyphs(&m) || !make_pieces(&m))
		return (struct word){ 0 };
	return (struct word){ .glyphs = m.glyphs,
		.pieces = m.pieces,
		.n_pieces = m.n_pieces,
		.name = cuts->name };
}

/* ---- the store ---- */

static size_t
slot_of(const struct word_font *font, const struct word_key *k)
{
	uint64_t seed = (uintptr_t)font ^ (uint64_t)k->next << 1 ^ k->joined;

	return (size_t)hash_mix(seed, k->text, k->len) & (SLOTS - 1);
}

static bool
cuts_equal(const struct hyphen_cuts *x, const struct hyphen_cuts *y)
{
	return x == y ||
	    (x && y && x->n == y->n &&
		memcmp(x->at, y->at, x->n * sizeof(x->at[0])) == 0);
}

static const struct hyphen_cuts *
cuts_keep(struct words *w, const struct hyphen_cuts *from)
{
	struct hyphen_cuts *cuts;

	if (!from)
		return NULL;
	cuts = arena_alloc(w->arena, sizeof(*cuts));
	*cuts = *from;
	return cuts;
}

static struct entry *
entry_find(struct words *w, const struct word_font *font,
    const struct word_key *key)
{
	static const struct hyphen_cuts none;
	struct entry **slot = &w->slots[slot_of(font, key)], *e = *slot;

	while (e &&
	    (e->font != font || e->len != key->len || e->next != key->next ||
		e->joined != key->joined || !cuts_equal(e->cuts, key->cuts) ||
		memcmp(e->text, key->text, key->len) != 0))
		e = e->chain;
	if (e)
		return e;
	e = arena_alloc(w->arena, sizeof(*e));
	*e = (struct entry){ .font = font,
		.text = arena_strn(w->arena, key->text, key->len),
		.len = key->len,
		.next = key->next,
		.joined = key->joined,
		.cuts = cuts_keep(w, key->cuts),
		.word = make_word(w, font, key, &none),
		.chain = *slot };
	*slot = e;
	w->n_words++;
	return e;
}

const struct word *
words_find(struct words *w, const struct word_font *font,
    const struct word_key *key)
{
	return &entry_find(w, font, key)->word;
}

static const struct hyphen *
hyphen_for(struct words *w, const char *lang)
{
	struct language *l = w->languages;

	while (l && strcmp(l->tag, lang) != 0)
		l = l->next;
	if (!l) {
		l = mem_alloc(sizeof(*l));
		*l = (struct language){ .tag = g_strdup(lang),
			.hyphen = hyphen_open(lang),
			.next = w->languages };
		w->languages = l;
	}
	return l->hyphen;
}

const struct word *
words_find_cut(struct words *w, const struct word_font *font,
    const struct word_key *key)
{
	struct entry *e = entry_find(w, font, key);
	struct hyphen_cuts cuts;

	if (e->cut)
		return e->cut;
	if (key->cuts)
		cuts = *key->cuts;
	else
		hyphen_find(hyphen_for(w, font->style.lang), key->text,
		    key->len, &cuts);
	e->cut = &e->word;
	if (e->word.n_pieces > 0 && cuts.n > 0) {
		struct word *cut = arena_alloc(w->arena, sizeof(*cut));

		*cut = make_word(w, font, key, &cuts);
		if (cut->n_pieces > 0)
			e->cut = cut;
	}
	return e->cut;
}
