#include <string.h>

#include "base/str.h"
#include "policy/group.h"
#include "policy/words.h"

/* Where the trace goes, and what it is about ("" for all of the debtor). */
struct trace {
	const struct day *day;
	struct str *out;
	const char *invoice;
};

static bool
is_asked(const struct trace *t, const char *invoice)
{
	return t->invoice[0] == '\0' || strcmp(t->invoice, invoice) == 0;
}

static void
put_position(const struct trace *t, const struct position *pos)
{
	struct arena *a = t->day->arena;

	str_fmt(t->out, "%s, %s, in %s: ", pos->debtor->code, pos->debtor->name,
	    pos->currency);
	if (pos->unallocated.minor > 0)
		str_fmt(t->out, "%s is on no invoice; ",
		    words_money(pos->unallocated, a));
	if (pos->last_contact == DATE_NONE)
		str_puts(t->out, "no letter yet\n");
	else
		str_fmt(t->out, "last letter %s\n",
		    words_date(pos->last_contact, a));
}

static void
put_rung(const struct trace *t, const struct item *it, const struct rung *r)
{
	struct arena *a = t->day->arena;

	str_fmt(t->out, "%s: %s, notice %s, %s %s", it->invoice, r->step,
	    r->notice, r->counts ? "counts from" : "on its way since",
	    words_date(r->on, a));
	if (r->deadline_waits)
		str_puts(t->out, ", its deadline waits for the proof");
	else if (r->deadline != DATE_NONE)
		str_fmt(t->out, ", its deadline is %s",
		    words_date(r->deadline, a));
	str_putc(t->out, '\n');
}

static const char *
claim_name(enum claim_kind k)
{
	return k == CLAIM_INTEREST ? "interest" : "fee";
}

/* What notices claimed so far. */
static void
put_claimed(const struct trace *t, const struct item *it, enum claim_kind k)
{
	const struct claimed *c = &it->claimed[k];
	struct arena *a = t->day->arena;

	if (c->amount.minor > 0)
		str_fmt(t->out,
		    "%s: %s of %s claimed since %s, paid %s, waived %s\n",
		    it->invoice, claim_name(k), words_money(c->amount, a),
		    words_date(c->since, a), words_money(c->paid, a),
		    words_money(c->waived, a));
	if (c->waived_all)
		str_fmt(t->out, "%s: %s waived for good\n", it->invoice,
		    claim_name(k));
}

/* In which order payments pay the parts of the debt. */
static void
put_order(const struct trace *t, const struct position *pos,
    const struct item *it)
{
	static const char *const parts[] = { [PART_PRINCIPAL] = "the debt",
		[PART_INTEREST] = "interest",
		[PART_FEE] = "the fee" };
	const struct policy *p = t->day->policy;
	const struct rule *rule = NULL;
	const enum debt_part *order;
	struct err none;

	if (p->law != NULL && !p->principal_first &&
	    rule_find(p->law, p->country, pos->debtor->kind, &rule, &none) != 0)
		rule = NULL;
	order = rule_order(rule);
	str_fmt(t->out, "%s: payments pay %s, then %s, then %s", it->invoice,
	    parts[order[0]], parts[order[1]], parts[order[2]]);
	if (p->principal_first)
		str_puts(t->out, " (claims.imputation in semonce.yaml)");
	else if (rule != NULL && rule->order != NULL)
		str_fmt(t->out, " (%s%s)", rule->order_article,
		    rule->order_weak ? ": a weak source, check it" : "");
	str_putc(t->out, '\n');
}

static void
put_item(const struct trace *t, const struct position *pos,
    const struct item *it)
{
	struct arena *a = t->day->arena;
	size_t i;

	str_fmt(t->out,
	    "%s: issued %s, due %s (%s), amount %s, paid %s, open %s\n",
	    it->invoice, words_date(it->issued, a), words_date(it->due, a),
	    words_ago(it->due, t->day->on, a), words_money(it->amount, a),
	    words_money(it->paid, a), words_money(it->open, a));
	for (i = 0; i < it->n_rungs; i++)
		put_rung(t, it, &it->rungs[i]);
	put_claimed(t, it, CLAIM_INTEREST);
	put_claimed(t, it, CLAIM_FEE);
	if (it->claimed[CLAIM_INTEREST].amount.minor > 0 ||
	    it->claimed[CLAIM_FEE].amount.minor > 0)
		put_order(t, pos, it);
}

static void
put_holds(const struct trace *t, const struct position *pos)
{
	const struct hold *h;
	size_t i;

	for (i = 0; i < pos->n_holds; i++) {
		h = &pos->holds[i];
		if (h->invoice[0] != '\0' && !is_asked(t, h->invoice))
			continue;
		str_fmt(t->out, "%s: %s, from %s\n",
		    h->invoice[0] == '\0' ? pos->debtor->code : h->invoice,
		    words_hold(h, t->day->arena),
		    words_date(h->from, t->day->arena));
	}
}

