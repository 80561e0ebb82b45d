/*
 * qr: a text to a QR symbol (ISO/IEC 18004), by libqrencode.
 */
#ifndef LETTER_QR_H
#define LETTER_QR_H

#include "base/err.h"
#include "letter/page.h"

#define QR_QUIET 4 /* modules around a symbol that must stay white */

/*
 * The side of a module so that the symbol is at least so wide, and none of
 * its modules so small that a worn print or a slow camera blurs it away:
 * 0.68 mm, of large symbols down to 0.6, so that they leave room for the
 * letter.
 */
int32_t qr_module(const struct page_symbol *s, int32_t width);

/* What a code asks of its symbol. */
struct qr_form {
	int version_min, version_max; /* min 0: as small as it gets */
	unsigned eci;                 /* charset assignment; 0: not said */
	bool low;                     /* error correction L, else M */
};

/*
 * The symbol of a payload, byte for byte what a reader gives back, in as few
 * modules as the form permits; it lives in the arena. ERR_DATA if the payload
 * is too long.
 */
int qr_make(const char *payload, const struct qr_form *form, struct arena *a,
    struct page_symbol *out, struct err *e);

#endif
