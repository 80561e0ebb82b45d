/*
 * One day's decisions: for each rule a book and the plan it must give.
 */
#include "policy_book.h"

/* Three plain levels, for what standard-fr cannot show. */
#define LEVELS                                                              \
	"scenario: levels\nspacing: 7d\nsteps:\n"                           \
	"- {name: one, at: due + 7d, letter: x, by: [email, print]}\n"      \
	"- {name: two, after: one + 7d, letter: x, by: [email, print]}\n"   \
	"- {name: three, after: two + 7d, letter: x, by: [email, print],\n" \
	"   deadline: 8d}\n"

/* ---- when ---- */

static void
test_dates(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *due, *on, *want;
	} days[] = {
		/* not before its day, not on a day that is not its own */
		{ "2026-03-31", "2026-03-25", "C1 F1 not_due 2026-03-26\n" },
		{ "2026-03-31", "2026-03-26",
		    "C1 EUR prevenance email auto 10.00 [F1]\n" },
		{ "2026-03-31", "2026-03-28", "C1 F1 wrong_day 2026-03-30\n" },
		{ "2026-03-31", "2026-03-30",
		    "C1 EUR prevenance email auto 10.00 [F1]\n" },
		/* it lapses on the due date, or if only that would be left */
		{ "2026-03-31", "2026-03-31", "C1 F1 not_due 2026-04-07\n" },
		{ "2026-03-30", "2026-03-28", "C1 F1 not_due 2026-04-07\n" },
		{ "2026-03-31", "2026-04-03", "C1 F1 not_due 2026-04-07\n" },
		/* a holiday Monday goes to Tuesday, not to Wednesday */
		{ "2026-03-30", "2026-04-06", "C1 F1 wrong_day 2026-04-07\n" },
		{ "2026-03-30", "2026-04-07",
		    "C1 EUR relance-1 email auto 10.00 [F1]\n" },
		{ "2026-03-30", "2026-04-08", "C1 F1 wrong_day 2026-04-13\n" },
		/* 90 days late: the first level, none is skipped */
		{ "2026-01-05", "2026-04-07",
		    "C1 EUR relance-1 email auto 10.00 [F1]\n" },
	};
	size_t i;

	for (i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		w->book.n = 0;
		(void)add_item(w, add_position(w, "C1", "EUR"), "F1",
		    days[i].due, 1000);
		expect(w, days[i].on, days[i].want);
	}
}

static void
test_gap_and_deadline(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_item(w, p, "F1", "2026-02-28", 1000);
	struct rung *r;

	add_rung(it, "relance-1", "2026-03-09");
	expect(w, "2026-03-12", "C1 F1 spacing 2026-03-18\n");
	expect(w, "2026-03-18", "C1 EUR relance-2 email auto 10.00 [F1]\n");
	expect(w, "2026-03-24",
	    "C1 F1 wrong_day 2026-03-25\n"
	    "! F1: step relance-2 is late: relance-1 was on 2026-03-09, the "
	    "greatest gap is 14 days\n");
	/* An earlier level that was posted later moves the gap. */
	add_rung(it, "prevenance", "2026-03-13");
	it->rungs[0].on = day("2026-03-17");
	expect(w, "2026-03-20", "C1 F1 spacing 2026-03-25\n");
	it->rungs[0].on = day("2026-03-09");
	r = add_rung(it, "relance-2", "2026-03-18");
	r->deadline = day("2026-04-01");
	expect(w, "2026-03-30", "C1 F1 deadline_running 2026-04-02\n");
	expect(w, "2026-04-02",
	    "C1 EUR mise-en-demeure registered confirm 10.00 [F1]\n");
	r = add_rung(it, "mise-en-demeure", "2026-04-03");
	r->deadline_waits = true;
	expect(w, "2026-05-12", "C1 F1 deadline_running -\n");
	r->deadline_waits = false;
	r->deadline = day("2026-04-14");
	expect(w, "2026-04-14", "C1 F1 deadline_running 2026-04-15\n");
	expect(w, "2026-04-15", "C1 F1 finished 2026-04-18\n");
	expect(w, "2026-05-15", "C1 F1 finished -\n");
}

