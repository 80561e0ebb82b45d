/*
 * yaml: values arrive, and whatever is wrong is named with its own line:
 * an unknown key above all, which libcyaml puts at the line before it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/yaml.h"

struct server {
	char *url, *user;
};

struct account {
	char *currency, *iban;
};

struct config {
	char *name;
	unsigned tolerance;
	struct server *smtp;
	struct account *accounts;
	unsigned accounts_count;
};

static const cyaml_schema_field_t server_fields[] = {
	CYAML_FIELD_STRING_PTR("url", CYAML_FLAG_POINTER, struct server, url, 0,
	    CYAML_UNLIMITED),
	CYAML_FIELD_STRING_PTR("user", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
	    struct server, user, 0, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t account_fields[] = {
	CYAML_FIELD_STRING_PTR("currency", CYAML_FLAG_POINTER, struct account,
	    currency, 0, CYAML_UNLIMITED),
	CYAML_FIELD_STRING_PTR("iban", CYAML_FLAG_POINTER, struct account, iban,
	    0, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t account_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct account, account_fields),
};

static const cyaml_schema_field_t config_fields[] = {
	CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct config, name,
	    0, CYAML_UNLIMITED),
	CYAML_FIELD_UINT("tolerance", CYAML_FLAG_OPTIONAL, struct config,
	    tolerance),
	CYAML_FIELD_MAPPING_PTR("smtp",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct config, smtp,
	    server_fields),
	CYAML_FIELD_SEQUENCE("accounts",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct config, accounts,
	    &account_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t config_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct config, config_fields),
};

static const char good[] = "# a comment\n"
			   "name: Ateliers Valcourbe\n"
			   "tolerance: 100\n"
			   "smtp:\n"
			   "  url: smtp://mail.example.com\n"
			   "accounts:\n"
			   "  - currency: EUR\n"
			   "    iban: FR7630006000011234567890189\n"
			   "  - {currency: CHF, iban: CH9300762011623852957}\n";

static int
parse(const char *text, size_t n, void **out, struct err *e)
{
	const struct yaml_text t = {
		.name = "c.yaml", .first_line = 1, .text = text, .n = n
	};

	return yaml_parse(&t, &config_schema, out, e);
}

static void
test_values(void **state)
{
	struct config *c;
	struct err e;
	void *p;

	(void)state;
	if (parse(good, strlen(good), &p, &e) != 0)
		fail_msg("%s", e.text);
	c = p;
	assert_string_equal(c->name, "Ateliers Valcourbe");
	assert_int_equal(c->tolerance, 100);
	assert_string_equal(c->smtp->url, "smtp://mail.example.com");
	assert_null(c->smtp->user);
	assert_int_equal(c->accounts_count, 2);
	assert_string_equal(c->accounts[1].currency, "CHF");
	yaml_free(&config_schema, p);
}

static const struct {
	const char *text, *where, *says;
} bad[] = {
	{ .text = "tnoe: formal\nname: x\n",
	    .where = "c.yaml:1: ",
	    .says = "unknown key 'tnoe'" },
	{ .text = "name: x\ntnoe: formal\ntolerance: 1\n",
	    .where = "c.yaml:2: ",
	    .says = "unknown key 'tnoe'" },
	{ .text = "name: x\n\n# why\n\n\ntnoe: formal\n",
	    .where = "c.yaml:6: ",
	    .says = "unknown key 'tnoe'" },
	{ .text = "name: x\nsmtp:\n  url: u\n  usr: a\n",
	    .where = "c.yaml:4: ",
	    .says = "unknown key 'usr'" },
	/* the second of two mappings: the first has the key by right */
	{ .text = "smtp:\n  user: a\n  url: u\nname: x\nuser: b\n",
	    .where = "c.yaml:5: ",
	    .says = "unknown key 'user'" },
	{ .text = "name: x\naccounts:\n  - currency: EUR\n    iban: I\n"
		  "  - currency: EUR\n    ibn: I\n",
	    .where = "c.yaml:6: ",
	    .says = "unknown key 'ibn'" },
	{ .text = "name: x\ntolerance: much\n",
	    .where = "c.yaml:2: ",
	    .says = "" },
	{ .text = "name: x\ntolerance: -1\n",
	    .where = "c.yaml:2: ",
	    .says = "" },
	{ .text = "name: [a, b]\n",
	    .where = "c.yaml:1: ",
	    .says = "one value belongs here" },
	{ .text = "tolerance: 1\n",
	    .where = "c.yaml:",
	    .says = "'name' is missing here: add it" },
	{ .text = "name: x\nname: y\n",
	    .where = "c.yaml:2: ",
	    .says = "'name' is there twice: keep one" },
	{ .text = "name: x\naccounts: EUR\n",
	    .where = "c.yaml:2: ",
	    .says = "this is a list: write [one, another]" },
	{ .text = "name: x\nsmtp: url\n",
	    .where = "c.yaml:2: ",
	    .says = "names with values belong here" },
	{ .text = "name: A: B\n",
	    .where = "c.yaml:1: ",
	    .says = "not YAML: mapping values are not allowed" },
	{ .text = "name: \"x\n",
	    .where = "c.yaml:",
	    .says = "unexpected end of stream" },
	{ .text = "name: x\n\ttolerance: 1\n",
	    .where = "c.yaml:",
	    .says = "not YAML: found a tab" },
	{ .text = "", .where = "c.yaml:1: ", .says = "" },
	{ .text = "# only a comment\n", .where = "c.yaml:1: ", .says = "" },
	{ .text = "name: &n x\nsmtp: {url: *n}\n",
	    .where = "c.yaml:",
	    .says = "" },
	{ .text = "name: x\n# caf\xe9\n",
	    .where = "c.yaml:2: ",
	    .says = "not UTF-8" },
};

