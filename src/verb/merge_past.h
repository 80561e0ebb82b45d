/*
 * merge_past: what an earlier run into the same place left. Its manifest goes
 * before the first letter is made: it would speak of other files. What that
 * manifest names and this run does not make goes when this run is done:
 * nobody shall post it. No other file is ever removed.
 */
#ifndef VERB_MERGE_PAST_H
#define VERB_MERGE_PAST_H

#include "base/err.h"
#include "base/mem.h"

#define MERGE_MANIFEST_HEAD "sequence,debtor,pages,sha256,file,page"

struct merge_past;

/*
 * Takes the manifest at the path away; *out is NULL if there was none.
 * ERR_USAGE for a file that is no manifest. Free with merge_past_free.
 */
int merge_past_take(const char *manifest, struct merge_past **out,
    struct err *e);
void merge_past_free(struct merge_past *p);

/* This run made the file, named without its folder. NULL has nothing. */
int merge_past_keep(struct merge_past *p, const char *name, struct err *e);

/* Removes what the earlier run made and this one did not. */
int merge_past_clear(struct merge_past *p, struct err *e);

#endif
