/*
 * rules_tree: what holds for the structure tree and for what it names on
 * the pages (ISO 14289-1, 7; ISO 19005-3, 6.7).
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"

#define MOST(a) (sizeof(a) / sizeof((a)[0]))

static bool
is_one_of(const char *type, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (list[i] != NULL && strcmp(type, list[i]) == 0)
			return true;
	return false;
}

static const char *
parent_type(const struct tree *t, const struct tree_elem *el)
{
	return el->parent == TREE_NONE ? "" : t->elems[el->parent].type;
}

static void
tabs_structparents(struct check *c)
{
	const struct doc *d = c->doc;
	size_t i, k;
	long key;

	for (i = 0; i < d->n_pages; i++) {
		if (strcmp(doc_name(d, d->pages[i], "/Tabs"), "/S") != 0)
			check_broken(c, "page %zu has no Tabs /S", i + 1);
		key = doc_int(d, d->pages[i], "/StructParents", -1);
		if (key < 0)
			check_broken(c, "page %zu has no StructParents", i + 1);
		for (k = 0; k < i; k++)
			if (key ==
			    doc_int(d, d->pages[k], "/StructParents", -2))
				check_broken(c,
				    "pages %zu and %zu share "
				    "StructParents %ld",
				    k + 1, i + 1, key);
	}
}

static void
struct_tree(struct check *c)
{
	check_broken_lines(c, &c->tree.faults);
}

/* ISO 32000-1, 14.8.4: what our letters may use of it. */
static void
standard_types(struct check *c)
{
	static const char *const types[] = { "Document", "Part", "Sect", "Div",
		"H1", "H2", "H3", "H4", "H5", "H6", "P", "BlockQuote",
		"Caption", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD",
		"THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference",
		"Link", "Figure", "Formula" };
	size_t i;

	for (i = 0; i < c->tree.n_elems; i++)
		if (!is_one_of(c->tree.elems[i].type, types, MOST(types)))
			check_broken(c, "%s has the type '%s'",
			    c->tree.elems[i].ref, c->tree.elems[i].type);
}

static unsigned
claims(const struct tree *t, size_t page, long mcid)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < t->n_marks; i++)
		if (t->marks[i].page == page && t->marks[i].mcid == mcid)
			n++;
	return n;
}

static bool
is_painted(const struct content *ct, const struct tree_mark *m)
{
	size_t i;

	for (i = 0; i < ct->n_marks; i++)
		if (ct->marks[i].page == m->page &&
		    ct->marks[i].mcid == m->mcid)
			return true;
	return false;
}

/* ISO 14289-1, 7.1: everything is real content, once, or an artifact. */
static void
content_marked(struct check *c)
{
	const struct content_mark *m;
	const struct tree_mark *own;
	unsigned n;
	size_t i;

	check_broken_lines(c, &c->content.mark_faults);
	for (i = 0; i < c->content.n_marks; i++) {
		m = &c->content.marks[i];
		n = claims(&c->tree, m->page, m->mcid);
		if (m->times != 1)
			check_broken(c, "page %zu: MCID %ld begins %u times",
			    m->page + 1, m->mcid, m->times);
		if (n != 1)
			check_broken(c,
			    "page %zu: MCID %ld is in the tree "
			    "%u times",
			    m->page + 1, m->mcid, n);
	}
	for (i = 0; i < c->tree.n_marks; i++) {
		own = &c->tree.marks[i];
		if (own->page != TREE_NONE && !is_painted(&c->content, own))
			check_broken(c, "%s: MCID %ld is not on page %zu",
			    c->tree.elems[own->elem].ref, own->mcid,
			    own->page + 1);
	}
}

static bool
leads_to(json_t *v, const struct tree_elem *el)
{
	return doc_is_ref(v) && strcmp(json_string_value(v), el->ref) == 0;
}

