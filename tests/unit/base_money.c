/* money: texts to minor units and back, and the edges of 64 bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/money.h"

static const struct {
	const char *text, *currency;
	int64_t minor;
	const char *printed;
} good[] = {
	{ .text = "1234.56",
	    .currency = "EUR",
	    .minor = 123456,
	    .printed = "1234.56" },
	{ .text = "-1234.56",
	    .currency = "EUR",
	    .minor = -123456,
	    .printed = "-1234.56" },
	{ .text = "0", .currency = "EUR", .minor = 0, .printed = "0.00" },
	{ .text = "-0", .currency = "EUR", .minor = 0, .printed = "0.00" },
	{ .text = "0.05", .currency = "EUR", .minor = 5, .printed = "0.05" },
	{ .text = "-0.05", .currency = "EUR", .minor = -5, .printed = "-0.05" },
	{ .text = "12.5",
	    .currency = "CHF",
	    .minor = 1250,
	    .printed = "12.50" },
	{ .text = "007", .currency = "EUR", .minor = 700, .printed = "7.00" },
	{ .text = "1500", .currency = "JPY", .minor = 1500, .printed = "1500" },
	{ .text = "1.234",
	    .currency = "KWD",
	    .minor = 1234,
	    .printed = "1.234" },
	{ .text = "1.2345",
	    .currency = "CLF",
	    .minor = 12345,
	    .printed = "1.2345" },
	{ .text = "92233720368547758.07",
	    .currency = "EUR",
	    .minor = INT64_MAX,
	    .printed = "92233720368547758.07" },
	{ .text = "-92233720368547758.07",
	    .currency = "EUR",
	    .minor = -INT64_MAX,
	    .printed = "-92233720368547758.07" },
};

static const struct {
	const char *text, *currency, *says;
} bad[] = {
	{ .text = "", .currency = "EUR", .says = "bad amount" },
	{ .text = "-", .currency = "EUR", .says = "bad amount" },
	{ .text = "--1", .currency = "EUR", .says = "bad amount" },
	{ .text = "+1", .currency = "EUR", .says = "bad amount" },
	{ .text = ".5", .currency = "EUR", .says = "bad amount" },
	{ .text = "5.", .currency = "EUR", .says = "bad amount" },
	{ .text = "1,50", .currency = "EUR", .says = "bad amount" },
	{ .text = "1 500", .currency = "EUR", .says = "bad amount" },
	{ .text = "1'500", .currency = "CHF", .says = "bad amount" },
	{ .text = " 1", .currency = "EUR", .says = "bad amount" },
	{ .text = "1 ", .currency = "EUR", .says = "bad amount" },
	{ .text = "1e3", .currency = "EUR", .says = "bad amount" },
	{ .text = "0x10", .currency = "EUR", .says = "bad amount" },
	{ .text = "1.234", .currency = "EUR", .says = "at most 2 decimals" },
	{ .text = "1.0", .currency = "JPY", .says = "at most 0 decimals" },
	{ .text = "92233720368547758.08",
	    .currency = "EUR",
	    .says = "bad amount" },
	{ .text = "92233720368547759",
	    .currency = "EUR",
	    .says = "bad amount" },
	{ .text = "99999999999999999999999",
	    .currency = "EUR",
	    .says = "bad amount" },
	{ .text = "1", .currency = "eur", .says = "unknown currency 'eur'" },
	{ .text = "1", .currency = "EU", .says = "unknown currency" },
	{ .text = "1", .currency = "EURO", .says = "unknown currency" },
	{ .text = "1", .currency = "", .says = "unknown currency" },
	{ .text = "1", .currency = "R E", .says = "unknown currency" },
};

static void
test_good(void **state)
{
	char buf[MONEY_SIZE];
	struct money m;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (money_parse(good[i].text, good[i].currency, &m, &e) != 0)
			fail_msg("'%s': %s", good[i].text, e.text);
		assert_true(m.minor == good[i].minor);
		assert_string_equal(m.currency, good[i].currency);
		assert_string_equal(money_fmt(m, buf), good[i].printed);
	}
	m = (struct money){ .minor = INT64_MIN, .currency = "EUR" };
	assert_string_equal(money_fmt(m, buf), "-92233720368547758.08");
}

static void
test_bad(void **state)
{
	struct money m = { .minor = 4711 };
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (money_parse(bad[i].text, bad[i].currency, &m, &e) != -1)
			fail_msg("'%s' %s was taken", bad[i].text,
			    bad[i].currency);
		assert_int_equal(e.kind, ERR_DATA);
		if (strstr(e.text, bad[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", e.text, bad[i].says);
		assert_int_equal(m.minor, 4711);
	}
}

static void
test_decimals(void **state)
{
	(void)state;
	assert_int_equal(currency_decimals("EUR"), 2);
	assert_int_equal(currency_decimals("CHF"), 2);
	assert_int_equal(currency_decimals("XOF"), 0);
	assert_int_equal(currency_decimals("TND"), 3);
	assert_int_equal(currency_decimals("UYW"), 4);
	assert_int_equal(currency_decimals("EEE"), -1);
	assert_int_equal(currency_decimals("UR "), -1);
}

static const struct {
	int64_t a, b, sum, difference;
	int adds, subtracts; /* what the calls return */
} sums[] = {
	{ .a = 1,
	    .b = 2,
	    .sum = 3,
	    .difference = -1,
	    .adds = 0,
	    .subtracts = 0 },
	{ .a = -5,
	    .b = -7,
	    .sum = -12,
	    .difference = 2,
	    .adds = 0,
	    .subtracts = 0 },
	{ .a = INT64_MAX,
	    .b = 0,
	    .sum = INT64_MAX,
	    .difference = INT64_MAX,
	    .adds = 0,
	    .subtracts = 0 },
	{ .a = INT64_MAX,
	    .b = 1,
	    .sum = 0,
	    .difference = INT64_MAX - 1,
	    .adds = -1,
	    .subtracts = 0 },
	{ .a = INT64_MIN,
	    .b = 1,
	    .sum = INT64_MIN + 1,
	    .difference = 0,
	    .adds = 0,
	    .subtracts = -1 },
	{ .a = INT64_MAX,
	    .b = INT64_MIN,
	    .sum = -1,
	    .difference = 0,
	    .adds = 0,
	    .subtracts = -1 },
	{ .a = 0,
	    .b = INT64_MIN,
	    .sum = INT64_MIN,
	    .difference = 0,
	    .adds = 0,
	    .subtracts = -1 },
};

