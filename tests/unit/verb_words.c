/* The words of a notice's data, by language and country. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "verb/notice_words.h"

#define N(rows) (sizeof(rows) / sizeof((rows)[0]))

static void
test_language(void **state)
{
	static const struct {
		const char *of_debtor, *want;
	} rows[] = {
		{ "fr", "fr" },
		{ "fr-CA", "fr" },
		{ "de", "de" },
		{ "en-GB", "en" },
		{ "", "xx" },
		{ "nl-BE", "nl" },
		{ "it", "it" },
		{ "es", "es" },
		{ "pt", "xx" },
		{ "fry", "xx" },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct debtor d = { .language = rows[i].of_debtor };

		assert_string_equal(words_language(&d, "xx"), rows[i].want);
	}
	assert_string_equal(words_greeting("en"), "Dear Sir or Madam");
	assert_string_equal(words_greeting("it"), "Gentile Cliente");
	assert_string_equal(words_greeting("pt"), "Madame, Monsieur");
}

/* An invoice of several instalments is one; what is not demanded is none. */
static void
test_invoices(void **state)
{
	static const struct {
		const char *lang;
		size_t n;
		const char *want;
	} rows[] = {
		{ "fr", 1, "facture F1" },
		{ "fr", 2, "facture F1" },
		{ "fr", 3, "factures F1 et F2" },
		{ "de", 3, "Rechnungen F1 und F2" },
		{ "en", 4, "3 invoices" },
		{ "fr", 5, "3 factures" },
		{ "nl", 3, "facturen F1 en F2" },
		{ "it", 1, "fattura F1" },
		{ "es", 4, "3 facturas" },
	};
	struct notice_line lines[] = {
		{ .invoice = "F1", .role = LINE_DEMANDED },
		{ .invoice = "F1", .role = LINE_DEMANDED },
		{ .invoice = "F2", .role = LINE_DEMANDED },
		{ .invoice = "F3", .role = LINE_DEMANDED },
		{ .invoice = "F4", .role = LINE_INFORMATIONAL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct notice n = { .lines = lines, .n_lines = rows[i].n };

		assert_string_equal(words_invoices(&n, rows[i].lang, a),
		    rows[i].want);
	}
	arena_free(a);
}

/* One invoice as a title; none at all. */
static void
test_invoice(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(words_invoice("F/1", "fr", a), "Facture F/1");
	assert_string_equal(words_invoice("F/1", "de-AT", a), "Rechnung F/1");
	assert_string_equal(words_invoice("F/1", "xx", a), "Facture F/1");
	assert_string_equal(words_numbers(NULL, 0, "fr", a), "");
	arena_free(a);
}

static void
test_address(void **state)
{
	static const struct {
		const char *country, *home, *town, *last;
	} rows[] = {
		{ "FR", "FR", "12345 ÎLE-D'ŒUVRE", "12345 ÎLE-D'ŒUVRE" },
		{ "DE", "FR", "12345 ÎLE-D'ŒUVRE", "ALLEMAGNE" },
		{ "CH", "DE", "12345 ÎLE-D'ŒUVRE", "SCHWEIZ" },
		{ "GB", "FR", "ÎLE-D'ŒUVRE 12345", "ROYAUME-UNI" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct debtor d = {
			.name = "Moulin & Fils",
			.address = { "3 rue Haute", "", "Bât. C" },
			.postcode = "12345",
			.city = "Île-d'Œuvre",
			.country = rows[i].country,
		};
		const char *lines[ADDRESS_LINES];
		size_t n = words_address(&d, rows[i].home, a, lines);

		assert_int_equal(n, i == 0 ? 4 : 5);
		assert_string_equal(lines[0], "Moulin & Fils");
		assert_string_equal(lines[1], "3 rue Haute");
		assert_string_equal(lines[2], "Bât. C");
		assert_string_equal(lines[3], rows[i].town);
		assert_string_equal(lines[n - 1], rows[i].last);
	}
	arena_free(a);
}

static void
test_town(void **state)
{
	static const char *const address[] = { "12 rue des Exemples",
		"69990 Villefictive 2" };
	struct creditor c = { .address = address, .n_address = 2 };
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(words_town(&c, a), "Villefictive 2");
	arena_free(a);
}

static void
test_file_name(void **state)
{
	static const struct {
		const char *title, *want;
	} rows[] = {
		{ "Action requise, deuxième rappel\u00a0– facture F2026-0048",
		    "Action-requise-deuxieme-rappel-facture-F2026-0048" },
		{ "FÖRMLICHE MAHNUNG (MISE EN DEMEURE)",
		    "FORMLICHE-MAHNUNG-MISE-EN-DEMEURE" },
		{ "facture ../../etc/passwd\"\\", "facture-etc-passwd" },
		{ "-rf .", "rf" },
		{ "日本 – …", "N1" },
		{ "", "N1" },
		{ "0123456789012345678901234567890123456789"
		  "012345678901234567890123456789012345678 x",
		    "0123456789012345678901234567890123456789"
		    "012345678901234567890123456789012345678" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		assert_string_equal(words_file_name(rows[i].title, "N1", a),
		    rows[i].want);
	arena_free(a);
}

static void
test_methods(void **state)
{
	static const struct {
		const char *method, *lang;
		bool ours;
		const char *want;
	} rows[] = {
		{ "virement", "fr", true, "virement" },
		{ "virement", "de", false, "Überweisung" },
		{ "Karte", "en", false, "card" },
		{ "troc", "fr", true, "troc" },
		{ "troc", "en", false, NULL },
		{ "virement", "it", false, "bonifico" },
		{ "virement", "pt", true, "virement" },
		{ "virement", "pt", false, NULL },
	};
	const char *three[] = { "virement", "chèque", "carte" };
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		const char *out =
		    words_method(rows[i].method, rows[i].lang, rows[i].ours);

		assert_int_equal(out == NULL, rows[i].want == NULL);
		if (out != NULL)
			assert_string_equal(out, rows[i].want);
	}
	assert_string_equal(words_or(three, 0, "fr", a), "");
	assert_string_equal(words_or(three, 1, "fr", a), "virement");
	assert_string_equal(words_or(three, 3, "fr", a),
	    "virement, chèque ou carte");
	assert_string_equal(words_or(three, 3, "de", a),
	    "virement, chèque oder carte");
	assert_string_equal(words_or(three, 3, "es", a),
	    "virement, chèque o carte");
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_methods),
		cmocka_unit_test(test_language),
		cmocka_unit_test(test_invoices),
		cmocka_unit_test(test_invoice),
		cmocka_unit_test(test_address),
		cmocka_unit_test(test_town),
		cmocka_unit_test(test_file_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
