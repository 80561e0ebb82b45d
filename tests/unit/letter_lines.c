/*
 * The ragged lines of simple texts from words shaped once are those pango
 * makes of the whole text: same breaks, same glyphs, same places, at any
 * measure. Justified ones please: even spaces, few hyphens, words read whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "letter/fit.h"
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
	    { { .text = "A credit of -£1,234.56 (-US$30.00) or -CHF 12.50 "
			"leaves -£5.00, - £6 and --£7." } },
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
	    true },
	{ "fr",
	    { { .text = "Voyez le médiateur de la consommation de notre " },
		{ .text = "secteur", .url = "https://example.com" },
		{ .text = " (" },
		{ .text = "https://example.com/a-b?c=d",
		    .url = "https://example.com/a-b?c=d" } },
	    true },
	{ "fr",
	    { { .text = "La somme de «\u00a0" },
		{ .text = "tant", .style = STYLE_BOLD },
		{ .text = "\u00a0»\u202f; ou pas, comme il vous plaira." } },
	    true },
	{ "fr",
	    { { .text = "(" },
		{ .text = "payer en ligne", .url = "https://example.com" },
		{ .text = ")." } },
	    true },
	{ "fr",
	    { { .text = "ici", .url = "https://example.com/a" },
		{ .text = "là", .url = "https://example.com/b" } },
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
	const struct font_choice none = { .family = "" };
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err e = { 0 };

	f->arena = arena_new();
	if (fonts_new("fonts/fonts.conf", &none, &f->fonts, &e)) {
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

static struct type
ragged(const struct type *t)
{
	struct type r = *t;

	r.justify = r.hyphenate = false;
	return r;
}

static void
test_same_lines(void **state)
{
	const struct type text = ragged(&look_open.text),
			  cell = ragged(&look_open.cell);
	const struct type *const types[] = { &text, &cell, &look_subject,
		&look_value, &look_return };
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

/* On one line nothing is justified. */
static void
test_one_line(void **state)
{
	const struct type text = ragged(&look_open.text);
	struct fixture *f = *state;
	struct shape x, y;
	struct err e = { 0 };

	build_init(&f->build, f->arena, f->fonts, "fr");
	assert_int_equal(shape_text(&f->build, "un deux trois", &look_open.text,
			     SHAPE_ONE_LINE, &x, &e),
	    0);
	assert_int_equal(shape_text(&f->build, "un deux trois", &text,
			     SHAPE_ONE_LINE, &y, &e),
	    0);
	assert_int_equal(x.width, y.width);
}

/* A word wider than the measure is pango's to cut. */
static void
test_too_narrow(void **state)
{
	struct fixture *f = *state;

	const struct type text = ragged(&look_open.text);

	assert_false(compare(f, &cases[0], &text, PU_PER_MM(10)));
}

/* A run of many words forgets some, and goes on the same. */
static void
test_many_words(void **state)
{
	struct fixture *f = *state;
	const struct type type = ragged(&look_open.text);
	struct text_case c = { .lang = "fr" };
	char text[64];

	for (int i = 0; i < 30000; i++) {
		(void)snprintf(text, sizeof(text), "Facture F%05d due", i);
		c.spans[0].text = text;
		if (i % 1000 == 0) {
			assert_true(compare(f, &c, &type, PU_PER_MM(30)));
			continue;
		}
		struct source src = make_source(f, &c);
		struct setting s = {
			.src = &src, .type = &type, .measure = SHAPE_ONE_LINE
		};
		struct shape shape = { .type = &type };

		build_init(&f->build, f->arena, f->fonts, c.lang);
		assert_true(lines_by_words(&f->build, &s, &shape));
		arena_reset(f->arena);
	}
}

/* ---- justified ---- */

static const struct text_case paragraphs[] = {
	{ "fr",
	    { { .text = "Conformément à l’article L. 441-10 du Code de "
			"commerce et à nos conditions générales de vente, "
			"des intérêts de retard au taux annuel de 12,15 % "
			"s’appliquent de plein droit dès le lendemain de "
			"l’échéance, sans qu’une mise en demeure soit "
			"nécessaire ; à défaut, nous serions contraints de "
			"transmettre le dossier à notre service "
			"contentieux." } },
	    true },
	{ "fr",
	    { { .text = "Sauf erreur ou omission de notre part, la somme de " },
		{ .text = "1\u202f714,56\u00a0€", .style = STYLE_BOLD },
		{ .text = " reste due ; elle est aujourd’hui échue et "
			  "détaillée ci-dessous. Il s’agit sans doute d’un "
			  "simple oubli de votre comptabilité." } },
	    true },
	{ "de",
	    { { .text = "Bitte überweisen Sie den Rechnungsbetrag gleich "
			"nach Erhalt dieser Zahlungserinnerung unter Angabe "
			"des folgenden Verwendungszwecks. Sollte sich Ihre "
			"Überweisung mit diesem Schreiben überschnitten "
			"haben, betrachten Sie es bitte als "
			"gegenstandslos." } },
	    true },
	{ "en",
	    { { .text = "According to our records we have not yet received "
			"the outstanding amount, which is now due as set out "
			"below. This may simply be an oversight; please "
			"arrange payment immediately on receipt of this "
			"reminder, quoting the reference." } },
	    true },
};

