/*
 * names: the words that stand in the tables for the values of our enums.
 * Private to ledger/.
 */
#ifndef LEDGER_NAMES_H
#define LEDGER_NAMES_H

#include "base/err.h"

struct names {
	const char *what; /* for messages */
	const char *const *of;
	int n;
};

extern const struct names names_debtor_kind, names_channel, names_invoice_kind,
    names_line_role, names_step_mode, names_state, names_hold_kind,
    names_document_role, names_record_kind, names_claim_kind;

/* The value of a word; ERR_BROKEN if the ledger holds another one. */
int names_find(const struct names *names, const char *word, int *out,
    struct err *e);

#endif
