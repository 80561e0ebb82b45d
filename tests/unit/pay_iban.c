/*
 * IBAN and BIC: own vectors (computed by hand from the registry's examples),
 * random ones of all countries with every mistyped digit, and ../shared/vectors
 * where present.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
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

/* ---- random ones ---- */

static const struct {
	const char *country, *bban;
} countries[] = {
#include "pay/iban_table.inc"
};

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

/* ISO 7064 MOD 97-10: the rest of the long number "bban country 00". */
static unsigned
rest_of(const char *bban, const char *country)
{
	char text[IBAN_SIZE + 2];
	unsigned rest = 0;

	(void)snprintf(text, sizeof(text), "%s%s00", bban, country);
	for (const char *c = text; *c != '\0'; c++)
		rest = is_digit(*c)
		    ? (rest * 10 + (unsigned)(*c - '0')) % 97
		    : (rest * 100 + (unsigned)(*c - 'A' + 10)) % 97;
	return rest;
}

static void
make_random(uint64_t *x, char out[IBAN_SIZE])
{
	static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t i = next_random(x) % (sizeof(countries) / sizeof(countries[0]));
	const char *spec = countries[i].bban;
	char bban[IBAN_SIZE];
	size_t n = 0;
	char *end;

	for (; *spec != '\0'; spec = end + 1)
		for (unsigned long k = strtoul(spec, &end, 10); k > 0; k--) {
			size_t from = *end == 'a' ? 10 : 0;
			size_t to = *end == 'n' ? 10 : 36;

			bban[n++] =
			    signs[from + (next_random(x) >> 8) % (to - from)];
		}
	bban[n] = '\0';
	(void)snprintf(out, IBAN_SIZE, "%s%02u%.30s", countries[i].country,
	    98 - rest_of(bban, countries[i].country), bban);
}

static void
expect_refused(const char *text)
{
	char out[IBAN_SIZE];
	struct err e;

	if (iban_parse(text, out, &e) == 0)
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
	uint64_t x = 20261122;

	(void)state;
	for (int round = 0; round < 100000; round++) {
		char iban[IBAN_SIZE], out[IBAN_SIZE], print[IBAN_PRINT_SIZE];
		struct err e;

		make_random(&x, iban);
		if (iban_parse(iban, out, &e) != 0)
			fail_msg("'%s': %s", iban, e.text);
		assert_string_equal(out, iban);
		(void)iban_fmt(iban, print);
		assert_int_equal(iban_parse(print, out, &e), 0);
		assert_string_equal(out, iban);
		if (round % 10 != 0)
			mistype(iban, next_random(&x) % strlen(iban));
		else
			for (size_t i = 0; iban[i] != '\0'; i++)
				mistype(iban, i);
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
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_check_digits_range),
		cmocka_unit_test(test_fmt),
		cmocka_unit_test(test_bic),
		cmocka_unit_test(test_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
