/* The last day to go to court, by country and kind of debtor. */
#include "law_fixture.h"

#include "law/limit.h"

static const struct {
	const char *article, *country;
	enum debtor_kind kind;
	const char *due, *last;
} rows[] = {
	{ "C. com. art. L. 110-4", "FR", DEBTOR_BUSINESS, "2021-03-10",
	    "2026-03-10" },
	{ "C. com. art. L. 110-4", "FR", DEBTOR_BUSINESS, "2020-02-29",
	    "2025-02-28" },
	{ "C. conso. art. L. 218-2", "FR", DEBTOR_CONSUMER, "2024-12-31",
	    "2026-12-31" },
	{ "loi du 31 décembre 1968 art. 1", "FR", DEBTOR_PUBLIC, "2022-01-31",
	    "2026-12-31" },
	{ "C. civ. art. 2262bis", "BE", DEBTOR_BUSINESS, "2016-02-29",
	    "2026-02-28" },
	{ "C. civ. art. 2262bis", "BE", DEBTOR_CONSUMER, "2016-03-01",
	    "2026-03-01" },
	{ "C. com. art. 189", "LU", DEBTOR_BUSINESS, "2016-03-01",
	    "2026-03-01" },
	{ "BGB § 195 und § 199", "DE", DEBTOR_BUSINESS, "2023-01-02",
	    "2026-12-31" },
	{ "BGB § 195 und § 199", "DE", DEBTOR_CONSUMER, "2023-12-31",
	    "2026-12-31" },
	{ "BGB § 195 und § 199", "DE", DEBTOR_PUBLIC, "2024-01-01",
	    "2027-12-31" },
	{ "ABGB § 1486", "AT", DEBTOR_BUSINESS, "2023-06-30", "2026-06-30" },
	{ "ABGB § 1486", "AT", DEBTOR_CONSUMER, "2023-06-30", "2026-06-30" },
	{ "CO art. 127", "CH", DEBTOR_BUSINESS, "2016-12-01", "2026-12-01" },
	{ "CO art. 127", "CH", DEBTOR_CONSUMER, "2016-12-01", "2026-12-01" },
	{ "Limitation Act 1980 s. 5", "GB", DEBTOR_BUSINESS, "2020-04-05",
	    "2026-04-05" },
	{ "Limitation Act 1980 s. 5", "GB", DEBTOR_CONSUMER, "2020-04-05",
	    "2026-04-05" },
};

static void
test_days(void **state)
{
	const struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct limit *l =
		    limit_find(&f->law.book, rows[i].country, rows[i].kind);

		if (l == NULL) {
			fail_msg("no limit for %s", rows[i].country);
			break;
		}
		assert_string_equal(l->article, rows[i].article);
		assert_int_equal(limit_day(l, day(rows[i].due)),
		    day(rows[i].last));
	}
	assert_null(limit_find(&f->law.book, "US", DEBTOR_BUSINESS));
}

/* Every limit of the data stands above. */
static void
test_articles(void **state)
{
	const struct fixture *f = *state;

	for (size_t i = 0; i < f->law.book.n_limits; i++) {
		const struct limit *l = &f->law.book.limits[i];
		bool found = false;

		for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++)
			found |= strcmp(rows[k].country, l->country) == 0 &&
			    rows[k].kind == l->kind;
		if (!found)
			fail_msg("no day for %s of %s", l->article, l->country);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_articles),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
