#include "letter/pair.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "letter/word.h"

/* Words before it pays to ask for pairs. */
#define MANY    64

#define N_CHARS 142
#define FEW     256 /* low code points have a table */

static const char characters[] =
    "0123456789,./-%():+#ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "abcdefghijklmnopqrstuvwxyz'’ \u00a0\u202f€"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŒœ";

struct pairs {
	const struct word_font *font;
	hb_buffer_t *buffer;
	struct arena *arena;
	unsigned asked;
	uint8_t low[FEW];           /* 1 + number of a character; 0: none */
	uint32_t codes[N_CHARS];    /* by number */
	bool alike[N_CHARS];        /* the same whatever stands around it */
	uint32_t gids[N_CHARS];     /* of those that are, as below */
	int32_t alone[N_CHARS];     /* advances */
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

/* The last character and each other one: x a x b x c x x; its length. */
static size_t
row_make(const struct pairs *p, bool again, uint8_t row[2 * N_CHARS])
{
	size_t last = p->n - 1, k = 0;

	for (size_t i = 0; i < last; i++) {
		size_t other = again ? last - 1 - i : i;

		if (!p->alike[other])
			continue;
		row[k++] = (uint8_t)last;
		row[k++] = (uint8_t)other;
	}
	row[k++] = (uint8_t)last;
	row[k++] = (uint8_t)last;
	return k;
}

/*
 * Fills `beside` for the last character and each other one, or with `again`
 * compares. False if what stands around it changes its looks.
 */
static bool
ask_beside(struct pairs *p, bool again)
{
	uint8_t row[2 * N_CHARS];
	size_t k = row_make(p, again, row);
	hb_glyph_position_t *at;
	hb_glyph_info_t *infos;
	struct str text;
	unsigned n;

	str_init(&text, sizeof(row) * 4);
	for (size_t i = 0; i < k; i++)
		utf8_put(&text, p->codes[row[i]]);
	infos = word_shape(p->font, p->buffer, text.p, text.len, &n, &at);
	str_done(&text);
	if (n != k)
		return false;
	for (size_t i = 0; i < k; i++) {
		int32_t *beside;

		if (infos[i].codepoint != p->gids[row[i]] ||
		    at[i].x_offset != 0 || at[i].y_offset != 0)
			return false;
		if (i + 1 == k)
			return at[i].x_advance == p->alone[row[i]];
		beside = &p->beside[row[i]][row[i + 1]];
		if (again && *beside != at[i].x_advance)
			return false;
		*beside = at[i].x_advance;
	}
	return false;
}

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

/*
 * True if the font draws the new character with one glyph, and the same
 * beside each that it knows. Pairs are asked for twice, in other surroundings.
 */
static bool
ask_character(struct pairs *p, const char *text, size_t len)
{
	size_t i = p->n - 1;
	hb_glyph_position_t *at;
	hb_glyph_info_t *infos;
	unsigned n;

	infos = word_shape(p->font, p->buffer, text, len, &n, &at);
	if (n != 1 || infos[0].codepoint == 0 || at[0].x_offset != 0 ||
	    at[0].y_offset != 0)
		return false;
	p->gids[i] = infos[0].codepoint;
	p->alone[i] = at[0].x_advance;
	return ask_beside(p, false) && ask_beside(p, true);
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
	if (!is_listed(c))
		return N_CHARS;
	assert(p->n < N_CHARS);
	p->codes[i] = c;
	p->n++;
	if (c < FEW)
		p->low[c] = (uint8_t)p->n;
	p->alike[i] = ask_character(p, from, (size_t)(*s - from));
	return i;
}

bool
pairs_shape(struct pairs *p, const char *text, size_t n,
    struct page_glyph *glyphs, size_t *n_glyphs)
{
	size_t k = 0, before = N_CHARS;

	if (p->asked <= MANY && ++p->asked > MANY)
		p->beside = arena_array(p->arena, N_CHARS, sizeof(*p->beside));
	if (!p->beside)
		return false;
	for (const char *s = text; s < text + n; k++) {
		size_t from = (size_t)(s - text);
		size_t i = number_of(p, &s);

		if (i == N_CHARS || !p->alike[i])
			return false;
		if (k > 0)
			glyphs[k - 1].advance = p->beside[before][i];
		glyphs[k] = (struct page_glyph){ .gid = p->gids[i],
			.advance = p->alone[i],
			.cluster = (uint32_t)from };
		before = i;
	}
	*n_glyphs = k;
	return true;
}
