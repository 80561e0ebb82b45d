/*
 * What payments pay first, what a reversal takes back, what is waived; and
 * what the gate makes of it.
 */
#include "ledger_claim.h"

static const enum debt_part orders[][DEBT_PARTS] = {
	{ PART_FEE, PART_INTEREST, PART_PRINCIPAL },
	{ PART_INTEREST, PART_PRINCIPAL, PART_FEE },
	{ PART_PRINCIPAL, PART_INTEREST, PART_FEE },
};

/* F1: 100.00, interest 3.10, fee 40.00; F2: 60.00 and 40.00, interest 1.00 and
 * 0.50. Claimed on 2026-03-02. */
static struct notice
claiming(struct fixture *f)
{
	struct notice n = fixture_notice(f, ID, "C1", "", CHANNEL_EMAIL);

	claim_put(f, &n, 0, claim_of(f, CLAIM_INTEREST, 310, 0));
	claim_put(f, &n, 0, claim_of(f, CLAIM_FEE, 4000, 0));
	claim_put(f, &n, 1, claim_of(f, CLAIM_INTEREST, 100, 0));
	claim_put(f, &n, 2, claim_of(f, CLAIM_INTEREST, 50, 0));
	return n;
}

static void
start(void **state, size_t order)
{
	struct fixture *f;
	struct notice n;

	fixture_setup_filled(state);
	f = *state;
	memcpy(f->order, orders[order], sizeof(f->order));
	n = claiming(f);
	claim_deliver(f, &n);
}

/* Paid of F1: principal, interest, fee; of F2: principal, interest, principal,
 * interest; unallocated. */
#define SUMS 8

static void
read_sums(struct fixture *f, int64_t got[SUMS])
{
	const struct position *p = fixture_position(f, "C1", "EUR");
	const struct item *i = p->items;

	got[0] = i[0].paid.minor;
	got[1] = i[0].claimed[CLAIM_INTEREST].paid.minor;
	got[2] = i[0].claimed[CLAIM_FEE].paid.minor;
	got[3] = i[1].paid.minor;
	got[4] = i[1].claimed[CLAIM_INTEREST].paid.minor;
	got[5] = i[2].paid.minor;
	got[6] = i[2].claimed[CLAIM_INTEREST].paid.minor;
	got[7] = p->unallocated.minor;
}

static void
expect_sums(struct fixture *f, const char *after, const int64_t want[SUMS])
{
	int64_t got[SUMS];
	struct verify_report r;

	read_sums(f, got);
	for (size_t i = 0; i < SUMS; i++) {
		if (got[i] != want[i])
			fail_msg("%s: sum %zu is %lld, not %lld", after, i,
			    (long long)got[i], (long long)want[i]);
	}
	must(ledger_verify(f->ledger, f->arena, &r, &f->err));
	if (r.n_faults > 0)
		fail_msg("%s: %s", after, r.faults[0].text);
}

#define RF "RF92NAAAAAAAAAAA2" /* of ID */

