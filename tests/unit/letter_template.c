/* Templates: the core of Mustache, our views, and errors that say where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "letter/template.h"

#define OUT_BYTES 65536

/* Expands; -1 with the error's text in out. */
static int
expand(const char *text, const char *json, enum template_escape escape,
    struct str *out, struct err *e)
{
	struct arena *a = arena_new();
	json_t *data = json_loads(json, JSON_DECODE_ANY, NULL);
	struct template *t;
	int rc;

	assert_non_null(data);
	str_init(out, OUT_BYTES);
	rc = template_parse("t.md", 1, text, a, &t, e);
	if (rc == 0)
		rc = template_expand(t, data, "fr", escape, out, e);
	if (rc == -1) {
		str_clear(out);
		str_puts(out, e->text);
	}
	json_decref(data);
	arena_free(a);
	return rc;
}

struct row {
	const char *text, *json, *want;
};

static void
run(const struct row *rows, size_t n, enum template_escape escape, int want_rc)
{
	for (size_t i = 0; i < n; i++) {
		struct err e = { 0 };
		struct str out;
		int rc = expand(rows[i].text, rows[i].json, escape, &out, &e);

		if (rc != want_rc)
			print_error("%s\n%s\n", rows[i].text, out.p);
		assert_int_equal(rc, want_rc);
		if (rc == 0)
			assert_string_equal(out.p, rows[i].want);
		else if (strstr(out.p, rows[i].want) == NULL)
			fail_msg("'%s' is not in '%s'", rows[i].want, out.p);
		str_done(&out);
	}
}

#define RUN(rows, escape, rc) \
	run(rows, sizeof(rows) / sizeof((rows)[0]), escape, rc)

static void
test_interpolation(void **state)
{
	static const struct row rows[] = {
		{ "Hello from {Mustache}!\n", "{}",
		    "Hello from {Mustache}!\n" },
		{ "", "{}", "" },
		{ "Hello, {{s}}!", "{\"s\":\"world\"}", "Hello, world!" },
		{ "{{s}}{{{s}}}{{&s}}", "{\"s\":\"*x*\"}", "*x**x**x*" },
		{ "\"{{n}} miles\"", "{\"n\":85}", "\"85 miles\"" },
		{ "{{n}}", "{\"n\":1.21}", "1.21" },
		{ "{{n}}", "{\"n\":-9223372036854775808}",
		    "-9223372036854775808" },
		{ "{{a.b.c}}", "{\"a\":{\"b\":{\"c\":\"x\"}}}", "x" },
		{ "{{#a}}{{b.c}}{{/a}}",
		    "{\"a\":{\"d\":1},\"b\":{\"c\":\"x\"}}", "x" },
		{ "| {{ s }} |", "{\"s\":\"x\"}", "| x |" },
		{ "  {{s}}\n", "{\"s\":\"x\"}", "  x\n" },
		{ "{{{ s }}}|{{& s }}", "{\"s\":\"x\"}", "x|x" },
		{ "({{.}})", "\"x\"", "(x)" },
		/* a value is inserted once and never read again */
		{ "{{s}}", "{\"s\":\"{{t}}\",\"t\":\"x\"}", "{{t}}" },
	};

	(void)state;
	RUN(rows, ESCAPE_NONE, 0);
}

