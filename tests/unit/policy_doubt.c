/*
 * Claims in doubt: what the plan warns of, when it sends nothing, and why a
 * sum is claimed or not, by the figures of policy_law.h.
 */
#include "policy_law.h"

/* ---- what is in doubt ---- */

static void
test_doubts(void **state)
{
	struct world *w = *state;
	static const char *const codes[] = { "C1", "C2", "C3" };

	for (size_t i = 0; i < 3; i++)
		add_late(w, add_position(w, codes[i], "CHF"), "F1",
		    "2026-01-31", 36500);
	expect(w, "2026-02-10",
	    "C1 CHF two email auto 366.00 [F1]\n"
	    "C2 CHF two email auto 366.00 [F1]\n"
	    "C3 CHF two email auto 366.00 [F1]\n"
	    "! no fee is claimed on debts in CHF: fees.csv has FORTY in "
	    "EUR\n");
	w->book.n = 1;
	w->policy.country = "BE";
	debtor_of(&w->book.positions[0])->kind = DEBTOR_PUBLIC;
	expect(w, "2026-02-10",
	    "C1 CHF two email auto 365.00 [F1]\n"
	    "! nothing is claimed for lateness from public buyers: rules.csv "
	    "has no rule of BE for them\n");
	w->policy.country = "XX";
	expect(w, "2026-02-10",
	    "C1 CHF two email auto 365.00 [F1]\n"
	    "! nothing is claimed for lateness: no rules for country 'XX': "
	    "known are FR BE NL; add it to rules.csv\n");
	w->policy.law = NULL;
	expect(w, "2026-02-10", "C1 CHF two email auto 365.00 [F1]\n");
}

/* Below the floor: of an invoice with its day, of all businesses once. */
static void
test_low_rates(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_late(w, p, "F1", "2026-01-31", 36500);

	(void)add_late(w, p, "F2", "2026-01-30", 36500);
	(void)add_late(w, p, "F3", "2026-01-31", 36500);
	it->has_rate = w->policy.has_rate = true;
	it->rate_milli = 7000;
	w->policy.rate_milli = 6000;
	expect(w, "2026-02-10",
	    "C1 EUR two email auto 1216.96 [F1 F2 F3]\n"
	    "! F1: the agreed rate is below the least that may be agreed, from "
	    "2026-02-01 (art. 1): it is claimed as agreed\n"
	    "! semonce.yaml: claims.rate is below the least that may be agreed "
	    "(art. 1): it is claimed as agreed\n");
}

static void
test_old_rates(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_item(w, p, "F1", "2026-12-26", 36500);

	add_rung(it, "one", "2026-12-28");
	expect(w, "2027-01-05",
	    "C1 EUR two email auto 407.00 [F1]\n"
	    "! no rate of FIRM from 2027-01-01 on: add a row to rates.csv; "
	    "until then that of 2026-07-01 is claimed\n");
	/* older than the first row: no letter with a wrong sum */
	it->due = day("2025-12-26");
	it->rungs[0].on = day("2025-12-28");
	expect(w, "2026-01-07",
	    "C1 * hold -\n"
	    "! C1: F1: interest: no rate of FIRM on 2025-12-27: its first row "
	    "is of 2026-01-01; add an older one to rates.csv\n");
}

static void
test_overflow(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");

	add_late(w, p, "F1", "2026-01-31", INT64_MAX - 100);
	expect(w, "2026-02-10",
	    "C1 * hold -\n"
	    "! C1: a sum in EUR is too large\n");
}

/* ---- why ---- */

static void
expect_trace(struct world *w, const char *on, const char *what,
    const char *want)
{
	str_clear(&w->text);
	assert_int_equal(plan_explain(&w->policy, &w->book, day(on), what,
			     &w->text, &w->err),
	    0);
	assert_string_equal(w->text.p, want);
}

static void
expect_part(struct world *w, const char *on, const char *what, const char *want)
{
	str_clear(&w->text);
	assert_int_equal(plan_explain(&w->policy, &w->book, day(on), what,
			     &w->text, &w->err),
	    0);
	if (strstr(w->text.p, want) == NULL)
		fail_msg("%s", w->text.p);
}

