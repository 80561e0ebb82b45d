/*
 * ledger_claim: notices that claim interest and fees, made by hand.
 */
#ifndef LEDGER_CLAIM_TEST_H
#define LEDGER_CLAIM_TEST_H

#include "ledger_fixture.h"

/* Interest in two slices, or a fee. */
static inline struct claim
claim_of(struct fixture *f, enum claim_kind kind, int64_t amount,
    int64_t settled)
{
	struct claim c = { .kind = kind,
		.amount = fixture_eur(amount),
		.settled = fixture_eur(settled),
		.from = DATE_NONE,
		.until = DATE_NONE,
		.per_day = fixture_eur(0),
		.law = "C. com. L441-10",
		.text = "by hand" };

	if (kind == CLAIM_FEE)
		return c;
	c.from = fixture_day("2026-02-01");
	c.until = fixture_day("2026-03-02");
	c.per_day = fixture_eur(3);
	c.n_slices = 2;
	c.slices = arena_array(f->arena, 2, sizeof(*c.slices));
	c.slices[0] = (struct claim_slice){ .from = c.from,
		.to = fixture_day("2026-02-10"),
		.days = 10,
		.base = fixture_eur(10000),
		.amount = fixture_eur(amount / 3),
		.rate_milli = 12150 };
	c.slices[1] = (struct claim_slice){ .from = fixture_day("2026-02-11"),
		.to = c.until,
		.days = 20,
		.base = fixture_eur(9000),
		.amount = fixture_eur(amount - amount / 3),
		.rate_milli = 12400 };
	return c;
}

/* Puts a claim on a line and adds it to the sums. */
static inline void
claim_put(struct fixture *f, struct notice *n, size_t line, struct claim c)
{
	struct notice_line *l = &n->lines[line];
	struct claim *all = arena_array(f->arena, CLAIM_KINDS, sizeof(*all));
	int64_t asked = c.amount.minor - c.settled.minor;

	if (l->n_claims > 0)
		all[0] = l->claims[0];
	all[l->n_claims++] = c;
	l->claims = all;
	if (c.kind == CLAIM_FEE) {
		l->fee.minor += asked;
		n->fee.minor += asked;
	} else {
		l->interest.minor += asked;
		n->interest.minor += asked;
	}
	n->total.minor += asked;
}

/* Approves, writes, sends: it counts as of its day, an e-mail. */
static inline void
claim_deliver(struct fixture *f, const struct notice *n)
{
	struct gate g = fixture_gate();
	struct receipt r = { .outcome = OUTCOME_ACCEPTED, .detail = "250 ok" };
	struct lease lease;

	g.on = n->on;
	must(outbox_approve(f->ledger, n, &f->err));
	fixture_render(f, n->id);
	must(outbox_reserve(f->ledger, n->id, &g, f->arena, &lease, &f->err));
	if (lease.closed != NULL)
		fail_msg("%s", lease.closed);
	must(outbox_sending(f->ledger, &lease, &g, "", &f->err));
	must(outbox_outcome(f->ledger, &lease, &r, n->on, &f->err));
}

/* Statements past all of our code that the database refuses. */
static inline void
claim_sql_refused(struct fixture *f, const char *sql, const char *words)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(fixture_path(f, "semonce.db"), &db), 0);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
		fail_msg("taken: %s", sql);
	if (strstr(sqlite3_errmsg(db), words) == NULL)
		fail_msg("%s: '%s' lacks '%s'", sql, sqlite3_errmsg(db), words);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

#endif
