#include "letter/pair.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "letter/word.h"

/* Words before it pays to ask for pairs. */
#define MANY    64

#define N_CHARS 142
#define FEW     256 /* low code points have a table */

/* Instead of an advance. */
#define UNASKED 0
#define CHANGES INT32_MIN

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
	uint32_t gids[N_CHARS];     /* 0: it is not one glyph */
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

/*
 * What stands around a pair must not change it. Both pairs of two characters
 * are asked for at once, twice each.
 */
static void
ask_beside(struct pairs *p, size_t x, size_t y)
{
	const size_t order[] = { x, y, x, x, y, y, x };
	const size_t all = sizeof(order) / sizeof(order[0]);
	int32_t *xy = &p->beside[x][y], *yx = &p->beside[y][x];
	hb_glyph_position_t *at;
	hb_glyph_info_t *infos;
	struct str text;
	unsigned n;
	bool same;

	str_init(&text, 4 * all);
	for (size_t i = 0; i < all; i++)
		utf8_put(&text, p->codes[order[i]]);
	infos = word_shape(p->font, p->buffer, text.p, text.len, &n, &at);
	str_done(&text);
	same = n == all && at[0].x_advance == at[3].x_advance &&
	    at[1].x_advance == at[5].x_advance &&
	    at[all - 1].x_advance == p->alone[x];
	for (size_t i = 0; i < all && same; i++)
		same = infos[i].codepoint == p->gids[order[i]] &&
		    at[i].x_offset == 0 && at[i].y_offset == 0;
	*xy = same ? at[0].x_advance : CHANGES;
	*yx = same ? at[1].x_advance : CHANGES;
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

/* A new character, which the font may draw with one glyph. */
static size_t
add_character(struct pairs *p, uint32_t c, const char *text, size_t len)
{
	size_t i = p->n++;
	hb_glyph_position_t *at;
	hb_glyph_info_t *infos;
	unsigned n;

	assert(i < N_CHARS);
	p->codes[i] = c;
	if (c < FEW)
		p->low[c] = (uint8_t)p->n;
	infos = word_shape(p->font, p->buffer, text, len, &n, &at);
	if (n == 1 && at[0].x_offset == 0 && at[0].y_offset == 0) {
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

		if (i == N_CHARS || p->gids[i] == 0)
			return false;
		if (k > 0) {
			int32_t *advance = &p->beside[before][i];

			if (*advance == UNASKED)
				ask_beside(p, before, i);
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
