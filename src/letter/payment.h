/*
 * payment: how a debtor can pay this notice, ready to print, taken from the
 * data of notice.json in one place for the page, the text and the HTML.
 */
#ifndef LETTER_PAYMENT_H
#define LETTER_PAYMENT_H

#include <jansson.h>

#include "base/err.h"
#include "base/mem.h"
#include "letter/format.h"
#include "pay/epc.h"

struct payment_block {
	const char *beneficiary;
	const char *iban; /* printed form, groups of four */
	const char *bic;
	const char *amount;    /* of the language */
	const char *reference; /* printed form */
	const char *link;      /* or "" */
	const char *epc;       /* EPC QR payload, or "": no symbol (not EUR) */
	const struct transfer *swiss; /* to an account of Switzerland or
					 Liechtenstein in CHF or EUR, not yet
					 checked; or NULL */
};

/* True for the images that show how to pay: qr:pay, qr:epc, qr:swiss. */
bool payment_is_asked(const char *target);

/* Reads creditor and payment of the data; it lives in the arena. */
int payment_block_make(const json_t *data, struct formatter *format,
    struct arena *a, struct payment_block *out, struct err *e);

#endif
