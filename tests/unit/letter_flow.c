/*
 * Where pages break, measured on letters that grow line by line and row by
 * row: nothing lost, nothing beyond the foot, no line alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "letter/geometry.h"
#include "letter/letter.h"

#define TEXT  "---\nsubject: \"Essai {{notice.id}}\"\n---\n{{{body}}}\n"
#define PAGES 8
#define MARKS 128

static const char *const sheets[] = { "fr-dl", "fr-c6-5", "din5008-a",
	"din5008-b", "ch-left", "ch-right", "uk-dl", "us-9", "us-10", "pingen",
	"plain" };
#define SHEETS (sizeof(sheets) / sizeof(sheets[0]))

struct fixture {
	struct arena *arena, *letter;
	char folder[64];
	const char *text; /* path of the text that is written over */
	json_t *data;
	const char *sheet;
	struct letter_engine *engine;
	struct geometry geometry;
};

static const uint8_t pixels[4 * 2 * 3];
static const struct page_image signature = { .width = 4,
	.height = 2,
	.rgb = pixels };
static const struct page_image plan = { .width = 2,
	.height = 4,
	.rgb = pixels,
	.w = PU_PER_MM(500),
	.h = PU_PER_MM(1000) };

static int
lend(const void *context, const char *text, const char *name, struct arena *a,
    struct page_image *out, struct err *e)
{
	(void)context;
	(void)text;
	(void)name;
	(void)a;
	(void)e;
	*out = plan;
	return 0;
}

/* Turns to another sheet. */
static void
use_sheet(struct fixture *f, const char *sheet)
{
	const struct letter_setup s = { .layouts = "layouts",
		.own = f->folder,
		.fonts = "fonts/fonts.conf",
		.page_asked = sheet,
		.signature = &signature,
		.picture = lend };
	struct err e;

	f->sheet = sheet;
	letter_engine_free(f->engine);
	if (letter_engine_new(&s, &f->engine, &e) ||
	    geometry_load(arena_fmt(f->arena, "layouts/page/%s.yaml", sheet),
		f->arena, &f->geometry, &e))
		fail_msg("%s: %s", sheet, e.text);
}

static int
setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	json_error_t why;
	struct err e = { 0 };

	f->arena = arena_new();
	f->letter = arena_new();
	snprintf(f->folder, sizeof(f->folder), "/tmp/semonce-flow-XXXXXX");
	if (!mkdtemp(f->folder) ||
	    file_mkdirs(arena_fmt(f->arena, "%s/fr/formal", f->folder), 0700,
		&e))
		return -1;
	f->text = arena_fmt(f->arena, "%s/fr/formal/essai.md", f->folder);
	f->data = json_load_file("tests/data/notice.json", 0, &why);
	json_object_set_new(json_object_get(f->data, "payment"), "reference",
	    json_string(""));
	*state = f;
	if (file_write(f->text, TEXT, strlen(TEXT), 0600, &e))
		return -1;
	use_sheet(f, sheets[0]);
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	(void)remove(f->text);
	(void)rmdir(arena_fmt(f->arena, "%s/fr/formal", f->folder));
	(void)rmdir(arena_fmt(f->arena, "%s/fr", f->folder));
	(void)rmdir(f->folder);
	json_decref(f->data);
	letter_engine_free(f->engine);
	arena_free(f->letter);
	arena_free(f->arena);
	free(f);
	return 0;
}

/* The letter's arena is emptied before. */
static int
lay_out(struct fixture *f, const char *body, struct page_doc *doc,
    struct err *e)
{
	const struct letter_choice c = { "essai", "fr", "formal", false,
		false };

	*e = (struct err){ 0 };
	arena_reset(f->letter);
	json_object_set_new(f->data, "body", json_string(body));
	return letter_lay_out(f->engine, &c, f->data, f->letter, doc, e);
}

static void
must_lay_out(struct fixture *f, const char *body, struct page_doc *doc)
{
	struct err e;

	if (lay_out(f, body, doc, &e))
		fail_msg("%s: %s", f->sheet, e.text);
}

/* n lines that begin with the mark and break by themselves. */
static void
put_lines(struct str *s, char mark, int n)
{
	for (int i = 0; i < n; i++)
		str_fmt(s, "%s%c%d", i > 0 ? "\\\n" : "", mark, i);
	str_puts(s, "\n\n");
}

/* Lines of each mark on each page. */
struct count {
	int of[PAGES][MARKS];
	int all[MARKS];
	size_t n_pages;
};

