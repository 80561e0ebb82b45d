/*
 * References of one country: Swiss QR references and Belgian structured
 * messages. Own vectors; no mistyped digit is taken; ../shared/vectors where
 * present.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pay/ogm.h"
#include "pay/qrref.h"

static const struct {
	const char *digits, *qrref, *ogm; /* NULL: refused */
} makes[] = {
	{ "123456", "000000000000000000001234565", "000012345672" },
	{ "0", NULL, "000000000097" },
	{ "97", "000000000000000000000000976", "000000009797" },
	{ "0108068171", "000000000000000001080681718", "010806817183" },
	{ "12345678901", "000000000000000123456789017", NULL },
	{ "21000000000313947143000901", "210000000003139471430009017", NULL },
	{ "123456789012345678901234567", NULL, NULL },
	{ "12a", NULL, NULL },
	{ "", NULL, NULL },
};

static void
test_make(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(makes) / sizeof(makes[0]); i++) {
		char ref[QRREF_SIZE], ogm[OGM_SIZE];
		struct err e = { 0 };

		assert_int_equal(qrref_make(makes[i].digits, ref, &e),
		    makes[i].qrref != NULL ? 0 : -1);
		if (makes[i].qrref != NULL)
			assert_string_equal(ref, makes[i].qrref);
		assert_int_equal(ogm_make(makes[i].digits, ogm, &e),
		    makes[i].ogm != NULL ? 0 : -1);
		if (makes[i].ogm != NULL)
			assert_string_equal(ogm, makes[i].ogm);
	}
}

static void
test_forms(void **state)
{
	char ref[QRREF_SIZE], ogm[OGM_SIZE], buf[QRREF_PRINT_SIZE];
	struct err e = { 0 };

	(void)state;
	assert_int_equal(qrref_parse(" 21 00000 00003 13947 14300 09017 ", ref,
			     &e),
	    0);
	assert_string_equal(qrref_fmt(ref, buf),
	    "21 00000 00003 13947 14300 09017");
	assert_int_equal(qrref_parse("000000000000000000000000000", ref, &e),
	    -1);
	assert_int_equal(ogm_parse("+++010/8068/17183+++", ogm, &e), 0);
	assert_string_equal(ogm_fmt(ogm, buf), "+++010/8068/17183+++");
	assert_int_equal(ogm_parse("***010 8068 17183***", ogm, &e), 0);
	assert_int_equal(ogm_parse("010/8068/1718x", ogm, &e), -1);
	assert_int_equal(ogm_parse("010/8068/171834", ogm, &e), -1);
	assert_int_equal(ogm_parse("", ogm, &e), -1);
	assert_true(qrref_iban_is_qr("CH4431999123000889012"));
	assert_true(qrref_iban_is_qr("LI0830000000000000000"));
	assert_false(qrref_iban_is_qr("CH5800791123000889012"));
	assert_false(qrref_iban_is_qr("CH0032000000000000000"));
	assert_false(qrref_iban_is_qr("FR4431999123000889012"));
	assert_false(qrref_iban_is_qr("CH"));
}

