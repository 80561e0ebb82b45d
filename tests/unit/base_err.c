/* err: the text is UTF-8, whatever was formatted into it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"

static void
test_utf8(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_int_equal(err_set(&e, ERR_DATA, "bad '%.2s'", "aé"), -1);
	assert_int_equal(e.kind, ERR_DATA);
	assert_string_equal(e.text, "bad 'a?'");
	assert_int_equal(err_add(&e, "caf\xe9.csv:%d", 7), -1);
	assert_string_equal(e.text, "caf?.csv:7: bad 'a?'");
	errno = ENOENT;
	assert_int_equal(err_sys(&e, "\xff"), -1);
	assert_string_equal(e.text, "?: No such file or directory");
	assert_int_equal(e.kind, ERR_SYSTEM);
}

/* Each way a character can stand across the end. */
static void
test_cut(void **state)
{
	static char text[sizeof(((struct err *)0)->text) + 40];
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		memset(text, 'a', i);
		text[i] = '\0';
		while (strlen(text) < sizeof(e.text) + 4)
			memcpy(text + strlen(text), "🇫", 5);
		(void)err_set(&e, ERR_DATA, "%s", text);
		assert_true(strlen(e.text) >= sizeof(e.text) - 4);
		assert_int_equal(utf8_bad(e.text, strlen(e.text)), -1);
		assert_int_equal(memcmp(e.text, text, strlen(e.text)), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
