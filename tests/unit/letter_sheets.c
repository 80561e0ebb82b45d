/*
 * Every sheet against its envelope, by the ink of each glyph: the address
 * lies where the window always shows it, nothing but the return line where
 * it may show. The numbers are those of the envelopes, not of layouts/page.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "letter/letter.h"
#include "letter_ink.h"
#include "letter_sample.h"

#define ADDRESS_MOST 6 /* lines, whatever the sheet */

struct corners { /* mm; all 0: no envelope data */
	double x0, y0, x1, y1;
};

struct sheet {
	const char *name;
	struct corners safe, risk;
	double w, h;
	size_t lines, lines_at_9; /* of address; how many at 9/11 points */
	bool return_line;
	double marks[3]; /* y; 0 ends */
};

/* Safe: what both norm and play allow; risk: what any window may show. */
static const struct sheet sheets[] = {
	{ "fr-dl", { 100, 55, 190, 85 }, { 90, 40, 200, 90 }, 210, 297, 6, 6,
	    true, { 105, 210, 148.5 } },
	{ "fr-c6-5", { 109, 55, 190, 85 }, { 90, 40, 209, 94 }, 210, 297, 6, 6,
	    true, { 105, 210, 148.5 } },
	{ "din5008-a", { 25, 44.7, 100, 72 }, { 10, 27, 110, 77 }, 210, 297, 6,
	    6, true, { 87, 192, 148.5 } },
	{ "din5008-b", { 25, 62.7, 100, 90 }, { 10, 45, 110, 95 }, 210, 297, 6,
	    6, true, { 105, 210, 148.5 } },
	{ "ch-right", { 122, 48, 193, 75 }, { 98, 35, 217, 93 }, 210, 297, 6, 6,
	    true, { 105, 210, 148.5 } },
	{ "ch-left", { 22, 48, 101, 84 }, { 1, 39, 120, 93 }, 210, 297, 6, 6,
	    true, { 105, 210, 148.5 } },
	{ "uk-dl", { 22, 57, 100, 81 }, { 10, 46, 110, 92 }, 210, 297, 6, 6,
	    true, { 99, 198 } },
	{ "us-9", { 20.6, 58.7, 106.4, 80.7 }, { 0, 0, 0, 0 }, 215.9, 279.4, 5,
	    5, false, { 95.25, 187.3 } },
	{ "us-10", { 25.4, 63.5, 110.4, 80.4 }, { 0, 51.9, 136.5, 92.1 }, 215.9,
	    279.4, 5, 4, false, { 93.1, 186.3 } },
	{ "pingen", { 22, 60, 107.5, 85.5 }, { 20, 40, 109.5, 85.5 }, 210, 297,
	    6, 6, false, { 0 } },
	{ "plain", { 110, 44, 190, 74 }, { 0, 0, 0, 0 }, 210, 297, 6, 6, false,
	    { 0 } },
};
#define SHEETS (sizeof(sheets) / sizeof(sheets[0]))

/* 38 characters, what the post allows, with ink above and below. */
#define WIDE_LINE "Bât. Ågren, 1234 quai du Général Ypsay"
#define LONG_LINE                                                            \
	"Établissements Vandenberghe, Quatrepoint, Associés et Compagnie " \
	"réunis pour la fabrication et la distribution en gros"

static const struct page_image *
logo(void)
{
	static const uint8_t rgb[8 * 4 * 3] = { 0x1f, 0x3d, 0x5a };
	static const struct page_image image = {
		.width = 8, .height = 4, .rgb = rgb
	};

	return &image;
}

static struct letter_engine *
engine_open(const char *page, bool with_logo)
{
	const struct letter_setup how = { .layouts = "layouts",
		.own = "",
		.fonts = "fonts/fonts.conf",
		.page_asked = page,
		.logo = with_logo ? logo() : NULL,
		.logo_alt = "Ateliers Valcourbe" };
	struct letter_engine *en = NULL;
	struct err e = { 0 };

	if (letter_engine_new(&how, &en, &e))
		fail_msg("%s", e.text);
	return en;
}

