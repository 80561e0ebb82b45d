/*
 * merge_names: the names of a mailing's files, each once. A name costs a few
 * bytes of memory; its letters lie in a temporary file, and are looked at
 * again only when it seems to come a second time.
 */
#ifndef VERB_MERGE_NAMES_H
#define VERB_MERGE_NAMES_H

#include "base/err.h"

struct merge_names;

/* Free with merge_names_free. */
int merge_names_new(struct merge_names **out, struct err *e);
void merge_names_free(struct merge_names *n);

/* 0: it is new, and that of this line; 1: it is that of line *first; -1 */
int merge_names_add(struct merge_names *n, const char *name, unsigned line,
    unsigned *first, struct err *e);

#endif
