/*
 * paper: whether a letter that was printed should still go to the post. No
 * gate can hold it back any more: only the person at the letterbox can.
 */
#ifndef VERB_PAPER_H
#define VERB_PAPER_H

#include "semonce.h"

enum paper {
	PAPER_GOOD,
	PAPER_CHANGED, /* what it demands is not what is open now */
	PAPER_PAID     /* nothing it demands is open any more */
};

/* The notice as kept, against the book as of now. */
enum paper paper_check(const struct notice *n, const struct book *b);

#endif