static const struct {
	size_t order;
	const char *rows;
	int64_t want[SUMS];
} payments[] = {
	/* The fee, the interest, then the principal. */
	{ 0, "a,2026-03-09,C1,EUR,10.00,,F1,\n",
	    { 0, 0, 1000, 0, 0, 0, 0, 0 } },
	{ 0, "a,2026-03-09,C1,EUR,42.00,,F1,\n",
	    { 0, 200, 4000, 0, 0, 0, 0, 0 } },
	{ 0, "a,2026-03-09,C1,EUR,143.10,,F1,\n",
	    { 10000, 310, 4000, 0, 0, 0, 0, 0 } },
	{ 0, "a,2026-03-09,C1,EUR,143.11,,F1,\n",
	    { 10000, 310, 4000, 0, 0, 0, 0, 1 } },
	/* Instalment by instalment. */
	{ 0, "a,2026-03-09,C1,EUR,61.20,,F2,\n",
	    { 0, 0, 0, 6000, 100, 0, 20, 0 } },
	/* Each payment goes on where the last one ended. */
	{ 0, "a,2026-03-09,C1,EUR,41.00,,F1,\nb,2026-03-10,C1,EUR,5.00,,F1,\n",
	    { 290, 310, 4000, 0, 0, 0, 0, 0 } },
	{ 1, "a,2026-03-09,C1,EUR,10.00,,F1,\n",
	    { 690, 310, 0, 0, 0, 0, 0, 0 } },
	{ 1, "a,2026-03-09,C1,EUR,110.00,,F1,\n",
	    { 10000, 310, 690, 0, 0, 0, 0, 0 } },
	{ 2, "a,2026-03-09,C1,EUR,100.00,,F1,\n",
	    { 10000, 0, 0, 0, 0, 0, 0, 0 } },
	/* Claims are paid also when the debt itself is. */
	{ 2, "a,2026-03-09,C1,EUR,100.00,,F1,\nb,2026-03-10,C1,EUR,4.10,,F1,\n",
	    { 10000, 310, 100, 0, 0, 0, 0, 0 } },
	/* Up to the day of the notice there was nothing to pay but the debt. */
	{ 0, "a,2026-03-02,C1,EUR,10.00,,F1,\n",
	    { 1000, 0, 0, 0, 0, 0, 0, 0 } },
	{ 0, "a,2026-03-03,C1,EUR,10.00,,F1,\n",
	    { 0, 0, 1000, 0, 0, 0, 0, 0 } },
	{ 0, "a,2026-03-02,C1,EUR,100.01,,F1,\n",
	    { 10000, 0, 0, 0, 0, 0, 0, 1 } },
	/* But its reference says that it was read. */
	{ 0, "a,2026-03-02,C1,EUR,143.10," RF ",,\n",
	    { 10000, 310, 4000, 0, 0, 0, 0, 0 } },
	{ 0, "a,2026-03-01,C1,EUR,10.00," RF ",,\n",
	    { 1000, 0, 0, 0, 0, 0, 0, 0 } },
	/* Money on nothing pays nothing. */
	{ 0, "a,2026-03-09,C1,EUR,10.00,,,\n", { 0, 0, 0, 0, 0, 0, 0, 1000 } },
	/* By the reference of the notice: its lines, by their due dates. */
	{ 0, "a,2026-03-09,C1,EUR,204.00," RF ",,\n",
	    { 10000, 310, 4000, 5990, 100, 0, 0, 0 } },
	{ 0, "a,2026-03-09,C1,EUR,1.50," RF " F2,,\n",
	    { 0, 0, 0, 50, 100, 0, 0, 0 } },
	/* Back the other way round. */
	{ 0,
	    "a,2026-03-09,C1,EUR,50.00,,F1,\n"
	    "b,2026-03-12,C1,EUR,-7.00,,F1,\n",
	    { 0, 300, 4000, 0, 0, 0, 0, 0 } },
	{ 0,
	    "a,2026-03-09,C1,EUR,50.00,,F1,\n"
	    "b,2026-03-12,C1,EUR,-50.00,,F1,\n",
	    { 0, 0, 0, 0, 0, 0, 0, 0 } },
	{ 0,
	    "a,2026-03-09,C1,EUR,150.00,,F1,\n"
	    "b,2026-03-12,C1,EUR,-10.00,,F1,\n",
	    { 9690, 310, 4000, 0, 0, 0, 0, 0 } },
	{ 2,
	    "a,2026-03-09,C1,EUR,110.00,,F1,\n"
	    "b,2026-03-12,C1,EUR,-9.00,,F1,\n",
	    { 10000, 100, 0, 0, 0, 0, 0, 0 } },
	{ 0,
	    "a,2026-03-09,C1,EUR,204.00," RF ",,\n"
	    "b,2026-03-12,C1,EUR,-60.00," RF ",,\n",
	    { 10000, 310, 4000, 0, 90, 0, 0, 0 } },
};

