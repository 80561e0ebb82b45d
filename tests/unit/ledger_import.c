/*
 * Imports: what goes in, what is known, what is refused and why, and where
 * money goes.
 */
#include "ledger_money.h"

static void
test_twice(void **state)
{
	struct fixture *f = *state;

	fill(f);
	fixture_import(f, DEBTORS);
	expect(f, 0, 2, 0);
	fixture_import(f, INVOICES);
	expect(f, 0, 3, 0);
	/* Overlapping: two known, one new, in another order of columns. */
	fixture_import(f,
	    "debtor,number,issued,due,amount,currency\n"
	    "C2,F3,2026-01-01,2026-01-31,80.00,EUR\n"
	    "C2,F4,2026-01-01,2026-01-31,5.00,EUR\n"
	    "C1,F1,2026-01-01,2026-01-31,100.00,EUR\n");
	expect(f, 1, 2, 0);
}

static void
test_dry_run(void **state)
{
	struct fixture *f = *state;

	fixture_import_on(f, DEBTORS, "2026-03-01", true);
	expect(f, 2, 0, 0);
	fixture_import(f, DEBTORS);
	expect(f, 2, 0, 0);
	fixture_import(f, INVOICES);
	fixture_import_on(f, PAYMENTS "p,2026-02-01,C1,EUR,1.00,,F1,\n",
	    "2026-03-09", true);
	expect(f, 1, 0, 0);
	fixture_book(f);
	assert_int_equal(f->book.payments_as_of, DATE_NONE);
	expect_open(f, "dry run", 10000, 6000, 4000, 0);
}

static void
test_debtor_changes(void **state)
{
	struct fixture *f = *state;
	const struct position *p;

	fill(f);
	fixture_import(f,
	    "code,name,kind,email,line1,postcode,city,country\n"
	    "C1,Atelier Brume,business,neu@example.com,1 rue des Essais,"
	    "69000,Villefictive,FR\n");
	expect(f, 1, 0, 0);
	p = fixture_position(f, "C1", "EUR");
	assert_string_equal(p->debtor->email, "neu@example.com");
	assert_string_equal(p->debtor->name, "Atelier Brume");
	assert_int_equal(p->debtor->kind, DEBTOR_BUSINESS);
}

static void
test_refused_invoices(void **state)
{
	static const struct {
		const char *row, *words;
	} cases[] = {
		{ "F1,C1,2026-01-01,2026-01-31,EUR,120.00,,,",
		    "invoice F1 is already known with other content (amount "
		    "100.00 due 2026-01-31, now 120.00 due 2026-01-31)" },
		{ "F1,C2,2026-01-01,2026-01-31,EUR,100.00,,,",
		    "(debtor C1, now C2)" },
		{ "F1,C1,2026-01-02,2026-01-31,EUR,100.00,,,",
		    "(issued 2026-01-01, now 2026-01-02)" },
		{ "F1,C1,2026-01-01,2026-01-31,CHF,100.00,,,",
		    "(currency EUR, now CHF)" },
		{ "F2,C1,2026-01-05,2026-02-05,EUR,60.00,,,",
		    "60.00 due 2026-02-05 + 40.00 due 2026-03-05, now "
		    "60.00 due" },
		{ "F9,C9,2026-01-01,2026-01-31,EUR,1.00,,,",
		    "debtor C9 is not known" },
		{ "A1,C1,2026-02-01,2026-02-01,EUR,1.00,credit_note,F9,",
		    "refers to invoice F9, which is not known" },
		{ "A1,C1,2026-02-01,2026-02-01,EUR,1.00,credit_note,F3,",
		    "refers to F3, which is no invoice in EUR to C1" },
		{ "A1,C1,2026-02-01,2026-02-01,CHF,1.00,credit_note,F1,",
		    "refers to F1, which is no invoice in CHF to C1" },
		{ "F9,C1,2026-01-01,2026-01-31,EUR,1.00,,,../x.pdf",
		    "without '..'" },
		{ "F9,C1,2026-01-01,2026-01-31,EUR,1.00,,,a/../../x.pdf",
		    "without '..'" },
		{ "F9,C1,2026-01-01,2026-01-31,EUR,1.00,,,/etc/x.pdf",
		    "must be a .pdf or .xml in the folder" },
		{ "F9,C1,2026-01-01,2026-01-31,EUR,1.00,,,in.csv",
		    "must be a .pdf or .xml" },
		{ "F9,C1,2026-01-01,2026-01-31,EUR,1.00,,,absent.pdf",
		    "absent.pdf: cannot read it" },
	};
	struct fixture *f = *state;

	fill(f);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fixture_import(f,
		    arena_fmt(f->arena,
			"number,debtor,issued,due,currency,amount,kind,"
			"refers_to,file\n%s\n",
			cases[i].row));
		expect_refused(f, 2, cases[i].words);
	}
	expect_open(f, "refused", 10000, 6000, 4000, 0);
	assert_int_equal(f->book.n, 2);
}

