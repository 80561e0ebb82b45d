/*
 * Interest and fees: the vectors of tests/law, each with its article and made
 * by another program; a slow second implementation on random timelines; and
 * ../shared/vectors/golden_interest.csv where present.
 */
#include "law_fixture.h"

#include <stdio.h>

#include "base/file.h"
#include "base/hash.h"
#include "law/interest.h"
#include "read/rows.h"

#define MOVES 16

enum {
	ARTICLE,
	COUNTRY,
	KIND,
	CURRENCY,
	PRINCIPAL,
	DUE,
	UNTIL,
	NOTICE,
	AGREED,
	COUNT,
	CLAUSE,
	MOVEMENTS,
	INTEREST,
	FEE,
	TOTAL,
	PER_DAY,
	NOTE,
	CELLS
};

static enum debtor_kind
kind_of(const char *word)
{
	return strcmp(word, "business") == 0 ? DEBTOR_BUSINESS
	    : strcmp(word, "public") == 0    ? DEBTOR_PUBLIC
					     : DEBTOR_CONSUMER;
}

static enum day_count
count_of(const char *word)
{
	return strcmp(word, "ACT/ACT") == 0 ? DAY_COUNT_ACTUAL
	    : strcmp(word, "ACT/360") == 0  ? DAY_COUNT_360
					    : DAY_COUNT_365;
}

/* "2026-01-31:-100 2026-02-01:100" */
static size_t
moves_of(const char *text, struct item_move *out)
{
	char buf[DATE_SIZE] = "";
	size_t n = 0;

	while (*text != '\0') {
		char *end;

		assert_in_range(n, 0, MOVES - 1);
		memcpy(buf, text, DATE_SIZE - 1);
		out[n].on = day(buf);
		out[n++].minor = strtoll(text + DATE_SIZE, &end, 10);
		text = *end == ' ' ? end + 1 : end;
	}
	return n;
}

/* Slices follow each other and sum to the total. */
static void
check_slices(const struct interest *i)
{
	int64_t sum = 0;

	for (size_t k = 0; k < i->n_slices; k++) {
		const struct interest_slice *s = &i->slices[k];

		assert_int_equal(s->days, s->to - s->from + 1);
		assert_true(s->days > 0 && s->base > 0);
		if (k > 0)
			assert_true(s->from > i->slices[k - 1].to);
		sum += s->amount;
	}
	assert_int_equal(sum, i->total.minor);
}

/* One row of tests/law/interest.csv. */
static void
check_vector(struct fixture *f, const struct row *row)
{
	const char *const *v = row->cells;
	struct item_move moves[MOVES];
	struct interest_case c = {
		.principal = { .minor = strtoll(v[PRINCIPAL], NULL, 10) },
		.due = day(v[DUE]),
		.until = day(v[UNTIL]),
		.notice = day(v[NOTICE]),
		.contract = v[AGREED][0] != '\0',
		.count = count_of(v[COUNT]),
		.moves = moves,
		.n_moves = moves_of(v[MOVEMENTS], moves),
	};
	struct fee_case fee = { .late = c.until > c.due,
		.noticed = c.notice != DATE_NONE && c.notice <= c.until,
		.clause = v[CLAUSE][0] != '\0' };
	const struct fee_step *step;
	struct interest i = { 0 };
	struct err e = { 0 };
	struct money due = { 0 };

	(void)snprintf(c.principal.currency, sizeof(c.principal.currency), "%s",
	    v[CURRENCY]);
	fee.principal = c.principal;
	if ((c.contract && rate_parse(v[AGREED], &c.contract_milli, &e) != 0) ||
	    rule_find(&f->law.book, v[COUNTRY], kind_of(v[KIND]), &c.rule,
		&e) != 0 ||
	    interest_of(&c, &f->law.rates, f->arena, &i, &e) != 0 ||
	    (c.rule != NULL &&
		fee_of(&f->law.book, c.rule, &fee, &due, &step, &e) != 0))
		fail_msg("line %u: %s", row->line, e.text);
	if (i.total.minor != strtoll(v[INTEREST], NULL, 10) ||
	    due.minor != strtoll(v[FEE], NULL, 10) ||
	    i.per_day.minor != strtoll(v[PER_DAY], NULL, 10) ||
	    i.open.minor + i.total.minor + due.minor !=
		strtoll(v[TOTAL], NULL, 10))
		fail_msg("line %u (%s): %lld + %lld, %lld a day", row->line,
		    v[NOTE], (long long)i.total.minor, (long long)due.minor,
		    (long long)i.per_day.minor);
	check_slices(&i);
}

