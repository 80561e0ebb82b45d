/*
 * upn: the UPN QR code of Slovenia (Združenje bank Slovenije). Pure: the
 * payload in ISO 8859-2, not the symbol.
 *
 * The symbol has error correction level M, version 15 and says by ECI that
 * it is ISO 8859-2.
 */
#ifndef PAY_UPN_H
#define PAY_UPN_H

#include "base/mem.h"
#include "base/str.h"
#include "pay/transfer.h"

#define UPN_MAX_BYTES 411
#define UPN_MINOR_MAX 99999999999 /* eleven digits of cents */

/*
 * Appends the twenty fields, each with its line feed: payer, amount in EUR,
 * purpose, text (42 characters), due date, account, reference (26), payee;
 * street and number share 33 characters, as do post code and town. ERR_DATA
 * for what does not fit.
 */
int upn_write(const struct transfer *t, struct str *out, struct err *e);

/* Reads one into the arena; the control sum must fit. */
int upn_read(const char *payload, size_t n, struct arena *a,
    struct transfer *out, struct err *e);

#endif
