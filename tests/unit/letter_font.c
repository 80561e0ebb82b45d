/*
 * The fonts of a workspace: files and a family of its own, or a word on what
 * is wrong with them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "letter/line.h"
#include "letter/look.h"

#define CONF   "fonts/fonts.conf"
#define FONTS  "/usr/share/fonts/"
#define NIMBUS FONTS "opentype/urw-base35/NimbusRoman-Regular.otf"
#define TYPE1  FONTS "type1/urw-base35/NimbusRoman-Regular.t1"
#define INTER  FONTS "truetype/inter-vf/Inter-roman.var.ttf"

/* The name of the first font of a line, or why there is none. */
static const char *
first_font(const struct font_choice *own, const char *text, struct arena *a)
{
	struct build b = { 0 };
	const struct page_font *first;
	const char *name;
	struct fonts *f;
	struct shape s;
	struct err e = { 0 };

	if (fonts_new(CONF, own, &f, &e)) {
		assert_int_equal(e.kind, ERR_USAGE);
		return arena_str(a, e.text);
	}
	build_init(&b, a, f, "fr");
	assert_int_equal(shape_text(&b, text, &look_value, SHAPE_ONE_LINE, &s,
			     &e),
	    0);
	first = b.used[s.lines[0].runs[0].run.font];
	name = arena_fmt(a, "%s%s", first->name, first->rare ? ", rare" : ".");
	fonts_free(f);
	return name;
}

static void
test_choices(void **state)
{
	static const struct {
		const char *file, *family, *text, *gives;
	} rows[] = {
		{ NULL, NULL, "Facture", "Lato-Regular." },
		{ NULL, "", "Facture", "Lato-Regular." },
		{ NULL, "Noto Serif", "Facture", "NotoSerif-Regular." },
		/* Names of families are written in many ways. */
		{ NIMBUS, "nimbus roman", "Facture", "NimbusRoman-Regular." },
		/* A file alone only fills gaps. */
		{ NIMBUS, NULL, "Facture", "Lato-Regular." },
		/* What the family lacks is set from the usual ones. */
		{ NIMBUS, "Nimbus Roman", "שלום",
		    "NotoSansHebrew-Regular, rare" },
		{ NULL, "No & <Sans>", "", "'No & <Sans>' is neither" },
		{ "none.otf", NULL, "", "none.otf: No such file" },
		{ "Makefile", NULL, "", "Makefile: not a font file" },
		{ "tests", NULL, "", "tests: not a font file" },
		{ INTER, NULL, "", "a variable font" },
		{ TYPE1, NULL, "", "neither a TrueType nor" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct font_choice own = { .files = &rows[i].file,
			.n = rows[i].file != NULL,
			.family = rows[i].family };
		const char *found = first_font(&own, rows[i].text, a);

		if (strstr(found, rows[i].gives) == NULL)
			fail_msg("'%s' is not '%s'", found, rows[i].gives);
	}
	arena_free(a);
}

static void
test_no_file(void **state)
{
	const struct font_choice none = { 0 };
	struct err e = { 0 };
	struct fonts *f;

	(void)state;
	assert_int_equal(fonts_new("fonts/none.conf", &none, &f, &e), -1);
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_null(f);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_no_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