static void
test_sections(void **state)
{
	static const struct row rows[] = {
		{ "{{#b}}yes{{/b}}", "{\"b\":true}", "yes" },
		{ "{{#b}}yes{{/b}}", "{\"b\":false}", "" },
		{ "{{#b}}yes{{/b}}", "{\"b\":null}", "" },
		{ "{{#b}}yes{{/b}}", "{\"b\":\"\"}", "" },
		{ "{{#b}}yes{{/b}}", "{\"b\":0}", "" },
		{ "{{#b}}yes{{/b}}", "{\"b\":[]}", "" },
		{ "{{#b}}yes{{/b}}", "{}", "" },
		{ "{{#b}}{{.}}{{/b}}", "{\"b\":\"x\"}", "x" },
		{ "{{#a}}Hi {{n}}.{{/a}}", "{\"a\":{\"n\":\"Jo\"}}", "Hi Jo." },
		{ "{{#a}}{{b}}, {{c.d}}{{/a}}",
		    "{\"a\":{\"b\":\"1\"},\"b\":\"2\",\"c\":{\"d\":\"3\"}}",
		    "1, 3" },
		{ "{{#l}}{{i}},{{/l}}",
		    "{\"l\":[{\"i\":1},{\"i\":2},{\"i\":3}]}", "1,2,3," },
		{ "{{#l}}({{.}}){{/l}}", "{\"l\":[1,\"b\",2.5]}",
		    "(1)(b)(2.5)" },
		{ "{{#l}}({{#.}}{{.}}{{/.}}){{/l}}", "{\"l\":[[1,2],[\"a\"]]}",
		    "(12)(a)" },
		{ "{{#a.b}}x{{/a.b}}", "{\"a\":{\"b\":true}}", "x" },
		{ "{{#a}}{{#b}}{{#c}}{{x}}{{y}}{{z}}{{/c}}{{/b}}{{/a}}",
		    "{\"a\":{\"x\":1},\"b\":{\"y\":2},\"c\":{\"z\":3}}",
		    "123" },
		{ "{{# b }}x{{/ b }}", "{\"b\":true}", "x" },
		{ "{{#b}}1{{/b}} {{#b}}2{{/b}}", "{\"b\":true}", "1 2" },
		{ "{{^b}}no{{/b}}", "{\"b\":false}", "no" },
		{ "{{^b}}no{{/b}}", "{\"b\":true}", "" },
		{ "{{^b}}no{{/b}}", "{\"b\":[]}", "no" },
		{ "{{^b}}no{{/b}}", "{\"b\":[1]}", "" },
		{ "{{^b}}no{{/b}}", "{\"b\":{}}", "" },
		{ "{{^b}}no{{/b}}", "{}", "no" },
		{ "{{^a.b}}no{{/a.b}}", "{\"a\":{}}", "no" },
		{ "{{#a}}{{^b}}no{{/b}}{{/a}}", "{\"a\":true,\"b\":\"\"}",
		    "no" },
		/* an amount of zero is no reason to speak of it */
		{ "{{#m}}x{{/m}}", "{\"m\":{\"minor\":0,\"currency\":\"EUR\"}}",
		    "" },
		{ "{{#m}}x{{/m}}", "{\"m\":{\"minor\":1,\"currency\":\"EUR\"}}",
		    "x" },
	};

	(void)state;
	RUN(rows, ESCAPE_NONE, 0);
}

static void
test_standalone(void **state)
{
	static const struct row rows[] = {
		{ "a\n{{#b}}\nx\n{{/b}}\nz\n", "{\"b\":true}", "a\nx\nz\n" },
		{ "a\n  {{#b}}\t\nx\n\t{{/b}}  \nz", "{\"b\":true}",
		    "a\nx\nz" },
		{ "|\r\n{{#b}}\r\n{{/b}}\r\n|", "{\"b\":true}", "|\r\n|" },
		{ "{{#b}}\nx\n{{/b}}", "{\"b\":true}", "x\n" },
		{ "  {{#b}}\n#{{/b}}\n/", "{\"b\":true}", "#\n/" },
		{ "#{{#b}}\n/\n  {{/b}}", "{\"b\":true}", "#\n/\n" },
		{ " | {{#b}}\t|\t{{/b}} | \n", "{\"b\":true}",
		    " | \t|\t | \n" },
		{ " {{#b}}Y{{/b}}\n {{#b}}G{{/b}}\n", "{\"b\":true}",
		    " Y\n G\n" },
		{ " {{#b}} {{! c }}\n {{/b}}\n", "{\"b\":true}", "  \n" },
		{ "a\n{{^b}}\nx\n{{/b}}\nz\n", "{}", "a\nx\nz\n" },
		{ "{{#l}}\n| {{.}} |\n{{/l}}\n", "{\"l\":[1,2]}",
		    "| 1 |\n| 2 |\n" },
		{ "a\n{{! c }}\nz\n", "{}", "a\nz\n" },
		{ "a\n  {{! c\nd\n}}\nz\n", "{}", "a\nz\n" },
		{ "12345{{! c }}67890", "{}", "1234567890" },
		{ "12 {{! 34 }}\n", "{}", "12 \n" },
		{ "a {{! c }} z", "{}", "a  z" },
		/* a value is never alone */
		{ "a\n {{s}}\nz", "{\"s\":\"x\"}", "a\n x\nz" },
	};

	(void)state;
	RUN(rows, ESCAPE_NONE, 0);
}

