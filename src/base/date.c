#include "base/date.h"

#include <stdio.h>
#include <string.h>

/* Days from civil and back: the calendar as eras of 400 years that begin on
 * 1 March, so that the leap day is the last of its year. */

date_t
date_from_civil(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int mp = (month + 9) % 12;
	int doy = (153 * mp + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

void
date_to_civil(date_t d, int *year, int *month, int *day)
{
	int z = d + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;

	*day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2);
}

static int
digits(const char *s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

int
date_parse(const char *s, date_t *out, struct err *e)
{
	int year, month, day, y, m, d;
	date_t date;

	if (strlen(s) != 10 || s[4] != '-' || s[7] != '-' ||
	    (year = digits(s, 4)) < 0 || (month = digits(s + 5, 2)) < 0 ||
	    (day = digits(s + 8, 2)) < 0)
		return err_set(e, ERR_DATA,
		    "bad date '%.40s': write it as YYYY-MM-DD", s);
	if (year < 1900 || year > 2999 || month < 1 || month > 12)
		return err_set(e, ERR_DATA,
		    "bad date '%s': no such day between 1900 and 2999", s);
	date = date_from_civil(year, month, day);
	date_to_civil(date, &y, &m, &d);
	if (y != year || m != month || d != day)
		return err_set(e, ERR_DATA,
		    "bad date '%s': that month has no such day", s);
	*out = date;
	return 0;
}

const char *
date_fmt(date_t date, char buf[DATE_SIZE])
{
	int y, m, d;

	buf[0] = '\0';
	if (date == DATE_NONE)
		return buf;
	date_to_civil(date, &y, &m, &d);
	/* Parsed dates lie between 1900 and 2999; sums of days stay near. */
	(void)snprintf(buf, DATE_SIZE, "%04u-%02u-%02u", (unsigned)y % 10000u,
	    (unsigned)m % 100u, (unsigned)d % 100u);
	return buf;
}

int
date_weekday(date_t d)
{
	int w = (d + 3) % 7; /* 1970-01-01 was a Thursday */

	return w < 0 ? w + 7 : w;
}