static void
test_explain(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_late(w, p, "F1", "2026-01-31", 36500);
	struct item *other = add_late(w, p, "F2", "2026-01-31", 36500);

	pay_on(it, 18250, day("2026-02-04"));
	it->claimed[CLAIM_INTEREST] = (struct claimed){
		.amount = money(40, "EUR"),
		.paid = money(10, "EUR"),
		.waived = money(5, "EUR"),
		.since = day("2026-02-04"),
	};
	it->claimed[CLAIM_FEE].waived_all = true;
	other->claimed[CLAIM_INTEREST].waived_all = true;
	expect_trace(w, "2026-02-10", "F1",
	    "C1, Brasserie, in EUR: no letter yet\n"
	    "F1: issued 2026-01-01, due 2026-01-31 (10 days ago), amount "
	    "365.00 EUR, paid 182.50 EUR, open 182.50 EUR\n"
	    "F1: one, notice NBEFORE, counts from 2026-02-02\n"
	    "F1: interest of 0.40 EUR claimed since 2026-02-04, paid 0.10 "
	    "EUR, waived 0.05 EUR\n"
	    "F1: fee waived for good\n"
	    "F1: payments pay interest, then the debt, then the fee (art. 8: a "
	    "weak source, check it)\n"
	    "F1: due 2026-01-31, 10 days ago; one of 2026-02-02; step two "
	    "from 2026-02-09\n"
	    "F1: demanded on 2026-02-10, 182.50 EUR in two\n"
	    "F1: interest of 0.70 EUR by art. 1: FIRM, ACT/365, 2 slices from "
	    "2026-02-01 to 2026-02-10; 0.15 EUR of it is paid or waived; 0.05 "
	    "EUR a day from then on\n"
	    "F1: 2026-02-01 to 2026-02-04, 4 days, 365.00 EUR at 10.00 %: "
	    "0.40 EUR\n"
	    "F1: 2026-02-05 to 2026-02-10, 6 days, 182.50 EUR at 10.00 %: "
	    "0.30 EUR\n"
	    "F1: no fee: it is waived\n");
	w->policy.principal_first = true;
	expect_part(w, "2026-02-10", "F1",
	    "F1: payments pay the debt, then interest, then the fee "
	    "(claims.imputation in semonce.yaml)\n");
	w->policy.principal_first = false;
	w->policy.country = "XX";
	expect_part(w, "2026-02-10", "F1",
	    "F1: payments pay the debt, then interest, then the fee\n");
}

/* Every reason why a line does not claim what its step does. */
static void
test_unclaimed(void **state)
{
	static const char *const codes[] = { "C1", "C2", "C3", "C4" };
	static const char *const want[] = {
		"F: no interest: none has accrued\n"
		"F: no fee: all of it is paid or waived\n",
		"F: no interest: it runs from the day after the first notice "
		"that claims it\n"
		"F: no fee: consumers owe none (art. 2)\n",
		"F: no interest: all of it is paid or waived\n"
		"F: no fee: NAMED wants an earlier letter that named it, or a "
		"clause (see fees.csv)\n",
		"F: no interest: it is waived\n"
		"F: no fee: it stands on another instalment of the invoice\n",
	};
	struct world *w = *state;
	struct item *it[4];
	struct position *p;

	for (size_t i = 0; i < 4; i++) {
		p = add_position(w, codes[i], "EUR");
		it[i] = add_late(w, p, "F", "2026-01-31", 36500);
	}
	/* 1.00 makes 0.0027 in ten days */
	it[0]->amount.minor = it[0]->open.minor = 100;
	w->policy.tolerance = "0.00";
	it[0]->claimed[CLAIM_FEE] =
	    (struct claimed){ .amount = money(4000, "EUR"),
		    .paid = money(4000, "EUR") };
	debtor_of(&w->book.positions[1])->kind = DEBTOR_CONSUMER;
	debtor_of(&w->book.positions[2])->kind = DEBTOR_PUBLIC;
	it[2]->claimed[CLAIM_INTEREST].paid.minor = 100;
	it[3]->claimed[CLAIM_INTEREST].waived_all = true;
	it[3][1] = *it[3];
	it[3][1].due = day("2026-06-30");
	it[3][1].claimed[CLAIM_FEE].amount.minor = 4000;
	p->n_items = 2;
	for (size_t i = 0; i < 4; i++)
		expect_part(w, "2026-02-10", codes[i], want[i]);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup_law, teardown)
	const struct CMUnitTest tests[] = {
		T(test_doubts),
		T(test_low_rates),
		T(test_old_rates),
		T(test_overflow),
		T(test_explain),
		T(test_unclaimed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
