/*
 * status: who owes what today, one row for each debtor and currency.
 */
#ifndef REPORT_STATUS_H
#define REPORT_STATUS_H

#include <stdio.h>

#include "base/mem.h"
#include "semonce.h"

/* What notices claimed of an instalment, and what became of it. */
struct status_claim {
	const struct item *item;
	const char *kind; /* "interest" or "fee" */
	const struct claimed *claimed;
	struct money owed;
};

struct status_row {
	const struct debtor *debtor;
	struct money open, overdue;
	struct money claims; /* owed of interest and fees that were claimed */
	struct status_claim *claim; /* of what is open or still owes some */
	size_t n_claims;
	date_t oldest;     /* due date of the oldest overdue, or DATE_NONE */
	const char *step;  /* highest level that counts, or "" */
	const char *doing; /* what is under way, or what is next, in words */
	date_t next;       /* or DATE_NONE */
	const struct hold *holds;
	size_t n_holds;
};

struct status {
	date_t on;
	struct status_row *rows; /* those who owe something */
	size_t n;
	struct money *open, *overdue, *claims; /* one of each currency */
	size_t n_currencies;
};

/*
 * Derives it from the book and the plan of the day; `code` limits it to one
 * debtor unless it is NULL. It lives in the arena. ERR_DATA on overflow.
 */
int status_make(const struct book *b, const struct plan *p, const char *code,
    struct arena *a, struct status *out, struct err *e);

/* `whole`: long names and reasons are not cut, and each claim is shown. */
void status_print(const struct status *s, bool whole, FILE *out);

#endif
