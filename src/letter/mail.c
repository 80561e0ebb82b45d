#include "letter/mail_parts.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/str.h"
#include "base/utf8.h"

size_t
mail_payment(const struct mail_frame *f,
    struct mail_row rows[MAIL_PAYMENT_ROWS])
{
	const struct labels *l = f->labels;
	const struct payment_block *p = f->payment;
	const struct mail_row all[MAIL_PAYMENT_ROWS] = {
		{ l->beneficiary, p->beneficiary },
		{ l->iban, p->iban },
		{ l->bic, p->bic },
		{ l->amount, p->amount },
		{ l->reference, p->reference },
	};
	size_t n = 0;

	for (size_t i = 0; i < MAIL_PAYMENT_ROWS; i++)
		if (all[i].value[0] != '\0')
			rows[n++] = all[i];
	return n;
}

enum mail_image
mail_image(const struct block *image)
{
	if (strcmp(image->target, "qr:link") == 0)
		return MAIL_LINK;
	if (strcmp(image->target, "signature:") == 0 ||
	    strcmp(image->target, "qr:invoices") == 0)
		return MAIL_NOTHING;
	return strncmp(image->target, "qr:", 3) == 0 ? MAIL_PAYMENT
						     : MAIL_WORDS;
}

bool
mail_url_is_safe(const char *url)
{
	static const char *const schemes[] = { "https://", "http://",
		"mailto:", "tel:" };

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

size_t
mail_width(const char *text, size_t n)
{
	const char *end = text + n;
	size_t width = 0;

	while (text < end) {
		UChar32 c = (UChar32)utf8_next(&text);
		int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
		uint32_t mask = U_GET_GC_MASK(c);

		if ((mask & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0)
			continue;
		width += wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
	}
	return width;
}
