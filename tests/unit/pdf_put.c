/*
 * Values of a PDF as text: numbers to the last digit, strings and names that
 * nobody can close.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pdf/put.h"

static struct str out;

static void
test_numbers(void **state)
{
	static const struct {
		int64_t v;
		const char *whole, *milli;
	} cases[] = {
		{ 0, "0", "0" },
		{ 1, "1", "0.001" },
		{ 10, "10", "0.01" },
		{ 100, "100", "0.1" },
		{ 101, "101", "0.101" },
		{ 110, "110", "0.11" },
		{ 999, "999", "0.999" },
		{ 1000, "1000", "1" },
		{ 1010, "1010", "1.01" },
		{ 12500, "12500", "12.5" },
		{ 841890, "841890", "841.89" },
		{ 1000000, "1000000", "1000" },
		{ -4, "-4", "-0.004" },
		{ -70, "-70", "-0.07" },
		{ -2000, "-2000", "-2" },
		{ INT64_MAX, "9223372036854775807", "9223372036854775.807" },
		{ INT64_MIN, "-9223372036854775808", "-9223372036854775.808" },
	};
	size_t i;

	(void)state;
	str_init(&out, 1024);
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		str_clear(&out);
		pdf_put_int(&out, cases[i].v);
		assert_string_equal(out.p, cases[i].whole);
		str_clear(&out);
		pdf_put_milli(&out, cases[i].v);
		assert_string_equal(out.p, cases[i].milli);
	}
	str_done(&out);
}

static void
test_rounding(void **state)
{
	static const struct {
		int64_t pu, milli;
	} cases[] = { { 0, 0 }, { 1, 1 }, { 1024, 1000 }, { -1024, -1000 },
		{ 512, 500 }, { 64, 63 }, { -64, -63 }, { 32, 31 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(pdf_milli(cases[i].pu), cases[i].milli);
}

static void
test_words(void **state)
{
	static const struct {
		const char *given, *text, *name;
	} cases[] = {
		{ "", "()", "/" },
		{ "Lato-Bold", "(Lato-Bold)", "/Lato-Bold" },
		{ "a (b) \\", "(a \\(b\\) \\\\)", "/a#20#28b#29#20#5C" },
		{ ">>/Evil", "(>>/Evil)", "/#3E#3E#2FEvil" },
		{ "é", "<FEFF00E9>", "/#C3#A9" },
		{ "\xF0\x9F\x92\xB6", "<FEFFD83DDCB6>", "/#F0#9F#92#B6" },
		{ "a\nb", "<FEFF0061000A0062>", "/a#0Ab" },
	};
	size_t i;

	(void)state;
	str_init(&out, 1024);
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		str_clear(&out);
		pdf_put_text(&out, cases[i].given);
		assert_string_equal(out.p, cases[i].text);
		str_clear(&out);
		pdf_put_name(&out, cases[i].given);
		assert_string_equal(out.p, cases[i].name);
	}
	str_clear(&out);
	pdf_put_ref(&out, 120);
	assert_string_equal(out.p, "120 0 R ");
	str_done(&out);
}

/* A full string stays as it was, and says so. */
static void
test_full(void **state)
{
	size_t max;

	(void)state;
	for (max = 3; max < 40; max++) {
		str_init(&out, max);
		str_puts(&out, "ab ");
		pdf_put_ref(&out, 4294967295);
		pdf_put_milli(&out, -1001);
		pdf_put_int(&out, INT64_MIN);
		assert_true(out.over);
		assert_true(out.len <= max);
		assert_int_equal(strlen(out.p), out.len);
		assert_memory_equal(out.p, "ab ", 3);
		str_done(&out);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_rounding),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
