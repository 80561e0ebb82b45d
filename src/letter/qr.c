#include "letter/qr.h"

#include <assert.h>
#include <qrencode.h>
#include <string.h>

/*
 * From a page that is blurred by 0.1 mm and askew, a reader at 150 dpi takes
 * all symbols of this module, and loses every other of 0.5 mm.
 */
#define MODULE_LEAST PU_PER_MM(0.6)

/* A larger one is hard to scan from paper anyway. */
static const struct qr_form form_letter = { .version_max = 13 };

static QRcode *
encode(const char *payload, size_t n, const struct qr_form *form)
{
	QRinput *input = QRinput_new2(form->version_min,
	    form->low ? QR_ECLEVEL_L : QR_ECLEVEL_M);
	QRcode *code = NULL;

	assert(input != NULL);
	if ((form->eci == 0 ||
		QRinput_appendECIheader(input, form->eci) == 0) &&
	    QRinput_append(input, QR_MODE_8, (int)n,
		(const unsigned char *)payload) == 0)
		code = QRcode_encodeInput(input);
	QRinput_free(input);
	return code;
}

int
qr_make(const char *payload, struct arena *a, struct page_symbol *out,
    struct err *e)
{
	return qr_make_form(payload, strlen(payload), &form_letter, a, out, e);
}

int
qr_make_form(const char *payload, size_t n, const struct qr_form *form,
    struct arena *a, struct page_symbol *out, struct err *e)
{
	QRcode *code = encode(payload, n, form);
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

	return module > MODULE_LEAST ? module : MODULE_LEAST;
}