static void
test_notice_in_full(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_item(w, p, "F1", "2026-02-28", 150000);
	const struct notice *n;

	it->contract = "K7";
	it->episode = 3;
	pay(it, 26544);
	add_item(w, p, "F2", "2026-03-12", 9900);
	expect(w, "2026-03-17",
	    "C1 EUR relance-1 email auto 1234.56 [F1 (F2)]\n");
	n = &w->plan.notices[0];
	assert_int_equal(w->plan.on, day("2026-03-17"));
	assert_int_equal(n->state, NOTICE_PLANNED);
	assert_string_equal(n->scenario, "standard-fr");
	assert_string_equal(n->letter, "relance-1");
	assert_string_equal(n->tone, "formal");
	assert_int_equal(n->on, day("2026-03-17"));
	assert_int_equal(n->deadline, DATE_NONE);
	assert_int_equal(n->deadline_days, 0);
	assert_string_equal(n->personal, "");
	assert_int_equal(n->open.minor, 123456);
	assert_int_equal(n->interest.minor, 0);
	assert_string_equal(n->fee.currency, "EUR");
	assert_int_equal(n->lines[0].item, it->id);
	assert_int_equal(n->lines[0].episode, 3);
	assert_string_equal(n->lines[0].contract, "K7");
	assert_int_equal(n->lines[0].amount.minor, 150000);
	assert_int_equal(n->lines[0].paid.minor, 26544);
	assert_string_equal(n->lines[1].step, "");
	assert_int_equal(n->n_reasons, 2);
	assert_string_equal(n->reasons[0],
	    "F1: due 2026-02-28, 17 days ago; step relance-1 from 2026-03-07");
	assert_string_equal(n->reasons[1],
	    "F2: due 2026-03-12, 5 days ago; step relance-1 from 2026-03-19; "
	    "listed for information");
}

/* ---- who with whom ---- */

static void
test_three_levels_one_letter(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *f2, *f3;

	load_scenario(w, LEVELS);
	add_item(w, p, "F1", "2026-03-01", 100);
	f2 = add_item(w, p, "F2", "2026-02-01", 200);
	f3 = add_item(w, p, "F3", "2026-01-01", 400);
	add_rung(f2, "one", "2026-02-16");
	add_rung(f3, "one", "2026-01-12");
	add_rung(f3, "two", "2026-02-16");
	expect(w, "2026-03-10",
	    "C1 EUR three email auto 7.00 [F1:one F2:two F3]\n");
	assert_int_equal(w->plan.notices[0].deadline, day("2026-03-18"));
	add_hold(p, HOLD_DISPUTE, "F3", NULL);
	expect(w, "2026-03-10",
	    "C1 EUR two email auto 3.00 [F1:one F2]\nC1 F3 dispute -\n");
	send_all(w);
	assert_string_equal(p->items[0].rungs[0].step, "one");
	assert_string_equal(f2->rungs[1].step, "two");
	assert_int_equal(f3->n_rungs, 2);
}

/* What had no reminder is not demanded by a formal notice. */
static void
test_formal_notice(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_item(w, p, "F1", "2026-01-31", 1000);

	add_rung(it, "relance-1", "2026-02-09");
	add_rung(it, "relance-2", "2026-02-18");
	add_item(w, p, "F2", "2026-02-15", 2000);
	add_item(w, p, "F3", "2026-03-08", 4000);
	expect(w, "2026-03-10",
	    "C1 EUR mise-en-demeure registered confirm 10.00 [F1 (F2) (F3)]\n");
	assert_int_equal(w->plan.notices[0].deadline_days, 8);
	assert_int_equal(w->plan.notices[0].deadline, DATE_NONE);
}