static void
test_bad(void **state)
{
	struct err e;
	size_t i;
	void *p;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		e = (struct err){ .kind = ERR_NONE };
		if (parse(bad[i].text, strlen(bad[i].text), &p, &e) != -1)
			fail_msg("taken:\n%s", bad[i].text);
		assert_int_equal(e.kind, ERR_USAGE);
		assert_null(p);
		if (strncmp(e.text, bad[i].where, strlen(bad[i].where)) != 0 ||
		    strstr(e.text, bad[i].says) == NULL)
			fail_msg("'%s' is not '%s…%s'", e.text, bad[i].where,
			    bad[i].says);
	}
}

/* A head that starts on line 10 of its file counts from there. */
static void
test_first_line(void **state)
{
	const char *text = "name: x\ntnoe: y\n";
	const struct yaml_text t = { .name = "relance-1.md",
		.first_line = 10,
		.text = text,
		.n = strlen(text) };
	struct err e;
	void *p;

	(void)state;
	assert_int_equal(yaml_parse(&t, &config_schema, &p, &e), -1);
	if (strncmp(e.text, "relance-1.md:11: ", 17) != 0)
		fail_msg("%s", e.text);
}

static void
test_load_fails(void **state)
{
	struct err e;
	void *p;

	(void)state;
	assert_int_equal(yaml_load("/nonexistent/c.yaml", &config_schema, &p,
			     &e),
	    -1);
	assert_non_null(strstr(e.text, "/nonexistent/c.yaml"));
	assert_null(p);
}

static const struct {
	const char *key;
	unsigned line;
} lines[] = {
	{ .key = "name", .line = 2 },
	{ .key = "smtp", .line = 4 },
	{ .key = "smtp.url", .line = 5 },
	{ .key = "smtp.user", .line = 0 },
	{ .key = "url", .line = 0 },
	{ .key = "accounts.0.iban", .line = 8 },
	{ .key = "accounts.1", .line = 9 },
	{ .key = "accounts.1.iban", .line = 9 },
	{ .key = "accounts.2", .line = 0 },
	{ .key = "name.x", .line = 0 },
};

static void
test_lines(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (yaml_line(good, strlen(good), lines[i].key) !=
		    lines[i].line)
			fail_msg("%s", lines[i].key);
	assert_int_equal(yaml_line("a: [", 4, "a"), 0);
}

static void
test_pairs(void **state)
{
	const char *text = "a: 1\nscenarios:\n  default: standard-fr\n"
			   "  public: lent\n  odd: [1]\n";
	struct arena *a = arena_new();
	struct yaml_pair *p;
	size_t n;

	(void)state;
	p = yaml_pairs(text, strlen(text), "scenarios", a, &n);
	assert_int_equal(n, 3);
	assert_string_equal(p[0].key, "default");
	assert_string_equal(p[0].value, "standard-fr");
	assert_string_equal(p[1].key, "public");
	assert_string_equal(p[2].value, "");
	(void)yaml_pairs(text, strlen(text), "none", a, &n);
	assert_int_equal(n, 0);
	(void)yaml_pairs(text, strlen(text), "a", a, &n);
	assert_int_equal(n, 0);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_first_line),
		cmocka_unit_test(test_load_fails),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_pairs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