static void
test_delimiters(void **state)
{
	static const struct row rows[] = {
		{ "{{=<% %>=}}(<%s%>)", "{\"s\":\"x\"}", "(x)" },
		{ "({{=[ ]=}}[s])", "{\"s\":\"x\"}", "(x)" },
		{ "{{= | | =}}|s|", "{\"s\":\"x\"}", "x" },
		{ "{{#b}}{{s}}|{{/b}}{{= | | =}}|#b|{{s}}|/b|",
		    "{\"b\":true,\"s\":\"x\"}", "x|{{s}}" },
		{ "a\n  {{=@ @=}}\nz\n", "{}", "a\nz\n" },
		{ "| {{=@   @=}} |", "{}", "|  |" },
		{ "{{=<% %>=}}<%={{ }}=%>{{s}}", "{\"s\":\"x\"}", "x" },
		{ "{{=<% %>=}}<%&s%><%! c %>", "{\"s\":\"*\"}", "*" },
	};

	(void)state;
	RUN(rows, ESCAPE_NONE, 0);
}

#define EUR(minor) "{\"minor\":" #minor ",\"currency\":\"EUR\"}"

static void
test_views(void **state)
{
	static const struct row rows[] = {
		{ "{{t.open}}", "{\"t\":{\"open\":" EUR(123456) "}}",
		    "1\u202f234,56\u00a0€" },
		{ "{{t.open.raw}}", "{\"t\":{\"open\":" EUR(123456) "}}",
		    "1234.56" },
		{ "{{m}}", "{\"m\":{\"minor\":-5,\"currency\":\"CHF\"}}",
		    "-0,05\u00a0CHF" },
		{ "{{m.currency}} {{m.minor}}", "{\"m\":" EUR(7) "}", "EUR 7" },
		{ "{{#m}}{{currency}}{{/m}}", "{\"m\":" EUR(7) "}", "EUR" },
		{ "{{#m}}{{.}}{{/m}}", "{\"m\":" EUR(7) "}", "0,07\u00a0€" },
		{ "{{n.date}}", "{\"n\":{\"date\":\"2026-03-01\"}}",
		    "1er mars 2026" },
		{ "{{n.date.short}}", "{\"n\":{\"date\":\"2026-03-01\"}}",
		    "01/03/2026" },
		{ "{{n.date.raw}}", "{\"n\":{\"date\":\"2026-03-01\"}}",
		    "2026-03-01" },
		{ "{{date}} {{due}} {{issued}} {{sent_on}} {{deadline}} {{on}}",
		    "{\"date\":\"2026-01-02\",\"due\":\"2026-01-02\","
		    "\"issued\":\"2026-01-02\",\"sent_on\":\"2026-01-02\","
		    "\"deadline\":\"2026-01-02\",\"on\":\"2026-01-02\"}",
		    "2 janvier 2026 2 janvier 2026 2 janvier 2026 "
		    "2 janvier 2026 2 janvier 2026 2 janvier 2026" },
		/* only the key makes a date */
		{ "{{number}}", "{\"number\":\"2026-03-01\"}", "2026-03-01" },
		{ "{{#due}}{{.}}{{/due}}", "{\"due\":\"2026-03-01\"}",
		    "1er mars 2026" },
		{ "{{phone}} {{#phone}}{{.}} {{phone.raw}}{{/phone}}",
		    "{\"phone\":\"04 05 06\"}",
		    "04\u00a005\u00a006 04\u00a005\u00a006 04 05 06" },
		{ "{{iban}} {{iban.raw}}",
		    "{\"iban\":\"FR7630006000011234567890189\"}",
		    "FR76\u00a03000\u00a06000\u00a00112\u00a03456\u00a07890\u00a0"
		    "189 FR7630006000011234567890189" },
		{ "{{reference}}", "{\"reference\":\"RF18539007547034\"}",
		    "RF18\u00a05390\u00a00754\u00a07034" },
		{ "{{reference}}", "{\"reference\":\"Dossier 7\"}",
		    "Dossier\u00a07" },
		{ "{{from}} {{to.short}} {{until.raw}}",
		    "{\"from\":\"2026-01-02\",\"to\":\"2026-06-30\","
		    "\"until\":\"2026-06-30\"}",
		    "2 janvier 2026 30/06/2026 2026-06-30" },
		{ "{{rate}} {{rate.raw}}", "{\"rate\":\"12.15\"}",
		    "12,15\u00a0% 12.15" },
		/* words of a mailing under the same keys */
		{ "{{from}}, {{to}}, {{until}}",
		    "{\"from\":\"Lyon\",\"to\":\"Nice\",\"until\":\"18 h\"}",
		    "Lyon, Nice, 18 h" },
		{ "{{#r}}{{rate}} {{/r}}",
		    "{\"r\":[{\"rate\":\"10-20\"},{\"rate\":\"B\"},"
		    "{\"rate\":\"1.2.3\"},{\"rate\":\"5.\"},{\"rate\":3}]}",
		    "10-20 B 1.2.3 5. 3 " },
		/* a key of the data wins over a form */
		{ "{{a.raw}}{{a.short}}",
		    "{\"a\":{\"raw\":\"r\",\"short\":\"s\"}}", "rs" },
		{ "{{s.raw}}", "{\"s\":\"x\"}", "x" },
	};

	(void)state;
	RUN(rows, ESCAPE_NONE, 0);
}

