#include "letter/template.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "letter/node.h"

#define DELIMITER_BYTES 8
#define NAME_PARTS      8
#define PARTIALS        64 /* of one template, each indent counted */
#define PARTIALS_BYTES  ((size_t)4 << 20)

struct delimiter {
	const char *p;
	size_t n;
};

/*
 * One pass over the text. `pos` stands behind what is in the tree, `line` is
 * the line of `pos`. sections[] holds the open ones, outermost first;
 * tails[depth] is where the next node goes.
 */
struct parser {
	const char *name;
	struct arena *arena;
	const char *text;
	size_t n, pos;
	unsigned line;
	struct delimiter open, close;
	struct node *sections[VIEW_DEPTH];
	struct node **tails[VIEW_DEPTH + 1];
	size_t depth;
	const struct template_lender *lender; /* NULL: no partials */
	struct partial **partials;            /* of the whole template */
};

struct tag {
	char sigil;        /* one of "#^/!&>={", or 0 for a plain name */
	size_t start, end; /* of the whole tag, with its delimiters */
	const char *inner; /* without delimiters, sigil and blanks */
	size_t inner_n;
	size_t indent; /* blanks before a tag that stands alone */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The offset of a delimiter at or behind `from`, or n. */
static size_t
find(const struct parser *p, size_t from, const char *what, size_t what_n)
{
	const char *at = memmem(p->text + from, p->n - from, what, what_n);

	return at != NULL ? (size_t)(at - p->text) : p->n;
}

static void
move_to(struct parser *p, size_t pos)
{
	for (; p->pos < pos; p->pos++)
		if (p->text[p->pos] == '\n')
			p->line++;
}

static struct node *
add_node(struct parser *p, enum node_kind kind)
{
	struct node *node = arena_alloc(p->arena, sizeof(*node));

	node->kind = kind;
	node->line = p->line;
	*p->tails[p->depth] = node;
	p->tails[p->depth] = &node->next;
	return node;
}

static void
add_text(struct parser *p, size_t from, size_t to)
{
	struct node *node;

	if (from >= to)
		return;
	node = add_node(p, NODE_TEXT);
	node->text = p->text + from;
	node->len = to - from;
}

/* Splits tag->inner at its dots; "." alone is the name without parts. */
static int
parse_name(struct parser *p, const struct tag *tag, struct node *node,
    struct err *e)
{
	const char *parts[NAME_PARTS], **kept;
	char *copy = arena_strn(p->arena, tag->inner, tag->inner_n);
	char *rest = copy;
	size_t n = 0;
	bool good = true;

