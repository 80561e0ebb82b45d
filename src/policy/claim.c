#include "policy/claim.h"

#include <assert.h>
#include <string.h>

#include "policy/words.h"

/* A demanded line whose claims are being reckoned. */
struct work {
	const struct day *day;
	struct draft *draft;
	const struct rule *rule;
	const struct turn *turn;
	struct notice_line *line;
	struct claim *claims; /* of the line; room for one of each kind */
};

/* ---- what is doubtful ---- */

static void
add_doubt(const struct day *day, const char *text)
{
	struct doubts *d = day->doubts;

	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->texts[i], text) == 0)
			return;
	if (d->n == d->cap) {
		size_t cap = d->cap == 0 ? 8 : 2 * d->cap;
		const char **texts =
		    arena_array(day->arena, cap, sizeof(*texts));

		for (size_t i = 0; i < d->n; i++)
			texts[i] = d->texts[i];
		d->texts = texts;
		d->cap = cap;
	}
	d->texts[d->n++] = text;
}

static void
doubt_rate(const struct day *day, const struct interest_slice *s)
{
	struct arena *a = day->arena;

	if (s->rate == NULL)
		return;
	if (s->stale)
		add_doubt(day,
		    arena_fmt(a, "%s; until then that of %s is claimed",
			rate_missing(s->rate, a),
			words_date(s->rate->from, a)));
	if (s->rate->weak)
		add_doubt(day,
		    arena_fmt(a,
			"the rate of %s from %s rests on a weak source (%s): "
			"check it, and put a row of your own into rates.csv",
			s->rate->series, words_date(s->rate->from, a),
			s->rate->source));
}

static void
doubt_interest(const struct work *w, const struct interest *in)
{
	const struct item *it = w->turn->item;
	struct arena *a = w->day->arena;

	for (size_t i = 0; i < in->n_slices; i++)
		doubt_rate(w->day, &in->slices[i]);
	if (in->below_floor == DATE_NONE)
		return;
	/* A rate for all is said once. */
	add_doubt(w->day,
	    arena_fmt(a,
		"%s is below the least that may be agreed%s (%s): it is "
		"claimed as agreed",
		it->has_rate ? arena_fmt(a, "%s: the agreed rate", it->invoice)
			     : "semonce.yaml: claims.rate",
		it->has_rate
		    ? arena_fmt(a, ", from %s", words_date(in->below_floor, a))
		    : "",
		w->rule->article));
}

/* ---- what the law gives ---- */

static const char *
kind_name(enum debtor_kind k)
{
	switch (k) {
	case DEBTOR_BUSINESS:
		return "businesses";
	case DEBTOR_CONSUMER:
		return "consumers";
	case DEBTOR_PUBLIC:
		break;
	}
	return "public buyers";
}

/* The rule for the debtor, or NULL: the letter asks for the debt alone. */
static const struct rule *
find_rule(const struct day *day, enum debtor_kind kind)
{
	const struct policy *p = day->policy;
	const struct rule *rule = NULL;
	struct err why;

	if (p->law == NULL)
		return NULL;
	if (rule_find(p->law, p->country, kind, &rule, &why) != 0)
		add_doubt(day,
		    arena_fmt(day->arena, "nothing is claimed for lateness: %s",
			why.text));
	else if (rule == NULL)
		add_doubt(day,
		    arena_fmt(day->arena,
			"nothing is claimed for lateness from %s: rules.csv "
			"has no rule of %s for them",
			kind_name(kind), p->country));
	else if (rule->weak)
		add_doubt(day,
		    arena_fmt(day->arena,
			"the rule of %s for %s rests on a weak source (%s): "
			"check it, and put a row of your own into rules.csv",
			rule->country, kind_name(kind), rule->article));
	return rule;
}

/* Day of the first notice that counts and claimed the kind; or DATE_NONE. */
static date_t
first_claimed(const struct turn *t, enum claim_kind kind)
{
	date_t first = DATE_NONE;

	for (size_t i = 0; i < t->item->n_rungs; i++) {
		const struct rung *r = &t->item->rungs[i];
		int level = scenario_step(t->scenario, r->step);

		if (r->counts && level != -1 &&
		    t->scenario->steps[level].claims[kind] &&
		    (first == DATE_NONE || r->on < first))
			first = r->on;
	}
	return first;
}

