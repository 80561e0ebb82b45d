#include "law/calendar.h"

#include <stddef.h>
#include <string.h>

/* Whit Monday is the last of the days that move with Easter. */
#define EASTER_MONDAY 1
#define ASCENSION     39
#define WHIT_MONDAY   50

struct day {
	int month, day;
};

/* Code du travail, art. L3133-1: 1°, 3°, 4°, 7° to 11°. */
static const struct day fixed_fr[] = {
	{ 1, 1 },   /* 1er janvier */
	{ 5, 1 },   /* 1er mai */
	{ 5, 8 },   /* 8 mai */
	{ 7, 14 },  /* 14 juillet */
	{ 8, 15 },  /* Assomption */
	{ 11, 1 },  /* Toussaint */
	{ 11, 11 }, /* 11 novembre */
	{ 12, 25 }, /* Noël */
};

/* Source: anonymous Gregorian computus (Meeus, Astronomical Algorithms, 8). */
date_t
calendar_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return date_from_civil(year, n / 31, n % 31 + 1);
}

/* Code du travail, art. L3133-1; 2°, 5° and 6° move with Easter. */
static bool
is_holiday_fr(date_t d)
{
	int year, month, day, after;
	size_t i;

	date_to_civil(d, &year, &month, &day);
	for (i = 0; i < sizeof(fixed_fr) / sizeof(fixed_fr[0]); i++) {
		if (fixed_fr[i].month == month && fixed_fr[i].day == day)
			return true;
	}
	after = d - calendar_easter(year);
	return after == EASTER_MONDAY || after == ASCENSION ||
	    after == WHIT_MONDAY;
}

bool
calendar_is_working_day(const char *country, date_t d)
{
	if (date_weekday(d) >= 5)
		return false;
	return strcmp(country, "FR") != 0 || !is_holiday_fr(d);
}
