#include "policy/group.h"

#include <assert.h>
#include <string.h>

#include "law/limit.h"
#include "policy/claim.h"
#include "policy/gate.h"
#include "policy/words.h"

#define LIMIT_WARN_DAYS 90

/* ---- which lines ---- */

static bool
is_overdue(const struct turn *t, date_t on)
{
	return t->item->due < on;
}

static bool
is_formal(const struct turn *t)
{
	size_t i;

	for (i = 0; i < STEP_CHANNELS; i++) {
		if (t->step->by[i] == CHANNEL_REGISTERED)
			return true;
	}
	return false;
}

static bool
is_before_due(const struct turn *t)
{
	return t->step->after[0] == '\0' && t->step->least_days < 0;
}

/* The highest step that may go today; the first of equals. */
static const struct turn *
find_top(const struct draft *d)
{
	const struct turn *top = NULL;
	size_t i;

	for (i = 0; i < d->n_turns; i++) {
		if (d->turns[i].ready &&
		    (top == NULL || d->turns[i].level > top->level))
			top = &d->turns[i];
	}
	return top;
}

/*
 * A formal notice demands only debts that had the step before it. A letter
 * about overdue debts does not ask for one that is not due.
 */
static bool
is_demanded(const struct turn *t, const struct turn *top)
{
	if (!t->ready)
		return false;
	if (is_formal(top))
		return t->level == top->level;
	return is_before_due(top) || !is_before_due(t);
}

static bool
is_listed(const struct turn *t, const struct turn *top, date_t on)
{
	return is_demanded(t, top) || (is_overdue(t, on) && !t->apart);
}

/* ---- rows ---- */

static void
add_withheld(const struct day *day, struct draft *d, const struct withheld *w)
{
	struct withheld *to;

	/* One row for each turn, and one for the whole debtor, at most. */
	if (d->withheld == NULL)
		d->withheld = arena_array(day->arena, d->n_turns + 1,
		    sizeof(*d->withheld));
	assert(d->n_withheld <= d->n_turns);
	to = &d->withheld[d->n_withheld++];
	*to = *w;
	to->debtor = d->position->debtor;
	memcpy(to->currency, d->position->currency, sizeof(to->currency));
}

static void
add_warning(const struct day *day, struct draft *d, const char *text)
{
	const size_t most = 2 * d->n_turns + 2;

	if (d->warnings == NULL)
		d->warnings =
		    arena_array(day->arena, most, sizeof(const char *));
	assert(d->n_warnings < most);
	d->warnings[d->n_warnings++] = text;
}

/* The time to go to court runs out: said while there is time to act. */
static void
warn_limit(const struct day *day, struct draft *d, const struct turn *t)
{
	const struct policy *p = day->policy;
	const struct limit *l = p->law == NULL
	    ? NULL
	    : limit_find(p->law, p->country, d->position->debtor->kind);
	char buf[DATE_SIZE];
	date_t last;

	if (l == NULL)
		return;
	last = limit_day(l, t->item->due);
	if (last < day->on)
		add_warning(day, d,
		    arena_fmt(day->arena,
			"%s: prescribed since %s (%s), unless something "
			"interrupted the time: take advice",
			t->item->invoice, date_fmt(last + 1, buf), l->article));
	else if (last - day->on <= LIMIT_WARN_DAYS)
		add_warning(day, d,
		    arena_fmt(day->arena,
			"%s: prescription on %s, %d days from now (%s): no "
			"letter stops it, only an acknowledgment or a court",
			t->item->invoice, date_fmt(last, buf), last - day->on,
			l->article));
}

static void
withhold_turn(const struct day *day, struct draft *d, const struct turn *t)
{
	struct withheld w = {
		.invoice = t->item->invoice,
		.reason = t->reason,
		.text = t->text,
		.next = t->next,
	};

	if (t->ready) {
		/* Before the due date, and today's letter is another. */
		w.reason = WITHHELD_SPACING;
		w.next = DATE_NONE;
		w.text = arena_fmt(day->arena,
		    "%s; the letter of today is about overdue debts", t->text);
	}
	add_withheld(day, d, &w);
}

/* No letter in this currency: one row for all that it would have listed. */
static void
withhold_all(const struct day *day, struct draft *d, const struct withheld *w)
{
	size_t i;

	add_withheld(day, d, w);
	for (i = 0; i < d->n_turns; i++) {
		if (d->turns[i].apart)
			withhold_turn(day, d, &d->turns[i]);
	}
	d->notice.n_lines = 0;
}

