/*
 * Each place has a list of rules; a part of a country has those of the
 * country too. Years are given where a law began or ended within the time
 * that debts live.
 */
#include "law/holiday.h"

#include <stddef.h>
#include <string.h>

#include "law/calendar.h"

#define SATURDAY 5
#define SUNDAY   6

enum rule {
	FIXED,     /* month, day */
	WEEKDAYS,  /* month, day; on a weekend a weekday is off too */
	NO_SUNDAY, /* month, day; on a Sunday it is left to the regions */
	NO_MOVE,   /* month, day; the day before if that is a Sunday */
	EASTER,    /* days after Easter Sunday, in `a` */
	MONDAY_OF, /* month, day; the first Monday not before */
	SUNDAY_OF  /* the same of Sundays */
};

struct holiday {
	enum rule rule;
	int a, b;     /* month and day, or days */
	int from, to; /* years, 0: always */
	int every;    /* years divisible by it; 0: all */
};

struct holiday_place {
	const char *name;
	const struct holiday *days;
	size_t n;
	const char *within; /* a place whose holidays it has too, or NULL */
};

/* Code du travail, art. L3133-1. */
static const struct holiday france[] = {
	{ FIXED, 1, 1, 0, 0, 0 },
	{ EASTER, 1, 0, 0, 0, 0 },
	{ FIXED, 5, 1, 0, 0, 0 },
	{ FIXED, 5, 8, 0, 0, 0 },
	{ EASTER, 39, 0, 0, 0, 0 },
	{ EASTER, 50, 0, 0, 0, 0 },
	{ FIXED, 7, 14, 0, 0, 0 },
	{ FIXED, 8, 15, 0, 0, 0 },
	{ FIXED, 11, 1, 0, 0, 0 },
	{ FIXED, 11, 11, 0, 0, 0 },
	{ FIXED, 12, 25, 0, 0, 0 },
};

/*
 * Code du travail, art. L3134-13; Good Friday where there is a Protestant
 * temple or a mixed church: taken everywhere, as offices do.
 */
static const struct holiday alsace_moselle[] = {
	{ EASTER, -2, 0, 0, 0, 0 },
	{ FIXED, 12, 26, 0, 0, 0 },
};

/*
 * Code du travail, art. L3422-2: the day slavery ended. The other days of
 * the Antilles are local use.
 */
static const struct holiday guadeloupe[] = {
	{ EASTER, -24, 0, 0, 0, 0 },
	{ EASTER, -2, 0, 0, 0, 0 },
	{ FIXED, 5, 27, 0, 0, 0 },
	{ FIXED, 7, 21, 0, 0, 0 },
};

static const struct holiday martinique[] = {
	{ EASTER, -2, 0, 0, 0, 0 },
	{ FIXED, 5, 22, 0, 0, 0 },
	{ FIXED, 7, 21, 0, 0, 0 },
};

static const struct holiday guyane[] = { { FIXED, 6, 10, 0, 0, 0 } };
static const struct holiday reunion[] = { { FIXED, 12, 20, 0, 0, 0 } };
static const struct holiday mayotte[] = { { FIXED, 4, 27, 0, 0, 0 } };

/* Long-term calendar of closing days, ECB, 14 December 2000. */
static const struct holiday target[] = {
	{ FIXED, 1, 1, 0, 0, 0 },
	{ EASTER, -2, 0, 0, 0, 0 },
	{ EASTER, 1, 0, 0, 0, 0 },
	{ FIXED, 5, 1, 0, 0, 0 },
	{ FIXED, 12, 25, 0, 0, 0 },
	{ FIXED, 12, 26, 0, 0, 0 },
	{ FIXED, 12, 31, 2001, 2001, 0 },
};

static const struct holiday austria[] = {
	{ FIXED, 1, 1, 0, 0, 0 },
	{ FIXED, 1, 6, 0, 0, 0 },
	{ EASTER, 1, 0, 0, 0, 0 },
	{ FIXED, 5, 1, 0, 0, 0 },
	{ EASTER, 39, 0, 0, 0, 0 },
	{ EASTER, 50, 0, 0, 0, 0 },
	{ EASTER, 60, 0, 0, 0, 0 },
	{ FIXED, 8, 15, 0, 0, 0 },
	{ FIXED, 10, 26, 0, 0, 0 },
	{ FIXED, 11, 1, 0, 0, 0 },
	{ FIXED, 12, 8, 0, 0, 0 },
	{ FIXED, 12, 25, 0, 0, 0 },
	{ FIXED, 12, 26, 0, 0, 0 },
};

