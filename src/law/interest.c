#include "law/interest.h"

#include <assert.h>

#define PERCENT_MILLI 100000 /* thousandths of a percent in one */
#define LEAP          366
#define COMMON        365

__extension__ typedef __int128 wide; /* a scalar, so a typedef */

/* A case being computed. */
struct work {
	const struct interest_case *c;
	const struct rates *rates;
	struct arena *arena;
	struct interest *out;
	const struct rate *first_rate; /* of the first day */
	date_t first;
	size_t cap;
};

const char *const day_count_names[DAY_COUNTS] = {
	[DAY_COUNT_365] = "ACT/365",
	[DAY_COUNT_ACTUAL] = "ACT/ACT",
	[DAY_COUNT_360] = "ACT/360",
};

static int
year_of(date_t d)
{
	int year, month, day;

	date_to_civil(d, &year, &month, &day);
	return year;
}

static date_t
next_year(date_t d)
{
	return date_from_civil(year_of(d) + 1, 1, 1);
}

/* Days that make a year's interest. */
static int
basis_on(enum day_count count, date_t d)
{
	switch (count) {
	case DAY_COUNT_365:
		return COMMON;
	case DAY_COUNT_ACTUAL:
		return next_year(d) - date_from_civil(year_of(d), 1, 1);
	case DAY_COUNT_360:
		break;
	}
	return 360;
}

/* A whole number of every basis of the case. */
static int
common_basis(enum day_count count)
{
	return count == DAY_COUNT_360 ? 360 : COMMON * LEAP;
}

static wide
denominator(enum day_count count)
{
	return (wide)PERCENT_MILLI * common_basis(count);
}

/* What one slice makes, in units of 1 / denominator(); a rate below zero
 * makes nothing. */
static wide
exact_amount(const struct interest_slice *s, enum day_count count)
{
	int basis = basis_on(count, s->from);

	if (s->milli < 0)
		return 0;
	return (wide)s->base * s->milli * s->days *
	    (common_basis(count) / basis);
}

/* Open on a day: all that happened before it counts. */
static int
open_on(const struct interest_case *c, date_t d, int64_t *out, struct err *e)
{
	wide open = c->principal.minor;

	for (size_t i = 0; i < c->n_moves; i++)
		if (c->moves[i].on < d)
			open += c->moves[i].minor;
	if (open > INT64_MAX)
		return err_set(e, ERR_DATA, "the open amount is too large");
	*out = open > 0 ? (int64_t)open : 0;
	return 0;
}

/* The first day after d on which something changes, or the end. */
static date_t
next_change(const struct work *w, date_t d, const struct rate *rate)
{
	const struct interest_case *c = w->c;
	const struct rate *next;
	date_t change = c->until + 1;

	for (size_t i = 0; i < c->n_moves; i++)
		if (c->moves[i].on >= d && c->moves[i].on + 1 < change)
			change = c->moves[i].on + 1;
	if (c->count == DAY_COUNT_ACTUAL && next_year(d) < change)
		change = next_year(d);
	if (rate == NULL || c->rule->frozen)
		return change;
	next = rate_next(w->rates, rate);
	if (next != NULL && next->from < change)
		change = next->from;
	if (rate->until != DATE_NONE && d <= rate->until &&
	    rate->until + 1 < change)
		change = rate->until + 1;
	return change;
}

/* The row that rules a day; NULL where a rate was agreed. */
static int
rate_on(const struct work *w, date_t d, const struct rate **out, struct err *e)
{
	*out = w->first_rate;
	if (w->c->contract || w->c->rule->frozen)
		return 0;
	return rates_find(w->rates, w->c->rule->series, d, out, e);
}

static struct interest_slice *
slice_add(struct work *w)
{
	struct interest *o = w->out;

	if (o->n_slices == w->cap) {
		size_t cap = w->cap == 0 ? 8 : 2 * w->cap;
		struct interest_slice *slices =
		    arena_array(w->arena, cap, sizeof(*slices));

		for (size_t i = 0; i < o->n_slices; i++)
			slices[i] = o->slices[i];
		o->slices = slices;
		w->cap = cap;
	}
	return &o->slices[o->n_slices++];
}

/* The last slice goes on where nothing changed but the name of the row. */
static bool
slice_extend(struct work *w, const struct interest_slice *s)
{
	struct interest *o = w->out;
	struct interest_slice *last;

	if (o->n_slices == 0)
		return false;
	last = &o->slices[o->n_slices - 1];
	if (last->to + 1 != s->from || last->base != s->base ||
	    last->milli != s->milli || last->stale != s->stale ||
	    basis_on(w->c->count, last->from) !=
		basis_on(w->c->count, s->from) ||
	    (s->rate != NULL && last->rate->weak != s->rate->weak))
		return false;
	last->to = s->to;
	last->days += s->days;
	return true;
}

