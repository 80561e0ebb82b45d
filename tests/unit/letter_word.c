/* Words found in a store that knows others are those of an empty store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "letter/font.h"

#define WARM 100 /* words before those that are compared */

static const char *const texts[] = { "12/04/2025", "1\u202f234,56\u00a0€ ",
	"F2025-04622", "R2-2026-00001)", "12,37\u00a0% ", "441-10", "3.14-15",
	"a1-2b/3", "(12-34)", "2025–2026", "12:30", "50-", "1/2", "a/a", "a-1",
	"-50", "1-", "x3-y" };

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

/* The same text with other digits. */
static void
other_digits(const char *text, size_t by, char out[64])
{
	static const char digits[] = "01234567890123456789";
	size_t i;

	for (i = 0; text[i] != '\0'; i++) {
		const char *digit = strchr(digits, text[i]);

		out[i] = text[i];
		if (digit != NULL)
			out[i] = digit[1 + by % 9];
	}
	out[i] = '\0';
}

static void
digits_are_alike(void **state)
{
	static const struct word_style style = {
		.lang = "fr", .size = 10240, .latin = true
	};
	const struct font_choice none = { 0 };
	struct fonts *fonts;
	struct words *warm;
	struct err e = { 0 };
	char other[64];

	(void)state;
	assert_int_equal(fonts_new("fonts/fonts.conf", &none, &fonts, &e), 0);
	warm = words_new(fonts_context(fonts));
	for (size_t i = 0; i < WARM; i++) {
		struct word_key key;

		other_digits(texts[i % N_TEXTS], i, other);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_are_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
