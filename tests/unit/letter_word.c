/* Words found in a store that knows others are those of an empty store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "letter/font.h"

#define WARM 200 /* words before those that are compared */

static const char *const texts[] = { "12/04/2025", "1\u202f234,56\u00a0€ ",
	"F2025-04622", "R2-2026-00001)", "12,37\u00a0% ", "441-10", "3.14-15",
	"a1-2b/3", "(12-34)", "2025–2026", "12:30", "50-", "1/2", "a/a", "a-1",
	"-50", "1-", "x3-y", "Garlilac, ", "porte-monnaie", "L\u2019\u00c9chu ",
	"col\u00b7lecci\u00f3", "a/b", "(Z\u00e9bu)",
	"M\u00fcller-L\u00fcdenscheidt" };

#define N_TEXTS (sizeof(texts) / sizeof(texts[0]))

static struct word_key
key_of(const char *text)
{
	return (struct word_key){
		.text = text, .len = strlen(text), .next = '1', .joined = true
	};
}

static void
assert_same(const struct word *a, const struct word *b, const char *text)
{
	size_t n = 0;

	if (a->n_pieces != b->n_pieces || a->n_pieces == 0)
		fail_msg("'%s': %zu pieces, not %zu", text, a->n_pieces,
		    b->n_pieces);
	for (size_t i = 0; i < a->n_pieces; i++) {
		const struct word_piece *x = &a->pieces[i];
		const struct word_piece *y = &b->pieces[i];

		if (x->n_glyphs != y->n_glyphs || x->len != y->len ||
		    x->width != y->width || x->alone != y->alone ||
		    x->may_break != y->may_break || x->space != y->space)
			fail_msg("'%s': piece %zu is another", text, i);
		n += x->n_glyphs;
	}
	for (size_t i = 0; i < n; i++)
		if (a->glyphs[i].gid != b->glyphs[i].gid ||
		    a->glyphs[i].advance != b->glyphs[i].advance)
			fail_msg("'%s': glyph %zu is another", text, i);
}

/* The same text with other letters and digits, or with none between them. */
static void
other_text(const char *text, size_t by, char out[64])
{
	static const char *const kinds[] = { "01234567890123456789",
		"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ" };
	size_t i;

	for (i = 0; text[i] != '\0'; i++) {
		out[i] = text[i];
		if (by % 2 == 1 && strchr("-/.:", text[i]) != NULL)
			out[i] = 'x';
		for (size_t k = 0; k < 3; k++) {
			const char *at = strchr(kinds[k], text[i]);

			if (at != NULL)
				out[i] = at[1 + by % 9];
		}
	}
	out[i] = '\0';
}

static void
others_are_alike(const char *lang)
{
	const struct word_style style = {
		.lang = lang, .size = 10240, .latin = true
	};
	const struct font_choice none = { 0 };
	struct fonts *fonts;
	struct words *warm;
	struct err e = { 0 };
	char other[64];

	assert_int_equal(fonts_new("fonts/fonts.conf", &none, &fonts, &e), 0);
	warm = words_new(fonts_context(fonts));
	for (size_t i = 0; i < WARM; i++) {
		struct word_key key;

		other_text(texts[i % N_TEXTS], i, other);
		key = key_of(other);
		(void)words_find(warm, words_font(warm, &style), &key);
	}
	for (size_t i = 0; i < N_TEXTS; i++) {
		struct words *cold = words_new(fonts_context(fonts));
		struct word_key key = key_of(texts[i]);

		assert_same(words_find(warm, words_font(warm, &style), &key),
		    words_find(cold, words_font(cold, &style), &key), texts[i]);
		words_free(cold);
	}
	words_free(warm);
	fonts_free(fonts);
}

static void
digits_and_letters_are_alike(void **state)
{
	static const char *const langs[] = { "fr", "de", "en", "ca", "pl" };

	(void)state;
	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++)
		others_are_alike(langs[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_and_letters_are_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
