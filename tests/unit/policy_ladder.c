/*
 * Ladders from the first letter to the last, with payments, waivers and
 * instalments as they fall by a fixed seed: whatever comes, the sums of the
 * lines are those of the notice, no invoice bears a second fee, and interest
 * never asks again for what was paid.
 */
#include "policy_law.h"

#define LADDERS  150
#define DAYS     150
#define INVOICES 3

static uint64_t seed;

/* xorshift64*: the same everywhere. */
static unsigned
roll(unsigned n)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return (unsigned)((seed * 2685821657736338717u) >> 33) % n;
}

static void
add_debts(struct world *w, struct position *p)
{
	static const char *const names[INVOICES] = { "F1", "F2", "F3" };
	static const char *const dues[] = { "2026-01-10", "2026-01-31",
		"2026-03-15", "2026-06-20" };

	for (unsigned i = 0; i < INVOICES; i++)
		for (unsigned n = 1 + roll(2); n > 0; n--)
			(void)add_item(w, p, names[i], dues[roll(4)],
			    1 + roll(500000));
}

/* The ledger's part: what a notice that counts has claimed. */
static void
take_claims(struct position *p, const struct notice *n)
{
	for (size_t i = 0; i < n->n_lines; i++) {
		const struct notice_line *l = &n->lines[i];
		struct item *it = p->items;

		while (it->id != l->item)
			it++;
		for (size_t c = 0; c < l->n_claims; c++)
			it->claimed[l->claims[c].kind].amount =
			    l->claims[c].amount;
	}
}

/* Up to so much of what is owed of a claim is paid or waived. */
static void
settle(struct claimed *c, int64_t most)
{
	int64_t owed = c->amount.minor - c->paid.minor - c->waived.minor;

	if (owed > most)
		owed = most;
	if (owed <= 0)
		return;
	if (roll(2) == 0)
		c->paid.minor += owed;
	else
		c->waived.minor += owed;
}

static void
live_a_day(struct position *p, date_t on)
{
	struct item *it = &p->items[roll((unsigned)p->n_items)];

	if (roll(20) == 0 && it->open.minor > 0 && it->n_moves < MOVES_MAX)
		pay_on(it, 1 + roll((unsigned)it->open.minor), on);
	if (roll(20) == 0)
		settle(&it->claimed[roll(CLAIM_KINDS)], roll(2000));
	if (roll(500) == 0)
		it->claimed[roll(CLAIM_KINDS)].waived_all = true;
}

/* Instalments of an invoice that have borne a fee, and its amount. */
struct fees {
	const struct item *bearer[INVOICES];
	int64_t amount[INVOICES];
};

static void
check_fee(struct fees *f, const struct position *p, const struct notice_line *l)
{
	unsigned invoice = (unsigned)(l->invoice[1] - '1');
	const struct item *it = p->items;

	while (it->id != l->item)
		it++;
	for (size_t c = 0; c < l->n_claims; c++) {
		if (l->claims[c].kind != CLAIM_FEE)
			continue;
		if (f->bearer[invoice] == NULL) {
			f->bearer[invoice] = it;
			f->amount[invoice] = l->claims[c].amount.minor;
		}
		assert_ptr_equal(f->bearer[invoice], it);
		assert_int_equal(f->amount[invoice], l->claims[c].amount.minor);
		assert_false(it->claimed[CLAIM_FEE].waived_all);
	}
}

/* What is asked is what accrued, less what was settled. */
static void
check_line(const struct position *p, const struct notice_line *l)
{
	const struct item *it = p->items;

	while (it->id != l->item)
		it++;
	for (size_t c = 0; c < l->n_claims; c++) {
		const struct claim *m = &l->claims[c];
		const struct claimed *before = &it->claimed[m->kind];
		int64_t asked =
		    m->kind == CLAIM_FEE ? l->fee.minor : l->interest.minor;

		assert_int_equal(asked,
		    m->amount.minor - before->paid.minor -
			before->waived.minor);
	}
}

static void
live(struct world *w, enum debtor_kind kind)
{
	struct position *p;
	struct fees fees = { 0 };
	date_t first = day("2026-01-05");

	w->book.n = 0;
	p = add_position(w, "C1", "EUR");
	debtor_of(p)->kind = kind;
	add_debts(w, p);
	for (date_t on = first; on < first + DAYS; on++) {
		live_a_day(p, on);
		make_plan(w, on);
		for (size_t i = 0; i < w->plan.n_notices; i++) {
			const struct notice *n = &w->plan.notices[i];

			check_sums(n);
			for (size_t k = 0; k < n->n_lines; k++) {
				check_fee(&fees, p, &n->lines[k]);
				check_line(p, &n->lines[k]);
			}
			take_claims(p, n);
		}
		send_all(w);
		if (w->plan.n_notices > 0)
			post_all(w, p, on, 0);
	}
}

static void
test_ladders(void **state)
{
	static const enum debtor_kind kinds[] = { DEBTOR_BUSINESS,
		DEBTOR_PUBLIC, DEBTOR_CONSUMER };
	struct world *w = *state;

	seed = 20261122;
	for (unsigned i = 0; i < LADDERS; i++)
		live(w, kinds[i % 3]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_ladders, setup_law,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
