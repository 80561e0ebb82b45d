/*
 * choices: whether the language, the set of texts and the sheet that
 * semonce.yaml names are there.
 */
#ifndef VERB_CHOICES_H
#define VERB_CHOICES_H

#include "verb/config.h"
#include "verb/verb.h"

/* ERR_USAGE "FILE:LINE: KEY: what, and what to do" for the first that is not.
 */
int choices_check(const struct call *c, const struct config *config,
    struct arena *a, struct err *e);

#endif
