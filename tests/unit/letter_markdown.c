/* Markdown to blocks: each construct a letter may use, as one line of text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/str.h"
#include "letter/markdown.h"

static void
dump_spans(const struct span *s, struct str *out)
{
	for (; s != NULL; s = s->next) {
		str_putc(out, '\'');
		str_puts(out, strcmp(s->text, "\n") == 0 ? "\\n" : s->text);
		str_putc(out, '\'');
		if (s->style & STYLE_BOLD)
			str_putc(out, 'b');
		if (s->style & STYLE_ITALIC)
			str_putc(out, 'i');
		if (s->style & STYLE_CODE)
			str_putc(out, 'c');
		if (s->url != NULL)
			str_fmt(out, "<%s>", s->url);
	}
}

static void
dump(const struct block *b, struct str *out)
{
	static const char *const names[] = {
		[BLOCK_ROOT] = "root",
		[BLOCK_PARAGRAPH] = "p",
		[BLOCK_HEADING] = "h",
		[BLOCK_QUOTE] = "quote",
		[BLOCK_LIST] = "list",
		[BLOCK_LIST_ITEM] = "li",
		[BLOCK_RULE] = "rule",
		[BLOCK_TABLE] = "table",
		[BLOCK_ROW] = "row",
		[BLOCK_CELL] = "cell",
		[BLOCK_IMAGE] = "image",
	};

	for (; b != NULL; b = b->next) {
		str_puts(out, names[b->kind]);
		if (b->kind == BLOCK_HEADING)
			str_fmt(out, "%u", b->level);
		if (b->kind == BLOCK_LIST && b->ordered)
			str_fmt(out, "%u", b->start);
		if (b->header)
			str_putc(out, '!');
		if (b->kind == BLOCK_CELL)
			str_putc(out, "<|>"[b->align]);
		if (b->kind == BLOCK_IMAGE)
			str_fmt(out, "{%s;%s}", b->target, b->alt);
		str_putc(out, '(');
		dump_spans(b->spans, out);
		dump(b->children, out);
		str_putc(out, ')');
	}
}

struct row {
	const char *text, *want;
};

static const struct row blocks[] = {
	{ "", "" },
	{ "a\nb", "p('a b')" },
	{ "a\x01"
	  "b\x7f\x1b[c `\x02`",
	    "p('a b  [c '' 'c)" },
	{ "a  \nb\\\nc", "p('a''\\n''b''\\n''c')" },
	{ "a\n\nb\n", "p('a')p('b')" },
	{ "a *b* **c** ***d*** `e  f`",
	    "p('a ''b'i' ''c'b' ''d'bi' ''e  f'c)" },
	{ "a\\*b&amp;c&#8239;d&nbsp;e&unknown;f",
	    "p('a*b&c\u202fd\u00a0e&unknown;f')" },
	{ "&#10;x&#0;y&#xD800;z", "p(' x\ufffdy\ufffdz')" },
	{ "<b>a</b> <!-- c -->", "p('<b>a</b> <!-- c -->')" },
	{ "<div>\nx\n</div>", "p('<div> x </div>')" },
	{ "[a *b*](https://example.com/\\*?x=1&amp;y) c",
	    "p('a '<https://example.com/*?x=1&y>"
	    "'b'i<https://example.com/*?x=1&y>' c')" },
	{ "<https://example.com/>",
	    "p('https://example.com/'<https://example.com/>)" },
	{ "www.example.com a@example.com",
	    "p('www.example.com a@example.com')" },
	{ "# a\n### b", "h1('a')h3('b')" },
	{ "> a\n> > b", "quote(p('a')quote(p('b')))" },
	{ "---", "rule()" },
	{ "    a", "p('a')" },
	{ "```\na\n\nb\n```\n\nc", "p('a'c'\\n''\\n''b'c)p('c')" },
	{ "- a\n- b *c*\n", "list(li(p('a'))li(p('b ''c'i)))" },
	{ "- a\n  1. b\n- c", "list(li(p('a')list1(li(p('b'))))li(p('c')))" },
	{ "3. a\n\n4. b", "list3(li(p('a'))li(p('b')))" },
	{ "-\n", "list(li())" },
	{ "| a | b | c |\n|:--|:-:|--:|\n| 1 | **2** |\n",
	    "table(row!(cell!<('a')cell!|('b')cell!>('c'))"
	    "row(cell<('1')cell|('2'b)cell>()))" },
	{ "| a |\n|---|\n| x\\|y |\n",
	    "table(row!(cell!<('a'))row(cell<('x|y')))" },
	{ "| a |\n|---|\n\nb", "table(row!(cell!<('a')))p('b')" },
	{ "![Pay *1* now](qr:epc)", "image{qr:epc;Pay 1 now}()" },
	{ "![](qr:epc)", "image{qr:epc;}()" },
	{ "![ &#32; ](logo:)", "image{logo:;}()" },
	{ "a\n\n![b](c)\n\nd", "p('a')image{c;b}()p('d')" },
	{ "![a ![b](c)](d)", "image{d;a b}()" },
	{ "[![a](b)](https://example.com)", "image{b;a}()" },
	{ "- ![a](b)", "list(li(image{b;a}()))" },
};

static void
test_blocks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		const char *text = blocks[i].text;
		struct arena *a = arena_new();
		struct err e = { 0 };
		struct block *root;
		struct str out;

		str_init(&out, 4096);
		assert_int_equal(markdown_parse(text, strlen(text), a, &root,
				     &e),
		    0);
		assert_int_equal(root->kind, BLOCK_ROOT);
		assert_null(root->next);
		dump(root->children, &out);
		assert_string_equal(out.p, blocks[i].want);
		str_done(&out);
		arena_free(a);
	}
}

static void
test_errors(void **state)
{
	static const struct row rows[] = {
		{ "a ![b](c)", "'c' stands among text" },
		{ "![b](c) a", "'c' stands among text" },
		{ "![b](c)\n![d](e)", "'e' stands among text" },
		{ "# ![b](c)", "'c' stands among text" },
		{ "| ![b](c) |\n|--|", "'c' stands among text" },
		{ ">>>>>>>>>>>>>>>> a", "deeper than" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena *a = arena_new();
		struct err e = { 0 };
		struct block *root;

		assert_int_equal(markdown_parse(rows[i].text,
				     strlen(rows[i].text), a, &root, &e),
		    -1);
		assert_int_equal(e.kind, ERR_USAGE);
		if (strstr(e.text, rows[i].want) == NULL)
			fail_msg("%s", e.text);
		arena_free(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
