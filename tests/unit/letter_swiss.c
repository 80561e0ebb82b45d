/* The Swiss payment part: its words, boxes and pages, what it refuses. */
#include "letter_slip.h"

#define WORDS "../shared/vectors/swiss_qr/labels.csv"

/* ---- words, boxes, pages ---- */

static void
test_words(void **state)
{
	static const char *const langs[] = { "de", "en", "fr", "it", "rm" };
	struct err e = { 0 };
	struct str s;
	size_t found = 0;

	(void)state;
	assert_string_equal(swiss_word(SWISS_AMOUNT, "es"), "Amount");
	assert_string_equal(swiss_word(SWISS_AMOUNT, "de-CH"), "Betrag");
	if (!file_exists(WORDS)) {
		print_message("no %s\n", WORDS);
		skip();
	}
	str_init(&s, 10000);
	assert_int_equal(file_read(WORDS, &s, &e), 0);
	for (int w = 0; w < SWISS_WORDS; w++) {
		struct str line;

		str_init(&line, 1000);
		for (size_t i = 0; i < N(langs); i++)
			str_fmt(&line, ",%s",
			    swiss_word((enum swiss_word)w, langs[i]));
		found += strstr(s.p, line.p) != NULL;
		if (strstr(s.p, line.p) == NULL)
			print_message("not in %s: %s\n", WORDS, line.p);
		str_done(&line);
	}
	str_done(&s);
	assert_int_equal(found, SWISS_WORDS);
}

static const struct line *
find_line(const struct lines *all, const char *text)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->line[i].text, text) == 0)
			return &all->line[i];
	return NULL;
}

/* Whether two strokes meet in the corner (mm on the slip). */
static bool
has_corner(const struct fixture *f, double x, double y)
{
	const struct build_page *p = &f->build.pages[f->build.open];
	int strokes = 0;

	for (size_t i = 0; i < p->n_items; i++) {
		const struct page_box *b = &p->items[i].box;
		double dx = x - mm(b->x), dy = y + SLIP_TOP - mm(b->y);

		if (p->items[i].kind == PAGE_FILL && b->w < PU_PER_MM(3.1) &&
		    b->h < PU_PER_MM(3.1))
			strokes += dx > -0.05 && dx < mm(b->w) + 0.05 &&
			    dy > -0.05 && dy < mm(b->h) + 0.05;
	}
	return strokes >= 2;
}

static void
must_have_box(const struct fixture *f, double x, double y, double w, double h)
{
	if (!has_corner(f, x, y) || !has_corner(f, x + w, y) ||
	    !has_corner(f, x, y + h) || !has_corner(f, x + w, y + h))
		fail_msg("no box at %g %g of %g x %g", x, y, w, h);
}

/* Without amount and payer there are boxes of the right size below their
 * labels, right of nothing that is printed. */
static void
test_boxes(void **state)
{
	struct fixture *f = *state;
	struct transfer t = full;
	const struct line *label;
	struct lines have;

	must_make(f, &full, "de");
	assert_false(has_corner(f, 78, 68 + 11.4 * 25.4 / 72));
	t.amount.minor = 0;
	t.payer = (struct pay_party){ 0 };
	must_make(f, &t, "de");
	lines_of(f, &have);
	assert_null(find_line(&have, "Zahlbar durch"));
	label = find_line(&have, "Zahlbar durch (Name/Adresse)");
	assert_non_null(label);
	must_have_box(f, 78, 68 + 11.4 * 25.4 / 72, 40, 15);
	must_have_box(f, 27, 68, 30, 10);
	must_have_box(f, 5, label->y + 3 * 25.4 / 72 + 1.6 * 25.4 / 72, 52, 20);
	label = &have.line[have.n - 3];
	assert_string_equal(label->text, "Zahlbar durch (Name/Adresse)");
	must_have_box(f, 118, label->y + 5 * 25.4 / 72, 65, 25);
}