static struct ink
ink_of_corners(const struct corners *c)
{
	return (struct ink){ PU_PER_MM(c->x0), PU_PER_MM(c->y0),
		PU_PER_MM(c->x1), PU_PER_MM(c->y1) };
}

static bool
is_role(const struct page_item *i, const char *role)
{
	return strcmp(i->role, role) == 0;
}

static size_t
count_role(const struct page *p, const char *role)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_items; i++)
		n += is_role(&p->items[i], role);
	return n;
}

static const struct page_item *
find_role(const struct page *p, const char *role)
{
	for (size_t i = 0; i < p->n_items; i++) {
		if (is_role(&p->items[i], role))
			return &p->items[i];
	}
	return NULL;
}

/* What is laid out: a sample to an address of n equal lines. */
struct letter {
	const struct sample *sample;
	const char *line;
	size_t n;
};

static int
lay_out(struct letter_engine *en, const struct letter *l, struct arena *a,
    struct page_doc *d, struct err *e)
{
	const struct letter_choice c = { l->sample->text, "fr", "formal", false,
		false };
	json_t *data = data_make(l->sample), *lines = json_array();
	int rc;

	for (size_t i = 0; i < l->n; i++)
		json_array_append_new(lines, json_string(l->line));
	json_object_set_new(json_object_get(data, "debtor"), "lines", lines);
	*e = (struct err){ 0 };
	rc = letter_lay_out(en, &c, data, a, d, e);
	json_decref(data);
	return rc;
}

/* Nothing shows in the window that must not, whoever looks. */
static void
check_window(const struct sheet *s, const struct page_doc *d,
    const struct page *p)
{
	const struct ink safe = ink_of_corners(&s->safe);
	const struct ink risk = ink_of_corners(&s->risk);
	const struct ink whole = { 0, 0, PU_PER_MM(s->w), PU_PER_MM(s->h) };

	assert_int_equal(count_role(p, "address"), 1);
	assert_int_equal(count_role(p, "return-line"), s->return_line);
	for (size_t i = 0; i < p->n_items; i++) {
		const struct page_item *item = &p->items[i];
		const struct ink ink = ink_of_item(d, item);

		if (!ink_inside(&ink, &whole))
			fail_msg("%s: %s leaves the sheet", s->name,
			    item->role);
		if (is_role(item, "address")) {
			if (!ink_inside(&ink, &safe))
				fail_msg("%s: the address leaves the window",
				    s->name);
		} else if (is_role(item, "return-line")) {
			assert_true(ink_inside(&ink, &risk));
		} else if (ink_meets(&ink, &risk)) {
			fail_msg("%s: %s may show in the window", s->name,
			    item->role);
		}
	}
}

/* Words do not lie on words. */
static void
check_apart(const struct sheet *s, const struct page_doc *d,
    const struct page *p)
{
	for (size_t i = 0; i < p->n_items; i++) {
		const struct ink a = ink_of_item(d, &p->items[i]);

		for (size_t k = 0; k < i; k++) {
			const struct ink b = ink_of_item(d, &p->items[k]);

			if (p->items[i].kind == PAGE_TEXT &&
			    p->items[k].kind == PAGE_TEXT && ink_meets(&a, &b))
				fail_msg("%s: %s lies on %s", s->name,
				    p->items[i].role, p->items[k].role);
		}
	}
}

/* As many lines as were given, in order, none smaller than it may be. */
static void
check_lines(const struct sheet *s, const struct page *p, size_t n)
{
	const struct page_item *item = find_role(p, "address");
	const int32_t least = (n <= s->lines_at_9 ? 9 : 8) * PU_PER_PT;
	const double leading = n <= s->lines_at_9 ? 11 : 9.5;
	size_t lines = 0;
	int32_t y = 0;

	for (size_t i = 0; i < item->n_runs; i++) {
		const struct page_run *r = &item->runs[i];

		assert_true(r->size >= least);
		assert_true(r->y >= y);
		if (r->y != y && lines > 0)
			assert_true(r->y - y >= leading * PU_PER_PT);
		lines += r->y != y;
		y = r->y;
	}
	assert_int_equal(lines, n);
}