/* ---- one claim ---- */

/* Why a claim is not made: one sentence of each kind and line at most. */
static void
leave_out(const struct work *w, const char *why)
{
	struct draft *d = w->draft;
	const size_t most = CLAIM_KINDS * d->notice.n_lines;

	if (d->unclaimed == NULL)
		d->unclaimed =
		    arena_array(w->day->arena, most, sizeof(*d->unclaimed));
	assert(d->n_unclaimed < most);
	d->unclaimed[d->n_unclaimed++] =
	    (struct unclaimed){ w->line->invoice, why };
}

/* What was paid or waived of an amount; both are >= 0. */
static int64_t
settled_of(const struct claimed *c, int64_t amount)
{
	int64_t rest;

	assert(c->paid.minor >= 0 && c->waived.minor >= 0);
	if (c->paid.minor >= amount)
		return amount;
	rest = amount - c->paid.minor;
	return c->waived.minor >= rest ? amount
				       : c->paid.minor + c->waived.minor;
}

/*
 * What was paid of a claim was not paid of the debt. If the claim comes to
 * less now, since an earlier payment, another kind of debtor or another rate
 * became known, what is open is too high by the difference.
 */
static int
check_paid(const struct work *w, enum claim_kind kind, int64_t amount,
    struct err *e)
{
	struct money over = w->turn->item->claimed[kind].paid;
	char much[MONEY_SIZE];

	if (over.minor <= amount)
		return 0;
	over.minor -= amount;
	return err_set(e, ERR_DATA,
	    "%s %s more was paid of it than it comes to by now (an earlier "
	    "payment, another kind of debtor or another rate became known): "
	    "import reversals of the payments on this invoice, the oldest first "
	    "and each on its day, then the payments again with 'claims: "
	    "{imputation: principal}' in semonce.yaml",
	    money_fmt(over, much), over.currency);
}

/* Adds the claim to the line unless there is nothing left to ask for. */
static void
add_claim(struct work *w, const struct claim *c, struct money *asked)
{
	const struct claimed *before = &w->turn->item->claimed[c->kind];
	struct claim *added = &w->claims[w->line->n_claims];

	*added = *c;
	added->settled = c->amount;
	added->settled.minor = settled_of(before, c->amount.minor);
	if (added->settled.minor == c->amount.minor) {
		leave_out(w,
		    c->kind == CLAIM_FEE
			? "no fee: all of it is paid or waived"
			: "no interest: all of it is paid or waived");
		return;
	}
	asked->minor = c->amount.minor - added->settled.minor;
	w->line->claims = w->claims;
	w->line->n_claims++;
}

/* ---- interest ---- */

static int
check_moves(const struct item *it, struct err *e)
{
	int64_t sum = it->paid.minor;

	for (size_t i = 0; i < it->n_moves; i++)
		if (__builtin_add_overflow(sum, it->moves[i].minor, &sum))
			return err_set(e, ERR_DATA,
			    "its payments are too large");
	if (sum != 0)
		return err_set(e, ERR_BROKEN,
		    "the days of its payments are not all known: see "
		    "'semonce verify'");
	return 0;
}

/* From consumers the agreed rate if it comes to less than the law's. */
static int
reckon_interest(const struct work *w, struct interest *out, struct err *e)
{
	const struct item *it = w->turn->item;
	const struct policy *p = w->day->policy;
	const enum debtor_kind kind = w->draft->position->debtor->kind;
	struct interest_case c = {
		.rule = w->rule,
		.principal = it->amount,
		.due = it->due,
		.until = w->day->on,
		.notice = first_claimed(w->turn, CLAIM_INTEREST),
		.contract =
		    it->has_rate || (p->has_rate && kind == DEBTOR_BUSINESS),
		.contract_milli = it->has_rate ? it->rate_milli : p->rate_milli,
		.count = p->count,
		.moves = it->moves,
		.n_moves = it->n_moves,
	};
	struct interest agreed;

	if (interest_of(&c, p->rates, w->day->arena, out, e) != 0)
		return -1;
	if (!c.contract || kind != DEBTOR_CONSUMER)
		return 0;
	agreed = *out;
	c.contract = false;
	if (interest_of(&c, p->rates, w->day->arena, out, e) != 0)
		return -1;
	if (agreed.total.minor < out->total.minor)
		*out = agreed;
	return 0;
}

