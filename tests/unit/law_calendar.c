/*
 * Holidays, working days and the counting of days; and every day of
 * ../shared/data/holidays_*_golden.csv where present.
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
	{ "2026-04-06", "XX", true }, /* weekends only elsewhere */
	{ "2026-04-05", "XX", false },
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

/* Place, days of a year that are holidays, each "MM-DD". */
static const struct {
	const char *place;
	int year;
	const char *days;
} years[] = {
	{ "FR", 2026,
	    "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 "
	    "12-25" },
	{ "FR-67", 2026,
	    "01-01 04-03 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 "
	    "11-11 12-25 12-26" },
	{ "TARGET", 2001, "01-01 04-13 04-16 05-01 12-25 12-26 12-31" },
	{ "TARGET", 2026, "01-01 04-03 04-06 05-01 12-25 12-26" },
	{ "DE", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26" },
	{ "CH", 2026, "01-01 05-14 08-01 12-25" },
	{ "GB", 2021, "01-01 04-02 05-03 05-31 12-25 12-26 12-27 12-28" },
	{ "GB", 2022, "01-01 01-03 04-15 05-02 05-30 12-25 12-26 12-27" },
	{ "GB", 2023, "01-01 01-02 04-07 05-01 05-29 12-25 12-26" },
	{ "NL", 2025,
	    "01-01 04-18 04-20 04-21 04-26 05-05 05-29 06-08 06-09 12-25 "
	    "12-26" },
	{ "ES", 2027, "01-01 01-06 03-26 05-01 10-12 11-01 12-06 12-08 12-25" },
	{ "XX", 2026, "" },
};

static void
test_years(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(years) / sizeof(years[0]); i++) {
		date_t d = date_from_civil(years[i].year, 1, 1);
		char got[400] = "", buf[DATE_SIZE];
		size_t n = 0;

		for (; d < date_from_civil(years[i].year + 1, 1, 1); d++)
			if (calendar_is_holiday(years[i].place, d))
				n += (size_t)snprintf(got + n, sizeof(got) - n,
				    "%s%s", n > 0 ? " " : "",
				    date_fmt(d, buf) + 5);
		assert_string_equal(got, years[i].days);
		assert_int_equal(calendar_knows(years[i].place),
		    years[i].days[0] != '\0');
	}
}

static const struct {
	const char *from;
	unsigned n;
	enum days kind;
	const char *to;
} sums[] = {
	/* Friday 8 May 2026 is a holiday. */
	{ "2026-05-06", 3, DAYS_CALENDAR, "2026-05-09" },
	{ "2026-05-06", 2, DAYS_OUVRABLES, "2026-05-09" },
	{ "2026-05-06", 3, DAYS_OUVRABLES, "2026-05-11" },
	{ "2026-05-06", 2, DAYS_OUVRES, "2026-05-11" },
	{ "2026-05-09", 0, DAYS_OUVRES, "2026-05-09" },
};

static void
test_sums(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++) {
		date_t from = day(sums[i].from), to = day(sums[i].to);

		assert_int_equal(calendar_add("FR", from, sums[i].n,
				     sums[i].kind),
		    to);
		assert_int_equal(calendar_count("FR", from, to, sums[i].kind),
		    sums[i].n);
		assert_int_equal(calendar_count("FR", to, from, sums[i].kind),
		    -(int)sums[i].n);
	}
}

/* Code de procédure civile, art. 641 and 642; clear days. */
static void
test_times(void **state)
{
	(void)state;
	assert_int_equal(calendar_roll("FR", day("2026-05-08")),
	    day("2026-05-11"));
	assert_int_equal(calendar_roll("FR", day("2026-05-11")),
	    day("2026-05-11"));
	assert_int_equal(calendar_add_clear("FR", day("2026-03-02"), 8),
	    day("2026-03-11"));
	assert_int_equal(calendar_add_clear("FR", day("2026-03-02"), 4),
	    day("2026-03-09"));
	assert_int_equal(calendar_add_months(day("2026-01-31"), 1),
	    day("2026-02-28"));
	assert_int_equal(calendar_add_months(day("2024-01-31"), 1),
	    day("2024-02-29"));
	assert_int_equal(calendar_add_months(day("2026-11-15"), 2),
	    day("2027-01-15"));
	assert_int_equal(calendar_add_months(day("2026-12-31"), 12),
	    day("2027-12-31"));
	assert_int_equal(calendar_add_months(day("2026-01-31"), -2),
	    day("2025-11-30"));
}