static void
test_window(void **state)
{
	static const struct sample registered = { "mise-en-demeure", "EUR",
		"registered", 0, 2, false };
	static const struct sample printed = { "relance-2", "EUR", "print", 0,
		4, true };
	struct arena *a = arena_new();
	struct page_doc d;
	struct err e;

	(void)state;
	for (size_t i = 0; i < 2 * SHEETS; i++) {
		const struct sheet *s = &sheets[i / 2];
		struct letter_engine *en = engine_open(s->name, i % 2 == 1);

		for (size_t n = 1; n <= s->lines; n++) {
			const struct letter l = {
				i % 2 ? &printed : &registered, WIDE_LINE, n
			};

			if (lay_out(en, &l, a, &d, &e))
				fail_msg("%s, %zu lines: %s", s->name, n,
				    e.text);
			assert_int_equal(d.width, PU_PER_MM(s->w));
			assert_int_equal(d.height, PU_PER_MM(s->h));
			check_window(s, &d, &d.pages[0]);
			check_lines(s, &d.pages[0], n);
			for (size_t k = 0; k < d.n_pages; k++)
				check_apart(s, &d, &d.pages[k]);
		}
		letter_engine_free(en);
		arena_reset(a);
	}
	arena_free(a);
}

static void
check_refused(const struct sheet *s, struct letter_engine *en, const char *line,
    size_t n)
{
	static const struct sample sample = { "relance-2", "EUR", "print", 1, 1,
		false };
	const struct letter l = { &sample, line, n };
	struct arena *a = arena_new();
	struct page_doc d;
	struct err e;

	if (lay_out(en, &l, a, &d, &e) == 0)
		fail_msg("%s took %zu lines '%s'", s->name, n, line);
	assert_int_equal(e.kind, ERR_DATA);
	assert_non_null(strstr(e.text, "C0001"));
	arena_free(a);
}

static void
test_too_large(void **state)
{
	(void)state;
	for (size_t i = 0; i < SHEETS; i++) {
		const struct sheet *s = &sheets[i];
		struct letter_engine *en = engine_open(s->name, false);

		check_refused(s, en, WIDE_LINE, 0);
		check_refused(s, en, WIDE_LINE, s->lines + 1);
		check_refused(s, en, WIDE_LINE, ADDRESS_MOST + 1);
		check_refused(s, en, LONG_LINE, s->lines);
		letter_engine_free(en);
	}
}

/* Folds and hole, on the first sheet only. */
static void
test_marks(void **state)
{
	static const struct sample sample = { "relance-2", "EUR", "print", 0,
		40, false };
	const struct letter l = { &sample, "x", 1 };
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < SHEETS; i++) {
		const struct sheet *s = &sheets[i];
		struct letter_engine *en = engine_open(s->name, false);
		struct page_doc d;
		struct err e;
		size_t n = 0;

		assert_int_equal(lay_out(en, &l, a, &d, &e), 0);
		assert_true(d.n_pages > 1);
		for (size_t k = 0; k < d.pages[0].n_items; k++) {
			const struct page_item *m = &d.pages[0].items[k];

			if (!is_role(m, "mark"))
				continue;
			assert_true(n < 3);
			assert_int_equal(m->box.x, PU_PER_MM(3.5));
			assert_in_range(PU_PER_MM(s->marks[n]), m->box.y,
			    m->box.y + m->box.h);
			n++;
		}
		assert_true(n == 3 || s->marks[n] == 0);
		assert_int_equal(count_role(&d.pages[1], "mark"), 0);
		letter_engine_free(en);
	}
	arena_free(a);
}

/* "layouts/letter/LANG/TONE/NAME[.consumer].md" taken to pieces. */
static bool
choice_of(char *path, struct letter_choice *out)
{
	char *part[5], *rest = path, *dot;

	for (size_t i = 0; i < 5; i++) {
		part[i] = strsep(&rest, "/");
		assert_non_null(part[i]);
	}
	dot = strchr(part[4], '.');
	assert_non_null(dot);
	*out = (struct letter_choice){ .name = part[4],
		.lang = part[2],
		.tone = part[3],
		.consumer = strcmp(dot, ".consumer.md") == 0 };
	*dot = '\0';
	return true;
}

