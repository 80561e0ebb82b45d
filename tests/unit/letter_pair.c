/* Words put together from pairs have the glyphs that HarfBuzz gives them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "letter/font.h"
#include "letter/pair.h"

#define ASKS  100  /* more than it takes to ask for the pairs */
#define WORDS 6000 /* at random, but always the same */

static const char *const alphabet[] = { "0", "1", "2", "3", "4", "5", "6", "7",
	"8", "9", ",", ".", "/", "-", "%", "(", ")", ":", "+", "#", "A", "B",
	"C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P",
	"Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z", "a", "b", "c", "d",
	"e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r",
	"s", "t", "u", "v", "w", "x", "y", "z", "'", "’", " ", "\u00a0",
	"\u202f", "€", "À", "Á", "Â", "Ã", "Ä", "Å", "Æ", "Ç", "È", "É", "Ê",
	"Ë", "Ì", "Í", "Î", "Ï", "Ð", "Ñ", "Ò", "Ó", "Ô", "Õ", "Ö", "Ø", "Ù",
	"Ú", "Û", "Ü", "Ý", "Þ", "ß", "à", "á", "â", "ã", "ä", "å", "æ", "ç",
	"è", "é", "ê", "ë", "ì", "í", "î", "ï", "ð", "ñ", "ò", "ó", "ô", "õ",
	"ö", "ø", "ù", "ú", "û", "ü", "ý", "þ", "ÿ", "Œ", "œ" };

#define N_CHARS       (sizeof(alphabet) / sizeof(alphabet[0]))
#define N_SIGNS       20 /* and figures; the first of them */
#define CONTEXT_WORDS 40000
#define CONTEXTUAL    "/usr/share/fonts/truetype/inter-vf/Inter.var.ttf"

static const struct word_style styles[] = {
	{ .lang = "fr", .size = 10240, .latin = true },
	{ .lang = "fr", .size = 9728, .latin = true, .figures = true },
	{ .lang = "de", .size = 9728, .figures = true, .bold = true },
	{ .lang = "en", .size = 7168, .italic = true, .latin = true },
	{ .lang = "fr", .size = 8960, .code = true, .latin = true },
};

struct fixture {
	struct fonts *fonts;
	hb_buffer_t *buffer;
	struct arena *arena;
};

/* The same glyphs as HarfBuzz, or none. */
static bool
agrees(struct fixture *f, const struct word_font *font, struct pairs *p,
    const char *text)
{
	struct page_glyph glyphs[64];
	size_t len = strlen(text), n;
	hb_glyph_position_t *at;
	hb_glyph_info_t *infos;
	unsigned n_infos;

	if (!pairs_shape(p, text, len, glyphs, &n))
		return false;
	infos = word_shape(font, f->buffer, text, len, &n_infos, &at);
	assert_int_equal(n, n_infos);
	for (size_t i = 0; i < n; i++) {
		if (glyphs[i].gid != infos[i].codepoint ||
		    glyphs[i].cluster != infos[i].cluster ||
		    glyphs[i].advance != at[i].x_advance ||
		    at[i].x_offset != 0 || at[i].y_offset != 0)
			fail_msg("'%s': glyph %zu is another", text, i);
	}
	return true;
}

/* How many of n words are put together from pairs; figures stand together. */
static size_t
random_words(struct fixture *f, const struct word_font *font, struct pairs *p,
    size_t words)
{
	unsigned seed = 1;
	struct str text;
	size_t made = 0;

	str_init(&text, 64);
	for (size_t i = 0; i < words; i++) {
		size_t n = 1 + (size_t)rand_r(&seed) % 14;
		size_t kinds = i % 2 == 0 ? N_CHARS : N_SIGNS;

		str_clear(&text);
		for (size_t k = 0; k < n; k++)
			str_puts(&text,
			    alphabet[(size_t)rand_r(&seed) % kinds]);
		made += agrees(f, font, p, text.p);
	}
	str_done(&text);
	return made;
}

static void
all_pairs(struct fixture *f, const struct word_font *font, struct pairs *p)
{
	char text[16];

	for (size_t i = 0; i < N_CHARS; i++)
		for (size_t k = 0; k < N_CHARS; k++) {
			(void)snprintf(text, sizeof(text), "%s%s", alphabet[i],
			    alphabet[k]);
			assert_true(agrees(f, font, p, text));
		}
}

static void
as_harfbuzz(void **state)
{
	const struct font_choice none = { 0 };
	struct fixture f = { .buffer = hb_buffer_create(),
		.arena = arena_new() };
	struct err e = { 0 };
	struct page_glyph glyphs[16];
	size_t n;

	(void)state;
	assert_int_equal(fonts_new("fonts/fonts.conf", &none, &f.fonts, &e), 0);
	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
		const struct word_font *font =
		    words_font(fonts_words(f.fonts), &styles[i]);
		struct pairs *p = pairs_new(font, f.buffer, f.arena);

		for (size_t k = 0; k < ASKS; k++)
			(void)pairs_shape(p, "1", 1, glyphs, &n);
		all_pairs(&f, font, p);
		assert_int_equal(random_words(&f, font, p, WORDS), WORDS);
		/* What it does not know, it leaves to others. */
		assert_false(agrees(&f, font, p, "10 µm"));
		assert_false(agrees(&f, font, p, "Ő1"));
		pairs_free(p);
	}
	fonts_free(f.fonts);
	hb_buffer_destroy(f.buffer);
	arena_free(f.arena);
}

/* A font whose brackets, colons and signs look to what stands further away. */
static void
in_context(void **state)
{
	hb_blob_t *blob = hb_blob_create_from_file_or_fail(CONTEXTUAL);
	struct fixture f = { .buffer = hb_buffer_create(),
		.arena = arena_new() };
	struct word_font font = { .style = { .lang = "fr", .latin = true } };
	hb_face_t *face = hb_face_create(blob, 0);
	struct page_glyph glyphs[16];
	struct pairs *p;
	size_t made, n;

	(void)state;
	font.hb = hb_font_create(face);
	p = pairs_new(&font, f.buffer, f.arena);
	for (size_t k = 0; k < ASKS; k++)
		(void)pairs_shape(p, "1", 1, glyphs, &n);
	made = random_words(&f, &font, p, CONTEXT_WORDS);
	pairs_free(p);
	hb_font_destroy(font.hb);
	hb_face_destroy(face);
	hb_blob_destroy(blob);
	hb_buffer_destroy(f.buffer);
	arena_free(f.arena);
	if (blob == NULL) {
		print_message("skipped: no %s\n", CONTEXTUAL);
		skip();
	}
	assert_in_range(made, CONTEXT_WORDS / 10, CONTEXT_WORDS - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_harfbuzz),
		cmocka_unit_test(in_context),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
