/*
 * payref: the payment reference of a notice, and notices found again by it.
 * Pure.
 *
 * A reference is the notice's id in the form that the banks of the account's
 * country carry from the debtor to us: a structured message for a Belgian
 * account, a QR reference for a QR-IBAN, else a creditor reference of
 * ISO 11649. The first has room for the beginning of an id only: two notices
 * may share it, once in thousands of millions.
 */
#ifndef PAY_PAYREF_H
#define PAY_PAYREF_H

#include <stdbool.h>

#include "base/err.h"
#include "semonce.h"

#define PAYREF_SIZE       28 /* the longest: 27 digits and a NUL */
#define PAYREF_PRINT_SIZE 33

/*
 * The reference of notice `id` for an account, as it stands in notice.json:
 * "RF…", 27 digits, or "+++ddd/dddd/ddddd+++", which no number is taken for.
 */
int payref_make(const char *id, const char *iban, char out[PAYREF_SIZE],
    struct err *e);

/*
 * The printed form, in the groups of its kind; a text that is no reference,
 * or a wrong one, comes back as it is. Returns buf or text.
 */
const char *payref_fmt(const char *text, char buf[PAYREF_PRINT_SIZE]);

/*
 * Finds the next reference of ours in a text such as a bank's label, with
 * its separators or without: writes how the id of its notice begins, or all
 * of it, moves *at behind where it begins, and returns true. False at the
 * end.
 */
bool payref_next(const char **at, char id[NOTICE_ID_SIZE]);

/* Whether a text carries a reference of this notice, of any kind. */
bool payref_names(const char *text, const char *id);

#endif