/* Shapes a case into f->arena by words. */
static struct shape
shape_case(struct fixture *f, const struct text_case *c, const struct type *t,
    int32_t measure)
{
	struct source *src = arena_alloc(f->arena, sizeof(*src));
	struct setting s = { .src = src, .type = t, .measure = measure };
	struct shape shape = { .type = t };

	*src = make_source(f, c);
	build_init(&f->build, f->arena, f->fonts, c->lang);
	assert_true(lines_by_words(&f->build, &s, &shape));
	return shape;
}

static const struct page_glyph *
last_glyph(const struct shape_line *l)
{
	const struct page_run *r = &l->runs[l->n_runs - 1].run;

	return &r->glyphs[r->n_glyphs - 1];
}

/* The character a glyph of the font stands for. */
static uint32_t
char_of(hb_font_t *font, uint32_t gid)
{
	for (uint32_t c = ' '; c < 0x180; c++) {
		hb_codepoint_t of = 0;

		if (hb_font_get_nominal_glyph(font, c, &of) && of == gid)
			return c;
	}
	return '?';
}

static bool
ends_in_hyphen(const struct fixture *f, const struct shape_line *l)
{
	const struct page_run *r = &l->runs[l->n_runs - 1].run;
	hb_font_t *hb = hb_font_create(f->build.used[r->font]->face);
	uint32_t c = char_of(hb, last_glyph(l)->gid);

	hb_font_destroy(hb);
	return c == '-';
}

/* The advance of each byte's glyph in a text on one line: as fonts have it. */
static int32_t *
natural_advances(struct fixture *f, const struct text_case *c)
{
	const struct type t = ragged(&look_open.text);
	struct shape s = shape_case(f, c, &t, SHAPE_ONE_LINE);
	const char *text = s.lines[0].runs[0].run.text;
	int32_t *out = arena_array(f->arena, 2000, sizeof(*out));

	for (size_t k = 0; k < s.lines[0].n_runs; k++) {
		const struct page_run *r = &s.lines[0].runs[k].run;

		for (size_t g = 0; g < r->n_glyphs; g++)
			out[r->text - text + r->glyphs[g].cluster] =
			    r->glyphs[g].advance;
	}
	return out;
}

struct spaces {
	int32_t least, most; /* what was added to those of a line */
};

static struct spaces
measure_spaces(const struct shape_line *l, const char *text,
    const int32_t *natural)
{
	struct spaces s = { INT32_MAX, INT32_MIN };

	for (size_t k = 0; k < l->n_runs; k++) {
		const struct page_run *r = &l->runs[k].run;

		for (size_t g = 0; g < r->n_glyphs; g++) {
			const struct page_glyph *glyph = &r->glyphs[g];
			const char *at = r->text + glyph->cluster;
			int32_t more = glyph->advance - natural[at - text];

			if (*at != ' ' || glyph == last_glyph(l) ||
			    (g + 1 < r->n_glyphs &&
				glyph[1].cluster == glyph->cluster))
				continue;
			s.least = more < s.least ? more : s.least;
			s.most = more > s.most ? more : s.most;
		}
	}
	return s.least <= s.most ? s : (struct spaces){ 0 };
}

/* What the runs say, one after the other, is what was to be read. */
static void
same_text(struct fixture *f, const struct shape *s, const struct text_case *c)
{
	const struct source src = make_source(f, c);
	struct str text;
	char *hyphen;

	while ((hyphen = strstr(src.text, SOFT_HYPHEN)) != NULL)
		memmove(hyphen, hyphen + 2, strlen(hyphen + 2) + 1);

	str_init(&text, 10000);
	for (size_t i = 0; i < s->n_lines; i++) {
		const struct shape_line *l = &s->lines[i];

		for (size_t k = 0; k < l->n_runs; k++)
			str_put(&text, l->runs[k].run.text,
			    l->runs[k].run.text_len);
	}
	assert_string_equal(text.p, src.text);
	str_done(&text);
}

/* Space of the font, of ours at 10 points. */
static int32_t
space_width(struct fixture *f)
{
	const struct text_case c = { "fr", { { .text = "a b" } }, true };
	const struct type t = ragged(&look_open.text);
	struct shape s = shape_case(f, &c, &t, SHAPE_ONE_LINE);

	return s.lines[0].runs[0].glyphs[1].advance;
}

/* The most a space may be, in percent of the font's. */
static int32_t
widest_at(int32_t mm)
{
	return mm < 150 ? 215 : FIT_WIDEST + 10;
}

