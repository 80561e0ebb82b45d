#include "law/calendar.h"

#include <stddef.h>

#include "law/holiday.h"

#define SATURDAY 5
#define SUNDAY   6

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

bool
calendar_knows(const char *place)
{
	return holiday_place(place) != NULL;
}

bool
calendar_is_holiday(const char *place, date_t d)
{
	const struct holiday_place *p = holiday_place(place);

	return p != NULL && holiday_falls(p, d);
}

bool
calendar_counts(const char *place, date_t d, enum days kind)
{
	switch (kind) {
	case DAYS_CALENDAR:
		return true;
	case DAYS_OUVRABLES:
		return date_weekday(d) < SUNDAY &&
		    !calendar_is_holiday(place, d);
	case DAYS_OUVRES:
		break;
	}
	return date_weekday(d) < SATURDAY && !calendar_is_holiday(place, d);
}

bool
calendar_is_working_day(const char *place, date_t d)
{
	return calendar_counts(place, d, DAYS_OUVRES);
}

date_t
calendar_add(const char *place, date_t d, unsigned n, enum days kind)
{
	while (n > 0)
		n -= calendar_counts(place, ++d, kind);
	return d;
}

int
calendar_count(const char *place, date_t from, date_t to, enum days kind)
{
	int n = 0;

	if (to < from)
		return -calendar_count(place, to, from, kind);
	for (date_t d = from + 1; d <= to; d++)
		n += calendar_counts(place, d, kind);
	return n;
}

date_t
calendar_roll(const char *place, date_t d)
{
	while (!calendar_is_working_day(place, d))
		d++;
	return d;
}

date_t
calendar_add_clear(const char *place, date_t d, unsigned n)
{
	return calendar_roll(place, d + (date_t)n + 1);
}

date_t
calendar_add_months(date_t d, int n)
{
	int year, month, day, last;
	date_t next;

	date_to_civil(d, &year, &month, &day);
	month += n - 1;
	year += month / 12 - (month % 12 < 0);
	month = (month % 12 + 12) % 12 + 1;
	next = month == 12 ? date_from_civil(year + 1, 1, 1)
			   : date_from_civil(year, month + 1, 1);
	last = (int)(next - date_from_civil(year, month, 1));
	return date_from_civil(year, month, day < last ? day : last);
}
