/*
 * policy_book: a small book for the tests of policy/. It plays the ledger:
 * notices of a plan are marked as sent, as printed, as posted; payments
 * reduce what is open. A plan prints as text, and tests compare the text.
 */
#ifndef TESTS_POLICY_BOOK_H
#define TESTS_POLICY_BOOK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"
#include "policy/plan.h"

#define ITEMS_MAX     8
#define RUNGS_MAX     12
#define MOVES_MAX     8
#define HOLDS_MAX     4
#define POSITIONS_MAX 120

struct world {
	struct arena *arena;
	struct scenario scenario;
	struct policy_profile profile[2];
	struct account account[2];
	struct policy policy;
	struct book book;
	struct plan plan;
	struct str text;
	struct err err;
};

static inline date_t
day(const char *s)
{
	struct err e;
	date_t d;

	if (date_parse(s, &d, &e) != 0)
		fail_msg("%s", e.text);
	return d;
}

static inline void
load_scenario(struct world *w, const char *yaml)
{
	char path[] = "/tmp/semonce-plan-XXXXXX";
	int fd = mkstemp(path);
	FILE *f = fd == -1 ? NULL : fdopen(fd, "w");

	assert_non_null(f);
	assert_int_not_equal(fputs(yaml, f), EOF);
	assert_int_equal(fclose(f), 0);
	if (scenario_load(path, w->arena, &w->scenario, &w->err) != 0)
		fail_msg("%s", w->err.text);
	unlink(path);
}

static inline int
setup(void **state)
{
	struct world *w = mem_alloc(sizeof(*w));

	w->arena = arena_new();
	str_init(&w->text, 1 << 20);
	if (scenario_load("layouts/scenario/standard-fr.yaml", w->arena,
		&w->scenario, &w->err) != 0)
		fail_msg("%s", w->err.text);
	w->profile[0] = (struct policy_profile){ "", &w->scenario };
	w->account[0] =
	    (struct account){ .currency = "EUR", .iban = "FR76", .bic = "" };
	w->account[1] =
	    (struct account){ .currency = "CHF", .iban = "CH93", .bic = "" };
	w->policy = (struct policy){
		.profiles = w->profile,
		.n_profiles = 1,
		.creditor = "Ateliers Valcourbe",
		.country = "FR",
		.place = "FR",
		.tone = "formal",
		.tolerance = "1.00",
		.accounts = w->account,
		.n_accounts = 2,
	};
	w->book.payments_as_of = DATE_NONE;
	w->book.positions =
	    arena_array(w->arena, POSITIONS_MAX, sizeof(*w->book.positions));
	*state = w;
	return 0;
}

static inline int
teardown(void **state)
{
	struct world *w = *state;

	str_done(&w->text);
	arena_free(w->arena);
	free(w);
	return 0;
}

static inline struct money
money(int64_t minor, const char *currency)
{
	struct money m = { .minor = minor };

	memcpy(m.currency, currency, sizeof(m.currency));
	return m;
}

/* A debtor with an email and a postal address; code as it sorts. */
static inline struct position *
add_position(struct world *w, const char *code, const char *currency)
{
	struct position *p = &w->book.positions[w->book.n];
	struct debtor *d;

	assert_true(w->book.n < POSITIONS_MAX);
	w->book.n++;
	d = arena_alloc(w->arena, sizeof(*d));
	*d = (struct debtor){
		.code = arena_str(w->arena, code),
		.name = "Brasserie",
		.profile = "",
		.language = "fr",
		.email = "a@example.com",
		.phone = "",
		.address = { "1 rue des Exemples", "", "" },
		.postcode = "75001",
		.city = "PARIS",
		.country = "FR",
	};
	*p = (struct position){
		.debtor = d,
		.items = arena_array(w->arena, ITEMS_MAX, sizeof(*p->items)),
		.holds = arena_array(w->arena, HOLDS_MAX, sizeof(*p->holds)),
		.unallocated = money(0, currency),
		.last_contact = DATE_NONE,
	};
	memcpy(p->currency, currency, sizeof(p->currency));
	return p;
}

static inline struct debtor *
debtor_of(struct position *p)
{
	return (struct debtor *)(uintptr_t)p->debtor;
}

static inline struct item *
add_item(struct world *w, struct position *p, const char *number,
    const char *due, int64_t minor)
{
	struct item *it = &p->items[p->n_items];

	assert_true(p->n_items < ITEMS_MAX);
	*it = (struct item){
		.id = (int64_t)(w->book.n * 100 + p->n_items),
		.invoice = number,
		.contract = "",
		.scenario = "",
		.due = day(due),
		.issued = day(due) - 30,
		.sent_on = day(due) - 30,
		.amount = money(minor, p->currency),
		.paid = money(0, p->currency),
		.open = money(minor, p->currency),
		.episode = 1,
		.moves = arena_array(w->arena, MOVES_MAX, sizeof(*it->moves)),
		.rungs = arena_array(w->arena, RUNGS_MAX, sizeof(*it->rungs)),
	};
	p->n_items++;
	return it;
}

/* Below zero: a payment that went back. */
static inline void
pay_on(struct item *it, int64_t minor, date_t on)
{
	assert_true(it->n_moves < MOVES_MAX);
	it->moves[it->n_moves++] =
	    (struct item_move){ .on = on, .minor = -minor };
	it->paid.minor += minor;
	it->open.minor = it->amount.minor - it->paid.minor;
}

/* In time. */
static inline void
pay(struct item *it, int64_t minor)
{
	pay_on(it, minor, it->due);
}

