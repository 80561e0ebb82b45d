/* What is read as plain JSON is what jansson reads, member by member. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "verb/plain.h"

#define CHANGES 60000 /* of each text, at random, but always the same */

struct row {
	const char *text;
	bool plain;
};

static const struct row rows[] = {
	{ "{}", true },
	{ " \t\r\n{ } \n", true },
	{ "{\"a\":1,\"b\":-20,\"c\":0}", true },
	{ "{\"a\" : [ 1 , \"x\" , [ ] , { } ] }\n", true },
	{ "{\"b\": true, \"a\": false, \"c\": null}", true },
	{ "{\"\": \"\", \"é\": \"\u202f€ 😀\x7f\"}", true },
	{ "{\"n\": 999999999999999999, \"m\": -999999999999999999}", true },
	{ "{\"debtor\": {\"name\": \"Müller & Fils\", \"lines\": [\"1 rue des "
	  "Exemples\", \"69990 Villefictive\"]}, \"totals\": {\"open\": "
	  "{\"minor\": -123456, \"currency\": \"EUR\"}}, \"paid\": false}\n",
	    true },
	{ "{\"n\": 1000000000000000000}", false },
	{ "{\"n\": 9223372036854775808}", false },
	{ "{\"n\": 1.5}", false },
	{ "{\"n\": 1e3}", false },
	{ "{\"n\": -0}", false },
	{ "{\"a\": \"\\u00e9\"}", false },
	{ "{\"a\\n\": \"b\"}", false },
	{ "[1]", false },
	{ "\"a\"", false },
	{ "1", false },
	/* not JSON */
	{ "", false },
	{ "{", false },
	{ "{\"a\"}", false },
	{ "{\"a\":}", false },
	{ "{\"a\":1", false },
	{ "{\"a\":1,}", false },
	{ "{,}", false },
	{ "{\"a\":[1,]}", false },
	{ "{\"a\":[1 2]}", false },
	{ "{\"a\":[1}", false },
	{ "{\"a\":\"x", false },
	{ "{\"a\":\"x\ty\"}", false },
	{ "{\"a\":01}", false },
	{ "{\"a\":-}", false },
	{ "{\"a\":- 1}", false },
	{ "{\"a\":+1}", false },
	{ "{\"a\":truex}", false },
	{ "{\"a\":True}", false },
	{ "{a:1}", false },
	{ "{\"a\":1}{", false },
	{ "{\"a\":1} x", false },
	{ "{\"a\":1,\"a\":1}", false },
	{ "{\"a\":{\"b\":1,\"c\":2,\"b\":3}}", false },
	{ "{\"a\":\"\xff\"}", false },
	{ "{\"a\":\"\xed\xa0\x80\"}", false },
	{ "{\"a\":\"\xc0\x80\"}", false },
	{ "\xef\xbb\xbf{}", false },
};

/* The text that both are, or NULL if it is not read as plain. */
static char *
read_both(const char *text, size_t len)
{
	const size_t in = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY;
	json_t *plain = plain_load(text, len), *other;
	char *mine, *theirs;

	if (plain == NULL)
		return NULL;
	other = json_loadb(text, len, in, NULL);
	if (other == NULL)
		fail_msg("no JSON: %s", text);
	mine = json_dumps(plain, JSON_ENCODE_ANY);
	theirs = json_dumps(other, JSON_ENCODE_ANY);
	assert_non_null(mine);
	assert_string_equal(mine, theirs);
	assert_true(json_equal(plain, other));
	free(theirs);
	json_decref(plain);
	json_decref(other);
	return mine;
}

static void
as_jansson(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = rows[i].text;
		char *dump = read_both(text, strlen(text));

		if ((dump != NULL) != rows[i].plain)
			fail_msg("%s: %s", text,
			    dump != NULL ? "plain" : "not plain");
		free(dump);
	}
}

/* Texts that are nearly plain. */
static void
changed(void **state)
{
	static const char marks[] =
	    "{}[]\",:\\ \n0123456789-.eE+tfn\x01\xc3\xa9";
	char text[512];
	unsigned seed = 1;
	size_t read = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t len = strlen(rows[i].text);

		for (int k = 0; rows[i].plain && k < CHANGES; k++) {
			char *dump;

			memcpy(text, rows[i].text, len + 1);
			for (int n = rand_r(&seed) % 3; n >= 0; n--)
				text[(size_t)rand_r(&seed) % len] =
				    marks[(size_t)rand_r(&seed) %
					(sizeof(marks) - 1)];
			dump = read_both(text, len);
			read += dump != NULL;
			free(dump);
		}
	}
	assert_true(read > CHANGES / 10);
}

static void
bounded(void **state)
{
	char deep[400] = "{\"a\":";
	size_t n = strlen(deep);

	(void)state;
	for (size_t i = 0; i < 100; i++) {
		deep[n + i] = '[';
		deep[n + 100 + i] = ']';
	}
	deep[n + 200] = '}';
	assert_null(plain_load(deep, strlen(deep)));
	/* A NUL ends nothing. */
	assert_null(plain_load("{}\0", 3));
	assert_null(plain_load("{\"a\":\"\0\"}", 9));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_jansson),
		cmocka_unit_test(changed),
		cmocka_unit_test(bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