/* All that is long, and all at once: smaller, closer, never over the edge. */
static void
test_tight(void **state)
{
	struct fixture *f = *state;
	struct transfer t = full;
	struct lines have;
	struct err e = { 0 };
	char name[71];

	memset(name, 'm', 70);
	name[70] = '\0';
	for (size_t i = 8; i < 70; i += 9)
		name[i] = ' ';
	t.payee.name = t.payer.name = t.payee.street = t.payer.street = name;
	t.payee.number = t.payer.number = "1234567890123456";
	must_make(f, &t, "it");
	lines_of(f, &have);
	for (size_t i = 0; i < have.n; i++) {
		const struct line *l = &have.line[i];

		assert_true(l->size >= 6);
		if (l->size == 7 && l->x > 62)
			continue; /* further information */
		assert_true(l->x > 62 || l->x + l->width < 57.1);
		assert_true(l->x + l->width < 205.1);
		assert_true(l->x < 117 || l->y < 90);
		assert_true(l->x > 62 || l->y < 68 || l->y > 69);
	}
	assert_null(find_line(&have, "1234567890123456 m"));
	memset(name, 'W', 70);
	t.info = "";
	t.text = "WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW "
		 "WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW "
		 "WWWWWWWWWW WWWWWWWWWW";
	if (make(f, &t, "it", 60, &e) != 0)
		assert_non_null(strstr(e.text, "shorten"));
}

/* A code of more than 600 bytes does without the text that has a reference. */
static void
test_brief(void **state)
{
	struct fixture *f = *state;
	struct transfer t = full;
	char text[141];

	t.info = t.others[0] = t.others[1] = "";
	t.payee.name = t.payer.name = t.payee.street = t.payer.street =
	    "ééééééééééééééééééééééééééééééééééééééé";
	memset(text, 'm', 140);
	text[140] = '\0';
	t.text = text;
	must_make(f, &t, "fr");
	assert_string_equal(f->slip->t->text, text);
	t.payer.town = t.payee.town = "Ville-des-exemples-au-bord";
	must_make(f, &t, "fr");
	assert_string_equal(f->slip->t->text, "");
	t.iban = "CH9300762011623852957";
	t.reference = "RF18539007547034";
	must_make(f, &t, "fr");
	assert_string_equal(f->slip->t->text, "");
	t.reference = "";
	must_make(f, &t, "fr");
	assert_string_equal(f->slip->t->text, text);
}

/* On the last page if the footer above it leaves the text alone. */
static void
test_pages(void **state)
{
	static const struct {
		double y;
		size_t pages;
	} rows[] = { { 60, 1 }, { 175.9, 1 }, { 176.1, 2 }, { 276, 2 } };
	struct fixture *f = *state;
	struct err e = { 0 };

	for (size_t i = 0; i < N(rows); i++) {
		assert_int_equal(make(f, &full, "fr", rows[i].y, &e), 0);
		assert_int_equal(f->build.n_pages, rows[i].pages);
		assert_true(is_near(mm(f->build.pages[f->build.open].foot),
		    SLIP_TOP));
	}
	/* what is too much for the pages there are */
	assert_true(is_near(mm(f->flow.y), 22 + 276 - 176));
	/* who does not ask gets none */
	start(f, &full, "fr", 60);
	assert_int_equal(swiss_finish(&f->flow, &e), 0);
	assert_int_equal(f->build.pages[0].n_items, 0);
}

static void
test_refused(void **state)
{
	struct fixture *f = *state;
	struct transfer t = full;
	struct err e = { 0 };
	struct lines have;

	start(f, &full, "de", 60);
	f->sheet.height = PU_PER_MM(279.4);
	assert_int_equal(swiss_ask(&f->flow, ALT, &e), -1);
	assert_non_null(strstr(e.text, "page 'test' is 210 x 279 mm"));
	assert_int_equal(make(f, NULL, "de", 60, &e), -1);
	assert_non_null(strstr(e.text, "qr:pay"));
	t.payee.postcode = "";
	assert_int_equal(make(f, &t, "de", 60, &e), -1);
	assert_non_null(strstr(e.text, "post code"));
	/* A payer whom the code cannot name writes their name by hand. */
	t = full;
	t.payer.name = "\u260e";
	must_make(f, &t, "de");
	lines_of(f, &have);
	assert_non_null(find_line(&have, "Zahlbar durch (Name/Adresse)"));
	/* What is printed is what the code says. */
	t.payer.name = "\u0391\u03b8\u03b7\u03bd\u03ac";
	t.text = "a\nEPD";
	assert_int_equal(make(f, &t, "de", 60, &e), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test_setup_teardown(test_boxes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_tight, setup, teardown),
		cmocka_unit_test_setup_teardown(test_brief, setup, teardown),
		cmocka_unit_test_setup_teardown(test_pages, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
