/*
 * Whole letters on their sheets, over the placed items: nothing on top of
 * anything else, the address in its window, amounts in line, all invoices
 * there, the same glyphs whatever was laid out before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "letter/geometry.h"
#include "letter/letter.h"
#include "letter_sample.h"

#define QR_LEAST PU_PER_MM(25)

struct fixture {
	struct letter_engine *engine;
	struct geometry geometry;
	struct arena *arena;
};

static const struct sample samples[] = {
	{ "prevenance", "EUR", "email", 1, 1, false },
	{ "relance-1", "EUR", "email", 1, 1, false },
	{ "relance-1", "EUR", "print", 1, 5, false },
	{ "relance-1", "EUR", "email", 0, 40, false },
	{ "relance-2", "EUR", "print", 1, 5, true },
	{ "relance-1", "CHF", "email", 1, 3, false },
	{ "mise-en-demeure", "EUR", "registered", 1, 1, true },
	{ "mise-en-demeure", "EUR", "registered", 1, 5, false },
	{ "mise-en-demeure", "EUR", "registered", 0, 40, true },
	{ "mise-en-demeure", "CHF", "registered", 0, 150, true },
};
#define SAMPLES (sizeof(samples) / sizeof(samples[0]))

static int
setup(void **state)
{
	static const struct letter_setup how = { .layouts = "layouts",
		.own = "",
		.fonts = "fonts/fonts.conf",
		.page = "fr-dl" };
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err e = { 0 };

	f->arena = arena_new();
	if (letter_engine_new(&how, &f->engine, &e) ||
	    geometry_load("layouts/page/fr-dl.yaml", f->arena, &f->geometry,
		&e)) {
		fprintf(stderr, "%s\n", e.text);
		return -1;
	}
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	letter_engine_free(f->engine);
	arena_free(f->arena);
	free(f);
	return 0;
}

static int
lay_out(struct fixture *f, const char *name, const json_t *data,
    struct page_doc *doc, struct err *e)
{
	struct letter_choice c = { name, "fr", "formal", false, false };

	*e = (struct err){ 0 };
	return letter_lay_out(f->engine, &c, data, f->arena, doc, e);
}

static void
sample_lay_out(struct fixture *f, const struct sample *s, struct page_doc *doc)
{
	json_t *data = data_make(s);
	struct err e;

	if (lay_out(f, s->text, data, doc, &e))
		fail_msg("%s, %d invoices: %s", s->text, s->invoices, e.text);
	json_decref(data);
}

static bool
is_role(const struct page_item *i, const char *role)
{
	return strcmp(i->role, role) == 0;
}

/* The words of an item, in the arena. */
static const char *
words(struct fixture *f, const struct page_item *item)
{
	const char *all = "";

	for (size_t r = 0; r < item->n_runs; r++)
		all = arena_fmt(f->arena, "%s%.*s", all,
		    (int)item->runs[r].text_len, item->runs[r].text);
	return all;
}

static bool
overlap(const struct page_box *a, const struct page_box *b)
{
	return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h &&
	    b->y < a->y + a->h;
}

static void
check_no_overlap(struct fixture *f, const struct page *p)
{
	for (size_t i = 0; i < p->n_items; i++) {
		for (size_t k = 0; k < i; k++) {
			const struct page_item *a = &p->items[i];
			const struct page_item *b = &p->items[k];

			if (is_role(a, "panel") || is_role(b, "panel"))
				continue;
			if (overlap(&a->box, &b->box))
				fail_msg("%s '%s' lies on %s '%s'", a->role,
				    words(f, a), b->role, words(f, b));
		}
	}
}

/* The panel's ground is the largest of its fills; it holds all of "payment". */
static void
check_panel(struct fixture *f, const struct page *p)
{
	const struct page_item *panel = NULL;

	for (size_t i = 0; i < p->n_items; i++) {
		const struct page_item *item = &p->items[i];

		if (is_role(item, "panel") && !panel)
			panel = item;
		if (is_role(item, "payment")) {
			assert_non_null(panel);
			if (!geometry_inside(&item->box, &panel->box))
				fail_msg("'%s' leaves the panel",
				    words(f, item));
		}
	}
}

