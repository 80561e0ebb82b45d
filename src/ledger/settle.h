/*
 * settle: what of an instalment's claims money can pay, and what it paid.
 * What counts is what notices that count have claimed. Private to ledger/.
 */
#ifndef LEDGER_SETTLE_H
#define LEDGER_SETTLE_H

#include "ledger/store.h"

/* A part of a debt to which money goes or from which it comes back. */
struct part {
	int64_t open;  /* what can still be paid */
	int64_t given; /* what payments gave, and a reversal can take */
};

/*
 * The claims of an instalment to a payment: what a notice claimed before a
 * day, minus what was paid and waived.
 */
int settle_find(struct ledger *l, int64_t instalment, date_t before,
    struct part out[CLAIM_KINDS], struct err *e);

/* Writes what a movement gives (> 0) or takes back (< 0). */
int settle_add(struct ledger *l, int64_t movement, int64_t instalment,
    enum claim_kind kind, int64_t minor, struct err *e);

#endif
