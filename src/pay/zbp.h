/*
 * zbp: the Polish transfer code (Związek Banków Polskich, recommendation of
 * 2D codes). Pure: the payload, not the symbol (level L, UTF-8).
 *
 * NIP|PL|account of 26 digits|grosze, six digits at least|name 20|title 32|
 * and three reserved fields.
 */
#ifndef PAY_ZBP_H
#define PAY_ZBP_H

#include "base/mem.h"
#include "base/str.h"
#include "pay/transfer.h"

#define ZBP_MINOR_MAX 999999 /* six digits of grosze */

/*
 * Appends the payload; the title is the reference, or the text. ERR_DATA for
 * what does not fit; '|' in a field is refused.
 */
int zbp_write(const struct transfer *t, struct str *out, struct err *e);

/* Reads one into the arena; the title becomes the text. */
int zbp_read(const char *payload, size_t n, struct arena *a,
    struct transfer *out, struct err *e);

#endif