/* Why the sum is claimed: by which law, and day by day. */
static void
put_claim(const struct trace *t, const char *invoice, const struct claim *c)
{
	struct arena *a = t->day->arena;
	char rate[RATE_SIZE];

	str_fmt(t->out, "%s: %s of %s by %s: %s", invoice, claim_name(c->kind),
	    words_money(c->amount, a), c->law, c->text);
	if (c->settled.minor > 0)
		str_fmt(t->out, "; %s of it is paid or waived",
		    words_money(c->settled, a));
	if (c->per_day.minor > 0)
		str_fmt(t->out, "; %s a day from then on",
		    words_money(c->per_day, a));
	str_putc(t->out, '\n');
	for (size_t i = 0; i < c->n_slices; i++) {
		const struct claim_slice *s = &c->slices[i];

		str_fmt(t->out, "%s: %s to %s, %d day%s, %s at %s %%: %s\n",
		    invoice, words_date(s->from, a), words_date(s->to, a),
		    s->days, s->days == 1 ? "" : "s", words_money(s->base, a),
		    rate_fmt(s->rate_milli, rate), words_money(s->amount, a));
	}
}

static void
put_claims(const struct trace *t, const struct draft *d)
{
	for (size_t i = 0; i < d->notice.n_lines; i++) {
		const struct notice_line *l = &d->notice.lines[i];

		for (size_t k = 0; k < l->n_claims && is_asked(t, l->invoice);
		     k++)
			put_claim(t, l->invoice, &l->claims[k]);
	}
	for (size_t i = 0; i < d->n_unclaimed && d->notice.n_lines > 0; i++)
		if (is_asked(t, d->unclaimed[i].invoice))
			str_fmt(t->out, "%s: %s\n", d->unclaimed[i].invoice,
			    d->unclaimed[i].why);
}

static void
put_notice(const struct trace *t, const struct notice *n)
{
	struct arena *a = t->day->arena;
	size_t i;

	for (i = 0; i < n->n_lines; i++) {
		if (is_asked(t, n->lines[i].invoice))
			str_fmt(t->out, "%s: %s on %s, %s in %s%s\n",
			    n->lines[i].invoice,
			    n->lines[i].role == LINE_DEMANDED
				? "demanded"
				: "listed for information",
			    words_date(n->on, a),
			    words_money(n->lines[i].open, a), n->step,
			    n->mode == MODE_CONFIRM
				? ", which a person approves first"
				: "");
	}
}

static void
put_withheld(const struct trace *t, const struct draft *d)
{
	const struct withheld *w;
	size_t i;

	for (i = 0; i < d->n_withheld; i++) {
		w = &d->withheld[i];
		if (w->invoice[0] != '\0' && !is_asked(t, w->invoice))
			continue;
		str_fmt(t->out, "%s: withheld on %s, %s: %s",
		    w->invoice[0] == '\0' ? d->position->debtor->code
					  : w->invoice,
		    words_date(t->day->on, t->day->arena),
		    withheld_name(w->reason), w->text);
		if (w->next != DATE_NONE)
			str_fmt(t->out, "; next on %s",
			    words_date(w->next, t->day->arena));
		str_putc(t->out, '\n');
	}
}

static void
put_draft(const struct trace *t, const struct draft *d)
{
	const struct position *pos = d->position;
	size_t i;

	put_position(t, pos);
	for (i = 0; i < pos->n_items; i++) {
		if (is_asked(t, pos->items[i].invoice))
			put_item(t, pos, &pos->items[i]);
	}
	put_holds(t, pos);
	for (i = 0; i < d->n_turns; i++) {
		if (is_asked(t, d->turns[i].item->invoice))
			str_fmt(t->out, "%s\n", d->turns[i].text);
	}
	put_notice(t, &d->notice);
	put_claims(t, d);
	put_withheld(t, d);
	for (i = 0; i < d->n_warnings; i++)
		str_fmt(t->out, "warning: %s\n", d->warnings[i]);
}

static void
put_doubts(const struct trace *t)
{
	const struct doubts *d = t->day->doubts;

	for (size_t i = 0; i < d->n; i++)
		str_fmt(t->out, "warning: %s\n", d->texts[i]);
}

static bool
has_invoice(const struct position *pos, const char *invoice)
{
	size_t i;

	for (i = 0; i < pos->n_items; i++) {
		if (strcmp(pos->items[i].invoice, invoice) == 0)
			return true;
	}
	return false;
}

/* Traces the n positions of one debtor if they are what is asked. */
static bool
put_debtor(struct trace *t, const struct position *positions, size_t n,
    const char *what)
{
	struct draft *drafts = arena_array(t->day->arena, n, sizeof(*drafts));
	bool all = strcmp(positions[0].debtor->code, what) == 0, found = false;
	size_t i;

	t->invoice = all ? "" : what;
	group_debtor(t->day, positions, n, drafts);
	for (i = 0; i < n; i++) {
		if (all || has_invoice(&positions[i], what)) {
			put_draft(t, &drafts[i]);
			found = true;
		}
	}
	if (found)
		put_doubts(t);
	return found;
}

int
plan_explain(const struct policy *p, const struct book *b, date_t on,
    const char *what, struct str *out, struct err *e)
{
	struct doubts doubts;
	struct day day = {
		.policy = p,
		.payments_as_of = b->payments_as_of,
		.on = on,
		.arena = arena_new(),
		.doubts = &doubts,
	};
	struct trace t = { .day = &day, .out = out };
	bool found = false;
	size_t i, n;

	for (i = 0; i < b->n; i += n) {
		n = group_count(&b->positions[i], b->n - i);
		doubts = (struct doubts){ 0 };
		found |= put_debtor(&t, &b->positions[i], n, what);
		arena_reset(day.arena);
	}
	arena_free(day.arena);
	if (!found)
		return err_set(e, ERR_DATA,
		    "'%.80s' is no invoice and no debtor with one: check the "
		    "spelling, or import it",
		    what);
	return 0;
}
