#include "policy/ladder.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "law/calendar.h"
#include "policy/words.h"

/* What the notices of this episode come to. */
struct history {
	int reached;         /* highest step that counts, or -1 */
	const char *last;    /* its name */
	date_t last_on;      /* newest day a notice counts from */
	date_t deadline;     /* latest, or DATE_NONE */
	bool waits;          /* one has no start yet */
	const char *strange; /* step that the scenario does not have, or NULL */
};

static bool
is_before_due(const struct step *s)
{
	return s->after[0] == '\0' && s->least_days < 0;
}

static date_t
later(date_t a, date_t b)
{
	return a > b ? a : b; /* DATE_NONE is the earliest of all */
}

static bool
works(const struct policy *p, date_t d)
{
	for (size_t i = 0; i < p->n_closed; i++) {
		if (p->closed[i] == d)
			return false;
	}
	return calendar_is_working_day(p->place, d);
}

date_t
ladder_roll(const struct policy *p, const struct step *s, date_t d)
{
	/* A step has a working weekday; no more of them can be closed. */
	date_t last = d + 10 * POLICY_CLOSED_MAX;

	while ((s->days & 1u << date_weekday(d)) == 0 || !works(p, d)) {
		d++;
		assert(d < last);
	}
	return d;
}

/* ---- holds ---- */

date_t
ladder_hold_end(const struct hold *h)
{
	return h->until == DATE_NONE ? DATE_NONE : h->until + 1;
}

/* A hold that ends before it begins cannot be read: it blocks. */
static bool
holds_on(const struct hold *h, date_t on)
{
	if (h->until != DATE_NONE && h->until < h->from)
		return true;
	return h->from <= on && (h->until == DATE_NONE || on <= h->until);
}

static bool
outlasts(const struct hold *h, const struct hold *other)
{
	if (other == NULL || h->until == DATE_NONE)
		return other == NULL || other->until != DATE_NONE;
	return other->until != DATE_NONE && h->until > other->until;
}

const struct hold *
ladder_hold(const struct position *pos, const char *invoice, date_t on)
{
	const struct hold *found = NULL;
	size_t i;

	for (i = 0; i < pos->n_holds; i++) {
		if (strcmp(pos->holds[i].invoice, invoice) == 0 &&
		    holds_on(&pos->holds[i], on) &&
		    outlasts(&pos->holds[i], found))
			found = &pos->holds[i];
	}
	return found;
}

/* ---- notices on their way ---- */

/*
 * A demand that does not count yet. One for a debt that is paid blocks
 * nothing: its paper is thrown away.
 */
static const struct rung *
find_flight(const struct position *pos)
{
	const struct item *it;
	size_t i, k;

	for (i = 0; i < pos->n_items; i++) {
		it = &pos->items[i];
		for (k = 0; k < it->n_rungs; k++) {
			if (!it->rungs[k].counts && it->open.minor > 0)
				return &it->rungs[k];
		}
	}
	return NULL;
}

const char *
ladder_flight(const struct position *pos, struct arena *a,
    enum withheld_reason *reason)
{
	const struct rung *r = find_flight(pos);
	const char *id = pos->in_flight;

	if (r == NULL && id == NULL)
		return NULL;
	if (r != NULL)
		id = r->notice;
	*reason = WITHHELD_NEEDS_CONFIRMATION;
	switch (r == NULL ? NOTICE_APPROVED : r->state) {
	case NOTICE_PLANNED:
		return arena_fmt(a, "notice %s waits for 'semonce approve %s'",
		    id, id);
	case NOTICE_ACCEPTED:
		return arena_fmt(a,
		    "notice %s is printed and counts once posted: 'semonce "
		    "posted %s --on DATE'",
		    id, id);
	case NOTICE_AMBIGUOUS:
		return arena_fmt(a,
		    "notice %s may have left or not: 'semonce resolve %s "
		    "sent|not-sent --because TEXT'",
		    id, id);
	case NOTICE_APPROVED:
	case NOTICE_RENDERED:
	case NOTICE_RESERVED:
	case NOTICE_SENDING:
	case NOTICE_POSTED:
	case NOTICE_PROVEN:
	case NOTICE_SUPERSEDED:
	case NOTICE_CANCELLED:
	case NOTICE_FAILED:
	case NOTICE_BOUNCED:
	case NOTICE_RETURNED:
	case NOTICE_WAIVED:
		break;
	}
	*reason = WITHHELD_SPACING;
	return arena_fmt(a,
	    "notice %s is on its way: 'semonce write' and 'semonce send' "
	    "bring it there",
	    id);
}

