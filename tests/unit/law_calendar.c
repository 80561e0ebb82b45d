/*
 * Working days: Easter, the French public holidays, weekends; and every day
 * of ../shared/data/holidays_fr_golden.csv where present.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "law/calendar.h"

static date_t
day(const char *s)
{
	struct err e;
	date_t d;

	if (date_parse(s, &d, &e) != 0)
		fail_msg("%s", e.text);
	return d;
}

static int
year_of(date_t d)
{
	int year, month, dom;

	date_to_civil(d, &year, &month, &dom);
	return year;
}

static void
test_easter(void **state)
{
	/* Earliest and latest possible among them. */
	static const char *const sundays[] = { "1913-03-23", "1943-04-25",
		"1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23",
		"2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25",
		"2049-04-18", "2076-04-19", "2285-03-22" };
	size_t i;
	int year;

	(void)state;
	for (i = 0; i < sizeof(sundays) / sizeof(sundays[0]); i++)
		assert_int_equal(calendar_easter(year_of(day(sundays[i]))),
		    day(sundays[i]));
	for (year = 1900; year < 2999; year++)
		assert_int_equal(date_weekday(calendar_easter(year)), 6);
}

static const struct {
	const char *day, *country;
	bool working;
} days[] = {
	{ "2026-01-01", "FR", false }, /* Thursday */
	{ "2026-01-02", "FR", true },
	{ "2026-04-03", "FR", true },  /* Good Friday */
	{ "2026-04-04", "FR", false }, /* Saturday */
	{ "2026-04-05", "FR", false },
	{ "2026-04-06", "FR", false }, /* Easter Monday */
	{ "2026-04-07", "FR", true },
	{ "2026-05-01", "FR", false },
	{ "2026-05-08", "FR", false },
	{ "2026-05-14", "FR", false }, /* Ascension */
	{ "2026-05-15", "FR", true },
	{ "2026-05-25", "FR", false }, /* Whit Monday */
	{ "2026-07-14", "FR", false },
	{ "2028-08-15", "FR", false },
	{ "2027-11-01", "FR", false },
	{ "2026-11-11", "FR", false },
	{ "2026-12-25", "FR", false },
	{ "2025-12-26", "FR", true },
	{ "2026-04-06", "DE", true }, /* weekends only elsewhere */
	{ "2026-04-05", "DE", false },
	{ "2026-07-14", "", true },
};

static void
test_days(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		if (calendar_is_working_day(days[i].country,
			day(days[i].day)) != days[i].working)
			fail_msg("%s %s", days[i].country, days[i].day);
	}
}

/* date,region,name,source; every day of the years that the file has. */
static void
test_shared(void **state)
{
	const char *path = "../shared/data/holidays_fr_golden.csv";
	static bool holiday[366 * 40];
	date_t d, base = day("2000-01-01"), first = 0, last = 0;
	char line[512];
	FILE *f = fopen(path, "re");
	int rows = 0;

	(void)state;
	if (f == NULL) {
		print_message("skipped: %s is not there\n", path);
		skip();
	}
	while (fgets(line, sizeof(line), f) != NULL) {
		if (strncmp(line + 10, ",FR,", 4) != 0)
			continue;
		line[10] = '\0';
		last = day(line);
		first = rows++ == 0 ? last : first;
		assert_true(last >= base && last - base < 366 * 40);
		holiday[last - base] = true;
	}
	fclose(f);
	assert_true(rows > 150);
	d = date_from_civil(year_of(first), 1, 1);
	for (; d < date_from_civil(year_of(last) + 1, 1, 1); d++) {
		if (date_weekday(d) < 5)
			assert_int_equal(calendar_is_working_day("FR", d),
			    !holiday[d - base]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_easter),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