/* Every row of a file behind its header; returns their number. */
static int
each_row(struct fixture *f, const char *path, size_t cells,
    void (*check)(struct fixture *, const struct row *))
{
	struct err e = { 0 };
	struct hasher *hasher;
	struct rows *rows;
	struct row row;
	int n = 0;

	assert_int_equal(hasher_new(&hasher, &e), 0);
	if (rows_open(path, NULL, hasher, &rows, &e) != 0)
		fail_msg("%s", e.text);
	while (rows_next(rows, &row, &e) == 1) {
		assert_null(row.fault);
		assert_int_equal(row.n, cells);
		if (n++ > 0)
			check(f, &row);
	}
	rows_close(rows);
	hasher_free(hasher);
	return n - 1;
}

static void
test_vectors(void **state)
{
	assert_true(each_row(*state, "tests/law/interest.csv", CELLS,
			check_vector) >= 120);
}

/* Every article that a rule or a fee rests on has a vector. */
static void
test_articles(void **state)
{
	struct fixture *f = *state;
	const struct law_book *b = &f->law.book;
	struct err e = { 0 };
	struct str vectors;

	str_init(&vectors, 1 << 20);
	assert_int_equal(file_read("tests/law/interest.csv", &vectors, &e), 0);
	for (size_t i = 0; i < b->n_rules + b->n_fees; i++) {
		const char *article = i < b->n_rules
		    ? b->rules[i].article
		    : b->fees[i - b->n_rules].article;

		if (strstr(vectors.p, arena_fmt(f->arena, "\n%s,", article)) ==
		    NULL)
			fail_msg("no vector for %s", article);
	}
	str_done(&vectors);
}

/* ---- a second implementation, day by day ---- */

__extension__ typedef __int128 wide; /* a scalar, so a typedef */

static bool
is_leap(date_t d)
{
	int year, month, dom;

	date_to_civil(d, &year, &month, &dom);
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int32_t
slow_rate(const struct rates *r, const char *series, date_t d)
{
	const struct rate *best = NULL;

	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->rows[i].series, series) == 0 &&
		    r->rows[i].from <= d &&
		    (best == NULL || r->rows[i].from > best->from))
			best = &r->rows[i];
	if (best == NULL) {
		fail_msg("no rate of %s", series);
		return 0;
	}
	return best->milli;
}

/* In units of 1 / (100000 * 360 * 365 * 366) of a minor unit. */
static wide
slow_day(const struct interest_case *c, const struct rates *r, date_t first,
    date_t d)
{
	int64_t open = c->principal.minor;
	int year = c->count == DAY_COUNT_360             ? 360
	    : c->count == DAY_COUNT_ACTUAL && is_leap(d) ? 366
							 : 365;
	int32_t milli = c->contract
	    ? c->contract_milli
	    : slow_rate(r, c->rule->series, c->rule->frozen ? first : d);

	for (size_t i = 0; i < c->n_moves; i++)
		if (c->moves[i].on < d)
			open += c->moves[i].minor;
	if (open <= 0)
		return 0;
	return (wide)open * milli * (360 * 365 * 366 / year);
}

static int64_t
slow_interest(const struct interest_case *c, const struct rates *r)
{
	const wide unit = (wide)100000 * 360 * 365 * 366;
	date_t first = c->due + 1;
	wide sum = 0;

	if (c->rule->start == START_NOTICE && c->notice == DATE_NONE)
		return 0;
	if (c->rule->start == START_NOTICE && c->notice > c->due)
		first = c->notice + 1;
	for (date_t d = first; d <= c->until; d++)
		sum += slow_day(c, r, first, d);
	return (int64_t)((2 * sum + unit) / (2 * unit));
}

