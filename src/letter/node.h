/*
 * node: a parsed template, between template.c that makes it and expand.c
 * that walks it. All of it lives in the arena of template_parse.
 */
#ifndef LETTER_NODE_H
#define LETTER_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "letter/view.h"

enum node_kind {
	NODE_TEXT,
	NODE_VALUE,    /* {{name}} */
	NODE_SECTION,  /* {{#name}} */
	NODE_INVERTED, /* {{^name}} */
	NODE_PARTIAL   /* {{>name}} */
};

/* One partial at one indent, however often it is named. */
struct partial {
	const char *name, *indent;
	const char *file; /* that named it first, and where */
	unsigned line;
	const char *source;             /* as lent, or NULL */
	const struct template *content; /* NULL: beyond the limits */
	struct partial *next;
};

struct node {
	enum node_kind kind;
	unsigned line;                 /* of the tag */
	const char *text;              /* TEXT: a part of the source */
	size_t len;                    /* TEXT */
	const char *tag;               /* others: the name as written */
	struct view_name name;         /* others */
	bool unescaped;                /* VALUE: {{{name}}} or {{&name}} */
	struct node *children;         /* SECTION, INVERTED */
	const struct partial *partial; /* PARTIAL */
	struct node *next;
};

struct template
{
	const char *name;
	struct node *first;
	bool lenient;
	struct partial *partials; /* all that are reached, in order met */
};

#endif
