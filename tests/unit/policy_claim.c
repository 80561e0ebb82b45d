/*
 * What notices ask for besides the debt: interest and the fixed fee. The
 * figures are those of policy_law.h: 365.00 at 10 % make 0.10 a day.
 */
#include "policy_law.h"

#include "policy/claim.h"

/* "interest 10.00 of 12.00, 10 days at 10.00 % of 365.00, …; fee 40.00" */
static const char *
claims_text(struct world *w)
{
	char a[MONEY_SIZE], b[MONEY_SIZE], rate[RATE_SIZE];
	const struct plan *p = &w->plan;

	str_clear(&w->text);
	for (size_t i = 0; i < p->n_notices; i++) {
		const struct notice *n = &p->notices[i];

		for (size_t k = 0; k < n->n_lines; k++) {
			const struct notice_line *l = &n->lines[k];

			str_fmt(&w->text, "%s:", l->invoice);
			for (size_t c = 0; c < l->n_claims; c++) {
				const struct claim *m = &l->claims[c];
				bool fee = m->kind == CLAIM_FEE;

				str_fmt(&w->text, " %s %s of %s;",
				    fee ? "fee" : "interest",
				    money_fmt(fee ? l->fee : l->interest, a),
				    money_fmt(m->amount, b));
				for (size_t s = 0; s < m->n_slices; s++)
					str_fmt(&w->text, " %d at %s of %s;",
					    m->slices[s].days,
					    rate_fmt(m->slices[s].rate_milli,
						rate),
					    money_fmt(m->slices[s].base, a));
			}
			str_puts(&w->text, "\n");
		}
	}
	return w->text.p;
}

static void
expect_claims(struct world *w, const char *on, const char *want)
{
	make_plan(w, day(on));
	assert_string_equal(claims_text(w), want);
}

/* ---- interest ---- */

static void
test_in_full(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_late(w, p, "F1", "2026-01-31", 36500);
	const struct notice_line *l;
	const struct claim *c;

	add_item(w, p, "F2", "2026-02-09", 36500);
	/* step one claims nothing */
	it->n_rungs = 0;
	expect(w, "2026-02-03",
	    "C1 EUR one email auto 365.00 [F1]\n"
	    "C1 F2 not_due 2026-02-10\n");
	assert_int_equal(w->plan.notices[0].lines[0].n_claims, 0);
	/* ten days; a line of step one claims nothing either */
	add_rung(it, "one", "2026-02-02");
	expect(w, "2026-02-10", "C1 EUR two email auto 771.00 [F1 F2:one]\n");
	check_sums(&w->plan.notices[0]);
	assert_string_equal(claims_text(w),
	    "F1: interest 1.00 of 1.00; 10 at 10.00 of 365.00; "
	    "fee 40.00 of 40.00;\nF2:\n");
	l = &w->plan.notices[0].lines[0];
	c = &l->claims[0];
	assert_int_equal(c->kind, CLAIM_INTEREST);
	assert_int_equal(c->from, day("2026-02-01"));
	assert_int_equal(c->until, day("2026-02-10"));
	assert_int_equal(c->per_day.minor, 10);
	assert_string_equal(c->per_day.currency, "EUR");
	assert_int_equal(c->settled.minor, 0);
	assert_string_equal(c->law, "art. 1");
	assert_string_equal(c->text,
	    "FIRM, ACT/365, 1 slice from 2026-02-01 to 2026-02-10");
	assert_int_equal(c->slices[0].to, day("2026-02-10"));
	assert_int_equal(c->slices[0].amount.minor, 100);
	c = &l->claims[1];
	assert_int_equal(c->kind, CLAIM_FEE);
	assert_int_equal(c->from, DATE_NONE);
	assert_int_equal(c->until, DATE_NONE);
	assert_int_equal(c->per_day.minor, 0);
	assert_string_equal(c->law, "art. 5");
	assert_string_equal(c->text, "FORTY, once per invoice");
}

