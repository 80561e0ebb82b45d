#include "letter/text.h"

#include <string.h>

#include "base/yaml.h"
#include "letter/node.h"

#define SOURCE_MAX ((size_t)80 << 20)

struct head {
	char *subject, *page;
	char **data;
	unsigned data_count;
	unsigned words;
};

static const cyaml_schema_value_t name_schema = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, 60)
};

static const cyaml_schema_field_t head_fields[] = {
	CYAML_FIELD_STRING_PTR("subject", CYAML_FLAG_POINTER, struct head,
	    subject, 1, 1000),
	CYAML_FIELD_STRING_PTR("page", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
	    struct head, page, 1, 40),
	CYAML_FIELD_SEQUENCE("data", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
	    struct head, data, &name_schema, 0, 100),
	CYAML_FIELD_UINT("words", CYAML_FLAG_OPTIONAL, struct head, words),
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
	const char **names;
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
	names = arena_array(a, h->data_count, sizeof(*names));
	for (unsigned i = 0; i < h->data_count; i++)
		names[i] = arena_str(a, h->data[i]);
	t->data = names;
	t->n_data = h->data_count;
	t->words = h->words;
	text = arena_str(a, h->subject);
	line = yaml_line(p->head, p->head_len, "subject");
	rc = template_parse(t->path, line + 1, text, a, &subject, e);
	t->subject = subject;
	yaml_free(&head_schema, h);
	return rc;
}

/* What the letter is made from: the file and the partials it names. */
static void
add_partials(struct text *t, struct arena *a)
{
	struct str s;

	str_init(&s, SOURCE_MAX);
	str_put(&s, t->source, t->len);
	template_partials(t->body, &s);
	t->source = arena_strn(a, s.p, s.len);
	t->len = s.len;
	str_done(&s);
}

int
text_load(const char *path, struct shelf *shelf, struct text *out,
    struct err *e)
{
	const struct template_lender lender = { .lend = shelf_lend,
		.context = shelf };
	struct arena *a = shelf->arena;
	struct template_text text;
	struct template *body;
	struct parts p = { 0 };

	*out = (struct text){ .path = arena_str(a, path) };
	if (shelf_read(path, a, &out->source, &out->len, e) ||
	    parts_find(out, &p, e) || head_parse(out, &p, a, e))
		return -1;
	text = (struct template_text){ out->path, p.body_line, p.body };
	if (template_parse_with(&text, &lender, a, &body, e))
		return -1;
	out->body = body;
	out->file_len = out->len;
	add_partials(out, a);
	return 0;
}

/* Behind what leaves nothing: these characters, and tags without a value. */
static const char *
pass_nothing(const char *p, const char *end, const char *chars)
{
	while (p < end) {
		bool tag = strncmp(p, "{{", 2) == 0 && p[2] != '\0' &&
		    strchr("#/^!", p[2]) != NULL;
		const char *close = tag ? strstr(p, "}}") : NULL;

		if (close)
			p = close + 2;
		else if (strchr(chars, *p) != NULL)
			p++;
		else
			break;
	}
	return p < end ? p : end;
}

/* Has the line before `line` no text, or is it the end of the head? */
static bool
begins_paragraph(const char *source, const char *line)
{
	const char *p = line - 1;

	if (line == source)
		return true;
	while (p > source && p[-1] != '\n')
		p--;
	return p + strspn(p, " \t\r") == line - 1 || strncmp(p, "---", 3) == 0;
}

bool
text_image_alone(const char *source, const char *image)
{
	const char *from = image, *end = strstr(image, "](");
	const char *behind = end ? strchr(end, ')') : NULL, *p;

	if (!behind++)
		return true;
	while (!((from == source || from[-1] == '\n') &&
	    begins_paragraph(source, from)))
		from--;
	end = behind + strlen(behind);
	for (p = behind; (p = strchr(p, '\n')) != NULL && end > p; p++)
		if (p[1 + strspn(p + 1, " \t\r")] == '\n')
			end = p;
	return pass_nothing(from, image, " \t\r\n>*+-.0123456789") == image &&
	    pass_nothing(behind, end, " \t\r\n") == end;
}

/*
 * The line of the first image with the target, if it is among text where
 * that is asked for, or 0.
 */
static unsigned
image_line(const char *source, size_t n, const char *target, bool among)
{
	size_t len = strlen(target);
	const char *image = NULL;
	unsigned line = 1;

	for (const char *p = source; p < source + n; p++) {
		if (strncmp(p, "![", 2) == 0)
			image = p;
		if (strncmp(p, "](", 2) == 0 && image &&
		    strncmp(p + 2, target, len) == 0 &&
		    !(among && text_image_alone(source, image)))
			return line;
		line += *p == '\n';
	}
	return 0;
}

int
text_blame(const struct text *t, const char *target, bool among, struct err *e)
{
	unsigned line = image_line(t->source, t->file_len, target, among);

	if (line > 0)
		return err_add(e, "%s:%u", t->path, line);
	for (const struct partial *q = t->body->partials; q; q = q->next) {
		if (q->content)
			line = image_line(q->source, strlen(q->source), target,
			    among);
		if (line > 0)
			return err_add(e, "%s:%u", q->content->name, line);
	}
	return err_add(e, "%s", t->path);
}
