/*
 * Amounts and numbers in French words: own tables, what no number may break,
 * and ../shared/vectors/words_fr where present.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "law/spell.h"

static const struct spell_form france = { 0 };
static const struct spell_form reformed = { .reformed = true };
static const struct spell_form belgium = { .septante = true };
static const struct spell_form vaud = { .septante = true, .huitante = true };

static void
check_number(uint64_t n, const struct spell_form *f, const char *want)
{
	struct str s;

	str_init(&s, 4096);
	spell_number(n, f, &s);
	assert_string_equal(s.p, want);
	str_done(&s);
}

static const struct {
	uint64_t n;
	const struct spell_form *form;
	const char *want;
} numbers[] = {
	{ 0, &france, "zéro" },
	{ 16, &france, "seize" },
	{ 17, &france, "dix-sept" },
	{ 21, &france, "vingt et un" },
	{ 21, &reformed, "vingt-et-un" },
	{ 71, &france, "soixante et onze" },
	{ 71, &belgium, "septante et un" },
	{ 77, &france, "soixante-dix-sept" },
	{ 77, &vaud, "septante-sept" },
	{ 80, &france, "quatre-vingts" },
	{ 80, &belgium, "quatre-vingts" },
	{ 80, &vaud, "huitante" },
	{ 81, &france, "quatre-vingt-un" },
	{ 81, &vaud, "huitante et un" },
	{ 91, &france, "quatre-vingt-onze" },
	{ 91, &belgium, "nonante et un" },
	{ 99, &france, "quatre-vingt-dix-neuf" },
	{ 99, &belgium, "nonante-neuf" },
	{ 180, &france, "cent quatre-vingts" },
	{ 200, &france, "deux cents" },
	{ 201, &reformed, "deux-cent-un" },
	{ 1000, &france, "mille" },
	{ 1200, &france, "mille deux cents" },
	{ 80000, &france, "quatre-vingt mille" },
	{ 200000, &france, "deux cent mille" },
	{ 80000000, &france, "quatre-vingts millions" },
	{ 200001000, &france, "deux cents millions mille" },
	{ 1000000000, &france, "un milliard" },
	{ 3000000000000, &france, "trois billions" },
	{ 1000000000000000, &france, "mille billions" },
};

static void
test_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		check_number(numbers[i].n, numbers[i].form, numbers[i].want);
}

static const struct {
	int64_t minor;
	const char *currency;
	const struct spell_form *form;
	const char *want;
} amounts[] = {
	{ 0, "EUR", &france, "zéro euro" },
	{ 1, "EUR", &france, "un centime" },
	{ 100, "EUR", &france, "un euro" },
	{ 201, "EUR", &france, "deux euros et un centime" },
	{ -150, "EUR", &france, "moins un euro et cinquante centimes" },
	{ 100000000, "EUR", &france, "un million d'euros" },
	{ 120000000, "EUR", &france, "un million deux cent mille euros" },
	{ 100000050, "EUR", &france,
	    "un million d'euros et cinquante centimes" },
	{ 200000000000, "EUR", &france, "deux milliards d'euros" },
	{ 9520, "CHF", &vaud, "nonante-cinq francs suisses et vingt centimes" },
	{ 100000000, "CHF", &france, "un million de francs suisses" },
	{ 2101, "GBP", &france, "vingt et une livres sterling et un penny" },
	{ 100, "GBP", &france, "une livre sterling" },
	{ 2100000, "GBP", &france, "vingt et un mille livres sterling" },
	{ 301, "USD", &france, "trois dollars américains et un cent" },
	{ 1200, "XPF", &france, "mille deux cents francs Pacifique" },
	{ INT64_MIN, "XPF", &reformed,
	    "moins neuf-millions-deux-cent-vingt-trois-mille-trois-cent-"
	    "soixante-douze-billions-trente-six-milliards-huit-cent-"
	    "cinquante-quatre-millions-sept-cent-soixante-quinze-mille-"
	    "huit-cent-huit francs Pacifique" },
};

static void
test_amounts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++) {
		struct money m = { .minor = amounts[i].minor };
		struct err e = { 0 };
		struct str s;

		memcpy(m.currency, amounts[i].currency, sizeof(m.currency));
		str_init(&s, 4096);
		assert_int_equal(spell_money(m, amounts[i].form, &s, &e), 0);
		assert_string_equal(s.p, amounts[i].want);
		str_done(&s);
	}
}

static void
test_unknown_currency(void **state)
{
	struct money m = { .minor = 1, .currency = "TND" };
	struct err e = { 0 };
	struct str s;

	(void)state;
	str_init(&s, 100);
	assert_int_equal(spell_money(m, &france, &s, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	assert_non_null(strstr(e.text, "TND"));
	str_done(&s);
}

static void
test_countries(void **state)
{
	(void)state;
	assert_true(spell_form_of("BE").septante);
	assert_true(spell_form_of("CH").septante);
	assert_false(spell_form_of("FR").septante);
	assert_false(spell_form_of("CH").huitante);
}

static FILE *
shared(const char *path)
{
	FILE *f = fopen(path, "r");
	char head[200];

	if (f == NULL) {
		print_message("skipped: %s is not there\n", path);
		skip();
	}
	assert_non_null(fgets(head, sizeof(head), f));
	return f;
}

/* The next cell of a row, ended by a NUL; at the end of the row, "". */
static char *
cell(char **at)
{
	char *start = *at;

	*at += strcspn(*at, ",\r\n");
	if (**at != '\0')
		*(*at)++ = '\0';
	return start;
}

static void
test_shared_cardinals(void **state)
{
	FILE *f = shared("../shared/vectors/words_fr/cardinals.csv");
	char line[1000], *at;
	size_t rows = 0;

	(void)state;
	while (fgets(at = line, sizeof(line), f) != NULL) {
		uint64_t n = strtoull(cell(&at), NULL, 10);

		check_number(n, &france, cell(&at));
		check_number(n, &reformed, cell(&at));
		rows++;
	}
	assert_int_not_equal(rows, 0);
	assert_true(feof(f));
	(void)fclose(f);
}

static void
test_shared_amounts(void **state)
{
	FILE *f = shared("../shared/vectors/words_fr/amounts_eur.csv");
	char line[1000], *at;
	size_t rows = 0;

	(void)state;
	while (fgets(at = line, sizeof(line), f) != NULL) {
		struct money m = { .minor = strtoll(cell(&at), NULL, 10),
			.currency = "EUR" };
		struct err e = { 0 };
		struct str s;

		str_init(&s, 4096);
		assert_int_equal(spell_money(m, &france, &s, &e), 0);
		assert_string_equal(s.p, cell(&at));
		str_done(&s);
		rows++;
	}
	assert_int_not_equal(rows, 0);
	assert_true(feof(f));
	(void)fclose(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_amounts),
		cmocka_unit_test(test_unknown_currency),
		cmocka_unit_test(test_countries),
		cmocka_unit_test(test_shared_cardinals),
		cmocka_unit_test(test_shared_amounts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
