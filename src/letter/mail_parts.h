/*
 * mail_parts: what the plain and the HTML form of a mail share.
 */
#ifndef LETTER_MAIL_PARTS_H
#define LETTER_MAIL_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "letter/mail.h"

#define MAIL_PAYMENT_ROWS 5

struct mail_row {
	const char *name, *value;
};

/* The payment details that are there; returns their number. */
size_t mail_payment(const struct mail_frame *f,
    struct mail_row rows[MAIL_PAYMENT_ROWS]);

/* What becomes of an image in a mail, which shows none. */
enum mail_image {
	MAIL_PAYMENT, /* how to pay, in words */
	MAIL_LINK,    /* the link to pay */
	MAIL_NOTHING, /* a signature: the name stands below it */
	MAIL_WORDS    /* its alternative text */
};
enum mail_image mail_image(const struct block *image);

/* http, https, mailto, tel: nothing else becomes a link. */
bool mail_url_is_safe(const char *url);

/* Columns that text takes in a fixed pitch: marks none, wide ones two. */
size_t mail_width(const char *text, size_t n);

#endif
