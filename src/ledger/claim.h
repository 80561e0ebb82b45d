/*
 * claim: what a notice asks for besides the debt, as rows: checked, kept
 * with the notice, and read back. Nothing is reckoned here: each sum and its
 * slices are kept as policy made them. Private to ledger/.
 */
#ifndef LEDGER_CLAIM_H
#define LEDGER_CLAIM_H

#include "ledger/store.h"

/*
 * ERR_DATA if the claims of the lines do not add up to the sums of the lines
 * and of the notice, stand on a line that demands nothing, or stand twice.
 */
int claim_check_sums(const struct notice *n, struct err *e);

/*
 * ERR_DATA if what was settled of a line's claims is not what is settled
 * now, or its fee was claimed otherwise before.
 */
int claim_check_line(struct ledger *l, const struct notice_line *line,
    struct err *e);

/* Writes the claims of a line that is written; `notice` is its key. */
int claim_insert(struct ledger *l, int64_t notice,
    const struct notice_line *line, struct err *e);

/* Gives the lines of a notice, which are read, their claims. */
int claim_load(struct ledger *l, int64_t notice, struct arena *a,
    struct notice *n, struct err *e);

#endif