	node->tag = arena_str(p->arena, copy);
	if (strcmp(copy, ".") == 0)
		return 0;
	while (rest != NULL && n < NAME_PARTS && good) {
		parts[n] = strsep(&rest, ".");
		good = parts[n][0] != '\0' &&
		    strpbrk(parts[n], " \t\r\n{}") == NULL;
		n++;
	}
	if (rest != NULL || !good)
		return err_set(e, ERR_USAGE,
		    "%s:%u: '%.60s' is not the name of a value; write names "
		    "joined by dots, such as {{debtor.name}}",
		    p->name, p->line, node->tag);
	kept = arena_array(p->arena, n, sizeof(*kept));
	memcpy(kept, parts, n * sizeof(*kept));
	node->name = (struct view_name){ .parts = kept, .n = n };
	return 0;
}

/* "{{{" is a tag of its own only where "{{" opens one. */
static bool
is_sigil(const struct parser *p, char c)
{
	if (c == '{')
		return p->open.n == 2 && memcmp(p->open.p, "{{", 2) == 0;
	return strchr("#^/!&>=", c) != NULL;
}

/* Reads the tag that opens at `start`. */
static int
scan_tag(const struct parser *p, size_t start, struct tag *tag, struct err *e)
{
	size_t from = start + p->open.n, to;
	struct delimiter close = p->close;
	char wrapped[DELIMITER_BYTES + 1];

	*tag = (struct tag){ .start = start };
	if (from < p->n && is_sigil(p, p->text[from]))
		tag->sigil = p->text[from++];
	if (tag->sigil == '{' || tag->sigil == '=') {
		wrapped[0] = tag->sigil == '{' ? '}' : '=';
		memcpy(wrapped + 1, p->close.p, p->close.n);
		close = (struct delimiter){ wrapped, p->close.n + 1 };
	}
	to = find(p, from, close.p, close.n);
	if (to == p->n)
		return err_set(e, ERR_USAGE,
		    "%s:%u: this tag is never closed; add '%.*s'", p->name,
		    p->line, (int)close.n, close.p);
	tag->end = to + close.n;
	while (from < to && is_blank(p->text[from]))
		from++;
	while (to > from && is_blank(p->text[to - 1]))
		to--;
	tag->inner = p->text + from;
	tag->inner_n = to - from;
	return 0;
}

/*
 * A tag that prints nothing and stands alone takes its whole line away:
 * *from becomes the start of the line, *to the start of the next.
 */
static void
take_line(const struct parser *p, const struct tag *tag, size_t *from,
    size_t *to)
{
	size_t start = tag->start, end = tag->end;

	while (start > 0 &&
	    (p->text[start - 1] == ' ' || p->text[start - 1] == '\t'))
		start--;
	while (end < p->n && (p->text[end] == ' ' || p->text[end] == '\t'))
		end++;
	if (start > 0 && p->text[start - 1] != '\n')
		return;
	if (end + 1 < p->n && p->text[end] == '\r' && p->text[end + 1] == '\n')
		end++;
	if (end < p->n && p->text[end] != '\n')
		return;
	*from = start;
	*to = end < p->n ? end + 1 : end;
}

static int
open_section(struct parser *p, const struct tag *tag, struct err *e)
{
	struct node *node;

	if (p->depth == VIEW_DEPTH)
		return err_set(e, ERR_USAGE,
		    "%s:%u: more than %d sections inside each other", p->name,
		    p->line, VIEW_DEPTH);
	node = add_node(p, tag->sigil == '#' ? NODE_SECTION : NODE_INVERTED);
	if (parse_name(p, tag, node, e) == -1)
		return -1;
	p->sections[p->depth++] = node;
	p->tails[p->depth] = &node->children;
	return 0;
}

static int
close_section(struct parser *p, const struct tag *tag, struct err *e)
{
	const struct node *open;

	if (p->depth == 0)
		return err_set(e, ERR_USAGE,
		    "%s:%u: {{/%.*s}} closes a section that is not open",
		    p->name, p->line, (int)tag->inner_n, tag->inner);
	open = p->sections[p->depth - 1];
	if (strlen(open->tag) != tag->inner_n ||
	    memcmp(open->tag, tag->inner, tag->inner_n) != 0)
		return err_set(e, ERR_USAGE,
		    "%s:%u: {{/%.*s}} stands where {{/%s}} must close the "
		    "section of line %u",
		    p->name, p->line, (int)tag->inner_n, tag->inner, open->tag,
		    open->line);
	p->depth--;
	return 0;
}

static int
set_delimiters(struct parser *p, const struct tag *tag, struct err *e)
{
	const char *s = tag->inner;
	size_t n = tag->inner_n, first = 0, second = 0;

	while (first < n && !is_blank(s[first]))
		first++;
	while (second < n && !is_blank(s[n - 1 - second]))
		second++;
	if (first + second >= n || first >= DELIMITER_BYTES ||
	    second >= DELIMITER_BYTES || memchr(s, '=', n) != NULL ||
	    second + first + strspn(s + first, " \t\r\n") != n)
		return err_set(e, ERR_USAGE,
		    "%s:%u: '%.*s' does not set delimiters; write two of them "
		    "such as {{=<%% %%>=}}",
		    p->name, p->line, (int)n, s);
	p->open = (struct delimiter){ s, first };
	p->close = (struct delimiter){ s + n - second, second };
	return 0;
}

/* Finds the partial or lists it, to be parsed later. */
static int
add_partial(struct parser *p, const struct tag *tag, struct err *e)
{
	const char *name = arena_strn(p->arena, tag->inner, tag->inner_n);
	const char *indent = arena_strn(p->arena,
	    p->text + tag->start - tag->indent, tag->indent);
	struct partial **at = p->partials;
	struct node *node;

	if (p->lender == NULL)
		return err_set(e, ERR_USAGE,
		    "%s:%u: {{>%s}}: there are no partials here; "
		    "write their text in this place",
		    p->name, p->line, name);
	while (*at != NULL &&
	    (strcmp((*at)->name, name) != 0 ||
		strcmp((*at)->indent, indent) != 0))
		at = &(*at)->next;
	if (*at == NULL) {
		*at = arena_alloc(p->arena, sizeof(**at));
		**at = (struct partial){ .name = name,
			.indent = indent,
			.file = p->name,
			.line = p->line };
	}
	node = add_node(p, NODE_PARTIAL);
	node->tag = name;
	node->partial = *at;
	return 0;
}

static int
add_tag(struct parser *p, const struct tag *tag, struct err *e)
{
	struct node *node;

	switch (tag->sigil) {
	case '!':
		return 0;
	case '=':
		return set_delimiters(p, tag, e);
	case '#':
	case '^':
		return open_section(p, tag, e);
	case '/':
		return close_section(p, tag, e);
	case '>':
		return add_partial(p, tag, e);
	}
	node = add_node(p, NODE_VALUE);
	node->unescaped = tag->sigil != 0;
	return parse_name(p, tag, node, e);
}

/* One text and the tag behind it; at the end of the text, the text alone. */
static int
parse_step(struct parser *p, struct err *e)
{
	size_t begin = p->pos, from, to;
	struct tag tag;

	from = find(p, begin, p->open.p, p->open.n);
	if (from == p->n) {
		add_text(p, begin, from);
		move_to(p, from);
		return 0;
	}
	move_to(p, from);
	if (scan_tag(p, from, &tag, e) == -1)
		return -1;
	to = tag.end;
	if (tag.sigil != 0 && strchr("#^/!=>", tag.sigil) != NULL)
		take_line(p, &tag, &from, &to);
	tag.indent = tag.start - from;
	add_text(p, begin, from);
	if (add_tag(p, &tag, e) == -1)
		return -1;
	move_to(p, to);
	return 0;
}

/* Parses one text into t; its partials are listed, not parsed. */
static int
parse_text(const struct template_text *text,
    const struct template_lender *lender, struct partial **partials,
    struct arena *a, struct template *t, struct err *e)
{
	struct parser p = {
		.name = arena_str(a, text->name),
		.arena = a,
		.text = text->text,
		.n = strlen(text->text),
		.line = text->first_line,
		.open = { "{{", 2 },
		.close = { "}}", 2 },
		.tails = { &t->first },
		.lender = lender,
		.partials = partials,
	};
	long bad = utf8_bad(p.text, p.n);