/* ---- the next step ---- */

const struct scenario *
ladder_scenario(const struct policy *p, const struct position *pos,
    const struct item *item)
{
	const struct scenario *found = NULL, *s;
	const char *profile;
	size_t i;

	for (i = 0; i < p->n_profiles; i++) {
		s = p->profiles[i].scenario;
		profile = p->profiles[i].profile;
		if (item->scenario[0] != '\0') {
			if (strcmp(s->name, item->scenario) == 0)
				return s;
		} else if (strcmp(profile, pos->debtor->profile) == 0) {
			return s;
		} else if (profile[0] == '\0') {
			found = s;
		}
	}
	return found;
}

static struct history
read_history(const struct scenario *s, const struct item *item)
{
	struct history h = {
		.reached = -1,
		.last = "",
		.last_on = DATE_NONE,
		.deadline = DATE_NONE,
	};
	const struct rung *r;
	size_t i;
	int level;

	for (i = 0; i < item->n_rungs; i++) {
		r = &item->rungs[i];
		level = scenario_step(s, r->step);
		if (level == -1)
			h.strange = r->step;
		if (!r->counts)
			continue;
		if (level > h.reached) {
			h.reached = level;
			h.last = r->step;
		}
		h.last_on = later(h.last_on, r->on);
		h.deadline = later(h.deadline, r->deadline);
		h.waits |= r->deadline_waits;
	}
	return h;
}

/* The step after the one reached; one before the due date may have lapsed. */
static int
next_level(const struct policy *p, const struct scenario *s,
    const struct history *h, const struct item *item, date_t on)
{
	int level = h->reached + 1;
	const struct step *step;
	date_t day;

	for (; level < (int)s->n_steps; level++) {
		step = &s->steps[level];
		if (!is_before_due(step))
			break;
		day = later(item->due + step->least_days, on);
		if (ladder_roll(p, step, day) < item->due)
			break;
	}
	return level;
}

static void
set_apart(struct turn *t, enum withheld_reason reason, date_t next,
    const char *text)
{
	t->apart = true;
	t->reason = reason;
	t->next = next;
	t->text = text;
}

/* "F1: due 2026-02-28, 18 days ago; relance-1 of 2026-03-09" */
static const char *
situation(const struct item *item, const struct history *h, date_t on,
    struct arena *a)
{
	const char *due = arena_fmt(a, "%s: due %s, %s", item->invoice,
	    words_date(item->due, a), words_ago(item->due, on, a));

	if (h->reached == -1)
		return due;
	return arena_fmt(a, "%s; %s of %s", due, h->last,
	    words_date(h->last_on, a));
}

/* The ladder has no letter left: a person goes on. */
static void
finish(struct turn *t, const struct history *h, date_t on, struct arena *a)
{
	const char *now = situation(t->item, h, on, a);

	t->reason = WITHHELD_FINISHED;
	if (h->waits || (h->deadline != DATE_NONE && h->deadline >= on)) {
		t->reason = WITHHELD_DEADLINE_RUNNING;
		t->next = h->waits ? DATE_NONE : h->deadline + 1;
		t->text = arena_fmt(a, "%s; its deadline %s", now,
		    h->waits
			? "runs from the proof of delivery"
			: arena_fmt(a, "is %s", words_date(h->deadline, a)));
		return;
	}
	if (t->step == NULL) {
		t->text = arena_fmt(a,
		    "%s; the ladder ends here: a person decides what follows",
		    now);
		return;
	}
	t->from = h->last_on == DATE_NONE || t->step->after[0] == '\0'
	    ? t->item->due + t->step->least_days
	    : h->last_on + t->step->least_days;
	t->next = t->from > on ? t->from : DATE_NONE;
	t->text = arena_fmt(a,
	    "%s; no letter follows: from %s a person takes the %s on", now,
	    words_date(t->from, a), t->step->task);
}

