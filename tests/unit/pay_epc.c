/*
 * EPC QR payloads: own vectors, each rule broken once, and the two examples
 * of EPC069-12 where ../shared/vectors is present.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pay/epc.h"

#define IBAN_FR "FR7630006000011234567890189"
#define IBAN_CH "CH9300762011623852957"
#define TEN     "0123456789"
#define SEVENTY TEN TEN TEN TEN TEN TEN TEN
#define EURO    "\xe2\x82\xac" /* three bytes, one character */
#define EURO10  EURO EURO EURO EURO EURO EURO EURO EURO EURO EURO
#define EURO70  EURO10 EURO10 EURO10 EURO10 EURO10 EURO10 EURO10

static const struct {
	struct epc in;
	const char *payload; /* NULL: refused, and `says` is in the message */
	const char *says;
} vectors[] = {
	{ { "Ateliers Valcourbe", IBAN_FR, "AGRIFRPP", { 171456, "EUR" },
	      "RF18539007547034", "" },
	    "BCD\n001\n1\nSCT\nAGRIFRPP\nAteliers Valcourbe\n" IBAN_FR
	    "\nEUR1714.56\n\nRF18539007547034",
	    "" },
	{ { "Caf\xc3\xa9", IBAN_FR, "", { 1, "EUR" }, "", "Facture 7" },
	    "BCD\n002\n1\nSCT\n\nCaf\xc3\xa9\n" IBAN_FR
	    "\nEUR0.01\n\n\nFacture 7",
	    "" },
	{ { "X", IBAN_FR, "", { 99999999999, "EUR" }, "", "" },
	    "BCD\n002\n1\nSCT\n\nX\n" IBAN_FR "\nEUR999999999.99", "" },
	{ { SEVENTY, IBAN_CH, "POFICHBEXXX", { 100, "EUR" }, "",
	      SEVENTY SEVENTY },
	    "BCD\n001\n1\nSCT\nPOFICHBEXXX\n" SEVENTY "\n" IBAN_CH
	    "\nEUR1.00\n\n\n" SEVENTY SEVENTY,
	    "" },
	{ { EURO70, IBAN_FR, "", { 100, "EUR" }, "", "" },
	    "BCD\n002\n1\nSCT\n\n" EURO70 "\n" IBAN_FR "\nEUR1.00", "" },
	{ { "", IBAN_FR, "", { 100, "EUR" }, "", "" }, NULL, "name" },
	{ { SEVENTY "x", IBAN_FR, "", { 100, "EUR" }, "", "" }, NULL, "name" },
	{ { "A\nDE1", IBAN_FR, "", { 100, "EUR" }, "", "" }, NULL, "name" },
	{ { "A\xc2\x85", IBAN_FR, "", { 100, "EUR" }, "", "" }, NULL, "name" },
	{ { "A\xff", IBAN_FR, "", { 100, "EUR" }, "", "" }, NULL, "name" },
	{ { "A", "FR76", "", { 100, "EUR" }, "", "" }, NULL, "IBAN" },
	{ { "A", "FR76 3000 6000 0112 3456 7890 189", "", { 100, "EUR" }, "",
	      "" },
	    NULL, "without spaces" },
	{ { "A", IBAN_CH, "", { 100, "EUR" }, "", "" }, NULL, "BIC" },
	{ { "A", IBAN_FR, "BHBLDE", { 100, "EUR" }, "", "" }, NULL, "BIC" },
	{ { "A", IBAN_FR, "", { 0, "EUR" }, "", "" }, NULL, "amount" },
	{ { "A", IBAN_FR, "", { -1, "EUR" }, "", "" }, NULL, "amount" },
	{ { "A", IBAN_FR, "", { 100000000000, "EUR" }, "", "" }, NULL,
	    "amount" },
	{ { "A", IBAN_FR, "", { 100, "CHF" }, "", "" }, NULL, "EUR" },
	{ { "A", IBAN_FR, "", { 100, "EUR" }, "RF19539007547034", "" }, NULL,
	    "reference" },
	{ { "A", IBAN_FR, "", { 100, "EUR" }, "RF18 5390 0754 7034", "" }, NULL,
	    "without spaces" },
	{ { "A", IBAN_FR, "", { 100, "EUR" }, "RF18539007547034", "x" }, NULL,
	    "not both" },
	{ { "A", IBAN_FR, "", { 100, "EUR" }, "", SEVENTY SEVENTY "x" }, NULL,
	    "text" },
	{ { "A", IBAN_FR, "", { 100, "EUR" }, "", "a\rb" }, NULL, "text" },
	{ { EURO70, IBAN_FR, "", { 100, "EUR" }, "", EURO70 }, NULL, "331" },
};

static void
test_vectors(void **state)
{
	char out[EPC_SIZE];
	struct err e;
	size_t i;
	int r;

	(void)state;
	for (i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		memset(&e, 0, sizeof(e));
		r = epc_payload(&vectors[i].in, out, &e);
		if (vectors[i].payload != NULL) {
			assert_int_equal(r, 0);
			assert_string_equal(out, vectors[i].payload);
			continue;
		}
		assert_int_equal(r, -1);
		assert_int_equal(e.kind, ERR_DATA);
		if (strstr(e.text, vectors[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", e.text,
			    vectors[i].says);
	}
}

/* Exactly 331 bytes fit, 332 do not. */
static void
test_limit(void **state)
{
	struct epc p = { .name = EURO70,
		.iban = IBAN_FR,
		.bic = "",
		.amount = { 1234, "EUR" },
		.reference = "" };
	char out[EPC_SIZE], text[128];
	struct err e;
	size_t fixed;

	(void)state;
	p.text = "x";
	assert_int_equal(epc_payload(&p, out, &e), 0);
	fixed = strlen(out) - 1;
	memset(text, 'x', sizeof(text));
	text[EPC_SIZE - 1 - fixed] = '\0';
	p.text = text;
	assert_int_equal(epc_payload(&p, out, &e), 0);
	assert_int_equal(strlen(out), EPC_SIZE - 1);
	text[EPC_SIZE - 1 - fixed] = 'x';
	text[EPC_SIZE - fixed] = '\0';
	assert_int_equal(epc_payload(&p, out, &e), -1);
}

/*
 * Example 1 has a purpose and an amount without trailing zero, which ours
 * never writes; every other line must be the same.
 */
static void
test_shared(void **state)
{
	const char *path =
	    "../shared/vectors/epc/epc069-12_example1_v001_utf8.txt";
	const struct epc p = { .name = "Franz Musterm\xc3\xa4nn",
		.iban = "DE71110220330123456789",
		.bic = "BHBLDEHHXXX",
		.amount = { 1230, "EUR" },
		.reference = "RF18539007547034",
		.text = "" };
	char out[EPC_SIZE], want[EPC_SIZE], *a, *b, *x, *y;
	FILE *f = fopen(path, "re");
	struct err e;
	size_t n;
	int i;

	(void)state;
	if (f == NULL) {
		print_message("skipped: %s is not there\n", path);
		skip();
	}
	n = fread(want, 1, sizeof(want) - 1, f);
	want[n] = '\0';
	fclose(f);
	assert_int_equal(epc_payload(&p, out, &e), 0);
	a = out;
	b = want;
	for (i = 1; a != NULL && b != NULL; i++) {
		x = strsep(&a, "\n");
		y = strsep(&b, "\n");
		if (i == 8)
			assert_string_equal(x, "EUR12.30");
		else if (i == 9)
			assert_string_equal(x, "");
		else
			assert_string_equal(x, y);
	}
	assert_int_equal(i, 11);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