/* A subject is one line; a letter is Markdown. */
static void
test_escapes(void **state)
{
	static const struct row plain[] = {
		{ "{{s}}", "{\"s\":\"a\\nb\\r\\n*c*\\u2028d\\u0000e\"}", "" },
		{ "{{s}}", "{\"s\":\"a\\nb*c*\\u2028d\\u202ee\\u0085\"}",
		    "a b*c* de " },
	};
	static const struct row markdown[] = {
		{ "{{s}}", "{\"s\":\"*x* [a](b)\"}", "\\*x\\* \\[a\\]\\(b\\)" },
		{ "{{s}}", "{\"s\":\"a\\nb\"}", "a b" },
		{ "{{s}}", "{\"s\":\" a \"}", "&#32;a&#32;" },
		{ "{{s}}. x", "{\"s\":\"12\"}", "&#49;2. x" },
		{ "{{{s}}}{{&s}}", "{\"s\":\"*x*\"}", "*x**x*" },
		{ "\\\\{{s}}", "{\"s\":\"*\"}", "\\\\\\*" },
	};

	(void)state;
	/* jansson takes no NUL in a string, so the first row cannot load */
	assert_null(json_loads(plain[0].json, 0, NULL));
	run(plain + 1, 1, ESCAPE_NONE, 0);
	RUN(markdown, ESCAPE_MARKDOWN, 0);
}