static int
cut_slices(struct work *w, struct err *e)
{
	const struct interest_case *c = w->c;
	const struct rate *rate;
	int64_t base = 0;
	date_t to;

	for (date_t d = w->first; d <= c->until; d = to) {
		if (rate_on(w, d, &rate, e) != 0 ||
		    open_on(c, d, &base, e) != 0)
			return -1;
		to = next_change(w, d, rate);
		const struct interest_slice s = {
			.from = d,
			.to = to - 1,
			.days = to - d,
			.base = base,
			.rate = rate,
			.milli = rate != NULL ? rate->milli : c->contract_milli,
			.stale = rate != NULL &&
			    rate_is_stale(w->rates, rate,
				c->rule->frozen ? w->first : d),
		};
		if (base > 0 && !slice_extend(w, &s))
			*slice_add(w) = s;
	}
	return 0;
}

/* Half away from zero; there is nothing below zero here. */
static int
round_half_up(wide exact, wide unit, int64_t *out, struct err *e)
{
	wide rounded = (exact + unit / 2) / unit;

	if (rounded > INT64_MAX)
		return err_set(e, ERR_DATA, "the interest is too large");
	*out = (int64_t)rounded;
	return 0;
}

/*
 * Whole units first; what is left of the total goes to the slices that lost
 * most.
 */
static void
share_out(struct work *w, wide unit)
{
	struct interest *o = w->out;
	wide *lost = arena_array(w->arena, o->n_slices, sizeof(*lost));
	int64_t left = o->total.minor;

	for (size_t i = 0; i < o->n_slices; i++) {
		wide exact = exact_amount(&o->slices[i], w->c->count);

		o->slices[i].amount = (int64_t)(exact / unit);
		lost[i] = exact % unit;
		left -= o->slices[i].amount;
	}
	assert(left >= 0 && (uint64_t)left <= o->n_slices);
	for (; left > 0; left--) {
		size_t most = 0;

		for (size_t i = 1; i < o->n_slices; i++)
			if (lost[i] > lost[most])
				most = i;
		o->slices[most].amount++;
		lost[most] = -1;
	}
}

static int
sum_up(struct work *w, struct err *e)
{
	wide unit = denominator(w->c->count), sum = 0;

	for (size_t i = 0; i < w->out->n_slices; i++)
		sum += exact_amount(&w->out->slices[i], w->c->count);
	if (round_half_up(sum, unit, &w->out->total.minor, e) != 0)
		return -1;
	share_out(w, unit);
	return 0;
}

/* What the day after the last adds. */
static int
say_per_day(struct work *w, struct err *e)
{
	const struct interest_case *c = w->c;
	struct interest_slice day = {
		.from = c->until + 1, .days = 1, .base = w->out->open.minor
	};
	const struct rate *rate;

	if (day.from < w->first)
		return 0;
	if (rate_on(w, day.from, &rate, e) != 0)
		return -1;
	day.milli = rate != NULL ? rate->milli : c->contract_milli;
	return round_half_up(exact_amount(&day, c->count),
	    denominator(c->count), &w->out->per_day.minor, e);
}

/* C. com. art. L. 441-10 II: what is agreed may not be below the floor. */
static int
check_floor(struct work *w, struct err *e)
{
	const struct interest_case *c = w->c;
	const struct rate *row;

	if (!c->contract || c->rule->floor[0] == '\0')
		return 0;
	if (rates_find(w->rates, c->rule->floor, w->first, &row, e) != 0)
		return -1;
	while (row != NULL && row->from <= c->until) {
		if (row->milli > c->contract_milli) {
			w->out->below_floor =
			    row->from > w->first ? row->from : w->first;
			return 0;
		}
		row = rate_next(w->rates, row);
	}
	return 0;
}

int
interest_of(const struct interest_case *c, const struct rates *r,
    struct arena *a, struct interest *out, struct err *e)
{
	struct work w = { .c = c, .rates = r, .arena = a, .out = out };

	*out = (struct interest){ .total = c->principal,
		.per_day = c->principal,
		.open = c->principal,
		.below_floor = DATE_NONE };
	out->total.minor = out->per_day.minor = 0;
	if (open_on(c, c->until + 1, &out->open.minor, e) != 0)
		return -1;
	if (c->rule == NULL ||
	    (c->rule->start == START_NOTICE && c->notice == DATE_NONE))
		return 0;
	w.first = c->due + 1;
	if (c->rule->start == START_NOTICE && c->notice >= w.first)
		w.first = c->notice + 1;
	if (c->until + 1 < w.first)
		return 0;
	if (!c->contract &&
	    rates_find(r, c->rule->series, w.first, &w.first_rate, e) != 0)
		return -1;
	if (check_floor(&w, e) != 0 || cut_slices(&w, e) != 0 ||
	    sum_up(&w, e) != 0)
		return -1;
	return say_per_day(&w, e);
}
