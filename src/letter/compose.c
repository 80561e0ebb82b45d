#include "letter/compose.h"

#include <assert.h>
#include <string.h>

#include "letter/image.h"
#include "letter/look.h"
#include "letter/swiss.h"
#include "letter/table.h"

#define INDENT      PU_PER_MM(5.5)
#define LABEL_GAP   PU_PER_MM(1) /* least, before the words of an item */
#define QUOTE_BAR   PU_PER_MM(1.4)
#define NAME_BYTES  80
#define HAIRLINE    PU_PER_MM(0.12)
#define WHOLE_LINES 5 /* most of a heading, a closing formula, who signs */

/* Where in the tree it is that is being cut. */
struct place {
	const struct block *closing;   /* the formula, or NULL */
	const struct block *signatory; /* who signs, or NULL */
	unsigned headings[3];          /* Markdown levels that are open */
	size_t n_headings;
	bool inside; /* a list item */
};

static int block_compose(struct flow *f, struct place *p, const struct block *b,
    struct err *e);

/* ---- words ---- */

static void
lines_place(struct flow *f, const struct piece *p, size_t from, size_t to)
{
	const struct shape_part part = { .shape = p->content,
		.from = from,
		.to = to,
		.x = p->x,
		.y = f->y,
		.measure = p->measure };

	shape_place(f->build, &part, p->node, "body");
}

/* No line is left alone on a page: three lines stay together. */
static enum keep
line_keep(size_t line, size_t n, bool whole)
{
	if (line == 0)
		return KEEP_NOT;
	return whole || line == 1 || line == n - 1 ? KEEP_ALWAYS : KEEP_NOT;
}

/* Words of a paragraph, a heading or a list item. */
static int
words_compose(struct flow *f, const struct block *b, int node, bool whole,
    struct err *e)
{
	struct shape *s = arena_alloc(f->build->arena, sizeof(*s));
	struct piece *p;

	if (shape_spans(f->build, b->spans, f->type, f->measure, s, e))
		return -1;
	p = flow_piece(f, lines_place, s);
	p->node = node;
	whole = whole && s->n_lines <= WHOLE_LINES;
	for (size_t i = 0; i < s->n_lines; i++) {
		flow_keep(f, line_keep(i, s->n_lines, whole));
		flow_slice(f, p, f->type->leading);
	}
	return 0;
}

static int
paragraph_compose(struct flow *f, const struct place *p, const struct block *b,
    struct err *e)
{
	return words_compose(f, b, build_node(f->build, TAG_P, f->node),
	    b == p->closing || b == p->signatory, e);
}

/*
 * The subject is the heading of level 1. Below it a level follows the one
 * above, whatever levels the text leaves out (ISO 14289-1, 7.4.2).
 */
static int
heading_compose(struct flow *f, struct place *p, const struct block *b,
    struct err *e)
{
	static const enum page_tag tags[] = { TAG_H2, TAG_H3, TAG_H4 };
	const struct type *outer = f->type;
	unsigned level = b->level > 3 ? 3 : b->level;
	int rc;

	while (p->n_headings > 0 && p->headings[p->n_headings - 1] >= level)
		p->n_headings--;
	f->type = &look_heading[level - 1];
	rc = words_compose(f, b,
	    build_node(f->build, tags[p->n_headings], f->node), true, e);
	f->type = outer;
	p->headings[p->n_headings++] = level;
	return rc;
}

/* The payment part is at the end; the text says so where it asks for it. */
static int
slip_compose(struct flow *f, const struct place *p, const struct block *b,
    struct err *e)
{
	struct span *words = arena_alloc(f->build->arena, sizeof(*words));
	struct block *line = arena_alloc(f->build->arena, sizeof(*line));

	if (swiss_ask(f, b->alt, e))
		return -1;
	words->text = f->labels->pay_below;
	*line = (struct block){ .kind = BLOCK_PARAGRAPH, .spans = words };
	return words->text[0] ? paragraph_compose(f, p, line, e) : 0;
}

/* ---- blocks inside others ---- */

static int
children_compose(struct flow *f, struct place *p, const struct block *b,
    struct err *e)
{
	for (const struct block *c = b->children; c; c = c->next) {
		if (block_compose(f, p, c, e))
			return -1;
	}
	return 0;
}