/* A reminder does not ask for what is not due; a courtesy does. */
static void
test_not_due(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");

	add_item(w, p, "F2", "2026-03-20", 2000);
	add_item(w, p, "F3", "2026-03-21", 4000);
	add_item(w, p, "F4", "2026-04-30", 8000);
	expect(w, "2026-03-16",
	    "C1 EUR prevenance email auto 60.00 [F2 F3]\n"
	    "C1 F4 not_due 2026-04-27\n");
	add_item(w, p, "F1", "2026-03-01", 1000);
	expect(w, "2026-03-16",
	    "C1 EUR relance-1 email auto 10.00 [F1]\n"
	    "C1 F2 spacing -\nC1 F3 spacing -\nC1 F4 not_due 2026-04-27\n");
}

static void
test_two_currencies(void **state)
{
	struct world *w = *state;

	add_item(w, add_position(w, "C1", "CHF"), "S1", "2026-03-02", 1000);
	add_item(w, add_position(w, "C1", "EUR"), "F1", "2026-03-01", 1000);
	add_item(w, add_position(w, "C2", "EUR"), "F2", "2026-03-01", 1000);
	expect(w, "2026-03-09",
	    "C1 EUR relance-1 email auto 10.00 [F1]\n"
	    "C2 EUR relance-1 email auto 10.00 [F2]\n"
	    "C1 * spacing 2026-03-16\n");
	send_all(w);
	expect(w, "2026-03-10",
	    "C1 * spacing 2026-03-16\nC1 F1 spacing 2026-03-18\n"
	    "C2 F2 spacing 2026-03-18\n");
	expect(w, "2026-03-16",
	    "C1 CHF relance-1 email auto 10.00 [S1]\n"
	    "C1 F1 wrong_day 2026-03-18\nC2 F2 wrong_day 2026-03-18\n");
}

/* ---- why not ---- */

static void
test_settled(void **state)
{
	struct world *w = *state;
	static const struct {
		int64_t open, unallocated;
		const char *want;
	} cases[] = {
		{ 0, 0, "" },
		{ 0, 500, "" },
		{ 100, 0, "C1 * paid -\n" },
		{ 101, 0, "C1 EUR relance-1 email auto 1.01 [F1]\n" },
		{ 10000, 10000, "C1 * unallocated_money -\n" },
		{ 10000, 9900, "C1 * unallocated_money -\n" },
		{ 10000, 50000, "C1 * unallocated_money -\n" },
		{ 10000, 9899,
		    "C1 EUR relance-1 email auto 100.00 [F1]\n"
		    "! C1: 98.99 EUR is on no invoice, and the letter demands "
		    "100.00 EUR: allocate it first if it is for these\n" },
	};
	struct position *p;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		w->book.n = 0;
		p = add_position(w, "C1", "EUR");
		p->unallocated.minor = cases[i].unallocated;
		pay(add_item(w, p, "F1", "2026-03-01", 100000),
		    100000 - cases[i].open);
		expect(w, "2026-03-09", cases[i].want);
	}
}

static void
test_stale_payments(void **state)
{
	struct world *w = *state;

	add_item(w, add_position(w, "C1", "EUR"), "F1", "2026-03-01", 1000);
	w->policy.stale_after_days = 7;
	add_item(w, add_position(w, "C2", "EUR"), "F2", "2026-03-01", 1000);
	/* said once, however many are held up */
	expect(w, "2026-03-09",
	    "C1 * stale_payments -\nC2 * stale_payments -\n"
	    "! no payments were imported yet: import them, so that nobody who "
	    "has paid is reminded; until then nothing is sent\n");
	w->book.payments_as_of = day("2026-03-01");
	expect(w, "2026-03-09",
	    "C1 * stale_payments -\nC2 * stale_payments -\n"
	    "! payments are known up to 2026-03-01, more than 7 days ago: "
	    "import newer ones; until then nothing is sent\n");
	w->book.payments_as_of = day("2026-03-02");
	expect(w, "2026-03-09",
	    "C1 EUR relance-1 email auto 10.00 [F1]\n"
	    "C2 EUR relance-1 email auto 10.00 [F2]\n");
}

