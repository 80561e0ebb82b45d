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
};

/* One invoice of several, to be paid alone. */
struct payment_part {
	const char *number, *amount; /* of the language */
	struct payment_code code;
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
	const struct payment_part *parts; /* qr:invoices; none: NULL */
	size_t n_parts;

	/* To an account of Switzerland or Liechtenstein in CHF or EUR, not
	   yet checked, and then for qr:pay; or NULL. */
	const struct transfer *swiss;
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

/*
 * Whether a code for each invoice can go beside that for all: they are 2 to
 * 8, in EUR, and paid by EPC.
 */
bool payment_has_parts(const json_t *data);

#endif
