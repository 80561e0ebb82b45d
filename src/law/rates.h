/*
 * rates: dated interest rates, series by series. Pure; the figures are in
 * rates.csv, each with its source, and in the workspace's own rates.csv.
 */
#ifndef LAW_RATES_H
#define LAW_RATES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/err.h"
#include "base/rate.h"
#include "base/mem.h"

/* A rate from a day on until the next row, and known to hold until `until`. */
struct rate {
	const char *series;
	date_t from, until; /* until DATE_NONE: until the next row */
	int32_t milli;      /* thousandths of a percent a year: 12.15 % is
			       12150; may be negative */
	bool weak;          /* its source is not firm */
	const char *source;
};

/* By series, then by date; rates_sort makes it so. */
struct rates {
	struct rate *rows;
	size_t n;
};

/*
 * Sorts; of two rows of one series and day the later in the list stays, so
 * that a workspace's row replaces ours.
 */
void rates_sort(struct rates *r);

/*
 * The row in force on a day. ERR_DATA if there is no such series or the day
 * lies before its first row, naming both.
 */
int rates_find(const struct rates *r, const char *series, date_t d,
    const struct rate **out, struct err *e);

/* True if the row is not known to hold on the day: the data are too old. */
bool rate_is_stale(const struct rates *r, const struct rate *row, date_t d);

/* What to do about a stale row: the day from which there is no rate. */
const char *rate_missing(const struct rate *row, struct arena *a);

/* The row that takes over after this one, or NULL. */
const struct rate *rate_next(const struct rates *r, const struct rate *row);

#endif