static void
test_no_account(void **state)
{
	struct world *w = *state;

	add_item(w, add_position(w, "C1", "EUR"), "F1", "2026-03-01", 1000);
	w->policy.accounts = &w->account[1];
	w->policy.n_accounts = 1;
	expect(w, "2026-03-09", "C1 * no_account -\n");
}

/* A day the creditor closes counts as a holiday: the next allowed one. */
static void
test_closed_days(void **state)
{
	struct world *w = *state;
	date_t closed[] = { day("2026-04-07"), day("2026-04-13") };

	add_item(w, add_position(w, "C1", "EUR"), "F1", "2026-03-30", 1000);
	w->policy.closed = closed;
	w->policy.n_closed = 2;
	expect(w, "2026-04-07", "C1 F1 wrong_day 2026-04-14\n");
	expect(w, "2026-04-14", "C1 EUR relance-1 email auto 10.00 [F1]\n");
}

static void
test_channels(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *email, *city;
		enum channel wish;
		bool refused;
		const char *want;
	} cases[] = {
		{ "a@example.com", "PARIS", CHANNEL_NONE, false, "email" },
		{ "a@example.com", "PARIS", CHANNEL_PRINT, false, "print" },
		{ "a@example.com", "", CHANNEL_PRINT, false, "email" },
		{ "", "PARIS", CHANNEL_EMAIL, false, "print" },
		{ "a@example.com", "PARIS", CHANNEL_REGISTERED, false,
		    "email" },
		{ "", "", CHANNEL_NONE, false, NULL },
		{ "a@example.com", "PARIS", CHANNEL_EMAIL, true, "print" },
		{ "a@example.com", "", CHANNEL_EMAIL, true, NULL },
	};
	struct position *p;
	char want[80];
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		w->book.n = 0;
		p = add_position(w, "C1", "EUR");
		debtor_of(p)->email = cases[i].email;
		debtor_of(p)->city = cases[i].city;
		debtor_of(p)->channel = cases[i].wish;
		p->email_refused = cases[i].refused;
		add_item(w, p, "F1", "2026-03-01", 1000);
		snprintf(want, sizeof(want),
		    "C1 EUR relance-1 %s auto 10.00 [F1]\n",
		    cases[i].want == NULL ? "" : cases[i].want);
		expect(w, "2026-03-09",
		    cases[i].want == NULL ? "C1 * no_recipient -\n" : want);
	}
}

/* One without any address among a hundred: the others go out. */
static void
test_hundred_debtors(void **state)
{
	struct world *w = *state;
	struct position *p;
	char code[16];
	int i;

	for (i = 0; i < 100; i++) {
		snprintf(code, sizeof(code), "C%03d", i);
		p = add_position(w, code, "EUR");
		if (i == 40) {
			debtor_of(p)->email = "";
			debtor_of(p)->city = "";
		}
		add_item(w, p, "F", "2026-03-01", 1000);
	}
	make_plan(w, day("2026-03-09"));
	assert_int_equal(w->plan.n_notices, 99);
	assert_int_equal(w->plan.n_withheld, 1);
	assert_string_equal(w->plan.withheld[0].debtor->code, "C040");
	assert_int_equal(w->plan.withheld[0].reason, WITHHELD_NO_RECIPIENT);
}