static const char *
say_interest(const struct work *w, const struct interest *in)
{
	const struct interest_slice *first = &in->slices[0];
	struct arena *a = w->day->arena;
	char rate[RATE_SIZE];

	return arena_fmt(a, "%s, %s, %zu slice%s from %s to %s",
	    first->rate == NULL ? arena_fmt(a, "agreed rate of %s %%",
				      rate_fmt(first->milli, rate))
				: w->rule->series,
	    day_count_names[w->day->policy->count], in->n_slices,
	    in->n_slices == 1 ? "" : "s", words_date(first->from, a),
	    words_date(w->day->on, a));
}

static struct claim_slice *
copy_slices(const struct work *w, const struct interest *in)
{
	struct claim_slice *out =
	    arena_array(w->day->arena, in->n_slices, sizeof(*out));

	for (size_t i = 0; i < in->n_slices; i++) {
		const struct interest_slice *s = &in->slices[i];

		out[i] = (struct claim_slice){
			.from = s->from,
			.to = s->to,
			.days = s->days,
			.base = in->total,
			.amount = in->total,
			.rate_milli = s->milli,
		};
		out[i].base.minor = s->base;
		out[i].amount.minor = s->amount;
	}
	return out;
}

static int
claim_interest(struct work *w, struct err *e)
{
	struct interest in;

	if (w->turn->item->claimed[CLAIM_INTEREST].waived_all) {
		leave_out(w, "no interest: it is waived");
		return 0;
	}
	if (check_moves(w->turn->item, e) != 0 ||
	    reckon_interest(w, &in, e) != 0 ||
	    check_paid(w, CLAIM_INTEREST, in.total.minor, e) != 0)
		return -1;
	if (in.total.minor == 0) {
		leave_out(w,
		    w->rule->start == START_NOTICE
			? "no interest: it runs from the day after the first "
			  "notice that claims it"
			: "no interest: none has accrued");
		return 0;
	}
	doubt_interest(w, &in);
	add_claim(w,
	    &(struct claim){
		.kind = CLAIM_INTEREST,
		.amount = in.total,
		.from = in.slices[0].from,
		.until = w->day->on,
		.per_day = in.per_day,
		.law = w->rule->article,
		.text = say_interest(w, &in),
		.slices = copy_slices(w, &in),
		.n_slices = in.n_slices,
	    },
	    &w->line->interest);
	return 0;
}

/* ---- the fee ---- */

/* Claimed, or paid or waived though the letter that claimed it came back. */
static bool
bears_fee(const struct claimed *c)
{
	return c->amount.minor > 0 || c->paid.minor > 0 || c->waived.minor > 0;
}

/* Why the line bears no fee whatever the law says; or NULL. */
static const char *
fee_elsewhere(const struct work *w)
{
	static const char other[] =
	    "no fee: it stands on another instalment of the invoice";
	const struct position *pos = w->draft->position;
	const struct item *own = w->turn->item;

	for (size_t i = 0; i < pos->n_items; i++) {
		const struct item *it = &pos->items[i];
		const struct claimed *c = &it->claimed[CLAIM_FEE];

		if ((c->waived_all || (it != own && bears_fee(c))) &&
		    strcmp(it->invoice, own->invoice) == 0)
			return c->waived_all ? "no fee: it is waived" : other;
	}
	for (const struct notice_line *l = w->draft->notice.lines; l != w->line;
	     l++)
		if (l->fee.minor > 0 && strcmp(l->invoice, own->invoice) == 0)
			return other;
	return NULL;
}

/* What is demanded of the invoice, whatever its instalments. */
static int
demanded_of(const struct work *w, struct money *out, struct err *e)
{
	const struct notice *n = &w->draft->notice;

	*out = w->line->open;
	for (size_t i = 0; i < n->n_lines; i++) {
		const struct notice_line *l = &n->lines[i];

		if (l != w->line && l->role == LINE_DEMANDED &&
		    strcmp(l->invoice, w->line->invoice) == 0 &&
		    money_add(out, l->open, e) != 0)
			return -1;
	}
	return 0;
}

