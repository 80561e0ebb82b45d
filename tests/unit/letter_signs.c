/* Without its sign at its side a credit is read as a debt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "letter/look.h"
#include "letter/shape.h"

/* Runs stand from left to right, whatever the order they are read in. */
static void
check_line(const struct shape_line *l)
{
	char last = '\0', before = '\0';

	for (size_t i = 0; i < l->n_runs; i++) {
		const struct page_run *r = &l->runs[i].run;

		for (size_t k = 0; k < r->text_len; k++) {
			before = last;
			last = r->text[k];
		}
	}
	assert_true(last != '-' || (before >= 'a' && before <= 'z'));
}

static void
test_signs(void **state)
{
	/* by words, and by pango */
	static const char *const langs[] = { "en", "ar" };
	static const char text[] = "Credits of -£78,193.42, (-€12.30), "
				   "-USD 7 and -£5 on pay-as-you-go.";
	const struct font_choice none = { .family = "" };
	struct arena *a = arena_new();
	struct fonts *fonts;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(fonts_new("fonts/fonts.conf", &none, &fonts, &e), 0);
	for (int32_t mm = 25; mm < 90; mm++) {
		const char *lang = langs[mm % 2];
		struct build build;
		struct shape s;

		build_init(&build, a, fonts, lang);
		assert_int_equal(shape_text(&build, text, &look_open.cell,
				     PU_PER_MM(mm), &s, &e),
		    0);
		assert_true(s.n_lines > 1);
		for (size_t i = 0; i < s.n_lines; i++)
			check_line(&s.lines[i]);
		arena_reset(a);
	}
	fonts_free(fonts);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_signs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