static void
test_holds(void **state)
{
	struct world *w = *state;
	static const struct {
		enum hold_kind kind;
		const char *name;
	} kinds[] = {
		{ HOLD_MANUAL, "hold" },
		{ HOLD_DISPUTE, "dispute" },
		{ HOLD_PROMISE, "promise" },
		{ HOLD_INSTALMENTS, "instalments" },
		{ HOLD_INSOLVENCY, "hold" },
		{ HOLD_DIRECT_DEBIT, "hold" },
	};
	struct position *p;
	char want[80];
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		w->book.n = 0;
		p = add_position(w, "C1", "EUR");
		add_item(w, p, "F1", "2026-03-01", 1000);
		add_item(w, p, "F2", "2026-03-01", 2000);
		add_hold(p, kinds[i].kind, "", "2026-03-15");
		snprintf(want, sizeof(want), "C1 * %s 2026-03-16\n",
		    kinds[i].name);
		expect(w, "2026-03-09", want);
		/* its last day still counts; on the next the ladder goes on */
		expect(w, "2026-03-15", want);
		expect(w, "2026-03-16",
		    "C1 EUR relance-1 email auto 30.00 [F1 F2]\n");
		p->holds[0].invoice = "F1";
		snprintf(want, sizeof(want),
		    "C1 EUR relance-1 email auto 20.00 [F2]\n"
		    "C1 F1 %s 2026-03-16\n",
		    kinds[i].name);
		expect(w, "2026-03-09", want);
	}
	/* One without end outlasts one with; one that cannot be read blocks. */
	add_hold(p, HOLD_DISPUTE, "F1", NULL);
	expect(w, "2026-03-09",
	    "C1 EUR relance-1 email auto 20.00 [F2]\nC1 F1 dispute -\n");
	p->holds[1].until = day("2025-12-01");
	expect(w, "2026-03-16",
	    "C1 EUR relance-1 email auto 20.00 [F2]\nC1 F1 dispute "
	    "2025-12-02\n");
}

static void
test_floor_and_ceiling(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_item(w, p, "F1", "2026-03-01", 999);

	load_scenario(w,
	    "scenario: s\nspacing: 7d\nsteps:\n"
	    "- {name: one, at: due, letter: x, by: [email], floor: 10.00,\n"
	    "   ceiling: 20.00}\n");
	expect(w, "2026-03-09", "C1 * below_floor -\n");
	it->open.minor = 1000;
	expect(w, "2026-03-09", "C1 EUR one email auto 10.00 [F1]\n");
	it->open.minor = 2000;
	expect(w, "2026-03-09", "C1 EUR one email auto 20.00 [F1]\n");
	it->open.minor = 2001;
	expect(w, "2026-03-09", "C1 * above_ceiling -\n");
	/* 10 yen are 10 minor units */
	w->book.n = 0;
	memcpy(w->account[0].currency, "JPY", 4);
	p = add_position(w, "C1", "JPY");
	it = add_item(w, p, "F1", "2026-03-01", 9);
	expect(w, "2026-03-09", "C1 * below_floor -\n");
	it->open.minor = 20;
	expect(w, "2026-03-09", "C1 JPY one email auto 20 [F1]\n");
}

static void
test_scenarios(void **state)
{
	struct world *w = *state;
	struct scenario other = w->scenario;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_item(w, p, "F1", "2026-03-01", 1000);

	load_scenario(w, LEVELS);
	w->profile[0] = (struct policy_profile){ "", &other };
	w->profile[1] = (struct policy_profile){ "gros", &w->scenario };
	w->policy.n_profiles = 2;
	expect(w, "2026-03-09", "C1 EUR relance-1 email auto 10.00 [F1]\n");
	debtor_of(p)->profile = "gros";
	expect(w, "2026-03-09", "C1 EUR one email auto 10.00 [F1]\n");
	it->scenario = "standard-fr";
	expect(w, "2026-03-09", "C1 EUR relance-1 email auto 10.00 [F1]\n");
	it->scenario = "other";
	expect(w, "2026-03-09", "C1 F1 hold -\n");
	it->scenario = "levels";
	add_rung(it, "relance-1", "2026-03-02");
	expect(w, "2026-03-19", "C1 F1 hold -\n");
}