static void
test_payments(void **state)
{
	for (size_t i = 0; i < sizeof(payments) / sizeof(payments[0]); i++) {
		struct fixture *f;

		start(state, payments[i].order);
		f = *state;
		fixture_pay(f, payments[i].rows);
		if (f->result.n_refused > 0)
			fail_msg("%s: %s", payments[i].rows,
			    f->result.refused[0].text);
		expect_sums(f, payments[i].rows, payments[i].want);
		fixture_teardown(state);
	}
}

/* A credit note lowers the debt, and pays no claim. */
static void
test_credit_note(void **state)
{
	static const int64_t want[SUMS] = { 10000, 0, 0, 0, 0, 0, 0, 500 };
	struct fixture *f;

	start(state, 0);
	f = *state;
	fixture_import(f,
	    "number,debtor,issued,due,currency,amount,kind,refers_to\n"
	    "A1,C1,2026-03-09,,EUR,105.00,credit_note,F1\n");
	expect_sums(f, "credit note", want);
	/* Nor does its reversal, which there is not, take from it. */
	fixture_pay(f, "b,2026-03-12,C1,EUR,-1.00,,F1,\n");
	assert_int_equal(f->result.n_refused, 1);
	fixture_teardown(state);
}

/* No more comes back than was paid there. */
static void
test_reversal_is_refused(void **state)
{
	static const int64_t want[SUMS] = { 0, 0, 1000, 0, 0, 0, 0, 0 };
	struct fixture *f;

	start(state, 0);
	f = *state;
	fixture_pay(f, "a,2026-03-09,C1,EUR,10.00,,F1,\n");
	fixture_pay(f, "b,2026-03-12,C1,EUR,-10.01,,F1,\n");
	assert_int_equal(f->result.n_refused, 1);
	assert_non_null(strstr(f->result.refused[0].text,
	    "takes back 0.01 EUR more than was paid there"));
	expect_sums(f, "refused", want);
	fixture_teardown(state);
}

/* A claim of a notice that was dropped is owed no more. */
static void
test_dropped(void **state)
{
	static const int64_t want[SUMS] = { 1000, 0, 0, 0, 0, 0, 0, 0 };
	struct fixture *f;
	struct notice n;

	fixture_setup_filled(state);
	f = *state;
	memcpy(f->order, orders[0], sizeof(f->order));
	n = claiming(f);
	must(outbox_approve(f->ledger, &n, &f->err));
	must(outbox_supersede(f->ledger, ID, "why", &f->err));
	fixture_pay(f, "a,2026-03-09,C1,EUR,10.00,,F1,\n");
	expect_sums(f, "dropped", want);
	fixture_teardown(state);
}

/* Of a later, lower claim what was paid before stays paid, and no more is. */
static void
test_lower_claim(void **state)
{
	static const int64_t want[SUMS] = { 200, 300, 4000, 0, 0, 0, 0, 0 };
	static const int64_t back[SUMS] = { 0, 290, 4000, 0, 0, 0, 0, 0 };
	struct fixture *f;
	struct notice n;

	start(state, 0);
	f = *state;
	fixture_pay(f, "a,2026-03-09,C1,EUR,43.00,,F1,\n");
	n = fixture_notice(f, ID2, "C1", "F1", CHANNEL_EMAIL);
	n.step = n.lines[0].step = "relance-2";
	n.on = fixture_day("2026-03-10");
	claim_put(f, &n, 0, claim_of(f, CLAIM_INTEREST, 250, 250));
	claim_deliver(f, &n);
	fixture_pay(f, "b,2026-03-09,C1,EUR,1.00,,F1,\n");
	fixture_pay(f, "c,2026-03-12,C1,EUR,1.00,,F1,\n");
	expect_sums(f, "lower", want);
	fixture_pay(f, "d,2026-03-13,C1,EUR,-2.10,,F1,\n");
	expect_sums(f, "back", back);
	fixture_teardown(state);
}

