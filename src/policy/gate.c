#include "policy/gate.h"

#include <assert.h>
#include <string.h>

#include "policy/words.h"

/* Hundredths of a unit as minor units of a currency, rounded down. */
static int64_t
scale(int64_t hundredths, const char *currency)
{
	int decimals = currency_decimals(currency);

	assert(decimals >= 0);
	for (; decimals < 2; decimals++)
		hundredths /= 10;
	for (; decimals > 2; decimals--) {
		if (__builtin_mul_overflow(hundredths, 10, &hundredths))
			return INT64_MAX;
	}
	return hundredths;
}

/* An amount of the configuration, checked when that was read. */
static int64_t
tolerance(const struct day *day, const char *currency)
{
	struct money m;
	struct err e;

	if (money_parse(day->policy->tolerance, "EUR", &m, &e) != 0)
		return 0;
	return scale(m.minor, currency);
}

/* Nothing, or next to nothing, is owed once all money is counted. */
static bool
is_settled(const struct day *day, const struct draft *d, struct withheld *why)
{
	const struct money *open = &d->notice.open;
	const struct money *spare = &d->position->unallocated;
	int64_t rest;

	/* Both are >= 0: the difference fits. */
	rest = open->minor - spare->minor;
	if (rest > tolerance(day, open->currency))
		return false;
	if (spare->minor > 0) {
		why->reason = WITHHELD_UNALLOCATED_MONEY;
		why->text = arena_fmt(day->arena,
		    "%s is on no invoice and covers the %s to be demanded: "
		    "allocate it, or pay it back",
		    words_money(*spare, day->arena),
		    words_money(*open, day->arena));
	} else {
		why->reason = WITHHELD_PAID;
		why->text = arena_fmt(day->arena,
		    "the %s still open lie within the tolerance",
		    words_money(*open, day->arena));
	}
	return true;
}

static bool
is_stale(const struct day *day, struct withheld *why)
{
	unsigned limit = day->policy->stale_after_days;

	if (limit == 0)
		return false;
	why->reason = WITHHELD_STALE_PAYMENTS;
	if (day->payments_as_of == DATE_NONE) {
		why->text = "no payments were imported yet: import them, so "
			    "that nobody who has paid is reminded";
		return true;
	}
	why->text = arena_fmt(day->arena,
	    "payments are known up to %s, more than %u days ago: import newer "
	    "ones",
	    words_date(day->payments_as_of, day->arena), limit);
	return day->on - day->payments_as_of > (date_t)limit;
}

static bool
has_account(const struct day *day, const struct draft *d, struct withheld *why)
{
	const char *currency = d->position->currency;
	size_t i;

	for (i = 0; i < day->policy->n_accounts; i++) {
		if (strcmp(day->policy->accounts[i].currency, currency) == 0)
			return true;
	}
	why->reason = WITHHELD_NO_ACCOUNT;
	why->text = arena_fmt(day->arena,
	    "no account in %s to pay to: add one under accounts in "
	    "semonce.yaml",
	    currency);
	return false;
}

static bool
is_spaced(const struct day *day, const struct draft *d, struct withheld *why)
{
	date_t last = d->position->last_contact, next;
	unsigned days = d->top->scenario->spacing_days;

	if (last == DATE_NONE || last + (date_t)days <= day->on)
		return true;
	next = ladder_roll(day->policy, d->top->step, last + (date_t)days);
	why->reason = WITHHELD_SPACING;
	why->next = next;
	why->text = arena_fmt(day->arena,
	    "the last letter is of %s, and letters lie %u days apart: %s from "
	    "%s",
	    words_date(last, day->arena), days, d->notice.step,
	    words_date(next, day->arena));
	return false;
}

static bool
is_in_limits(const struct day *day, const struct draft *d, struct withheld *why)
{
	const struct step *s = d->top->step;
	const struct money *total = &d->notice.total;
	struct money floor = *total, ceiling = *total;

	floor.minor = scale(s->floor_minor, total->currency);
	ceiling.minor = scale(s->ceiling_minor, total->currency);
	if (s->floor_minor != 0 && total->minor < floor.minor) {
		why->reason = WITHHELD_BELOW_FLOOR;
		why->text =
		    arena_fmt(day->arena, "%s is below the floor of %s for %s",
			words_money(*total, day->arena),
			words_money(floor, day->arena), s->name);
		return false;
	}
	if (s->ceiling_minor != 0 && total->minor > ceiling.minor) {
		why->reason = WITHHELD_ABOVE_CEILING;
		why->text = arena_fmt(day->arena,
		    "%s is above the ceiling of %s for %s: a person writes",
		    words_money(*total, day->arena),
		    words_money(ceiling, day->arena), s->name);
		return false;
	}
	return true;
}

/* What the channel needs to reach the debtor. */
static bool
reaches(enum channel c, const struct position *p)
{
	const struct debtor *d = p->debtor;
	size_t i;
	bool street = d->postcode[0] != '\0';

	for (i = 0; i < DEBTOR_LINES; i++)
		street = street || d->address[i][0] != '\0';
	switch (c) {
	case CHANNEL_NONE:
		return false;
	case CHANNEL_EMAIL:
		return d->email[0] != '\0' && !p->email_refused;
	case CHANNEL_PRINT:
	case CHANNEL_REGISTERED:
		return d->city[0] != '\0' && street;
	}
	return false;
}

/* The debtor's wish if the step has it, else the step's order. */
static enum channel
find_channel(const struct step *s, const struct position *p)
{
	size_t i;

	for (i = 0; i < STEP_CHANNELS; i++) {
		if (s->by[i] == p->debtor->channel && reaches(s->by[i], p))
			return s->by[i];
	}
	for (i = 0; i < STEP_CHANNELS; i++) {
		if (reaches(s->by[i], p))
			return s->by[i];
	}
	return CHANNEL_NONE;
}

static bool
has_recipient(const struct day *day, struct draft *d, struct withheld *why)
{
	const struct debtor *debtor = d->position->debtor;
	const struct step *s = d->top->step;
	struct notice *n = &d->notice;

	n->channel = find_channel(s, d->position);
	if (n->channel == CHANNEL_NONE) {
		why->reason = WITHHELD_NO_RECIPIENT;
		why->text = arena_fmt(day->arena,
		    "%s cannot reach %s: import the debtor again with %s",
		    s->name, debtor->code,
		    s->by[0] == CHANNEL_EMAIL && s->by[1] == CHANNEL_NONE
			? d->position->email_refused
			    ? "another email address: the mail server "
			      "refused this one"
			    : "an email address"
			: "a postal address, or an email address where the "
			  "step allows it");
		return false;
	}
	/* A registered letter's days run from the proof. */
	if (n->deadline_days > 0 && n->channel != CHANNEL_REGISTERED)
		n->deadline = day->on + (date_t)n->deadline_days;
	return true;
}

bool
gate_open(const struct day *day, struct draft *d, struct withheld *why)
{
	return !is_settled(day, d, why) && !is_stale(day, why) &&
	    has_account(day, d, why) && is_spaced(day, d, why) &&
	    is_in_limits(day, d, why) && has_recipient(day, d, why);
}
