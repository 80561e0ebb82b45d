/*
 * warn: what a person should know of letters that were made all the same, on
 * standard error; of each character once a command.
 */
#ifndef VERB_WARN_H
#define VERB_WARN_H

#include <stdint.h>

struct warn;

struct warn *warn_new(void);
void warn_free(struct warn *w);

/* Prints "semonce: WHO: warning: TEXT". */
void warn_print(struct warn *w, const char *who, uint32_t code_point,
    const char *text);

/* The same for all warnings of a letter. */
struct page_doc;
void warn_doc(struct warn *w, const char *who, const struct page_doc *doc);

#endif