static void
count_item(struct count *c, size_t page, const struct page_item *item)
{
	if (strcmp(item->role, "signature") == 0)
		c->of[page]['I']++;
	if (strcmp(item->role, "body") != 0 && strcmp(item->role, "cell") != 0)
		return;
	for (size_t r = 0; r < item->n_runs; r++) {
		unsigned char mark = (unsigned char)item->runs[r].text[0];

		if (mark < MARKS)
			c->of[page][mark]++;
	}
}

static void
count_marks(const struct page_doc *d, struct count *c)
{
	*c = (struct count){ .n_pages = d->n_pages };
	assert_true(d->n_pages <= PAGES);
	for (size_t p = 0; p < d->n_pages; p++)
		for (size_t i = 0; i < d->pages[p].n_items; i++)
			count_item(c, p, &d->pages[p].items[i]);
	for (size_t p = 0; p < d->n_pages; p++)
		for (size_t m = 0; m < MARKS; m++)
			c->all[m] += c->of[p][m];
}

static size_t
page_of(const struct count *c, char mark)
{
	size_t p = 0;

	while (p < c->n_pages && c->of[p][(size_t)mark] == 0)
		p++;
	assert_true(p < c->n_pages);
	return p;
}

/* Two lines at least on either side of a break, three stay together. */
static void
check_paragraph(const struct count *c, char mark, int lines)
{
	assert_int_equal(c->all[(size_t)mark], lines);
	for (size_t p = 0; p < c->n_pages; p++) {
		int here = c->of[p][(size_t)mark];

		if (lines <= 3)
			assert_true(here == 0 || here == lines);
		else
			assert_true(here != 1);
	}
}

/* Heads on each page, two rows at least, the sums together with them. */
static void
check_table(const struct count *c, int rows)
{
	assert_int_equal(c->all['N'], rows);
	assert_int_equal(c->all['Z'], 1);
	for (size_t p = 0; p < c->n_pages; p++) {
		const int *n = c->of[p];

		assert_int_equal(n['H'], n['N'] + n['Z'] + n['Y'] > 0);
		assert_int_equal(n['Y'], 2 * n['Z']);
		assert_int_equal(n['X'], n['Z']);
		if (n['N'] + n['Z'] > 0)
			assert_true(n['N'] >= (rows > 1 ? 2 : 1));
	}
}

/* Above the foot of the page, whatever it is. */
static void
check_foot(const struct page_doc *d, const struct geometry *g)
{
	for (size_t p = 0; p < d->n_pages; p++) {
		for (size_t i = 0; i < d->pages[p].n_items; i++) {
			const struct page_item *item = &d->pages[p].items[i];

			if (strcmp(item->role, "footer") == 0 ||
			    strcmp(item->role, "mark") == 0 ||
			    item->box.y >= g->footer.y)
				continue;
			assert_true(item->box.y + item->box.h <=
			    g->text.y + g->text.h);
		}
	}
}

static void
put_body(struct str *s, int before, int rows, int after)
{
	put_lines(s, 'A', before);
	str_puts(s, "# T\n\n");
	put_lines(s, 'B', 2);
	str_puts(s, "| H | 1 |\n|---|--:|\n");
	for (int i = 0; i < rows; i++)
		str_fmt(s, "| N%d | 1 |\n", i);
	str_puts(s, "| **Z** | **1** |\n| Y | 1 |\n| Y | 1 |\n");
	str_puts(s, "| **X** | **1** |\n\n");
	put_lines(s, 'Q', after);
	str_puts(s, "C\n\n![Signature](signature:)\n\n");
	put_lines(s, 'S', 2);
}

/* Lays out one letter and checks all its breaks; how many there are. */
static size_t
check_letter(struct fixture *f, int before, int rows, int after)
{
	const struct geometry *g = &f->geometry;
	struct page_doc d;
	struct count c;
	size_t first, end;
	struct str s;

	str_init(&s, 1 << 20);
	put_body(&s, before, rows, after);
	must_lay_out(f, s.p, &d);
	str_done(&s);
	count_marks(&d, &c);
	check_foot(&d, g);
	check_paragraph(&c, 'A', before);
	check_paragraph(&c, 'B', 2);
	check_paragraph(&c, 'Q', after);
	check_paragraph(&c, 'S', 2);
	check_table(&c, rows);
	first = g->address_sheet ? 1 : 0;
	assert_true(c.of[first]['A'] > 0);
	/* The heading, the announcement and the table begin together. */
	assert_int_equal(page_of(&c, 'T'), page_of(&c, 'B'));
	assert_int_equal(page_of(&c, 'B'), page_of(&c, 'H'));
	/* The end, with the words before it. */
	end = page_of(&c, 'S');
	assert_int_equal(page_of(&c, 'C'), end);
	assert_int_equal(c.all['I'], 1);
	assert_int_equal(c.of[end]['I'], 1);
	assert_true(c.of[end]['Q'] >= (after > 1 ? 2 : 1));
	return d.n_pages - first;
}