static void
test_timeline(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_late(w, p, "F1", "2026-01-31", 73000);

	/* paid in time, then late: its own day is still owed */
	pay_on(it, 36500, day("2026-01-30"));
	pay_on(it, 18250, day("2026-02-04"));
	expect_claims(w, "2026-02-10",
	    "F1: interest 0.70 of 0.70; 4 at 10.00 of 365.00; 6 at 10.00 of "
	    "182.50; fee 40.00 of 40.00;\n");
	/* it went back */
	pay_on(it, -18250, day("2026-02-06"));
	expect_claims(w, "2026-02-10",
	    "F1: interest 0.90 of 0.90; 4 at 10.00 of 365.00; 2 at 10.00 of "
	    "182.50; 4 at 10.00 of 365.00; fee 40.00 of 40.00;\n");
	check_sums(&w->plan.notices[0]);
	/* a semester's border; the rate of the next one is twice as high */
	expect_claims(w, "2026-07-02",
	    "F1: interest 15.30 of 15.30; 4 at 10.00 of 365.00; 2 at 10.00 "
	    "of 182.50; 144 at 10.00 of 365.00; 2 at 20.00 of 365.00; fee "
	    "40.00 of 40.00;\n");
	check_sums(&w->plan.notices[0]);
	w->policy.count = DAY_COUNT_360;
	it->n_moves = 1;
	it->paid.minor = it->open.minor = 36500;
	make_plan(w, day("2026-02-10"));
	assert_int_equal(w->plan.notices[0].interest.minor, 101);
	assert_non_null(strstr(w->plan.notices[0].lines[0].claims[0].text,
	    "ACT/360"));
	/* payments whose days are not known: no wrong sum */
	it->n_moves = 0;
	expect(w, "2026-02-10",
	    "C1 * hold -\n"
	    "! C1: F1: interest: the days of its payments are not all known: "
	    "see 'semonce verify'\n");
}

/* Day by day from the first notice that claimed it. */
static void
test_from_notice(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_late(w, p, "F1", "2026-01-31", 1000000);
	struct rung *r;

	debtor_of(p)->kind = DEBTOR_CONSUMER;
	expect_claims(w, "2026-02-10", "F1:\n");
	r = add_rung(it, "two", "2026-02-10");
	expect_claims(w, "2026-02-20",
	    "F1: interest 10.00 of 10.00; 10 at 3.65 of 10000.00;\n");
	/* a later one that claims it changes nothing */
	r->on = day("2026-02-12");
	add_rung(it, "two", "2026-02-10");
	add_rung(it, "two", "2026-02-11");
	expect_claims(w, "2026-02-20",
	    "F1: interest 10.00 of 10.00; 10 at 3.65 of 10000.00;\n");
	expect(w, "2026-02-20",
	    "C1 EUR three registered auto 10010.00 [F1]\n"
	    "! the rule of FR for consumers rests on a weak source (art. 2): "
	    "check it, and put a row of your own into rules.csv\n"
	    "! the rate of SOFT from 2000-01-01 rests on a weak source (a "
	    "text): check it, and put a row of your own into rates.csv\n");
}

