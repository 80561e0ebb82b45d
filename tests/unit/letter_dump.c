/* page_dump: what golden tests compare, of a page made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "letter/page.h"

#define RUN(s, ...)                                                 \
	{                                                           \
		.text = (s), .text_len = sizeof(s) - 1, __VA_ARGS__ \
	}

static void
test_dump(void **state)
{
	static const struct page_run runs[] = { RUN("a \"b\" ", .y = 9),
		RUN("\\c ", .y = 9), RUN("un", .y = 20) };
	static const struct page_item items[] = {
		{ .kind = PAGE_TEXT,
		    .role = "address",
		    .box = { PU_PER_MM(102), PU_PER_MM(57), PU_PER_MM(40.25),
			PU_PER_MM(5) },
		    .runs = runs,
		    .n_runs = 3 },
		{ .kind = PAGE_FILL,
		    .role = "mark",
		    .box = { 0, PU_PER_MM(105), PU_PER_MM(4),
			PU_PER_MM(0.2) } },
	};
	static const struct page_item pictures[] = {
		{ .kind = PAGE_IMAGE, .role = "logo" },
		{ .kind = PAGE_SYMBOL, .role = "payment" },
	};
	static const struct page pages[] = {
		{ .items = items, .n_items = 2 },
		{ .items = pictures, .n_items = 2 },
	};
	struct page_doc d = { .pages = pages, .n_pages = 2 };
	struct str out;

	(void)state;
	str_init(&out, 4096);
	page_dump(&d, &out);
	assert_string_equal(out.p,
	    "page 1\n"
	    "text  address  102.00 57.00 40.25 5.00  \"a \\\"b\\\" \\\\c \\nun\"\n"
	    "fill  mark  0.00 105.00 4.00 0.20\n"
	    "page 2\n"
	    "image  logo  0.00 0.00 0.00 0.00\n"
	    "symbol  payment  0.00 0.00 0.00 0.00\n");
	str_done(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_dump) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