/* ISO 32000-1, 14.7.4.4 */
static void
parent_tree(struct check *c)
{
	const struct doc *d = c->doc;
	const struct tree *t = &c->tree;
	json_t *root = doc_key(d, d->root, "/StructTreeRoot"), *list, *object;
	json_t *numbers = doc_key(d, root, "/ParentTree");
	long key, next = doc_int(d, root, "/ParentTreeNextKey", -1), most = -1;
	size_t i;

	for (i = 0; i < t->n_marks; i++) {
		if (t->marks[i].page == TREE_NONE || t->marks[i].mcid < 0)
			continue;
		key = doc_int(d, d->pages[t->marks[i].page], "/StructParents",
		    -1);
		most = key > most ? key : most;
		list = doc_resolve(d, tree_number(d, numbers, key));
		if (key >= 0 &&
		    !leads_to(json_array_get(list, (size_t)t->marks[i].mcid),
			&t->elems[t->marks[i].elem]))
			check_broken(c,
			    "page %zu: MCID %ld does not lead to "
			    "%s",
			    t->marks[i].page + 1, t->marks[i].mcid,
			    t->elems[t->marks[i].elem].ref);
	}
	for (i = 0; i < t->n_objects; i++) {
		object = json_string(t->objects[i].ref);
		key = doc_int(d, object, "/StructParent", -1);
		json_decref(object);
		most = key > most ? key : most;
		if (key >= 0 &&
		    !leads_to(tree_number(d, numbers, key),
			&t->elems[t->objects[i].elem]))
			check_broken(c,
			    "StructParent %ld of %s does not "
			    "lead to %s",
			    key, t->objects[i].ref,
			    t->elems[t->objects[i].elem].ref);
	}
	if (next != -1 && next <= most)
		check_broken(c, "ParentTreeNextKey %ld, but key %ld is used",
		    next, most);
}

/* ISO 14289-1, 7.4.2: the first heading is H1, and no level is skipped. */
static void
first_heading(struct check *c)
{
	const struct tree *t = &c->tree;
	const char *type;
	int level = 0, own;
	size_t i;

	for (i = 0; i < t->n_elems; i++) {
		type = t->elems[i].type;
		if (type[0] != 'H' || type[1] < '1' || type[1] > '6' ||
		    type[2] != '\0')
			continue;
		own = type[1] - '0';
		if (own > level + 1)
			check_broken(c, "%s is %s after level %d",
			    t->elems[i].ref, type, level);
		level = own;
	}
	if (level == 0)
		check_broken(c, "no heading");
}

/* ISO 14289-1, 7.5 */
static void
th_scope(struct check *c)
{
	static const char *const scopes[] = { "/Column", "/Row", "/Both" };
	const struct tree_elem *el;
	const char *scope;
	size_t i;

	for (i = 0; i < c->tree.n_elems; i++) {
		el = &c->tree.elems[i];
		if (strcmp(el->type, "TH") != 0)
			continue;
		scope = json_string_value(tree_attribute(c->doc, el, "/Table",
		    "/Scope"));
		if (scope == NULL || !is_one_of(scope, scopes, MOST(scopes)))
			check_broken(c, "%s (TH) has no Scope", el->ref);
	}
}

static long
columns(const struct doc *d, const struct tree *t, size_t row)
{
	json_t *span;
	long n = 0;
	size_t i;

	for (i = row + 1; i < t->n_elems; i++) {
		if (t->elems[i].parent != row)
			continue;
		span = tree_attribute(d, &t->elems[i], "/Table", "/ColSpan");
		n += span != NULL ? (long)json_integer_value(span) : 1;
	}
	return n;
}

/* The table a row is in, through THead, TBody or TFoot. */
static size_t
table_of(const struct tree *t, size_t row)
{
	size_t up = t->elems[row].parent;

	while (up != TREE_NONE && strcmp(t->elems[up].type, "Table") != 0)
		up = t->elems[up].parent;
	return up;
}

static void
equal_rows(struct check *c)
{
	const struct tree *t = &c->tree;
	size_t i, table, last = TREE_NONE;
	long n, first = 0;

	for (i = 0; i < t->n_elems; i++) {
		if (tree_attribute(c->doc, &t->elems[i], "/Table",
			"/RowSpan") != NULL)
			check_broken(c, "%s has a RowSpan", t->elems[i].ref);
		if (strcmp(t->elems[i].type, "TR") != 0)
			continue;
		table = table_of(t, i);
		n = columns(c->doc, t, i);
		if (table != last)
			first = n;
		last = table;
		if (n != first)
			check_broken(c,
			    "%s has %ld columns, the first row "
			    "%ld",
			    t->elems[i].ref, n, first);
	}
}

/* A kind of element, where it may be, and whether it holds such kids only. */
struct nesting {
	const char *type;
	const char *parents[4];
	const char *kids[6]; /* none: any */
};

