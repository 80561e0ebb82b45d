/*
 * calendar: working days of a country. Pure; holidays are computed.
 *
 * Monday to Friday without public holidays. France: Code du travail
 * art. L3133-1. A country not known here has weekends only.
 */
#ifndef LAW_CALENDAR_H
#define LAW_CALENDAR_H

#include <stdbool.h>

#include "base/date.h"

bool calendar_is_working_day(const char *country, date_t d);

/* Easter Sunday of a year of the Gregorian calendar. */
date_t calendar_easter(int year);

#endif
