#include "letter/pair.h"

#include <assert.h>
#include <hb-ot.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "letter/word.h"

/* Words before it pays to ask for pairs. */
#define MANY    32

#define AT_ONCE 16          /* pairs */
#define ROW     ((size_t)5) /* characters that show a pair */
#define N_CHARS 142
#define FEW     256 /* low code points have a table */

/* Instead of an advance. */
#define UNASKED 0
#define CHANGES INT32_MIN

static const char characters[] =
    "0123456789,./-%():+#ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "abcdefghijklmnopqrstuvwxyz'’ \u00a0\u202f€"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŒœ";

/* The first and the second of a pair. */
static const uint8_t order[ROW] = { 0, 1, 0, 1, 0 };

struct pairs {
	const struct word_font *font;
	hb_buffer_t *buffer;
	struct arena *arena;
	unsigned asked;
	uint8_t low[FEW];        /* 1 + number of a character; 0: none */
	uint32_t codes[N_CHARS]; /* by number */
	uint32_t gids[N_CHARS];  /* 0: it is not one glyph */
	int32_t alone[N_CHARS];  /* advances */
	hb_set_t *wary; /* glyphs that more than their neighbours change */
	int32_t (*beside)[N_CHARS]; /* of the first of a pair; NULL: not yet */
	size_t n;
};

struct pairs *
pairs_new(const struct word_font *font, hb_buffer_t *buffer, struct arena *a)
{
	struct pairs *p = arena_alloc(a, sizeof(*p));

	p->font = font;
	p->buffer = buffer;
	p->arena = a;
	return p;
}

void
pairs_free(struct pairs *p)
{
	hb_set_destroy(p->wary);
}

/* ---- glyphs that pairs do not tell enough of ---- */

/* Adds those that a lookup changes where others of ours stand around them. */
static void
add_lookup(hb_face_t *face, hb_tag_t table, unsigned lookup,
    const hb_set_t *ours, hb_set_t *wary)
{
	hb_set_t *around = hb_set_create(), *changed = hb_set_create();

	hb_ot_layout_lookup_collect_glyphs(face, table, lookup, around, changed,
	    around, NULL);
	hb_set_intersect(around, ours);
	if (!hb_set_is_empty(around))
		hb_set_union(wary, changed);
	hb_set_destroy(changed);
	hb_set_destroy(around);
}

/* Of all that HarfBuzz does unasked, and of what words ask for. */
static void
add_table(hb_face_t *face, hb_tag_t table, hb_set_t *ours, hb_set_t *wary)
{
	static const hb_tag_t features[] = { HB_TAG('r', 'v', 'r', 'n'),
		HB_TAG('l', 't', 'r', 'a'), HB_TAG('l', 't', 'r', 'm'),
		HB_TAG('r', 'a', 'n', 'd'), HB_TAG('c', 'c', 'm', 'p'),
		HB_TAG('l', 'o', 'c', 'l'), HB_TAG('r', 'l', 'i', 'g'),
		HB_TAG('c', 'a', 'l', 't'), HB_TAG('c', 'l', 'i', 'g'),
		HB_TAG('r', 'c', 'l', 't'), HB_TAG('t', 'n', 'u', 'm'),
		HB_TAG('l', 'n', 'u', 'm'), HB_TAG('k', 'e', 'r', 'n'),
		HB_TAG('m', 'a', 'r', 'k'), HB_TAG('m', 'k', 'm', 'k'),
		HB_TAG('d', 'i', 's', 't'), HB_TAG('c', 'u', 'r', 's'),
		HB_TAG_NONE };
	hb_set_t *lookups = hb_set_create();
	hb_codepoint_t i = HB_SET_VALUE_INVALID;

	hb_ot_layout_collect_lookups(face, table, NULL, NULL, features,
	    lookups);
	if (table == HB_OT_TAG_GSUB)
		hb_ot_layout_lookups_substitute_closure(face, lookups, ours);
	while (hb_set_next(lookups, &i))
		add_lookup(face, table, i, ours, wary);
	hb_set_destroy(lookups);
}

static hb_set_t *
find_wary(const struct pairs *p)
{
	hb_face_t *face = hb_font_get_face(p->font->hb);
	hb_set_t *wary = hb_set_create(), *ours = hb_set_create();
	hb_codepoint_t gid;

	for (const char *s = characters; *s != '\0';)
		if (hb_font_get_nominal_glyph(p->font->hb, utf8_next(&s), &gid))
			hb_set_add(ours, gid);
	add_table(face, HB_OT_TAG_GSUB, ours, wary);
	add_table(face, HB_OT_TAG_GPOS, ours, wary);
	hb_set_destroy(ours);
	return wary;
}

/* ---- characters ---- */

static bool
is_listed(uint32_t c)
{
	if (c < 0x80)
		return c != '\0' && strchr(characters, (int)c) != NULL;
	for (const char *s = characters; *s != '\0';)
		if (utf8_next(&s) == c)
			return true;
	return false;
}

