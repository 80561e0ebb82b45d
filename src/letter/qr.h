/*
 * qr: a text to a QR symbol (ISO/IEC 18004), by libqrencode.
 */
#ifndef LETTER_QR_H
#define LETTER_QR_H

#include "base/err.h"
#include "letter/page.h"

#define QR_QUIET 4 /* modules around a symbol that must stay white */

/*
 * The symbol of an EPC payload or a link, level M, at most version 13 as
 * EPC069-12 asks; it lives in the arena. ERR_DATA if the payload is too long.
 */
int qr_make(const char *payload, struct arena *a, struct page_symbol *out,
    struct err *e);

#endif
