/* What notice.json says of claims is what the lines of the notice have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "verb/claim_data.h"

#define DUE  20000
#define ON   20030
#define ROWS 3
#define N(x) (sizeof(x) / sizeof((x)[0]))

static struct money
euros(int64_t minor)
{
	return (struct money){ .minor = minor, .currency = "EUR" };
}

/* A line as the test tables have it; amounts in cents. */
struct row {
	int64_t interest, settled, fee, per_day;
	date_t from;
	int32_t milli;   /* of the newest of the slices */
	size_t n_slices; /* 0 to 2 */
	const char *law; /* of interest */
	bool informational;
};

struct made {
	struct notice_line line;
	struct claim claims[CLAIM_KINDS];
	struct claim_slice slices[2];
};

static void
make_line(const struct row *r, struct made *m)
{
	struct notice_line *l = &m->line;

	*m = (struct made){ .line = { .invoice = "F1",
				.due = DUE,
				.role = r->informational ? LINE_INFORMATIONAL
							 : LINE_DEMANDED,
				.open = euros(10000),
				.interest = euros(r->interest - r->settled),
				.fee = euros(r->fee),
				.claims = m->claims } };
	for (size_t i = 0; i < r->n_slices; i++)
		m->slices[i] = (struct claim_slice){ .from = r->from,
			.to = ON,
			.days = 7,
			.base = euros(10000),
			.amount = euros(r->interest),
			.rate_milli = i + 1 == r->n_slices ? r->milli : 1000 };
	if (r->interest > 0)
		m->claims[l->n_claims++] =
		    (struct claim){ .kind = CLAIM_INTEREST,
			    .amount = euros(r->interest),
			    .settled = euros(r->settled),
			    .from = r->from,
			    .until = ON,
			    .per_day = euros(r->per_day),
			    .law = r->law,
			    .slices = m->slices,
			    .n_slices = r->n_slices };
	if (r->fee > 0)
		m->claims[l->n_claims++] = (struct claim){ .kind = CLAIM_FEE,
			.amount = euros(r->fee),
			.settled = euros(0),
			.per_day = euros(0),
			.law = "D441-5" };
}

/* The claims of a notice of these lines; one without law ends them. */
static json_t *
claims_of(const struct row rows[ROWS], enum day_count count)
{
	struct arena *a = arena_new();
	struct made made[ROWS];
	struct notice_line lines[ROWS];
	struct notice notice = { .currency = "EUR", .lines = lines };
	json_t *j;
	struct err e;

	for (size_t i = 0; i < ROWS && rows[i].law != NULL; i++) {
		make_line(&rows[i], &made[i]);
		lines[notice.n_lines++] = made[i].line;
	}
	assert_int_equal(claim_data(&notice, count, a, &j, &e), 0);
	arena_free(a);
	return j;
}

/* Returns the last of the digits behind the mark. */
static const char *
put_euros(struct str *out, const char *mark)
{
	char *end;
	long minor = strtol(mark + 1, &end, 10);

	str_fmt(out, "{\"currency\": \"EUR\", \"minor\": %ld}", minor);
	return end - 1;
}

/* JSON as the tables have it: ' for a quote, @7 for seven cents. */
static json_t *
json_of(const char *text)
{
	struct str s;
	json_t *j;

	str_init(&s, 4096);
	for (; *text != '\0'; text++)
		if (*text == '\'')
			str_putc(&s, '"');
		else if (*text == '@')
			text = put_euros(&s, text);
		else
			str_putc(&s, *text);
	j = json_loads(s.p, JSON_DECODE_ANY, NULL);
	if (j == NULL)
		fail_msg("not JSON: %s", s.p);
	str_done(&s);
	return j;
}

/* All that is wanted is there, and the same. */
static void
compare(json_t *got, const char *text)
{
	json_t *want = json_of(text), *value;
	const char *key;

	if (json_is_null(want))
		assert_true(json_is_null(got));
	json_object_foreach(want, key, value)
	{
		char *is =
		    json_dumps(json_object_get(got, key), JSON_ENCODE_ANY);

		if (!json_equal(json_object_get(got, key), value))
			fail_msg("%s is %s; want %s", key, is, text);
		free(is);
	}
	json_decref(want);
	json_decref(got);
}

