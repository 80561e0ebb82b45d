/*
 * str and UTF-8: the maximum, what is visible, and the boundaries of
 * RFC 3629 (first and last code point of each length, and their neighbours).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/utf8.h"

static void
test_grows(void **state)
{
	struct str s;
	size_t i;

	(void)state;
	str_init(&s, 100000);
	assert_string_equal(s.p, "");
	for (i = 0; i < 20000; i++)
		str_puts(&s, "abcde");
	assert_int_equal(s.len, 100000);
	assert_int_equal(strlen(s.p), 100000);
	assert_false(s.over);
	str_done(&s);
}

/* What does not fit is dropped whole; what comes later may still fit. */
static void
test_maximum(void **state)
{
	struct str s;
	int i;

	(void)state;
	str_init(&s, 4);
	str_puts(&s, "abc");
	str_puts(&s, "de");
	assert_true(s.over);
	assert_string_equal(s.p, "abc");
	str_putc(&s, 'd');
	assert_string_equal(s.p, "abcd");
	str_putc(&s, 'e');
	str_fmt(&s, "%d", 5);
	str_put(&s, "", 0);
	assert_string_equal(s.p, "abcd");
	str_clear(&s);
	assert_false(s.over);
	assert_string_equal(s.p, "");
	for (i = 0; i < 3; i++)
		str_fmt(&s, "%s", "€"); /* never half a character */
	assert_string_equal(s.p, "€");
	assert_true(s.over);
	str_done(&s);
}

static void
test_fmt_long(void **state)
{
	char text[1000];
	struct str s;

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	str_init(&s, 2500);
	str_fmt(&s, "<%s>%d", text, 7);
	assert_int_equal(s.len, sizeof(text) + 2);
	assert_string_equal(s.p + s.len - 3, "x>7");
	str_fmt(&s, "%s", text);
	assert_false(s.over);
	str_fmt(&s, "%s", text);
	assert_true(s.over);
	assert_int_equal(s.len, 2 * sizeof(text) + 1);
	str_done(&s);
}

static void
test_keeps_nul_bytes(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 10);
	str_put(&s, "a\0b", 3);
	str_putc(&s, '\0');
	assert_int_equal(s.len, 4);
	assert_memory_equal(s.p, "a\0b\0", 5);
	str_done(&s);
}

static const struct {
	const char *bytes;
	long bad;
} sequences[] = {
	{ .bytes = "", .bad = -1 },
	{ .bytes = "Émise le 1er août", .bad = -1 },
	{ .bytes = "\x7f", .bad = -1 },
	{ .bytes = "\x80", .bad = 0 },
	{ .bytes = "a\xbf", .bad = 1 },
	{ .bytes = "\xc0\x80", .bad = 0 }, /* overlong NUL */
	{ .bytes = "\xc1\xbf", .bad = 0 },
	{ .bytes = "\xc2\x80", .bad = -1 }, /* U+0080 */
	{ .bytes = "\xc2", .bad = 0 },
	{ .bytes = "\xc2\x7f", .bad = 0 },
	{ .bytes = "\xc2\xc0", .bad = 0 },
	{ .bytes = "\xdf\xbf", .bad = -1 },     /* U+07FF */
	{ .bytes = "\xe0\x9f\xbf", .bad = 0 },  /* overlong */
	{ .bytes = "\xe0\xa0\x80", .bad = -1 }, /* U+0800 */
	{ .bytes = "\xed\x9f\xbf", .bad = -1 }, /* U+D7FF */
	{ .bytes = "\xed\xa0\x80", .bad = 0 },  /* a surrogate */
	{ .bytes = "\xee\x80\x80", .bad = -1 }, /* U+E000 */
	{ .bytes = "\xef\xbf\xbf", .bad = -1 }, /* U+FFFF */
	{ .bytes = "\xe2\x82", .bad = 0 },
	{ .bytes = "ab\xe2\x82z", .bad = 2 },
	{ .bytes = "\xf0\x8f\xbf\xbf", .bad = 0 },  /* overlong */
	{ .bytes = "\xf0\x90\x80\x80", .bad = -1 }, /* U+10000 */
	{ .bytes = "\xf4\x8f\xbf\xbf", .bad = -1 }, /* U+10FFFF */
	{ .bytes = "\xf4\x90\x80\x80", .bad = 0 },  /* beyond Unicode */
	{ .bytes = "\xf5\x80\x80\x80", .bad = 0 },
	{ .bytes = "\xff", .bad = 0 },
};

static void
test_bad_sequences(void **state)
{
	size_t i;
	long bad;

	(void)state;
	for (i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++) {
		bad = utf8_bad(sequences[i].bytes, strlen(sequences[i].bytes));
		if (bad != sequences[i].bad)
			fail_msg("row %zu: %ld, not %ld", i, bad,
			    sequences[i].bad);
	}
	assert_int_equal(utf8_bad("a\0\xff", 3), 2);
	for (size_t at = 0; at < 40; at++) {
		char text[40];

		memset(text, 'a', sizeof(text));
		assert_int_equal(utf8_bad(text, at), -1);
		text[at] = '\xff';
		assert_int_equal(utf8_bad(text, sizeof(text)), at);
		assert_int_equal(utf8_bad(text, at), -1);
	}
}

/* Every code point goes out and comes back. */
static void
test_round_trip(void **state)
{
	const char *p;
	struct str s;
	uint32_t c;

	(void)state;
	str_init(&s, 8);
	for (c = 1; c <= 0x10ffff; c++) {
		if (c == 0xd800)
			c = 0xe000;
		str_clear(&s);
		utf8_put(&s, c);
		p = s.p;
		if (utf8_bad(s.p, s.len) != -1 || utf8_next(&p) != c ||
		    p != s.p + s.len || utf8_count(s.p) != 1)
			fail_msg("U+%04X", c);
	}
	p = "";
	assert_int_equal(utf8_next(&p), 0);
	assert_int_equal(utf8_count("Crémieuse €𝄞"), 12);
	str_done(&s);
}

static const struct {
	const char *text, *visible;
} texts[] = {
	{ .text = "Crémieuse & Fils", .visible = "Crémieuse & Fils" },
	{ .text = "a\nb\r\t", .visible = "a\\x0ab\\x0d\\x09" },
	{ .text = "\x1b[31mred", .visible = "\\x1b[31mred" },
	{ .text = "\x7f", .visible = "\\x7f" },
	{ .text = "\xc2\x9b", .visible = "\\x9b" }, /* CSI of C1 */
	{ .text = "\xc2\xa0", .visible = "\xc2\xa0" },
	{ .text = "a\xe2\x80\xae"
		  "b",
	    .visible = "a\\u{202e}b" },
	{ .text = "\xe2\x81\xa6", .visible = "\\u{2066}" },
	{ .text = "\xe2\x80\xa8", .visible = "\\u{2028}" },
	{ .text = "\xe2\x80\xaf", .visible = "\xe2\x80\xaf" },
	{ .text = "\xff\xc3", .visible = "\\xff\\xc3" },
};

static void
test_visible(void **state)
{
	struct str s;
	size_t i;

	(void)state;
	str_init(&s, 100);
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		str_clear(&s);
		str_put_visible(&s, texts[i].text);
		assert_string_equal(s.p, texts[i].visible);
	}
	str_done(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grows),
		cmocka_unit_test(test_maximum),
		cmocka_unit_test(test_fmt_long),
		cmocka_unit_test(test_keeps_nul_bytes),
		cmocka_unit_test(test_bad_sequences),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_visible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
