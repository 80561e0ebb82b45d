/*
 * match: where money goes. A movement (payment, reversal, credit note) is
 * written once, with its allocations to instalments; neither changes later.
 * Private to ledger/.
 *
 *  - One that names an invoice goes to it: its instalments in order of due
 *    date, each up to what is open. The rest stays unallocated.
 *  - One with the payment reference of a notice to this debtor, in its
 *    reference or its label, goes to the lines that notice demanded: those
 *    of invoices whose numbers stand there too, then the rest, each in order
 *    of due date.
 *  - Any other stays unallocated.
 *  - A reversal takes the unallocated rest of such money first, then undoes
 *    allocations, the latest due date first; it never takes back more than
 *    payments gave (ERR_DATA).
 */
#ifndef LEDGER_MATCH_H
#define LEDGER_MATCH_H

#include "ledger/store.h"

enum movement_kind {
	MOVEMENT_PAYMENT,
	MOVEMENT_REVERSAL,
	MOVEMENT_CREDIT
};

struct movement {
	enum movement_kind kind;
	const char *external; /* a payment's id, a credit note's number */
	date_t day;
	int64_t debtor;
	struct money amount; /* negative: a reversal */
	const char *reference;
	int64_t invoice; /* the one it names, or 0 */
	const char *label, *notes;
	unsigned twin;
	int64_t import;
};

/* Writes it, its allocations and its event, in the caller's transaction. */
int match_add(struct ledger *l, const struct movement *m, struct err *e);

#endif
