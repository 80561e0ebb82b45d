/*
 * IBAN and BIC: own vectors (computed by hand from the registry's examples),
 * every single mistyped digit, and ../shared/vectors where present.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pay/iban.h"

static const struct {
	const char *text;
	const char *iban; /* NULL: refused, with a message that has `says` */
	const char *says;
} vectors[] = {
	{ "FR1420041010050500013M02606", "FR1420041010050500013M02606", "" },
	{ "fr14 2004 1010 0505 0001 3m02 606", "FR1420041010050500013M02606",
	    "" },
	{ "FR7630006000011234567890189", "FR7630006000011234567890189", "" },
	{ " DE89370400440532013000 ", "DE89370400440532013000", "" },
	{ "CH9300762011623852957", "CH9300762011623852957", "" },
	{ "NO9386011117947", "NO9386011117947", "" },
	{ "MT84MALT011000012345MTLCAST001S", "MT84MALT011000012345MTLCAST001S",
	    "" },
	{ "LC55HEMM000100010012001200023015",
	    "LC55HEMM000100010012001200023015", "" },
	{ "", NULL, "two letters" },
	{ "FR", NULL, "two letters" },
	{ "1430006000011234567890189", NULL, "two letters" },
	{ "FRA630006000011234567890189", NULL, "two letters" },
	{ "FR76-3000-6000-0112-3456-7890-189", NULL, "other characters" },
	{ "FR76\n30006000011234567890189", NULL, "other characters" },
	{ "FR763000600001123456789018900000000", NULL, "more than 34" },
	{ "GP7630006000011234567890189", NULL, "country GP" },
	{ "FR763000600001123456789018", NULL, "26 characters, FR has 27" },
	{ "FR76300060000112345678901899", NULL, "28 characters" },
	{ "FR76A0006000011234567890189", NULL, "a letter stands" },
	{ "DE8937040044053201300A", NULL, "a letter stands" },
	{ "FR7630006000011234567890188", NULL, "mistyped" },
	{ "FR6730006000011234567890189", NULL, "mistyped" },
};

static const struct {
	const char *bic;
	bool valid;
} bics[] = {
	{ "AGRIFRPP", true },
	{ "BHBLDEHHXXX", true },
	{ "DEUTDEFF500", true },
	{ "A1B2FRPP", true },
	{ "", false },
	{ "BHBLDE", false },
	{ "BHBLDEHHX", false },
	{ "BHBLDEHHXX", false },
	{ "BHBLDEHHXXXX", false },
	{ "BHBLDEH ", false },
	{ "AGRI1RPP", false },
	{ "AGRIF2PP", false },
	{ "agrifrpp", false },
};

static void
test_vectors(void **state)
{
	char out[IBAN_SIZE];
	struct err e;
	size_t i;
	int r;

	(void)state;
	for (i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		memset(&e, 0, sizeof(e));
		r = iban_parse(vectors[i].text, out, &e);
		if (vectors[i].iban != NULL) {
			assert_int_equal(r, 0);
			assert_string_equal(out, vectors[i].iban);
			continue;
		}
		assert_int_equal(r, -1);
		assert_int_equal(e.kind, ERR_DATA);
		if (strstr(e.text, vectors[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", e.text,
			    vectors[i].says);
	}
}

/* Mod 97 finds every single wrong digit and every swap of neighbours. */
static void
test_every_mistyped_digit(void **state)
{
	const char *good = "FR7630006000011234567890189";
	char text[IBAN_SIZE], out[IBAN_SIZE];
	struct err e;
	size_t i;
	int c;

	(void)state;
	for (i = 2; i < strlen(good); i++) {
		for (c = '0'; c <= '9'; c++) {
			snprintf(text, sizeof(text), "%s", good);
			text[i] = (char)c;
			assert_int_equal(iban_parse(text, out, &e),
			    c == good[i] ? 0 : -1);
		}
		if (i + 1 == strlen(good) || good[i] == good[i + 1])
			continue;
		snprintf(text, sizeof(text), "%s", good);
		text[i] = good[i + 1];
		text[i + 1] = good[i];
		assert_int_equal(iban_parse(text, out, &e), -1);
	}
}

/* 97 + 2 = 99 leaves the same rest as 02: it must be refused by itself. */
static void
test_check_digits_range(void **state)
{
	char text[IBAN_SIZE], out[IBAN_SIZE];
	struct err e;
	int account, found = 0;

	(void)state;
	for (account = 0; account < 3000; account++) {
		snprintf(text, sizeof(text), "BE02%012d", account);
		if (iban_parse(text, out, &e) == -1)
			continue;
		text[2] = '9';
		text[3] = '9';
		assert_int_equal(iban_parse(text, out, &e), -1);
		found++;
	}
	assert_true(found > 10);
}

static void
test_fmt(void **state)
{
	char buf[IBAN_PRINT_SIZE];

	(void)state;
	assert_string_equal(iban_fmt("FR7630006000011234567890189", buf),
	    "FR76 3000 6000 0112 3456 7890 189");
	assert_string_equal(iban_fmt("BE68844010370034", buf),
	    "BE68 8440 1037 0034");
	assert_string_equal(iban_fmt("AB12345678901234567890123456789012", buf),
	    "AB12 3456 7890 1234 5678 9012 3456 7890 12");
}

static void
test_bic(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bics) / sizeof(bics[0]); i++) {
		if (bic_valid(bics[i].bic) != bics[i].valid)
			fail_msg("BIC '%s'", bics[i].bic);
	}
}

/* input,kind,expected,source */
static void
check_shared(const char *text, const char *kind, const char *expected)
{
	char out[IBAN_SIZE], print[IBAN_PRINT_SIZE];
	struct err e;
	int r = iban_parse(text, out, &e);

	if (strcmp(kind, "valid") == 0) {
		if ((r == 0) != (strcmp(expected, "true") == 0))
			fail_msg("'%s' is to be %s", text, expected);
	} else if (strcmp(kind, "format") == 0) {
		assert_int_equal(r, 0);
		assert_string_equal(iban_fmt(out, print), expected);
	}
}

static void
test_shared(void **state)
{
	const char *path = "../shared/vectors/iban/iban.csv";
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
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_every_mistyped_digit),
		cmocka_unit_test(test_check_digits_range),
		cmocka_unit_test(test_fmt),
		cmocka_unit_test(test_bic),
		cmocka_unit_test(test_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