/* Sets a block's children further in, below the node. */
static int
inner_compose(struct flow *f, struct place *p, const struct block *b,
    int32_t indent, struct err *e)
{
	int32_t x = f->x, measure = f->measure;
	int rc;

	f->x += indent;
	f->measure -= indent;
	rc = b->spans ? paragraph_compose(f, p, b, e)
		      : children_compose(f, p, b, e);
	f->x = x;
	f->measure = measure;
	return rc;
}

/* A list as it is set: the label of an item, and the room labels take. */
struct list {
	const struct block *block;
	unsigned number;
	int32_t indent;
};

static const char *
list_label(const struct flow *f, const struct list *l)
{
	return l->block->ordered ? arena_fmt(f->build->arena, "%u. ", l->number)
				 : "• ";
}

/* The label takes no height: the words begin on its line. */
static int
item_compose(struct flow *f, struct place *p, const struct block *b,
    const struct list *l, struct err *e)
{
	int outer = f->node, item = build_node(f->build, TAG_ITEM, outer);
	struct shape *s = arena_alloc(f->build->arena, sizeof(*s));
	struct piece *label;
	size_t at = f->n;
	int rc;

	if (shape_text(f->build, list_label(f, l), f->type, SHAPE_ONE_LINE, s,
		e))
		return -1;
	label = flow_piece(f, lines_place, s);
	label->node = build_node(f->build, TAG_LABEL, item);
	flow_slice(f, label, 0);
	flow_keep(f, KEEP_ALWAYS);
	f->node = build_node(f->build, TAG_LBODY, item);
	rc = inner_compose(f, p, b, l->indent, e);
	f->node = outer;
	if (f->n == at + 1) { /* there are none */
		f->slices[at].height = f->type->leading;
		f->keep = KEEP_NOT;
	}
	return rc;
}

static int
list_measure(struct flow *f, struct list *l, struct err *e)
{
	struct list last = *l;
	struct shape s;

	for (const struct block *c = l->block->children; c && c->next;
	     c = c->next)
		last.number++;
	if (shape_text(f->build, list_label(f, &last), f->type, SHAPE_ONE_LINE,
		&s, e))
		return -1;
	l->indent = s.width + LABEL_GAP > INDENT ? s.width + LABEL_GAP : INDENT;
	return 0;
}

static int
list_compose(struct flow *f, struct place *p, const struct block *b,
    struct err *e)
{
	struct list l = { .block = b, .number = b->start };
	bool inside = p->inside;
	int outer = f->node, rc;

	rc = list_measure(f, &l, e);
	f->node = build_node(f->build, TAG_LIST, f->node);
	p->inside = true;
	for (const struct block *c = b->children; c && rc == 0; c = c->next) {
		if (c != b->children)
			flow_gap(f, f->look->paragraph_gap / 3);
		rc = item_compose(f, p, c, &l, e);
		l.number++;
	}
	p->inside = inside;
	f->node = outer;
	return rc;
}

static int
quote_compose(struct flow *f, struct place *p, const struct block *b,
    struct err *e)
{
	const struct type *type = f->type;
	bool quoted = f->quoted;
	int32_t bar = f->bar;
	int node = f->node, rc;

	f->node = build_node(f->build, TAG_QUOTE, node);
	f->type = &f->look->quote;
	f->quoted = true;
	f->bar = f->x + QUOTE_BAR;
	rc = inner_compose(f, p, b, INDENT, e);
	f->quoted = quoted;
	f->bar = bar;
	f->type = type;
	f->node = node;
	return rc;
}

static void
rule_place(struct flow *f, const struct piece *p, size_t from, size_t to)
{
	(void)from;
	(void)to;
	build_fill(f->build, "rule",
	    (struct page_box){ p->x, f->y, p->measure, HAIRLINE }, LOOK_LINE);
}

/* It ends what is above it. */
static void
rule_compose(struct flow *f)
{
	flow_keep(f, KEEP_WISH);
	flow_slice(f, flow_piece(f, rule_place, NULL), HAIRLINE);
}

/* ---- what is between them ---- */

static bool
is_signature(const struct block *b)
{
	return b->kind == BLOCK_IMAGE && strcmp(b->target, "signature:") == 0;
}

/* Lines that break by themselves, or one too short to be a sentence. */
static bool
is_name(const struct block *b)
{
	const struct span *s = b->spans;
	size_t n = s ? strlen(s->text) : 0;

	if (n > 0 && !s->next)
		return n <= NAME_BYTES && !strchr(".!?:;,", s->text[n - 1]);
	while (s && strcmp(s->text, "\n") != 0)
		s = s->next;
	return s != NULL;
}