static void
check_justified(struct fixture *f, const struct text_case *c, int32_t mm)
{
	const int32_t space = space_width(f), measure = PU_PER_MM(mm);
	const int32_t *natural = natural_advances(f, c);
	struct shape s = shape_case(f, c, &look_open.text, measure);
	const char *text = s.lines[0].runs[0].run.text;
	unsigned hyphens = 0;

	for (size_t i = 0; i < s.n_lines; i++) {
		const struct shape_line *l = &s.lines[i];
		struct spaces spaces = measure_spaces(l, text, natural);
		bool last = i + 1 == s.n_lines;

		hyphens = ends_in_hyphen(f, l) ? hyphens + 1 : 0;
		assert_in_range(hyphens, 0, last ? 0 : 2);
		assert_true(last ? l->width <= measure : l->width == measure);
		assert_true(l->width > measure / 10);
		assert_true(spaces.most - spaces.least <= 1);
		assert_true(100 * (space + spaces.least) >=
		    space * FIT_NARROWEST - 100);
		assert_true(100 * (space + spaces.most) <=
		    space * widest_at(mm));
	}
	same_text(f, &s, c);
}

/* At the measures of letters, and of lists and quotes inside them. */
static void
test_justified(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(paragraphs) / sizeof(paragraphs[0]);
	     i++) {
		for (int32_t mm = 130; mm <= 176; mm++)
			check_justified(f, &paragraphs[i], mm);
		arena_reset(f->arena);
	}
}

struct cell_case {
	const char *lang, *text;
	int32_t mm;
	const char *lines; /* by '|'; a hyphen that was added is '-' */
};

static const struct cell_case cells[] = {
	{ "de", "Donaudampfschifffahrtsgesellschaftskapitän", 30,
	    "Donaudampfschiff-|fahrtsgesellschafts-|kapitän" },
	{ "fr", "Société Bundesausbildungsförderungsgesetz, Ulm", 28,
	    "Société |Bundesausbil-|dungsförderung-|sgesetz, Ulm" },
	/* no dictionary, nothing to cut at: pango cuts it bare */
	{ "fr", "F2026-0000000000000000000000000000000", 25,
	    "F2026-0000000|000000000000|000000000000" },
	{ "ar", "Donaudampfschifffahrtsgesellschaft", 25,
	    "Donaudampfschi|fffahrtsgesellsch|aft" },
	{ "de", "Donaudampfschifffahrts-Versicherungsgesellschaft, Ulm", 28,
	    "Donaudampf-|schifffahrts-|Versicherungsge-|sellschaft, Ulm" },
	/* where the writer says, and nowhere else */
	{ "fr", "Société Bundesausbildungs\u00adförderungsgesetz, Ulm", 38,
	    "Société |Bundesausbildungs-|förderungsgesetz, Ulm" },
	{ "fr", "F2026-00000000\u00ad00000000\u00ad00000", 28,
	    "F2026-00000000-|0000000000000" },
	{ "fr", "Anti\u00adgel", 30, "Antigel" },
	/* a compound is cut at its hyphen if none of its parts is short */
	{ "fr", "Le relevé ci-joint", 22, "Le relevé |ci-joint" },
	{ "fr", "Tel est, vis-à-vis", 22, "Tel est, |vis-à-vis" },
	{ "fr", "Un petit porte-clés", 26, "Un petit porte-|clés" },
	{ "de", "Eine kleine E-Mail", 25, "Eine kleine |E-Mail" },
	{ "fr", "Notre avoir C-F26", 22, "Notre avoir C-|F26" },
	{ "fr", "Un avoir C3A-BFK", 22, "Un avoir C3A-|BFK" },
	/* room enough */
	{ "de", "eine Rechnungsnummer", 30, "eine |Rechnungsnummer" },
};

static void
put_line(const struct fixture *f, const struct shape_line *l, struct str *out)
{
	for (size_t k = 0; k < l->n_runs; k++) {
		const struct page_run *r = &l->runs[k].run;
		hb_font_t *hb = hb_font_create(f->build.used[r->font]->face);

		for (size_t g = 0; g < r->n_glyphs; g++)
			utf8_put(out, char_of(hb, r->glyphs[g].gid));
		hb_font_destroy(hb);
	}
}

static void
test_cells(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		const struct cell_case *c = &cells[i];
		const struct text_case text = { c->lang,
			{ { .text = c->text } }, true };
		const int32_t measure = PU_PER_MM(c->mm);
		struct shape s;
		struct str lines;
		struct err e = { 0 };

		build_init(&f->build, f->arena, f->fonts, c->lang);
		assert_int_equal(shape_text(&f->build, c->text, &look_open.cell,
				     measure, &s, &e),
		    0);
		str_init(&lines, 1000);
		for (size_t l = 0; l < s.n_lines; l++) {
			if (l > 0)
				str_putc(&lines, '|');
			put_line(f, &s.lines[l], &lines);
			assert_true(s.lines[l].width <= measure);
		}
		assert_string_equal(lines.p, c->lines);
		same_text(f, &s, &text);
		str_done(&lines);
		arena_reset(f->arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_lines),
		cmocka_unit_test(test_one_line),
		cmocka_unit_test(test_too_narrow),
		cmocka_unit_test(test_many_words),
		cmocka_unit_test(test_justified),
		cmocka_unit_test(test_cells),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
