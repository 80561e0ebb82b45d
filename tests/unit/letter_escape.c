/*
 * Hostile values: expanded by a template, read as Markdown, they come out as
 * they went in, wherever the template puts them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "letter/escape.h"
#include "letter/markdown.h"
#include "letter/template.h"

static const char *const values[] = { "*x*", "**x**", "_x_", "__x__", "~~x~~",
	"`x`", "``` x", "~~~ x", "[a](b)", "![a](b)", "[a]: b", "[a][b]", "[a]",
	"<https://example.com>", "<a@example.com>",
	"https://example.com/?a=b&c", "www.example.com", "a@example.com",
	"<b>x</b>", "<!-- x", "<div>", "<?x?>", "<![CDATA[x]]>", "&amp;",
	"&#42;", "&nbsp;", "&", "\\", "\\\\", "\\*x\\*", "x\\", "1. x", "1) x",
	"12", "123456789", "1.", "# x", "###### x", "#", "- x", "+ x", "* x",
	"-", "---", "- - -", "***", "___", "===", "> x", ">", "| x", "x | y",
	"|", "|---|", "x \\| y", ":--", "    x", "\u00a0x\u00a0", "  x  ",
	"   ", " ", "x  ", "x  y", "{{x}}", "{{{x}}}", "{{#x}}", "$x$",
	"==x==", "^x^", "x^2", "\"x\"", "'x'", "a--b", "...", "é*è*", "*é*è",
	"Müller & Söhne <GmbH>", "«x»", "日本語*x*", "x:y;z,!?",
	"Brasserie 1*2*3", "snake_case_name", "C:\\dir\\file", "#1", "100%",
	"!", "![", "](", "€1", "-1", "+33 1 23", "(x)",
	"a\xf0\x9f\x98\x80_b_" };

/* Where a template can put a value, and the tree it must leave. */
struct place {
	const char *name, *text;
	const struct block *(*find)(const struct block *root);
};

static const struct block *
only(const struct block *b, enum block_kind kind)
{
	if (b == NULL || b->next != NULL || b->kind != kind) {
		fail_msg("not one block, of kind %d", (int)kind);
		abort();
	}
	return b;
}

static const struct block *
only_paragraph(const struct block *root)
{
	return only(root->children, BLOCK_PARAGRAPH);
}

static const struct block *
only_heading(const struct block *root)
{
	return only(root->children, BLOCK_HEADING);
}

static const struct block *
only_item(const struct block *root)
{
	const struct block *list = only(root->children, BLOCK_LIST);

	return only_paragraph(only(list->children, BLOCK_LIST_ITEM));
}

/* The first cell of the row below the head; the other one holds "z". */
static const struct block *
only_cell(const struct block *root)
{
	const struct block *table = only(root->children, BLOCK_TABLE);
	const struct block *row = only(table->children->next, BLOCK_ROW);
	const struct block *other = only(row->children->next, BLOCK_CELL);

	assert_string_equal(other->spans->text, "z");
	return row->children;
}

static const struct place places[] = {
	{ "alone", "{{v}}", only_paragraph },
	{ "alone in its line", "A\n{{v}}\nZ", only_paragraph },
	{ "at the start of a line", "A\n{{v}}. Z", only_paragraph },
	{ "at the end of a line", "A {{v}}\nZ", only_paragraph },
	{ "inside a word", "A{{v}}Z", only_paragraph },
	{ "twice", "{{v}}{{v}}", only_paragraph },
	{ "between brackets", "A [{{v}}] ({{v}})", only_paragraph },
	{ "bold", "**{{v}}**", only_paragraph },
	{ "in a cell", "| a | b |\n|---|---|\n| {{v}} | z |\n", only_cell },
	{ "in a heading", "# {{v}}", only_heading },
	{ "in a list", "- {{v}}", only_item },
};

/* The place's text with the value put in by hand, marks taken away. */
static void
expected(const char *text, const char *value, const char *name, struct str *out)
{
	bool bold = strcmp(name, "bold") == 0;

	if (strcmp(name, "in a cell") == 0)
		text = "{{v}}";
	if (strncmp(text, "# ", 2) == 0 || strncmp(text, "- ", 2) == 0)
		text += 2;
	for (; *text != '\0'; text++) {
		if (strncmp(text, "{{v}}", 5) == 0) {
			str_puts(out, value);
			text += 4;
		} else if (*text == '\n') {
			str_putc(out, ' ');
		} else if (!bold || *text != '*') {
			str_putc(out, *text);
		}
	}
}

static void
expand(const char *text, const char *value, struct str *out)
{
	struct arena *a = arena_new();
	json_t *data = json_pack("{s:s}", "v", value);
	struct template *t;
	struct err e = { 0 };

	assert_non_null(data);
	assert_int_equal(template_parse("t", 1, text, a, &t, &e), 0);
	assert_int_equal(template_expand(t, data, "fr", ESCAPE_MARKDOWN, out,
			     &e),
	    0);
	json_decref(data);
	arena_free(a);
}

