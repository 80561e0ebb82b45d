/*
 * Payment references of notices: of the kind the account asks for, and found
 * again in what banks write of a payment.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pay/ogm.h"
#include "pay/payref.h"
#include "pay/qrref.h"
#include "pay/reference.h"

#define N(rows)    (sizeof(rows) / sizeof((rows)[0]))
#define FRENCH     "FR7630006000011234567890189"
#define BELGIAN    "BE68539007547034"
#define SWISS      "CH9300762011623852957"
#define QR_IBAN    "CH4431999123000889012"
#define NOTICE     "NABCDEF234567"
#define RF         "RF83NABCDEF234567"
#define OGM        "+++000/8938/54289+++"
#define QRR        "000000000011997108952411843"
#define QRR_GROUPS "00 00000 00011 99710 89524 11843"

static const struct {
	const char *id, *iban;
	const char *reference; /* NULL: refused */
	const char *print;
} makes[] = {
	{ NOTICE, FRENCH, RF, "RF83 NABC DEF2 3456 7" },
	{ NOTICE, SWISS, RF, "RF83 NABC DEF2 3456 7" },
	{ NOTICE, BELGIAN, OGM, OGM },
	{ NOTICE, QR_IBAN, QRR, QRR_GROUPS },
	/* The first and the last id there can be. */
	{ "NAAAAAAAAAAAA", BELGIAN, "+++000/0000/00097+++", NULL },
	{ "N777777777777", BELGIAN, "+++858/9934/59169+++", NULL },
	{ "NAAAAAAAAAAAA", QR_IBAN, "000000000000000000000000011", NULL },
	{ "NABCDEF23456", FRENCH, NULL, NULL },
	{ "NABCDEF2345678", BELGIAN, NULL, NULL },
	{ "NABCDEF23456O1", QR_IBAN, NULL, NULL },
	{ "NABCDEF23456é", FRENCH, NULL, NULL },
	{ "XABCDEF234567", FRENCH, NULL, NULL },
	{ "", FRENCH, NULL, NULL },
};

static void
test_make(void **state)
{
	char ref[PAYREF_SIZE], print[PAYREF_PRINT_SIZE];
	struct err e;

	(void)state;
	for (size_t i = 0; i < N(makes); i++) {
		if (makes[i].reference == NULL) {
			assert_int_equal(payref_make(makes[i].id, makes[i].iban,
					     ref, &e),
			    -1);
			continue;
		}
		assert_int_equal(payref_make(makes[i].id, makes[i].iban, ref,
				     &e),
		    0);
		assert_string_equal(ref, makes[i].reference);
		if (makes[i].print != NULL)
			assert_string_equal(payref_fmt(ref, print),
			    makes[i].print);
		assert_true(payref_names(ref, makes[i].id));
	}
}

static void
test_fmt(void **state)
{
	static const struct {
		const char *text, *print;
	} rows[] = {
		{ "RF18539007547034", "RF18 5390 0754 7034" },
		{ "210000000003139471430009017",
		    "21 00000 00003 13947 14300 09017" },
		/* Free words, a number that happens to fit, wrong digits. */
		{ "Client 12", "Client 12" },
		{ "010806817183", "010806817183" },
		{ "+++010/8068/17184+++", "+++010/8068/17184+++" },
		{ "210000000003139471430009018",
		    "210000000003139471430009018" },
		{ "", "" },
	};
	char print[PAYREF_PRINT_SIZE];

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		assert_string_equal(payref_fmt(rows[i].text, print),
		    rows[i].print);
}

/* What banks and people make of a reference. */
static const struct {
	const char *text;
	bool names;
} labels[] = {
	{ RF, true },
	{ "rf83 nabc def2 3456 7", true },
	{ "VIR SEPA BRUME /RF83NABCDEF234567/ EREF 12", true },
	{ "RF83-NABC-DEF2-3456-7.", true },
	{ "RF83\u00a0NABC\u00a0DEF2\u202f3456\u00a07", true },
	{ "RF18539007547034 puis RF83NABCDEF234567", true },
	{ "RFRF83NABCDEF234567", true },
	{ OGM, true },
	{ "***000/8938/54289***", true },
	{ "000893854289", true },
	{ "000 8938 54289", true },
	{ "paiement 000/8938/54289 merci", true },
	{ "12.03.2026 000893854289 7", true },
	{ QRR, true },
	{ QRR_GROUPS, true },
	{ "QRR 00 00000 00011 99710 89524 11843, CHF 12.50", true },
	/* Others, mistyped, cut, in the middle of longer numbers. */
	{ "", false },
	{ "RF", false },
	{ "RF83", false },
	{ "RF83NABCDEF23456", false },
	{ "RF84NABCDEF234567", false },
	{ "RF83NABCDEF234576", false },
	{ "000893854290", false },
	{ "00089385428", false },
	{ "1000893854289", false },
	{ "0008938542891", false },
	{ "000/8938/542891", false },
	{ "000000000011997108952411842", false },
	{ "0000000000119971089524118431", false },
	{ "999999999948", false },
	{ "999999999999999999999999992", false },
	{ "é\xff RF\xff", false },
};

static void
test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < N(labels); i++)
		if (payref_names(labels[i].text, NOTICE) != labels[i].names)
			fail_msg("'%s'", labels[i].text);
	assert_false(payref_names(RF, "NABCDEF"));
}

/* One after the other; of a structured message the beginning only. */
static void
test_next(void **state)
{
	const char *at = "RF83NABCDEF234567 / 000893854289; " QRR;
	char id[NOTICE_ID_SIZE];

	(void)state;
	assert_true(payref_next(&at, id));
	assert_string_equal(id, NOTICE);
	assert_true(payref_next(&at, id));
	assert_string_equal(id, "NABCDEF");
	assert_true(payref_next(&at, id));
	assert_string_equal(id, NOTICE);
	assert_false(payref_next(&at, id));
	/* Two ids of the same beginning: those 33 bits are all it has. */
	assert_true(payref_names(OGM, "NABCDEF23AAAA"));
	assert_false(payref_names(OGM, "NABCDEFA34567"));
}

/* Ids of all kinds make right references that name them and no neighbour. */
static void
test_many(void **state)
{
	static const char *const ibans[] = { FRENCH, BELGIAN, QR_IBAN };
	static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char ref[PAYREF_SIZE], right[PAYREF_SIZE], id[NOTICE_ID_SIZE] = "N";
	uint64_t seed = 5;
	struct err e;

	(void)state;
	for (int i = 0; i < 30000; i++) {
		for (int k = 1; k <= 12; k++) {
			seed = seed * 6364136223846793005u + 1;
			id[k] = base32[seed >> 59];
		}
		assert_int_equal(payref_make(id, ibans[i % 3], ref, &e), 0);
		assert_int_equal(i % 3 == 0 ? reference_parse(ref, right, &e)
			: i % 3 == 1        ? ogm_parse(ref, right, &e)
					    : qrref_parse(ref, right, &e),
		    0);
		assert_true(payref_names(ref, id));
		assert_true(payref_names(right, id));
		id[1] = id[1] == 'A' ? 'B' : 'A';
		assert_false(payref_names(ref, id));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_make),
		cmocka_unit_test(test_fmt),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_next),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
