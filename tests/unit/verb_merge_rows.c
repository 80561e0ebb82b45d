/* Places and names of the letters of a mailing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "verb/merge_names.h"
#include "verb/merge_rows.h"

#define MANY 5000

struct row {
	const char *sort;
	const char *text; /* JSON lines */
	const char *want; /* "PLACE NAME" of each, or "PLACE !why" */
};

static const struct row rows[] = {
	{ NULL, "{}\n{}\n", "0 000001.pdf\n1 000002.pdf\n" },
	{ NULL, "{\"file\": \"b\"}\n{\"file\": \"a.pdf\"}\n",
	    "0 b.pdf\n1 a.pdf\n" },
	{ NULL, "{\"file\": \"a\"}\n\n{\"file\": \"a.pdf\"}\n{}\n",
	    "0 a.pdf\n1 !file 'a.pdf' is that of line 1: rename one\n"
	    "2 000003.pdf\n" },
	{ "k", "{\"k\": \"b\"}\n{\"k\": \"a\"}\n{}\n{\"k\": \"a\"}\n",
	    "3 000004.pdf\n1 000002.pdf\n0 000001.pdf\n2 000003.pdf\n" },
	/* A name of a row's own wins over one made of a place. */
	{ "k",
	    "{\"k\": \"b\"}\n{\"k\": \"a\"}\n"
	    "{\"k\": \"c\", \"file\": \"000001\"}\n",
	    "1 000002.pdf\n"
	    "0 !file '000001.pdf' is that of line 3: rename one\n"
	    "2 000001.pdf\n" },
	{ NULL, "{\"file\": \"../a\"}\n{\"file\": \".a\"}\n",
	    "0 !file '../a': use letters, digits, '-', '_' and '.', at most "
	    "200\n"
	    "1 !file '.a': use letters, digits, '-', '_' and '.', at most "
	    "200\n" },
};

static void
put_rows(const struct merge_rows *r, const char *text, struct arena *a,
    struct str *out)
{
	size_t index = 0;

	for (const char *p = text; *p != '\0'; p = strchr(p, '\n') + 1) {
		struct err e = { 0 };
		const char *name;
		json_t *data;

		if (*p == '\n')
			continue;
		data = json_loads(p, JSON_DISABLE_EOF_CHECK, NULL);
		str_fmt(out, "%zu ", merge_rows_place(r, index));
		if (merge_rows_name(r, index, data, a, &name, &e) == 0)
			str_fmt(out, "%s\n", name);
		else
			str_fmt(out, "!%s\n", e.text);
		json_decref(data);
		index++;
	}
	assert_int_equal(merge_rows_count(r), index);
}

static void
places_and_names(void **state)
{
	char path[] = "/tmp/semonce-rows-XXXXXX.jsonl";
	struct arena *a = arena_new();
	struct str out;

	(void)state;
	assert_true(mkstemps(path, 6) != -1);
	str_init(&out, 65536);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *row = &rows[i];
		struct merge_rows *r;
		struct err e = { 0 };

		str_clear(&out);
		assert_int_equal(file_write(path, row->text, strlen(row->text),
				     0600, &e),
		    0);
		assert_int_equal(merge_rows_read(path, NULL, row->sort, true,
				     &r, &e),
		    0);
		put_rows(r, row->text, a, &out);
		assert_string_equal(out.p, row->want);
		merge_rows_free(r);
	}
	(void)unlink(path);
	str_done(&out);
	arena_free(a);
}

static void
many_names(void **state)
{
	struct merge_names *n;
	struct err e = { 0 };
	char name[32];
	unsigned first;

	(void)state;
	assert_int_equal(merge_names_new(&n, &e), 0);
	for (unsigned i = 0; i < 2 * MANY; i++) {
		(void)snprintf(name, sizeof(name), "letter-%u.pdf", i % MANY);
		assert_int_equal(merge_names_add(n, name, i + 1, &first, &e),
		    i >= MANY);
		if (i >= MANY)
			assert_int_equal(first, i - MANY + 1);
	}
	merge_names_free(n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_and_names),
		cmocka_unit_test(many_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