static inline struct rung *
add_rung(struct item *it, const char *step, const char *on)
{
	struct rung *r = &it->rungs[it->n_rungs++];

	assert_true(it->n_rungs <= RUNGS_MAX);
	*r = (struct rung){
		.notice = "NBEFORE",
		.step = step,
		.state = NOTICE_ACCEPTED,
		.counts = true,
		.on = day(on),
		.deadline = DATE_NONE,
	};
	return r;
}

static inline void
add_hold(struct position *p, enum hold_kind kind, const char *invoice,
    const char *until)
{
	assert_true(p->n_holds < HOLDS_MAX);
	p->holds[p->n_holds++] = (struct hold){
		.kind = kind,
		.invoice = invoice,
		.from = day("2026-01-01"),
		.until = until == NULL ? DATE_NONE : day(until),
		.text = "",
	};
}

static inline void
make_plan(struct world *w, date_t on)
{
	if (plan_make(&w->policy, &w->book, on, w->arena, &w->plan, &w->err) !=
	    0)
		fail_msg("%s", w->err.text);
}

/*
 * "C1 EUR relance-1 email auto 12.00 [F1 F2 (F3)]": informational lines in
 * brackets, a line of another level with its step; "C1 F2 not_due 2026-03-09"
 * for what is withheld, "!" and a warning.
 */
static inline const char *
plan_text(struct world *w)
{
	static const char *const channels[] = { "none", "email", "print",
		"registered" };
	const struct plan *p = &w->plan;
	char buf[MONEY_SIZE], date[DATE_SIZE];
	size_t i, k;

	str_clear(&w->text);
	for (i = 0; i < p->n_notices; i++) {
		const struct notice *n = &p->notices[i];

		str_fmt(&w->text, "%s %s %s %s %s %s [", n->debtor->code,
		    n->currency, n->step, channels[n->channel],
		    n->mode == MODE_AUTO ? "auto" : "confirm",
		    money_fmt(n->total, buf));
		for (k = 0; k < n->n_lines; k++) {
			const struct notice_line *l = &n->lines[k];
			const char *gap = k == 0 ? "" : " ";

			if (l->role == LINE_INFORMATIONAL)
				str_fmt(&w->text, "%s(%s)", gap, l->invoice);
			else if (strcmp(l->step, n->step) == 0)
				str_fmt(&w->text, "%s%s", gap, l->invoice);
			else
				str_fmt(&w->text, "%s%s:%s", gap, l->invoice,
				    l->step);
		}
		str_puts(&w->text, "]\n");
	}
	for (i = 0; i < p->n_withheld; i++) {
		const struct withheld *h = &p->withheld[i];

		str_fmt(&w->text, "%s %s %s %s\n", h->debtor->code,
		    h->invoice[0] == '\0' ? "*" : h->invoice,
		    withheld_name(h->reason),
		    h->next == DATE_NONE ? "-" : date_fmt(h->next, date));
	}
	for (i = 0; i < p->n_warnings; i++)
		str_fmt(&w->text, "! %s\n", p->warnings[i]);
	return w->text.p;
}

static inline void
expect(struct world *w, const char *on, const char *want)
{
	make_plan(w, day(on));
	assert_string_equal(plan_text(w), want);
}

/* ---- the ledger's part ---- */

static inline struct position *
find_position(struct world *w, const struct notice *n)
{
	size_t i;

	for (i = 0; i < w->book.n; i++) {
		if (strcmp(w->book.positions[i].debtor->code,
			n->debtor->code) == 0 &&
		    strcmp(w->book.positions[i].currency, n->currency) == 0)
			return &w->book.positions[i];
	}
	fail_msg("no position for %s", n->id);
	return NULL;
}

static inline void
touch_debtor(struct world *w, const char *code, date_t on)
{
	size_t i;

	for (i = 0; i < w->book.n; i++) {
		if (strcmp(w->book.positions[i].debtor->code, code) == 0)
			w->book.positions[i].last_contact = on;
	}
}

/* Email counts at once; paper is printed and waits to be posted. */
static inline void
send_notice(struct world *w, const struct notice *n)
{
	struct position *p = find_position(w, n);
	bool counts = n->channel == CHANNEL_EMAIL;
	size_t i, k;

	for (i = 0; i < n->n_lines; i++) {
		if (n->lines[i].role != LINE_DEMANDED)
			continue;
		for (k = 0; p->items[k].id != n->lines[i].item; k++)
			assert_true(k < p->n_items);
		*add_rung(&p->items[k], n->lines[i].step, "2000-01-01") =
		    (struct rung){
			    .notice = arena_str(w->arena, n->id),
			    .step = n->lines[i].step,
			    .state = NOTICE_ACCEPTED,
			    .counts = counts,
			    .on = n->on,
			    .deadline = n->deadline,
			    .deadline_waits = n->deadline_days > 0 &&
				n->deadline == DATE_NONE,
		    };
	}
	touch_debtor(w, n->debtor->code, n->on);
}

static inline void
send_all(struct world *w)
{
	size_t i;

	for (i = 0; i < w->plan.n_notices; i++)
		send_notice(w, &w->plan.notices[i]);
}

/* The paper of a position goes to the post; printed days begin to run. */
static inline void
post_all(struct world *w, struct position *p, date_t on, int days)
{
	size_t i, k;

	for (i = 0; i < p->n_items; i++) {
		for (k = 0; k < p->items[i].n_rungs; k++) {
			struct rung *r = &p->items[i].rungs[k];

			if (r->counts)
				continue;
			r->counts = true;
			r->state = NOTICE_POSTED;
			r->on = on;
			if (r->deadline_waits)
				r->deadline = on + days;
			r->deadline_waits = false;
		}
	}
	touch_debtor(w, p->debtor->code, on);
}

#endif
