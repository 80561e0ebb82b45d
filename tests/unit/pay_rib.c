/*
 * Keys of French account numbers: vectors computed apart, letters of all
 * three rows, and every digit mistyped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pay/iban.h"
#include "pay/rib.h"

#define N(rows) (sizeof(rows) / sizeof((rows)[0]))

static const struct {
	const char *iban;
	const char *words; /* NULL: right */
} vectors[] = {
	{ "FR7630006000011234567890189", NULL },
	{ "FR1420041010050500013M02606", NULL },
	{ "FR7699999000000000000000033", NULL },
	{ "FR951234567890ABCDEFGHIJK68", NULL },
	{ "FR221234567890LMNOPQRSTUV16", NULL },
	{ "FR150000000000WXYZ000000034", NULL },
	{ "MC5811222000010123456789030", NULL },
	{ "BE68539007547034", NULL },
	{ "FR4930006000011234567890190",
	    "key is 90, by bank, branch and "
	    "account it is 89" },
	{ "FR8420041010050500013M02607", "it is 06" },
	{ "FR681234567890ABCDEFGHIJK69", "it is 68" },
	{ "FR921234567890LMNOPQRSTUV17", "it is 16" },
	{ "FR850000000000WXYZ000000035", "it is 34" },
	{ "MC6511222000010123456789001", "it is 30" },
};

static void
test_vectors(void **state)
{
	char iban[IBAN_SIZE];
	struct err e;

	(void)state;
	for (size_t i = 0; i < N(vectors); i++) {
		int want = vectors[i].words == NULL ? 0 : -1;

		/* All of them fit the IBAN's own check. */
		assert_int_equal(iban_parse(vectors[i].iban, iban, &e), 0);
		if (rib_check(iban, &e) != want)
			fail_msg("%s", iban);
		if (want != 0 && strstr(e.text, vectors[i].words) == NULL)
			fail_msg("'%s' lacks '%s'", e.text, vectors[i].words);
	}
}

static void
test_mistyped(void **state)
{
	char iban[] = "FR7630006000011234567890189";
	struct err e;

	(void)state;
	for (size_t i = 4; iban[i] != '\0'; i++) {
		char right = iban[i];

		for (int digit = 0; digit <= 9; digit++) {
			iban[i] = (char)('0' + digit);
			assert_int_equal(rib_check(iban, &e),
			    iban[i] == right ? 0 : -1);
		}
		iban[i] = right;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_mistyped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
