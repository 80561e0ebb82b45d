/*
 * calendar: public holidays and working days, computed, and the counting of
 * days that French law knows. Pure.
 *
 * A place is a country (ISO 3166-1), a part of France with days of its own
 * (FR-57, FR-67, FR-68, FR-GP, FR-MQ, FR-GF, FR-RE, FR-YT), or TARGET, the
 * settlement system of the euro. National days only: those of a Land, a
 * canton or a Spanish community are not known. A place not known here has
 * weekends only.
 */
#ifndef LAW_CALENDAR_H
#define LAW_CALENDAR_H

#include <stdbool.h>

#include "base/date.h"

enum days {
	DAYS_CALENDAR,  /* every day */
	DAYS_OUVRABLES, /* Monday to Saturday without holidays */
	DAYS_OUVRES     /* Monday to Friday without holidays */
};

/* True if the holidays of this place are known here. */
bool calendar_knows(const char *place);

bool calendar_is_holiday(const char *place, date_t d);

/* A jour ouvré. */
bool calendar_is_working_day(const char *place, date_t d);

bool calendar_counts(const char *place, date_t d, enum days kind);

/* Easter Sunday of a year of the Gregorian calendar. */
date_t calendar_easter(int year);

/* The nth such day after d (n >= 0; d itself for 0); d is not counted. */
date_t calendar_add(const char *place, date_t d, unsigned n, enum days kind);

/* Such days after `from` up to and including `to`; negative backwards. */
int calendar_count(const char *place, date_t from, date_t to, enum days kind);

/* d, or the next working day: Code de procédure civile, art. 642. */
date_t calendar_roll(const char *place, date_t d);

/*
 * The last day to act of a time of n clear days (délai franc): neither the
 * day it starts from nor that on which it ends counts; then rolled.
 */
date_t calendar_add_clear(const char *place, date_t d, unsigned n);

/*
 * The day of the same number n months on, or the last of its month: Code de
 * procédure civile, art. 641. Not rolled.
 */
date_t calendar_add_months(date_t d, int n);

#endif