static void
check_window(struct fixture *f, const struct page *p)
{
	size_t addresses = 0;

	for (size_t i = 0; i < p->n_items; i++) {
		const struct page_item *item = &p->items[i];

		if (is_role(item, "address")) {
			assert_true(geometry_inside(&item->box,
			    &f->geometry.safe));
			for (size_t r = 0; r < item->n_runs; r++)
				assert_true(item->runs[r].size >=
				    9 * PU_PER_PT);
			addresses++;
		} else if (!is_role(item, "return-line") &&
		    overlap(&item->box, &f->geometry.risk)) {
			fail_msg("%s '%s' may show in the window", item->role,
			    words(f, item));
		}
	}
	assert_int_equal(addresses, 1);
}

static void
check_margins(struct fixture *f, const struct page *p)
{
	const struct geometry *g = &f->geometry;
	struct page_box live = { g->text.x, 0, g->text.w, g->height };

	for (size_t i = 0; i < p->n_items; i++) {
		const struct page_item *item = &p->items[i];

		if (is_role(item, "mark"))
			continue;
		if (!geometry_inside(&item->box, &live))
			fail_msg("%s '%s' leaves the margins", item->role,
			    words(f, item));
		if (!is_role(item, "footer") && !is_role(item, "rule"))
			assert_true(item->box.y + item->box.h <=
			    g->text.y + g->text.h);
	}
}

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* Two columns of amounts: two right edges, on all pages. */
static void
check_amounts(struct fixture *f, const struct page_doc *d, const char *currency)
{
	const char *sign = strcmp(currency, "EUR") == 0 ? "€" : currency;
	int32_t edges[2];
	size_t n_edges = 0, n = 0;

	for (size_t k = 0; k < d->n_pages; k++) {
		const struct page *p = &d->pages[k];

		for (size_t i = 0; i < p->n_items; i++) {
			const struct page_item *item = &p->items[i];
			int32_t right = item->box.x + item->box.w;
			size_t e = 0;

			if (!is_role(item, "cell") ||
			    !ends_with(words(f, item), sign))
				continue;
			n++;
			while (e < n_edges && edges[e] != right)
				e++;
			assert_true(e < 2);
			if (e == n_edges)
				edges[n_edges++] = right;
		}
	}
	assert_int_equal(n_edges, 2);
	assert_true(edges[1] == f->geometry.text.x + f->geometry.text.w);
	assert_true(n >= 4);
}

static size_t
count_symbols(const struct page_doc *d)
{
	size_t n = 0;

	for (size_t k = 0; k < d->n_pages; k++) {
		for (size_t i = 0; i < d->pages[k].n_items; i++) {
			const struct page_item *item = &d->pages[k].items[i];
			const struct page_symbol *s = item->symbol;

			if (item->kind != PAGE_SYMBOL)
				continue;
			n++;
			assert_int_equal(s->quiet, 4);
			assert_int_equal(item->box.w, item->box.h);
			assert_true(item->box.w / (int32_t)(s->width + 8) *
				(int32_t)s->width >=
			    QR_LEAST);
			assert_int_equal(d->nodes[item->node].tag, TAG_FIGURE);
			assert_true(strlen(d->nodes[item->node].alt) > 0);
		}
	}
	return n;
}

/* How many cells hold exactly this text. */
static size_t
count_cells(struct fixture *f, const struct page_doc *d, const char *text)
{
	size_t n = 0;

	for (size_t k = 0; k < d->n_pages; k++) {
		for (size_t i = 0; i < d->pages[k].n_items; i++) {
			const struct page_item *item = &d->pages[k].items[i];

			if (is_role(item, "cell"))
				n += strcmp(words(f, item), text) == 0;
		}
	}
	return n;
}

static void
check_invoices(struct fixture *f, const struct page_doc *d,
    const struct sample *s)
{
	for (int i = 0; i < s->invoices; i++) {
		const char *number = arena_fmt(f->arena, "%s%04d",
		    s->long_names ? "FACTURE-LYON-2026-" : "F", i);

		if (count_cells(f, d, number) != 1)
			fail_msg("invoice %s is not there once", number);
	}
}

