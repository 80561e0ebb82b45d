/*
 * transfer: what a payment code asks for, whatever the code. Pure.
 *
 * One struct for all codes; each takes the fields it has room for and
 * refuses what it cannot carry. Strings are UTF-8 without control
 * characters; NULL and "" both mean that nothing was given.
 */
#ifndef PAY_TRANSFER_H
#define PAY_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/err.h"
#include "base/money.h"

struct pay_party {
	const char *name, *street, *number, *postcode, *town;
	const char *country; /* ISO 3166-1 */
};

struct transfer {
	struct pay_party payee, payer;
	const char *iban; /* electronic form */
	const char *bic;
	struct money amount;   /* minor 0: the payer fills it in */
	const char *reference; /* creditor reference, electronic form */
	const char *text;      /* unstructured; excludes reference in most */
	const char *purpose;   /* ISO 20022 purpose, 1 to 4 letters */
	const char *info;      /* from payee to payer; bill information */
	const char *others[2]; /* Swiss: alternative schemes, as they stand */
	date_t due;            /* or DATE_NONE */
};

/* The same with "" for NULL. */
struct transfer transfer_given(const struct transfer *t);

/*
 * Checks what all codes ask of a field: valid UTF-8, one line, nothing that
 * steers (control characters, line and paragraph separators, marks of
 * direction), at most max characters. ERR_DATA names the field.
 */
int transfer_check_line(const char *field, const char *text, size_t max,
    struct err *e);

/*
 * Checks that the IBAN is whole and in electronic form and the BIC, if one
 * is given, has the form of one.
 */
int transfer_check_account(const struct transfer *t, struct err *e);

/* The amount is in the currency, and 0 (the payer fills it in) to max. */
int transfer_check_amount(struct money amount, const char *currency,
    int64_t max, struct err *e);

#endif