/* What was agreed is known again, and does not change. */
static void
test_rates(void **state)
{
	static const char head[] =
	    "number,debtor,issued,due,currency,amount,rate\n";
	static const char *const rows[] = {
		"F8,C1,2026-01-01,2026-01-31,EUR,1.00,10.5\n",
		"F9,C1,2026-01-01,2026-01-31,EUR,1.00,0\n",
	};
	struct fixture *f = *state;

	fill(f);
	for (size_t i = 0; i < 2; i++) {
		fixture_import(f, arena_fmt(f->arena, "%s%s", head, rows[i]));
		expect(f, 1, 0, 0);
		fixture_import(f, arena_fmt(f->arena, "%s%s", head, rows[i]));
		expect(f, 0, 1, 0);
	}
	fixture_import(f,
	    arena_fmt(f->arena, "%sF8,C1,2026-01-01,2026-01-31,EUR,1.00,10\n",
		head));
	expect_refused(f, 2, "(rate 10.50, now 10.00)");
	fixture_import(f,
	    arena_fmt(f->arena, "%sF9,C1,2026-01-01,2026-01-31,EUR,1.00,\n",
		head));
	expect_refused(f, 2, "(rate 0.00, now -)");
}

static void
test_refused_payments(void **state)
{
	static const struct {
		const char *row, *words;
	} cases[] = {
		{ "q,2026-02-01,C9,EUR,1.00,,,", "debtor C9 is not known" },
		{ "q,2026-02-01,C1,EUR,1.00,,F9,", "invoice F9 is not known" },
		{ "q,2026-02-01,C1,CHF,1.00,,F1,",
		    "the payment is in CHF, invoice F1 in EUR" },
		{ "q,2026-02-01,C2,EUR,1.00,,F1,",
		    "invoice F1 is not debtor C2's" },
		{ "q,2026-02-01,C1,EUR,1.00,,A1,", "A1 is a credit note" },
		{ "q,2026-02-01,,EUR,1.00,RF18 5390 0754 7034,,",
		    "nobody's payment" },
		{ "p,2026-02-01,C1,EUR,9.00,,F1,",
		    "payment p is already known with other content (amount "
		    "10.00, now 9.00)" },
		{ "p,2026-02-01,C1,EUR,10.00,,F2,", "(invoice F1, now F2)" },
		{ "p,2026-02-01,C1,EUR,10.00,x,F1,", "(reference -, now x)" },
		{ "q,2026-02-01,C1,EUR,-10.01,,F1,",
		    "takes back 0.01 EUR more than was paid there" },
		{ "q,2026-02-01,C1,EUR,-10.00,,F2,",
		    "takes back 10.00 EUR more" },
		{ "q,2026-02-01,C1,EUR,-5.01,,,", "takes back 0.01 EUR more" },
	};
	struct fixture *f = *state;

	fill(f);
	fixture_import(f,
	    "number,debtor,issued,due,currency,amount,kind\n"
	    "A1,C1,2026-02-01,,EUR,5.00,credit_note\n");
	fixture_pay(f, "p,2026-02-01,C1,EUR,10.00,,F1,\n");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fixture_pay(f, arena_fmt(f->arena, "%s\n", cases[i].row));
		expect_refused(f, 2, cases[i].words);
	}
	expect_open(f, "refused", 9000, 6000, 4000, 500);
}

static void
test_rest_goes_in(void **state)
{
	struct fixture *f = *state;

	fill(f);
	fixture_pay(f,
	    "a,2026-02-01,C9,EUR,1.00,,,\n"
	    "b,2026-02-01,C1,EUR,1.00,,F1,\n"
	    "c,2026-02-01,C1,EUR,1.00,,F9,\n");
	expect(f, 1, 0, 2);
	assert_int_equal(f->result.refused[0].line, 2);
	assert_int_equal(f->result.refused[1].line, 4);
	expect_open(f, "rest", 9900, 6000, 4000, 0);
}