/* ---- the letter ---- */

static struct notice_line
make_line(const struct turn *t, const struct turn *top)
{
	const struct item *it = t->item;
	struct notice_line l = {
		.item = it->id,
		.episode = it->episode,
		.invoice = it->invoice,
		.contract = it->contract,
		.issued = it->issued,
		.sent_on = it->sent_on,
		.due = it->due,
		.role = LINE_INFORMATIONAL,
		.step = "",
		.amount = it->amount,
		.paid = it->paid,
		.open = it->open,
		.interest = it->open,
		.fee = it->open,
	};

	l.interest.minor = 0;
	l.fee.minor = 0;
	if (is_demanded(t, top)) {
		l.role = LINE_DEMANDED;
		l.step = t->step->name;
	}
	return l;
}

static const char *
reason_of(const struct turn *t, const struct turn *top, struct arena *a)
{
	if (is_demanded(t, top))
		return t->text;
	if (t->ready)
		return arena_fmt(a,
		    "%s; listed for information: %s demands only what had the "
		    "step before it",
		    t->text, top->step->name);
	return arena_fmt(a, "%s; listed for information", t->text);
}

/* Adds a turn's line and its sentence. */
static void
add_line(const struct day *day, struct draft *d, const struct turn *t)
{
	struct notice *n = &d->notice;
	struct notice_line l = make_line(t, d->top);

	if (l.role == LINE_DEMANDED &&
	    (d->since == DATE_NONE || t->from < d->since))
		d->since = t->from;
	n->lines[n->n_lines++] = l;
	n->reasons[n->n_reasons++] = reason_of(t, d->top, day->arena);
}

static int
sum_up(struct notice *n, struct err *e)
{
	for (size_t i = 0; i < n->n_lines; i++) {
		const struct notice_line *l = &n->lines[i];

		if (l->role == LINE_DEMANDED &&
		    (money_add(&n->open, l->open, e) != 0 ||
			money_add(&n->interest, l->interest, e) != 0 ||
			money_add(&n->fee, l->fee, e) != 0))
			return -1;
	}
	n->total = n->open;
	if (money_add(&n->total, n->interest, e) != 0)
		return -1;
	return money_add(&n->total, n->fee, e);
}

static void
start_notice(const struct day *day, struct draft *d)
{
	const struct position *pos = d->position;
	const struct step *s = d->top->step;
	struct arena *a = day->arena;
	struct notice *n = &d->notice;

	*n = (struct notice){
		.state = NOTICE_PLANNED,
		.debtor = pos->debtor,
		.scenario = d->top->scenario->name,
		.step = s->name,
		.letter = s->letter,
		.tone = day->policy->tone,
		.mode = s->mode,
		.on = day->on,
		.deadline = DATE_NONE,
		.deadline_days = s->deadline_days,
		.personal = "",
		.lines = arena_array(a, d->n_turns, sizeof(*n->lines)),
		.reasons = arena_array(a, d->n_turns, sizeof(const char *)),
	};
	memcpy(n->currency, pos->currency, sizeof(n->currency));
	memcpy(n->open.currency, pos->currency, sizeof(n->currency));
	n->interest = n->fee = n->open;
}

static int
fill_notice(const struct day *day, struct draft *d, struct err *e)
{
	size_t i;

	start_notice(day, d);
	for (i = 0; i < d->n_turns; i++) {
		if (is_listed(&d->turns[i], d->top, day->on))
			add_line(day, d, &d->turns[i]);
	}
	if (claim_lines(day, d, e) != 0)
		return -1;
	return sum_up(&d->notice, e);
}

/* A letter that may go, or the rows that say why not. */
static void
write_notice(const struct day *day, struct draft *d)
{
	struct withheld w = { .invoice = "", .next = DATE_NONE };
	struct err e;
	size_t i;

	if (fill_notice(day, d, &e) != 0) {
		w.reason = WITHHELD_HOLD;
		w.text = arena_str(day->arena, e.text);
		add_warning(day, d,
		    arena_fmt(day->arena, "%s: %s", d->position->debtor->code,
			e.text));
		withhold_all(day, d, &w);
		return;
	}
	if (!gate_open(day, d, &w)) {
		withhold_all(day, d, &w);
		return;
	}
	for (i = 0; i < d->n_turns; i++) {
		if (!is_listed(&d->turns[i], d->top, day->on))
			withhold_turn(day, d, &d->turns[i]);
	}
	if (d->position->unallocated.minor > 0)
		add_warning(day, d,
		    arena_fmt(day->arena,
			"%s: %s is on no invoice, and the letter demands %s: "
			"allocate it first if it is for these",
			d->position->debtor->code,
			words_money(d->position->unallocated, day->arena),
			words_money(d->notice.total, day->arena)));
}

