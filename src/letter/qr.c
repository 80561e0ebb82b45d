#include "letter/qr.h"

#include <qrencode.h>
#include <string.h>

/* EPC069-12; a larger one is hard to scan from paper anyway. */
#define VERSION_MAX 13

int
qr_make(const char *payload, struct arena *a, struct page_symbol *out,
    struct err *e)
{
	QRcode *code = QRcode_encodeData((int)strlen(payload),
	    (const unsigned char *)payload, 0, QR_ECLEVEL_M);
	uint8_t *modules;
	size_t n;

	if (!code || code->version > VERSION_MAX) {
		QRcode_free(code);
		return err_set(e, ERR_DATA,
		    "the payment data are too long for a QR code; shorten the "
		    "creditor's name, or the link");
	}
	n = (size_t)code->width * (size_t)code->width;
	modules = arena_alloc(a, n);
	for (size_t i = 0; i < n; i++)
		modules[i] = code->data[i] & 1; /* the rest is how it is made */
	*out = (struct page_symbol){ .width = (unsigned)code->width,
		.modules = modules,
		.quiet = QR_QUIET };
	QRcode_free(code);
	return 0;
}
