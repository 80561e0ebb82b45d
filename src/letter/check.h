/*
 * check: faults of a text that a person should know before a letter is made
 * from it. Nothing is laid out; the data are a sample in which every name of
 * the data contract has a value.
 */
#ifndef LETTER_CHECK_H
#define LETTER_CHECK_H

#include <jansson.h>

#include "letter/text.h"

/* Who is told: a file, its line, what is wrong and what to do. */
struct check_list {
	void (*add)(void *context, const char *file, unsigned line,
	    const char *text);
	/* What is wrong with the name of an image, or NULL. May be NULL. */
	const char *(*image)(void *context, const char *file, const char *name);
	void *context;
};

/*
 * Reports names that neither the sample nor the head's `data` knows, lists
 * that are no words, what a letter of its kind lacks, and what a letter from
 * the sample says against it; all in partials too. `consumer`: it may go to
 * consumers, who owe no fee.
 */
void check_text(const struct text *t, const char *lang, bool consumer,
    const json_t *sample, const struct check_list *list);

/*
 * Reports what shows in the source alone, of letters and of partials: tags
 * inside code spans, images without alternative text or with a wrong name.
 */
void check_source(const char *file, const char *source,
    const struct check_list *list);

/* Calls with the path of each partial the text reaches. */
void check_partials(const struct text *t,
    void (*use)(void *context, const char *path), void *context);

#endif
