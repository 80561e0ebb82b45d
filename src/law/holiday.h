/*
 * holiday: the rules by which the holidays of a place fall. What calendar.h
 * is made of; nobody else includes it.
 */
#ifndef LAW_HOLIDAY_H
#define LAW_HOLIDAY_H

#include <stdbool.h>

#include "base/date.h"

struct holiday_place;

/* The place, or NULL if its holidays are not known here. */
const struct holiday_place *holiday_place(const char *name);

/* True if one of the place's holidays falls on the day. */
bool holiday_falls(const struct holiday_place *p, date_t d);

#endif
