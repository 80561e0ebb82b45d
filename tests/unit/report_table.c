/* What tables look like: widths, notes, long words, no blanks at the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "report/table.h"

#define FORTY "0123456789 123456789 123456789 123456789"

/* A table of rows of cells; "" in `notes` is none. */
static char *
print(const char *right, const char *const *cells, const char *const *notes,
    size_t rows)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);
	struct table t;

	assert_non_null(out);
	table_init(&t, right);
	for (size_t i = 0; i < rows; i++) {
		for (size_t c = 0; c < t.columns; c++)
			table_cell(&t, cells[i * t.columns + c]);
		if (notes[i][0] != '\0')
			table_note(&t, notes[i]);
	}
	table_print(&t, out);
	table_done(&t);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void
test_columns(void **state)
{
	static const char *const cells[] = { "who", "sum", "when", "Œuf",
		"9.00", "", "b", "10.00", "x\ty" };
	static const char *const notes[] = { "", "ask\nfirst", "" };
	char *text = print("<><", cells, notes, 3);

	(void)state;
	assert_string_equal(text,
	    "who    sum  when\n"
	    "------------------\n"
	    "Œuf   9.00\n"
	    "     ask\\x0afirst\n"
	    "b    10.00  x\\x09y\n");
	free(text);
}

/* Lines of 100 columns at most; a word that is longer stays whole. */
static void
test_width(void **state)
{
	static const char *const cells[] = { "a", "b", "c",
		FORTY " " FORTY " " FORTY };
	static const char *const notes[] = { "",
		FORTY " " FORTY " 123456789 1234567 x" };
	char *text = print("<<", cells, notes, 2);
	size_t longest = 0;

	(void)state;
	for (const char *p = text; *p != '\0'; p += strcspn(p, "\n") + 1)
		if (strcspn(p, "\n") > longest)
			longest = strcspn(p, "\n");
	assert_int_equal(longest, TABLE_WIDTH);
	assert_non_null(strstr(text,
	    "c  " FORTY " " FORTY " 0123456789\n"
	    "   123456789 123456789 123456789\n"
	    "   " FORTY " " FORTY " 123456789\n"
	    "   1234567 x\n"));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