static void
check(int rc, int wanted, struct money m, int64_t before, int64_t after)
{
	assert_int_equal(rc, wanted);
	assert_true(m.minor == (wanted == 0 ? after : before));
}

static void
test_sums(void **state)
{
	struct money a = { .currency = "EUR" }, b = { .currency = "EUR" };
	struct err e;
	size_t i;
	int rc;

	(void)state;
	for (i = 0; i < sizeof(sums) / sizeof(sums[0]); i++) {
		a.minor = sums[i].a;
		b.minor = sums[i].b;
		rc = money_add(&a, b, &e);
		check(rc, sums[i].adds, a, sums[i].a, sums[i].sum);
		a.minor = sums[i].a;
		rc = money_sub(&a, b, &e);
		check(rc, sums[i].subtracts, a, sums[i].a, sums[i].difference);
	}
}

static void
test_currencies_never_mix(void **state)
{
	struct money eur, chf;
	struct err e;

	(void)state;
	assert_int_equal(money_zero("EUR", &eur, &e), 0);
	assert_int_equal(money_zero("CHF", &chf, &e), 0);
	assert_int_equal(eur.minor, 0);
	chf.minor = 1;
	assert_int_equal(money_add(&eur, chf, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	assert_int_equal(money_sub(&eur, chf, &e), -1);
	assert_int_equal(eur.minor, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_decimals),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_currencies_never_mix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
