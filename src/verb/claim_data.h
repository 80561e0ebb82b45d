/*
 * claim_data: what a notice claims for paying late, as notice.json shows it.
 * Nothing is reckoned here but sums of what the notice has.
 */
#ifndef VERB_CLAIM_DATA_H
#define VERB_CLAIM_DATA_H

#include <jansson.h>

#include "base/mem.h"
#include "law/interest.h"

/*
 * Adds to a line's object: total, days (late on a day), slices, accrued and
 * settled (of interest), and has_sum: slices that need one, being several or
 * settled in part. ERR_DATA on overflow.
 */
int claim_line_data(const struct notice_line *l, date_t on, json_t *line,
    struct err *e);

/*
 * A new reference: what the demanded lines claim together; null if they
 * claim nothing. ERR_DATA on overflow.
 */
int claim_data(const struct notice *n, enum day_count count, struct arena *a,
    json_t **out, struct err *e);

/*
 * What payments went to interest and fees of the demanded lines so far, by
 * the debtor's position; NULL: nothing known. ERR_DATA on overflow.
 */
int claim_paid(const struct notice *n, const struct position *p,
    struct money *out, struct err *e);

#endif