/* A new character, which the font may draw with one glyph. */
static size_t
add_character(struct pairs *p, uint32_t c, const char *text, size_t len)
{
	size_t i = p->n++;
	hb_glyph_position_t *at;
	hb_glyph_info_t *infos;
	hb_codepoint_t gid;
	unsigned n;

	assert(i < N_CHARS);
	p->codes[i] = c;
	if (c < FEW)
		p->low[c] = (uint8_t)p->n;
	if (hb_font_get_nominal_glyph(p->font->hb, c, &gid) &&
	    hb_set_has(p->wary, gid))
		return i;
	infos = word_shape(p->font, p->buffer, text, len, &n, &at);
	if (n == 1 && !hb_set_has(p->wary, infos[0].codepoint) &&
	    at[0].x_offset == 0 && at[0].y_offset == 0) {
		p->gids[i] = infos[0].codepoint;
		p->alone[i] = at[0].x_advance;
	}
	return i;
}

/* The number of the character at *s, which moves on; or N_CHARS. */
static size_t
number_of(struct pairs *p, const char **s)
{
	const char *from = *s;
	uint32_t c = utf8_next(s);
	size_t i = 0;

	if (c < FEW && p->low[c] > 0)
		return p->low[c] - 1u;
	while (i < p->n && p->codes[i] != c)
		i++;
	if (i < p->n)
		return i;
	return is_listed(c) ? add_character(p, c, from, (size_t)(*s - from))
			    : N_CHARS;
}

/* Pairs that HarfBuzz is asked for at once: it takes long to begin. */
struct question {
	uint8_t pairs[AT_ONCE][2];
	size_t n;
};

/* What stands around a pair must not change it: each comes twice. */
static void
learn_pair(struct pairs *p, const uint8_t pair[2], const hb_glyph_info_t *infos,
    const hb_glyph_position_t *at)
{
	size_t x = pair[0], y = pair[1];
	bool same = at[0].x_advance == at[2].x_advance &&
	    at[1].x_advance == at[3].x_advance;

	for (size_t i = 0; i < ROW && same; i++)
		same = infos[i].codepoint == p->gids[pair[order[i]]] &&
		    at[i].x_offset == 0 && at[i].y_offset == 0;
	p->beside[x][y] = same ? at[0].x_advance : CHANGES;
	p->beside[y][x] = same ? at[1].x_advance : CHANGES;
}

static void
ask_pairs(struct pairs *p, const uint8_t pairs[][2], size_t n)
{
	hb_glyph_position_t *at;
	hb_glyph_info_t *infos;
	struct str text;
	unsigned n_glyphs;

	str_init(&text, 4 * ROW * n);
	for (size_t i = 0; i < ROW * n; i++)
		utf8_put(&text, p->codes[pairs[i / ROW][order[i % ROW]]]);
	infos =
	    word_shape(p->font, p->buffer, text.p, text.len, &n_glyphs, &at);
	str_done(&text);
	if (n_glyphs == ROW * n) {
		for (size_t i = 0; i < n; i++)
			learn_pair(p, pairs[i], infos + ROW * i, at + ROW * i);
	} else if (n > 1) { /* whose glyphs are they? */
		for (size_t i = 0; i < n; i++)
			ask_pairs(p, &pairs[i], 1);
	}
}

/* Asks for the pairs of a text that are not known; both ways of each. */
static void
ask_text(struct pairs *p, const char *text, size_t n)
{
	struct question q = { .n = 0 };
	size_t before = N_CHARS, i;

	for (const char *s = text; s < text + n; before = i) {
		i = number_of(p, &s);
		if (i == N_CHARS || p->gids[i] == 0)
			break;
		if (before == N_CHARS || p->beside[before][i] != UNASKED)
			continue;
		p->beside[before][i] = p->beside[i][before] = CHANGES;
		q.pairs[q.n][0] = (uint8_t)before;
		q.pairs[q.n++][1] = (uint8_t)i;
		if (q.n == AT_ONCE) {
			ask_pairs(p, q.pairs, q.n);
			q.n = 0;
		}
	}
	if (q.n > 0)
		ask_pairs(p, q.pairs, q.n);
}

bool
pairs_shape(struct pairs *p, const char *text, size_t n,
    struct page_glyph *glyphs, size_t *n_glyphs)
{
	size_t k = 0, before = N_CHARS;

	if (p->asked <= MANY && ++p->asked > MANY) {
		p->beside = arena_array(p->arena, N_CHARS, sizeof(*p->beside));
		p->wary = find_wary(p);
	}
	if (!p->beside)
		return false;
	for (const char *s = text; s < text + n; k++) {
		size_t from = (size_t)(s - text);
		size_t i = number_of(p, &s);

		if (i == N_CHARS || p->gids[i] == 0)
			return false;
		if (k > 0) {
			int32_t *advance = &p->beside[before][i];

			if (*advance == UNASKED)
				ask_text(p, text, n);
			if (*advance == CHANGES)
				return false;
			glyphs[k - 1].advance = *advance;
		}
		glyphs[k] = (struct page_glyph){ .gid = p->gids[i],
			.advance = p->alone[i],
			.cluster = (uint32_t)from };
		before = i;
	}
	*n_glyphs = k;
	return true;
}
