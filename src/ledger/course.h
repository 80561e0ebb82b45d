/*
 * course: what the state and the dates of a notice mean. A notice counts
 * from the day it reached its debtor: an e-mail from accepted, paper from
 * posted. Pure. Private to ledger/.
 */
#ifndef LEDGER_COURSE_H
#define LEDGER_COURSE_H

#include "semonce.h"

struct course {
	enum notice_state state;
	enum channel channel;
	date_t day; /* of the notice itself */
	date_t accepted_on, posted_on;
	date_t printed; /* deadline as printed, or DATE_NONE */
	unsigned days;  /* of the deadline; 0: none is printed */
};

/* Reached the debtor: the level is attained. */
bool course_counts(const struct course *c);

/* Day it counts from; its own day while it does not count. */
date_t course_on(const struct course *c);

/* Last day of the deadline; DATE_NONE: none, or not running yet. */
date_t course_deadline(const struct course *c);

#endif