/* Each case on a new workspace: what is imported, what is left. */
static const struct {
	const char *name, *rows;
	int64_t f1, f2a, f2b, unallocated;
} allocations[] = {
	{ "part", "a,2026-02-01,C1,EUR,30.00,,F1,\n", 7000, 6000, 4000, 0 },
	{ "full", "a,2026-02-01,C1,EUR,100.00,,F1,\n", 0, 6000, 4000, 0 },
	{ "over", "a,2026-02-01,C1,EUR,130.00,,F1,\n", 0, 6000, 4000, 3000 },
	{ "instalments in order", "a,2026-02-01,C1,EUR,70.00,,F2,\n", 10000, 0,
	    3000, 0 },
	{ "debtor alone", "a,2026-02-01,C1,EUR,70.00,,,\n", 10000, 6000, 4000,
	    7000 },
	{ "invoice alone", "a,2026-02-01,,EUR,70.00,,F1,\n", 3000, 6000, 4000,
	    0 },
	{ "strange reference", "a,2026-02-01,C1,EUR,70.00,RF18539007547034,,\n",
	    10000, 6000, 4000, 7000 },
	{ "reversal reopens",
	    "a,2026-02-01,C1,EUR,100.00,,F1,\n"
	    "b,2026-02-02,C1,EUR,-100.00,,F1,\n",
	    10000, 6000, 4000, 0 },
	{ "reversal of a part",
	    "a,2026-02-01,C1,EUR,100.00,,F2,\n"
	    "b,2026-02-02,C1,EUR,-30.00,,F2,\n",
	    10000, 0, 3000, 0 },
	{ "reversal takes the later instalment first",
	    "a,2026-02-01,C1,EUR,100.00,,F2,\n"
	    "b,2026-02-02,C1,EUR,-50.00,,F2,\n",
	    10000, 1000, 4000, 0 },
	{ "reversal of what was too much",
	    "a,2026-02-01,C1,EUR,130.00,,F1,\n"
	    "b,2026-02-02,C1,EUR,-30.00,,F1,\n",
	    0, 6000, 4000, 0 },
	{ "reversal of all of it",
	    "a,2026-02-01,C1,EUR,130.00,,F1,\n"
	    "b,2026-02-02,C1,EUR,-130.00,,F1,\n",
	    10000, 6000, 4000, 0 },
	{ "reversal of money on no invoice",
	    "a,2026-02-01,C1,EUR,70.00,,,\n"
	    "b,2026-02-02,C1,EUR,-20.00,,,\n",
	    10000, 6000, 4000, 5000 },
	{ "reversal before its payment, newest first",
	    "b,2026-02-02,C1,EUR,-100.00,,F1,\n"
	    "a,2026-02-01,C1,EUR,100.00,,F1,\n",
	    10000, 6000, 4000, 0 },
	{ "paid again after a reversal, newest first",
	    "c,2026-02-03,C1,EUR,40.00,,F1,\n"
	    "b,2026-02-02,C1,EUR,-100.00,,F1,\n"
	    "a,2026-02-01,C1,EUR,100.00,,F1,\n",
	    6000, 6000, 4000, 0 },
	{ "paid again after a reversal",
	    "a,2026-02-01,C1,EUR,100.00,,F1,\n"
	    "b,2026-02-02,C1,EUR,-100.00,,F1,\n"
	    "c,2026-02-03,C1,EUR,40.00,,F1,\n",
	    6000, 6000, 4000, 0 },
};

static void
test_allocation(void **state)
{
	for (size_t i = 0; i < sizeof(allocations) / sizeof(allocations[0]);
	     i++) {
		struct fixture *f;

		fixture_setup(state);
		f = *state;
		fill(f);
		fixture_pay(f, allocations[i].rows);
		assert_int_equal(f->result.n_refused, 0);
		expect_open(f, allocations[i].name, allocations[i].f1,
		    allocations[i].f2a, allocations[i].f2b,
		    allocations[i].unallocated);
		fixture_teardown(state);
	}
}

static void
test_same_episode(void **state)
{
	struct fixture *f = *state;
	unsigned episode;

	fill(f);
	episode = fixture_position(f, "C1", "EUR")->items[0].episode;
	fixture_pay(f,
	    "a,2026-02-01,C1,EUR,100.00,,F1,\n"
	    "b,2026-02-02,C1,EUR,-100.00,,F1,\n");
	assert_int_equal(fixture_position(f, "C1", "EUR")->items[0].episode,
	    episode);
}

