/* Rows of a mailing: their lines, their values, and what is no row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "verb/mailing.h"

struct row {
	const char *ending, *text;
	/* "LINE {json}" or "LINE !fault" of each row, then "=" or an error */
	const char *want;
};

static void
put_row(const struct mailing_row *row, struct str *out)
{
	char *json;

	str_fmt(out, "%u ", row->line);
	if (row->data == NULL) {
		str_fmt(out, "!%.14s\n", row->fault);
		return;
	}
	json = json_dumps(row->data, JSON_COMPACT);
	str_fmt(out, "%s\n", json);
	free(json);
}

/* All rows of a file as text. */
static void
read_all(const char *path, struct str *out)
{
	struct err e = { 0 };
	struct mailing_row row;
	struct mailing *m;
	int found = -1;

	if (mailing_open(path, NULL, &m, &e) == 0) {
		for (size_t i = 0; (found = mailing_next(m, &row, &e)) == 1;
		     i++) {
			assert_int_equal(row.index, i);
			put_row(&row, out);
			json_decref(row.data);
		}
		mailing_close(m);
	}
	if (found == 0)
		str_puts(out, "=");
	else
		str_puts(out,
		    e.text +
			(strncmp(e.text, path, strlen(path)) == 0 ? strlen(path)
								  : 0));
}

static void
run(const struct row *rows, size_t n)
{
	char dir[] = "/tmp/verb_mailing.XXXXXX", path[80];
	struct err e;
	struct str got;

	assert_non_null(mkdtemp(dir));
	for (size_t i = 0; i < n; i++) {
		(void)snprintf(path, sizeof(path), "%s/d%s", dir,
		    rows[i].ending);
		assert_int_equal(file_write(path, rows[i].text,
				     strlen(rows[i].text), 0600, &e),
		    0);
		str_init(&got, 4096);
		read_all(path, &got);
		if (strncmp(got.p, rows[i].want, strlen(rows[i].want)) != 0)
			fail_msg("%s\ngave\n%s\nnot\n%s", rows[i].text, got.p,
			    rows[i].want);
		str_done(&got);
		assert_int_equal(unlink(path), 0);
	}
	assert_int_equal(rmdir(dir), 0);
}

static void
test_csv(void **state)
{
	static const struct row rows[] = {
		{ ".csv", "a,b\n1,2\n\n\"x\ny\",\n",
		    "2 {\"a\":\"1\",\"b\":\"2\"}\n4 "
		    "{\"a\":\"x\\ny\",\"b\":\"\"}\n=" },
		{ ".csv", "a;b.c;b.d\n1;2;3\n",
		    "2 {\"a\":\"1\",\"b\":{\"c\":\"2\",\"d\":\"3\"}}\n=" },
		{ ".csv", "a,b\n1\n1,2,3\n1,2\n",
		    "2 !1 cells, the h\n3 !3 cells, the h\n"
		    "4 {\"a\":\"1\",\"b\":\"2\"}\n=" },
		{ ".csv", "a,a.b\n1,2\n", "2 !column 'a.b' g\n=" },
		{ ".csv", "a,b\n", "=" },
		{ ".csv", "", ":1: the file is empty" },
		{ ".csv", "a,,b\n", ":1: column 2 has no name" },
		{ ".csv", "a,b,a\n", ":1: column 'a' is there twice" },
		{ ".csv", "NAME,File,Gift\n1,2,3\n",
		    "2 {\"name\":\"1\",\"file\":\"2\",\"Gift\":\"3\"}\n=" },
		{ ".csv", "NAME,name\n", ":1: column 'name' is there twice" },
		{ ".csv", "a\tb\n1\t2,3\n",
		    "2 {\"a\":\"1\",\"b\":\"2,3\"}\n=" },
		{ ".csv", "a,b\"c\n", ":1: a quote stands" },
		{ ".csv", "a,b\n1,\xe9\n", "2 !not UTF-8: say\n=" },
	};

	(void)state;
	run(rows, sizeof(rows) / sizeof(rows[0]));
}

/* No address can be made without these columns. */
static void
test_address(void **state)
{
	static const struct {
		const char *ending, *text, *want; /* "": nothing is wrong */
	} rows[] = {
		{ ".csv", "City,x,NAME\n", "" },
		{ ".csv", "name,ville\n", ":1: column 'city' is missing" },
		{ ".csv", "\nnames,city\n", ":2: column 'name' is missing" },
		{ ".csv", "debtor.name,debtor.lines\n", "" },
		{ ".jsonl", "{\"name\": \"x\"}\n", "" },
	};
	char dir[] = "/tmp/verb_mailing.XXXXXX", path[80];

	(void)state;
	assert_non_null(mkdtemp(dir));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct err e = { 0 };
		struct mailing *m;

		(void)snprintf(path, sizeof(path), "%s/d%s", dir,
		    rows[i].ending);
		assert_int_equal(file_write(path, rows[i].text,
				     strlen(rows[i].text), 0600, &e),
		    0);
		assert_int_equal(mailing_open(path, NULL, &m, &e), 0);
		assert_int_equal(mailing_check_address(m, &e),
		    rows[i].want[0] == '\0' ? 0 : -1);
		assert_non_null(strstr(e.text, rows[i].want));
		mailing_close(m);
		assert_int_equal(unlink(path), 0);
	}
	assert_int_equal(rmdir(dir), 0);
}