/* next date = max(due + offset, last + gap, deadline + 1), then rolled. */
static void
set_date(struct turn *t, const struct policy *p, const struct history *h,
    date_t on, struct arena *a)
{
	const struct step *s = t->step;
	const char *now = situation(t->item, h, on, a);

	t->reason = WITHHELD_NOT_DUE;
	t->from = t->item->due + s->least_days;
	if (s->after[0] != '\0') {
		assert(h->last_on != DATE_NONE); /* scenario.c: right above */
		t->from = h->last_on + s->least_days;
		t->reason = WITHHELD_SPACING;
	}
	if (h->deadline != DATE_NONE && h->deadline + 1 > t->from) {
		t->from = h->deadline + 1;
		t->reason = WITHHELD_DEADLINE_RUNNING;
	}
	if (h->waits) {
		t->reason = WITHHELD_DEADLINE_RUNNING;
		t->text = arena_fmt(a,
		    "%s; step %s waits: the deadline runs from the proof of "
		    "delivery",
		    now, s->name);
		return;
	}
	t->next = ladder_roll(p, s, later(t->from, on));
	t->ready = t->next == on;
	t->text = arena_fmt(a, "%s; step %s from %s", now, s->name,
	    words_date(t->from, a));
	if (t->from <= on && !t->ready) {
		t->reason = WITHHELD_WRONG_DAY;
		t->text =
		    arena_fmt(a, "%s; today is not one of its days", t->text);
	}
	if (s->after[0] != '\0' && s->most_days != INT_MAX &&
	    on > h->last_on + s->most_days)
		t->warning = arena_fmt(a,
		    "%s: step %s is late: %s was on %s, the greatest gap is "
		    "%d days",
		    t->item->invoice, s->name, h->last,
		    words_date(h->last_on, a), s->most_days);
}

void
ladder_turn(const struct policy *p, const struct position *pos,
    const struct item *item, date_t on, struct arena *a, struct turn *out)
{
	struct turn t = { .item = item, .from = DATE_NONE, .next = DATE_NONE };
	const struct hold *hold = ladder_hold(pos, item->invoice, on);
	struct history h;

	assert(item->open.minor > 0);
	*out = t;
	out->scenario = ladder_scenario(p, pos, item);
	if (out->scenario == NULL) {
		set_apart(out, WITHHELD_HOLD, DATE_NONE,
		    arena_fmt(a,
			"%s: no scenario '%s': name it under scenarios in "
			"semonce.yaml",
			item->invoice, item->scenario));
		return;
	}
	h = read_history(out->scenario, item);
	if (h.strange != NULL) {
		set_apart(out, WITHHELD_HOLD, DATE_NONE,
		    arena_fmt(a,
			"%s: it had step '%s', which scenario '%s' does not "
			"have: give the scenario that step again",
			item->invoice, h.strange, out->scenario->name));
		return;
	}
	out->level = next_level(p, out->scenario, &h, item, on);
	if (out->level < (int)out->scenario->n_steps)
		out->step = &out->scenario->steps[out->level];
	if (out->step == NULL || out->step->task[0] != '\0')
		finish(out, &h, on, a);
	else
		set_date(out, p, &h, on, a);
	if (hold != NULL) {
		out->ready = false;
		set_apart(out, words_hold_reason(hold->kind),
		    ladder_hold_end(hold),
		    arena_fmt(a, "%s: %s", item->invoice, words_hold(hold, a)));
	}
}
