#include "send/answer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const STEP_NAMES[] = {
	[ANSWER_CONNECT] = "connection",
	[ANSWER_MAIL] = "MAIL",
	[ANSWER_RCPT] = "RCPT",
	[ANSWER_ARCHIVE] = "RCPT of the archive box",
	[ANSWER_DATA] = "DATA",
	[ANSWER_BODY] = "body",
	[ANSWER_DOT] = "final dot",
};

const char *
answer_step_name(enum answer_step step)
{
	return STEP_NAMES[step];
}

bool
answer_good(enum answer_step step, int code)
{
	if (step == ANSWER_DATA)
		return code == 354;
	return code >= 200 && code <= 299;
}

/* Reads the enhanced code behind "550 ", such as 5.1.1; false if none. */
static bool
enhanced(const char *reply, unsigned long *subject, unsigned long *detail)
{
	char *end;

	if (strlen(reply) < 4 || strncmp(reply + 4, "5.", 2) != 0 ||
	    !isdigit((unsigned char)reply[6]))
		return false;
	*subject = strtoul(reply + 6, &end, 10);
	if (*end != '.' || !isdigit((unsigned char)end[1]))
		return false;
	*detail = strtoul(end + 1, NULL, 10);
	return true;
}

/*
 * A permanent no: about this address or this mail it ends the notice; about
 * us or the relay it would be said of the next notice too.
 */
static enum outcome
permanent(int code, const char *reply)
{
	unsigned long subject, detail;

	if (enhanced(reply, &subject, &detail)) {
		switch (subject) {
		case 1: /* address; 5.1.7 and 5.1.8 are the sender's */
			return detail == 7 || detail == 8 ? OUTCOME_TROUBLE
							  : OUTCOME_REFUSED;
		case 2: /* mailbox */
		case 5: /* protocol */
		case 6: /* content */
			return OUTCOME_REFUSED;
		case 3: /* system; 5.3.4 is a mail that is too big */
			return detail == 4 ? OUTCOME_REFUSED : OUTCOME_TROUBLE;
		default: /* 4 network, 7 policy, and what nobody knows */
			return OUTCOME_TROUBLE;
		}
	}
	/* 550 to 553 name the mailbox or its room, RFC 5321 4.2.3. */
	return code >= 550 && code <= 553 ? OUTCOME_REFUSED : OUTCOME_TROUBLE;
}

enum outcome
answer_outcome(enum answer_step step, int code, const char *reply)
{
	switch (step) {
	case ANSWER_CONNECT:
	case ANSWER_MAIL:
	case ANSWER_ARCHIVE:
	case ANSWER_BODY:
		/* The same for every notice: the run must stop. */
		return OUTCOME_TROUBLE;
	case ANSWER_RCPT:
	case ANSWER_DATA:
		if (code == 421 || code < 400)
			return OUTCOME_TROUBLE;
		return code < 500 ? OUTCOME_LATER : permanent(code, reply);
	case ANSWER_DOT:
		if (answer_good(step, code))
			return OUTCOME_ACCEPTED;
		if (code == 421 || code < 400)
			return OUTCOME_UNKNOWN;
		return code < 500 ? OUTCOME_LATER : permanent(code, reply);
	}
	return OUTCOME_UNKNOWN;
}