/* ---- waivers ---- */

static int
waive(struct fixture *f, const char *invoice, enum claim_kind kind,
    int64_t minor)
{
	struct waiver w = { .invoice = invoice,
		.kind = kind,
		.all = minor == 0,
		.amount = fixture_eur(minor),
		.on = fixture_day("2026-03-05"),
		.because = "an old customer" };

	return ledger_waive(f->ledger, &w, &f->err);
}

static const struct claimed *
claimed(struct fixture *f, size_t item, enum claim_kind kind)
{
	return &fixture_position(f, "C1", "EUR")->items[item].claimed[kind];
}

static void
test_waive(void **state)
{
	static const int64_t want[SUMS] = { 4700, 300, 0, 0, 0, 0, 0, 0 };
	struct fixture *f;

	start(state, 0);
	f = *state;
	must(waive(f, "F1", CLAIM_FEE, 0));
	must(waive(f, "F1", CLAIM_INTEREST, 10));
	assert_true(claimed(f, 0, CLAIM_FEE)->waived_all);
	assert_int_equal(claimed(f, 0, CLAIM_FEE)->waived.minor, 0);
	assert_false(claimed(f, 0, CLAIM_INTEREST)->waived_all);
	assert_int_equal(claimed(f, 0, CLAIM_INTEREST)->waived.minor, 10);
	assert_false(claimed(f, 1, CLAIM_FEE)->waived_all);
	fixture_pay(f, "a,2026-03-09,C1,EUR,50.00,,F1,\n");
	expect_sums(f, "waived", want);
	/* What was waived by instalments, the oldest first. */
	must(waive(f, "F2", CLAIM_INTEREST, 120));
	assert_int_equal(claimed(f, 1, CLAIM_INTEREST)->waived.minor, 100);
	assert_int_equal(claimed(f, 2, CLAIM_INTEREST)->waived.minor, 20);
	must(waive(f, "F2", CLAIM_INTEREST, 0));
	assert_true(claimed(f, 1, CLAIM_INTEREST)->waived_all);
	assert_true(claimed(f, 2, CLAIM_INTEREST)->waived_all);
	fixture_teardown(state);
}

static void
test_waive_is_refused(void **state)
{
	struct fixture *f;
	struct waiver w = { .invoice = "F1",
		.kind = CLAIM_FEE,
		.amount = { .minor = 100, .currency = "CHF" },
		.on = fixture_day("2026-03-05"),
		.because = "goodwill" };

	start(state, 0);
	f = *state;
	fixture_fails(waive(f, "F9", CLAIM_FEE, 0), f, ERR_DATA,
	    "there is no invoice F9");
	fixture_fails(waive(f, "F1", CLAIM_FEE, 4001), f, ERR_DATA,
	    "of the fee of invoice F1 no more than 40.00 EUR is claimed");
	fixture_fails(waive(f, "F2", CLAIM_FEE, 1), f, ERR_DATA,
	    "no more than 0.00 EUR");
	fixture_fails(waive(f, "F1", CLAIM_FEE, -1), f, ERR_USAGE,
	    "greater than 0");
	fixture_fails(ledger_waive(f->ledger, &w, &f->err), f, ERR_DATA,
	    "invoice F1 is in EUR, not in CHF");
	w.all = true;
	w.because = "";
	fixture_fails(ledger_waive(f->ledger, &w, &f->err), f, ERR_USAGE,
	    "--because");
	w.because = "two\rlines";
	fixture_fails(ledger_waive(f->ledger, &w, &f->err), f, ERR_USAGE,
	    "the reason");
	must(waive(f, "F1", CLAIM_FEE, 0));
	fixture_fails(waive(f, "F1", CLAIM_FEE, 0), f, ERR_DATA,
	    "the fee of invoice F1 is waived already");
	fixture_fails(waive(f, "F1", CLAIM_FEE, 1), f, ERR_DATA,
	    "no more than 0.00 EUR");
	fixture_teardown(state);
}

