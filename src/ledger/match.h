/*
 * match: where money goes. A movement (payment, reversal, credit note) is
 * written once, with what it gives to instalments and to claims on them;
 * later only what was left may go where its reference says. Private to
 * ledger/.
 *
 *  - One that names an invoice goes to it: its instalments in order of due
 *    date, each up to what is open. The rest stays unallocated.
 *  - One with the payment reference of a notice to this debtor, in its
 *    reference or its label, goes to the lines that notice demanded: those
 *    of invoices whose numbers stand there too, then the rest, each in order
 *    of due date.
 *  - Any other stays unallocated.
 *  - On an instalment a payment pays principal, interest and fee in the
 *    order it says; of the last two what notices that count claimed before
 *    its day, or on it if it carries a notice's reference. A credit note
 *    lowers the principal alone.
 *  - A reversal takes the unallocated rest of such money first, then undoes
 *    the other way round, the latest due date first; it never takes back
 *    more than payments gave (ERR_DATA).
 */
#ifndef LEDGER_MATCH_H
#define LEDGER_MATCH_H

#include "ledger/find.h"
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
	const enum debt_part *order; /* DEBT_PARTS of them, which is paid
					first; NULL: the principal alone */
};

/* Writes it, what it gives and its event, in the caller's transaction. */
int match_add(struct ledger *l, const struct movement *m, struct err *e);

/*
 * A notice counts from this day on, and payments with its reference may have
 * come before that became known: what was left of them goes to its lines
 * after all, in the caller's transaction.
 */
int match_late(struct ledger *l, const struct notice_head *n,
    const char *currency, date_t on, struct err *e);

#endif
