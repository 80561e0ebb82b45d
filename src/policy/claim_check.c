#include "policy/claim.h"

#include <string.h>

/* ---- what a notice claimed, against what it would claim ---- */

static bool
same_slices(const struct claim *a, const struct claim *b)
{
	if (a->n_slices != b->n_slices)
		return false;
	for (size_t i = 0; i < a->n_slices; i++) {
		const struct claim_slice *x = &a->slices[i];
		const struct claim_slice *y = &b->slices[i];

		if (x->from != y->from || x->to != y->to ||
		    x->days != y->days || x->base.minor != y->base.minor ||
		    x->rate_milli != y->rate_milli ||
		    x->amount.minor != y->amount.minor)
			return false;
	}
	return true;
}

static bool
same_claims(const struct notice_line *a, const struct notice_line *b)
{
	if (a->n_claims != b->n_claims)
		return false;
	for (size_t i = 0; i < a->n_claims; i++) {
		const struct claim *x = &a->claims[i], *y = &b->claims[i];

		if (x->kind != y->kind || x->amount.minor != y->amount.minor ||
		    x->settled.minor != y->settled.minor ||
		    x->from != y->from || x->until != y->until ||
		    x->per_day.minor != y->per_day.minor ||
		    strcmp(x->law, y->law) != 0 || !same_slices(x, y))
			return false;
	}
	return true;
}

static const struct notice_line *
find_changed(const struct notice *n, const struct notice *now)
{
	for (size_t i = 0; i < n->n_lines; i++)
		if (!same_claims(&n->lines[i], &now->lines[i]))
			return &n->lines[i];
	return NULL;
}

/* ---- the same notice, without its claims ---- */

static const struct position *
find_position(const struct book *b, const struct notice *n)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct position *p = &b->positions[i];

		if (strcmp(p->debtor->code, n->debtor->code) == 0 &&
		    strcmp(p->currency, n->currency) == 0)
			return p;
	}
	return NULL;
}

static const struct item *
find_item(const struct position *p, int64_t id)
{
	for (size_t i = 0; i < p->n_items; i++)
		if (p->items[i].id == id)
			return &p->items[i];
	return NULL;
}

/* False: an item or a step is there no more. */
static bool
fill_turn(const struct policy *p, struct draft *d, size_t i)
{
	struct notice_line *l = &d->notice.lines[i];
	struct turn *t = &d->turns[i];

	t->item = find_item(d->position, l->item);
	t->scenario =
	    t->item == NULL ? NULL : ladder_scenario(p, d->position, t->item);
	t->level =
	    t->scenario == NULL ? -1 : scenario_step(t->scenario, l->step);
	if (t->level >= 0)
		t->step = &t->scenario->steps[t->level];
	l->interest.minor = l->fee.minor = 0;
	l->claims = NULL;
	l->n_claims = 0;
	return t->item != NULL &&
	    (t->level >= 0 || l->role == LINE_INFORMATIONAL);
}

static bool
fill_draft(const struct day *day, const struct book *b, const struct notice *n,
    struct draft *d)
{
	*d = (struct draft){ .position = find_position(b, n), .notice = *n };
	if (d->position == NULL)
		return false;
	d->n_turns = n->n_lines;
	d->turns = arena_array(day->arena, n->n_lines, sizeof(*d->turns));
	d->notice.lines =
	    arena_array(day->arena, n->n_lines, sizeof(*d->notice.lines));
	for (size_t i = 0; i < n->n_lines; i++) {
		d->notice.lines[i] = n->lines[i];
		if (!fill_turn(day->policy, d, i))
			return false;
	}
	return true;
}

int
claim_check(const struct policy *p, const struct book *b,
    const struct notice *n, struct arena *a, struct err *e)
{
	struct doubts doubts = { 0 };
	struct day day = { .policy = p,
		.payments_as_of = b->payments_as_of,
		.on = n->on,
		.arena = a,
		.doubts = &doubts };
	const struct notice_line *changed = n->lines;
	struct draft d;

	if (n->interest.minor == 0 && n->fee.minor == 0)
		return 0;
	if (fill_draft(&day, b, n, &d)) {
		if (claim_lines(&day, &d, e) != 0)
			return -1;
		changed = find_changed(n, &d.notice);
	}
	if (changed == NULL)
		return 0;
	return err_set(e, ERR_DATA,
	    "what it claims on invoice %s would be another sum now: a payment, "
	    "a waiver, the debtor's kind, the scenario, or rates and rules "
	    "have changed since it was approved",
	    changed->invoice);
}
