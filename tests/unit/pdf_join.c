/* Files joined for a printer: pages in order, same bytes, no junk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

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

static void
join(size_t max, int want_rc, struct str *out)
{
	struct pdf_join *j;
	struct err e = { 0 };

	assert_int_equal(pdf_join_new(&j, &e), 0);
	assert_int_equal(pdf_join_add(j, tall, sizeof(tall) - 1, &e), 0);
	assert_int_equal(pdf_join_add(j, wide, sizeof(wide) - 1, &e), 0);
	str_init(out, max);
	assert_int_equal(pdf_join_write(j, out, &e), want_rc);
	if (want_rc == -1)
		assert_int_equal(e.kind, ERR_DATA);
	pdf_join_free(j);
}

static void
test_join(void **state)
{
	struct str one, two;

	(void)state;
	join(RUN_MAX_BYTES, 0, &one);
	join(RUN_MAX_BYTES, 0, &two);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.p, two.p, one.len);
	assert_memory_equal(one.p, "%PDF-", 5);
	str_done(&one);
	str_done(&two);
	join(100, -1, &one);
	str_done(&one);
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
		assert_int_equal(pdf_join_add(j, junk[i], strlen(junk[i]), &e),
		    -1);
		assert_non_null(strstr(e.text, "libqpdf: cannot read"));
		pdf_join_free(j);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_junk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
