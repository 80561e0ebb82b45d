/*
 * Payment links; and the codes of ../shared/vectors, read and written again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pay/link.h"
#include "pay/spayd.h"
#include "pay/swissqr.h"

#define CZ "CZ2806000000000168540115"

static const struct {
	const char *url, *host; /* NULL: refused */
} links[] = {
	{ "https://pay.example.com/N7?a=1", "pay.example.com" },
	{ "https://pay.example.com", "pay.example.com" },
	{ "https://pay.example.com:8443/x", "pay.example.com" },
	{ "http://pay.example.com/", NULL },
	{ "https://user@pay.example.com/", NULL },
	{ "https://pay.example.com:x/", NULL },
	{ "https:///x", NULL },
	{ "https://.example.com/", NULL },
	{ "https://pay.example.com/a b", NULL },
	{ "https://pay.example.com/\n", NULL },
	{ "https://p\xc3\xa4y.example.com/", NULL },
	{ "javascript:alert(1)", NULL },
	{ "", NULL },
};

static void
test_links(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		char host[LINK_HOST_SIZE];
		struct err e = { 0 };
		int rc = link_check(links[i].url, host, &e);

		assert_int_equal(rc, links[i].host != NULL ? 0 : -1);
		if (links[i].host != NULL)
			assert_string_equal(host, links[i].host);
	}
}

/* ---- ../shared ---- */

/* Each file is read, and written again byte for byte. */
static void
check_swiss_file(const char *path, struct arena *a)
{
	char text[2000];
	FILE *f = fopen(path, "re");
	struct transfer t = { 0 };
	struct err e = { 0 };
	struct str out;
	size_t n;

	if (f == NULL) {
		print_message("skipped: %s is not there\n", path);
		skip();
	}
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	(void)fclose(f);
	if (swissqr_read(text, n, a, &t, &e) != 0)
		fail_msg("%s: %s", path, e.text);
	str_init(&out, 4000);
	assert_int_equal(swissqr_write(&t, &out, &e), 0);
	assert_string_equal(out.p, text);
	str_done(&out);
}

static void
test_shared_swiss(void **state)
{
	static const char *const names[] = { "manuelbl_sample1",
		"manuelbl_sample2", "manuelbl_sample3",
		"schoero/creditor_with_qr_iban",
		"schoero/debtor_with_building_number", "schoero/message",
		"schoero/minimal_required_data" };
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		check_swiss_file(arena_fmt(a,
				     "../shared/vectors/swiss_qr/%s.txt",
				     names[i]),
		    a);
	arena_free(a);
}

/* kind,value,expect,source; a value may stand in quotes. */
static void
check_spayd(char *line, struct arena *a)
{
	char *kind = strsep(&line, ","), *value, *expect;
	struct transfer t = { 0 };
	struct err e = { 0 };
	struct str out;

	if (*line == '"') {
		line++;
		value = strsep(&line, "\"");
		line++;
	} else
		value = strsep(&line, ",");
	expect = strsep(&line, ",");
	if (strcmp(kind, "escape") == 0) {
		str_init(&out, 1000);
		spayd_escape(value, &out);
		assert_string_equal(out.p, expect);
		str_done(&out);
	} else if (strcmp(kind, "amount") == 0) {
		const char *payload =
		    arena_fmt(a, "SPD*1.0*ACC:" CZ "*AM:%s", value);

		assert_int_equal(spayd_read(payload, strlen(payload), a, &t,
				     &e),
		    -1);
	} else {
		bool good = strcmp(expect, "invalid") != 0;

		if (spayd_read(value, strlen(value), a, &t, &e) !=
		    (good ? 0 : -1))
			fail_msg("%s: %s", value, e.text);
	}
}

static void
test_shared_spayd(void **state)
{
	const char *path = "../shared/vectors/spayd/spayd.csv";
	struct arena *a = arena_new();
	FILE *f = fopen(path, "re");
	char line[1000];
	int rows = 0;

	(void)state;
	if (f == NULL) {
		print_message("skipped: %s is not there\n", path);
		arena_free(a);
		skip();
	}
	assert_non_null(fgets(line, sizeof(line), f));
	while (fgets(line, sizeof(line), f) != NULL) {
		check_spayd(line, a);
		rows++;
	}
	(void)fclose(f);
	assert_true(rows >= 9);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_shared_swiss),
		cmocka_unit_test(test_shared_spayd),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
