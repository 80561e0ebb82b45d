/*
 * swissqr: the content of a Swiss QR code (Swiss Implementation Guidelines
 * QR-bill 2.3, structured addresses only). Pure: the text, not the drawing.
 *
 * The symbol has error correction level M, at most version 25, and is UTF-8.
 */
#ifndef PAY_SWISSQR_H
#define PAY_SWISSQR_H

#include "base/mem.h"
#include "base/str.h"
#include "pay/transfer.h"

#define SWISSQR_MAX_CHARS 997
#define SWISSQR_MINOR_MAX 99999999999 /* 999999999.99 */

/* What goes with an account: QRR with a QR-IBAN, SCOR or NON with others. */
enum swissqr_reference {
	SWISSQR_QRR,
	SWISSQR_SCOR,
	SWISSQR_NON
};

/* "QRR", "SCOR", "NON" */
const char *swissqr_reference_name(enum swissqr_reference r);

/*
 * Checks the whole and says which reference it has. The payee's name, post
 * code, town and country are required; the payer's address is whole or not
 * there. ERR_DATA says what is wrong and what to do.
 */
int swissqr_check(const struct transfer *t, enum swissqr_reference *out,
    struct err *e);

/*
 * Appends the payload, without a line break at its end; a letter outside the
 * permitted ones becomes what is nearest to it.
 */
int swissqr_write(const struct transfer *t, struct str *out, struct err *e);

int swissqr_read(const char *payload, size_t n, struct arena *a,
    struct transfer *out, struct err *e);

#endif
