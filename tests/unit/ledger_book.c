/*
 * The book: what the ladder sees, from the state of notices and money.
 */
#include "ledger_claim.h"

static void
test_positions(void **state)
{
	struct fixture *f = *state;
	const struct position *p;

	fixture_import(f,
	    "number,debtor,issued,due,currency,amount,contract,scenario,"
	    "sent_on\n"
	    "F0,C2,2026-01-01,2026-01-31,CHF,9.00,K7,patient,2026-01-02\n"
	    "F1b,C1,2026-01-01,2026-01-31,EUR,1.00,,,\n");
	fixture_pay(f, "a,2026-02-01,C1,USD,5.00,,,\n");
	fixture_book(f);
	assert_int_equal(f->book.n, 4);
	static const char *const order[] = { "C1 EUR", "C1 USD", "C2 CHF",
		"C2 EUR" };
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(arena_fmt(f->arena, "%s %s",
					f->book.positions[i].debtor->code,
					f->book.positions[i].currency),
		    order[i]);
	p = &f->book.positions[0];
	assert_ptr_equal(p->debtor, f->book.positions[1].debtor);
	static const char *const items[] = { "F1", "F1b", "F2", "F2" };
	assert_int_equal(p->n_items, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(p->items[i].invoice, items[i]);
	assert_int_equal(p->items[2].due, fixture_day("2026-02-05"));
	assert_int_equal(p->items[3].amount.minor, 4000);
	assert_int_equal(f->book.positions[1].n_items, 0);
	assert_int_equal(f->book.positions[1].unallocated.minor, 500);
	assert_string_equal(f->book.positions[1].unallocated.currency, "USD");
	p = &f->book.positions[2];
	assert_string_equal(p->items[0].contract, "K7");
	assert_string_equal(p->items[0].scenario, "patient");
	assert_int_equal(p->items[0].sent_on, fixture_day("2026-01-02"));
	assert_string_equal(p->debtor->city, "Villefictive");
	assert_int_equal(p->debtor->kind, DEBTOR_CONSUMER);
}

static date_t
day_or_none(const char *text)
{
	return text == NULL ? DATE_NONE : fixture_day(text);
}

/* Brings a notice to C1 into a state. */
static void
bring(struct fixture *f, enum channel channel, enum notice_state state,
    unsigned days, date_t printed)
{
	struct notice n = fixture_notice(f, ID, "C1", "F1", channel);
	struct lease lease;

	n.deadline_days = days;
	n.deadline = printed;
	must(outbox_approve(f->ledger, &n, &f->err));
	if (state == NOTICE_APPROVED)
		return;
	fixture_render(f, ID);
	if (state == NOTICE_RENDERED)
		return;
	lease = fixture_reserve(f, ID);
	if (state == NOTICE_RESERVED)
		return;
	fixture_sending(f, &lease);
	if (state == NOTICE_SENDING)
		return;
	must(fixture_outcome(f, &lease,
	    state == NOTICE_AMBIGUOUS    ? OUTCOME_UNKNOWN
		: state == NOTICE_FAILED ? OUTCOME_REFUSED
					 : OUTCOME_ACCEPTED,
	    "reply"));
	if (state == NOTICE_POSTED)
		must(outbox_posted(f->ledger, ID, fixture_day("2026-03-04"), "",
		    &f->err));
}

static const struct {
	enum channel channel;
	enum notice_state state;
	const char *printed; /* deadline */
	const char *on, *deadline;
	unsigned days;
	bool rung, counts, in_flight, waits;
} rungs[] = {
	{ CHANNEL_EMAIL, NOTICE_APPROVED, NULL, "2026-03-02", NULL, 0, true,
	    false, true, false },
	{ CHANNEL_EMAIL, NOTICE_RENDERED, NULL, "2026-03-02", NULL, 8, true,
	    false, true, true },
	{ CHANNEL_EMAIL, NOTICE_RESERVED, NULL, "2026-03-02", NULL, 0, true,
	    false, true, false },
	{ CHANNEL_EMAIL, NOTICE_SENDING, NULL, "2026-03-02", NULL, 0, true,
	    false, true, false },
	{ CHANNEL_EMAIL, NOTICE_AMBIGUOUS, NULL, "2026-03-02", NULL, 0, true,
	    false, true, false },
	{ CHANNEL_EMAIL, NOTICE_FAILED, NULL, NULL, NULL, 0, false, false,
	    false, false },
	{ CHANNEL_EMAIL, NOTICE_ACCEPTED, NULL, "2026-03-02", NULL, 0, true,
	    true, false, false },
	{ CHANNEL_EMAIL, NOTICE_ACCEPTED, NULL, "2026-03-02", "2026-03-10", 8,
	    true, true, false, false },
	{ CHANNEL_EMAIL, NOTICE_ACCEPTED, "2026-03-15", "2026-03-02",
	    "2026-03-15", 8, true, true, false, false },
	{ CHANNEL_EMAIL, NOTICE_ACCEPTED, "2026-03-09", "2026-03-02",
	    "2026-03-10", 8, true, true, false, false },
	{ CHANNEL_PRINT, NOTICE_ACCEPTED, NULL, "2026-03-02", NULL, 0, true,
	    false, false, false },
	{ CHANNEL_PRINT, NOTICE_POSTED, NULL, "2026-03-04", NULL, 0, true, true,
	    false, false },
	{ CHANNEL_REGISTERED, NOTICE_ACCEPTED, NULL, "2026-03-02", NULL, 8,
	    true, false, false, true },
	{ CHANNEL_REGISTERED, NOTICE_POSTED, NULL, "2026-03-04", "2026-03-12",
	    8, true, true, false, false },
};

static void
expect_rung(struct fixture *f, const struct rung *g, size_t i)
{
	assert_string_equal(g->notice, ID);
	assert_string_equal(g->step, "relance-1");
	assert_int_equal(g->state, rungs[i].state);
	assert_int_equal(g->counts, rungs[i].counts);
	assert_int_equal(g->on, day_or_none(rungs[i].on));
	assert_int_equal(g->deadline, day_or_none(rungs[i].deadline));
	assert_int_equal(g->deadline_waits, rungs[i].waits);
	assert_int_equal(fixture_row(f, ID)->notice.deadline, g->deadline);
}

static void
test_rungs(void **state)
{
	for (size_t i = 0; i < sizeof(rungs) / sizeof(rungs[0]); i++) {
		const struct position *p;
		struct fixture *f;

		fixture_setup_filled(state);
		f = *state;
		bring(f, rungs[i].channel, rungs[i].state, rungs[i].days,
		    day_or_none(rungs[i].printed));
		p = fixture_position(f, "C1", "EUR");
		assert_int_equal(p->items[0].n_rungs, rungs[i].rung);
		assert_int_equal(p->items[1].n_rungs, 0);
		assert_int_equal(p->in_flight != NULL, rungs[i].in_flight);
		assert_int_equal(p->last_contact, day_or_none(rungs[i].on));
		if (rungs[i].rung)
			expect_rung(f, &p->items[0].rungs[0], i);
		fixture_teardown(state);
	}
}

static void
test_two_rungs_in_order(void **state)
{
	struct fixture *f = *state;
	const struct position *p;
	struct notice n;

	fixture_deliver(f, ID, "C1", CHANNEL_EMAIL);
	n = fixture_notice(f, ID2, "C1", "F1", CHANNEL_REGISTERED);
	n.step = n.lines[0].step = "relance-2";
	n.on = fixture_day("2026-03-20");
	/* Listed for information: no rung. */
	n.lines[n.n_lines] =
	    fixture_notice(f, ID2, "C1", "F2", CHANNEL_EMAIL).lines[0];
	n.lines[n.n_lines].role = LINE_INFORMATIONAL;
	n.lines[n.n_lines++].step = "";
	must(outbox_approve(f->ledger, &n, &f->err));
	p = fixture_position(f, "C1", "EUR");
	assert_int_equal(p->items[0].n_rungs, 2);
	assert_string_equal(p->items[0].rungs[0].notice, ID);
	assert_string_equal(p->items[0].rungs[1].notice, ID2);
	assert_string_equal(p->items[0].rungs[1].step, "relance-2");
	assert_int_equal(p->items[1].n_rungs, 1);
	assert_int_equal(p->last_contact, fixture_day("2026-03-20"));
	assert_string_equal(p->in_flight, ID2);
}

/* A contact in one currency is one in all; a notice in flight is not. */
static void
test_contact_in_any_currency(void **state)
{
	struct fixture *f = *state;
	const struct position *p;

	fixture_import(f,
	    "number,debtor,issued,due,currency,amount\n"
	    "F8,C1,2026-01-01,2026-01-31,CHF,9.00\n");
	fixture_approve(f, ID, "C1", CHANNEL_EMAIL);
	p = fixture_position(f, "C1", "CHF");
	assert_int_equal(p->last_contact, fixture_day("2026-03-02"));
	assert_null(p->in_flight);
	p = fixture_position(f, "C2", "EUR");
	assert_int_equal(p->last_contact, DATE_NONE);
}

static void
test_superseded_leaves_no_rung(void **state)
{
	struct fixture *f = *state;
	const struct position *p;

	fixture_approve(f, ID, "C1", CHANNEL_EMAIL);
	must(outbox_supersede(f->ledger, ID, "changed", &f->err));
	p = fixture_position(f, "C1", "EUR");
	assert_int_equal(p->items[0].n_rungs, 0);
	assert_int_equal(p->last_contact, DATE_NONE);
	assert_null(p->in_flight);
}

/* Full payment and its reversal: the rungs of the episode are still there. */
static void
test_reopened_episode_keeps_its_rungs(void **state)
{
	struct fixture *f = *state;
	const struct position *p;

	fixture_deliver(f, ID, "C1", CHANNEL_EMAIL);
	fixture_pay(f,
	    "a,2026-03-03,C1,EUR,100.00,,F1,\n"
	    "b,2026-03-05,C1,EUR,-100.00,,F1,\n");
	p = fixture_position(f, "C1", "EUR");
	assert_int_equal(p->items[0].open.minor, 10000);
	assert_int_equal(p->items[0].n_rungs, 1);
	assert_true(p->items[0].rungs[0].counts);
}

static void
test_holds(void **state)
{
	struct fixture *f = *state;
	const struct position *p;

	fixture_import(f,
	    "number,debtor,issued,due,currency,amount\n"
	    "F8,C1,2026-01-01,2026-01-31,CHF,9.00\n");
	fixture_sql(f,
	    "INSERT INTO hold (debtor, invoice, kind, since, until, lifted,"
	    " text) SELECT d.id, NULL, 'promise', '2026-03-01', '2026-03-31',"
	    " NULL, 'by phone' FROM debtor d WHERE code = 'C1';"
	    "INSERT INTO hold (debtor, invoice, kind, since, until, lifted,"
	    " text) SELECT debtor, id, 'dispute', '2026-03-02', NULL, NULL, ''"
	    " FROM invoice WHERE number = 'F1';"
	    "INSERT INTO hold (debtor, invoice, kind, since, until, lifted,"
	    " text) SELECT debtor, id, 'manual', '2026-03-02', NULL,"
	    " '2026-03-03', '' FROM invoice WHERE number = 'F2';");
	p = fixture_position(f, "C1", "EUR");
	assert_int_equal(p->n_holds, 2);
	assert_int_equal(p->holds[0].kind, HOLD_PROMISE);
	assert_string_equal(p->holds[0].invoice, "");
	assert_int_equal(p->holds[0].from, fixture_day("2026-03-01"));
	assert_int_equal(p->holds[0].until, fixture_day("2026-03-31"));
	assert_string_equal(p->holds[0].text, "by phone");
	assert_int_equal(p->holds[1].kind, HOLD_DISPUTE);
	assert_string_equal(p->holds[1].invoice, "F1");
	assert_int_equal(p->holds[1].until, DATE_NONE);
	p = fixture_position(f, "C1", "CHF");
	assert_int_equal(p->n_holds, 1);
	assert_int_equal(fixture_position(f, "C2", "EUR")->n_holds, 0);
}

/* A refused address is known until the debtor has another one. */
static void
test_refused_address(void **state)
{
	struct fixture *f = *state;

	assert_false(fixture_position(f, "C1", "EUR")->email_refused);
	bring(f, CHANNEL_EMAIL, NOTICE_FAILED, 0, DATE_NONE);
	assert_true(fixture_position(f, "C1", "EUR")->email_refused);
	assert_false(fixture_position(f, "C2", "EUR")->email_refused);
	fixture_sql(f,
	    "UPDATE contact SET email = 'new@example.com' WHERE debtor ="
	    " (SELECT id FROM debtor WHERE code = 'C1')");
	assert_false(fixture_position(f, "C1", "EUR")->email_refused);
}

/* Each change of what is open, by its day, whenever it was imported. */
static void
test_moves(void **state)
{
	static const struct {
		size_t item;
		const char *on;
		int64_t minor;
	} want[] = {
		{ 0, "2026-02-01", -1000 },
		{ 0, "2026-02-10", -2000 },
		{ 0, "2026-02-12", 500 },
		{ 1, "2026-02-01", -6000 },
		{ 2, "2026-02-01", -1500 },
	};
	struct fixture *f = *state;
	const struct position *p;
	size_t seen[3] = { 0 };

	fixture_pay(f,
	    "a,2026-02-10,C1,EUR,20.00,,F1,\n"
	    "b,2026-02-12,C1,EUR,-5.00,,F1,\n"
	    "c,2026-02-01,C1,EUR,75.00,,F2,\n");
	fixture_import(f,
	    "number,debtor,issued,due,currency,amount,kind,refers_to\n"
	    "A1,C1,2026-02-01,,EUR,10.00,credit_note,F1\n");
	p = fixture_position(f, "C1", "EUR");
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		const struct item *item = &p->items[want[i].item];
		const struct item_move *m;

		assert_true(seen[want[i].item] < item->n_moves);
		m = &item->moves[seen[want[i].item]++];
		assert_int_equal(m->on, fixture_day(want[i].on));
		assert_int_equal(m->minor, want[i].minor);
	}
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(p->items[i].n_moves, seen[i]);
}