/* A part of other texts has no head and is no letter. */
static bool
is_letter(const char *path)
{
	struct err e = { 0 };
	struct str s;
	bool yes;

	str_init(&s, 1 << 20);
	assert_int_equal(file_read(path, &s, &e), 0);
	yes = strncmp(s.p, "---\n", 4) == 0;
	str_done(&s);
	return yes;
}

static size_t
check_texts(const struct sheet *s, const glob_t *texts, const json_t *data)
{
	struct letter_engine *en = engine_open(s->name, true);
	struct arena *a = arena_new();
	size_t n = 0;

	for (size_t i = 0; i < texts->gl_pathc; i++) {
		char *path = arena_str(a, texts->gl_pathv[i]);
		struct letter_choice c;
		struct page_doc d;
		struct err e = { 0 };

		if (!is_letter(path) || !choice_of(path, &c))
			continue;
		if (letter_lay_out(en, &c, data, a, &d, &e))
			fail_msg("%s on %s: %s", texts->gl_pathv[i], s->name,
			    e.text);
		check_window(s, &d, &d.pages[0]);
		for (size_t k = 0; k < d.n_pages; k++)
			check_apart(s, &d, &d.pages[k]);
		n++;
	}
	letter_engine_free(en);
	arena_free(a);
	return n;
}

/* Every built-in text on every built-in sheet, sent by registered letter. */
static void
test_texts(void **state)
{
	static const struct sample sample = { "", "EUR", "registered", 0, 3,
		0 };
	json_t *data = data_make(&sample), *all;
	glob_t texts, pages;

	(void)state;
	all = json_load_file("layouts/letter/sample.json", 0, NULL);
	assert_int_equal(json_object_update_missing_new(data, all), 0);
	assert_int_equal(glob("layouts/letter/*/*/*.md", 0, NULL, &texts), 0);
	assert_int_equal(glob("layouts/page/*.yaml", 0, NULL, &pages), 0);
	assert_int_equal(pages.gl_pathc, SHEETS);
	for (size_t i = 0; i < SHEETS; i++)
		assert_true(check_texts(&sheets[i], &texts, data) >= 90);
	globfree(&texts);
	globfree(&pages);
	json_decref(data);
}

/* A workspace: a text with a page in its head, one without, and a page. */
struct own {
	char dir[32];
	struct arena *arena;
};

static void
own_write(const struct own *o, const char *name, const char *text)
{
	const char *path = arena_fmt(o->arena, "%s/%s", o->dir, name);
	struct err e = { 0 };

	if (file_write(path, text, strlen(text), 0600, &e))
		fail_msg("%s", e.text);
}

static void
own_make(struct own *o)
{
	static const char name[] = "name: fr-dl\n";
	struct err e = { 0 };
	struct str s;
	const char *at;

	*o = (struct own){ .dir = "/tmp/semonce-sheets-XXXXXX",
		.arena = arena_new() };
	assert_non_null(mkdtemp(o->dir));
	assert_int_equal(file_mkdirs(arena_fmt(o->arena, "%s/fr/formal",
					 o->dir),
			     0700, &e),
	    0);
	assert_int_equal(file_mkdirs(arena_fmt(o->arena, "%s/page", o->dir),
			     0700, &e),
	    0);
	own_write(o, "fr/formal/relance-1.md",
	    "---\nsubject: a\npage: din5008-a\n---\nb\n");
	own_write(o, "fr/formal/essai.md", "---\nsubject: a\n---\nb\n");
	str_init(&s, 1 << 20);
	assert_int_equal(file_read("layouts/page/fr-dl.yaml", &s, &e), 0);
	at = strstr(s.p, name);
	assert_non_null(at);
	own_write(o, "page/mine.yaml",
	    arena_fmt(o->arena, "name: mine\naddress_sheet: true\n%s",
		at + strlen(name)));
	str_done(&s);
}

