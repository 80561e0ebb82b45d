/*
 * tree: the structure tree (tree.h).
 *
 * K of an element is one thing or an array of things; a thing is an MCID, a
 * dictionary of Type MCR or OBJR, or another element, which must be an
 * indirect object and name its parent in P.
 */
#include "tree.h"

#include <stdlib.h>
#include <string.h>

#define FAULTS_MAX 65536
#define DEPTH_MAX  64

struct walk {
	const struct doc *doc;
	struct tree *out;
	size_t elem;       /* whose kids are read */
	const char *above; /* its reference, or the root's */
	unsigned depth;
};

static void read_elem(struct walk *w, json_t *ref);

static size_t
find_page(const struct doc *d, json_t *ref)
{
	size_t i;

	for (i = 0; doc_is_ref(ref) && i < d->n_pages; i++)
		if (strcmp(d->page_refs[i], json_string_value(ref)) == 0)
			return i;
	return TREE_NONE;
}

static void
add_mark(struct walk *w, json_t *page, long mcid)
{
	struct tree *t = w->out;
	struct tree_mark m = { .elem = w->elem, .mcid = mcid };

	m.page = find_page(w->doc, page);
	if (m.page == TREE_NONE)
		str_fmt(&t->faults, "%s: MCID %ld on no page\n",
		    t->elems[w->elem].ref, mcid);
	t->marks = mem_grow(t->marks, &t->cap_marks, t->n_marks + 1,
	    sizeof(*t->marks));
	t->marks[t->n_marks++] = m;
}

static void
add_object(struct walk *w, json_t *object)
{
	struct tree *t = w->out;

	if (!doc_is_ref(object)) {
		str_fmt(&t->faults, "%s: OBJR without Obj\n",
		    t->elems[w->elem].ref);
		return;
	}
	t->objects = mem_grow(t->objects, &t->cap_objects, t->n_objects + 1,
	    sizeof(*t->objects));
	t->objects[t->n_objects++] = (struct tree_object){ .elem = w->elem,
		.ref = json_string_value(object) };
}

static void
read_kid(struct walk *w, json_t *kid)
{
	json_t *dict = doc_resolve(w->doc, kid), *page;
	json_t *own = doc_raw_key(w->doc, w->out->elems[w->elem].dict, "/Pg");
	const char *type = doc_name(w->doc, dict, "/Type");

	if (json_is_integer(dict)) {
		add_mark(w, own, (long)json_integer_value(dict));
	} else if (strcmp(type, "/MCR") == 0) {
		page = doc_raw_key(w->doc, dict, "/Pg");
		add_mark(w, page != NULL ? page : own,
		    doc_int(w->doc, dict, "/MCID", -1));
	} else if (strcmp(type, "/OBJR") == 0) {
		add_object(w, doc_raw_key(w->doc, dict, "/Obj"));
	} else {
		read_elem(w, kid);
	}
}

static void
read_kids(struct walk *w, json_t *kids, void (*read)(struct walk *, json_t *))
{
	json_t *list = doc_resolve(w->doc, kids), *kid;
	size_t i;

	if (json_is_array(list))
		json_array_foreach(list, i, kid) read(w, kid);
	else if (list != NULL)
		read(w, kids);
}

static const char *
mapped_type(const struct doc *d, json_t *dict)
{
	json_t *root = doc_key(d, d->root, "/StructTreeRoot");
	const char *type = doc_name(d, dict, "/S");
	const char *standard = doc_name(d, doc_key(d, root, "/RoleMap"), type);

	type = *standard != '\0' ? standard : type;
	return *type == '/' ? type + 1 : type;
}

static void
read_elem(struct walk *w, json_t *ref)
{
	struct tree *t = w->out;
	json_t *dict = doc_resolve(w->doc, ref), *up;
	struct tree_elem el = { .dict = dict, .parent = w->elem };
	const char *above = w->above;

	if (!doc_is_ref(ref) || dict == NULL || w->depth == DEPTH_MAX) {
		str_puts(&t->faults, "an element is no indirect object\n");
		return;
	}
	el.ref = json_string_value(ref);
	el.type = mapped_type(w->doc, dict);
	up = doc_raw_key(w->doc, dict, "/P");
	if (above == NULL || !doc_is_ref(up) ||
	    strcmp(json_string_value(up), above) != 0)
		str_fmt(&t->faults, "%s (%s): P is not its parent\n", el.ref,
		    el.type);
	t->elems = mem_grow(t->elems, &t->cap_elems, t->n_elems + 1,
	    sizeof(*t->elems));
	t->elems[t->n_elems] = el;
	w->elem = t->n_elems++;
	w->above = el.ref;
	w->depth++;
	read_kids(w, doc_raw_key(w->doc, dict, "/K"), read_kid);
	w->depth--;
	w->above = above;
	w->elem = el.parent;
}

void
tree_read(const struct doc *d, struct tree *out)
{
	struct walk w = { .doc = d, .out = out, .elem = TREE_NONE };
	json_t *root = doc_key(d, d->root, "/StructTreeRoot");

	*out = (struct tree){ 0 };
	str_init(&out->faults, FAULTS_MAX);
	w.above = json_string_value(doc_raw_key(d, d->root, "/StructTreeRoot"));
	if (strcmp(doc_name(d, root, "/Type"), "/StructTreeRoot") != 0)
		str_puts(&out->faults, "no StructTreeRoot\n");
	read_kids(&w, doc_raw_key(d, root, "/K"), read_elem);
	if (out->n_elems == 0 || strcmp(out->elems[0].type, "Document") != 0)
		str_puts(&out->faults, "the first element is no Document\n");
}

void
tree_done(struct tree *t)
{
	free(t->elems);
	free(t->marks);
	free(t->objects);
	str_done(&t->faults);
}

json_t *
tree_attribute(const struct doc *d, const struct tree_elem *elem,
    const char *owner, const char *key)
{
	json_t *all = doc_key(d, elem->dict, "/A"), *one;
	size_t i;

	if (json_is_array(all)) {
		json_array_foreach(all, i,
		    one) if (strcmp(doc_name(d, one, "/O"), owner) == 0 &&
		    doc_key(d, one, key) != NULL) return doc_key(d, one, key);
		return NULL;
	}
	if (strcmp(doc_name(d, all, "/O"), owner) != 0)
		return NULL;
	return doc_key(d, all, key);
}

static json_t *
find_number(const struct doc *d, json_t *node, long number, unsigned depth)
{
	json_t *nums = doc_key(d, node, "/Nums");
	json_t *kids = doc_key(d, node, "/Kids"), *kid, *found = NULL;
	size_t i;

	for (i = 0; i + 1 < json_array_size(nums); i += 2)
		if (json_integer_value(json_array_get(nums, i)) == number)
			return json_array_get(nums, i + 1);
	json_array_foreach(kids, i, kid) if (found == NULL && depth < DEPTH_MAX)
	    found = find_number(d, kid, number, depth + 1);
	return found;
}

json_t *
tree_number(const struct doc *d, json_t *node, long number)
{
	return find_number(d, node, number, 0);
}
