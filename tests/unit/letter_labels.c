/* The fixed words of letters: in each language all of them. */
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
#include "letter/labels.h"

static const char *const langs[] = { "fr", "en", "de", "nl", "it", "es" };

#define LANGS (sizeof(langs) / sizeof(langs[0]))

static void
test_labels(void **state)
{
	struct arena *a = arena_new();
	struct err e = { 0 };
	struct labels l;

	(void)state;
	for (size_t i = 0; i < LANGS; i++) {
		char path[64];

		(void)snprintf(path, sizeof(path),
		    "layouts/letter/%s/labels.yaml", langs[i]);
		if (labels_load(path, a, &l, &e) == -1)
			fail_msg("%s", e.text);
		assert_non_null(strstr(l.page, "{n}/{total}"));
		assert_non_null(strstr(l.place_date, "{place}"));
		assert_non_null(strstr(l.place_date, "{date}"));
		assert_non_null(strstr(l.capital, "{form}"));
		assert_non_null(strstr(l.capital, "{capital}"));
		assert_string_equal(l.iban, "IBAN");
		assert_true(l.vat[0] != '\0' && l.scan[0] != '\0');
		assert_non_null(strstr(l.attached, "PDF"));
	}
	assert_int_equal(labels_load("tests/data/none.yaml", a, &l, &e), -1);
	arena_free(a);
}

/* A label that is missing or misspelt is named with its file. */
static void
test_labels_wrong(void **state)
{
	static const struct {
		const char *from, *to, *want;
	} rows[] = {
		{ "scan:", "scna:", "scna" },
		{ "total: \"Total\"\n", "", "total" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char path[] = "/tmp/labels-XXXXXX";
		int fd = mkstemp(path);
		struct arena *a = arena_new();
		struct str file, changed;
		struct err e = { 0 };
		struct labels l;
		const char *at;

		assert_int_not_equal(fd, -1);
		str_init(&file, 65536);
		str_init(&changed, 65536);
		assert_int_equal(file_read("layouts/letter/fr/labels.yaml",
				     &file, &e),
		    0);
		at = strstr(file.p, rows[i].from);
		assert_non_null(at);
		str_put(&changed, file.p, (size_t)(at - file.p));
		str_puts(&changed, rows[i].to);
		str_puts(&changed, at + strlen(rows[i].from));
		assert_int_equal(write(fd, changed.p, changed.len),
		    (ssize_t)changed.len);
		assert_int_equal(close(fd), 0);
		assert_int_equal(labels_load(path, a, &l, &e), -1);
		assert_int_equal(e.kind, ERR_USAGE);
		assert_int_equal(strncmp(e.text, path, strlen(path)), 0);
		if (strstr(e.text, rows[i].want) == NULL)
			fail_msg("%s", e.text);
		assert_int_equal(unlink(path), 0);
		str_done(&file);
		str_done(&changed);
		arena_free(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_labels_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