	if (bad != -1) {
		move_to(&p, (size_t)bad);
		return err_set(e, ERR_USAGE,
		    "%s:%u: not text in UTF-8; save the file as UTF-8", p.name,
		    p.line);
	}
	t->name = p.name;
	t->lenient = lender != NULL && lender->lenient;
	while (p.pos < p.n)
		if (parse_step(&p, e) == -1)
			return -1;
	if (p.depth > 0)
		return err_set(e, ERR_USAGE,
		    "%s:%u: section {{#%s}} is never closed; add {{/%s}}",
		    p.name, p.sections[p.depth - 1]->line,
		    p.sections[p.depth - 1]->tag, p.sections[p.depth - 1]->tag);
	return 0;
}

/* The indent of a partial stands before each of its lines. */
static char *
indent_lines(struct arena *a, const char *indent, const char *text)
{
	struct str s;
	char *out;

	str_init(&s, PARTIALS_BYTES);
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		n += text[n] == '\n';
		str_puts(&s, indent);
		str_put(&s, text, n);
		text += n;
	}
	out = s.over ? NULL : arena_strn(a, s.p, s.len);
	str_done(&s);
	return out;
}

/* Parses what a partial lends; *room is the bytes partials may still have. */
static int
parse_partial(struct partial *q, struct template *t,
    const struct template_lender *lender, struct arena *a, size_t *room,
    struct err *e)
{
	struct template_text text = { .first_line = 1 };
	struct template *content = arena_alloc(a, sizeof(*content));

	assert(lender != NULL); /* or add_partial had refused it */
	if (lender->lend(lender->context, q->name, &text, e) == -1)
		return err_add(e, "%s:%u: {{>%s}}", q->file, q->line, q->name);
	if (text.text == NULL && !lender->lenient)
		return err_set(e, ERR_USAGE,
		    "%s:%u: {{>%s}}: there is no such text; correct the name "
		    "or write it",
		    q->file, q->line, q->name);
	q->source = text.text;
	if (text.text == NULL)
		text = (struct template_text){ q->name, 1, "" };
	text.text = indent_lines(a, q->indent, text.text);
	if (text.text == NULL || strlen(text.text) > *room)
		return 0;
	*room -= strlen(text.text);
	if (parse_text(&text, lender, &t->partials, a, content, e) == -1)
		return -1;
	q->content = content;
	return 0;
}

int
template_parse_with(const struct template_text *text,
    const struct template_lender *lender, struct arena *a,
    struct template **out, struct err *e)
{
	struct template *t = arena_alloc(a, sizeof(*t));
	size_t room = PARTIALS_BYTES, n = 0;

	if (parse_text(text, lender, &t->partials, a, t, e) == -1)
		return -1;
	for (struct partial *q = t->partials; q != NULL && n < PARTIALS;
	     q = q->next, n++)
		if (parse_partial(q, t, lender, a, &room, e) == -1)
			return -1;
	*out = t;
	return 0;
}

int
template_parse(const char *name, unsigned first_line, const char *text,
    struct arena *a, struct template **out, struct err *e)
{
	return template_parse_with(&(struct template_text){ name, first_line,
				       text },
	    NULL, a, out, e);
}

void
template_partials(const struct template *t, struct str *out)
{
	for (const struct partial *q = t->partials; q != NULL; q = q->next)
		if (q->source != NULL)
			str_puts(out, q->source);
}
