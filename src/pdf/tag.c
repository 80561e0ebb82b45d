/*
 * Invariants:
 * - nodes[i] of the letter is object first + i.
 * - A node is appended to its parent's kids when it, or anything below it,
 *   is first drawn, after its elder siblings; what is never drawn (an empty
 *   cell) follows with its next sibling or at the end.
 * - StructParents of page p is p; the links follow behind the pages.
 */
#include "pdf/tag.h"

#include <assert.h>

#include "pdf/object.h"
#include "pdf/put.h"

enum kid_kind {
	KID_NODE, /* value: index of the node */
	KID_MARK, /* value: MCID */
	KID_LINK  /* value: object number of the annotation */
};

struct kid {
	struct kid *next;
	enum kid_kind kind;
	unsigned value;
	size_t page; /* of marks and links */
};

struct element {
	struct kid *first, **end;
	int child, sibling; /* next node to append, next of the parent; -1 */
	bool drawn;         /* has marks or links; page is where it begins */
	size_t page;
};

struct link {
	struct link *next;
	int node;
};

struct pdf_tags {
	unsigned first, root;
	struct element *elements;
	int **marks; /* per page: the node of each MCID */
	unsigned *n_marks;
	struct link *links, **links_end;
	unsigned n_links;
};

static const char *const names[] = {
	[TAG_DOCUMENT] = "Document",
	[TAG_DIV] = "Div",
	[TAG_H1] = "H1",
	[TAG_H2] = "H2",
	[TAG_H3] = "H3",
	[TAG_H4] = "H4",
	[TAG_P] = "P",
	[TAG_QUOTE] = "BlockQuote",
	[TAG_LIST] = "L",
	[TAG_ITEM] = "LI",
	[TAG_LABEL] = "Lbl",
	[TAG_LBODY] = "LBody",
	[TAG_TABLE] = "Table",
	[TAG_TR] = "TR",
	[TAG_TH] = "TH",
	[TAG_TD] = "TD",
	[TAG_FIGURE] = "Figure",
	[TAG_LINK] = "Link",
	[TAG_SPAN] = "Span",
};

const char *
pdf_tag_name(enum page_tag tag)
{
	assert((size_t)tag < sizeof names / sizeof names[0]);
	return names[tag];
}

void
pdf_tags_init(struct pdf_file *f)
{
	const struct page_doc *d;
	struct pdf_tags *t;
	struct element *parent;
	unsigned object;
	size_t i;

	d = f->doc;
	t = arena_alloc(f->a, sizeof *t);
	t->elements = arena_array(f->a, d->n_nodes, sizeof *t->elements);
	t->marks = arena_array(f->a, d->n_pages, sizeof *t->marks);
	t->n_marks = arena_array(f->a, d->n_pages, sizeof *t->n_marks);
	t->links_end = &t->links;
	for (i = 0; i < d->n_pages; i++)
		t->marks[i] =
		    arena_array(f->a, d->pages[i].n_items, sizeof **t->marks);
	for (i = 0; i < d->n_nodes; i++) {
		object = pdf_object_new(f->objects);
		if (i == 0)
			t->first = object;
		assert(object == t->first + i);
		t->elements[i].end = &t->elements[i].first;
		t->elements[i].child = -1;
		t->elements[i].sibling = -1;
	}
	/* From the last to the first, so that children stand in order. */
	for (i = d->n_nodes; i-- > 1;) {
		parent = &t->elements[d->nodes[i].parent];
		t->elements[i].sibling = parent->child;
		parent->child = (int)i;
	}
	t->root = pdf_object_new(f->objects);
	f->tags = t;
}

static void
kid_append(struct pdf_file *f, int node, struct kid kid)
{
	struct element *element;
	struct kid *k;

	element = &f->tags->elements[node];
	k = arena_alloc(f->a, sizeof *k);
	*k = kid;
	*element->end = k;
	element->end = &k->next;
	if (kid.kind != KID_NODE && !element->drawn) {
		element->drawn = true;
		element->page = kid.page;
	}
}

/* Appends the children of a node up to and with `last`. */
static void
append_children(struct pdf_file *f, int node, int last)
{
	struct element *element;
	int child;

	element = &f->tags->elements[node];
	while ((child = element->child) != -1 && child <= last) {
		kid_append(f, node,
		    (struct kid){ .kind = KID_NODE, .value = (unsigned)child });
		element->child = f->tags->elements[child].sibling;
	}
}

static void
draw_node(struct pdf_file *f, int node)
{
	int parent;

	for (; (parent = f->doc->nodes[node].parent) != -1; node = parent)
		append_children(f, parent, node);
}

unsigned
pdf_tag_mark(struct pdf_file *f, int node, size_t page)
{
	struct pdf_tags *t;
	unsigned mcid;

	t = f->tags;
	draw_node(f, node);
	mcid = t->n_marks[page]++;
	t->marks[page][mcid] = node;
	kid_append(f, node,
	    (struct kid){ .kind = KID_MARK, .value = mcid, .page = page });
	return mcid;
}

unsigned
pdf_tag_link(struct pdf_file *f, int node, size_t page, unsigned annotation)
{
	struct pdf_tags *t;
	struct link *link;

	t = f->tags;
	draw_node(f, node);
	kid_append(f, node,
	    (struct kid){
		.kind = KID_LINK, .value = annotation, .page = page });
	link = arena_alloc(f->a, sizeof *link);
	link->node = node;
	*t->links_end = link;
	t->links_end = &link->next;
	return (unsigned)f->doc->n_pages + t->n_links++;
}

