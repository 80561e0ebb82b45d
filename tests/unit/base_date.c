/* date: known days, bad texts, and every day from 1900 to 2999 there and
 * back, one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"

static const struct {
	const char *text;
	date_t days;
	int weekday; /* 0 is Monday */
} days[] = {
	{ .text = "1900-01-01", .days = -25567, .weekday = 0 },
	{ .text = "1969-12-31", .days = -1, .weekday = 2 },
	{ .text = "1970-01-01", .days = 0, .weekday = 3 },
	{ .text = "2000-02-29", .days = 11016, .weekday = 1 },
	{ .text = "2024-02-29", .days = 19782, .weekday = 3 },
	{ .text = "2026-03-18", .days = 20530, .weekday = 2 },
	{ .text = "2100-03-01", .days = 47541, .weekday = 0 },
	{ .text = "2999-12-31", .days = 376199, .weekday = 1 },
};

static const char *const bad[] = {
	"",
	"2026",
	"2026-3-18",
	"2026-03-18 ",
	" 2026-03-18",
	"2026/03/18",
	"18-03-2026",
	"18/03/2026",
	"2026-03-1a",
	"2026-+3-18",
	"2026-00-10",
	"2026-13-10",
	"2026-02-00",
	"2026-02-29",
	"2026-04-31",
	"1900-02-29",
	"2100-02-29",
	"1899-12-31",
	"3000-01-01",
	"0000-00-00",
	"2026-03-18T00:00",
};

static void
test_days(void **state)
{
	char buf[DATE_SIZE];
	struct err e;
	date_t d;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		assert_int_equal(date_parse(days[i].text, &d, &e), 0);
		assert_int_equal(d, days[i].days);
		assert_int_equal(date_weekday(d), days[i].weekday);
		assert_string_equal(date_fmt(d, buf), days[i].text);
	}
	assert_string_equal(date_fmt(DATE_NONE, buf), "");
}

static void
test_bad(void **state)
{
	struct err e;
	date_t d;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		e = (struct err){ .kind = ERR_NONE };
		d = 4711;
		if (date_parse(bad[i], &d, &e) != -1)
			fail_msg("'%s' was taken for a date", bad[i]);
		assert_int_equal(e.kind, ERR_DATA);
		assert_int_equal(d, 4711);
		if (strstr(e.text, bad[i]) == NULL)
			fail_msg("'%s' does not name '%s'", e.text, bad[i]);
	}
}

static int
month_length(int year, int month)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return length[month - 1] + (month == 2 && leap);
}

static void
test_every_day(void **state)
{
	date_t expected = -25567;
	int year, month, day, y, m, d, weekday = 0;

	(void)state;
	for (year = 1900; year < 3000; year++)
		for (month = 1; month <= 12; month++)
			for (day = 1; day <= month_length(year, month);
			     day++, expected++, weekday = (weekday + 1) % 7) {
				date_to_civil(expected, &y, &m, &d);
				if (date_from_civil(year, month, day) !=
					expected ||
				    y != year || m != month || d != day ||
				    date_weekday(expected) != weekday)
					fail_msg("%d-%d-%d", year, month, day);
			}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_every_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