static void
test_agreed_rate(void **state)
{
	static const struct {
		int64_t interest; /* of 10 days on 365.00 */
		enum debtor_kind kind;
		int32_t own, all; /* thousandths of a percent; 0: none */
		bool warns;
	} rows[] = {
		{ 100, DEBTOR_BUSINESS, 0, 0, false },
		{ 120, DEBTOR_BUSINESS, 12000, 0, false },
		{ 150, DEBTOR_BUSINESS, 0, 15000, false },
		{ 120, DEBTOR_BUSINESS, 12000, 15000, false },
		/* below the floor: told, and not raised */
		{ 50, DEBTOR_BUSINESS, 5000, 0, true },
		{ 80, DEBTOR_BUSINESS, 0, 7999, true },
		{ 80, DEBTOR_BUSINESS, 8000, 0, false },
		/* what is agreed with businesses binds nobody else */
		{ 100, DEBTOR_PUBLIC, 0, 15000, false },
		{ 120, DEBTOR_PUBLIC, 12000, 0, false },
		{ 37, DEBTOR_CONSUMER, 0, 1000, false },
		/* from consumers the lower of two */
		{ 37, DEBTOR_CONSUMER, 12000, 0, false },
		{ 10, DEBTOR_CONSUMER, 1000, 0, false },
	};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct position *p;
		struct item *it;

		w->book.n = 0;
		p = add_position(w, "C1", "EUR");
		it = add_late(w, p, "F1", "2026-01-31", 36500);
		if (rows[i].kind == DEBTOR_CONSUMER)
			add_rung(it, "two", "2026-01-31");
		debtor_of(p)->kind = rows[i].kind;
		it->has_rate = rows[i].own != 0;
		it->rate_milli = rows[i].own;
		w->policy.has_rate = rows[i].all != 0;
		w->policy.rate_milli = rows[i].all;
		make_plan(w, day("2026-02-10"));
		if (w->plan.notices[0].interest.minor != rows[i].interest)
			fail_msg("row %zu: %s", i, plan_text(w));
		(void)plan_text(w);
		if ((strstr(w->text.p, "is below the least") != NULL) !=
		    rows[i].warns)
			fail_msg("row %zu: %s", i, w->text.p);
	}
	assert_string_equal(w->plan.notices[0].lines[0].claims[0].text,
	    "agreed rate of 1.00 %, ACT/365, 1 slice from 2026-02-01 to "
	    "2026-02-10");
}

/* ---- what was paid or waived of it ---- */

static void
test_settled(void **state)
{
	static const struct {
		int64_t paid, waived;
		bool all;
		const char *want;
	} rows[] = {
		{ 0, 0, false,
		    "F1: interest 1.00 of 1.00; 10 at 10.00 of "
		    "365.00;\n" },
		{ 30, 0, false,
		    "F1: interest 0.70 of 1.00; 10 at 10.00 of "
		    "365.00;\n" },
		{ 30, 20, false,
		    "F1: interest 0.50 of 1.00; 10 at 10.00 of "
		    "365.00;\n" },
		{ 0, INT64_MAX, false, "F1:\n" },
		{ 100, INT64_MAX, false, "F1:\n" },
		{ 99, 1, false, "F1:\n" },
		{ 101, 0, true, "F1:\n" },
		{ 0, 0, true, "F1:\n" },
	};
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_late(w, p, "F1", "2026-01-31", 36500);
	struct claimed *c = &it->claimed[CLAIM_INTEREST];

	it->claimed[CLAIM_FEE].waived_all = true;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		*c = (struct claimed){ .amount = money(60, "EUR"),
			.paid = money(rows[i].paid, "EUR"),
			.waived = money(rows[i].waived, "EUR"),
			.waived_all = rows[i].all };
		expect_claims(w, "2026-02-10", rows[i].want);
		check_sums(&w->plan.notices[0]);
	}
	/* the fee: part of it paid, the rest stays owed, then nothing */
	c->waived_all = true;
	c = &it->claimed[CLAIM_FEE];
	*c = (struct claimed){ .amount = money(3500, "EUR"),
		.paid = money(1000, "EUR") };
	expect_claims(w, "2026-02-10", "F1: fee 25.00 of 35.00;\n");
	c->waived = money(2500, "EUR");
	expect_claims(w, "2026-02-10", "F1:\n");
}

