/* The last day to go to court, by country and kind of debtor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "law/limit.h"
#include "verb/law_data.h"

static date_t
day(const char *s)
{
	struct err e = { 0 };
	date_t d = DATE_NONE;

	if (date_parse(s, &d, &e) != 0)
		fail_msg("%s", e.text);
	return d;
}

static const struct {
	const char *article, *country;
	enum debtor_kind kind;
	const char *due, *last;
} rows[] = {
	{ "C. com. art. L110-4", "FR", DEBTOR_BUSINESS, "2021-03-10",
	    "2026-03-10" },
	{ "C. com. art. L110-4", "FR", DEBTOR_BUSINESS, "2020-02-29",
	    "2025-02-28" },
	{ "C. conso. art. L218-2", "FR", DEBTOR_CONSUMER, "2024-12-31",
	    "2026-12-31" },
	{ "loi du 31 décembre 1968 art. 1", "FR", DEBTOR_PUBLIC, "2022-01-31",
	    "2026-12-31" },
	{ "BGB § 195 und § 199", "DE", DEBTOR_BUSINESS, "2023-01-02",
	    "2026-12-31" },
};

static void
test_days(void **state)
{
	struct arena *a = arena_new();
	struct call c = { .data = ".", .dir = "build/no-workspace" };
	struct law law;
	struct err e = { 0 };

	(void)state;
	if (law_load(&c, a, &law, &e) != 0)
		fail_msg("%s", e.text);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct limit *l =
		    limit_find(&law.book, rows[i].country, rows[i].kind);

		if (l == NULL) {
			fail_msg("no limit for %s", rows[i].country);
			break;
		}
		assert_string_equal(l->article, rows[i].article);
		assert_int_equal(limit_day(l, day(rows[i].due)),
		    day(rows[i].last));
	}
	assert_null(limit_find(&law.book, "US", DEBTOR_BUSINESS));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_days) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
