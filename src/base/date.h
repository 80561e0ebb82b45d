/*
 * date: civil days of the proleptic Gregorian calendar.
 *
 * A date is the number of days since 1970-01-01: no clock, no time zone.
 * Source: ISO 8601 for the form YYYY-MM-DD.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdint.h>

#include "base/err.h"

typedef int32_t date_t; /* days since 1970-01-01; a scalar, so a typedef */
#define DATE_NONE INT32_MIN
#define DATE_SIZE 11 /* "YYYY-MM-DD" and its NUL */

/* Parses exactly YYYY-MM-DD, years 1900 to 2999; ERR_DATA otherwise. */
int date_parse(const char *s, date_t *out, struct err *e);

/* Writes YYYY-MM-DD, or nothing for DATE_NONE. Returns buf. */
const char *date_fmt(date_t d, char buf[DATE_SIZE]);

/* 0 is Monday, 6 is Sunday. */
int date_weekday(date_t d);

date_t date_from_civil(int year, int month, int day);
void date_to_civil(date_t d, int *year, int *month, int *day);

#endif
