/*
 * The edges of interest and fees, each with its defined answer: too old, too
 * large, backwards, unknown, nothing at all.
 */
#include "law_fixture.h"

#include "law/interest.h"

static const struct rule plain = { .country = "FR",
	.series = "FR_B2B_DEFAULT",
	.floor = "FR_B2B_FLOOR_3X_LEGAL",
	.fees = "",
	.article = "" };

static int
ask(struct fixture *f, struct interest_case *c, struct interest *out,
    struct err *e)
{
	c->principal.currency[0] = 'E';
	c->principal.currency[1] = 'U';
	c->principal.currency[2] = 'R';
	c->notice = DATE_NONE;
	return interest_of(c, &f->law.rates, f->arena, out, e);
}

static void
test_too_old(void **state)
{
	struct interest_case c = { .rule = &plain,
		.principal = { .minor = 100 },
		.due = day("1998-01-01"),
		.until = day("1998-12-31") };
	struct interest out;
	struct err e = { 0 };

	assert_int_equal(ask(*state, &c, &out, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	assert_non_null(strstr(e.text, "FR_B2B_DEFAULT on 1998-01-02"));
	assert_non_null(strstr(e.text, "2009-01-01"));
}

static void
test_too_large(void **state)
{
	struct item_move more = { .on = day("2026-01-01"), .minor = INT64_MAX };
	struct interest_case c = { .rule = &plain,
		.principal = { .minor = INT64_MAX },
		.due = day("2012-01-01"),
		.until = day("2026-12-31") };
	struct interest out;
	struct err e = { 0 };

	assert_int_equal(ask(*state, &c, &out, &e), -1);
	assert_non_null(strstr(e.text, "interest is too large"));
	c.moves = &more;
	c.n_moves = 1;
	assert_int_equal(ask(*state, &c, &out, &e), -1);
	assert_non_null(strstr(e.text, "open amount is too large"));
}

static void
test_unknown_country(void **state)
{
	struct fixture *f = *state;
	const struct rule *rule;
	struct err e = { 0 };

	assert_int_equal(rule_find(&f->law.book, "US", DEBTOR_BUSINESS, &rule,
			     &e),
	    -1);
	assert_int_equal(e.kind, ERR_DATA);
	assert_non_null(strstr(e.text, "'US'"));
	assert_non_null(strstr(e.text, "FR BE"));
	assert_int_equal(rule_find(&f->law.book, "ES", DEBTOR_CONSUMER, &rule,
			     &e),
	    0);
	assert_null(rule);
}

/* Rates newer than the data, and weak ones, are marked. */
static void
test_stale(void **state)
{
	struct interest_case c = { .rule = &plain,
		.principal = { .minor = 100000 },
		.due = day("2026-12-15"),
		.until = day("2027-01-15") };
	struct interest out;
	struct err e = { 0 };

	assert_int_equal(ask(*state, &c, &out, &e), 0);
	assert_int_equal(out.n_slices, 2);
	assert_false(out.slices[0].stale);
	assert_int_equal(out.slices[0].to, day("2026-12-31"));
	assert_true(out.slices[1].stale);
}

/* The floor limits what is agreed; it never raises what the law gives. */
static void
test_floor(void **state)
{
	struct interest_case c = { .rule = &plain,
		.principal = { .minor = 36500000 },
		.due = day("2024-01-31"),
		.until = day("2024-08-31") };
	struct interest out;
	struct err e = { 0 };

	assert_int_equal(ask(*state, &c, &out, &e), 0);
	assert_int_equal(out.below_floor, DATE_NONE);
	assert_int_equal(out.slices[0].milli, 14500);
	c.contract = true;
	c.contract_milli = 15000;
	assert_int_equal(ask(*state, &c, &out, &e), 0);
	assert_int_equal(out.below_floor, day("2024-02-01"));
	c.contract_milli = 15210;
	assert_int_equal(ask(*state, &c, &out, &e), 0);
	assert_int_equal(out.below_floor, DATE_NONE);
	c.due = day("2024-06-30");
	c.contract_milli = 14750;
	assert_int_equal(ask(*state, &c, &out, &e), 0);
	assert_int_equal(out.below_floor, day("2024-07-01"));
}

/* No day late, or days below none: nothing, and nothing a day. */
static void
test_backwards(void **state)
{
	static const char *const untils[] = { "2026-03-31", "2026-03-30",
		"1900-01-01" };
	struct interest_case c = { .rule = &plain,
		.principal = { .minor = 36500000 },
		.due = day("2026-03-31") };
	struct interest out;
	struct err e = { 0 };

	for (size_t i = 0; i < 3; i++) {
		c.until = day(untils[i]);
		assert_int_equal(ask(*state, &c, &out, &e), 0);
		assert_int_equal(out.total.minor, 0);
		assert_int_equal(out.n_slices, 0);
		assert_int_equal(out.open.minor, 36500000);
		/* on the due date the next day is the first late one */
		assert_int_equal(out.per_day.minor, i == 0 ? 12150 : 0);
	}
}

/* A rate of nothing, or of less, makes slices of nothing. */
static void
test_no_rate(void **state)
{
	static const struct {
		int32_t milli;
		int64_t total, per_day;
	} rows[] = {
		{ 0, 0, 0 },
		{ -620, 0, 0 },
		{ 1, 10, 1 },
	};
	struct interest_case c = { .rule = &plain,
		.principal = { .minor = 36500000 },
		.due = day("2026-01-31"),
		.until = day("2026-02-10"),
		.contract = true };
	struct interest out;
	struct err e = { 0 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		c.contract_milli = rows[i].milli;
		assert_int_equal(ask(*state, &c, &out, &e), 0);
		assert_int_equal(out.total.minor, rows[i].total);
		assert_int_equal(out.per_day.minor, rows[i].per_day);
		assert_int_equal(out.n_slices, 1);
		assert_int_equal(out.slices[0].days, 10);
		assert_int_equal(out.slices[0].amount, rows[i].total);
		assert_int_equal(out.below_floor, day("2026-02-01"));
	}
}

/* A law older than the euro gives interest on days as old. */
static void
test_last_century(void **state)
{
	static const struct {
		const char *country, *due, *until;
		int64_t total;
	} rows[] = {
		{ "CH", "1990-12-31", "1991-12-31", 1825000 },
		{ "CH", "1912-01-01", "1912-01-02", 5000 },
		{ "AT", "1969-12-31", "1970-01-02", 8000 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct interest_case c = { .principal = { .minor = 36500000 },
			.due = day(rows[i].due),
			.until = day(rows[i].until) };
		struct interest out;
		struct err e = { 0 };

		assert_int_equal(rule_find(&f->law.book, rows[i].country,
				     DEBTOR_CONSUMER, &c.rule, &e),
		    0);
		assert_int_equal(ask(f, &c, &out, &e), 0);
		assert_int_equal(out.total.minor, rows[i].total);
	}
}

static void
test_fee_too_large(void **state)
{
	static const struct fee_step step = { .scheme = "X",
		.currency = "EUR",
		.fixed = INT64_MAX,
		.milli = 1000,
		.article = "" };
	static const struct law_book book = { .fees = &step, .n_fees = 1 };
	static const struct rule rule = { .country = "FR", .fees = "X" };
	struct fee_case c = { .principal = { 49, "EUR" }, .late = true };
	const struct fee_step *found;
	struct money fee;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(fee_of(&book, &rule, &c, &fee, &found, &e), 0);
	assert_true(fee.minor == INT64_MAX);
	c.principal.minor = 50; /* one more, rounded */
	assert_int_equal(fee_of(&book, &rule, &c, &fee, &found, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	assert_non_null(strstr(e.text, "X is too large"));
	c.principal.minor = -1;
	assert_int_equal(fee_of(&book, &rule, &c, &fee, &found, &e), 0);
	assert_int_equal(fee.minor, 0);
	assert_null(found);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_too_old),
		cmocka_unit_test(test_too_large),
		cmocka_unit_test(test_unknown_country),
		cmocka_unit_test(test_stale),
		cmocka_unit_test(test_floor),
		cmocka_unit_test(test_backwards),
		cmocka_unit_test(test_no_rate),
		cmocka_unit_test(test_last_century),
		cmocka_unit_test(test_fee_too_large),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
