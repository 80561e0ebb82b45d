/*
 * ladder: one instalment's next step on a day, by the formula of plan.h.
 * It asks nothing about the debtor's other debts; group does.
 */
#ifndef POLICY_LADDER_H
#define POLICY_LADDER_H

#include "base/mem.h"
#include "policy/plan.h"

struct turn {
	const struct item *item;
	const struct scenario *scenario; /* NULL: not known */
	const struct step *step;         /* the next; NULL: none */
	int level;                       /* index of step in its scenario */
	bool ready;                      /* the step may go today */
	bool apart;  /* on hold, or not readable: in no letter */
	date_t from; /* least day, before it is rolled */
	enum withheld_reason reason; /* unless ready */
	date_t next;                 /* day that may change it */
	const char *text;            /* one sentence, ready or not */
	const char *warning;         /* or NULL */
};

/* The item has something open. */
void ladder_turn(const struct policy *p, const struct position *pos,
    const struct item *item, date_t on, struct arena *a, struct turn *out);

/*
 * The scenario an invoice names, else that of the debtor's profile, else the
 * one for all others; or NULL.
 */
const struct scenario *ladder_scenario(const struct policy *p,
    const struct position *pos, const struct item *item);

/* First allowed working day of a step from a day on. */
date_t ladder_roll(const struct policy *p, const struct step *s, date_t d);

/* A hold of the debtor ("") or of an invoice on a day: the longest, or NULL. */
const struct hold *ladder_hold(const struct position *pos, const char *invoice,
    date_t on);

/* Day after a hold, or DATE_NONE. */
date_t ladder_hold_end(const struct hold *h);

/*
 * Why a notice on its way blocks the position, and what to do, with the
 * reason; NULL if there is none.
 */
const char *ladder_flight(const struct position *pos, struct arena *a,
    enum withheld_reason *reason);

#endif
