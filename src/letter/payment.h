/*
 * payment: how a debtor can pay this notice, ready to print, taken from the
 * data of notice.json in one place for the page, the text and the HTML.
 */
#ifndef LETTER_PAYMENT_H
#define LETTER_PAYMENT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"
#include "letter/format.h"
#include "pay/code.h"

/* What a symbol says. */
struct payment_code {
	const struct pay_code *code; /* NULL: there is no symbol */
	const char *payload;
	size_t n;
};

struct payment_block {
	const char *beneficiary;
	const char *iban; /* printed form, groups of four */
	const char *bic;
	const char *amount;      /* of the language */
	const char *reference;   /* printed form */
	const char *link;        /* or "" */
	struct payment_code pay; /* of the payer's country: qr:pay */
	struct payment_code epc; /* in EUR, whatever the country: qr:epc */
	const struct transfer
	    *swiss; /* to an account of Switzerland or
		       Liechtenstein in CHF or EUR, not yet
		       checked; or NULL: for qr:pay, then, too */
};

/* True for the images that show how to pay: qr:pay, qr:epc, qr:swiss. */
bool payment_is_asked(const char *target);

/* Reads creditor, debtor and payment of the data; lives in the arena. */
int payment_block_make(const json_t *data, struct formatter *format,
    struct arena *a, struct payment_block *out, struct err *e);

/*
 * Whether qr:pay has a symbol to show. True for data that are wrong, too: the
 * letter will say what is.
 */
bool payment_has_symbol(const json_t *data);

#endif
