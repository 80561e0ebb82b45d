/*
 * Scripts of all kinds in one line: what is read is what was written, names
 * from right to left turn nothing else around, and what no font has is a box
 * or an error.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "letter/bidi.h"
#include "letter/line.h"
#include "letter/look.h"

#define ARABIC "شركة الأمل (ش.م.م)"
#define HEBREW "חברת אלון"
#define RARE   "\U0002A701" /* a character that few fonts have */

struct fixture {
	struct arena *arena;
	struct fonts *fonts;
	struct build build;
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

static void
begin(struct fixture *f, const char *lang)
{
	arena_reset(f->arena);
	build_init(&f->build, f->arena, f->fonts, lang);
}

static struct shape
shape(struct fixture *f, const char *text, const struct type *t,
    int32_t measure)
{
	struct span *s = arena_alloc(f->arena, sizeof(*s));
	struct shape out;
	struct err e = { 0 };

	s->text = text;
	if (shape_spans(&f->build, s, t, measure, &out, &e))
		fail_msg("'%s': %s", text, e.text);
	return out;
}

static int32_t
run_width(const struct shape_run *r)
{
	int32_t w = 0;

	for (size_t g = 0; g < r->run.n_glyphs; g++)
		w += r->glyphs[g].advance;
	return w;
}

/* The runs stand side by side from 0 on; returns where they end. */
static int32_t
check_sides(const struct shape_line *line)
{
	int32_t x = 0;

	for (size_t seat = 0; seat < line->n_runs; seat++) {
		size_t k = 0;

		while (line->runs[k].seat != seat)
			assert_true(++k < line->n_runs);
		assert_int_equal(line->runs[k].run.x, x);
		x += run_width(&line->runs[k]);
	}
	return x;
}

static void
check_places(const struct shape_line *line)
{
	assert_int_equal(check_sides(line), line->width);
}

/* The texts of the runs: as they are read, or as they stand. */
static const char *
join(struct arena *a, const struct shape_line *line, bool as_they_stand)
{
	const char *all = "";

	for (size_t i = 0; i < line->n_runs; i++) {
		size_t k = 0;

		while (as_they_stand && line->runs[k].seat != i)
			k++;
		k = as_they_stand ? k : i;
		all = arena_fmt(a, "%s%.*s", all,
		    (int)line->runs[k].run.text_len, line->runs[k].run.text);
	}
	return all;
}

/* The run of just this text. */
static const struct page_run *
find_run(const struct shape_line *line, const char *text)
{
	size_t k = 0;

	while (strncmp(line->runs[k].run.text, text, strlen(text)) != 0 ||
	    line->runs[k].run.text_len != strlen(text))
		if (++k == line->n_runs)
			fail_msg("no run '%s'", text);
	return &line->runs[k].run;
}

/* What is read is what was written, and every glyph is one. */
static void
test_names(void **state)
{
	static const char *const names[] = { ARABIC, "חברת אלון בע״מ",
		"Παπαδόπουλος & Υιοί", "ООО «Ромашка»", "Żółć Gęślą Jaźń",
		"Công ty Nguyễn Đình Chiểu", "北京东方贸易有限公司",
		"株式会社さくら商事", "주식회사 한빛", "शर्मा एण्ड सन्स",
		"บริษัท น้ำทิพย์", "Ame\u0301lie Bra\u030ake\u0328",
		"Łódź 12 חברת 北京" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct shape s;

		begin(f, "fr");
		s = shape(f, bidi_lines(names[i], f->arena), &look_open.cell,
		    SHAPE_ONE_LINE);
		assert_int_equal(s.n_lines, 1);
		assert_false(s.lines[0].rtl);
		assert_string_equal(join(f->arena, &s.lines[0], false),
		    names[i]);
		check_places(&s.lines[0]);
		for (size_t k = 0; k < s.lines[0].n_runs; k++) {
			const struct page_run *r = &s.lines[0].runs[k].run;

			for (size_t g = 0; g < r->n_glyphs; g++)
				assert_int_not_equal(r->glyphs[g].gid, 0);
		}
	}
}

/* What ends lines or rings bells elsewhere is a space here. */
static void
test_controls(void **state)
{
	struct fixture *f = *state;
	struct shape s;

	begin(f, "fr");
	s = shape(f,
	    "a\tb\a\u2028c\u2029d\xc2\x85"
	    "e\xc2\x9f"
	    "f",
	    &look_open.cell, SHAPE_ONE_LINE);
	assert_int_equal(s.n_lines, 1);
	assert_string_equal(join(f->arena, &s.lines[0], false),
	    "a b \u2003c\u2003d\u00a0e\u00a0f");
	s = shape(f, "é\nà", &look_open.cell, SHAPE_ONE_LINE);
	assert_int_equal(s.n_lines, 2);
}

/* A name in an isolate leaves the sum behind it where it is. */
static void
test_order(void **state)
{
	static const struct {
		const char *lang, *text, *stands;
		bool rtl;
	} rows[] = {
		{ "fr", "À " BIDI_OPEN HEBREW BIDI_CLOSE " 1 234,56 € dus",
		    "À " HEBREW " 1 234,56 € dus", false },
		{ "fr", BIDI_OPEN HEBREW BIDI_CLOSE ", bonjour",
		    HEBREW ", bonjour", false },
		{ "fr", BIDI_OPEN HEBREW BIDI_CLOSE, HEBREW, false },
		/* A paragraph that its writer wrote so. */
		{ "fr", HEBREW " 12", "12" HEBREW " ", true },
		/* Groups of figures are one number, whatever stands before. */
		{ "fr", HEBREW " 04 00 12", "04 00 12" HEBREW " ", true },
		{ "fr", "شارع 2026-03-12 !", " !2026-03-12شارع ", true },
		{ "fr", HEBREW " FR76 3000 6001", "FR76 3000 6001" HEBREW " ",
		    true },
		{ "ar", "04 00 12", "04 00 12", true },
		{ "ar", BIDI_OPEN "SARL" BIDI_CLOSE " 12", "12 SARL", true },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct shape s;

		begin(f, rows[i].lang);
		s = shape(f, rows[i].text, &look_open.cell, SHAPE_ONE_LINE);
		/* A run that turns is told from its right, spaces too. */
		assert_string_equal(join(f->arena, &s.lines[0], true),
		    rows[i].stands);
		assert_int_equal(s.lines[0].rtl, rows[i].rtl);
		check_places(&s.lines[0]);
	}
}

static void
test_paragraph(void **state)
{
	static const struct {
		const char *text, *lang;
		bool rtl;
	} rows[] = {
		{ "Bonjour " HEBREW, "fr", false },
		{ HEBREW " SA", "fr", true },
		{ "12 " HEBREW, "fr", true },
		{ "12", "fr", false },
		{ "12", "he", true },
		{ "", "ar", true },
		{ BIDI_OPEN HEBREW BIDI_CLOSE " SA", "fr", false },
		{ BIDI_OPEN HEBREW BIDI_CLOSE " 12", "fr", false },
		{ BIDI_OPEN "SA" BIDI_CLOSE HEBREW, "fr", true },
		/* One that is never closed takes the rest along. */
		{ BIDI_OPEN HEBREW, "fr", false },
		{ BIDI_CLOSE HEBREW, "fr", true },
		/* A mark is no letter. */
		{ "\u200e12 " HEBREW, "fr", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (bidi_paragraph(rows[i].text, rows[i].lang) != rows[i].rtl)
			fail_msg("row %zu", i);
}

static void
test_lines_in_isolates(void **state)
{
	struct fixture *f = *state;

	arena_reset(f->arena);
	assert_string_equal(bidi_lines("a\nb", f->arena), "a\nb");
	assert_string_equal(bidi_lines("a\n" HEBREW "\n\n€", f->arena),
	    "a\n" BIDI_OPEN HEBREW BIDI_CLOSE "\n\n€");
}

/* Lines of both directions reach both edges, mixed ones too. */
static void
test_justified(void **state)
{
	static const char *const texts[] = {
		HEBREW " " HEBREW " " HEBREW " " HEBREW " " HEBREW " " HEBREW
		       " " HEBREW " " HEBREW " SARL " HEBREW,
		"Le client " BIDI_OPEN HEBREW " " HEBREW BIDI_CLOSE
		" doit 12 € depuis le 12 mai, et " BIDI_OPEN HEBREW BIDI_CLOSE
		" aussi, sauf erreur de notre part.",
	};
	const int32_t measure = PU_PER_MM(60);
	struct fixture *f = *state;

	for (size_t i = 0; i < 2; i++) {
		struct shape s;

		begin(f, "fr");
		s = shape(f, texts[i], &look_open.text, measure);
		assert_true(s.n_lines > 1);
		for (size_t k = 0; k < s.n_lines; k++) {
			assert_int_equal(s.lines[k].rtl, i == 0);
			/* Behind it there is but the space that ends it. */
			assert_in_range(check_sides(&s.lines[k]) -
				s.lines[k].width,
			    0, look_open.text.size / 2);
			if (k + 1 < s.n_lines)
				assert_int_equal(s.lines[k].width, measure);
			else
				assert_true(s.lines[k].width < measure);
		}
	}
}

/* ---- what no font has ---- */

static int
try_text(struct fixture *f, const char *text, bool boxes, struct shape *out,
    struct err *e)
{
	begin(f, "fr");
	f->build.boxes = boxes;
	*e = (struct err){ 0 };
	return shape_text(&f->build, text, &look_open.cell, SHAPE_ONE_LINE, out,
	    e);
}

static void
test_boxes(void **state)
{
	struct fixture *f = *state;
	const struct page_run *rare, *private;
	const struct page_warning *w;
	struct shape s;
	struct err e;

	assert_int_equal(try_text(f, "un " RARE RARE " et \ue123 " RARE "!",
			     true, &s, &e),
	    0);
	assert_string_equal(join(f->arena, &s.lines[0], false),
	    "un " RARE RARE " et \ue123 " RARE "!");
	check_places(&s.lines[0]);
	rare = find_run(&s.lines[0], RARE RARE);
	private = find_run(&s.lines[0], "\ue123");
	assert_int_equal(rare->n_glyphs, 2);
	assert_int_equal(rare->font, private->font);
	assert_int_equal(rare->glyphs[1].gid, private->glyphs[0].gid);
	assert_int_not_equal(private->glyphs[0].gid, 0);
	/* Each character once. */
	w = f->build.warnings;
	assert_int_equal(f->build.n_warnings, 2);
	assert_int_equal(w[0].code_point, 0x2A701);
	assert_non_null(strstr(w[0].text, "(U+2A701) of '" RARE RARE "'"));
	assert_non_null(strstr(w[0].text, "fonts-hanazono"));
	assert_int_equal(w[1].code_point, 0xE123);
	assert_non_null(strstr(w[1].text, "private"));
}

static void
test_boxes_in_turn(void **state)
{
	struct fixture *f = *state;
	struct shape s;
	struct err e;

	assert_int_equal(try_text(f, "אב\ue123גד", true, &s, &e), 0);
	assert_string_equal(join(f->arena, &s.lines[0], false), "אב\ue123גד");
	assert_true(find_run(&s.lines[0], "אב")->x >
	    find_run(&s.lines[0], "\ue123")->x);
	check_places(&s.lines[0]);
}

/* A line of them is as wide as pango took it for. */
static void
test_boxes_fit(void **state)
{
	struct fixture *f = *state;
	const int32_t measure = PU_PER_MM(40);
	struct str text;
	struct shape s;
	struct err e;

	str_init(&text, 1000);
	for (int i = 0; i < 40; i++)
		str_puts(&text, RARE);
	begin(f, "fr");
	f->build.boxes = true;
	assert_int_equal(shape_text(&f->build, text.p, &look_open.cell, measure,
			     &s, &e),
	    0);
	assert_true(s.n_lines > 1);
	for (size_t i = 0; i < s.n_lines; i++)
		assert_in_range(s.lines[i].width, 1, measure);
	str_done(&text);
}

static void
test_no_boxes(void **state)
{
	static const struct {
		const char *text;
		bool boxes;
	} rows[] = {
		{ "Dupont " RARE, false },
		{ "facture F12" RARE, true },
		{ "1\u00a0234\u00a0" RARE " dus", true },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct shape s;
		struct err e;

		assert_int_equal(try_text(f, rows[i].text, rows[i].boxes, &s,
				     &e),
		    -1);
		assert_int_equal(e.kind, ERR_DATA);
		assert_non_null(strstr(e.text, "U+2A701"));
		assert_non_null(strstr(e.text, "install fonts-hanazono"));
	}
}

/* What would take pango minutes is refused at once. */
static void
test_too_long(void **state)
{
	struct fixture *f = *state;
	struct str text;
	struct shape s;
	struct err e;

	str_init(&text, 20000);
	/* With the marks around it, six bytes, just what is borne. */
	for (int i = 0; i < 4997; i++)
		str_puts(&text, "\u0645");
	if (try_text(f, text.p, true, &s, &e) != 0)
		fail_msg("%s", e.text);
	str_puts(&text, "\u0645");
	assert_int_equal(try_text(f, text.p, true, &s, &e), -1);
	assert_string_equal(e.text,
	    "a paragraph of 10002 bytes: divide it, 10000 are the most where "
	    "scripts are mixed");
	str_done(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_controls),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_paragraph),
		cmocka_unit_test(test_lines_in_isolates),
		cmocka_unit_test(test_justified),
		cmocka_unit_test(test_boxes),
		cmocka_unit_test(test_boxes_in_turn),
		cmocka_unit_test(test_boxes_fit),
		cmocka_unit_test(test_no_boxes),
		cmocka_unit_test(test_too_long),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