static void
check_nesting(struct check *c, const struct nesting *rows, size_t n)
{
	const struct tree *t = &c->tree;
	const char *type, *up;
	size_t i, k;

	for (i = 0; i < t->n_elems; i++) {
		type = t->elems[i].type;
		up = parent_type(t, &t->elems[i]);
		for (k = 0; k < n; k++) {
			if (strcmp(type, rows[k].type) == 0 &&
			    rows[k].parents[0] != NULL &&
			    !is_one_of(up, rows[k].parents,
				MOST(rows[k].parents)))
				check_broken(c, "%s is %s in '%s'",
				    t->elems[i].ref, type, up);
			if (strcmp(up, rows[k].type) == 0 &&
			    rows[k].kids[0] != NULL &&
			    !is_one_of(type, rows[k].kids, MOST(rows[k].kids)))
				check_broken(c, "%s is %s in %s",
				    t->elems[i].ref, type, up);
		}
	}
}

static void
table_structure(struct check *c)
{
	static const struct nesting rows[] = {
		{ "Table", { NULL },
		    { "TR", "THead", "TBody", "TFoot", "Caption" } },
		{ "THead", { "Table" }, { "TR" } },
		{ "TBody", { "Table" }, { "TR" } },
		{ "TFoot", { "Table" }, { "TR" } },
		{ "TR", { "Table", "THead", "TBody", "TFoot" },
		    { "TH", "TD" } },
		{ "TH", { "TR" }, { NULL } },
		{ "TD", { "TR" }, { NULL } },
	};

	check_nesting(c, rows, MOST(rows));
	equal_rows(c);
}

static void
list_structure(struct check *c)
{
	static const struct nesting rows[] = {
		{ "L", { NULL }, { "LI", "L", "Caption" } },
		{ "LI", { "L" }, { "Lbl", "LBody" } },
		{ "LBody", { "LI" }, { NULL } },
	};

	check_nesting(c, rows, MOST(rows));
}

/* ISO 14289-1, 7.3 */
static void
figure_alt(struct check *c)
{
	const struct tree_elem *el;
	size_t i;

	for (i = 0; i < c->tree.n_elems; i++) {
		el = &c->tree.elems[i];
		if (strcmp(el->type, "Figure") == 0 &&
		    *doc_text(c->doc, el->dict, "/Alt") == '\0')
			check_broken(c, "%s (Figure) has no Alt", el->ref);
	}
}

static unsigned
link_elements(const struct tree *t, const char *ref)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < t->n_objects; i++)
		if (strcmp(t->objects[i].ref, ref) == 0 &&
		    strcmp(t->elems[t->objects[i].elem].type, "Link") == 0)
			n++;
	return n;
}

/* ISO 14289-1, 7.18; ISO 19005-3, 6.3.2 */
static void
check_annotation(struct check *c, json_t *ref)
{
	const struct doc *d = c->doc;
	const char *name = doc_is_ref(ref) ? json_string_value(ref) : "";

	if (strcmp(doc_name(d, ref, "/Subtype"), "/Link") != 0)
		check_broken(c, "%s is an annotation, but no Link", name);
	if (doc_int(d, ref, "/F", 0) != 4)
		check_broken(c, "%s: F is not 4", name);
	if (*doc_text(d, ref, "/Contents") == '\0')
		check_broken(c, "%s: no Contents", name);
	if (doc_int(d, ref, "/StructParent", -1) < 0)
		check_broken(c, "%s: no StructParent", name);
	if (link_elements(&c->tree, name) != 1)
		check_broken(c, "%s is in %u Link elements", name,
		    link_elements(&c->tree, name));
}

static void
link_annotations(struct check *c)
{
	const struct doc *d = c->doc;
	json_t *annots, *ref;
	size_t i, k;

	for (i = 0; i < d->n_pages; i++) {
		annots = doc_key(d, d->pages[i], "/Annots");
		json_array_foreach(annots, k, ref) check_annotation(c, ref);
	}
	for (i = 0; i < c->tree.n_elems; i++) {
		for (k = 0; k < c->tree.n_objects; k++)
			if (c->tree.objects[k].elem == i)
				break;
		if (k == c->tree.n_objects &&
		    strcmp(c->tree.elems[i].type, "Link") == 0)
			check_broken(c, "%s (Link) owns no annotation",
			    c->tree.elems[i].ref);
	}
}

const struct rule rules_tree[] = {
	{ "tabs-structparents", tabs_structparents },
	{ "struct-tree", struct_tree },
	{ "standard-types", standard_types },
	{ "content-marked", content_marked },
	{ "parent-tree", parent_tree },
	{ "first-heading", first_heading },
	{ "th-scope", th_scope },
	{ "table-structure", table_structure },
	{ "list-structure", list_structure },
	{ "figure-alt", figure_alt },
	{ "link", link_annotations },
	{ NULL, NULL },
};