static void
test_errors(void **state)
{
	static const struct row rows[] = {
		{ "a\n{{x}}", "{}", "t.md:2: {{x}} has no value" },
		{ "a\n\n{{a.x}}", "{\"a\":{}}", "t.md:3: {{a.x}} has no" },
		{ "{{x}}", "{\"x\":null}", "t.md:1: {{x}} has no value" },
		{ "{{x}}", "{\"x\":\"\"}", "t.md:1: {{x}} has no value" },
		{ "{{a.b}}", "{\"a\":1,\"b\":1}", "{{a.b}} has no value" },
		{ "{{#a}}\n{{b.c}}{{/a}}", "{\"a\":{\"b\":{}},\"b\":{\"c\":1}}",
		    "t.md:2: {{b.c}} has no value" },
		{ "{{x.short}}", "{\"x\":\"2026-01-01\"}",
		    "{{x.short}} has no value" },
		{ "{{due}}", "{\"due\":\"2026-02-30\"}", "t.md:1: {{due}}" },
		{ "{{x}}", "{\"x\":[1]}", "t.md:1: {{x}}: is a list" },
		{ "{{x}}", "{\"x\":{\"y\":1}}", "{{x}}: holds several values" },
		{ "{{x}}", "{\"x\":true}", "{{x}}: is yes or no" },
		{ "{{x}}", "{\"x\":{\"minor\":1,\"currency\":\"QQQ\"}}",
		    "QQQ" },
		{ "\n{{#a}}\n", "{}", "t.md:2: section {{#a}} is never" },
		{ "\n{{/a}}\n", "{}", "t.md:2: {{/a}} closes a section" },
		{ "{{#a}}\n{{/b}}", "{}",
		    "t.md:2: {{/b}} stands where {{/a}} must close the section "
		    "of line 1" },
		{ "{{! c\n\n}}\n{{x", "{}", "t.md:4: this tag is never" },
		{ "{{{x}}", "{}", "add '}}}'" },
		{ "{{}}", "{}", "not the name" },
		{ "{{a b}}", "{}", "'a b' is not the name" },
		{ "{{a..b}}", "{}", "'a..b' is not the name" },
		{ "{{.a}}", "{}", "'.a' is not the name" },
		{ "{{a.}}", "{}", "'a.' is not the name" },
		{ "{{a.b.c.d.e.f.g.h.i}}", "{}", "is not the name" },
		{ "x\n{{> p}}", "{}", "t.md:2: {{>p}}: there are no" },
		{ "{{=<%=}}", "{}", "does not set delimiters" },
		{ "{{=a b c=}}", "{}", "does not set delimiters" },
		{ "{{= =}}", "{}", "does not set delimiters" },
		{ "a\n\xff", "{}", "t.md:2: not text in UTF-8" },
		{ "\\{{s}}", "{\"s\":\"*\"}", "t.md:1: a backslash stands" },
	};

	(void)state;
	RUN(rows, ESCAPE_MARKDOWN, -1);
}

/* Depth at the limit works, one more is an error; so with loops. */
static void
test_limits(void **state)
{
	struct err e = { 0 };
	struct str deep, out;
	json_t *list = json_array(), *data = json_object();
	char *json;

	(void)state;
	str_init(&deep, 4096);
	for (int i = 0; i < 16; i++)
		str_puts(&deep, "{{#b}}");
	str_puts(&deep, "x");
	for (int i = 0; i < 16; i++)
		str_puts(&deep, "{{/b}}");
	assert_int_equal(expand(deep.p, "{\"b\":true}", ESCAPE_NONE, &out, &e),
	    0);
	assert_string_equal(out.p, "x");
	str_done(&out);
	str_puts(&deep,
	    "{{#b}}{{#b}}{{#b}}{{#b}}{{#b}}{{#b}}{{#b}}{{#b}}{{#b}}"
	    "{{#b}}{{#b}}{{#b}}{{#b}}{{#b}}{{#b}}{{#b}}{{#b}}");
	assert_int_equal(expand(deep.p, "{\"b\":true}", ESCAPE_NONE, &out, &e),
	    -1);
	assert_non_null(strstr(out.p, "more than 16 sections"));
	str_done(&out);
	str_done(&deep);

	for (int i = 0; i < 100; i++)
		json_array_append_new(list, json_integer(1));
	json_object_set_new(data, "l", list);
	json = json_dumps(data, 0);
	json_decref(data);
	assert_int_equal(
	    expand("{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}", json,
		ESCAPE_NONE, &out, &e),
	    -1);
	assert_non_null(strstr(out.p, "too long"));
	str_done(&out);
	assert_int_equal(expand("{{#l}}{{#l}}0123456789{{/l}}{{/l}}", json,
			     ESCAPE_NONE, &out, &e),
	    -1);
	assert_non_null(strstr(out.p, "too long"));
	str_done(&out);
	free(json);
}