static void
test_json(void **state)
{
	static const struct row rows[] = {
		{ ".json", "[\n{\"a\":1},\n\n {\"a\":\n2}\n]\n",
		    "2 {\"a\":1}\n4 {\"a\":2}\n=" },
		{ ".json", " {\"a\":1}\n", "1 {\"a\":1}\n=" },
		{ ".json", "[]", "=" },
		{ ".json", "[1,\n{\"a\":1},\n\"x\"]",
		    "1 !not an object:\n2 {\"a\":1}\n3 !not an object:\n=" },
		{ ".json", "", ":1: " },
		{ ".json", "[{\"a\":1}\n{\"a\":2}]",
		    "1 {\"a\":1}\n:2: not expected here: {\"a\":2}]" },
		{ ".json", "[{\"a\":1},\n]", "1 {\"a\":1}\n:2: " },
		{ ".json", "[{\"a\":1}", "1 {\"a\":1}\n:1: not expected" },
		{ ".json", "{\"a\":1}\n{\"a\":2}",
		    "1 {\"a\":1}\n:2: not expected" },
		{ ".json", "[{\"a\":1}]\n,", "1 {\"a\":1}\n:2: not expected" },
		{ ".json", "[\n{\"a\":1,\n\"a\":2}]", ":3: duplicate" },
	};

	(void)state;
	run(rows, sizeof(rows) / sizeof(rows[0]));
}

static void
test_lines(void **state)
{
	static const struct row rows[] = {
		{ ".jsonl", "{\"a\":1}\n\n{\"a\":2}",
		    "1 {\"a\":1}\n3 {\"a\":2}\n=" },
		{ ".jsonl", "{\"a\":1\n{\"a\":2}\n[1]\n{\"a\":1} x\n",
		    "1 !'}' expected n\n2 {\"a\":2}\n3 !not an object:\n"
		    "4 !end of file ex\n=" },
		{ ".jsonl", "", "=" },
	};

	(void)state;
	run(rows, sizeof(rows) / sizeof(rows[0]));
}

/* What a row lacks is added, what it has stays. */
static void
test_complete(void **state)
{
	static const struct config config = { .language = "fr",
		.tone = "formal",
		.creditor = { .country = "FR" } };
	static const struct {
		const char *row, *want; /* a fault, or the whole */
	} rows[] = {
		{ "{\"name\":\"Brume\",\"line1\":\"1 rue\",\"postcode\":"
		  "\"01000\",\"city\":\"Bourg\",\"kind\":\"consumer\"}",
		    "\"debtor\":{\"code\":\"\",\"name\":\"Brume\",\"kind\":"
		    "\"consumer\",\"is_public\":false,\"language\":\"fr\","
		    "\"greeting\":\"Madame, Monsieur\",\"lines\":[\"Brume\","
		    "\"1 rue\",\"01000 BOURG\"],\"country\":\"FR\"},\"notice\":{\"date\":"
		    "\"2026-03-16\",\"tone\":\"formal\"}}" },
		{ "{\"debtor\":{\"name\":\"x\",\"language\":\"de\"},"
		  "\"notice\":{\"date\":\"2026-01-01\",\"tone\":\"x\"}}",
		    "{\"debtor\":{\"name\":\"x\",\"language\":\"de\","
		    "\"greeting\":\"Sehr geehrte Damen und Herren\"},"
		    "\"notice\":{\"date\":\"2026-01-01\",\"tone\":\"x\"}}" },
		/* what nobody says is not made up */
		{ "{\"name\":\"x\",\"city\":\"y\",\"kind\":\"\"}",
		    "\"name\":\"x\",\"is_public\":false" },
		{ "{\"name\":\"x\",\"city\":\"y\",\"kind\":\"Consumer\"}",
		    "'Consumer': write business, consumer or public" },
		{ "{\"name\":\"x\",\"city\":\"y\",\"kind\":1}",
		    "'(no word)': write business" },
		{ "{\"city\":\"Bourg\"}", "no name" },
		{ "{\"name\":\"Brume\"}", "no city" },
		{ "{\"name\":\"Brume\",\"debtor\":\"C1\"}", "no city" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena *a = arena_new();
		json_t *data = json_loads(rows[i].row, 0, NULL);
		struct err e = { 0 };
		char *got;

		assert_non_null(data);
		if (mailing_complete(data, &config, "2026-03-16", a, &e) == 0)
			got = json_dumps(data, JSON_COMPACT);
		else
			got = strdup(e.text);
		if (strstr(got, rows[i].want) == NULL)
			fail_msg("%s gave %s", rows[i].row, got);
		free(got);
		json_decref(data);
		arena_free(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_address),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
