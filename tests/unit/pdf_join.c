/* Files joined for a printer: pages in order, same bytes, no junk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "pdf/join.h"

#define RUN_MAX_BYTES ((size_t)1 << 20)

/* The least that is a page; libqpdf does not ask for a true xref table. */
static const char tall[] =
    "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
    "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
    "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 100 777]>> endobj\n"
    "trailer <</Root 1 0 R>>\n%%EOF\n";
static const char wide[] =
    "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
    "2 0 obj <</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>> endobj\n"
    "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 888 100]>> endobj\n"
    "trailer <</Root 1 0 R>>\n%%EOF\n";

/* 40 parts are more than are held open at once. */
static void
join(const char *path, int want_rc, struct str *out)
{
	struct pdf_join *j;
	struct err e = { 0 };

	assert_int_equal(pdf_join_new(&j, &e), 0);
	for (int i = 0; i < 40; i++)
		assert_int_equal(pdf_join_add(j, tall, sizeof(tall) - 1, false,
				     &e),
		    0);
	assert_int_equal(pdf_join_add(j, wide, sizeof(wide) - 1, false, &e), 0);
	str_init(out, RUN_MAX_BYTES);
	assert_int_equal(pdf_join_write(j, path, &e), want_rc);
	if (want_rc == 0)
		assert_int_equal(file_read(path, out, &e), 0);
	else
		assert_int_equal(e.kind, ERR_SYSTEM);
	pdf_join_free(j);
}

static void
test_join(void **state)
{
	char dir[] = "/tmp/pdf_join.XXXXXX", path[64], absent[80];
	struct str one, two;

	(void)state;
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/run.pdf", dir);
	(void)snprintf(absent, sizeof(absent), "%s/absent/run.pdf", dir);
	join(path, 0, &one);
	join(path, 0, &two);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.p, two.p, one.len);
	assert_memory_equal(one.p, "%PDF-", 5);
	str_done(&one);
	str_done(&two);
	join(absent, -1, &one);
	str_done(&one);
	/* nothing is left but the file */
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

/* Where the disk is full no part of a print run passes for the whole. */
static void
test_full(void **state)
{
	char dir[] = "/tmp/pdf_join.XXXXXX", path[64];
	struct rlimit before, small;
	struct str whole, out;

	(void)state;
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/run.pdf", dir);
	join(path, 0, &whole);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	for (size_t room = 0; room < whole.len; room += 97) {
		small.rlim_cur = room;
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
		join(path, -1, &out);
		str_done(&out);
	}
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	str_done(&whole);
	assert_int_equal(rmdir(dir), 0);
}

static void
test_junk(void **state)
{
	static const char *const junk[] = { "", "%PDF-1.4\n", "no PDF at all" };

	(void)state;
	for (size_t i = 0; i < sizeof(junk) / sizeof(junk[0]); i++) {
		struct pdf_join *j;
		struct err e = { 0 };

		assert_int_equal(pdf_join_new(&j, &e), 0);
		assert_int_equal(pdf_join_add(j, junk[i], strlen(junk[i]),
				     false, &e),
		    -1);
		assert_non_null(strstr(e.text, "libqpdf: cannot read"));
		pdf_join_free(j);
	}
}

/* Pages of a join of tall and wide, some with a blank one behind. */
static void
test_even(void **state)
{
	const struct {
		bool tall, wide; /* made even */
		size_t pages;
	} rows[] = { { false, false, 3 }, { true, true, 4 }, { false, true, 3 },
		{ true, false, 4 } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pdf_join *j;
		struct str out;
		struct err e;
		size_t pages;

		assert_int_equal(pdf_join_new(&j, &e), 0);
		assert_int_equal(pdf_join_pages(j), 0);
		assert_int_equal(pdf_join_add(j, tall, sizeof(tall) - 1,
				     rows[i].tall, &e),
		    0);
		assert_int_equal(pdf_join_add(j, wide, sizeof(wide) - 1,
				     rows[i].wide, &e),
		    0);
		assert_int_equal(pdf_join_pages(j), rows[i].pages);
		str_init(&out, RUN_MAX_BYTES);
		assert_int_equal(pdf_join_put(j, &out, &e), 0);
		assert_int_equal(pdf_join_check(out.p, out.len, &pages, &e), 0);
		assert_int_equal(pages, rows[i].pages);
		str_done(&out);
		pdf_join_free(j);
	}
}

#define NOISE 4000

/* A page with a picture of noise, which no deflate makes smaller. */
static void
put_picture(struct str *out, uint32_t seed)
{
	str_clear(out);
	str_puts(out,
	    "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
	    "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
	    "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]"
	    "/Resources<</XObject<</I 4 0 R>>>>>> endobj\n");
	str_fmt(out,
	    "4 0 obj <</Type/XObject/Subtype/Image/Width 40/Height 100"
	    "/BitsPerComponent 8/ColorSpace/DeviceGray/Length %d>> stream\n",
	    NOISE);
	for (int i = 0; i < NOISE; i++) {
		seed = seed * 1664525 + 1013904223;
		str_putc(out, (char)(seed >> 24));
	}
	str_puts(out, "\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n");
}

/* What is the same is in the file once; what is not stays. */
static void
test_share(void **state)
{
	const struct {
		uint32_t seeds, copies;
	} rows[] = { { 1, 40 }, { 2, 40 }, { 7, 7 } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pdf_join *j;
		struct str in, out;
		struct err e;

		str_init(&in, RUN_MAX_BYTES);
		str_init(&out, RUN_MAX_BYTES);
		assert_int_equal(pdf_join_new(&j, &e), 0);
		for (uint32_t k = 0; k < rows[i].copies; k++) {
			put_picture(&in, k % rows[i].seeds);
			assert_int_equal(pdf_join_add(j, in.p, in.len, false,
					     &e),
			    0);
		}
		assert_int_equal(pdf_join_put(j, &out, &e), 0);
		assert_in_range(out.len, rows[i].seeds * NOISE,
		    (rows[i].seeds + 1) * NOISE);
		pdf_join_free(j);
		str_done(&in);
		str_done(&out);
	}
}

static void
test_small_room(void **state)
{
	struct pdf_join *j;
	struct str out;
	struct err e;

	(void)state;
	assert_int_equal(pdf_join_new(&j, &e), 0);
	assert_int_equal(pdf_join_add(j, tall, sizeof(tall) - 1, false, &e), 0);
	str_init(&out, 10);
	assert_int_equal(pdf_join_put(j, &out, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	str_done(&out);
	pdf_join_free(j);
}

/* What comes from outside is refused with a reason, and kills nobody. */
static void
test_check(void **state)
{
	static const char empty[] =
	    "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
	    "2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\n"
	    "trailer <</Root 1 0 R>>\n%%EOF\n";
	const struct {
		const char *bytes, *why;
	} rows[] = { { "", "no PDF, or" }, { "no PDF at all", "no PDF, or" },
		{ empty, "has no pages" } };
	struct err e;
	size_t pages;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(pdf_join_check(rows[i].bytes,
				     strlen(rows[i].bytes), &pages, &e),
		    -1);
		assert_int_equal(e.kind, ERR_DATA);
		assert_non_null(strstr(e.text, rows[i].why));
	}
	assert_int_equal(pdf_join_check(wide, sizeof(wide) - 1, &pages, &e), 0);
	assert_int_equal(pages, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_junk),
		cmocka_unit_test(test_even),
		cmocka_unit_test(test_small_room),
		cmocka_unit_test(test_share),
		cmocka_unit_test(test_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
