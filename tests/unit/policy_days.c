/*
 * Many days: the ladder played over a book that remembers what was sent.
 * Every day that sends is planned again fifty times and gives nothing more.
 */
#include "policy_book.h"

/* "2026-03-09 C1 EUR relance-1 email auto 10.00 [F1]" for each notice. */
static void
play(struct world *w, const char *from, const char *to, struct str *log)
{
	char date[DATE_SIZE];
	const char *text, *end;
	date_t on;
	size_t i, n;

	for (on = day(from); on <= day(to); on++) {
		make_plan(w, on);
		n = w->plan.n_notices;
		text = plan_text(w);
		for (i = 0; i < n; i++, text = end + 1) {
			end = strchr(text, '\n');
			str_fmt(log, "%s ", date_fmt(on, date));
			str_put(log, text, (size_t)(end - text) + 1);
		}
		send_all(w);
		for (i = 0; n > 0 && i < 50; i++) {
			make_plan(w, on);
			assert_int_equal(w->plan.n_notices, 0);
		}
	}
}

static void
expect_days(struct world *w, const char *from, const char *to, const char *want)
{
	struct str log;

	str_init(&log, 1 << 16);
	play(w, from, to, &log);
	assert_string_equal(log.p, want);
	str_done(&log);
}

static void
test_whole_ladder(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");

	add_item(w, p, "F1", "2026-02-28", 1000);
	expect_days(w, "2026-01-29", "2026-03-27",
	    "2026-02-23 C1 EUR prevenance email auto 10.00 [F1]\n"
	    "2026-03-09 C1 EUR relance-1 email auto 10.00 [F1]\n"
	    "2026-03-18 C1 EUR relance-2 email auto 10.00 [F1]\n"
	    "2026-03-26 C1 EUR mise-en-demeure registered confirm 10.00 "
	    "[F1]\n");
	/* Printed, not posted: nothing goes on, and the reason says how. */
	expect(w, "2026-05-15", "C1 * needs_confirmation -\n");
	assert_non_null(strstr(w->plan.withheld[0].text, "semonce posted N"));
	post_all(w, p, day("2026-03-30"), 8);
	expect(w, "2026-04-07", "C1 F1 deadline_running 2026-04-08\n");
	expect(w, "2026-04-08", "C1 F1 finished 2026-04-14\n");
	expect_days(w, "2026-04-01", "2026-12-31", "");
}

/* Ten days without the daily run: each step once, none skipped. */
static void
test_missed_days(void **state)
{
	struct world *w = *state;

	add_item(w, add_position(w, "C1", "EUR"), "F1", "2026-02-28", 1000);
	add_item(w, add_position(w, "C2", "EUR"), "F2", "2026-02-20", 2000);
	expect_days(w, "2026-02-10", "2026-03-03",
	    "2026-02-16 C2 EUR prevenance email auto 20.00 [F2]\n"
	    "2026-02-23 C1 EUR prevenance email auto 10.00 [F1]\n"
	    "2026-03-02 C2 EUR relance-1 email auto 20.00 [F2]\n");
	expect_days(w, "2026-03-13", "2026-03-31",
	    "2026-03-16 C1 EUR relance-1 email auto 10.00 [F1]\n"
	    "2026-03-18 C2 EUR relance-2 email auto 20.00 [F2]\n"
	    "2026-03-25 C1 EUR relance-2 email auto 10.00 [F1]\n"
	    "2026-03-26 C2 EUR mise-en-demeure registered confirm 20.00 "
	    "[F2]\n");
}

/* Ninety days old when it is imported: from the first level, with gaps. */
static void
test_old_debt(void **state)
{
	struct world *w = *state;

	add_item(w, add_position(w, "C1", "EUR"), "F1", "2025-12-01", 1000);
	expect_days(w, "2026-03-01", "2026-03-25",
	    "2026-03-02 C1 EUR relance-1 email auto 10.00 [F1]\n"
	    "2026-03-11 C1 EUR relance-2 email auto 10.00 [F1]\n"
	    "2026-03-19 C1 EUR mise-en-demeure registered confirm 10.00 "
	    "[F1]\n");
}

