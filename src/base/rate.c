#include "base/rate.h"

#include <stdio.h>
#include <stdlib.h>

#define DECIMALS 3

int
rate_parse(const char *text, int32_t *milli, struct err *e)
{
	const char *p = text + (text[0] == '-');
	int64_t value = 0;
	int decimals = -1; /* none yet */

	for (; *p != '\0'; p++) {
		if (*p == '.' && decimals == -1 && p[1] != '\0') {
			decimals = 0;
			continue;
		}
		if (*p < '0' || *p > '9' || value > RATE_MAX_MILLI ||
		    decimals == DECIMALS)
			break;
		value = value * 10 + (*p - '0');
		decimals += decimals >= 0;
	}
	for (int i = decimals < 0 ? 0 : decimals; i < DECIMALS; i++)
		value *= 10;
	if (*p != '\0' || p == text + (text[0] == '-') ||
	    value > RATE_MAX_MILLI)
		return err_set(e, ERR_DATA,
		    "bad rate '%.40s': write percent a year as 12.15, at most "
		    "three decimals",
		    text);
	*milli = (int32_t)(text[0] == '-' ? -value : value);
	return 0;
}

const char *
rate_fmt(int32_t milli, char buf[RATE_SIZE])
{
	int n = snprintf(buf, RATE_SIZE, "%s%d.%03d", milli < 0 ? "-" : "",
	    abs(milli) / 1000, abs(milli) % 1000);

	if (buf[n - 1] == '0')
		buf[n - 1] = '\0';
	return buf;
}
