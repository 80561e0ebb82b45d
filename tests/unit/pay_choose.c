/*
 * The payment code that goes with account, currency and payer, and what of
 * a transfer it carries.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pay/choose.h"

#define N(rows) (sizeof(rows) / sizeof((rows)[0]))
#define RF      "RF83NABCDEF234567"
#define DAY     20600 /* 2026-05-27 */

#define FR      "FR7630006000011234567890189"
#define BE      "BE68539007547034"
#define CZ      "CZ2806000000000168540115"
#define HU      "HU42117730161111101800000000"
#define PL      "PL61109010140000071219812874"
#define SI      "SI56020170014356205"
#define CH      "CH9300762011623852957"

static const char long_name[] =
    "Ateliers de construction mécanique Valcourbe et Compagnie, Villefictive "
    "et Exempleville";

static const struct {
	const char *iban, *currency;
	int64_t minor;
	const char *payer, *reference;
	const char *code; /* NULL: none */
	const char *has;  /* part of the payload */
} rows[] = {
	{ FR, "EUR", 12345, "FR", RF, "epc", "\nEUR123.45\n\n" RF },
	/* A BIC goes only with an account outside the EEA. */
	{ FR, "EUR", 12345, "", RF, "epc", "BCD\n002\n1\nSCT\n\nAteliers" },
	{ CH, "EUR", 12345, "", RF, "epc", "\nSCT\nEXMPXXPPXXX\nAteliers" },
	{ BE, "EUR", 12345, "BE", "+++000/8938/54289+++", "epc",
	    "\nEUR123.45\n\n\n+++000/8938/54289+++" },
	{ FR, "EUR", 12345, "FR", "Client 12", "epc", "\n\n\nClient 12" },
	{ FR, "EUR", 99999999999, "FR", RF, "epc", "EUR999999999.99" },
	{ FR, "EUR", 100000000000, "FR", RF, NULL, NULL },
	{ FR, "EUR", 0, "FR", RF, NULL, NULL },
	{ "", "EUR", 12345, "FR", RF, NULL, NULL },
	{ FR, "USD", 12345, "FR", RF, NULL, NULL },
	{ CH, "CHF", 12345, "CH", RF, NULL, NULL },

	{ CZ, "CZK", 45000, "CZ", RF, "spayd", "*AM:450.00*CC:CZK*MSG:" RF },
	{ CZ, "CZK", 45000, "FR", RF, "spayd", "*RN:Ateliers de const" },
	{ CZ, "CZK", 45000, "CZ", "1234567890", "spayd", "*X-VS:1234567890" },
	{ CZ, "CZK", 45000, "CZ", "12345678901", "spayd", "*MSG:12345678901*" },
	{ FR, "CZK", 45000, "CZ", RF, "spayd", "ACC:" FR },
	{ CZ, "EUR", 45000, "CZ", RF, "spayd", "*CC:EUR*" },
	{ CZ, "EUR", 45000, "", RF, "spayd", "*CC:EUR*" },
	{ CZ, "EUR", 45000, "DE", RF, "epc", "\nEUR450.00\n" },

	{ HU, "HUF", 123400, "HU", RF, "mnb", "\nHUF1234\n20260527" },
	{ HU, "HUF", 123400, "HU", RF, "mnb", "\n" RF "\n\n\n" RF "\n" },
	{ HU, "HUF", 123450, "HU", RF, NULL, NULL }, /* no half forints */
	{ FR, "HUF", 123400, "HU", RF, NULL, NULL },
	{ HU, "EUR", 123400, "HU", RF, "epc", "\nEUR1234.00\n" },

	{ PL, "PLN", 12345, "PL", RF, "zbp",
	    "|012345|Ateliers de construc|" RF "|||" },
	{ PL, "PLN", 999999, "PL", RF, "zbp", "|999999|" },
	{ PL, "PLN", 1000000, "PL", RF, NULL, NULL }, /* six digits */
	{ PL, "PLN", 12345, "PL", "a|b", NULL, NULL },
	{ PL, "EUR", 12345, "PL", RF, "epc", "\nEUR123.45\n" },
	{ FR, "PLN", 12345, "PL", RF, NULL, NULL },

	{ SI, "EUR", 5558, "SI", RF, "upn",
	    "\n00000005558\n\n\nOTHR\n" RF "\n\n" SI "\n" RF "\nAteliers" },
	{ SI, "EUR", 5558, "", RF, "upn", "UPNQR\n" },
	{ SI, "EUR", 5558, "AT", RF, "epc", "\nEUR55.58\n" },
	/* What the national code cannot carry the common one may. */
	{ SI, "EUR", 5558, "SI", "a reference of more than 26 letters", "epc",
	    "\n\n\na reference of more" },
};

static void
test_choice(void **state)
{
	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct transfer t = {
			.payee = { .name = long_name },
			.payer = { .country = rows[i].payer },
			.iban = rows[i].iban,
			.bic = "EXMPXXPPXXX",
			.amount = { .minor = rows[i].minor },
			.reference = rows[i].reference,
			.due = DAY,
		};
		const struct pay_code *code;
		struct str payload;
		struct err e;

		memcpy(t.amount.currency, rows[i].currency, 4);
		str_init(&payload, 1000);
		assert_int_equal(choose_code(&t, &code, &payload, &e), 0);
		if (code == NULL || rows[i].code == NULL) {
			if (code != NULL || rows[i].code != NULL)
				fail_msg("row %zu: %s", i,
				    code != NULL ? code->name : "none");
		} else {
			assert_string_equal(code->name, rows[i].code);
			if (strstr(payload.p, rows[i].has) == NULL)
				fail_msg("row %zu: '%s' lacks '%s'", i,
				    payload.p, rows[i].has);
		}
		str_done(&payload);
	}
}

/* EPC is asked for by name: it, or none. */
static void
test_epc(void **state)
{
	struct transfer t = { .payee = { .name = "Podjetje" },
		.iban = SI,
		.amount = { .minor = 5558, .currency = "EUR" },
		.reference = RF,
		.due = DATE_NONE };
	const struct pay_code *code;
	struct str payload;
	struct err e;

	(void)state;
	str_init(&payload, 1000);
	assert_int_equal(choose_epc(&t, &code, &payload, &e), 0);
	assert_string_equal(code->name, "epc");
	t.iban = PL;
	memcpy(t.amount.currency, "PLN", 4);
	assert_int_equal(choose_epc(&t, &code, &payload, &e), 0);
	assert_null(code);
	/* Wrong data are said, not left out. */
	t.iban = CH;
	memcpy(t.amount.currency, "EUR", 4);
	assert_int_equal(choose_code(&t, &code, &payload, &e), -1);
	assert_null(code);
	assert_non_null(strstr(e.text, "give its BIC"));
	/* So is a wrong BIC, though the code would not carry it. */
	t.iban = FR;
	t.bic = "EXMPFR";
	assert_int_equal(choose_code(&t, &code, &payload, &e), -1);
	assert_non_null(strstr(e.text, "the BIC has 8 or 11"));
	str_done(&payload);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_choice),
		cmocka_unit_test(test_epc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