/* Places as the file writes them. */
static const struct {
	const char *written, *place, *also;
} shared_fr[] = {
	{ ",FR,", "FR", NULL },
	{ ",FR-57 (Moselle),", "FR-57", NULL },
	{ ",\"FR-6AE (Alsace: 67, 68)\",", "FR-67", "FR-68" },
	{ ",FR-GP,", "FR-GP", NULL },
	{ ",FR-MQ,", "FR-MQ", NULL },
	{ ",FR-GF,", "FR-GF", NULL },
	{ ",FR-RE,", "FR-RE", NULL },
	{ ",FR-YT,", "FR-YT", NULL },
};

static const char *const shared_others[] = { "AT", "BE", "CH", "DE", "ES", "GB",
	"IT", "LU", "NL", "PT" };

#define DAYS_HELD (366 * 40)

/* The days of one place in a file of date,place,… or all of it. */
struct days_of {
	bool falls[DAYS_HELD]; /* from 2000-01-01 */
	int first, last;       /* years */
	int rows;
};

static void
read_days(const char *path, const char *written, struct days_of *out)
{
	FILE *f = fopen(path, "re");
	char line[512];
	date_t d;

	if (f == NULL) {
		print_message("skipped: %s is not there\n", path);
		skip();
	}
	*out = (struct days_of){ 0 };
	assert_non_null(fgets(line, sizeof(line), f));
	while (fgets(line, sizeof(line), f) != NULL) {
		if (strncmp(line + 10, written, strlen(written)) != 0)
			continue;
		line[10] = '\0';
		d = day(line);
		assert_in_range(d - day("2000-01-01"), 0, DAYS_HELD - 1);
		out->falls[d - day("2000-01-01")] = true;
		out->last = year_of(d);
		if (out->rows++ == 0)
			out->first = out->last;
	}
	(void)fclose(f);
	assert_true(out->rows > 5);
}

/* FR-67 has the days of FR too, which the file does not say twice. */
static void
check_days(const struct days_of *want, const char *place, const char *within)
{
	date_t d = date_from_civil(want->first, 1, 1);
	char buf[DATE_SIZE];

	for (; d < date_from_civil(want->last + 1, 1, 1); d++) {
		bool falls = want->falls[d - day("2000-01-01")] ||
		    (within != NULL && calendar_is_holiday(within, d));

		if (calendar_is_holiday(place, d) != falls)
			fail_msg("%s %s", place, date_fmt(d, buf));
	}
}

static void
test_shared_fr(void **state)
{
	static struct days_of want;

	(void)state;
	for (size_t i = 0; i < sizeof(shared_fr) / sizeof(shared_fr[0]); i++) {
		read_days("../shared/data/holidays_fr_golden.csv",
		    shared_fr[i].written, &want);
		check_days(&want, shared_fr[i].place, i > 0 ? "FR" : NULL);
		if (shared_fr[i].also != NULL)
			check_days(&want, shared_fr[i].also, "FR");
	}
}

static void
test_shared_target(void **state)
{
	static struct days_of want;

	(void)state;
	read_days("../shared/data/holidays_target_golden.csv", ",", &want);
	check_days(&want, "TARGET", NULL);
}

static void
test_shared_others(void **state)
{
	static struct days_of want;
	char written[8];

	(void)state;
	for (size_t i = 0; i < sizeof(shared_others) / sizeof(*shared_others);
	     i++) {
		(void)snprintf(written, sizeof(written), ",%s,",
		    shared_others[i]);
		read_days("../shared/data/holidays_be_lu_ch_de_at_golden.csv",
		    written, &want);
		check_days(&want, shared_others[i], NULL);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_easter),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_years),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_shared_fr),
		cmocka_unit_test(test_shared_target),
		cmocka_unit_test(test_shared_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
