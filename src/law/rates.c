#include "law/rates.h"

#include <string.h>

/* A row and its place in the list, so that sorting keeps their order. */
static int
rate_order(const void *a, const void *b)
{
	const struct rate *x = a, *y = b;
	int order = strcmp(x->series, y->series);

	return order != 0 ? order : (x->from > y->from) - (x->from < y->from);
}

/* Insertion keeps the order of equals; the data come nearly sorted. */
static void
insert(struct rates *r, size_t sorted)
{
	struct rate row = r->rows[sorted];
	size_t at = sorted;

	while (at > 0 && rate_order(&r->rows[at - 1], &row) > 0) {
		r->rows[at] = r->rows[at - 1];
		at--;
	}
	r->rows[at] = row;
}

void
rates_sort(struct rates *r)
{
	size_t kept = 0;

	for (size_t i = 1; i < r->n; i++)
		insert(r, i);
	for (size_t i = 0; i < r->n; i++) {
		bool same = kept > 0 &&
		    rate_order(&r->rows[kept - 1], &r->rows[i]) == 0;

		r->rows[same ? kept - 1 : kept] = r->rows[i];
		kept += !same;
	}
	r->n = kept;
}

/* The first row of the series, or NULL. */
static const struct rate *
series_find(const struct rates *r, const char *series)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->rows[i].series, series) == 0)
			return &r->rows[i];
	return NULL;
}

const struct rate *
rate_next(const struct rates *r, const struct rate *row)
{
	const struct rate *next = row + 1;

	return next < r->rows + r->n && strcmp(next->series, row->series) == 0
	    ? next
	    : NULL;
}

int
rates_find(const struct rates *r, const char *series, date_t d,
    const struct rate **out, struct err *e)
{
	const struct rate *row = series_find(r, series), *next;
	char day[DATE_SIZE], first[DATE_SIZE];

	if (row == NULL)
		return err_set(e, ERR_DATA,
		    "no rate series '%s': add it to rates.csv", series);
	if (d < row->from)
		return err_set(e, ERR_DATA,
		    "no rate of %s on %s: its first row is of %s; add an older "
		    "one to rates.csv",
		    series, date_fmt(d, day), date_fmt(row->from, first));
	while ((next = rate_next(r, row)) != NULL && next->from <= d)
		row = next;
	*out = row;
	return 0;
}

bool
rate_is_stale(const struct rates *r, const struct rate *row, date_t d)
{
	const struct rate *next = rate_next(r, row);

	return row->until != DATE_NONE && d > row->until &&
	    (next == NULL || d < next->from);
}

const char *
rate_missing(const struct rate *row, struct arena *a)
{
	char from[DATE_SIZE];

	return arena_fmt(a, "no rate of %s from %s on: add a row to rates.csv",
	    row->series, date_fmt(row->until + 1, from));
}