static void
own_remove(struct own *o)
{
	static const char *const names[] = { "fr/formal/relance-1.md",
		"fr/formal/essai.md", "page/mine.yaml", "fr/formal", "fr",
		"page", "" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(remove(arena_fmt(o->arena, "%s/%s", o->dir,
				     names[i])),
		    0);
	arena_free(o->arena);
}

/* Which sheet wins: command line, own text, semonce.yaml, built-in text. */
static void
test_order(void **state)
{
	static const struct {
		const char *asked, *page, *text, *holds;
	} rows[] = {
		{ "us-10", "plain", "relance-1", "\nname: us-10\n" },
		{ NULL, "plain", "relance-1", "\nname: din5008-a\n" },
		{ NULL, "plain", "relance-2", "\nname: plain\n" },
		{ NULL, "plain", "essai", "\nname: plain\n" },
		{ NULL, NULL, "relance-2", "\nname: fr-dl\n" },
		{ NULL, NULL, "essai", "\nname: fr-dl\n" },
		{ "mine", "plain", "essai", "name: mine\n" },
		{ "absent", "plain", "essai", NULL },
		{ "../page/plain", "plain", "essai", NULL },
	};
	struct own o;
	struct str s;

	(void)state;
	own_make(&o);
	str_init(&s, 1 << 20);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct letter_choice c = { rows[i].text, "fr", "formal",
			false, false };
		const struct letter_setup how = { .layouts = "layouts",
			.own = o.dir,
			.fonts = "fonts/fonts.conf",
			.page = rows[i].page,
			.page_asked = rows[i].asked };
		struct letter_engine *en;
		struct err e = { 0 };

		assert_int_equal(letter_engine_new(&how, &en, &e), 0);
		str_clear(&s);
		assert_int_equal(letter_source(en, &c, &s, &e),
		    rows[i].holds ? 0 : -1);
		if (!rows[i].holds)
			assert_non_null(strstr(e.text, rows[i].asked));
		else if (!strstr(s.p, rows[i].holds))
			fail_msg("row %zu: %s", i, s.p);
		letter_engine_free(en);
	}
	str_done(&s);
	own_remove(&o);
}

static bool
has_words(const struct page *p, const char *want)
{
	for (size_t i = 0; i < p->n_items; i++) {
		const struct page_item *item = &p->items[i];

		if (item->n_runs == 1 &&
		    item->runs[0].text_len == strlen(want) &&
		    memcmp(item->runs[0].text, want, strlen(want)) == 0)
			return true;
	}
	return false;
}

/* Sender and address first, then the letter as ever, counted from 1. */
static void
test_address_sheet(void **state)
{
	static const struct sample sample = { "relance-2", "EUR", "print", 1, 2,
		false };
	const struct letter l = { &sample, WIDE_LINE, 4 };
	struct arena *a = arena_new();
	struct letter_engine *en;
	struct page_doc d;
	struct own o;
	struct err e = { 0 };

	(void)state;
	own_make(&o);
	const struct letter_setup how = { .layouts = "layouts",
		.own = o.dir,
		.fonts = "fonts/fonts.conf",
		.page = "mine" };
	assert_int_equal(letter_engine_new(&how, &en, &e), 0);
	if (lay_out(en, &l, a, &d, &e))
		fail_msg("%s", e.text);
	assert_int_equal(d.n_pages, 2);
	check_window(&sheets[0], &d, &d.pages[0]);
	check_window(&sheets[0], &d, &d.pages[1]);
	for (size_t i = 0; i < d.pages[0].n_items; i++) {
		const struct page_item *item = &d.pages[0].items[i];

		if (!is_role(item, "sender") && !is_role(item, "address") &&
		    !is_role(item, "return-line") && !is_role(item, "mark"))
			fail_msg("%s on the address sheet", item->role);
	}
	assert_int_equal(count_role(&d.pages[0], "mark"), 3);
	assert_int_equal(count_role(&d.pages[1], "mark"), 0);
	assert_int_equal(count_role(&d.pages[1], "subject"), 1);
	assert_true(has_words(&d.pages[1], "Page 1/1"));
	letter_engine_free(en);
	own_remove(&o);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_too_large),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_address_sheet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
