#include "letter/text.h"

#include <string.h>

#include "base/file.h"
#include "base/yaml.h"

#define TEXT_MAX ((size_t)1 << 20)

struct head {
	char *subject, *page;
};

static const cyaml_schema_field_t head_fields[] = {
	CYAML_FIELD_STRING_PTR("subject", CYAML_FLAG_POINTER, struct head,
	    subject, 1, 1000),
	CYAML_FIELD_STRING_PTR("page", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
	    struct head, page, 1, 40),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t head_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct head, head_fields)
};

/* Where the head ends and the body begins, and on which line. */
struct parts {
	const char *head, *body;
	size_t head_len;
	unsigned body_line;
};

static int
parts_find(const struct text *t, struct parts *out, struct err *e)
{
	const char *line = t->source;
	unsigned n = 1;

	if (strncmp(line, "---\n", 4) != 0)
		return err_set(e, ERR_USAGE,
		    "%s:1: a letter begins with a line '---', then 'subject: "
		    "…', then '---'",
		    t->path);
	out->head = line + 4;
	while ((line = strchr(line, '\n')) != NULL) {
		line++;
		n++;
		if (strncmp(line, "---\n", 4) != 0)
			continue;
		out->head_len = (size_t)(line - out->head);
		out->body = line + 4;
		out->body_line = n + 1;
		return 0;
	}
	return err_set(e, ERR_USAGE,
	    "%s:1: the head has no end; close it with a line '---'", t->path);
}

static int
head_parse(struct text *t, const struct parts *p, struct arena *a,
    struct err *e)
{
	struct template *subject;
	const char *text;
	struct head *h;
	void *out;
	unsigned line;
	int rc;
	const struct yaml_text y = { .name = t->path,
		.first_line = 2,
		.text = p->head,
		.n = p->head_len };

	if (yaml_parse(&y, &head_schema, &out, e))
		return -1;
	h = out;
	t->page = h->page ? arena_str(a, h->page) : "";
	text = arena_str(a, h->subject);
	line = yaml_line(p->head, p->head_len, "subject");
	rc = template_parse(t->path, line + 1, text, a, &subject, e);
	t->subject = subject;
	yaml_free(&head_schema, h);
	return rc;
}

static int
source_read(const char *path, struct arena *a, struct text *t, struct err *e)
{
	struct str s;
	long bad;
	int rc;

	str_init(&s, TEXT_MAX);
	rc = file_read(path, &s, e);
	bad = rc ? -1 : utf8_bad(s.p, s.len);
	if (bad >= 0)
		rc = err_set(e, ERR_USAGE,
		    "%s: byte %ld is not UTF-8; save the text as UTF-8", path,
		    bad + 1);
	t->path = arena_str(a, path);
	t->source = arena_strn(a, s.p, s.len);
	t->len = s.len;
	str_done(&s);
	return rc;
}

int
text_load(const char *path, struct arena *a, struct text *out, struct err *e)
{
	struct template *body;
	struct parts p = { 0 };

	*out = (struct text){ 0 };
	if (source_read(path, a, out, e) || parts_find(out, &p, e) ||
	    head_parse(out, &p, a, e) ||
	    template_parse(out->path, p.body_line, p.body, a, &body, e))
		return -1;
	out->body = body;
	return 0;
}
