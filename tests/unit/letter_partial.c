/* Partials: their indent, and partials without end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "letter/template.h"

#define OUT_BYTES 65536

/* Partials as a JSON object. */
static int
lend(void *context, const char *name, struct template_text *out, struct err *e)
{
	(void)e;
	*out = (struct template_text){ name, 1,
		json_string_value(json_object_get(context, name)) };
	return 0;
}

struct row {
	const char *text, *partials, *json, *want;
};

/* Expands as a letter does; the error's text in out if it fails. */
static int
expand(const struct row *r, bool lenient, struct str *out, struct err *e)
{
	struct arena *a = arena_new();
	json_t *data = json_loads(r->json, JSON_DECODE_ANY, NULL);
	json_t *partials = json_loads(r->partials, 0, NULL);
	const struct template_lender lender = {
		.lend = lend, .context = partials, .lenient = lenient
	};
	const struct template_text text = { "t.md", 1, r->text };
	struct template *t;
	int rc;

	assert_non_null(data);
	assert_non_null(partials);
	str_init(out, OUT_BYTES);
	rc = template_parse_with(&text, &lender, a, &t, e);
	if (rc == 0)
		rc = template_expand(t, data, "fr", ESCAPE_MARKDOWN, out, e);
	if (rc == -1) {
		str_clear(out);
		str_puts(out, e->text);
	}
	json_decref(data);
	json_decref(partials);
	arena_free(a);
	return rc;
}

static void
run(const struct row *rows, size_t n, bool lenient, int want_rc)
{
	for (size_t i = 0; i < n; i++) {
		struct err e = { 0 };
		struct str out;
		int rc = expand(&rows[i], lenient, &out, &e);

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

#define RUN(rows, lenient, rc) \
	run(rows, sizeof(rows) / sizeof((rows)[0]), lenient, rc)

static void
test_partials(void **state)
{
	static const struct row rows[] = {
		{ "{{>p}}\nx", "{\"p\":\"a\\nb\\n\"}", "{}", "a\nb\nx" },
		/* a list in a list item */
		{ "- x\n  {{>p}}\n", "{\"p\":\"- {{n}}\\n- z\\n\"}",
		    "{\"n\":\"*\"}", "- x\n  - \\*\n  - z\n" },
		{ "{{#l}}\n{{>p}}\n{{/l}}\n", "{\"p\":\"{{.}};\\n\"}",
		    "{\"l\":[1,2]}", "&#49;;\n&#50;;\n" },
		/* dates and amounts as in the letter itself */
		{ "{{>p}}", "{\"p\":\"{{due}}\"}", "{\"due\":\"2026-03-01\"}",
		    "1er mars 2026" },
	};

	(void)state;
	RUN(rows, false, 0);
}

static void
test_errors(void **state)
{
	static const struct row rows[] = {
		{ "x\n{{>p}}", "{}", "{}",
		    "t.md:2: {{>p}}: there is no such text" },
		{ "{{>p}}", "{\"p\":\"\\n{{x}}\"}", "{}",
		    "p:2: {{x}} has no value" },
		{ "{{>p}}{{y}}", "{\"p\":\"\"}", "{}",
		    "t.md:1: {{y}} has no value" },
		{ "{{>p}}", "{\"p\":\"\\n\\n{{#x}}\"}", "{}",
		    "p:3: section {{#x}} is never closed" },
		{ "{{#x}}{{>p}}{{/x}}", "{\"p\":\"{{/x}}{{#x}}\"}", "{}",
		    "p:1: {{/x}} closes a section that is not open" },
		{ "{{>p}}", "{\"p\":\"{{>p}}\"}", "{}", "too many partials" },
		{ "{{>p}}", "{\"p\":\"x\\n  {{>p}}\\n\"}", "{}",
		    "too many partials" },
		{ "{{>p}}", "{\"p\":\"{{>q}}{{>q}}\",\"q\":\"{{>p}}{{>p}}\"}",
		    "{}", "too many partials" },
		{ "{{>p}}", "{\"p\":\" {{>p}}\\n  {{>p}}\\n   {{>p}}\\n\"}",
		    "{}", "too many partials" },
		{ "{{>p}}", "{\"p\":\"{{#x}}{{#x}}{{>p}}{{/x}}{{/x}}\"}",
		    "{\"x\":true}", "p:1: more than 16 sections" },
	};

	(void)state;
	RUN(rows, false, -1);
}

/* A blank where there is nothing, plain values: the specification's way. */
static void
test_lenient(void **state)
{
	static const struct row rows[] = {
		{ "({{>p}})({{x}})({{#x}}y{{/x}})", "{}", "{}", "()()()" },
		{ "{{due}}", "{}", "{\"due\":\"soon\"}", "soon" },
	};

	(void)state;
	RUN(rows, true, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_partials),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_lenient),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