static const struct holiday belgium[] = {
	{ FIXED, 1, 1, 0, 0, 0 },
	{ EASTER, 0, 0, 0, 0, 0 },
	{ EASTER, 1, 0, 0, 0, 0 },
	{ FIXED, 5, 1, 0, 0, 0 },
	{ EASTER, 39, 0, 0, 0, 0 },
	{ EASTER, 49, 0, 0, 0, 0 },
	{ EASTER, 50, 0, 0, 0, 0 },
	{ FIXED, 7, 21, 0, 0, 0 },
	{ FIXED, 8, 15, 0, 0, 0 },
	{ FIXED, 11, 1, 0, 0, 0 },
	{ FIXED, 11, 11, 0, 0, 0 },
	{ FIXED, 12, 25, 0, 0, 0 },
};

static const struct holiday switzerland[] = {
	{ FIXED, 1, 1, 0, 0, 0 },
	{ EASTER, 39, 0, 0, 0, 0 },
	{ FIXED, 8, 1, 0, 0, 0 },
	{ FIXED, 12, 25, 0, 0, 0 },
};

static const struct holiday germany[] = {
	{ FIXED, 1, 1, 0, 0, 0 },
	{ EASTER, -2, 0, 0, 0, 0 },
	{ EASTER, 1, 0, 0, 0, 0 },
	{ FIXED, 5, 1, 0, 0, 0 },
	{ EASTER, 39, 0, 0, 0, 0 },
	{ EASTER, 50, 0, 0, 0, 0 },
	{ FIXED, 10, 3, 0, 0, 0 },
	{ FIXED, 12, 25, 0, 0, 0 },
	{ FIXED, 12, 26, 0, 0, 0 },
};

static const struct holiday spain[] = {
	{ NO_SUNDAY, 1, 1, 0, 0, 0 },
	{ NO_SUNDAY, 1, 6, 0, 0, 0 },
	{ EASTER, -2, 0, 0, 0, 0 },
	{ NO_SUNDAY, 5, 1, 0, 0, 0 },
	{ NO_SUNDAY, 8, 15, 0, 0, 0 },
	{ NO_SUNDAY, 10, 12, 0, 0, 0 },
	{ NO_SUNDAY, 11, 1, 0, 0, 0 },
	{ NO_SUNDAY, 12, 6, 0, 0, 0 },
	{ NO_SUNDAY, 12, 8, 0, 0, 0 },
	{ NO_SUNDAY, 12, 25, 0, 0, 0 },
};

/* England, Wales and, but for Easter Monday, Scotland: what all have. */
static const struct holiday britain[] = {
	{ WEEKDAYS, 1, 1, 0, 0, 0 },
	{ EASTER, -2, 0, 0, 0, 0 },
	{ MONDAY_OF, 5, 1, 0, 0, 0 },
	{ MONDAY_OF, 5, 25, 0, 0, 0 },
	{ WEEKDAYS, 12, 25, 0, 0, 0 },
	{ WEEKDAYS, 12, 26, 0, 0, 0 },
};

static const struct holiday italy[] = {
	{ FIXED, 1, 1, 0, 0, 0 },
	{ FIXED, 1, 6, 0, 0, 0 },
	{ EASTER, 0, 0, 0, 0, 0 },
	{ EASTER, 1, 0, 0, 0, 0 },
	{ FIXED, 4, 25, 0, 0, 0 },
	{ FIXED, 5, 1, 0, 0, 0 },
	{ FIXED, 6, 2, 0, 0, 0 },
	{ FIXED, 8, 15, 0, 0, 0 },
	{ FIXED, 10, 4, 2026, 0, 0 },
	{ FIXED, 11, 1, 0, 0, 0 },
	{ SUNDAY_OF, 11, 1, 0, 0, 0 },
	{ FIXED, 12, 8, 0, 0, 0 },
	{ FIXED, 12, 25, 0, 0, 0 },
	{ FIXED, 12, 26, 0, 0, 0 },
};

static const struct holiday luxembourg[] = {
	{ FIXED, 1, 1, 0, 0, 0 },
	{ EASTER, 1, 0, 0, 0, 0 },
	{ FIXED, 5, 1, 0, 0, 0 },
	{ FIXED, 5, 9, 2019, 0, 0 },
	{ EASTER, 39, 0, 0, 0, 0 },
	{ EASTER, 50, 0, 0, 0, 0 },
	{ FIXED, 6, 23, 0, 0, 0 },
	{ FIXED, 8, 15, 0, 0, 0 },
	{ FIXED, 11, 1, 0, 0, 0 },
	{ FIXED, 12, 25, 0, 0, 0 },
	{ FIXED, 12, 26, 0, 0, 0 },
};