static void
test_language(void **state)
{
	struct arena *a = arena_new();
	struct template *t;
	struct err e = { 0 };
	struct str out;

	(void)state;
	str_init(&out, OUT_BYTES);
	assert_int_equal(template_parse("t.md", 5, "x", a, &t, &e), 0);
	assert_int_equal(template_expand(t, NULL, "zz", ESCAPE_NONE, &out, &e),
	    -1);
	assert_int_equal(e.kind, ERR_USAGE);
	assert_int_equal(template_parse("t.md", 5, "\n{{x", a, &t, &e), -1);
	assert_non_null(strstr(e.text, "t.md:6: "));
	str_done(&out);
	arena_free(a);
}

/* ---- random changes: each ends in output or in an error ---- */

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525U + 1013904223U; /* Numerical Recipes */
	return *seed >> 8;
}

static void
mutate(char *text, size_t n, uint32_t *seed)
{
	static const char bits[] = "{{}}#^/!&>=. \n\\*|abnx\xc3\xa9\"[]:,0";
	uint32_t changes = 1 + next_random(seed) % 3;

	while (changes-- > 0) {
		size_t at = next_random(seed) % n;
		size_t len = 1 + next_random(seed) % 2;

		for (size_t i = at; i < n && i < at + len; i++)
			text[i] = bits[next_random(seed) % (sizeof(bits) - 1)];
	}
}

static void
test_mutations(void **state)
{
	static const char text[] =
	    "{{greeting}},\n\n{{#list}}\n| {{number}} | {{due.short}} |\n"
	    "{{/list}}\n{{^none}}{{{total}}}{{/none}}{{! c }}\n"
	    "{{=<% %>=}}<%a.b.c%><%={{ }}=%>{{#a}}{{b.c}}{{/a}}\n";
	static const char json[] =
	    "{\"greeting\":\"*x*\",\"list\":[{\"number\":1,\"due\":"
	    "\"2026-03-01\"},{\"number\":\"|\",\"due\":\"2026-03-02\"}],"
	    "\"total\":{\"minor\":5,\"currency\":\"EUR\"},"
	    "\"a\":{\"b\":{\"c\":\"x\",\"d\":null}}}";
	uint32_t seed = 20260318;
	size_t fine = 0, wrong = 0;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		char t[sizeof(text)], j[sizeof(json)];
		struct err e = { 0 };
		struct arena *a = arena_new();
		struct template *parsed;
		struct str out;
		json_t *data;

		memcpy(t, text, sizeof(t));
		memcpy(j, json, sizeof(j));
		mutate(t, sizeof(t) - 1, &seed);
		if (i % 2 == 0)
			mutate(j, sizeof(j) - 1, &seed);
		data = json_loads(j, 0, NULL);
		str_init(&out, 4096);
		if (template_parse("t", 1, t, a, &parsed, &e) == 0 &&
		    template_expand(parsed, data, "fr", ESCAPE_MARKDOWN, &out,
			&e) == 0) {
			assert_int_equal(utf8_bad(out.p, out.len), -1);
			fine++;
		} else {
			assert_true(e.kind == ERR_USAGE || e.kind == ERR_DATA);
			assert_int_equal(strncmp(e.text, "t:", 2), 0);
			wrong++;
		}
		str_done(&out);
		json_decref(data);
		arena_free(a);
	}
	print_message("%zu expanded, %zu refused\n", fine, wrong);
	assert_true(fine > 100 && wrong > 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_interpolation),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_standalone),
		cmocka_unit_test(test_delimiters),
		cmocka_unit_test(test_views),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_language),
		cmocka_unit_test(test_mutations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
