/*
 * answer: what a reply of an SMTP server means for the notice. Pure.
 *
 * Source: RFC 5321 4.2 (codes), RFC 3463 (enhanced codes). Before the final
 * dot nothing can have happened; after it, only a whole reply that says yes
 * or no is believed.
 */
#ifndef SEND_ANSWER_H
#define SEND_ANSWER_H

#include "semonce.h"

/* What the reply was to, in the order of a transaction. */
enum answer_step {
	ANSWER_CONNECT, /* greeting, TLS, EHLO, login */
	ANSWER_MAIL,
	ANSWER_RCPT,
	ANSWER_ARCHIVE, /* RCPT of the sender's own archive box */
	ANSWER_DATA,
	ANSWER_BODY,
	ANSWER_DOT
};

/* Whether the code is the one that lets the transaction go on. */
bool answer_good(enum answer_step step, int code);

/* code is 200 to 599, or -1 for no whole reply. */
enum outcome answer_outcome(enum answer_step step, int code, const char *reply);

/* "RCPT", "final dot", … */
const char *answer_step_name(enum answer_step step);

#endif
