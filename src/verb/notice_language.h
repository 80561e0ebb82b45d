/*
 * notice_language: the language a notice is written in. It is the debtor's;
 * where we have no words of that language, or its texts lack the letter, it
 * is that of semonce.yaml, and the plan says so.
 */
#ifndef VERB_NOTICE_LANGUAGE_H
#define VERB_NOTICE_LANGUAGE_H

#include "verb/workspace.h"

/* "it"; lent by the words or the configuration. */
const char *notice_language(const struct workspace *w, const struct notice *n);

/* Adds a warning to the plan for each letter that a language lacks. */
void notice_language_warn(const struct workspace *w, struct plan *plan);

#endif
