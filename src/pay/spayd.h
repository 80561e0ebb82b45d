/*
 * spayd: Short Payment Descriptor 1.0 (qr-platba.cz), for payments in the
 * Czech Republic. Pure: the payload, not the symbol.
 *
 * A list of keys; '*' ends a value, so '*', '%' and '+' in one are written
 * as %XX, as is all that is not ASCII.
 */
#ifndef PAY_SPAYD_H
#define PAY_SPAYD_H

#include "base/mem.h"
#include "base/str.h"
#include "pay/transfer.h"

/*
 * Appends the payload: account, amount, currency, due date, text (60
 * characters), payee (35) and, if the reference is up to 10 digits, the
 * variable symbol X-VS, else RF (up to 16 digits). ERR_DATA for what does
 * not fit.
 */
int spayd_write(const struct transfer *t, struct str *out, struct err *e);

/* Reads one into the arena; keys not known here are checked and left out. */
int spayd_read(const char *payload, size_t n, struct arena *a,
    struct transfer *out, struct err *e);

/* Appends a value as it stands in a payload. */
void spayd_escape(const char *text, struct str *out);

#endif