static void
doubt_fee(const struct work *w, const struct fee_step *step)
{
	if (step->weak)
		add_doubt(w->day,
		    arena_fmt(w->day->arena,
			"the fee %s rests on a weak source (%s): check it, and "
			"put a row of your own into fees.csv",
			step->scheme, step->article));
}

/* A fee is not converted. */
static void
doubt_currency(const struct work *w)
{
	const struct law_book *law = w->day->policy->law;
	const char *currency = w->line->open.currency;

	for (size_t i = 0; i < law->n_fees; i++)
		if (strcmp(law->fees[i].scheme, w->rule->fees) == 0 &&
		    strcmp(law->fees[i].currency, currency) != 0)
			add_doubt(w->day,
			    arena_fmt(w->day->arena,
				"no fee is claimed on debts in %s: fees.csv "
				"has %s in %s",
				currency, w->rule->fees,
				law->fees[i].currency));
}

static const char *
say_no_fee(const struct work *w)
{
	struct arena *a = w->day->arena;

	if (w->rule->fees[0] == '\0')
		return arena_fmt(a, "no fee: %s owe none (%s)",
		    kind_name(w->rule->kind), w->rule->article);
	return arena_fmt(a,
	    "no fee: %s wants an earlier letter that named it, or a clause "
	    "(see fees.csv)",
	    w->rule->fees);
}

static int
claim_fee(struct work *w, struct err *e)
{
	const struct item *it = w->turn->item;
	const struct claimed *before = &it->claimed[CLAIM_FEE];
	/* No text of ours names a fee before it asks for it, so that of a
	   law that wants it named first is not asked for. */
	struct fee_case c = {
		.late = w->day->on > it->due,
		.noticed = before->amount.minor > 0,
		.clause = it->clause != NULL && it->clause[0] != '\0',
	};
	const char *elsewhere = fee_elsewhere(w);
	const struct fee_step *step;
	struct money fee;

	if (elsewhere != NULL) {
		leave_out(w, elsewhere);
		return 0;
	}
	if (demanded_of(w, &c.principal, e) != 0 ||
	    fee_of(w->day->policy->law, w->rule, &c, &fee, &step, e) != 0)
		return -1;
	if (step == NULL) {
		doubt_currency(w);
		leave_out(w, say_no_fee(w));
		return check_paid(w, CLAIM_FEE, 0, e);
	}
	if (before->amount.minor > 0)
		fee = before->amount;
	doubt_fee(w, step);
	add_claim(w,
	    &(struct claim){
		.kind = CLAIM_FEE,
		.amount = fee,
		.from = DATE_NONE,
		.until = DATE_NONE,
		.per_day = w->line->fee, /* zero still */
		.law = step->article,
		.text = arena_fmt(w->day->arena, "%s, once per invoice",
		    step->scheme),
	    },
	    &w->line->fee);
	return 0;
}

/* ---- a notice ---- */

static int
claim_line(struct work *w, struct err *e)
{
	const bool *claims = w->turn->step->claims;

	w->claims = arena_array(w->day->arena, CLAIM_KINDS, sizeof(*w->claims));
	if (claims[CLAIM_INTEREST] && claim_interest(w, e) != 0)
		return err_add(e, "%s: interest", w->line->invoice);
	if (claims[CLAIM_FEE] && claim_fee(w, e) != 0)
		return err_add(e, "%s: fee", w->line->invoice);
	return 0;
}

static bool
claims_any(const struct notice_line *l, const struct turn *t)
{
	return l->role == LINE_DEMANDED &&
	    (t->step->claims[CLAIM_INTEREST] || t->step->claims[CLAIM_FEE]);
}

int
claim_lines(const struct day *day, struct draft *d, struct err *e)
{
	struct work w = { .day = day, .draft = d };
	const struct turn *t = d->turns;

	for (size_t i = 0; i < d->notice.n_lines; i++, t++) {
		struct notice_line *l = &d->notice.lines[i];

		while (t->item->id != l->item)
			t++; /* lines stand in the order of turns */
		if (!claims_any(l, t))
			continue;
		if (w.rule == NULL)
			w.rule = find_rule(day, d->position->debtor->kind);
		if (w.rule == NULL)
			return 0;
		w.turn = t;
		w.line = l;
		if (claim_line(&w, e) != 0)
			return -1;
	}
	return 0;
}