static void
test_credit_notes(void **state)
{
	struct fixture *f = *state;

	fixture_import(f, DEBTORS);
	/* The first stands before its invoice; the last refers to none. */
	fixture_import(f,
	    "number,debtor,issued,due,currency,amount,kind,refers_to\n"
	    "A1,C1,2026-02-01,,EUR,130.00,credit_note,F1\n"
	    "F1,C1,2026-01-01,2026-01-31,EUR,100.00,invoice,\n"
	    "F2,C1,2026-01-05,2026-02-05,EUR,60.00,,\n"
	    "F2,C1,2026-01-05,2026-03-05,EUR,40.00,,\n"
	    "A2,C1,2026-02-01,,EUR,7.00,credit_note,\n"
	    "A3,C1,2026-02-01,,EUR,65.00,credit_note,F2\n");
	expect(f, 5, 0, 0);
	expect_open(f, "credit notes", 0, 0, 3500, 3700);
	/* A credit is not money: no reversal takes it back. */
	fixture_pay(f, "r,2026-02-02,C1,EUR,-1.00,,F2,\n");
	expect_refused(f, 2, "takes back 1.00 EUR more");
	assert_int_equal(fixture_position(f, "C1", "EUR")->n_items, 3);
}

static void
test_twins(void **state)
{
	static const char two[] = "date,debtor,currency,amount,label\n"
				  "2026-02-01,C1,EUR,5.00,cash\n"
				  "2026-02-01,C1,EUR,5.00,cash\n";
	struct fixture *f = *state;

	fill(f);
	fixture_import(f, two);
	expect(f, 2, 0, 0);
	fixture_import(f, two);
	expect(f, 0, 2, 0);
	fixture_import(f,
	    "date,debtor,currency,amount,label\n"
	    "2026-02-01,C1,EUR,5.00,cash\n"
	    "2026-02-02,C1,EUR,5.00,cash\n"
	    "2026-02-01,C1,EUR,5.00,cash\n"
	    "2026-02-01,C1,EUR,5.00,cash\n");
	expect(f, 2, 2, 0);
	expect_open(f, "twins", 10000, 6000, 4000, 2000);
}

static void
test_payments_as_of(void **state)
{
	static const char row[] = PAYMENTS "a,2026-02-01,C1,EUR,5.00,,F1,\n";
	struct fixture *f = *state;

	fill(f);
	fixture_book(f);
	assert_int_equal(f->book.payments_as_of, DATE_NONE);
	fixture_import_on(f, row, "2026-03-05", false);
	fixture_import_on(f, row, "2026-03-09", false);
	fixture_import_on(f, row, "2026-03-07", false);
	expect(f, 0, 1, 0);
	fixture_import_on(f, DEBTORS, "2026-03-20", false);
	fixture_book(f);
	assert_int_equal(f->book.payments_as_of, fixture_day("2026-03-09"));
	/* Refused as a whole it tells nothing; empty, that nobody paid. */
	fixture_import_on(f, PAYMENTS "z,2026-03-20,C9,EUR,5.00,,,\n",
	    "2026-03-21", false);
	expect(f, 0, 0, 1);
	fixture_book(f);
	assert_int_equal(f->book.payments_as_of, fixture_day("2026-03-09"));
	fixture_import_on(f, PAYMENTS, "2026-03-22", false);
	fixture_book(f);
	assert_int_equal(f->book.payments_as_of, fixture_day("2026-03-22"));
}

static void
test_sum_too_large(void **state)
{
	struct fixture *f = *state;

	fill(f);
	fixture_pay(f,
	    "a,2026-02-01,C1,EUR,92233720368547758.07,,,\n"
	    "b,2026-02-01,C1,EUR,0.01,,F1,\n"
	    "c,2026-02-01,C2,EUR,1.00,,,\n");
	expect(f, 2, 0, 1);
	assert_int_equal(f->result.refused[0].line, 3);
	assert_non_null(strstr(f->result.refused[0].text, "too large"));
	expect_open(f, "too large", 10000, 6000, 4000, INT64_MAX);
}