static void
check_tree(const struct page_doc *d)
{
	size_t subjects = 0;

	assert_int_equal(d->nodes[0].parent, -1);
	for (size_t i = 1; i < d->n_nodes; i++) {
		assert_in_range(d->nodes[i].parent, 0, i - 1);
		subjects += d->nodes[i].tag == TAG_H1;
	}
	assert_int_equal(subjects, 1);
	for (size_t k = 0; k < d->n_pages; k++) {
		for (size_t i = 0; i < d->pages[k].n_items; i++) {
			const struct page_item *item = &d->pages[k].items[i];

			assert_true(item->node < (int)d->n_nodes);
			if (item->kind == PAGE_FILL || is_role(item, "footer"))
				assert_int_equal(item->node, -1);
			for (size_t r = 0; r < item->n_runs; r++)
				assert_true(item->runs[r].font < d->n_fonts);
		}
	}
}

static void
check_numbers(struct fixture *f, const struct page_doc *d)
{
	for (size_t k = 0; k < d->n_pages; k++) {
		const struct page *p = &d->pages[k];
		const char *want =
		    arena_fmt(f->arena, "Page %zu/%zu", k + 1, d->n_pages);
		size_t n = 0;

		for (size_t i = 0; i < p->n_items; i++) {
			if (strcmp(words(f, &p->items[i]), want) != 0)
				continue;
			assert_true(p->items[i].pagination);
			n++;
		}
		assert_int_equal(n, 1);
	}
}

static void
test_samples(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < SAMPLES; i++) {
		const struct sample *s = &samples[i];
		struct page_doc d;

		sample_lay_out(f, s, &d);
		if (s->pages ? d.n_pages != s->pages : d.n_pages < 2)
			fail_msg("%s, %d invoices: %zu pages", s->text,
			    s->invoices, d.n_pages);
		for (size_t k = 0; k < d.n_pages; k++) {
			check_no_overlap(f, &d.pages[k]);
			check_panel(f, &d.pages[k]);
			check_margins(f, &d.pages[k]);
		}
		check_window(f, &d.pages[0]);
		check_amounts(f, &d, s->currency);
		check_invoices(f, &d, s);
		check_tree(&d);
		check_numbers(f, &d);
		assert_int_equal(count_symbols(&d),
		    strcmp(s->currency, "EUR") == 0);
	}
}

/* The head of a table is words once, and artifacts on the pages after. */
static void
test_head_repeats(void **state)
{
	struct fixture *f = *state;
	struct page_doc d;

	sample_lay_out(f, &samples[3], &d);
	assert_int_equal(d.n_pages, 2);
	for (size_t k = 0; k < 2; k++) {
		const struct page_item *head = NULL;

		for (size_t i = 0; i < d.pages[k].n_items && !head; i++) {
			if (is_role(&d.pages[k].items[i], "cell"))
				head = &d.pages[k].items[i];
		}
		assert_non_null(head);
		assert_string_equal(words(f, head), "Facture");
		assert_int_equal(head->node < 0, k == 1);
	}
}

static const char *
dump(struct fixture *f, const struct page_doc *d)
{
	struct str s;
	const char *copy;

	str_init(&s, 1 << 20);
	page_dump(d, &s);
	assert_false(s.over);
	copy = arena_str(f->arena, s.p);
	str_done(&s);
	return copy;
}

/* A letter knows nothing of those before it: items, fonts, glyphs. */
static void
test_same_again(void **state)
{
	struct fixture *f = *state;
	struct page_doc one, other, two;

	sample_lay_out(f, &samples[2], &one);
	sample_lay_out(f, &samples[8], &other);
	sample_lay_out(f, &samples[2], &two);
	assert_string_equal(dump(f, &one), dump(f, &two));
	assert_string_not_equal(dump(f, &one), dump(f, &other));
	assert_int_equal(one.n_fonts, two.n_fonts);
	for (size_t i = 0; i < one.n_fonts; i++)
		assert_ptr_equal(one.fonts[i], two.fonts[i]);
	for (size_t i = 0; i < one.pages[0].n_items; i++) {
		const struct page_item *a = &one.pages[0].items[i];
		const struct page_item *b = &two.pages[0].items[i];

		for (size_t r = 0; r < a->n_runs; r++)
			assert_memory_equal(a->runs[r].glyphs,
			    b->runs[r].glyphs,
			    a->runs[r].n_glyphs * sizeof(*a->runs[r].glyphs));
	}
}

