/*
 * ISO 11649 references: own vectors, random ones with every mistyped digit,
 * and ../shared/vectors where present.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pay/reference.h"

static const struct {
	const char *body;
	const char *reference; /* NULL: refused */
} makes[] = {
	{ "539007547034", "RF18539007547034" }, /* the standard's example */
	{ "7", "RF097" },
	{ "abc", "RF45ABC" },
	{ "123456789012345678901", "RF40123456789012345678901" },
	{ "", NULL },
	{ "A B", NULL },
	{ "ABC-DEF", NULL },
	{ "\xc3\xa9t\xc3\xa9", NULL },
	{ "1234567890123456789012", NULL },
};

static const struct {
	const char *text;
	const char *reference;
} parses[] = {
	{ "RF18539007547034", "RF18539007547034" },
	{ " rf18 5390 0754 7034", "RF18539007547034" },
	{ "RF097", "RF097" },
	{ "", NULL },
	{ "RF", NULL },
	{ "RF18", NULL },
	{ "RF19539007547034", NULL },
	{ "RF1A539007547034", NULL },
	{ "FR18539007547034", NULL },
	{ "RF18-539007547034", NULL },
	{ "RF0072", NULL },
	{ "RF0154", NULL },
	{ "RF991X", NULL },
	{ "RF4012345678901234567890100", NULL },
};

static void
test_make(void **state)
{
	char out[REFERENCE_SIZE], back[REFERENCE_SIZE];
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(makes) / sizeof(makes[0]); i++) {
		if (makes[i].reference == NULL) {
			assert_int_equal(reference_make(makes[i].body, out, &e),
			    -1);
			assert_int_equal(e.kind, ERR_DATA);
			continue;
		}
		assert_int_equal(reference_make(makes[i].body, out, &e), 0);
		assert_string_equal(out, makes[i].reference);
		assert_int_equal(reference_parse(out, back, &e), 0);
		assert_string_equal(back, out);
	}
}

static void
test_parse(void **state)
{
	char out[REFERENCE_SIZE];
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(parses) / sizeof(parses[0]); i++) {
		if (parses[i].reference == NULL) {
			assert_int_equal(reference_parse(parses[i].text, out,
					     &e),
			    -1);
			assert_int_equal(e.kind, ERR_DATA);
			continue;
		}
		assert_int_equal(reference_parse(parses[i].text, out, &e), 0);
		assert_string_equal(out, parses[i].reference);
	}
}

static void
test_fmt(void **state)
{
	char buf[REFERENCE_PRINT_SIZE];

	(void)state;
	assert_string_equal(reference_fmt("RF18539007547034", buf),
	    "RF18 5390 0754 7034");
	assert_string_equal(reference_fmt("RF15093", buf), "RF15 093");
	assert_string_equal(reference_fmt("RF40123456789012345678901", buf),
	    "RF40 1234 5678 9012 3456 7890 1");
}

/* ---- random ones ---- */

static uint64_t
next_random(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void
expect_refused(const char *text)
{
	char out[REFERENCE_SIZE];
	struct err e;

	if (reference_parse(text, out, &e) == 0)
		fail_msg("'%s' passes", text);
}

/* The digit at i becomes every other, and changes places with the next. */
static void
mistype(char *text, size_t i)
{
	char was = text[i], next = text[i + 1];

	if (!is_digit(was))
		return;
	for (text[i] = '0'; text[i] <= '9'; text[i]++)
		if (text[i] != was)
			expect_refused(text);
	text[i] = was;
	if (!is_digit(next) || next == was)
		return;
	text[i] = next;
	text[i + 1] = was;
	expect_refused(text);
	text[i] = was;
	text[i + 1] = next;
}

/* What is made is read, printed, and read again; no slip of a finger is. */
static void
test_random(void **state)
{
	static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	uint64_t x = 11649;

	(void)state;
	for (int round = 0; round < 100000; round++) {
		char ref[REFERENCE_SIZE], out[REFERENCE_SIZE];
		char print[REFERENCE_PRINT_SIZE], body[22];
		size_t n = 1 + next_random(&x) % 21;
		/* As many of digits alone as of both. */
		size_t of = next_random(&x) % 2 == 0 ? 10 : 36;
		struct err e;

		for (size_t i = 0; i < n; i++)
			body[i] = signs[(next_random(&x) >> 8) % of];
		body[n] = '\0';
		assert_int_equal(reference_make(body, ref, &e), 0);
		assert_string_equal(ref + 4, body);
		(void)reference_fmt(ref, print);
		assert_int_equal(reference_parse(print, out, &e), 0);
		assert_string_equal(out, ref);
		if (round % 10 != 0)
			mistype(ref, next_random(&x) % strlen(ref));
		else
			for (size_t i = 0; ref[i] != '\0'; i++)
				mistype(ref, i);
	}
}

/* input,kind,expected,source */
static void
check_shared(const char *text, const char *kind, const char *expected)
{
	char out[REFERENCE_SIZE], print[REFERENCE_PRINT_SIZE];
	struct err e;

	if (strcmp(kind, "valid") == 0) {
		if ((reference_parse(text, out, &e) == 0) !=
		    (strcmp(expected, "true") == 0))
			fail_msg("'%s' is to be %s", text, expected);
	} else if (strcmp(kind, "create") == 0) {
		if (strcmp(expected, "error") == 0) {
			assert_int_equal(reference_make(text, out, &e), -1);
			return;
		}
		assert_int_equal(reference_make(text, out, &e), 0);
		assert_string_equal(out, expected);
	} else if (strcmp(kind, "format") == 0) {
		assert_string_equal(reference_fmt(text, print), expected);
	} else if (strcmp(kind, "checkdigits") == 0) {
		assert_int_equal(reference_make(text, out, &e), 0);
		assert_memory_equal(out + 2, expected, 2);
	}
}

static void
test_shared(void **state)
{
	const char *path = "../shared/vectors/iban/iso11649.csv";
	char line[512], *text, *kind, *expected, *rest;
	FILE *f = fopen(path, "re");
	int rows = 0;

	(void)state;
	if (f == NULL) {
		print_message("skipped: %s is not there\n", path);
		skip();
	}
	while (fgets(line, sizeof(line), f) != NULL) {
		rest = line;
		text = strsep(&rest, ",");
		kind = strsep(&rest, ",");
		expected = strsep(&rest, ",");
		assert_non_null(expected);
		check_shared(text, kind, expected);
		rows++;
	}
	fclose(f);
	assert_true(rows > 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_make),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_fmt),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
