#include "ledger/names.h"

#include <string.h>

#include "ledger/outbox.h"
#include "semonce.h"

#define NAMES(title, words)                                    \
	{                                                      \
		.what = (title), .of = (words),                \
		.n = (int)(sizeof(words) / sizeof((words)[0])) \
	}

static const char *const debtor_kinds[] = {
	[DEBTOR_BUSINESS] = "business",
	[DEBTOR_CONSUMER] = "consumer",
	[DEBTOR_PUBLIC] = "public",
};

static const char *const channels[] = {
	[CHANNEL_NONE] = "none",
	[CHANNEL_EMAIL] = "email",
	[CHANNEL_PRINT] = "print",
	[CHANNEL_REGISTERED] = "registered",
};

static const char *const invoice_kinds[] = {
	[INVOICE_INVOICE] = "invoice",
	[INVOICE_CREDIT_NOTE] = "credit_note",
};

static const char *const line_roles[] = {
	[LINE_DEMANDED] = "demanded",
	[LINE_INFORMATIONAL] = "informational",
};

static const char *const step_modes[] = {
	[MODE_AUTO] = "auto",
	[MODE_CONFIRM] = "confirm",
};

static const char *const states[] = {
	[NOTICE_PLANNED] = "planned",
	[NOTICE_APPROVED] = "approved",
	[NOTICE_RENDERED] = "rendered",
	[NOTICE_RESERVED] = "reserved",
	[NOTICE_SENDING] = "sending",
	[NOTICE_ACCEPTED] = "accepted",
	[NOTICE_POSTED] = "posted",
	[NOTICE_PROVEN] = "proven",
	[NOTICE_SUPERSEDED] = "superseded",
	[NOTICE_CANCELLED] = "cancelled",
	[NOTICE_FAILED] = "failed",
	[NOTICE_AMBIGUOUS] = "ambiguous",
	[NOTICE_BOUNCED] = "bounced",
	[NOTICE_RETURNED] = "returned",
	[NOTICE_WAIVED] = "waived",
};

static const char *const hold_kinds[] = {
	[HOLD_MANUAL] = "manual",
	[HOLD_DISPUTE] = "dispute",
	[HOLD_PROMISE] = "promise",
	[HOLD_INSTALMENTS] = "instalments",
	[HOLD_INSOLVENCY] = "insolvency",
	[HOLD_DIRECT_DEBIT] = "direct_debit",
};

static const char *const document_roles[] = {
	[DOCUMENT_LETTER] = "letter",
	[DOCUMENT_DATA] = "data",
	[DOCUMENT_MAIL] = "mail",
};

static const char *const record_kinds[] = {
	[RECORD_DEBTORS] = "debtors",
	[RECORD_INVOICES] = "invoices",
	[RECORD_PAYMENTS] = "payments",
};

static const char *const claim_kinds[] = {
	[CLAIM_INTEREST] = "interest",
	[CLAIM_FEE] = "fee",
};

const struct names names_debtor_kind = NAMES("kind of debtor", debtor_kinds);
const struct names names_channel = NAMES("channel", channels);
const struct names names_invoice_kind = NAMES("kind of invoice", invoice_kinds);
const struct names names_line_role = NAMES("role of a line", line_roles);
const struct names names_step_mode = NAMES("mode", step_modes);
const struct names names_state = NAMES("state", states);
const struct names names_hold_kind = NAMES("kind of hold", hold_kinds);
const struct names names_document_role = NAMES("document", document_roles);
const struct names names_record_kind = NAMES("kind of record", record_kinds);
const struct names names_claim_kind = NAMES("kind of claim", claim_kinds);

const char *
notice_state_name(enum notice_state s)
{
	return states[s];
}

int
names_find(const struct names *names, const char *word, int *out, struct err *e)
{
	for (int i = 0; i < names->n; i++) {
		if (strcmp(names->of[i], word) == 0) {
			*out = i;
			return 0;
		}
	}
	return err_set(e, ERR_BROKEN,
	    "the ledger holds an unknown %s '%s'; run semonce verify",
	    names->what, word);
}
