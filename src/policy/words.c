#include "policy/words.h"

#include <assert.h>
#include <stdlib.h>

#include "policy/plan.h"

static const char *const reasons[] = {
	[WITHHELD_PAID] = "paid",
	[WITHHELD_BELOW_FLOOR] = "below_floor",
	[WITHHELD_NOT_DUE] = "not_due",
	[WITHHELD_WRONG_HOUR] = "wrong_hour",
	[WITHHELD_SPACING] = "spacing",
	[WITHHELD_DEADLINE_RUNNING] = "deadline_running",
	[WITHHELD_HOLD] = "hold",
	[WITHHELD_DISPUTE] = "dispute",
	[WITHHELD_PROMISE] = "promise",
	[WITHHELD_INSTALMENTS] = "instalments",
	[WITHHELD_STALE_PAYMENTS] = "stale_payments",
	[WITHHELD_UNALLOCATED_MONEY] = "unallocated_money",
	[WITHHELD_NO_RECIPIENT] = "no_recipient",
	[WITHHELD_AMBIGUOUS_RECIPIENT] = "ambiguous_recipient",
	[WITHHELD_NO_ACCOUNT] = "no_account",
	[WITHHELD_ABOVE_CEILING] = "above_ceiling",
	[WITHHELD_NEEDS_CONFIRMATION] = "needs_confirmation",
	[WITHHELD_WRONG_DAY] = "wrong_day",
	[WITHHELD_FINISHED] = "finished",
};

/* What a hold is called, and what it withholds for. */
static const struct {
	const char *name;
	enum withheld_reason reason;
} holds[] = {
	[HOLD_MANUAL] = { "hold", WITHHELD_HOLD },
	[HOLD_DISPUTE] = { "dispute", WITHHELD_DISPUTE },
	[HOLD_PROMISE] = { "promise to pay", WITHHELD_PROMISE },
	[HOLD_INSTALMENTS] = { "payment plan", WITHHELD_INSTALMENTS },
	[HOLD_INSOLVENCY] = { "insolvency", WITHHELD_HOLD },
	[HOLD_DIRECT_DEBIT] = { "direct debit", WITHHELD_HOLD },
};

const char *
withheld_name(enum withheld_reason r)
{
	assert((size_t)r < sizeof(reasons) / sizeof(reasons[0]));
	return reasons[r];
}

enum withheld_reason
words_hold_reason(enum hold_kind k)
{
	assert((size_t)k < sizeof(holds) / sizeof(holds[0]));
	return holds[k].reason;
}

const char *
words_ago(date_t d, date_t on, struct arena *a)
{
	int days = abs(on - d);

	if (days == 0)
		return "today";
	return arena_fmt(a, "%s%d day%s%s", d > on ? "in " : "", days,
	    days == 1 ? "" : "s", d < on ? " ago" : "");
}

const char *
words_date(date_t d, struct arena *a)
{
	char buf[DATE_SIZE];

	return arena_str(a, date_fmt(d, buf));
}

const char *
words_money(struct money m, struct arena *a)
{
	char buf[MONEY_SIZE];

	return arena_fmt(a, "%s %s", money_fmt(m, buf), m.currency);
}

const char *
words_hold(const struct hold *h, struct arena *a)
{
	const char *name = holds[h->kind].name;
	const char *until = h->until == DATE_NONE
	    ? "until it is lifted"
	    : arena_fmt(a, "until %s", words_date(h->until, a));

	return arena_fmt(a, "%s %s%s%s", name, until,
	    h->text[0] == '\0' ? "" : ": ", h->text);
}
