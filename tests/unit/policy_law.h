/*
 * policy_law: a small law for the tests of claims, and a ladder that claims.
 * The figures are made: 365.00 at 10 % make 0.10 a day.
 */
#ifndef TESTS_POLICY_LAW_H
#define TESTS_POLICY_LAW_H

#include "policy_book.h"

#define STEPS                                                             \
	"scenario: claiming\nspacing: 7d\nsteps:\n"                       \
	"- {name: one, at: due + 1d, letter: x, by: [email]}\n"           \
	"- {name: two, after: one + 7d, letter: x, by: [email],\n"        \
	"   claims: [interest, fee]}\n"                                   \
	"- {name: three, after: two + 7d, letter: x, by: [registered],\n" \
	"   claims: [interest, fee]}\n"

static struct rate rate_rows[] = {
	{ .series = "FIRM", .milli = 10000, .source = "" },
	{ .series = "FIRM", .milli = 20000, .source = "" },
	{ .series = "FLOOR", .milli = 8000, .source = "" },
	{ .series = "SOFT", .milli = 3650, .source = "a text", .weak = true },
};

static const enum debt_part interest_first[] = { PART_INTEREST, PART_PRINCIPAL,
	PART_FEE };

static const struct rule rule_rows[] = {
	{ .country = "FR",
	    .kind = DEBTOR_BUSINESS,
	    .series = "FIRM",
	    .floor = "FLOOR",
	    .fees = "FORTY",
	    .article = "art. 1",
	    .order = interest_first,
	    .order_article = "art. 8",
	    .order_weak = true },
	{ .country = "FR",
	    .kind = DEBTOR_CONSUMER,
	    .series = "SOFT",
	    .floor = "",
	    .start = START_NOTICE,
	    .fees = "",
	    .article = "art. 2",
	    .weak = true },
	{ .country = "FR",
	    .kind = DEBTOR_PUBLIC,
	    .series = "FIRM",
	    .floor = "",
	    .fees = "NAMED",
	    .article = "art. 3" },
	{ .country = "BE",
	    .kind = DEBTOR_BUSINESS,
	    .series = "FIRM",
	    .floor = "",
	    .fees = "CLAUSE",
	    .article = "art. 4" },
	{ .country = "NL",
	    .kind = DEBTOR_BUSINESS,
	    .series = "FIRM",
	    .floor = "",
	    .fees = "TENTH",
	    .article = "art. 9" },
};

static const struct fee_step fee_rows[] = {
	{ .scheme = "FORTY",
	    .currency = "EUR",
	    .fixed = 4000,
	    .when = FEE_DUE,
	    .article = "art. 5" },
	{ .scheme = "NAMED",
	    .currency = "EUR",
	    .milli = 10000,
	    .when = FEE_NOTICE,
	    .article = "art. 6",
	    .weak = true },
	{ .scheme = "CLAUSE",
	    .currency = "EUR",
	    .fixed = 1500,
	    .when = FEE_CLAUSE,
	    .article = "art. 7" },
	{ .scheme = "TENTH",
	    .currency = "EUR",
	    .milli = 10000,
	    .when = FEE_DUE,
	    .article = "art. 10" },
};

static const struct law_book law = { .rules = rule_rows,
	.n_rules = sizeof(rule_rows) / sizeof(rule_rows[0]),
	.fees = fee_rows,
	.n_fees = sizeof(fee_rows) / sizeof(fee_rows[0]) };

static struct rates rates = { .rows = rate_rows,
	.n = sizeof(rate_rows) / sizeof(rate_rows[0]) };

static inline int
setup_law(void **state)
{
	struct world *w;

	if (setup(state) != 0)
		return -1;
	w = *state;
	load_scenario(w, STEPS);
	rate_rows[0].from = day("2026-01-01");
	rate_rows[0].until = day("2026-06-30");
	rate_rows[1].from = day("2026-07-01");
	rate_rows[1].until = day("2026-12-31");
	rate_rows[2].from = rate_rows[3].from = day("2000-01-01");
	rate_rows[2].until = rate_rows[3].until = DATE_NONE;
	w->policy.law = &law;
	w->policy.rates = &rates;
	return 0;
}

/* An invoice that had step one, and stands before step two. */
static inline struct item *
add_late(struct world *w, struct position *p, const char *number,
    const char *due, int64_t minor)
{
	struct item *it = add_item(w, p, number, due, minor);

	add_rung(it, "one", "2026-02-02");
	return it;
}

/* Sums of lines are those of the notice, slices those of their claim. */
static inline void
check_sums(const struct notice *n)
{
	int64_t interest = 0, fee = 0, open = 0;

	for (size_t i = 0; i < n->n_lines; i++) {
		const struct notice_line *l = &n->lines[i];
		int64_t asked[CLAIM_KINDS] = { 0 };

		for (size_t c = 0; c < l->n_claims; c++) {
			const struct claim *m = &l->claims[c];
			int64_t sum = 0;

			asked[m->kind] += m->amount.minor - m->settled.minor;
			assert_true(m->settled.minor >= 0);
			assert_true(m->settled.minor < m->amount.minor);
			for (size_t s = 0; s < m->n_slices; s++)
				sum += m->slices[s].amount.minor;
			if (m->kind == CLAIM_INTEREST)
				assert_int_equal(sum, m->amount.minor);
		}
		assert_int_equal(asked[CLAIM_INTEREST], l->interest.minor);
		assert_int_equal(asked[CLAIM_FEE], l->fee.minor);
		if (l->role == LINE_INFORMATIONAL) {
			assert_int_equal(l->n_claims, 0);
			continue;
		}
		open += l->open.minor;
		interest += l->interest.minor;
		fee += l->fee.minor;
	}
	assert_int_equal(n->open.minor, open);
	assert_int_equal(n->interest.minor, interest);
	assert_int_equal(n->fee.minor, fee);
	assert_int_equal(n->total.minor, open + interest + fee);
}

#endif
