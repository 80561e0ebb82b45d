/*
 * recall: the lines of texts that come again. Letters of a run have most of
 * their texts in common: labels, heads of tables, whole paragraphs. A text
 * that comes a second time is kept with its lines, and not set again.
 *
 * What is kept is a function of its key, so no letter depends on another. The
 * store is bounded: memory does not grow with the number of letters.
 */
#ifndef LETTER_RECALL_H
#define LETTER_RECALL_H

#include "letter/line.h"

struct recall;

struct recall *recall_new(void);
void recall_free(struct recall *r);

/* Forgets all if it is much. */
void recall_trim(struct recall *r);

/* What is asked for again: spans without links or soft hyphens. */
struct recall_key {
	const struct span *spans;
	const struct type *type;
	int32_t measure;
	const char *lang;
	uint64_t hash; /* 0: nothing that can be kept; recall_key_make */
};

void recall_key_make(struct recall_key *k);

/* True with the lines, made for the letter being built. */
bool recall_find(const struct recall *r, const struct recall_key *k,
    struct build *b, struct shape *out);

/*
 * Keeps the lines of a source that came before; the first time it is only
 * noted.
 */
void recall_keep(struct recall *r, const struct recall_key *k,
    const struct build *b, const struct source *src, const struct shape *lines);

#endif