static void
expect_claimed(struct fixture *f, size_t item, enum claim_kind kind,
    int64_t amount, const char *since)
{
	const struct claimed *c =
	    &fixture_position(f, "C1", "EUR")->items[item].claimed[kind];

	assert_int_equal(c->amount.minor, amount);
	assert_string_equal(c->amount.currency, "EUR");
	assert_int_equal(c->since, day_or_none(since));
	assert_int_equal(c->paid.minor, 0);
	assert_int_equal(c->waived.minor, 0);
	assert_false(c->waived_all);
}

/* Claimed is what the newest notice that counts claims, since the first. */
static void
test_claimed(void **state)
{
	struct fixture *f = *state;
	struct notice n = fixture_notice(f, ID, "C1", "F1", CHANNEL_EMAIL);

	expect_claimed(f, 0, CLAIM_INTEREST, 0, NULL);
	claim_put(f, &n, 0, claim_of(f, CLAIM_INTEREST, 310, 0));
	claim_put(f, &n, 0, claim_of(f, CLAIM_FEE, 4000, 0));
	claim_deliver(f, &n);
	expect_claimed(f, 0, CLAIM_INTEREST, 310, "2026-03-02");
	expect_claimed(f, 0, CLAIM_FEE, 4000, "2026-03-02");
	expect_claimed(f, 1, CLAIM_INTEREST, 0, NULL);
	n = fixture_notice(f, ID2, "C1", "F1", CHANNEL_REGISTERED);
	n.step = n.lines[0].step = "relance-2";
	n.on = fixture_day("2026-03-09");
	claim_put(f, &n, 0, claim_of(f, CLAIM_INTEREST, 500, 0));
	must(outbox_approve(f->ledger, &n, &f->err));
	expect_claimed(f, 0, CLAIM_INTEREST, 310, "2026-03-02");
	fixture_sql(f,
	    "DROP TRIGGER notice_arrow;"
	    "UPDATE notice SET state = 'accepted' WHERE key = 2");
	expect_claimed(f, 0, CLAIM_INTEREST, 310, "2026-03-02");
	fixture_sql(f, "UPDATE notice SET state = 'posted' WHERE key = 2");
	expect_claimed(f, 0, CLAIM_INTEREST, 500, "2026-03-02");
	fixture_sql(f, "UPDATE notice SET state = 'returned' WHERE key = 2");
	expect_claimed(f, 0, CLAIM_INTEREST, 310, "2026-03-02");
	fixture_sql(f, "UPDATE notice SET state = 'bounced' WHERE key = 1");
	expect_claimed(f, 0, CLAIM_INTEREST, 0, NULL);
	expect_claimed(f, 0, CLAIM_FEE, 0, NULL);
}

