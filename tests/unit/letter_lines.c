/*
 * The lines of simple texts from words shaped once are those pango makes of
 * the whole text: same breaks, same glyphs, same places, at any measure.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "letter/line.h"
#include "letter/look.h"

struct fixture {
	struct arena *arena;
	struct fonts *fonts;
	struct build build;
};

struct text_case {
	const char *lang;
	struct span spans[4]; /* linked by make_spans */
	bool simple;
};

static const struct text_case cases[] = {
	{ "fr",
	    { { .text = "Nous vous demandons de régler cette somme dès "
			"réception de cette lettre, en indiquant la "
			"référence ci-dessous. À défaut, nous serions "
			"conduits à vous adresser une mise en demeure." } },
	    true },
	{ "fr",
	    { { .text = "La somme de " },
		{ .text = "1\u202f234,56\u00a0€", .style = STYLE_BOLD },
		{ .text = ", échue et détaillée, demeure impayée ; Vous "
			  "« Tout Va » (AVA) W. To? Oui/non: 12-34." } },
	    true },
	{ "fr",
	    { { .text = "Une " },
		{ .text = "difficulté ", .style = STYLE_ITALIC },
		{ .text = "F2026-0021", .style = STYLE_CODE },
		{ .text = " : porte-monnaie, vis-à-vis, 04 00 00 00 00." } },
	    true },
	{ "de",
	    { { .text = "Sehr geehrte Damen und Herren,\nleider konnten "
			"wir bis heute keinen Zahlungseingang "
			"feststellen – Straße 12/3, Überweisung." } },
	    true },
	{ "en",
	    { { .text = "We’d be grateful for £1,234.56 (see “Terms”), "
			"at https://example.com/pay/a-b?c=d%20e today." } },
	    true },
	{ "fr",
	    { { .text = "Ateliers Valcourbe" }, { .text = "\n" },
		{ .text = "12 rue des Exemples · 69990 Villefictive" } },
	    true },
	{ "fr", { { .text = "Notre référence " } }, true },
	{ "fr", { { .text = "1 234 567" } }, true },
	{ "fr", { { .text = "deux  espaces" } }, false },
	{ "fr", { { .text = "Anti\u00adconstitution" } }, false },
	{ "fr", { { .text = "Société محمد et fils" } }, false },
	{ "fr", { { .text = "e\u0301te\u0301" } }, false },
	{ "fr",
	    { { .text = "un " },
		{ .text = "lien", .url = "https://example.com" } },
	    false },
	{ "fr", { { .text = "mi" }, { .text = "gras", .style = STYLE_BOLD } },
	    false },
	{ "fr",
	    { { .text = "(", .style = STYLE_BOLD }, { .text = " parenthèse" } },
	    false },
	{ "fr", { { .text = "Ligne\n\nLigne" } }, false },
	{ "ar", { { .text = "Latin" } }, false },
};

static int
setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err e = { 0 };

	f->arena = arena_new();
	if (fonts_new("fonts/fonts.conf", NULL, 0, &f->fonts, &e)) {
		(void)fprintf(stderr, "%s\n", e.text);
		return -1;
	}
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	fonts_free(f->fonts);
	arena_free(f->arena);
	free(f);
	return 0;
}

static struct source
make_source(struct fixture *f, const struct text_case *c)
{
	struct source src = { .text = arena_alloc(f->arena, 1) };
	struct span *spans = arena_array(f->arena, 4, sizeof(*spans));

	for (size_t i = 0; i < 4 && c->spans[i].text; i++) {
		spans[i] = c->spans[i];
		if (i > 0)
			spans[i - 1].next = &spans[i];
		src.text = arena_fmt(f->arena, "%s%s", src.text, spans[i].text);
	}
	src.spans = spans;
	src.len = strlen(src.text);
	return src;
}

static void
same_run(const struct shape_run *x, const struct shape_run *y)
{
	assert_int_equal(x->run.font, y->run.font);
	assert_int_equal(x->run.x, y->run.x);
	assert_int_equal(x->run.text_len, y->run.text_len);
	assert_memory_equal(x->run.text, y->run.text, x->run.text_len);
	assert_int_equal(x->run.soft_hyphen, y->run.soft_hyphen);
	assert_ptr_equal(x->span, y->span);
	assert_int_equal(x->run.n_glyphs, y->run.n_glyphs);
	assert_memory_equal(x->run.glyphs, y->run.glyphs,
	    x->run.n_glyphs * sizeof(*x->run.glyphs));
}

static void
same_shape(const struct shape *x, const struct shape *y)
{
	assert_int_equal(x->n_lines, y->n_lines);
	for (size_t i = 0; i < x->n_lines; i++) {
		const struct shape_line *a = &x->lines[i], *b = &y->lines[i];

		assert_int_equal(a->width, b->width);
		assert_int_equal(a->rtl, b->rtl);
		assert_int_equal(a->n_runs, b->n_runs);
		for (size_t k = 0; k < a->n_runs; k++)
			same_run(&a->runs[k], &b->runs[k]);
	}
}

/* Both ways at one measure; false if there was only one. */
static bool
compare(struct fixture *f, const struct text_case *c, const struct type *t,
    int32_t measure)
{
	struct source src = make_source(f, c);
	struct setting s = { .src = &src, .type = t, .measure = measure };
	struct shape words = { .type = t }, pango = { .type = t };
	struct err e = { 0 };

	build_init(&f->build, f->arena, f->fonts, c->lang);
	if (!lines_by_words(&f->build, &s, &words))
		return false;
	assert_int_equal(lines_by_pango(&f->build, &s, &pango, &e), 0);
	same_shape(&words, &pango);
	return true;
}

static void
test_same_lines(void **state)
{
	static const struct type *const types[] = { &look_open.text,
		&look_open.cell, &look_subject, &look_value, &look_return };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct text_case *c = &cases[i];

		for (size_t t = 0; t < sizeof(types) / sizeof(types[0]); t++) {
			assert_int_equal(compare(f, c, types[t],
					     SHAPE_ONE_LINE),
			    c->simple);
			/* Steps that no font's units divide. */
			for (int32_t mm = 45; c->simple && mm < 175; mm++)
				assert_true(compare(f, c, types[t],
				    PU_PER_MM(mm) + 37 * mm));
		}
		arena_reset(f->arena);
	}
}

/* A word wider than the measure is pango's to cut. */
static void
test_too_narrow(void **state)
{
	struct fixture *f = *state;

	assert_false(compare(f, &cases[0], &look_open.text, PU_PER_MM(10)));
}

/* A run of many words forgets some, and goes on the same. */
static void
test_many_words(void **state)
{
	struct fixture *f = *state;
	struct text_case c = { .lang = "fr" };
	char text[64];

	for (int i = 0; i < 30000; i++) {
		(void)snprintf(text, sizeof(text), "Facture F%05d due", i);
		c.spans[0].text = text;
		if (i % 1000 == 0) {
			assert_true(compare(f, &c, &look_open.text,
			    PU_PER_MM(30)));
			continue;
		}
		struct source src = make_source(f, &c);
		struct setting s = { .src = &src,
			.type = &look_open.text,
			.measure = SHAPE_ONE_LINE };
		struct shape shape = { .type = &look_open.text };

		build_init(&f->build, f->arena, f->fonts, c.lang);
		assert_true(lines_by_words(&f->build, &s, &shape));
		arena_reset(f->arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_lines),
		cmocka_unit_test(test_too_narrow),
		cmocka_unit_test(test_many_words),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