/* ---- one position, then one debtor ---- */

static void
take_turns(const struct day *day, struct draft *d)
{
	const struct position *pos = d->position;
	struct turn *t;
	size_t i;

	d->turns = arena_array(day->arena, pos->n_items, sizeof(*d->turns));
	for (i = 0; i < pos->n_items; i++) {
		assert(strcmp(pos->items[i].open.currency, pos->currency) == 0);
		if (pos->items[i].open.minor <= 0)
			continue;
		t = &d->turns[d->n_turns++];
		ladder_turn(day->policy, pos, &pos->items[i], day->on,
		    day->arena, t);
	}
	for (i = 0; i < d->n_turns; i++)
		warn_limit(day, d, &d->turns[i]);
}

/* Late steps are told when nothing but the day was in their way. */
static void
warn_late(const struct day *day, struct draft *d)
{
	size_t i;

	for (i = 0; i < d->n_turns; i++) {
		if (d->turns[i].warning != NULL && !d->turns[i].apart)
			add_warning(day, d, d->turns[i].warning);
	}
}

static void
group_position(const struct day *day, const struct position *pos,
    struct draft *d)
{
	struct withheld w = { .invoice = "", .next = DATE_NONE };
	const struct hold *hold = ladder_hold(pos, "", day->on);
	const char *flight;
	size_t i;

	*d = (struct draft){ .position = pos, .since = DATE_NONE };
	take_turns(day, d);
	if (d->n_turns == 0)
		return;
	d->top = find_top(d);
	flight = ladder_flight(pos, day->arena, &w.reason);
	if (hold == NULL && flight == NULL)
		warn_late(day, d);
	if (hold != NULL) {
		w.reason = words_hold_reason(hold->kind);
		w.next = ladder_hold_end(hold);
		w.text = words_hold(hold, day->arena);
		withhold_all(day, d, &w);
	} else if (flight != NULL) {
		w.text = flight;
		withhold_all(day, d, &w);
	} else if (d->top != NULL) {
		write_notice(day, d);
	} else {
		for (i = 0; i < d->n_turns; i++)
			withhold_turn(day, d, &d->turns[i]);
	}
}

/*
 * One that needs a person's approval gives way, or it would keep the others
 * waiting until somebody looks; then the longest wait wins.
 */
static bool
goes_before(const struct draft *a, const struct draft *b)
{
	if (a->notice.mode != b->notice.mode)
		return a->notice.mode == MODE_AUTO;
	return a->since < b->since;
}

static void
give_way(const struct day *day, struct draft *d, const struct draft *first)
{
	unsigned spacing = d->top->scenario->spacing_days;
	date_t next = day->on + (date_t)spacing;
	const struct withheld w = {
		.invoice = "",
		.reason = WITHHELD_SPACING,
		.next = ladder_roll(day->policy, d->top->step, next),
		.text = arena_fmt(day->arena,
		    "%s in %s waits: today's letter is %s in %s, and letters "
		    "lie %u days apart",
		    d->notice.step, d->notice.currency, first->notice.step,
		    first->notice.currency, spacing),
	};

	d->n_withheld = 0;
	withhold_all(day, d, &w);
}

void
group_debtor(const struct day *day, const struct position *positions, size_t n,
    struct draft *drafts)
{
	struct draft *first = NULL;
	size_t i;

	for (i = 0; i < n; i++) {
		group_position(day, &positions[i], &drafts[i]);
		if (drafts[i].notice.n_lines > 0 &&
		    (first == NULL || goes_before(&drafts[i], first)))
			first = &drafts[i];
	}
	if (first == NULL)
		return;
	for (i = 0; i < n; i++) {
		if (&drafts[i] != first && drafts[i].notice.n_lines > 0 &&
		    drafts[i].top->scenario->spacing_days > 0)
			give_way(day, &drafts[i], first);
	}
}

size_t
group_count(const struct position *positions, size_t n)
{
	size_t i;

	for (i = 1; i < n; i++) {
		if (strcmp(positions[i].debtor->code,
			positions[0].debtor->code) != 0)
			break;
	}
	return i;
}