/* An older ledger takes the waiver, and stays older than its mark. */
static void
test_waive_moves_the_mark(void **state)
{
	struct fixture *f;
	struct str before, after;

	start(state, 0);
	f = *state;
	str_init(&before, 1000);
	str_init(&after, 1000);
	must(file_read(fixture_path(f, "semonce.mark"), &before, &f->err));
	must(waive(f, "F1", CLAIM_FEE, 0));
	must(file_read(fixture_path(f, "semonce.mark"), &after, &f->err));
	assert_string_not_equal(before.p, after.p);
	must(ledger_restored(f->ledger, &f->err));
	fixture_write(f, "semonce.mark",
	    "999|0000000000000000000000000000000000000000000000000000000000"
	    "000000\n");
	must(waive(f, "F1", CLAIM_INTEREST, 0));
	assert_int_equal(ledger_restored(f->ledger, &f->err), -1);
	str_done(&before);
	str_done(&after);
	fixture_teardown(state);
}

/* ---- known to be sent after it was paid ---- */

/* Registered: it counts once posted, and is said to be posted late. */
static void
test_paid_before_posted(void **state)
{
	static const struct {
		const char *rows;
		int64_t before[SUMS], after[SUMS];
	} late[] = {
		/* The total it asks for, and 0.01. */
		{ "a,2026-03-05,C1,EUR,244.61," RF ",,\n",
		    { 10000, 0, 0, 6000, 0, 4000, 0, 4461 },
		    { 10000, 310, 4000, 6000, 100, 4000, 50, 1 } },
		/* In its label, in two rows, and before the day it is said. */
		{ "a,2026-03-02,C1,EUR,220.00,,," RF "\n"
		  "b,2026-03-05,C1,EUR,22.00,,," RF "\n",
		    { 10000, 0, 0, 6000, 0, 4000, 0, 4200 },
		    { 10000, 200, 4000, 6000, 0, 4000, 0, 0 } },
		/* Some of the rest went back; other money is no rest of it. */
		{ "a,2026-03-05,C1,EUR,244.60," RF ",,\n"
		  "b,2026-03-05,C1,EUR,50.00,,,\n"
		  "c,2026-03-06,C1,EUR,-4.60," RF ",,\n",
		    { 10000, 0, 0, 6000, 0, 4000, 0, 9000 },
		    { 10000, 0, 4000, 6000, 0, 4000, 0, 5000 } },
		/* Nothing names it. */
		{ "a,2026-03-05,C1,EUR,110.00,,F1,\n",
		    { 10000, 0, 0, 0, 0, 0, 0, 1000 },
		    { 10000, 0, 0, 0, 0, 0, 0, 1000 } },
	};

	for (size_t i = 0; i < sizeof(late) / sizeof(late[0]); i++) {
		struct fixture *f;
		struct notice n;

		fixture_setup_filled(state);
		f = *state;
		memcpy(f->order, orders[0], sizeof(f->order));
		n = claiming(f);
		n.channel = CHANNEL_REGISTERED;
		claim_deliver(f, &n);
		fixture_pay(f, late[i].rows);
		assert_int_equal(f->result.n_refused, 0);
		expect_sums(f, late[i].rows, late[i].before);
		must(outbox_posted(f->ledger, ID, fixture_day("2026-03-04"), "",
		    &f->err));
		expect_sums(f, late[i].rows, late[i].after);
		fixture_teardown(state);
	}
}

/* ---- the gate ---- */

static struct notice
second(struct fixture *f)
{
	struct notice n = fixture_notice(f, ID2, "C1", "F1", CHANNEL_EMAIL);

	n.step = n.lines[0].step = "relance-2";
	n.on = fixture_day("2026-03-10");
	claim_put(f, &n, 0,
	    claim_of(f, CLAIM_INTEREST, 500,
		claimed(f, 0, CLAIM_INTEREST)->paid.minor));
	claim_put(f, &n, 0,
	    claim_of(f, CLAIM_FEE, 4000, claimed(f, 0, CLAIM_FEE)->paid.minor));
	return n;
}