/* What the contract of an invoice says. */
static void
test_terms(void **state)
{
	struct fixture *f = *state;
	const struct item *items;

	fixture_import(f,
	    "number,debtor,issued,due,currency,amount,clause,rate\n"
	    "F0a,C1,2026-01-01,2026-01-28,EUR,9.00,Pénalités : 10 %,\n"
	    "F0b,C1,2026-01-01,2026-01-29,EUR,9.00,,0\n"
	    "F0c,C1,2026-01-01,2026-01-30,EUR,9.00,,10.125\n");
	items = fixture_position(f, "C1", "EUR")->items;
	assert_string_equal(items[0].clause, "Pénalités : 10 %");
	assert_false(items[0].has_rate);
	assert_string_equal(items[1].clause, "");
	assert_true(items[1].has_rate);
	assert_int_equal(items[1].rate_milli, 0);
	assert_true(items[2].has_rate);
	assert_int_equal(items[2].rate_milli, 10125);
	assert_false(items[3].has_rate);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(name)                                                     \
	cmocka_unit_test_setup_teardown(name, fixture_setup_filled, \
	    fixture_teardown)
		T(test_positions),
		cmocka_unit_test(test_rungs),
		T(test_two_rungs_in_order),
		T(test_contact_in_any_currency),
		T(test_superseded_leaves_no_rung),
		T(test_reopened_episode_keeps_its_rungs),
		T(test_holds),
		T(test_refused_address),
		T(test_moves),
		T(test_claimed),
		T(test_terms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
