/* Rates as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rate.h"

static const struct {
	const char *text;
	int rc;
	int32_t milli;
} rate_texts[] = {
	{ "12.15", 0, 12150 },
	{ "0", 0, 0 },
	{ "-0.62", 0, -620 },
	{ "1000", 0, 1000000 },
	{ "1000.001", -1, 0 },
	{ "0.0001", -1, 0 },
	{ "12,15", -1, 0 },
	{ "12.", -1, 0 },
	{ "", -1, 0 },
	{ "-", -1, 0 },
	{ "1e3", -1, 0 },
	{ "99999999999999999999", -1, 0 },
};

static void
test_rate_text(void **state)
{
	char buf[RATE_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(rate_texts) / sizeof(*rate_texts); i++) {
		struct err e = { 0 };
		int32_t milli = 0;

		assert_int_equal(rate_parse(rate_texts[i].text, &milli, &e),
		    rate_texts[i].rc);
		assert_int_equal(milli, rate_texts[i].milli);
	}
	assert_string_equal(rate_fmt(12150, buf), "12.15");
	assert_string_equal(rate_fmt(-620, buf), "-0.62");
	assert_string_equal(rate_fmt(11333, buf), "11.333");
	assert_string_equal(rate_fmt(0, buf), "0.00");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rate_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
