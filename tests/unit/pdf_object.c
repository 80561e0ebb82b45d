/*
 * Objects and streams of any number, as libqpdf reads them back: each is
 * found where the file says it lies.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/document.h"
#include "pdf/object.h"
#include "pdf/put.h"

#define OUT_MAX (8u << 20)

static const uint8_t id[16] = { 1, 2, 3 };

/* A catalog, n dictionaries {/I i}, and a stream behind each 7th. */
static int
make(struct pdf_writer *w, unsigned n, struct str *out, struct err *e)
{
	static const struct pdf_bytes none = { 0 },
				      text = { .p = "words", .n = 5 };
	struct pdf_objects *o = w->objects;
	struct str dict;
	unsigned i, root;
	int rc;

	pdf_objects_begin(o, out);
	root = pdf_object_new(o);

	str_init(&dict, 1000);
	for (i = 0; i < n; i++) {
		unsigned number = pdf_object_new(o);

		str_puts(&dict, "/I ");
		pdf_put_int(&dict, i);
		pdf_object_put(o, number, &dict, none);
		if (i % 7 == 0)
			pdf_object_put(o, pdf_object_new(o), &dict, text);
		if (i % 11 == 0) {
			number = pdf_object_new(o);
			str_fmt(&dict, "/Apart %u", n - i);
			pdf_object_put_apart(o, number, &dict);
		}
	}
	str_puts(&dict, "/Type/Catalog/Last ");
	pdf_put_int(&dict, n);
	pdf_object_put(o, root, &dict, none);
	rc = pdf_objects_end(o, root, id, e);
	str_done(&dict);
	return rc;
}

/* How many {/Apart i} there are. */
static unsigned
count_apart(qpdf_data q, unsigned n)
{
	unsigned found = 0;

	for (unsigned i = 1; i < 2 * n + 20; i++) {
		qpdf_oh o = qpdf_get_object_by_id(q, (int)i, 0);

		found += qpdf_oh_is_dictionary(q, o) &&
		    qpdf_oh_has_key(q, o, "/Apart");
	}
	return found;
}

/* Reads what make wrote; returns how many {/I i} there are, each once. */
static unsigned
count(qpdf_data q, unsigned n)
{
	unsigned found = 0, numbers = 2 * n + 20;
	bool *seen = calloc(n, sizeof(*seen));

	for (unsigned i = 1; i < numbers; i++) {
		qpdf_oh o = qpdf_get_object_by_id(q, (int)i, 0), v;
		long long at;

		if (!qpdf_oh_is_dictionary(q, o) ||
		    !qpdf_oh_has_key(q, o, "/I"))
			continue;
		v = qpdf_oh_get_key(q, o, "/I");
		at = qpdf_oh_get_int_value(q, v);
		assert_in_range(at, 0, n - 1);
		assert_false(seen[at]);
		seen[at] = true;
		found++;
	}
	free(seen);
	return found;
}

static void
any_number_is_found(void **state)
{
	static const unsigned numbers[] = { 1, 198, 199, 200, 201, 1000 };
	struct pdf_writer *w;
	struct str out;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(pdf_writer_new(&w, &e), 0);
	str_init(&out, OUT_MAX);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		qpdf_data q = qpdf_init();
		qpdf_oh root;

		qpdf_silence_errors(q);
		qpdf_set_suppress_warnings(q, QPDF_TRUE);
		qpdf_set_attempt_recovery(q, QPDF_FALSE);
		str_clear(&out);
		assert_int_equal(make(w, numbers[i], &out, &e), 0);
		assert_int_equal(qpdf_read_memory(q, "test", out.p, out.len,
				     NULL),
		    QPDF_SUCCESS);
		root = qpdf_get_root(q);
		assert_int_equal(qpdf_oh_get_int_value(q,
				     qpdf_oh_get_key(q, root, "/Last")),
		    numbers[i]);
		assert_int_equal(count(q, numbers[i]), numbers[i]);
		assert_int_equal(count_apart(q, numbers[i]),
		    (numbers[i] + 10) / 11);
		assert_false(qpdf_more_warnings(q));
		qpdf_cleanup(&q);
	}
	str_done(&out);
	pdf_writer_free(w);
}

/* Offsets count from the beginning of the file, not of the string. */
static void
what_stands_before_is_kept(void **state)
{
	struct pdf_writer *w;
	struct str one, two;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(pdf_writer_new(&w, &e), 0);
	str_init(&one, OUT_MAX);
	str_init(&two, OUT_MAX);
	str_puts(&two, "before");
	assert_int_equal(make(w, 300, &one, &e), 0);
	assert_int_equal(make(w, 300, &two, &e), 0);
	assert_int_equal(two.len, one.len + 6);
	assert_memory_equal(two.p + 6, one.p, one.len);
	str_done(&one);
	str_done(&two);
	pdf_writer_free(w);
}

/* A file has the same bytes whatever was written before it. */
static void
files_do_not_depend_on_others(void **state)
{
	struct pdf_writer *w;
	struct str first, again;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(pdf_writer_new(&w, &e), 0);
	str_init(&first, OUT_MAX);
	str_init(&again, OUT_MAX);
	assert_int_equal(make(w, 20, &first, &e), 0);
	for (unsigned n = 19; n < 23; n++) {
		str_clear(&again);
		assert_int_equal(make(w, n, &again, &e), 0);
		if (n == 20)
			assert_memory_equal(again.p, first.p, first.len);
		else
			assert_int_not_equal(again.len, first.len);
	}
	str_clear(&again);
	assert_int_equal(make(w, 20, &again, &e), 0);
	assert_int_equal(again.len, first.len);
	assert_memory_equal(again.p, first.p, first.len);
	str_done(&first);
	str_done(&again);
	pdf_writer_free(w);
}

static void
a_small_maximum_is_an_error(void **state)
{
	struct pdf_writer *w;
	struct str out;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(pdf_writer_new(&w, &e), 0);
	str_init(&out, 500);
	assert_int_equal(make(w, 300, &out, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	assert_non_null(strstr(e.text, "attach fewer or smaller files"));
	str_done(&out);
	pdf_writer_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_number_is_found),
		cmocka_unit_test(what_stands_before_is_kept),
		cmocka_unit_test(files_do_not_depend_on_others),
		cmocka_unit_test(a_small_maximum_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