static void
test_file_is_archived(void **state)
{
	static const char rows[] =
	    "number,debtor,issued,due,currency,amount,file\n"
	    "F7,C1,2026-01-01,2026-01-31,EUR,1.00,sub/F7.PDF\n";
	struct fixture *f = *state;
	const struct notice_line *line;
	struct str bytes;

	fill(f);
	must(file_mkdirs(fixture_path(f, "sub"), 0700, &f->err));
	fixture_write(f, "sub/F7.PDF", "%PDF invoice");
	fixture_import_on(f, rows, "2026-03-01", true);
	expect(f, 1, 0, 0);
	assert_false(file_exists(fixture_path(f, "archive")));
	fixture_import(f, rows);
	expect(f, 1, 0, 0);
	assert_int_equal(unlink(fixture_path(f, "sub/F7.PDF")), 0);
	fixture_import(f, rows);
	expect(f, 0, 1, 0);
	fixture_approve(f, ID, "C1", CHANNEL_PRINT);
	line = fixture_row(f, ID)->notice.lines;
	assert_string_equal(line[1].invoice, "F7");
	assert_string_equal(line[1].file_ext, "pdf");
	str_init(&bytes, 100);
	must(archive_read(f->dir, f->hasher, line[1].file_sha256, "pdf", &bytes,
	    &f->err));
	assert_string_equal(bytes.p, "%PDF invoice");
	str_done(&bytes);
	assert_string_equal(line[0].file_sha256, "");
}

static int
check_file(const struct str *bytes, const char *ext, struct err *e)
{
	assert_string_equal(ext, "xml");
	return err_set(e, ERR_DATA, "no good: %s", bytes->p);
}

/* A bad file refuses its invoice, the rest goes in. */
static void
test_file_is_refused(void **state)
{
	static const char rows[] =
	    "number,debtor,issued,due,currency,amount,file\n"
	    "F7,C1,2026-01-01,2026-01-31,EUR,1.00,F7.xml\n"
	    "F8,C1,2026-01-01,2026-01-31,EUR,1.00,\n";
	struct fixture *f = *state;
	const struct import_terms terms = { .on = 20000,
		.check_file = check_file };
	struct records r;

	fill(f);
	fixture_write(f, "F7.xml", "<a>");
	fixture_write(f, "in.csv", rows);
	must(csv_read(fixture_path(f, "in.csv"), NULL, f->hasher, f->arena, &r,
	    &f->err));
	must(ledger_import(f->ledger, &r, &terms, f->arena, &f->result,
	    &f->err));
	expect(f, 1, 0, 1);
	assert_non_null(strstr(f->result.refused[0].text, "no good: <a>"));
	assert_non_null(strstr(f->result.refused[0].text, "F7.xml"));
	assert_false(file_exists(fixture_path(f, "archive")));
}

static void
test_create_open(void **state)
{
	struct fixture *f = *state;
	struct ledger *other;

	fixture_fails(ledger_create(f->dir, &f->err), f, ERR_USAGE,
	    "is there already");
	fixture_fails(ledger_open("/tmp/semonce-absent", NOW, &other, &f->err),
	    f, ERR_USAGE, "semonce init");
	ledger_close(f->ledger);
	assert_int_equal(unlink(fixture_path(f, "semonce.db")), 0);
	fixture_fails(ledger_create(f->dir, &f->err), f, ERR_USAGE,
	    "semonce.mark is there without its ledger");
	fixture_write(f, "semonce.db", "this is no database, it is a text");
	fixture_fails(ledger_open(f->dir, NOW, &other, &f->err), f, ERR_BROKEN,
	    "damaged");
	assert_int_equal(unlink(fixture_path(f, "semonce.db")), 0);
	fixture_sql(f, "CREATE TABLE foreign_table (a)");
	fixture_fails(ledger_open(f->dir, NOW, &other, &f->err), f, ERR_BROKEN,
	    "not a ledger of semonce");
	assert_int_equal(unlink(fixture_path(f, "semonce.db")), 0);
	fixture_sql(f,
	    "PRAGMA application_id = 0x73656d6f; PRAGMA user_version = 9");
	fixture_fails(ledger_open(f->dir, NOW, &other, &f->err), f, ERR_USAGE,
	    "newer semonce");
	assert_int_equal(unlink(fixture_path(f, "semonce.db")), 0);
	assert_int_equal(unlink(fixture_path(f, "semonce.mark")), 0);
	must(ledger_create(f->dir, &f->err));
	fixture_open(f);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
		T(test_twice),
		T(test_dry_run),
		T(test_debtor_changes),
		T(test_refused_invoices),
		T(test_rates),
		T(test_refused_payments),
		T(test_rest_goes_in),
		cmocka_unit_test(test_allocation),
		T(test_same_episode),
		T(test_credit_notes),
		T(test_twins),
		T(test_payments_as_of),
		T(test_sum_too_large),
		T(test_file_is_archived),
		T(test_file_is_refused),
		T(test_create_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