#define LONG_NAME \
	"Établissements Vandenberghe, Quatrepoint, Associés et Compagnie réunis"

struct address {
	const char *lines[8];
	const char *says; /* NULL: it fits */
};

/* A long name goes on in the next line while the window has room. */
static void
test_address(void **state)
{
	static const struct address rows[] = {
		{ { NULL }, "has 0 lines" },
		{ { "a", "b", "c", "d", "e", "f", "g" }, "has 7 lines" },
		{ { LONG_NAME, "3 rue des Exemples", "69990 VILLE" }, NULL },
		{ { LONG_NAME, "c", "d", "e", "f", LONG_NAME },
		    "larger than the window" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_t *data = data_make(&samples[1]), *lines = json_array();
		struct page_doc d;
		struct err e;
		int rc;

		for (size_t k = 0; rows[i].lines[k]; k++)
			json_array_append_new(lines,
			    json_string(rows[i].lines[k]));
		json_object_set_new(json_object_get(data, "debtor"), "lines",
		    lines);
		rc = lay_out(f, "relance-1", data, &d, &e);
		json_decref(data);
		if (rows[i].says == NULL) {
			assert_int_equal(rc, 0);
			check_window(f, &d.pages[0]);
			continue;
		}
		assert_int_equal(rc, -1);
		assert_int_equal(e.kind, ERR_DATA);
		assert_non_null(strstr(e.text, "C0001"));
		assert_non_null(strstr(e.text, rows[i].says));
	}
}

/* The room above the last words of the letter, before its annex. */
static void
check_hand(struct fixture *f, json_t *data)
{
	const struct page_item *last = NULL, *before = NULL;
	const struct page *page;
	struct page_doc d;
	struct err e;

	if (lay_out(f, "relance-1", data, &d, &e))
		fail_msg("%s", e.text);
	page = &d.pages[d.n_pages - 1];
	for (size_t i = 0; i < page->n_items; i++) {
		const struct page_item *item = &page->items[i];

		if (!is_role(item, "body"))
			continue;
		if (strncmp(words(f, item), "Annexe", 6) == 0)
			break;
		before = last;
		last = item;
	}
	if (!before || !last) {
		fail_msg("the body has no two items");
		return;
	}
	assert_true(last->box.y - before->box.y - before->box.h >=
	    PU_PER_MM(6) - 1);
}

/*
 * The hand has its room above who signs, with a title below or without, and
 * with an annex below that.
 */
static void
test_hand(void **state)
{
	static const char *const keys[] = { "", "signatory_title",
		"signatory" };
	struct fixture *f = *state;
	json_t *data = data_load(), *all;
	json_error_t why;

	all = json_load_file("layouts/letter/sample.json", 0, &why);
	for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
		json_object_set_new(json_object_get(data, "creditor"), keys[k],
		    json_string(""));
		json_object_set_new(data, "claims", json_null());
		check_hand(f, data);
		json_object_set(data, "claims", json_object_get(all, "claims"));
		check_hand(f, data);
	}
	json_decref(all);
	json_decref(data);
}

/* How many items of a role have the text in a run. */
static int
count_texts(const struct page *p, const char *role, const char *text)
{
	int n = 0;

	for (size_t i = 0; i < p->n_items; i++) {
		const struct page_item *item = &p->items[i];

		for (size_t k = 0; k < item->n_runs; k++)
			n += is_role(item, role) &&
			    memmem(item->runs[k].text, item->runs[k].text_len,
				text, strlen(text)) != NULL;
	}
	return n;
}

/* Beside the body it is the hours that a writer wrote, not an address. */
static void
test_spaces(void **state)
{
	struct fixture *f = *state;
	json_t *data = data_load();
	struct page_doc d;
	struct err e;

	if (lay_out(f, "relance-1", data, &d, &e))
		fail_msg("%s", e.text);
	assert_int_equal(count_texts(&d.pages[0], "info",
			     "de 9\u00a0h à 12\u00a0h"),
	    1);
	assert_int_equal(count_texts(&d.pages[0], "address", "\u00a0"), 0);
	json_decref(data);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_head_repeats),
		cmocka_unit_test(test_same_again),
		cmocka_unit_test(test_address),
		cmocka_unit_test(test_hand),
		cmocka_unit_test(test_spaces),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
