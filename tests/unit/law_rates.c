/* Rates in order, in force on a day; the workspace's replace ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "law/rates.h"

/* Days are small numbers here. */
static void
test_find(void **state)
{
	struct rate rows[] = {
		{ "B", 10, DATE_NONE, 1000, false, "ours" },
		{ "A", 20, 29, 2000, false, "ours" },
		{ "A", 10, DATE_NONE, 3000, false, "ours" },
		{ "A", 20, 24, 4000, true, "the workspace's" },
		{ "A", 30, DATE_NONE, 5000, false, "the workspace's" },
	};
	struct rates r = { .rows = rows, .n = 5 };
	const struct rate *row = NULL;
	struct err e = { 0 };

	(void)state;
	rates_sort(&r);
	assert_int_equal(r.n, 4);
	assert_int_equal(rates_find(&r, "A", 19, &row, &e), 0);
	assert_int_equal(row->milli, 3000);
	assert_false(rate_is_stale(&r, row, 19));
	assert_int_equal(rates_find(&r, "A", 29, &row, &e), 0);
	assert_int_equal(row->milli, 4000);
	assert_true(row->weak);
	assert_true(rate_is_stale(&r, row, 25));
	assert_false(rate_is_stale(&r, row, 24));
	assert_int_equal(rates_find(&r, "A", 400, &row, &e), 0);
	assert_int_equal(row->milli, 5000);
	assert_null(rate_next(&r, row));
	assert_int_equal(rates_find(&r, "A", 9, &row, &e), -1);
	assert_non_null(strstr(e.text, "A on 1970-01-10"));
	assert_non_null(strstr(e.text, "1970-01-11"));
	assert_int_equal(rates_find(&r, "C", 20, &row, &e), -1);
	assert_non_null(strstr(e.text, "'C'"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
