/*
 * mustache FILE.json: runs a file of the Mustache specification in its
 * published form, {"tests": [{"name", "data", "template", "expected",
 * "partials"}]}, through our templates: values escaped for HTML, a tag
 * nobody knows is a blank. Prints "ok NAME" or "not ok NAME", and at last
 * "N passed, N failed".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "letter/template.h"

#define OUTPUT_MAX_BYTES ((size_t)1 << 20)

static int
lend(void *context, const char *name, struct template_text *out, struct err *e)
{
	const json_t *text = json_object_get(context, name);

	(void)e;
	*out = (struct template_text){ name, 1, json_string_value(text) };
	return 0;
}

static int
expand(const json_t *test, struct arena *a, struct str *out, struct err *e)
{
	const struct template_text text = { "template", 1,
		json_string_value(json_object_get(test, "template")) };
	const struct template_lender lender = {
		.lend = lend,
		.context = json_object_get(test, "partials"),
		.lenient = true,
	};
	struct template *t;

	if (text.text == NULL)
		return err_set(e, ERR_DATA, "no template");
	if (template_parse_with(&text, &lender, a, &t, e) == -1)
		return -1;
	return template_expand(t, json_object_get(test, "data"), "en",
	    ESCAPE_HTML, out, e);
}

static bool
passes(const json_t *test)
{
	const char *name = json_string_value(json_object_get(test, "name"));
	const char *want = json_string_value(json_object_get(test, "expected"));
	struct arena *a = arena_new();
	struct err e = { 0 };
	struct str out;
	bool same;

	str_init(&out, OUTPUT_MAX_BYTES);
	if (expand(test, a, &out, &e) == -1)
		str_fmt(&out, "error: %s", e.text);
	same = want != NULL && strcmp(out.p, want) == 0;
	(void)printf("%s %s\n", same ? "ok" : "not ok",
	    name != NULL ? name : "(no name)");
	if (!same)
		(void)printf("  want %s\n  got  %s\n",
		    want != NULL ? want : "(nothing)", out.p);
	str_done(&out);
	arena_free(a);
	return same;
}

int
main(int argc, char **argv)
{
	size_t i, passed = 0, failed = 0;
	json_error_t why;
	json_t *file, *test;

	if (argc != 2) {
		(void)fputs("usage: mustache FILE.json\n", stderr);
		return 2;
	}
	file = json_load_file(argv[1], 0, &why);
	if (file == NULL) {
		(void)fprintf(stderr, "mustache: %s:%d: %s\n", argv[1],
		    why.line, why.text);
		return 2;
	}
	json_array_foreach(json_object_get(file, "tests"), i, test)
	{
		if (passes(test))
			passed++;
		else
			failed++;
	}
	json_decref(file);
	(void)printf("%zu passed, %zu failed\n", passed, failed);
	return failed == 0 && passed > 0 ? 0 : 1;
}