static void
check(const struct place *place, const char *value)
{
	struct arena *a = arena_new();
	struct str markdown, got, want;
	struct block *root;
	struct err e = { 0 };
	const struct span *s;
	unsigned style = strcmp(place->name, "bold") == 0 ? STYLE_BOLD : 0;

	str_init(&markdown, 4096);
	str_init(&got, 4096);
	str_init(&want, 4096);
	expand(place->text, value, &markdown);
	expected(place->text, value, place->name, &want);
	assert_int_equal(markdown_parse(markdown.p, markdown.len, a, &root, &e),
	    0);
	for (s = place->find(root)->spans; s != NULL; s = s->next) {
		str_puts(&got, s->text);
		assert_null(s->url);
		assert_int_equal(s->style, style);
	}
	if (strcmp(got.p, want.p) != 0)
		fail_msg("'%s' %s: '%s' reads '%s'", value, place->name,
		    markdown.p, got.p);
	str_done(&markdown);
	str_done(&got);
	str_done(&want);
	arena_free(a);
}

/* CommonMark 6.2: bold cannot start before a space of Unicode. */
static bool
fits(const struct place *place, const char *value)
{
	return strcmp(place->name, "bold") != 0 ||
	    strncmp(value, "\u00a0", 2) != 0;
}

static void
test_values(void **state)
{
	(void)state;
	for (size_t p = 0; p < sizeof(places) / sizeof(places[0]); p++)
		for (size_t v = 0; v < sizeof(values) / sizeof(values[0]); v++)
			if (fits(&places[p], values[v]))
				check(&places[p], values[v]);
}

/* Every character of ASCII, before, between and behind letters. */
static void
test_characters(void **state)
{
	(void)state;
	for (char c = ' '; c < 0x7f; c++)
		for (size_t p = 0; p < sizeof(places) / sizeof(places[0]);
		     p++) {
			char value[] = { c, c, 'a', c, 'b', c, ' ', c, c,
				'\0' };

			check(&places[p], value);
			value[2] = ' ';
			check(&places[p], value + 1);
		}
}

/* Line ends and controls become spaces, overrides go: still one place. */
static void
test_cleaned(void **state)
{
	static const struct {
		const char *value, *want;
	} rows[] = {
		{ "a\nb", "a b" },
		{ "a\r\nb", "a  b" },
		{ "a\n\n# b", "a  # b" },
		{ "a\n| b | c |", "a | b | c |" },
		{ "\n\n- x", "  - x" },
		{ "\tx", " x" },
		{ "\t\tx\t\t", "  x  " },
		{ "a\x01\x7f\xc2\x85\u2028\u2029z", "a     z" },
		{ "a\u202e\u2066z\u2069\u202c", "az" },
		{ "אב\u2069\u202e", "\u2068אב\u2069" },
		{ "SARL شركة", "\u2068SARL شركة\u2069" },
		{ "x  \u202e", "x  " },
		{ "1\u202e2", "12" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena *a = arena_new();
		struct block *root;
		struct err e = { 0 };
		struct str out, line;

		str_init(&out, 4096);
		str_init(&line, 4096);
		expand("| a | b |\n|---|---|\n| {{v}} | z |\n", rows[i].value,
		    &out);
		assert_int_equal(markdown_parse(out.p, out.len, a, &root, &e),
		    0);
		assert_string_equal(only_cell(root)->spans->text, rows[i].want);
		str_clear(&out);
		expand("{{v}}\nZ", rows[i].value, &out);
		str_fmt(&line, "%s Z", rows[i].want);
		assert_int_equal(markdown_parse(out.p, out.len, a, &root, &e),
		    0);
		assert_string_equal(only_paragraph(root)->spans->text, line.p);
		assert_string_equal(escape_plain(a, rows[i].value),
		    rows[i].want);
		str_done(&out);
		str_done(&line);
		arena_free(a);
	}
}

/* A link's target takes a value whole. */
static void
test_link(void **state)
{
	static const char url[] = "https://example.com/p(1)_a*b*?x=[1]&y=%20#z";
	struct arena *a = arena_new();
	struct block *root;
	struct err e = { 0 };
	struct str out;

	(void)state;
	str_init(&out, 4096);
	expand("[pay]({{v}})", url, &out);
	assert_int_equal(markdown_parse(out.p, out.len, a, &root, &e), 0);
	assert_string_equal(only_paragraph(root)->spans->text, "pay");
	assert_string_equal(only_paragraph(root)->spans->url, url);
	str_done(&out);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_cleaned),
		cmocka_unit_test(test_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