static const struct {
	struct row rows[ROWS];
	const char *want;
} notices[] = {
	{ { { .law = "" }, { .law = "" } }, "null" },
	/* one line that claims both */
	{ { { .interest = 740,
	      .fee = 4000,
	      .per_day = 41,
	      .from = DUE + 1,
	      .milli = 12150,
	      .n_slices = 1,
	      .law = "L441-10" } },
	    "{'has_interest': true, 'has_fee': true, "
	    "'from': '2024-10-05', 'from_due': true, "
	    "'until': '2024-11-03', 'rate': '12.15', 'per_day': @41, "
	    "'interest_law': 'L441-10', 'fee_law': 'D441-5', "
	    "'fee_count': 1, 'fee_each': null}" },
	/* two that share the fee alone; the third asks for nothing */
	{ { { .interest = 740,
		.fee = 4000,
		.per_day = 41,
		.from = DUE + 1,
		.milli = 12150,
		.n_slices = 2,
		.law = "BW 6:119a" },
	      { .interest = 208,
		  .fee = 4000,
		  .per_day = 16,
		  .from = DUE + 9,
		  .milli = 9000,
		  .n_slices = 1,
		  .law = "BW 6:119" },
	      { .interest = 5,
		  .fee = 4000,
		  .per_day = 1,
		  .from = DUE + 1,
		  .milli = 1,
		  .n_slices = 1,
		  .law = "none",
		  .informational = true } },
	    "{'from': null, 'from_due': false, 'rate': null, "
	    "'per_day': @57, 'interest_law': 'BW 6:119a, BW 6:119', "
	    "'fee_law': 'D441-5', 'fee_count': 2, 'fee_each': @4000}" },
	/* what is settled in full is not asked for */
	{ { { .interest = 740,
	      .settled = 740,
	      .from = DUE + 1,
	      .n_slices = 1,
	      .law = "x" } },
	    "null" },
	/* fees alone, of two amounts */
	{ { { .fee = 4000, .law = "" }, { .fee = 7000, .law = "" } },
	    "{'has_interest': false, 'has_fee': true, 'from': null, "
	    "'from_due': false, 'until': null, 'rate': null, "
	    "'per_day': null, 'interest_law': '', 'fee_count': 2, "
	    "'fee_each': null}" },
};

static void
test_all(void **state)
{
	(void)state;
	for (size_t i = 0; i < N(notices); i++)
		compare(claims_of(notices[i].rows, DAY_COUNT_365),
		    notices[i].want);
}

/* The annex says by what it divides. */
static void
test_year(void **state)
{
	static const struct row rows[ROWS] = { { .fee = 4000, .law = "" } };
	static const char *const want[] = {
		[DAY_COUNT_365] = "{'year_days': 365}",
		[DAY_COUNT_ACTUAL] = "{'year_days': null}",
		[DAY_COUNT_360] = "{'year_days': 360}",
	};

	(void)state;
	for (size_t i = 0; i < N(want); i++)
		compare(claims_of(rows, (enum day_count)i), want[i]);
}

static json_t *
line_of(const struct row *row)
{
	json_t *j = json_object();
	struct made made;
	struct err e;

	make_line(row, &made);
	assert_int_equal(claim_line_data(&made.line, ON, j, &e), 0);
	return j;
}

static void
test_line(void **state)
{
	static const struct {
		struct row row;
		const char *want;
	} cases[] = {
		{ { .law = "" },
		    "{'total': @10000, 'days': 30, 'accrued': @0, "
		    "'settled': @0, 'slices': [], 'has_sum': false}" },
		{ { .interest = 740,
		      .settled = 40,
		      .fee = 4000,
		      .from = DUE + 1,
		      .milli = 12150,
		      .n_slices = 1,
		      .law = "" },
		    "{'total': @14700, 'accrued': @740, 'settled': @40, "
		    "'slices': [{'from': '2024-10-05', 'to': '2024-11-03', "
		    "'days': 7, 'base': @10000, 'rate': '12.15', "
		    "'amount': @740}], 'has_sum': true}" },
		/* one slice needs no sum below it, two do */
		{ { .interest = 5, .from = DUE, .n_slices = 1, .law = "" },
		    "{'has_sum': false}" },
		{ { .interest = 5, .from = DUE, .n_slices = 2, .law = "" },
		    "{'has_sum': true}" },
	};

	(void)state;
	for (size_t i = 0; i < N(cases); i++)
		compare(line_of(&cases[i].row), cases[i].want);
}

/* What was paid on claims of the demanded instalments, and of no other. */
static void
test_paid(void **state)
{
	struct item items[] = {
		{ .id = 1,
		    .invoice = "F1",
		    .claimed = { { .paid = euros(7) },
			{ .paid = euros(40) } } },
		{ .id = 2, .claimed = { { .paid = euros(500) } } },
		{ .id = 3, .claimed = { { .paid = euros(1000) } } },
		{ .id = 4 }, /* nothing was ever claimed of it */
	};
	struct notice_line lines[] = { { .item = 1 },
		{ .item = 2, .role = LINE_INFORMATIONAL }, { .item = 4 } };
	const struct position p = { .items = items, .n_items = N(items) };
	const struct notice n = {
		.currency = "EUR", .lines = lines, .n_lines = N(lines)
	};
	struct money paid;
	struct err e;

	(void)state;
	assert_int_equal(claim_paid(&n, &p, &paid, &e), 0);
	assert_int_equal(paid.minor, 47);
	assert_int_equal(claim_paid(&n, NULL, &paid, &e), 0);
	assert_int_equal(paid.minor, 0);
	assert_string_equal(paid.currency, "EUR");
	items[0].claimed[0].paid.minor = INT64_MAX;
	assert_int_equal(claim_paid(&n, &p, &paid, &e), -1);
	assert_non_null(strstr(e.text, "F1"));
}

static void
test_overflow(void **state)
{
	struct notice_line l = { .invoice = "F7",
		.open = euros(INT64_MAX),
		.interest = euros(1),
		.fee = euros(0) };
	json_t *j = json_object();
	struct err e;

	(void)state;
	assert_int_equal(claim_line_data(&l, ON, j, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	assert_non_null(strstr(e.text, "F7"));
	json_decref(j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_year),
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_paid),
		cmocka_unit_test(test_overflow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
