#include "letter/qr.h"

#include <assert.h>
#include <qrencode.h>
#include <string.h>

/*
 * Of whole dots of a printer, 16 of 600 dpi or 8 of 300, all modules are
 * equally wide: 0.677 mm. A reader takes 0.6 mm, too, from a print blurred by
 * twice of what printers and scanners do (tests/real/scan.sh).
 */
#define MODULE_GOOD  PU_PER_MM(16 * 25.4 / 600)
#define MODULE_LEAST PU_PER_MM(0.6)
#define SYMBOL_WIDE  PU_PER_MM(40) /* no wider for the good module */

/*
 * The library finds the digits and capitals of a text, such as an IBAN, and
 * gives them modes of fewer bits than bytes have (ISO/IEC 18004, 7.4.1), but
 * not behind a charset assignment.
 */
static QRcode *
encode(const char *payload, const struct qr_form *form)
{
	QRecLevel level = form->low ? QR_ECLEVEL_L : QR_ECLEVEL_M;
	QRcode *code = NULL;
	QRinput *input;

	if (form->eci == 0)
		return QRcode_encodeString(payload, form->version_min, level,
		    QR_MODE_8, 1);
	input = QRinput_new2(form->version_min, level);
	assert(input != NULL);
	if (QRinput_appendECIheader(input, form->eci) == 0 &&
	    QRinput_append(input, QR_MODE_8, (int)strlen(payload),
		(const unsigned char *)payload) == 0)
		code = QRcode_encodeInput(input);
	QRinput_free(input);
	return code;
}

int
qr_make(const char *payload, const struct qr_form *form, struct arena *a,
    struct page_symbol *out, struct err *e)
{
	QRcode *code = encode(payload, form);
	uint8_t *modules;
	size_t all;

	if (code == NULL || code->version > form->version_max) {
		QRcode_free(code);
		return err_set(e, ERR_DATA,
		    "the payment data are too long for a QR code; shorten the "
		    "creditor's name, or the link");
	}
	all = (size_t)code->width * (size_t)code->width;
	modules = arena_alloc(a, all);
	for (size_t i = 0; i < all; i++)
		modules[i] = code->data[i] & 1; /* the rest is how it is made */
	*out = (struct page_symbol){ .width = (unsigned)code->width,
		.modules = modules,
		.quiet = QR_QUIET };
	QRcode_free(code);
	return 0;
}

int32_t
qr_module(const struct page_symbol *s, int32_t width)
{
	int32_t modules = (int32_t)s->width;
	int32_t module = (width + modules - 1) / modules;
	int32_t least = SYMBOL_WIDE / modules;

	if (least > MODULE_GOOD)
		least = MODULE_GOOD;
	if (least < MODULE_LEAST)
		least = MODULE_LEAST;
	return module > least ? module : least;
}