/* The debt would be asked for by what was paid of its claims too much. */
static void
test_overpaid(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_late(w, p, "F1", "2026-01-31", 36500);

	it->claimed[CLAIM_INTEREST].paid = money(101, "EUR");
	expect(w, "2026-02-10",
	    "C1 * hold -\n"
	    "! C1: F1: interest: 0.01 EUR more was paid of it than it comes to "
	    "by now (an earlier payment, another kind of debtor or another "
	    "rate became known): import reversals of the payments on this "
	    "invoice, the oldest first and each on its day, then the payments "
	    "again with 'claims: {imputation: principal}' in semonce.yaml\n");
	/* a day later it is owed */
	expect_claims(w, "2026-02-11",
	    "F1: interest 0.09 of 1.10; 11 at 10.00 of 365.00; fee 40.00 of "
	    "40.00;\n");
	/* and a fee of whom owes none */
	it->claimed[CLAIM_INTEREST].paid.minor = 0;
	it->claimed[CLAIM_FEE].paid = money(4000, "EUR");
	expect_claims(w, "2026-02-11",
	    "F1: interest 1.10 of 1.10; 11 at 10.00 of 365.00;\n");
	debtor_of(p)->kind = DEBTOR_CONSUMER;
	make_plan(w, day("2026-02-11"));
	assert_int_equal(w->plan.n_notices, 0);
	assert_non_null(strstr(plan_text(w), "F1: fee: 40.00 EUR more"));
}

/* ---- the fee ---- */

static void
test_fee_once(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *first = add_late(w, p, "F1", "2026-01-31", 1000);
	struct item *second = add_late(w, p, "F1", "2026-02-01", 1000);

	add_late(w, p, "F2", "2026-02-01", 1000);
	w->scenario.steps[1].claims[CLAIM_INTEREST] = false;
	expect_claims(w, "2026-02-10",
	    "F1: fee 40.00 of 40.00;\nF1:\nF2: fee 40.00 of 40.00;\n");
	/* it stays where it was claimed */
	second->claimed[CLAIM_FEE].amount = money(4000, "EUR");
	expect_claims(w, "2026-02-10",
	    "F1:\nF1: fee 40.00 of 40.00;\nF2: fee 40.00 of 40.00;\n");
	/* even if the letter came back and the fee was paid all the same */
	second->claimed[CLAIM_FEE] =
	    (struct claimed){ .paid = money(4000, "EUR") };
	expect_claims(w, "2026-02-10", "F1:\nF1:\nF2: fee 40.00 of 40.00;\n");
	second->claimed[CLAIM_FEE] =
	    (struct claimed){ .waived = money(1000, "EUR") };
	expect_claims(w, "2026-02-10",
	    "F1:\nF1: fee 30.00 of 40.00;\nF2: fee 40.00 of 40.00;\n");
	/* and with that, when its instalment is paid */
	pay(second, 1000);
	expect_claims(w, "2026-02-10", "F1:\nF2: fee 40.00 of 40.00;\n");
	/* waived on one instalment: on all */
	second->claimed[CLAIM_FEE] = (struct claimed){ .waived_all = true };
	expect_claims(w, "2026-02-10", "F1:\nF2: fee 40.00 of 40.00;\n");
	/* a consumer owes none, though one was claimed */
	first->claimed[CLAIM_FEE].amount = money(4000, "EUR");
	second->claimed[CLAIM_FEE].waived_all = false;
	debtor_of(p)->kind = DEBTOR_CONSUMER;
	expect_claims(w, "2026-02-10", "F1:\nF2:\n");
}

static void
test_fee_conditions(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_late(w, p, "F1", "2026-01-31", 10000);

	w->scenario.steps[1].claims[CLAIM_INTEREST] = false;
	w->scenario.steps[2].claims[CLAIM_INTEREST] = false;
	debtor_of(p)->kind = DEBTOR_PUBLIC;
	expect_claims(w, "2026-02-10", "F1:\n");
	/* A notice went, but named no fee. */
	add_rung(it, "two", "2026-02-10");
	expect_claims(w, "2026-02-20", "F1:\n");
	it->claimed[CLAIM_FEE].amount = money(1200, "EUR");
	expect_claims(w, "2026-02-20", "F1: fee 12.00 of 12.00;\n");
	assert_string_equal(w->plan.warnings[0],
	    "the fee NAMED rests on a weak source (art. 6): check it, and put a "
	    "row of your own into fees.csv");
	/* only with a clause in the contract, too */
	w->policy.country = "BE";
	debtor_of(p)->kind = DEBTOR_BUSINESS;
	expect_claims(w, "2026-02-20", "F1:\n");
	it->clause = "Art. 8 of our terms";
	expect_claims(w, "2026-02-20", "F1: fee 12.00 of 12.00;\n");
	it->claimed[CLAIM_FEE].amount = money(0, "EUR");
	expect_claims(w, "2026-02-20", "F1:\n");
	/* of all that is demanded of the invoice */
	w->policy.country = "NL";
	add_late(w, p, "F1", "2026-02-01", 2000);
	add_rung(&p->items[1], "two", "2026-02-10");
	expect_claims(w, "2026-02-20", "F1: fee 12.00 of 12.00;\nF1:\n");
}