static void
put_kid(struct pdf_file *f, const struct element *element,
    const struct kid *kid, struct str *s)
{
	bool elsewhere;

	if (kid->kind == KID_NODE) {
		pdf_put_ref(s, f->tags->first + kid->value);
		return;
	}
	elsewhere = kid->page != element->page;
	if (kid->kind == KID_MARK && !elsewhere) {
		pdf_put_int(s, kid->value);
		str_putc(s, ' ');
		return;
	}
	str_puts(s, kid->kind == KID_MARK ? "<</Type/MCR" : "<</Type/OBJR");
	if (elsewhere) {
		str_puts(s, "/Pg ");
		pdf_put_ref(s, f->page_objects[kid->page]);
	}
	str_puts(s, kid->kind == KID_MARK ? "/MCID " : "/Obj ");
	if (kid->kind == KID_MARK)
		pdf_put_int(s, kid->value);
	else
		pdf_put_ref(s, kid->value);
	str_puts(s, ">>");
}

/* The box around what a figure shows on its first page. */
static void
put_figure_box(struct pdf_file *f, int node, size_t page, struct str *s)
{
	const struct page *p;
	const struct page_box *b;
	int64_t x0, y0, x1, y1;
	size_t i;

	x0 = y0 = INT32_MAX;
	x1 = y1 = INT32_MIN;
	p = &f->doc->pages[page];
	for (i = 0; i < p->n_items; i++) {
		if (p->items[i].node != node)
			continue;
		b = &p->items[i].box;
		x0 = b->x < x0 ? b->x : x0;
		y0 = b->y < y0 ? b->y : y0;
		x1 = (int64_t)b->x + b->w > x1 ? (int64_t)b->x + b->w : x1;
		y1 = (int64_t)b->y + b->h > y1 ? (int64_t)b->y + b->h : y1;
	}
	str_puts(s, "/A<</O/Layout/Placement/Block/BBox[");
	pdf_put_milli(s, pdf_milli(x0));
	str_putc(s, ' ');
	pdf_put_milli(s, pdf_milli(f->doc->height - y1));
	str_putc(s, ' ');
	pdf_put_milli(s, pdf_milli(x1));
	str_putc(s, ' ');
	pdf_put_milli(s, pdf_milli(f->doc->height - y0));
	str_puts(s, "]>>");
}

static void
put_attributes(struct pdf_file *f, int index, struct str *s)
{
	const struct page_node *node;
	const struct element *element;
	bool cell;

	node = &f->doc->nodes[index];
	element = &f->tags->elements[index];
	cell = node->tag == TAG_TH || node->tag == TAG_TD;
	if (node->tag == TAG_FIGURE) {
		str_puts(s, "/Alt");
		pdf_put_text(s, node->alt);
		if (element->drawn)
			put_figure_box(f, index, element->page, s);
	}
	if (!cell || (node->tag == TAG_TD && node->colspan < 2))
		return;
	str_puts(s, "/A<</O/Table");
	if (node->tag == TAG_TH)
		str_puts(s, node->row_header ? "/Scope/Row" : "/Scope/Column");
	if (node->colspan > 1)
		str_fmt(s, "/ColSpan %u", node->colspan);
	str_puts(s, ">>");
}

static void
write_element(struct pdf_file *f, int index)
{
	const struct page_node *node;
	const struct element *element;
	const struct kid *kid;
	struct str *s;

	node = &f->doc->nodes[index];
	element = &f->tags->elements[index];
	s = &f->w->dict;
	str_puts(s, "/S/");
	str_puts(s, pdf_tag_name(node->tag));
	str_puts(s, "/P ");
	pdf_put_ref(s,
	    node->parent == -1 ? f->tags->root
			       : f->tags->first + (unsigned)node->parent);
	if (element->drawn) {
		str_puts(s, "/Pg ");
		pdf_put_ref(s, f->page_objects[element->page]);
	}
	put_attributes(f, index, s);
	if (element->first != NULL) {
		str_puts(s, "/K[");
		for (kid = element->first; kid != NULL; kid = kid->next)
			put_kid(f, element, kid, s);
		str_putc(s, ']');
	}
	if (node->tag == TAG_FIGURE)
		pdf_object_put_apart(f->objects,
		    f->tags->first + (unsigned)index, s);
	else
		pdf_object_put(f->objects, f->tags->first + (unsigned)index, s,
		    (struct pdf_bytes){ 0 });
}

/* From content and links back to their elements. */
static void
put_parents(struct pdf_file *f, struct str *s)
{
	const struct pdf_tags *t;
	const struct link *link;
	size_t page;
	unsigned i;

	t = f->tags;
	str_puts(s, "/ParentTree<</Nums[");
	for (page = 0; page < f->doc->n_pages; page++) {
		pdf_put_int(s, (int64_t)page);
		str_putc(s, '[');
		for (i = 0; i < t->n_marks[page]; i++)
			pdf_put_ref(s, t->first + (unsigned)t->marks[page][i]);
		str_putc(s, ']');
	}
	for (link = t->links; link != NULL; link = link->next) {
		pdf_put_int(s, (int64_t)page++);
		str_putc(s, ' ');
		pdf_put_ref(s, t->first + (unsigned)link->node);
	}
	str_fmt(s, "]>>/ParentTreeNextKey %zu", page);
}

unsigned
pdf_tags_write(struct pdf_file *f)
{
	struct pdf_tags *t;
	struct str *s;
	size_t i;

	t = f->tags;
	for (i = 0; i < f->doc->n_nodes; i++)
		append_children(f, (int)i, INT32_MAX);
	for (i = 0; i < f->doc->n_nodes; i++)
		write_element(f, (int)i);
	s = &f->w->dict;
	str_puts(s, "/Type/StructTreeRoot/K ");
	pdf_put_ref(s, t->first);
	put_parents(f, s);
	pdf_object_put(f->objects, t->root, s, (struct pdf_bytes){ 0 });
	return t->root;
}
