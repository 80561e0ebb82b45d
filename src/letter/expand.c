#include <string.h>

#include "letter/escape.h"
#include "letter/node.h"
#include "letter/template.h"

#define STEPS         1000000 /* nodes walked for one letter */
#define PARTIAL_DEPTH 16

struct expansion {
	const struct template *template; /* or the partial at hand */
	size_t depth;                    /* partials inside each other */
	struct formatter *format;
	enum template_escape escape;
	struct view_stack stack;
	struct str value; /* of the tag at hand */
	struct str *out;
	size_t steps;
};

static int expand_nodes(struct expansion *x, const struct node *node,
    struct err *e);

/* The tag would be the second half of a Markdown escape. */
static bool
behind_backslash(const struct str *out)
{
	size_t n = 0;

	while (n < out->len && out->p[out->len - 1 - n] == '\\')
		n++;
	return n % 2 == 1;
}

static int
expand_value(struct expansion *x, const struct node *node, struct err *e)
{
	const char *name = x->template->name;
	struct view v;

	if (!view_find(&x->stack, &node->name, &v) || view_is_blank(v)) {
		if (x->template->lenient)
			return 0;
		return err_set(e, ERR_USAGE,
		    "%s:%u: {{%s}} has no value; correct the name, give it in "
		    "the data, or put it between {{#%s}} and {{/%s}}",
		    name, node->line, node->tag, node->tag, node->tag);
	}
	if (x->template->lenient)
		v.form = FORM_RAW;
	str_clear(&x->value);
	if (view_put(v, x->format, &x->value, e) == -1)
		return err_add(e, "%s:%u: {{%s}}", name, node->line, node->tag);
	if (x->escape == ESCAPE_NONE) {
		escape_line(x->value.p, x->out);
	} else if (node->unescaped) {
		str_put(x->out, x->value.p, x->value.len);
	} else if (x->escape == ESCAPE_HTML) {
		escape_html(x->value.p, x->out);
	} else if (behind_backslash(x->out)) {
		return err_set(e, ERR_USAGE,
		    "%s:%u: a backslash stands before {{%s}}; remove it", name,
		    node->line, node->tag);
	} else {
		escape_markdown(x->value.p, x->out);
	}
	return 0;
}

static int
expand_inside(struct expansion *x, const struct node *node, struct view v,
    struct err *e)
{
	int rc;

	if (x->stack.n > VIEW_DEPTH)
		return err_set(e, ERR_USAGE,
		    "%s:%u: more than %d sections inside each other",
		    x->template->name, node->line, VIEW_DEPTH);
	x->stack.frames[x->stack.n++] = v;
	rc = expand_nodes(x, node->children, e);
	x->stack.n--;
	return rc;
}

static int
expand_section(struct expansion *x, const struct node *node, struct err *e)
{
	struct view v, element;
	size_t i;
	const json_t *value;

	if (!view_find(&x->stack, &node->name, &v) || view_is_empty(v))
		return 0;
	if (!json_is_array(v.value))
		return expand_inside(x, node, v, e);
	element = v;
	json_array_foreach(v.value, i, value)
	{
		element.value = value;
		if (expand_inside(x, node, element, e) == -1)
			return -1;
	}
	return 0;
}

static int
expand_partial(struct expansion *x, const struct node *node, struct err *e)
{
	const struct template *outer = x->template;
	int rc;

	if (node->partial->content == NULL || x->depth == PARTIAL_DEPTH)
		return err_set(e, ERR_USAGE,
		    "%s:%u: {{>%s}}: too many partials inside each other; "
		    "look for one that always contains itself",
		    outer->name, node->line, node->tag);
	x->template = node->partial->content;
	x->depth++;
	rc = expand_nodes(x, x->template->first, e);
	x->depth--;
	x->template = outer;
	return rc;
}

static int
expand_node(struct expansion *x, const struct node *node, struct err *e)
{
	struct view v;

	switch (node->kind) {
	case NODE_TEXT:
		str_put(x->out, node->text, node->len);
		return 0;
	case NODE_VALUE:
		return expand_value(x, node, e);
	case NODE_SECTION:
		return expand_section(x, node, e);
	case NODE_INVERTED:
		if (view_find(&x->stack, &node->name, &v) && !view_is_empty(v))
			return 0;
		return expand_nodes(x, node->children, e);
	case NODE_PARTIAL:
		return expand_partial(x, node, e);
	}
	return 0;
}

static int
expand_nodes(struct expansion *x, const struct node *node, struct err *e)
{
	for (; node != NULL; node = node->next) {
		if (expand_node(x, node, e) == -1)
			return -1;
		if (++x->steps > STEPS || x->out->over || x->value.over)
			return err_set(e, ERR_DATA,
			    "%s:%u: the letter becomes too long; "
			    "look for a section inside itself, or shorten the "
			    "data",
			    x->template->name, node->line);
	}
	return 0;
}

int
template_fill(const struct template *t, const json_t *data,
    struct formatter *format, enum template_escape escape, struct str *out,
    struct err *e)
{
	struct expansion x = {
		.template = t,
		.format = format,
		.escape = escape,
		.stack = { .frames = { { .value = data, .key = "" } }, .n = 1 },
		.out = out,
	};
	int rc;

	str_init(&x.value, out->max);
	rc = expand_nodes(&x, t->first, e);
	str_done(&x.value);
	return rc;
}

int
template_expand(const struct template *t, const json_t *data, const char *lang,
    enum template_escape escape, struct str *out, struct err *e)
{
	struct formatter *format;
	int rc;

	if (formatter_open(lang, &format, e) == -1)
		return err_add(e, "%s", t->name);
	rc = template_fill(t, data, format, escape, out, e);
	formatter_close(format);
	return rc;
}
