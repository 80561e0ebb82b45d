/*
 * plan: the ladder. From the book and a date, who gets which notice today,
 * and why the others do not. Pure: no clock, no files, no SQL; the same book
 * and date give the same plan to the byte.
 *
 *	next date = max(due + offset, last counted notice + least gap,
 *	                last deadline + 1, hold end + 1)
 *	eligible  = next date <= today, on an allowed working day
 *
 * A level is never skipped and never sent twice. Only confirmed notices
 * count. Debts are grouped into one letter per debtor and currency; its step
 * is the highest of its demanded lines, each line advances its own level.
 * What a step claims besides the debt is reckoned by claim.h.
 */
#ifndef POLICY_PLAN_H
#define POLICY_PLAN_H

#include "base/mem.h"
#include "law/interest.h"
#include "policy/scenario.h"
#include "semonce.h"

struct policy_profile {
	const char *profile; /* of debtors; "" is the one for all others */
	const struct scenario *scenario;
};

#define POLICY_CLOSED_MAX 366

/* What the configuration says; all of it is lent. */
struct policy {
	const struct policy_profile *profiles;
	size_t n_profiles;
	const char *creditor; /* name, part of a notice's id */
	const char *country;  /* of the creditor: whose law it is */
	const char *place;    /* of its calendar: see law/calendar.h */
	const date_t *closed; /* days the creditor does not work, besides */
	size_t n_closed;      /* at most POLICY_CLOSED_MAX */
	const char *tone;
	const char *tolerance;     /* amount per currency, as "1.00" */
	unsigned stale_after_days; /* age of payment data; 0: no limit */
	const struct account *accounts;
	size_t n_accounts;
	const struct law_book *law; /* NULL: nothing is known of it */
	const struct rates *rates;  /* its rates, where `law` is */
	bool has_rate;              /* a rate is agreed with businesses: */
	int32_t rate_milli;
	enum day_count count;
	bool principal_first; /* payments pay claims last */
};

/* The plan of a day; it lives in the arena. */
int plan_make(const struct policy *p, const struct book *b, date_t on,
    struct arena *a, struct plan *out, struct err *e);

/*
 * The trace of the rules for an invoice number or a debtor code: one
 * sentence a line, appended to out. ERR_DATA if the book has neither.
 */
struct str;
int plan_explain(const struct policy *p, const struct book *b, date_t on,
    const char *what, struct str *out, struct err *e);

/* "paid", "below_floor", … as in the JSON contract. */
const char *withheld_name(enum withheld_reason r);

#endif