/* Floor and ceiling are those of all that the letter asks for. */
static void
test_limits(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");

	add_late(w, p, "F1", "2026-01-31", 36500);
	w->scenario.steps[1].ceiling_minor = 40599;
	expect(w, "2026-02-10", "C1 * above_ceiling -\n");
	w->scenario.steps[1].ceiling_minor = 40600;
	expect(w, "2026-02-10", "C1 EUR two email auto 406.00 [F1]\n");
}

/* ---- once more before it leaves ---- */

static int
check(struct world *w, const struct notice *n)
{
	return claim_check(&w->policy, &w->book, n, w->arena, &w->err);
}

/* A letter of two ladders, whose steps have other names. */
static void
test_check(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_late(w, p, "F1", "2026-01-31", 36500);
	struct scenario other;
	struct notice n;

	load_scenario(w,
	    "scenario: other\nspacing: 7d\nsteps:\n"
	    "- {name: a, at: due + 1d, letter: x, by: [email]}\n"
	    "- {name: b, after: a + 7d, letter: x, by: [email],\n"
	    "   claims: [interest]}\n");
	other = w->scenario;
	load_scenario(w, STEPS);
	w->profile[1] = (struct policy_profile){ "profile", &other };
	w->policy.n_profiles = 2;
	add_late(w, p, "F2", "2026-01-31", 36500)->scenario = "other";
	p->items[1].rungs[0].step = "a";
	expect_claims(w, "2026-02-10",
	    "F1: interest 1.00 of 1.00; 10 at 10.00 of 365.00; fee 40.00 of "
	    "40.00;\n"
	    "F2: interest 1.00 of 1.00; 10 at 10.00 of 365.00;\n");
	n = w->plan.notices[0];
	assert_int_equal(check(w, &n), 0);
	/* a payment of yesterday became known */
	pay_on(it, 10000, day("2026-02-09"));
	assert_int_equal(check(w, &n), -1);
	assert_int_equal(w->err.kind, ERR_DATA);
	assert_non_null(strstr(w->err.text, "invoice F1"));
	it->n_moves = 0;
	pay_on(it, -10000, it->due);
	it->n_moves = 0;
	assert_int_equal(check(w, &n), 0);
	/* the step claims less now */
	other.steps[1].claims[CLAIM_INTEREST] = false;
	assert_int_equal(check(w, &n), -1);
	assert_non_null(strstr(w->err.text, "invoice F2"));
	other.steps[1].claims[CLAIM_INTEREST] = true;
	debtor_of(p)->kind = DEBTOR_CONSUMER;
	assert_int_equal(check(w, &n), -1);
	debtor_of(p)->kind = DEBTOR_BUSINESS;
	/* its steps are others */
	other.steps[1].name = "c";
	assert_int_equal(check(w, &n), -1);
	p->n_items = 0;
	assert_int_equal(check(w, &n), -1);
	w->book.n = 0;
	assert_int_equal(check(w, &n), -1);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup_law, teardown)
	const struct CMUnitTest tests[] = {
		T(test_in_full),
		T(test_timeline),
		T(test_from_notice),
		T(test_agreed_rate),
		T(test_settled),
		T(test_overpaid),
		T(test_fee_once),
		T(test_fee_conditions),
		T(test_limits),
		T(test_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
