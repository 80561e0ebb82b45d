/*
 * message: one mail as bytes, by GMime, built once, archived, and then sent
 * exactly so. CRLF line ends, UTF-8 parts as quoted-printable, attachments as
 * base64, boundary and Message-ID from the notice: same input, same bytes.
 * Refuses what could forge headers or envelopes.
 */
#ifndef SEND_MESSAGE_H
#define SEND_MESSAGE_H

#include "base/err.h"
#include "base/str.h"

struct message_file {
	const char *name, *mime; /* "application/pdf" */
	const void *bytes;
	size_t n;
};

struct message {
	const char *notice;           /* id, for Message-ID and boundaries */
	const char *from_name, *from; /* display name, address */
	const char *to_name, *to;
	const char *date; /* YYYY-MM-DD of the notice */
	const char *lang;
	const char *subject, *text, *html;
	const struct message_file *files;
	size_t n_files;
};

/* Appends the message; ERR_DATA for an address that is none. */
int message_build(const struct message *m, struct str *out, struct err *e);

/*
 * One addr-spec that is safe on a command line of SMTP: no control, space,
 * quote or angle bracket, one @, at most 254 bytes, no leading '-'
 * (RFC 5321 4.1.2, narrowed). ERR_DATA otherwise.
 */
int message_address_check(const char *address, struct err *e);

#endif