/* A part paid between two letters: the new sum, the same level. */
static void
test_part_paid_then_paid(void **state)
{
	struct world *w = *state;
	struct item *it =
	    add_item(w, add_position(w, "C1", "EUR"), "F1", "2026-02-28", 1000);

	expect_days(w, "2026-03-01", "2026-03-10",
	    "2026-03-09 C1 EUR relance-1 email auto 10.00 [F1]\n");
	pay(it, 400);
	expect_days(w, "2026-03-11", "2026-03-20",
	    "2026-03-18 C1 EUR relance-2 email auto 6.00 [F1]\n");
	pay(it, 600);
	expect_days(w, "2026-03-21", "2026-06-30", "");
	/* The payment is reversed: the same episode goes on where it was. */
	pay(it, -600);
	expect_days(w, "2026-07-01", "2026-07-10",
	    "2026-07-01 C1 EUR mise-en-demeure registered confirm 6.00 [F1]\n");
}

/* A new episode begins at the first level again. */
static void
test_new_episode(void **state)
{
	struct world *w = *state;
	struct item *it =
	    add_item(w, add_position(w, "C1", "EUR"), "F1", "2026-02-28", 1000);

	expect_days(w, "2026-03-01", "2026-03-20",
	    "2026-03-09 C1 EUR relance-1 email auto 10.00 [F1]\n"
	    "2026-03-18 C1 EUR relance-2 email auto 10.00 [F1]\n");
	it->episode = 2;
	it->n_rungs = 0;
	expect_days(w, "2026-04-21", "2026-04-30",
	    "2026-04-21 C1 EUR relance-1 email auto 10.00 [F1]\n"
	    "2026-04-29 C1 EUR relance-2 email auto 10.00 [F1]\n");
}

/* New invoices join the next letter; letters lie seven days apart. */
static void
test_spacing(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");

	add_item(w, p, "F1", "2026-02-28", 1000);
	add_item(w, p, "F2", "2026-03-03", 2000);
	add_item(w, p, "F3", "2026-03-04", 4000);
	expect_days(w, "2026-03-05", "2026-03-17",
	    "2026-03-09 C1 EUR relance-1 email auto 10.00 [F1 (F2) (F3)]\n"
	    "2026-03-16 C1 EUR relance-1 email auto 60.00 [(F1) F2 F3]\n");
	expect(w, "2026-03-18", "C1 * spacing 2026-03-25\n");
	expect_days(w, "2026-03-18", "2026-03-31",
	    "2026-03-25 C1 EUR relance-2 email auto 70.00 [F1 F2 F3]\n");
}

/* A bounce un-counts: the level comes again, by the other channel. */
static void
test_bounce(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_item(w, p, "F1", "2026-02-28", 1000);

	expect_days(w, "2026-03-01", "2026-03-10",
	    "2026-03-09 C1 EUR relance-1 email auto 10.00 [F1]\n");
	it->n_rungs = 0;
	p->last_contact = DATE_NONE;
	debtor_of(p)->email = "";
	expect_days(w, "2026-03-11", "2026-03-31",
	    "2026-03-16 C1 EUR relance-1 print auto 10.00 [F1]\n");
	post_all(w, p, day("2026-03-18"), 0);
	expect_days(w, "2026-04-01", "2026-04-10",
	    "2026-04-01 C1 EUR relance-2 print auto 10.00 [F1]\n");
}