/* One row more each time, the words around it of all lengths. */
static void
test_invoices(void **state)
{
	struct fixture *f = *state;
	size_t of_pages[PAGES] = { 0 };
	for (int rows = 1; rows <= 80; rows++)
		for (int k = 0; k < 3; k++)
			of_pages[check_letter(f, 1 + (rows + 5 * k) % 13, rows,
			    1 + (rows + 3 * k) % 9)]++;
	assert_true(of_pages[1] > 5 && of_pages[2] > 5 && of_pages[3] > 5);
}

/* One line more each time, so that every break comes to every place. */
static void
test_lines(void **state)
{
	struct fixture *f = *state;
	size_t longest = 0;

	for (int before = 1; before <= 60; before++) {
		size_t n = check_letter(f, before, 3, 1 + before % 6);

		longest = n > longest ? n : longest;
	}
	assert_int_equal(longest, 2);
}

/* On every sheet, signed. */
static void
test_sheets(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < SHEETS; i++) {
		use_sheet(f, sheets[i]);
		for (int rows = 1; rows < 60; rows += 4)
			check_letter(f, 1 + rows % 17, rows, 1 + rows % 5);
	}
	use_sheet(f, sheets[0]);
}

/* Paragraphs that wrap: lines of each on each page, by their baselines. */
static void
test_wrapped(void **state)
{
	struct fixture *f = *state;
	int split = 0;

	for (int n = 1; n < 60; n++) {
		struct page_doc d;
		struct str s;

		str_init(&s, 1 << 20);
		for (int p = 0; p < 12; p++) {
			for (int i = 0; i < n + 7 * p; i++)
				str_puts(&s, "mot suivant ");
			str_puts(&s, "\n\n");
		}
		must_lay_out(f, s.p, &d);
		str_done(&s);
		for (size_t p = 0; p < d.n_pages; p++) {
			for (size_t i = 0; i < d.pages[p].n_items; i++) {
				const struct page_item *t =
				    &d.pages[p].items[i];
				bool more = p + 1 < d.n_pages &&
				    strcmp(t->role, "body") == 0 &&
				    d.pages[p + 1].items[0].node == t->node;

				if (!more)
					continue;
				split++;
				assert_true(t->n_runs >= 2);
				assert_true(d.pages[p + 1].items[0].n_runs >=
				    2);
				assert_true(t->n_runs +
					d.pages[p + 1].items[0].n_runs >
				    3);
			}
		}
	}
	assert_true(split > 40);
}

static bool
is_open(const struct page_doc *d)
{
	for (size_t i = 0; i < d->pages[0].n_items; i++)
		if (strcmp(d->pages[0].items[i].role, "body") == 0)
			return d->pages[0].items[i].runs[0].size ==
			    10 * PU_PER_PT;
	return false;
}

/*
 * With one row more each time, each page that closer lines can save is
 * saved, and a letter that does not save one is set open.
 */
static void
test_closer(void **state)
{
	struct fixture *f = *state;
	size_t pages = 1, saved = 0;
	bool was_open = true;

	for (int rows = 1; rows < 90; rows++) {
		struct page_doc d;
		struct str s;

		str_init(&s, 1 << 20);
		put_body(&s, 3, rows, 3);
		must_lay_out(f, s.p, &d);
		str_done(&s);
		assert_true(d.n_pages == pages || d.n_pages == pages + 1);
		/* Another page begins only where closer lines gave out. */
		assert_true(d.n_pages == pages || (!was_open && is_open(&d)));
		saved += was_open && !is_open(&d);
		was_open = is_open(&d);
		pages = d.n_pages;
	}
	assert_true(pages >= 3 && saved >= pages - 1);
}

/* A label is on the line of its words, wherever the page breaks. */
static void
test_labels(void **state)
{
	struct fixture *f = *state;

	for (int before = 1; before < 60; before++) {
		struct page_doc d;
		struct count c;
		struct str s;

		str_init(&s, 1 << 20);
		put_lines(&s, 'A', before);
		for (int i = 0; i < 9; i++)
			str_puts(&s,
			    "1. K\n   1. K\n      1. K\\\n         L\n");
		must_lay_out(f, s.p, &d);
		str_done(&s);
		count_marks(&d, &c);
		assert_int_equal(c.all['K'], 27);
		for (size_t p = 0; p < c.n_pages; p++) {
			int labels = 0;

			for (size_t k = '1'; k <= '9'; k++)
				labels += c.of[p][k];
			assert_int_equal(labels, c.of[p]['K']);
		}
	}
}

