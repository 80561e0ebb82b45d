/*
 * sums: whether what data ask for adds up. A letter shows one sum in its
 * text, its table and its payment code; data made by hand, or by another
 * program, may hold several.
 */
#ifndef VERB_SUMS_H
#define VERB_SUMS_H

#include <jansson.h>

#include "base/err.h"

/*
 * ERR_DATA, with both amounts, unless of all that is there
 *
 *  - the slices of an invoice make what accrued of its interest,
 *  - open, interest and fee make the total, of an invoice and of all,
 *  - the invoices, but for those listed for information, make the totals,
 *  - what is to be paid is the total, or 0, left to who pays.
 */
int sums_check(const json_t *data, struct err *e);

#endif
