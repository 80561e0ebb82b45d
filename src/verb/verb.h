/*
 * verb: the commands, one a file. The only place where modules meet; each
 * shows the data's whole way for its command.
 *
 * A verb returns the exit status: 0 all done, 1 some refused, deferred or
 * failed (each named on standard error); or -1 with an error, from which
 * main makes 1, 2 or 75.
 */
#ifndef VERB_VERB_H
#define VERB_VERB_H

#include <stdbool.h>

#include "base/date.h"
#include "base/err.h"

/* One invocation; strings are argv's. */
struct call {
	int argc; /* words after the command */
	char **argv;
	const char *dir;  /* -C, the workspace */
	date_t on;        /* --on, or DATE_NONE: today of the creditor */
	const char *now;  /* RFC 3339, for the record only */
	const char *data; /* folder with layouts/ and fonts/ */
	bool json, quiet, verbose;
	/* Civil day and hour in a known time zone; main.c owns the only clock.
	 */
	void (*clock)(const char *timezone, date_t *day, int *hour);
};

typedef int verb_command(struct call *c, struct err *e);

verb_command verb_init, verb_import, verb_plan, verb_approve, verb_write,
    verb_send, verb_run, verb_posted, verb_resolve, verb_waive, verb_explain,
    verb_status, verb_verify, verb_letter, verb_lint, verb_merge, verb_interest,
    verb_qr, verb_iban, verb_reference;

#endif
