/* Amounts and dates as each language prints them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "letter/format.h"

#define NARROW "\u202f" /* between thousands in French */
#define FIXED  "\u00a0" /* before the sign */

struct money_case {
	const char *lang, *amount, *currency, *want;
};

static void
test_money(void **state)
{
	static const struct money_case cases[] = {
		{ "fr", "1234.56", "EUR", "1" NARROW "234,56" FIXED "€" },
		{ "fr", "0.00", "EUR", "0,00" FIXED "€" },
		{ "fr", "-0.05", "EUR", "-0,05" FIXED "€" },
		{ "fr", "999.99", "EUR", "999,99" FIXED "€" },
		{ "fr", "1234567.80", "EUR",
		    "1" NARROW "234" NARROW "567,80" FIXED "€" },
		{ "fr", "92233720368547758.07", "EUR",
		    "92" NARROW "233" NARROW "720" NARROW "368" NARROW
		    "547" NARROW "758,07" FIXED "€" },
		{ "fr", "1234.56", "CHF", "1" NARROW "234,56" FIXED "CHF" },
		{ "fr-FR", "1234.56", "EUR", "1" NARROW "234,56" FIXED "€" },
		{ "fr", "1234", "JPY", "1" NARROW "234" FIXED "JPY" },
		{ "fr", "1.50", "HUF", "1,50" FIXED "HUF" },
		{ "fr", "1.234", "TND", "1,234" FIXED "TND" },
		{ "en", "1234.56", "EUR", "€1,234.56" },
		{ "en", "1234.56", "CHF", "CHF" FIXED "1,234.56" },
		{ "de", "1234.56", "EUR", "1.234,56" FIXED "€" },
		{ "de", "-1234.56", "CHF", "-1.234,56" FIXED "CHF" },
		{ "nl", "1234.56", "EUR", "€" FIXED "1.234,56" },
		{ "it", "1234.56", "EUR", "1.234,56" FIXED "€" },
		{ "es", "12345.67", "EUR", "12.345,67" FIXED "€" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct money_case *c = &cases[i];
		struct err e = { 0 };
		struct money m;
		struct str out;

		str_init(&out, 256);
		assert_int_equal(money_parse(c->amount, c->currency, &m, &e),
		    0);
		assert_int_equal(format_money(m, c->lang, &out, &e), 0);
		assert_string_equal(out.p, c->want);
		str_done(&out);
	}
}

struct date_case {
	const char *lang, *date;
	enum date_style style;
	const char *want;
};

static void
test_date(void **state)
{
	static const struct date_case cases[] = {
		{ "fr", "2026-03-18", DATE_LONG, "18 mars 2026" },
		{ "fr", "2026-03-01", DATE_LONG, "1er mars 2026" },
		{ "fr", "2026-08-01", DATE_LONG, "1er août 2026" },
		{ "fr", "2026-12-11", DATE_LONG, "11 décembre 2026" },
		{ "fr", "2026-03-01", DATE_SHORT, "01/03/2026" },
		{ "fr", "1900-01-01", DATE_LONG, "1er janvier 1900" },
		{ "fr", "2999-12-31", DATE_SHORT, "31/12/2999" },
		{ "fr", "2024-02-29", DATE_SHORT, "29/02/2024" },
		{ "en", "2026-03-01", DATE_LONG, "1 March 2026" },
		{ "en", "2026-03-01", DATE_SHORT, "01/03/2026" },
		{ "de", "2026-03-01", DATE_LONG, "1. März 2026" },
		{ "de", "2026-03-01", DATE_SHORT, "01.03.2026" },
		{ "nl", "2026-03-01", DATE_LONG, "1 maart 2026" },
		{ "nl", "2026-03-01", DATE_SHORT, "01-03-2026" },
		{ "it", "2026-03-01", DATE_LONG, "1 marzo 2026" },
		{ "it", "2026-03-01", DATE_SHORT, "01/03/2026" },
		{ "es", "2026-03-01", DATE_LONG, "1 de marzo de 2026" },
		{ "es", "2026-03-01", DATE_SHORT, "01/03/2026" },
		{ "th", "2026-03-01", DATE_SHORT, "01/03/2026" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct date_case *c = &cases[i];
		struct err e = { 0 };
		struct str out;
		date_t d;

		str_init(&out, 256);
		assert_int_equal(date_parse(c->date, &d, &e), 0);
		assert_int_equal(format_date(d, c->lang, c->style, &out, &e),
		    0);
		assert_string_equal(out.p, c->want);
		str_done(&out);
	}
}

static void
test_rate(void **state)
{
	static const struct {
		const char *lang, *percent, *want;
	} cases[] = {
		{ "fr", "12.15", "12,15" FIXED "%" },
		{ "fr", "12.4", "12,40" FIXED "%" },
		{ "fr", "8.125", "8,125" FIXED "%" },
		{ "fr", "-0.62", "-0,62" FIXED "%" },
		{ "de", "11.27", "11,27" FIXED "%" },
		{ "en", "11.75", "11.75%" },
		{ "nl", "10.15", "10,15%" },
		{ "it", "1000", "1.000,00%" },
		{ "es", "0", "0,00" FIXED "%" },
	};
	struct formatter *f;
	struct str out;
	struct err e = { 0 };

	(void)state;
	str_init(&out, 256);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(formatter_open(cases[i].lang, &f, &e), 0);
		str_clear(&out);
		assert_int_equal(formatter_rate(f, cases[i].percent, &out, &e),
		    0);
		assert_string_equal(out.p, cases[i].want);
		formatter_close(f);
	}
	assert_int_equal(formatter_open("fr", &f, &e), 0);
	str_clear(&out);
	assert_int_equal(formatter_rate(f, "10-20", &out, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	assert_int_equal(out.len, 0);
	formatter_close(f);
	str_done(&out);
}

static void
test_unknown(void **state)
{
	static const char long_tag[] =
	    "a-language-tag-that-is-much-longer-than-anything-anybody-would-"
	    "call-a-language-but-a-file-may-hold-it-nevertheless-and-it-must-"
	    "not-hurt-anybody-when-it-does";
	static const char *const langs[] = { "", "zz", "gibberish!", "fr fr",
		"x-private", long_tag };
	struct money m = { .minor = 1, .currency = "EUR" };
	struct str out;

	(void)state;
	str_init(&out, 256);
	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++) {
		struct err e = { 0 };

		assert_int_equal(format_money(m, langs[i], &out, &e), -1);
		assert_int_equal(e.kind, ERR_USAGE);
		assert_int_equal(format_date(0, langs[i], DATE_LONG, &out, &e),
		    -1);
		assert_int_equal(e.kind, ERR_USAGE);
	}
	assert_int_equal(out.len, 0);
	str_done(&out);
}

static void
test_unknown_currency(void **state)
{
	struct money m = { .minor = 1, .currency = "QQQ" };
	struct err e = { 0 };
	struct str out;

	(void)state;
	str_init(&out, 256);
	assert_int_equal(format_money(m, "fr", &out, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	assert_non_null(strstr(e.text, "QQQ"));
	str_done(&out);
}

/* One formatter, many values, in any order: nothing sticks. */
static void
test_formatter_reuse(void **state)
{
	struct money eur = { .minor = 150, .currency = "EUR" };
	struct money jpy = { .minor = 150, .currency = "JPY" };
	struct formatter *f;
	struct err e = { 0 };
	struct str out;

	(void)state;
	str_init(&out, 256);
	assert_int_equal(formatter_open("fr", &f, &e), 0);
	assert_int_equal(formatter_money(f, jpy, &out, &e), 0);
	str_putc(&out, '|');
	assert_int_equal(formatter_money(f, eur, &out, &e), 0);
	str_putc(&out, '|');
	assert_int_equal(formatter_date(f, 0, DATE_SHORT, &out, &e), 0);
	str_putc(&out, '|');
	assert_int_equal(formatter_date(f, 0, DATE_LONG, &out, &e), 0);
	str_putc(&out, '|');
	assert_int_equal(formatter_date(f, 1, DATE_SHORT, &out, &e), 0);
	/* Texts of dates are remembered; those far apart share a place. */
	for (size_t i = 0; i < 4; i++) {
		str_putc(&out, '|');
		assert_int_equal(formatter_date(f, i % 2 == 0 ? 256 : 0,
				     DATE_SHORT, &out, &e),
		    0);
	}
	formatter_close(f);
	assert_string_equal(out.p,
	    "150" FIXED "JPY|1,50" FIXED "€|01/01/1970|1er janvier 1970|"
	    "02/01/1970|14/09/1970|01/01/1970|14/09/1970|01/01/1970");
	str_done(&out);
}

/* ICU would print the second currency with marks of the first. */
static void
test_currencies_apart(void **state)
{
	static const char *const codes[] = { "EUR", "JPY", "CHF", "EUR" };
	struct formatter *f;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(formatter_open("en-CH", &f, &e), 0);
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		struct str together, alone;
		struct money m;

		str_init(&together, 256);
		str_init(&alone, 256);
		assert_int_equal(money_parse("-1234567", codes[i], &m, &e), 0);
		assert_int_equal(formatter_money(f, m, &together, &e), 0);
		assert_int_equal(format_money(m, "en-CH", &alone, &e), 0);
		assert_string_equal(together.p, alone.p);
		str_done(&alone);
		str_done(&together);
	}
	formatter_close(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_money),
		cmocka_unit_test(test_date),
		cmocka_unit_test(test_rate),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_unknown_currency),
		cmocka_unit_test(test_formatter_reuse),
		cmocka_unit_test(test_currencies_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