/* Left of the item and along all of it. */
static bool
has_bar(const struct page *page, const struct page_item *item)
{
	for (size_t i = 0; i < page->n_items; i++) {
		const struct page_item *bar = &page->items[i];

		if (bar->kind == PAGE_FILL && bar->box.w < PU_PER_MM(1) &&
		    bar->box.x < item->box.x && bar->box.y <= item->box.y &&
		    bar->box.y + bar->box.h >= item->box.y + item->box.h &&
		    strcmp(bar->role, "rule") == 0)
			return true;
	}
	return false;
}

/* Only a quote has a bar beside it. */
static void
test_quote(void **state)
{
	struct fixture *f = *state;

	for (int before = 25; before < 60; before += 3) {
		struct page_doc d;
		struct str s;
		int quoted = 0;

		str_init(&s, 1 << 20);
		put_lines(&s, 'A', before);
		str_puts(&s, "> Q\\\n> Q\\\n> Q\\\n> Q\n>\n> - Q\n\nB");
		must_lay_out(f, s.p, &d);
		str_done(&s);
		for (size_t p = 0; p < d.n_pages; p++) {
			for (size_t i = 0; i < d.pages[p].n_items; i++) {
				const struct page_item *t =
				    &d.pages[p].items[i];
				bool body = strcmp(t->role, "body") == 0;
				int mark = body ? t->runs[0].text[0] : ' ';

				quoted += mark == 'Q';
				if (mark >= 'A' && mark <= 'Z')
					assert_int_equal(has_bar(&d.pages[p],
							     t),
					    mark == 'Q');
			}
		}
		assert_true(quoted >= 2);
	}
}

static const struct page_item *
find_role(const struct page_doc *d, const char *role)
{
	for (size_t p = 0; p < d->n_pages; p++)
		for (size_t i = 0; i < d->pages[p].n_items; i++)
			if (strcmp(d->pages[p].items[i].role, role) == 0)
				return &d->pages[p].items[i];
	return NULL;
}

/* However large a picture is, it fits the first page. */
static void
test_large_picture(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < SHEETS; i++) {
		const struct geometry *g = &f->geometry;
		const struct page_item *item;
		struct page_doc d;
		use_sheet(f, sheets[i]);
		must_lay_out(f, "![Plan](plan.png)\n\nA\n\nA", &d);
		item = find_role(&d, "picture");
		assert_int_equal(item->box.h, g->text.h / 2);
		assert_int_equal(item->box.w, item->box.h / 2);
		assert_int_equal(d.n_pages, g->address_sheet ? 2 : 1);
	}
	use_sheet(f, sheets[0]);
}

static void
test_too_high(void **state)
{
	struct fixture *f = *state;
	struct page_doc d;
	struct err e;
	struct str s;

	str_init(&s, 1 << 20);
	str_puts(&s, "| H |\n|---|\n| ");
	for (int i = 0; i < 2000; i++)
		str_puts(&s, "mot ");
	str_puts(&s, "|\n");
	assert_int_equal(lay_out(f, s.p, &d, &e), -1);
	assert_non_null(strstr(e.text, "taller than half a page"));
	str_clear(&s);
	for (int row = 0; row < 3; row++) {
		str_puts(&s, "| **");
		for (int i = 0; i < 720; i++)
			str_puts(&s, i < 719 ? "mot " : "mot");
		str_puts(&s, row == 0 ? "** |\n|---|\n" : "** |\n");
	}
	assert_int_equal(lay_out(f, s.p, &d, &e), -1);
	assert_non_null(strstr(e.text, "higher than a page"));
	assert_int_equal(e.kind, ERR_DATA);
	str_done(&s);
}

/* Levels of headings follow each other, whatever the text leaves out. */
static void
test_headings(void **state)
{
	static const enum page_tag want[] = { TAG_H2, TAG_H3, TAG_H4, TAG_H3,
		TAG_H2, TAG_H3 };
	struct fixture *f = *state;
	struct page_doc d;
	size_t n = 0;

	must_lay_out(f, "# a\n\n## b\n\n#### c\n\n## d\n\n# e\n\n### f", &d);
	for (size_t i = 0; i < d.n_nodes; i++)
		if (d.nodes[i].tag >= TAG_H2 && d.nodes[i].tag <= TAG_H4)
			assert_int_equal(d.nodes[i].tag, want[n++]);
	assert_int_equal(n, 6);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_invoices),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_sheets),
		cmocka_unit_test(test_wrapped),
		cmocka_unit_test(test_closer),
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_quote),
		cmocka_unit_test(test_large_picture),
		cmocka_unit_test(test_too_high),
		cmocka_unit_test(test_headings),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
