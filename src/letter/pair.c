#include "letter/pair.h"

#include <string.h>

#include "base/str.h"
#include "letter/word.h"

/* Words before it pays to ask for all pairs. */
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

/* The characters that the font draws with one glyph each, when alone. */
static void
find_characters(struct pairs *p)
{
	const char *from, *s = characters;

	for (from = s; *s != '\0'; from = s) {
		uint32_t c = utf8_next(&s);
		hb_glyph_position_t *at;
		hb_glyph_info_t *infos;
		unsigned n;

		infos = word_shape(p->font, p->buffer, from, (size_t)(s - from),
		    &n, &at);
		if (n != 1 || infos[0].codepoint == 0 || at[0].x_offset != 0 ||
		    at[0].y_offset != 0)
			continue;
		p->codes[p->n] = c;
		p->gids[p->n] = infos[0].codepoint;
		p->alone[p->n] = at[0].x_advance;
		p->n++;
		if (c < FEW)
			p->low[c] = (uint8_t)p->n;
	}
}

/*
 * Each pair of n numbers stands once in the circle 0 01 02 .. 1 12 13 ..;
 * with a step they are other numbers, so pairs have other neighbours.
 */
static size_t
make_circle(size_t n, size_t step, uint8_t *circle)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		circle[k++] = (uint8_t)(i * step % n);
		for (size_t j = i + 1; j < n; j++) {
			circle[k++] = (uint8_t)(i * step % n);
			circle[k++] = (uint8_t)(j * step % n);
		}
	}
	circle[k++] = 0;
	return k;
}

/* Fills `beside`, or with `again` compares; false if the font is not usable. */
static bool
ask_circle(struct pairs *p, size_t step, bool again)
{
	uint8_t circle[N_CHARS * N_CHARS + 1];
	size_t k = make_circle(p->n, step, circle);
	hb_glyph_position_t *at;
	hb_glyph_info_t *infos;
	struct str text;
	unsigned n;

	str_init(&text, sizeof(circle) * 4);
	for (size_t i = 0; i < k; i++)
		utf8_put(&text, p->codes[circle[i]]);
	infos = word_shape(p->font, p->buffer, text.p, text.len, &n, &at);
	str_done(&text);
	if (n != k)
		return false;
	for (size_t i = 0; i < k; i++) {
		int32_t *beside;

		if (infos[i].codepoint != p->gids[circle[i]] ||
		    at[i].x_offset != 0 || at[i].y_offset != 0)
			return false;
		if (i + 1 == k)
			return at[i].x_advance == p->alone[circle[i]];
		beside = &p->beside[circle[i]][circle[i + 1]];
		if (again && *beside != at[i].x_advance)
			return false;
		*beside = at[i].x_advance;
	}
	return false;
}

/* No two steps share a factor with the number of characters. */
static bool
ask(struct pairs *p)
{
	static const size_t steps[] = { 1, 7, 11, 13 };
	size_t asked = 0;

	p->beside = arena_array(p->arena, N_CHARS, sizeof(*p->beside));
	find_characters(p);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (asked == 2 || (i > 0 && p->n % steps[i] == 0))
			continue;
		if (!ask_circle(p, steps[i], asked > 0))
			return false;
		asked++;
	}
	return asked == 2;
}

/* The number of a character, or N_CHARS. */
static size_t
number_of(const struct pairs *p, uint32_t c)
{
	size_t i;

	if (c < FEW)
		return p->low[c] > 0 ? p->low[c] - 1u : N_CHARS;
	for (i = 0; i < p->n && p->codes[i] != c; i++)
		;
	return i < p->n ? i : N_CHARS;
}

bool
pairs_shape(struct pairs *p, const char *text, size_t n,
    struct page_glyph *glyphs, size_t *n_glyphs)
{
	size_t k = 0, before = N_CHARS;

	if (p->asked <= MANY && ++p->asked > MANY)
		p->usable = ask(p);
	if (!p->usable)
		return false;
	for (const char *s = text; s < text + n; k++) {
		size_t from = (size_t)(s - text);
		size_t i = number_of(p, utf8_next(&s));

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