static void
change(struct fixture *f, const char *what)
{
	if (strcmp(what, "paid") == 0)
		fixture_pay(f, "z,2026-03-09,C1,EUR,0.01,,F1,\n");
	else if (strcmp(what, "back") == 0)
		fixture_pay(f, "z,2026-03-09,C1,EUR,-0.01,,F1,\n");
	else if (strcmp(what, "paid and back") == 0)
		fixture_pay(f,
		    "y,2026-03-01,C1,EUR,50.00,,F1,\n"
		    "z,2026-03-08,C1,EUR,-50.00,,F1,\n");
	else if (strcmp(what, "waived") == 0)
		must(waive(f, "F1", CLAIM_INTEREST, 1));
	else if (strcmp(what, "waived all") == 0)
		must(waive(f, "F1", CLAIM_INTEREST, 0));
	else if (strcmp(what, "waived elsewhere") == 0)
		must(waive(f, "F2", CLAIM_INTEREST, 0));
	else if (strcmp(what, "paid elsewhere") == 0)
		fixture_pay(f, "z,2026-03-09,C1,EUR,0.01,,F2,\n");
	else
		fail_msg("unknown change '%s'", what);
	assert_int_equal(f->result.n_refused, 0);
}

static void
test_gate(void **state)
{
	static const struct {
		const char *change;
		bool closes;
	} gates[] = {
		{ "paid", true },
		{ "back", true },
		{ "paid and back", true },
		{ "waived", true },
		{ "waived all", true },
		{ "waived elsewhere", false },
		{ "paid elsewhere", false },
	};

	for (size_t i = 0; i < sizeof(gates) / sizeof(gates[0]); i++) {
		struct gate g = fixture_gate();
		struct fixture *f;
		struct lease lease;
		struct notice n;

		g.on = fixture_day("2026-03-10");
		start(state, 0);
		f = *state;
		fixture_pay(f, "a,2026-03-09,C1,EUR,10.00,,F1,\n");
		n = second(f);
		must(outbox_approve(f->ledger, &n, &f->err));
		fixture_render(f, ID2);
		change(f, gates[i].change);
		must(outbox_reserve(f->ledger, ID2, &g, f->arena, &lease,
		    &f->err));
		if (!gates[i].closes)
			assert_null(lease.closed);
		else if (lease.closed == NULL)
			fail_msg("%s: it is open", gates[i].change);
		else
			assert_string_equal(lease.closed,
			    "what is owed of interest or fees on invoice F1 "
			    "has changed");
		fixture_teardown(state);
	}
}

/* Approval asks the same: planned, then paid. */
static void
test_approval_asks(void **state)
{
	struct fixture *f;
	struct notice n;

	start(state, 0);
	f = *state;
	n = second(f);
	fixture_pay(f, "a,2026-03-09,C1,EUR,10.00,,F1,\n");
	fixture_fails(outbox_approve(f->ledger, &n, &f->err), f, ERR_DATA,
	    "what is owed of interest or fees on invoice F1 has changed");
	n = second(f);
	must(waive(f, "F1", CLAIM_INTEREST, 0));
	fixture_fails(outbox_approve(f->ledger, &n, &f->err), f, ERR_DATA,
	    "what is owed of interest or fees on invoice F1 has changed");
	fixture_teardown(state);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_payments),
		cmocka_unit_test(test_credit_note),
		cmocka_unit_test(test_reversal_is_refused),
		cmocka_unit_test(test_dropped),
		cmocka_unit_test(test_lower_claim),
		cmocka_unit_test(test_waive),
		cmocka_unit_test(test_waive_is_refused),
		cmocka_unit_test(test_waive_moves_the_mark),
		cmocka_unit_test(test_paid_before_posted),
		cmocka_unit_test(test_gate),
		cmocka_unit_test(test_approval_asks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
