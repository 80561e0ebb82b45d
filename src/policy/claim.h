/*
 * claim: what a notice asks for besides the debt, where its step claims it:
 * interest for every day it is late, and the fixed fee. All sums of claims
 * are reckoned here, once; whoever needs one later takes it from the notice.
 *
 *  - Interest is all that accrued since the due date, by the rule of the
 *    creditor's country for the debtor's kind. A rate agreed for the invoice
 *    replaces the law's, one of the configuration that for businesses; from
 *    consumers it is whichever comes to less.
 *  - The fee stands once on an invoice, for ever, whatever its instalments:
 *    on the one that carried it before, else on the first demanded. Where it
 *    depends on a sum, that is what is demanded of the invoice. What was
 *    claimed once does not change.
 *  - Of both the line asks for what is neither paid nor waived.
 */
#ifndef POLICY_CLAIM_H
#define POLICY_CLAIM_H

#include "policy/group.h"

/*
 * Fills the claims, interest and fee of the notice's demanded lines. What
 * the law leaves in doubt becomes a doubt of the day. ERR_DATA for a day
 * without rate and for sums that do not fit: no letter then.
 */
int claim_lines(const struct day *day, struct draft *d, struct err *e);

/*
 * Reckons the claims of an approved notice again, for its own day: ERR_DATA
 * if they would be others now. To be asked before it is written and before
 * it leaves.
 */
int claim_check(const struct policy *p, const struct book *b,
    const struct notice *n, struct arena *a, struct err *e);

#endif
