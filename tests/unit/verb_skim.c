/* What is skimmed of a JSON text is what a parser finds in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "verb/skim.h"

struct row {
	const char *text;
	bool sure; /* a skim is enough */
};

static const struct row rows[] = {
	{ "{}", true },
	{ "[]", true },
	{ "[\"file\", \"x\"]", true },
	{ "{\"file\": \"a\"}", true },
	{ "{\"file\" \t:\r\"a\" , \"postcode\":\"75\"}", true },
	{ "{\"file\": 1, \"postcode\": null}", true },
	{ "{\"file\": \"\"}", true },
	{ "{\"a\": \"file\", \"b\": [\"file\", \"c\"], \"postcode\": \"2\"}",
	    true },
	{ "{\"a\": {\"file\": \"no\"}, \"b\": {\"b\": {\"file\": \"no\"}}}",
	    true },
	{ "{\"debtor\": {\"file\": \"d\", \"postcode\": \"3\"}}", true },
	{ "{\"debtor\": {\"file\": \"d\"}, \"file\": \"top\"}", true },
	{ "{\"file\": \"top\", \"debtor\": {\"file\": \"d\"}}", true },
	{ "{\"file\": 7, \"debtor\": {\"file\": \"d\"}}", true },
	{ "{\"debtor\": {\"lines\": [\"file\", \"x\"], \"file\": \"d\"}}",
	    true },
	{ "{\"debtor\": {\"in\": {\"file\": \"no\"}}}", true },
	{ "{\"debtor\": [{\"file\": \"no\"}]}", true },
	{ "{\"debtor\": \"file\", \"x\": {\"file\": \"no\"}}", true },
	{ "{\"deep\": [{\"note\": \"a \\\" } ]\"}], \"file\": \"a\"}", true },
	{ "{\"file\": \"\\u00e9\"}", false },
	{ "{\"f\\u0069le\": \"a\"}", false },
	{ "{\"note\": \"\\\\\", \"file\": \"a\"}", false },
	{ "{\"file\": \"é\"}", true },
};

static const json_t *
find(const json_t *data, const char *name)
{
	const json_t *debtor = json_object_get(data, "debtor");
	const json_t *v = json_object_get(data, name);

	return json_is_string(v) ? v : json_object_get(debtor, name);
}

/* The value skimmed is that of the parser, or neither has one. */
static bool
agrees(const struct skim *s, const json_t *v)
{
	if (!json_is_string(v) || s->value == NULL)
		return !json_is_string(v) && s->value == NULL;
	return s->len == json_string_length(v) &&
	    memcmp(s->value, json_string_value(v), s->len) == 0;
}

static void
as_a_parser(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = rows[i].text;
		struct skim wanted[] = { { .name = "file" },
			{ .name = "postcode" }, { .name = NULL } };
		json_t *data = json_loads(text, 0, NULL);

		assert_non_null(data);
		if (skim_strings(text, strlen(text), wanted, 3) != rows[i].sure)
			fail_msg("%s: sure or not", text);
		for (size_t k = 0; k < 2 && rows[i].sure; k++)
			if (!agrees(&wanted[k], find(data, wanted[k].name)))
				fail_msg("%s: not as a parser", text);
		assert_null(wanted[2].value);
		json_decref(data);
	}
}

/* Cut anywhere, it ends, and never looks behind its end. */
static void
cut_short(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t n = 0; n < strlen(rows[i].text); n++) {
			struct skim wanted = { .name = "file" };
			char *part = test_malloc(n + 1);

			memcpy(part, rows[i].text, n);
			if (skim_strings(part, n, &wanted, 1) && n > 0)
				fail_msg("%s: whole at %zu", rows[i].text, n);
			test_free(part);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_a_parser),
		cmocka_unit_test(cut_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