/* A sum that does not fit withholds one debtor, not the others. */
static void
test_overflow(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");

	add_item(w, p, "F1", "2026-03-01", INT64_MAX);
	add_item(w, p, "F2", "2026-03-01", 1);
	add_item(w, add_position(w, "C2", "EUR"), "F3", "2026-03-01", 1000);
	expect(w, "2026-03-09",
	    "C2 EUR relance-1 email auto 10.00 [F3]\n"
	    "C1 * hold -\n! C1: a sum in EUR is too large\n");
}

static void
test_ids(void **state)
{
	struct world *w = *state;
	char id[NOTICE_ID_SIZE];

	add_item(w, add_position(w, "C1", "EUR"), "F1", "2026-03-01", 1000);
	make_plan(w, day("2026-03-09"));
	memcpy(id, w->plan.notices[0].id, sizeof(id));
	assert_int_equal(strlen(id), NOTICE_ID_SIZE - 1);
	assert_int_equal(id[0], 'N');
	assert_int_equal(strspn(id + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
	    12);
	make_plan(w, day("2026-03-09"));
	assert_string_equal(w->plan.notices[0].id, id);
	make_plan(w, day("2026-03-10"));
	assert_string_not_equal(w->plan.notices[0].id, id);
	/* The same debtor twice in a book is no book. */
	w->book.n = 2;
	w->book.positions[1] = w->book.positions[0];
	w->scenario.spacing_days = 0;
	assert_int_equal(plan_make(&w->policy, &w->book, day("2026-03-09"),
			     w->arena, &w->plan, &w->err),
	    -1);
	assert_int_equal(w->err.kind, ERR_BROKEN);
}

static void
test_explain(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_item(w, p, "F1", "2026-02-28", 1000);
	struct str s;

	add_rung(it, "relance-1", "2026-03-09");
	add_item(w, p, "F2", "2026-03-12", 2000);
	p->last_contact = day("2026-03-09");
	str_init(&s, 4096);
	assert_int_equal(plan_explain(&w->policy, &w->book, day("2026-03-18"),
			     "F1", &s, &w->err),
	    0);
	assert_string_equal(s.p,
	    "C1, Brasserie, in EUR: last letter "
	    "2026-03-09\n"
	    "F1: issued 2026-01-29, due 2026-02-28 (18 days ago), amount 10.00 "
	    "EUR, paid 0.00 EUR, open 10.00 EUR\n"
	    "F1: relance-1, notice NBEFORE, counts from 2026-03-09\n"
	    "F1: due 2026-02-28, 18 days ago; relance-1 of 2026-03-09; step "
	    "relance-2 from 2026-03-16\n"
	    "F1: demanded on 2026-03-18, 10.00 EUR in relance-2\n");
	str_clear(&s);
	add_hold(p, HOLD_PROMISE, "", "2026-03-20");
	assert_int_equal(plan_explain(&w->policy, &w->book, day("2026-03-18"),
			     "C1", &s, &w->err),
	    0);
	assert_non_null(strstr(s.p, "F2: due 2026-03-12, 6 days ago"));
	assert_non_null(strstr(s.p,
	    "C1: withheld on 2026-03-18, promise: promise to pay until "
	    "2026-03-20; next on 2026-03-21\n"));
	assert_int_equal(plan_explain(&w->policy, &w->book, day("2026-03-18"),
			     "F9", &s, &w->err),
	    -1);
	assert_int_equal(w->err.kind, ERR_DATA);
	str_done(&s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_dates),
		TEST(test_gap_and_deadline),
		TEST(test_notice_in_full),
		TEST(test_three_levels_one_letter),
		TEST(test_formal_notice),
		TEST(test_not_due),
		TEST(test_two_currencies),
		TEST(test_settled),
		TEST(test_stale_payments),
		TEST(test_no_account),
		TEST(test_channels),
		TEST(test_closed_days),
		TEST(test_hundred_debtors),
		TEST(test_holds),
		TEST(test_floor_and_ceiling),
		TEST(test_scenarios),
		TEST(test_overflow),
		TEST(test_ids),
		TEST(test_explain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
