/*
 * tree: the structure tree of a tagged PDF (ISO 32000-1, 14.7), flattened in
 * document order: elements, the marked content and the objects they own.
 */
#ifndef TESTS_PDF_TREE_H
#define TESTS_PDF_TREE_H

#include "doc.h"

#define TREE_NONE SIZE_MAX /* no parent; no page */

struct tree_elem {
	json_t *dict;
	const char *ref;  /* "12 0 R" */
	const char *type; /* "H1", after the role map */
	size_t parent;    /* TREE_NONE: the root */
};

struct tree_mark { /* an MCID an element owns */
	size_t elem, page;
	long mcid;
};

struct tree_object { /* an annotation an element owns */
	size_t elem;
	const char *ref;
};

struct tree {
	struct tree_elem *elems;
	size_t n_elems, cap_elems;
	struct tree_mark *marks;
	size_t n_marks, cap_marks;
	struct tree_object *objects;
	size_t n_objects, cap_objects;
	struct str faults; /* what cannot be a tree; one line each */
};

void tree_read(const struct doc *d, struct tree *out);
void tree_done(struct tree *t);

/* The value of an attribute of one owner, "/Table" "/Scope", or NULL. */
json_t *tree_attribute(const struct doc *d, const struct tree_elem *elem,
    const char *owner, const char *key);

/* What a number tree keeps under a number, as it stands, or NULL. */
json_t *tree_number(const struct doc *d, json_t *node, long number);

#endif