static uint64_t
next_random(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static int64_t
between(uint64_t *x, int64_t from, int64_t to)
{
	return from + (int64_t)(next_random(x) % (uint64_t)(to - from + 1));
}

/* Between 2016 and 2026 every series but one of Luxembourg has rates. */
static void
random_case(uint64_t *x, const struct law_book *b, struct interest_case *c,
    struct item_move *moves)
{
	date_t due = date_from_civil(2016, 1, 1) + (date_t)between(x, 0, 3650);

	*c = (struct interest_case){
		.rule = &b->rules[next_random(x) % b->n_rules],
		.principal = { .minor = between(x, 0, 1) == 0
			? between(x, 0, 300)
			: between(x, 0, 1000000000000),
		    .currency = "EUR" },
		.due = due,
		.until = due + (date_t)between(x, -3, 900),
		.notice = between(x, 0, 3) == 0
		    ? DATE_NONE
		    : due + (date_t)between(x, -30, 400),
		.contract = between(x, 0, 4) == 0,
		.contract_milli = (int32_t)between(x, 0, 20000),
		.count = (enum day_count)between(x, 0, 2),
		.moves = moves,
		.n_moves = (size_t)between(x, 0, MOVES / 2),
	};
	for (size_t i = 0; i < c->n_moves; i++)
		moves[i] = (struct item_move){
			.on = due + (date_t)between(x, -40, 950),
			.minor = between(x, -c->principal.minor,
			    c->principal.minor / 2),
		};
}

/* 100,000 with LAW_CASES=100000. */
static void
test_random(void **state)
{
	struct fixture *f = *state;
	const char *wanted = getenv("LAW_CASES");
	long n = wanted != NULL ? strtol(wanted, NULL, 10) : 2000;
	uint64_t x = 20261121;

	for (long i = 0; i < n; i++) {
		struct item_move moves[MOVES];
		struct arena *a = arena_new();
		struct interest_case c;
		struct interest out = { 0 };
		struct err e = { 0 };

		random_case(&x, &f->law.book, &c, moves);
		if (interest_of(&c, &f->law.rates, a, &out, &e) != 0)
			fail_msg("case %ld: %s", i, e.text);
		if (out.total.minor != slow_interest(&c, &f->law.rates))
			fail_msg("case %ld: %lld", i,
			    (long long)out.total.minor);
		check_slices(&out);
		arena_free(a);
	}
}

/* ---- ../shared ---- */

enum {
	G_CASE,
	G_REGIME,
	G_SERIES,
	G_PRINCIPAL,
	G_DUE,
	G_NOTICE,
	G_UNTIL,
	G_BASIS,
	G_SEGMENTS,
	G_EXACT,
	G_INTEREST,
	G_FEE,
	G_TOTAL,
	G_NOTE,
	G_CELLS
};

static const struct rule *
rule_of_series(const struct law_book *b, const char *series)
{
	for (size_t i = 0; i < b->n_rules; i++)
		if (strcmp(b->rules[i].series, series) == 0)
			return &b->rules[i];
	fail_msg("no rule for %s", series);
	abort();
}

static void
check_golden(struct fixture *f, const struct row *row)
{
	const char *const *v = row->cells;
	const struct rule *rule = rule_of_series(&f->law.book, v[G_SERIES]);
	struct interest_case c = {
		.rule = rule,
		.principal = { .minor = strtoll(v[G_PRINCIPAL], NULL, 10) },
		.due = day(v[G_DUE]),
		.until = day(v[G_UNTIL]),
		.notice = day(v[G_NOTICE]),
		.count = count_of(v[G_BASIS]),
	};
	struct fee_case fee = { .late = true };
	const struct fee_step *step;
	struct interest i = { 0 };
	struct money due = { 0 };
	struct err e = { 0 };
	struct str segments;
	char from[DATE_SIZE], to[DATE_SIZE], rate[RATE_SIZE];

	(void)snprintf(c.principal.currency, sizeof(c.principal.currency), "%s",
	    strcmp(rule->country, "GB") == 0       ? "GBP"
		: strcmp(rule->country, "CH") == 0 ? "CHF"
						   : "EUR");
	fee.principal = c.principal;
	if (interest_of(&c, &f->law.rates, f->arena, &i, &e) != 0 ||
	    fee_of(&f->law.book, rule, &fee, &due, &step, &e) != 0)
		fail_msg("%s: %s", v[G_CASE], e.text);
	assert_int_equal(i.total.minor, strtoll(v[G_INTEREST], NULL, 10));
	assert_int_equal(due.minor, strtoll(v[G_FEE], NULL, 10));
	assert_int_equal(i.open.minor + i.total.minor + due.minor,
	    strtoll(v[G_TOTAL], NULL, 10));
	str_init(&segments, 1000);
	for (size_t k = 0; k < i.n_slices; k++)
		str_fmt(&segments, "%s%s..%s:%dd@%s", k > 0 ? " + " : "",
		    date_fmt(i.slices[k].from, from),
		    date_fmt(i.slices[k].to, to), i.slices[k].days,
		    rate_fmt(i.slices[k].milli, rate));
	assert_string_equal(segments.p, v[G_SEGMENTS]);
	str_done(&segments);
}

static void
test_shared(void **state)
{
	const char *path = "../shared/vectors/golden_interest.csv";

	if (!file_exists(path)) {
		print_message("skipped: %s is not there\n", path);
		skip();
	}
	assert_true(each_row(*state, path, G_CELLS, check_golden) > 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_articles),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_shared),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
