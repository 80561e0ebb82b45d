/*
 * mnb: the Hungarian instant payment code (Magyar Nemzeti Bank, unified QR
 * guide), kind HCT: a transfer. Pure: the payload, not the symbol (level M).
 */
#ifndef PAY_MNB_H
#define PAY_MNB_H

#include "base/mem.h"
#include "base/str.h"
#include "pay/transfer.h"

#define MNB_MAX_BYTES 345
#define MNB_MINOR_MAX 99999999999900 /* HUF, whole forints, twelve digits */

/*
 * Appends seventeen lines: BIC, name (70), IBAN, whole forints, valid until
 * the end of the due date (winter time), purpose, text (70), and the
 * reference as invoice number (35). The due date is required. ERR_DATA for
 * what does not fit.
 */
int mnb_write(const struct transfer *t, struct str *out, struct err *e);

/* Reads one into the arena; of its ids, the invoice number only. */
int mnb_read(const char *payload, size_t n, struct arena *a,
    struct transfer *out, struct err *e);

#endif
