/*
 * interest: simple interest on what was open, day by day. Pure and exact.
 *
 * The due date does not count, the last day does; a payment counts from the
 * day after its own, which is still owed. One rounding for the whole, half
 * away from zero; the amounts of the slices are cut so that they sum to it.
 * No interest on interest (Code civil, art. 1343-2).
 */
#ifndef LAW_INTEREST_H
#define LAW_INTEREST_H

#include "base/mem.h"
#include "law/rates.h"
#include "law/rule.h"
#include "semonce.h"

enum day_count {
	DAY_COUNT_365,    /* ACT/365: leap years too (Banque de France) */
	DAY_COUNT_ACTUAL, /* ACT/ACT: 366 in leap years */
	DAY_COUNT_360     /* ACT/360 */
};
#define DAY_COUNTS 3

extern const char *const day_count_names[DAY_COUNTS]; /* "ACT/365", … */

struct interest_case {
	const struct rule *rule;
	struct money principal;
	date_t due, until;      /* until: the last day that counts */
	date_t notice;          /* formal notice, or DATE_NONE */
	bool contract;          /* a rate was agreed: */
	int32_t contract_milli; /* instead of the series' */
	enum day_count count;
	const struct item_move *moves; /* any order */
	size_t n_moves;
};

struct interest_slice {
	date_t from, to; /* both count */
	int days;
	int64_t base;            /* open, minor units */
	int32_t milli;           /* rate */
	const struct rate *rate; /* NULL: agreed */
	bool stale;              /* that rate is older than the slice */
	int64_t amount;
};

struct interest {
	struct money total, per_day; /* per_day: what the next day adds */
	struct money open;           /* principal still owed after `until` */
	struct interest_slice *slices;
	size_t n_slices;
	date_t below_floor; /* first day the agreed rate is below what the law
			       allows to agree, or DATE_NONE */
};

/*
 * Computes into the arena. No slice if nothing is due: until <= due, no
 * formal notice where the law wants one, nothing open. ERR_DATA for a day
 * without rate, and for sums beyond 64 bits.
 */
int interest_of(const struct interest_case *c, const struct rates *r,
    struct arena *a, struct interest *out, struct err *e);

#endif