static uint64_t
next_random(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

/* Every digit replaced by every other is noticed. */
static void
mistype_qrref(char *ref)
{
	for (size_t i = 0; ref[i] != '\0'; i++) {
		char was = ref[i], bad[QRREF_SIZE];
		struct err e;

		for (ref[i] = '0'; ref[i] <= '9'; ref[i]++)
			assert_int_equal(qrref_parse(ref, bad, &e),
			    ref[i] == was ? 0 : -1);
		ref[i] = was;
	}
}

static void
test_random_qrref(void **state)
{
	uint64_t x = 20261121;

	(void)state;
	for (int round = 0; round < 100000; round++) {
		char digits[27], ref[QRREF_SIZE], back[QRREF_SIZE];
		char print[QRREF_PRINT_SIZE];
		struct err e = { 0 };

		(void)snprintf(digits, sizeof(digits), "%llu%06llu",
		    (unsigned long long)next_random(&x),
		    (unsigned long long)(next_random(&x) % 1000000));
		assert_int_equal(qrref_make(digits, ref, &e), 0);
		assert_int_equal(qrref_parse(qrref_fmt(ref, print), back, &e),
		    0);
		assert_string_equal(back, ref);
		if (round % 20 == 0)
			mistype_qrref(ref);
	}
}

/* The same of structured messages, and of neighbours that change places. */
static void
mistype_ogm(char *ogm)
{
	for (size_t i = 0; ogm[i] != '\0'; i++) {
		char was = ogm[i], bad[OGM_SIZE];
		struct err e;

		for (ogm[i] = '0'; ogm[i] <= '9'; ogm[i]++)
			assert_int_equal(ogm_parse(ogm, bad, &e),
			    ogm[i] == was ? 0 : -1);
		ogm[i] = was;
		if (ogm[i + 1] == '\0' || ogm[i + 1] == was)
			continue;
		ogm[i] = ogm[i + 1];
		ogm[i + 1] = was;
		assert_int_equal(ogm_parse(ogm, bad, &e), -1);
		ogm[i + 1] = ogm[i];
		ogm[i] = was;
	}
}

static void
test_random_ogm(void **state)
{
	uint64_t x = 97;

	(void)state;
	for (int round = 0; round < 100000; round++) {
		char digits[11], ogm[OGM_SIZE], back[OGM_SIZE];
		char print[OGM_PRINT_SIZE];
		struct err e = { 0 };

		(void)snprintf(digits, sizeof(digits), "%llu",
		    (unsigned long long)(next_random(&x) % 10000000000));
		assert_int_equal(ogm_make(digits, ogm, &e), 0);
		assert_int_equal(ogm_parse(ogm_fmt(ogm, print), back, &e), 0);
		assert_string_equal(back, ogm);
		if (round % 20 == 0)
			mistype_ogm(ogm);
	}
}

/* One row "input,kind,expected,source" of either file. */
static void
check_shared(const char *text, const char *kind, const char *expected,
    bool swiss)
{
	char ref[QRREF_SIZE], buf[QRREF_PRINT_SIZE];
	struct err e = { 0 };
	int rc;

	if (strcmp(kind, "valid") == 0) {
		rc = swiss ? qrref_parse(text, ref, &e)
			   : ogm_parse(text, ref, &e);
		assert_int_equal(rc, strcmp(expected, "true") == 0 ? 0 : -1);
	} else if (strcmp(kind, "format") == 0) {
		rc = swiss ? qrref_parse(text, ref, &e)
			   : ogm_parse(text, ref, &e);
		assert_int_equal(rc, 0);
		assert_string_equal(swiss ? qrref_fmt(ref, buf)
					  : ogm_fmt(ref, buf),
		    expected);
	} else {
		rc =
		    swiss ? qrref_make(text, ref, &e) : ogm_make(text, ref, &e);
		assert_int_equal(rc, strcmp(expected, "error") == 0 ? -1 : 0);
		if (rc == 0 && strcmp(kind, "create") == 0)
			assert_string_equal(ref, expected);
		else if (rc == 0)
			assert_string_equal(ref + (swiss ? 26 : 10), expected);
	}
}

static void
check_file(const char *path, bool swiss)
{
	FILE *f = fopen(path, "re");
	char line[400];
	int rows = 0;

	if (f == NULL) {
		print_message("skipped: %s is not there\n", path);
		skip();
	}
	assert_non_null(fgets(line, sizeof(line), f));
	while (fgets(line, sizeof(line), f) != NULL) {
		char *rest = line, *text = strsep(&rest, ",");
		char *kind = strsep(&rest, ","), *want = strsep(&rest, ",");

		check_shared(text, kind, want, swiss);
		rows++;
	}
	(void)fclose(f);
	assert_true(rows >= 5);
}

static void
test_shared(void **state)
{
	(void)state;
	check_file("../shared/vectors/swiss_qr/qr_reference.csv", true);
	check_file("../shared/vectors/be_ogm/ogm.csv", false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_make),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_random_qrref),
		cmocka_unit_test(test_random_ogm),
		cmocka_unit_test(test_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
