/*
 * What a payment pays first, country by country: every article that the data
 * cite for it stands here with the order it gives.
 */
#include "law_fixture.h"

#include <unistd.h>

#include "base/file.h"

#define COSTS_FIRST                                     \
	{                                               \
		PART_FEE, PART_INTEREST, PART_PRINCIPAL \
	}
/* The article names interest only. */
#define INTEREST_FIRST                                  \
	{                                               \
		PART_INTEREST, PART_PRINCIPAL, PART_FEE \
	}
#define PRINCIPAL_FIRST                                 \
	{                                               \
		PART_PRINCIPAL, PART_INTEREST, PART_FEE \
	}

static const struct {
	const char *country, *article;
	bool weak;
	enum debt_part order[DEBT_PARTS];
} rows[] = {
	{ "FR", "C. civ. art. 1343-1 et 1342-10", true, COSTS_FIRST },
	{ "BE", "ancien C. civ. art. 1254 et C. civ. art. 5.210", true,
	    INTEREST_FIRST },
	{ "LU", "C. civ. art. 1254", true, INTEREST_FIRST },
	{ "DE", "BGB § 367", false, COSTS_FIRST },
	{ "AT", "ABGB § 1416", true, COSTS_FIRST },
	{ "CH", "CO art. 85", false, COSTS_FIRST },
	{ "NL", "BW 6:44", false, COSTS_FIRST },
	{ "ES", "CC art. 1173", true, INTEREST_FIRST },
	{ "IT", "CC art. 1194", false, COSTS_FIRST },
	{ "PT", "CC art. 785", false, COSTS_FIRST },
	/* the creditor appropriates; the Directive is silent */
	{ "GB", "", false, PRINCIPAL_FIRST },
	{ "EU", "", false, PRINCIPAL_FIRST },
};

static void
check_rule(const struct rule *rule)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].country, rule->country) != 0)
			continue;
		assert_string_equal(rule->order_article, rows[i].article);
		assert_int_equal(rule->order_weak, rows[i].weak);
		assert_memory_equal(rule_order(rule), rows[i].order,
		    sizeof(rows[i].order));
		return;
	}
	fail_msg("no row for %s", rule->country);
}

static void
test_countries(void **state)
{
	const struct fixture *f = *state;

	for (size_t i = 0; i < f->law.book.n_rules; i++)
		check_rule(&f->law.book.rules[i]);
	assert_int_equal(rule_order(NULL)[0], PART_PRINCIPAL);
	assert_int_equal(rule_order(NULL)[1], PART_INTEREST);
	assert_int_equal(rule_order(NULL)[2], PART_FEE);
}

#define HEAD "country,kind,series,starts,slices,article,imputation\n"

static const struct {
	const char *cell;
	int rc;
} cells[] = {
	{ "", 0 },
	{ "principal fee interest", 0 },
	{ "fee interest", -1 },
	{ "fee fee principal", -1 },
	{ "fee interest principal fee", -1 },
	{ "fee, interest, principal", -1 },
	{ "fee  interest principal", -1 },
	{ "fee interest capital", -1 },
};

/* A workspace's own order, with its line when it is none. */
static void
test_own(void **state)
{
	char dir[] = "/tmp/semonce-order-XXXXXX";
	struct call c = { .data = ".", .dir = mkdtemp(dir) };
	struct fixture *f = *state;
	struct arena *a = f->arena;
	const char *path = arena_fmt(a, "%s/rules.csv", dir);
	const struct rule *rule;
	struct law law;

	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		const char *text =
		    arena_fmt(a, HEAD "FR,business,X,due,recut,art. 1,\"%s\"\n",
			cells[i].cell);
		struct err e = { 0 };

		assert_int_equal(file_write(path, text, strlen(text), 0600, &e),
		    0);
		if (law_load(&c, a, &law, &e) != cells[i].rc)
			fail_msg("'%s': %s", cells[i].cell, e.text);
		if (cells[i].rc != 0)
			assert_non_null(strstr(e.text, "rules.csv:2: "));
		if (cells[i].rc != 0)
			continue;
		assert_int_equal(rule_find(&law.book, "FR", DEBTOR_BUSINESS,
				     &rule, &e),
		    0);
		assert_int_equal(rule_order(rule)[1],
		    cells[i].cell[0] == '\0' ? PART_INTEREST : PART_FEE);
	}
	(void)unlink(path);
	(void)rmdir(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_countries),
		cmocka_unit_test(test_own),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
