/*
 * group: a debtor's debts in each currency to one letter, or to the reasons
 * why there is none today.
 */
#ifndef POLICY_GROUP_H
#define POLICY_GROUP_H

#include "policy/ladder.h"

/* Why a line does not claim what its step does: one sentence. */
struct unclaimed {
	const char *invoice, *why;
};

/* What becomes of one position. It lives in the arena. */
struct draft {
	const struct position *position;
	struct turn *turns; /* of its open items, in the book's order */
	size_t n_turns;
	struct notice notice;   /* without id; n_lines 0: none */
	const struct turn *top; /* the turn that gives the notice its step */
	date_t since;           /* earliest day a demanded line could go */
	struct withheld *withheld;
	size_t n_withheld;
	const char **warnings;
	size_t n_warnings;
	struct unclaimed *unclaimed;
	size_t n_unclaimed;
};

/* What the figures of the law leave open: each said once, whomever it
 * concerns. */
struct doubts {
	const char **texts;
	size_t n, cap;
};

/* All that a decision needs. */
struct day {
	const struct policy *policy;
	date_t payments_as_of;
	date_t on;
	struct arena *arena;
	struct doubts *doubts;
};

/*
 * The n positions of one debtor: at most one notice, of whichever currency
 * has waited longest, when letters are to lie days apart. A sum that does
 * not fit is a reason to withhold, not a failure.
 */
void group_debtor(const struct day *day, const struct position *positions,
    size_t n, struct draft *drafts);

/* Positions of the debtor of the first one, which stand together. */
size_t group_count(const struct position *positions, size_t n);

#endif
