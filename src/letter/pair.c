#include "letter/pair.h"

#include <string.h>

#include "base/str.h"
#include "letter/word.h"

/* Words before it pays to ask for pairs. */
#define MANY    64

#define N_CHARS 50
#define FEW     128 /* low code points have a table */

static const char characters[] =
    "0123456789,./-%():+#ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    " \u00a0\u202f€";

struct pairs {
	const struct word_font *font;
	hb_buffer_t *buffer;
	struct arena *arena;
	unsigned asked;
	bool usable;
	uint8_t low[FEW];        /* 1 + number of a character; 0: none */
	uint32_t codes[N_CHARS]; /* by number */
	uint32_t gids[N_CHARS];
	int32_t alone[N_CHARS];     /* advances */
	int32_t (*beside)[N_CHARS]; /* of the first of a pair */
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
 * Fills `beside` for the last character and each other one, or with `again`
 * compares: x a x b x c x x. False if the font is not usable.
 */
static bool
ask_beside(struct pairs *p, bool again)
{
	uint8_t row[2 * N_CHARS];
	size_t last = p->n - 1, k = 0;
	hb_glyph_position_t *at;
	hb_glyph_info_t *infos;
	struct str text;
	unsigned n;

	for (size_t i = 0; i < last; i++) {
		row[k++] = (uint8_t)last;
		row[k++] = (uint8_t)(again ? last - 1 - i : i);
	}
	row[k++] = (uint8_t)last;
	row[k++] = (uint8_t)last;
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
	if (c < FEW)
		return c != '\0' && strchr(characters, (int)c) != NULL;
	for (const char *s = characters; *s != '\0';)
		if (utf8_next(&s) == c)
			return true;
	return false;
}

/*
 * A new character: its number, or N_CHARS if the font does not draw it with
 * one glyph when alone. Pairs are asked for twice, in other surroundings.
 */
static size_t
add_character(struct pairs *p, uint32_t c, const char *text, size_t len)
{
	hb_glyph_position_t *at;
	hb_glyph_info_t *infos;
	unsigned n;

	infos = word_shape(p->font, p->buffer, text, len, &n, &at);
	if (n != 1 || infos[0].codepoint == 0 || at[0].x_offset != 0 ||
	    at[0].y_offset != 0)
		return N_CHARS;
	p->codes[p->n] = c;
	p->gids[p->n] = infos[0].codepoint;
	p->alone[p->n] = at[0].x_advance;
	p->n++;
	p->usable = ask_beside(p, false) && ask_beside(p, true);
	if (!p->usable)
		return N_CHARS;
	if (c < FEW)
		p->low[c] = (uint8_t)p->n;
	return p->n - 1;
}

/* The number of the character at *s, which moves on; or N_CHARS. */
static size_t
number_of(struct pairs *p, const char **s)
{
	const char *from = *s;
	uint32_t c = utf8_next(s);
	size_t i;

	if (c < FEW && p->low[c] > 0)
		return p->low[c] - 1u;
	for (i = 0; i < p->n && p->codes[i] != c; i++)
		;
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

	if (p->asked <= MANY && ++p->asked > MANY) {
		p->beside = arena_array(p->arena, N_CHARS, sizeof(*p->beside));
		p->usable = true;
	}
	if (!p->usable)
		return false;
	for (const char *s = text; s < text + n; k++) {
		size_t from = (size_t)(s - text);
		size_t i = number_of(p, &s);

		if (i == N_CHARS)
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
