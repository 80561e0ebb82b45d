/*
 * tally: what a command did, and the complaints about what it could not do.
 * One bad debtor never stops the batch: it is named on standard error and
 * makes the exit status 1.
 */
#ifndef VERB_TALLY_H
#define VERB_TALLY_H

#include <stddef.h>

#include "base/err.h"

struct tally {
	size_t approved, rendered, sent, superseded, refused, doubtful, later;
	size_t complaints;
};

/* Prints "semonce: WHO: text", "semonce: text" for "", and counts it. */
void tally_complain(struct tally *t, const char *who, const struct err *e);

#endif
