/* The sheet fr-dl as the post wants it, and wrong geometries by name. */
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
#include "letter/geometry.h"

#define FR_DL "layouts/page/fr-dl.yaml"

static void
assert_box(struct page_box box, double x, double y, double w, double h)
{
	assert_int_equal(box.x, PU_PER_MM(x));
	assert_int_equal(box.y, PU_PER_MM(y));
	assert_int_equal(box.x + box.w, PU_PER_MM(x + w));
	assert_int_equal(box.y + box.h, PU_PER_MM(y + h));
}

/* Folds, window and information block: facts of the envelope, not taste. */
static void
test_fr_dl(void **state)
{
	struct arena *a = arena_new();
	struct geometry g;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(geometry_load(FR_DL, a, &g, &e), 0);
	assert_string_equal(g.name, "fr-dl");
	assert_int_equal(g.width, PU_PER_MM(210));
	assert_int_equal(g.height, PU_PER_MM(297));
	assert_box(g.safe, 100, 55, 90, 30);
	assert_box(g.risk, 90, 40, 110, 50);
	assert_int_equal(g.address.x, PU_PER_MM(102));
	assert_int_equal(g.info.x, PU_PER_MM(20));
	assert_int_equal(g.info.y, PU_PER_MM(45));
	assert_int_equal(g.info.w, PU_PER_MM(88) - PU_PER_MM(20));
	assert_int_equal(g.n_folds, 2);
	assert_int_equal(g.folds[0], PU_PER_MM(105));
	assert_int_equal(g.folds[1], PU_PER_MM(210));
	assert_int_equal(g.n_punches, 1);
	assert_int_equal(g.punches[0], PU_PER_MM(148.5));
	assert_true(geometry_inside(&g.address, &g.safe));
	assert_true(geometry_inside(&g.return_line, &g.risk));
	arena_free(a);
}

static void
test_inside(void **state)
{
	static const struct page_box outer = { 10, 10, 20, 20 };
	static const struct {
		struct page_box box;
		bool inside;
	} rows[] = {
		{ { 10, 10, 20, 20 }, true },
		{ { 15, 15, 1, 1 }, true },
		{ { 9, 10, 5, 5 }, false },
		{ { 10, 9, 5, 5 }, false },
		{ { 26, 10, 5, 5 }, false },
		{ { 10, 26, 5, 5 }, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(geometry_inside(&rows[i].box, &outer),
		    rows[i].inside);
}

/* fr-dl with one line replaced must be refused, by file and by key. */
static void
test_refused(void **state)
{
	static const struct {
		const char *from, *to, *says;
	} rows[] = {
		{ "address: {x: 102, y: 57,", "address: {x: 95, y: 57,",
		    "address" },
		{ "info: {x: 20, y: 45, w: 68,", "info: {x: 20, y: 45, w: 300,",
		    "info: the box goes beyond the sheet" },
		{ "info: {x: 20, y: 45, w: 68,", "info: {x: 20, y: 45, w: 72,",
		    "info: it lies in window.risk" },
		{ "head: {x: 20,", "head: {x: -20,", "head" },
		{ "date: {x: 102, y: 90,", "date: {x: 102, y: 86,",
		    "date: it lies in window.risk" },
		{ "date: {x: 102, y: 90, w: 88", "date: {x: 20, y: 90, w: 170",
		    "date: leave" },
		{ "least: 9}", "least: 7}", "address_sizes" },
		{ "name: fr-dl", "nmae: fr-dl", "nmae" },
		{ "  punch: [148.5]", "  punch: [9000]", "marks" },
		{ "  punch: [148.5]", "  punch: [297]", "marks: one lies" },
		{ "[105, 210]", "[105, 297]", "marks: one lies" },
		{ "thickness: 0.2", "thickness: 2", "marks: a thickness" },
		{ "  length: 4", "  length: 207", "marks: they go" },
	};
	char path[] = "/tmp/semonce-geometry-XXXXXX";
	struct arena *a = arena_new();
	struct str file;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	str_init(&file, 1 << 20);
	struct err e = { 0 };
	assert_int_equal(file_read(FR_DL, &file, &e), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *at = strstr(file.p, rows[i].from);
		struct geometry g;

		assert_non_null(at);
		char *text = arena_fmt(a, "%.*s%s%s", (int)(at - file.p),
		    file.p, rows[i].to, at + strlen(rows[i].from));
		assert_int_equal(file_write(path, text, strlen(text), 0600, &e),
		    0);
		e = (struct err){ 0 };
		assert_int_equal(geometry_load(path, a, &g, &e), -1);
		assert_int_equal(e.kind, ERR_USAGE);
		assert_non_null(strstr(e.text, path));
		if (!strstr(e.text, rows[i].says))
			fail_msg("'%s' does not say '%s'", e.text,
			    rows[i].says);
	}
	unlink(path);
	str_done(&file);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fr_dl),
		cmocka_unit_test(test_inside),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