/* Bevrijdingsdag is a day off for all every fifth year. */
static const struct holiday netherlands[] = {
	{ FIXED, 1, 1, 0, 0, 0 },
	{ EASTER, -2, 0, 0, 0, 0 },
	{ EASTER, 0, 0, 0, 0, 0 },
	{ EASTER, 1, 0, 0, 0, 0 },
	{ NO_MOVE, 4, 27, 2014, 0, 0 },
	{ FIXED, 5, 5, 0, 0, 5 },
	{ EASTER, 39, 0, 0, 0, 0 },
	{ EASTER, 49, 0, 0, 0, 0 },
	{ EASTER, 50, 0, 0, 0, 0 },
	{ FIXED, 12, 25, 0, 0, 0 },
	{ FIXED, 12, 26, 0, 0, 0 },
};

static const struct holiday portugal[] = {
	{ FIXED, 1, 1, 0, 0, 0 },
	{ EASTER, -2, 0, 0, 0, 0 },
	{ EASTER, 0, 0, 0, 0, 0 },
	{ FIXED, 4, 25, 0, 0, 0 },
	{ FIXED, 5, 1, 0, 0, 0 },
	{ EASTER, 60, 0, 0, 0, 0 },
	{ FIXED, 6, 10, 0, 0, 0 },
	{ FIXED, 8, 15, 0, 0, 0 },
	{ FIXED, 10, 5, 0, 0, 0 },
	{ FIXED, 11, 1, 0, 0, 0 },
	{ FIXED, 12, 1, 0, 0, 0 },
	{ FIXED, 12, 8, 0, 0, 0 },
	{ FIXED, 12, 25, 0, 0, 0 },
};

#define PLACE(name, days, within)                                          \
	{                                                                  \
		(name), (days), sizeof(days) / sizeof((days)[0]), (within) \
	}

static const struct holiday_place places[] = {
	PLACE("FR", france, NULL),
	PLACE("FR-57", alsace_moselle, "FR"),
	PLACE("FR-67", alsace_moselle, "FR"),
	PLACE("FR-68", alsace_moselle, "FR"),
	PLACE("FR-GP", guadeloupe, "FR"),
	PLACE("FR-MQ", martinique, "FR"),
	PLACE("FR-GF", guyane, "FR"),
	PLACE("FR-RE", reunion, "FR"),
	PLACE("FR-YT", mayotte, "FR"),
	PLACE("TARGET", target, NULL),
	PLACE("AT", austria, NULL),
	PLACE("BE", belgium, NULL),
	PLACE("CH", switzerland, NULL),
	PLACE("DE", germany, NULL),
	PLACE("ES", spain, NULL),
	PLACE("GB", britain, NULL),
	PLACE("IT", italy, NULL),
	PLACE("LU", luxembourg, NULL),
	PLACE("NL", netherlands, NULL),
	PLACE("PT", portugal, NULL),
};

const struct holiday_place *
holiday_place(const char *name)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strcmp(places[i].name, name) == 0)
			return &places[i];
	return NULL;
}

/*
 * Banking and Financial Dealings Act 1971, schedule 1: a day on a weekend is
 * made up for on the next free weekday. Boxing Day gives way: behind a
 * Christmas on a Saturday it takes Tuesday, behind one on a Sunday it stays
 * and Christmas is made up for on Tuesday.
 */
static date_t
substitute(date_t d, int month, int day)
{
	int weekday = date_weekday(d);

	if (month == 12 && day == 26)
		return weekday >= SATURDAY ? d + 2 : weekday == 0 ? d + 1 : d;
	return weekday >= SATURDAY ? d + 7 - weekday : d;
}

static bool
rule_falls(const struct holiday *h, int year, date_t d)
{
	date_t day;

	if (h->rule == EASTER)
		return d == calendar_easter(year) + h->a;
	day = date_from_civil(year, h->a, h->b);
	switch (h->rule) {
	case EASTER:
	case FIXED:
		break;
	case WEEKDAYS:
		return d == day || d == substitute(day, h->a, h->b);
	case NO_SUNDAY:
		return d == day && date_weekday(d) != SUNDAY;
	case NO_MOVE:
		return d == day - (date_weekday(day) == SUNDAY);
	case MONDAY_OF:
		return d >= day && d < day + 7 && date_weekday(d) == 0;
	case SUNDAY_OF:
		return d >= day && d < day + 7 && date_weekday(d) == SUNDAY;
	}
	return d == day;
}

static bool
holds_in(const struct holiday *h, int year)
{
	return (h->from == 0 || year >= h->from) &&
	    (h->to == 0 || year <= h->to) &&
	    (h->every == 0 || year % h->every == 0);
}

bool
holiday_falls(const struct holiday_place *p, date_t d)
{
	int year, month, day;

	date_to_civil(d, &year, &month, &day);
	for (size_t i = 0; i < p->n; i++)
		if (holds_in(&p->days[i], year) &&
		    rule_falls(&p->days[i], year, d))
			return true;
	return p->within != NULL && holiday_falls(holiday_place(p->within), d);
}