/* The end of the letter: a name above a heading, which begins an annex. */
static bool
is_end(const struct block *b)
{
	const struct block *next = b->next;

	return !next ||
	    (b->kind == BLOCK_PARAGRAPH && is_name(b) &&
		next->kind == BLOCK_HEADING && next->level == 1);
}

/*
 * Who signs follows the picture of the signature; without one, it is the
 * last paragraph, and the closing formula the one before it.
 */
static void
signatory_find(const struct block *root, struct place *p)
{
	const struct block *before = NULL, *end = NULL, *signatory = NULL;

	for (const struct block *b = root->children; b; b = b->next) {
		if (is_signature(b)) {
			end = before;
			signatory = b->next;
			break;
		}
		if (!end && is_end(b)) {
			end = before;
			signatory = b;
		}
		before = b;
	}
	if (!end || end->kind != BLOCK_PARAGRAPH)
		return;
	p->closing = end;
	if (signatory && signatory->kind == BLOCK_PARAGRAPH)
		p->signatory = signatory;
}

/* The tie between a block and the next. */
static enum keep
keep_between(const struct place *p, const struct block *b)
{
	const struct block *next = b->next;

	if (next == p->signatory || is_signature(next))
		return KEEP_ALWAYS;
	if (b->kind == BLOCK_HEADING || next == p->closing)
		return KEEP_WISH;
	if (b->kind == BLOCK_PARAGRAPH &&
	    (next->kind == BLOCK_TABLE || next->kind == BLOCK_LIST ||
		next->kind == BLOCK_IMAGE))
		return KEEP_WISH;
	return KEEP_NOT;
}

static int32_t
gap_around(const struct flow *f, const struct block *b)
{
	switch (b->kind) {
	case BLOCK_HEADING:
	case BLOCK_RULE:
	case BLOCK_TABLE:
		return f->look->block_gap;
	case BLOCK_IMAGE:
		return is_signature(b) || swiss_is_asked(f, b->target)
		    ? f->look->paragraph_gap
		    : f->look->block_gap;
	case BLOCK_PARAGRAPH:
	case BLOCK_QUOTE:
	case BLOCK_LIST:
	case BLOCK_LIST_ITEM:
	case BLOCK_ROOT:
	case BLOCK_ROW:
	case BLOCK_CELL:
		break;
	}
	return f->look->paragraph_gap;
}

/* Who signs has room for the hand above, unless a picture is there. */
static int32_t
gap_between(const struct flow *f, const struct place *p, const struct block *b)
{
	int32_t after = gap_around(f, b), before = gap_around(f, b->next);

	if (b->next == p->signatory && is_name(b->next) && !is_signature(b))
		return f->look->signature_gap;
	if (p->inside && b->next->kind == BLOCK_LIST)
		return f->look->paragraph_gap / 3;
	if (b->kind == BLOCK_HEADING)
		return f->look->paragraph_gap / 2;
	return after > before ? after : before;
}

static int
block_compose(struct flow *f, struct place *p, const struct block *b,
    struct err *e)
{
	int rc = 0;

	switch (b->kind) {
	case BLOCK_PARAGRAPH:
		rc = paragraph_compose(f, p, b, e);
		break;
	case BLOCK_HEADING:
		rc = heading_compose(f, p, b, e);
		break;
	case BLOCK_QUOTE:
		rc = quote_compose(f, p, b, e);
		break;
	case BLOCK_LIST:
		rc = list_compose(f, p, b, e);
		break;
	case BLOCK_RULE:
		rule_compose(f);
		break;
	case BLOCK_TABLE:
		rc = table_compose(f, b, e);
		break;
	case BLOCK_IMAGE:
		rc = swiss_is_asked(f, b->target) ? slip_compose(f, p, b, e)
						  : image_compose(f, b, e);
		break;
	case BLOCK_ROOT:
	case BLOCK_LIST_ITEM:
	case BLOCK_ROW:
	case BLOCK_CELL:
		assert(0); /* only inside what is handled above */
	}
	if (rc == 0 && b->next) {
		flow_gap(f, gap_between(f, p, b));
		flow_keep(f, keep_between(p, b));
	}
	return rc;
}

int
compose_blocks(struct flow *f, const struct block *root, struct err *e)
{
	struct place p = { 0 };

	assert(root->kind == BLOCK_ROOT);
	signatory_find(root, &p);
	return children_compose(f, &p, root, e);
}
