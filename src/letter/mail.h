/*
 * mail: a tree of blocks as the plain text and the HTML of a mail.
 *
 * Plain: at most 76 columns, tables with aligned columns, links in full.
 * HTML: one whole document, inline styles, no images from outside; it says
 * everything with images off. `qr:pay` becomes the payment details in
 * words, `qr:link` the link; a signature is left out, other images become
 * their alternative text.
 */
#ifndef LETTER_MAIL_H
#define LETTER_MAIL_H

#include "base/str.h"
#include "letter/labels.h"
#include "letter/markdown.h"
#include "letter/payment.h"

struct mail_frame {
	const char *lang, *subject;
	const char *sender;        /* name of the creditor */
	const char *const *footer; /* lines under the letter */
	size_t n_footer;
	const struct labels *labels;
	const struct payment_block *payment;
};

void mail_text(const struct block *root, const struct mail_frame *f,
    struct str *out);
void mail_html(const struct block *root, const struct mail_frame *f,
    struct str *out);

#endif
