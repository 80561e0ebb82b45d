#include "law/limit.h"

#include <string.h>

#include "law/calendar.h"

const struct limit *
limit_find(const struct law_book *b, const char *country, enum debtor_kind kind)
{
	const struct limit *found = NULL;

	for (size_t i = 0; i < b->n_limits; i++)
		if (strcmp(b->limits[i].country, country) == 0 &&
		    b->limits[i].kind == kind)
			found = &b->limits[i];
	return found;
}

date_t
limit_day(const struct limit *l, date_t due)
{
	int year, month, day;

	if (l->from == LIMIT_YEAR_END) {
		date_to_civil(due, &year, &month, &day);
		due = date_from_civil(year, 12, 31);
	}
	return calendar_add_months(due, 12 * l->years);
}