/* What is on its way blocks its currency, each state with its words. */
static void
test_in_flight(void **state)
{
	struct world *w = *state;
	static const struct {
		enum notice_state state;
		const char *want, *says;
	} states[] = {
		{ NOTICE_APPROVED, "C1 * spacing -\n", "semonce send" },
		{ NOTICE_SENDING, "C1 * spacing -\n", "on its way" },
		{ NOTICE_ACCEPTED, "C1 * needs_confirmation -\n", "posted N1" },
		{ NOTICE_AMBIGUOUS, "C1 * needs_confirmation -\n",
		    "resolve N1" },
	};
	struct position *p = add_position(w, "C1", "EUR");
	struct item *it = add_item(w, p, "F1", "2026-02-28", 1000);
	struct rung *r = add_rung(it, "relance-1", "2026-03-02");
	size_t i;

	add_item(w, p, "F2", "2026-02-28", 2000);
	r->counts = false;
	r->notice = "N1";
	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		r->state = states[i].state;
		expect(w, "2026-03-09", states[i].want);
		assert_non_null(strstr(w->plan.withheld[0].text,
		    states[i].says));
	}
	/* Its level is not attained: relance-1 is still the next step. */
	str_clear(&w->text);
	assert_int_equal(plan_explain(&w->policy, &w->book, day("2026-03-09"),
			     "F1", &w->text, &w->err),
	    0);
	assert_non_null(strstr(w->text.p, "on its way since 2026-03-02"));
	assert_non_null(strstr(w->text.p, "9 days ago; step relance-1 from"));
	/* Of a debt that is paid, it blocks only while it can still leave. */
	pay(it, 1000);
	expect(w, "2026-03-09", "C1 EUR relance-1 email auto 20.00 [F2]\n");
	p->in_flight = "N2";
	expect(w, "2026-03-09", "C1 * spacing -\n");
	assert_non_null(strstr(w->plan.withheld[0].text, "N2"));
}

/* A dispute is lifted, a promise is broken: each goes on where it was. */
static void
test_holds_end(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "EUR");

	add_item(w, p, "F1", "2026-02-28", 1000);
	add_item(w, p, "F2", "2026-02-28", 2000);
	expect_days(w, "2026-03-01", "2026-03-10",
	    "2026-03-09 C1 EUR relance-1 email auto 30.00 [F1 F2]\n");
	add_hold(p, HOLD_DISPUTE, "F1", NULL);
	add_hold(p, HOLD_PROMISE, "F2", "2026-04-08");
	expect_days(w, "2026-03-11", "2026-04-12",
	    "2026-04-09 C1 EUR relance-2 email auto 20.00 [F2]\n");
	p->n_holds = 0;
	expect_days(w, "2026-04-13", "2026-04-16",
	    "2026-04-16 C1 EUR relance-2 email auto 10.00 [F1 (F2)]\n");
}

/* A letter that waits for approval does not keep the other currency. */
static void
test_confirm_gives_way(void **state)
{
	struct world *w = *state;
	struct position *p = add_position(w, "C1", "CHF");
	struct item *it = add_item(w, p, "S1", "2026-01-31", 1000);

	add_rung(it, "relance-1", "2026-02-09");
	add_rung(it, "relance-2", "2026-02-18");
	p = add_position(w, "C1", "EUR");
	add_item(w, p, "F1", "2026-02-28", 2000);
	expect(w, "2026-03-09",
	    "C1 EUR relance-1 email auto 20.00 [F1]\n"
	    "C1 * spacing 2026-03-16\n");
}

/* The same book and day, the same plan, whatever was planned in between. */
static void
test_same_to_the_byte(void **state)
{
	struct world *w = *state;
	struct position *p;
	struct str first;
	char code[16];
	int i;

	for (i = 0; i < 40; i++) {
		snprintf(code, sizeof(code), "C%02d", i / 2);
		p = add_position(w, code, i % 2 == 0 ? "CHF" : "EUR");
		add_item(w, p, "F1", i % 3 == 0 ? "2026-02-28" : "2026-03-20",
		    1000 + i);
	}
	str_init(&first, 1 << 20);
	make_plan(w, day("2026-03-16"));
	str_puts(&first, plan_text(w));
	make_plan(w, day("2026-03-17"));
	make_plan(w, day("2026-03-16"));
	assert_string_equal(plan_text(w), first.p);
	assert_true(first.len > 1000);
	str_done(&first);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_whole_ladder),
		TEST(test_missed_days),
		TEST(test_old_debt),
		TEST(test_part_paid_then_paid),
		TEST(test_new_episode),
		TEST(test_spacing),
		TEST(test_bounce),
		TEST(test_in_flight),
		TEST(test_holds_end),
		TEST(test_confirm_gives_way),
		TEST(test_same_to_the_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
