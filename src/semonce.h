/*
 * semonce.h: the vocabulary, the structs and enums that travel along the
 * arrows
 *
 *	files > read > ledger > policy > letter > page > pdf > outbox >
 *	carrier > receipt > ledger
 *
 * No functions. Strings are UTF-8 and NUL-terminated, live in the arena of
 * whoever made the struct, and are "" where nothing was given unless a
 * comment says NULL. Amounts are struct money, dates are date_t; a date not
 * given is DATE_NONE.
 */
#ifndef SEMONCE_H
#define SEMONCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/money.h"

/* ---- words of the field ---- */

enum debtor_kind {
	DEBTOR_BUSINESS,
	DEBTOR_CONSUMER,
	DEBTOR_PUBLIC
};
#define DEBTOR_KINDS 3

enum channel {
	CHANNEL_NONE, /* no wish: the step's order decides */
	CHANNEL_EMAIL,
	CHANNEL_PRINT,
	CHANNEL_REGISTERED
};

enum invoice_kind {
	INVOICE_INVOICE,
	INVOICE_CREDIT_NOTE
};

enum line_role {
	LINE_DEMANDED,     /* the notice asks for it; advances its level */
	LINE_INFORMATIONAL /* listed; its turn has not come */
};

enum step_mode {
	MODE_AUTO,
	MODE_CONFIRM
};

/* Life of a notice; the drawing is in ledger/outbox.c. */
enum notice_state {
	NOTICE_PLANNED,
	NOTICE_APPROVED,
	NOTICE_RENDERED,
	NOTICE_RESERVED,
	NOTICE_SENDING,
	NOTICE_ACCEPTED,
	NOTICE_POSTED,
	NOTICE_PROVEN,
	NOTICE_SUPERSEDED,
	NOTICE_CANCELLED,
	NOTICE_FAILED,
	NOTICE_AMBIGUOUS,
	NOTICE_BOUNCED,
	NOTICE_RETURNED,
	NOTICE_WAIVED
};

/* Why nothing is sent: a fixed vocabulary, part of the JSON contract. */
enum withheld_reason {
	WITHHELD_PAID,
	WITHHELD_BELOW_FLOOR,
	WITHHELD_NOT_DUE,
	WITHHELD_WRONG_HOUR,
	WITHHELD_SPACING,
	WITHHELD_DEADLINE_RUNNING,
	WITHHELD_HOLD,
	WITHHELD_DISPUTE,
	WITHHELD_PROMISE,
	WITHHELD_INSTALMENTS,
	WITHHELD_STALE_PAYMENTS,
	WITHHELD_UNALLOCATED_MONEY,
	WITHHELD_NO_RECIPIENT,
	WITHHELD_AMBIGUOUS_RECIPIENT,
	WITHHELD_NO_ACCOUNT,
	WITHHELD_ABOVE_CEILING,
	WITHHELD_NEEDS_CONFIRMATION,
	WITHHELD_WRONG_DAY,
	WITHHELD_FINISHED
};

/* ---- records: what read/ makes of files ---- */

#define DEBTOR_LINES 3

struct debtor {
	unsigned line; /* in the file it was read from; 0 from the ledger */
	const char *code, *name;
	enum debtor_kind kind;
	const char *profile, *language, *email, *phone;
	const char *address[DEBTOR_LINES]; /* line1 to line3 */
	const char *postcode, *city, *country;
	const char *registration, *vat;
	enum channel channel;
	const char *notes; /* unknown columns as a JSON object, or "" */
};

struct instalment {
	unsigned line;
	date_t due;
	struct money amount; /* positive */
};

struct invoice {
	unsigned line; /* of its first row */
	const char *number, *debtor;
	enum invoice_kind kind;
	date_t issued, sent_on;
	char currency[4];
	const char *refers_to, *contract, *file, *terms, *clause, *scenario;
	bool has_rate; /* column `rate`, the interest agreed: */
	int32_t rate_milli;
	const char *notes;
	struct instalment *instalments; /* one or more, in order of due date */
	size_t n_instalments;
};

struct payment {
	unsigned line;
	const char *id;
	date_t date;
	const char *debtor;
	struct money amount; /* negative: a reversal */
	const char *reference, *invoice, *label;
	const char *notes;
	unsigned twin; /* 0 for the first of equal rows in a file, then 1, … */
};

enum record_kind {
	RECORD_DEBTORS,
	RECORD_INVOICES,
	RECORD_PAYMENTS
};

/* A row that was not taken: file:line: text. */
struct refusal {
	unsigned line;
	const char *text;
};

struct records {
	enum record_kind kind;
	const char *path;   /* as given by the user */
	const char *sha256; /* of the whole file, hexadecimal */
	struct debtor *debtors;
	struct invoice *invoices;
	struct payment *payments;
	size_t n; /* of the one array the kind names */
	struct refusal *refused;
	size_t n_refused;
	size_t rows; /* data rows in the file, good and bad */
};

/* ---- the creditor, from semonce.yaml ---- */

struct creditor {
	const char *name, *form, *capital, *registration, *vat;
	const char *const *address; /* lines */
	size_t n_address;
	const char *contact; /* whom to call: the signatory unless given */
	const char *phone, *email, *hours, *country, *timezone;
	const char *place;            /* of the calendar: "FR", "FR-67" */
	const char *signature, *logo; /* files of the workspace, or "" */
	const char *signatory, *signatory_title; /* under the closing */
	/* of consumers (code de la consommation, L. 616-1), or "" */
	const char *mediator, *mediator_address, *mediator_url;
};

struct account {
	char currency[4];
	const char *iban, *bic; /* iban without spaces */
	const char **methods;   /* accepted means of payment */
	size_t n_methods;
};

/* ---- claims: what the law adds to a late debt ---- */

enum claim_kind {
	CLAIM_INTEREST,
	CLAIM_FEE /* fixed recovery fee: once per invoice, for ever */
};
#define CLAIM_KINDS 2

/* Days of one open amount and one rate. */
struct claim_slice {
	date_t from, to; /* both count */
	int days;
	struct money base, amount;
	int32_t rate_milli; /* thousandths of a percent a year */
};

/* What a line of a notice asks for besides the debt. */
struct claim {
	enum claim_kind kind;
	struct money amount;  /* in full: all that accrued up to `until` */
	struct money settled; /* of it, paid or waived before this notice; the
				 line asks for the rest */
	date_t from, until;   /* of interest, both count; else DATE_NONE */
	struct money per_day; /* what the next day adds; 0 of a fee */
	const char *law;      /* article */
	const char *text;     /* how it was reckoned, one sentence */
	struct claim_slice *slices; /* of interest; they sum to amount */
	size_t n_slices;
};

/* The parts of a debt, which a payment pays in the order of imputation. */
enum debt_part {
	PART_PRINCIPAL,
	PART_INTEREST,
	PART_FEE
};
#define DEBT_PARTS 3

/* What notices that count have claimed so far, and what became of it. */
struct claimed {
	struct money amount;       /* in full, of the newest such notice */
	struct money paid, waived; /* waived: of amounts named */
	bool waived_all;           /* now and for ever */
	date_t since;              /* the first such notice; or DATE_NONE */
};

/* A change of what is open: payment and credit < 0, reversal > 0. */
struct item_move {
	date_t on;
	int64_t minor;
};

/* ---- the book: what the ladder sees of the ledger ---- */

/* One demand for an instalment that counts or is on its way. */
struct rung {
	const char *notice; /* id */
	const char *step;   /* name in the scenario, the level */
	enum notice_state state;
	bool counts;     /* confirmed: email accepted, paper posted */
	date_t on;       /* day it counts from; its own date while in flight */
	date_t deadline; /* last day printed or proven; DATE_NONE: none or
			    not yet running */
	bool deadline_waits; /* a number of days is printed, no start yet */
};

struct item { /* an instalment */
	int64_t id;
	const char *invoice, *contract, *scenario;
	const char *clause; /* of the contract, on paying late, or "" */
	bool has_rate;      /* a rate was agreed for this invoice: */
	int32_t rate_milli;
	date_t issued, sent_on, due;
	unsigned episode;
	struct money amount, paid, open; /* open = amount - paid, >= 0 */
	struct item_move *moves;         /* by day; they sum to -paid */
	size_t n_moves;
	struct claimed claimed[CLAIM_KINDS];
	struct rung *rungs; /* this episode's, oldest first */
	size_t n_rungs;
};

enum hold_kind {
	HOLD_MANUAL,
	HOLD_DISPUTE,
	HOLD_PROMISE,
	HOLD_INSTALMENTS,
	HOLD_INSOLVENCY,
	HOLD_DIRECT_DEBIT
};

struct hold {
	enum hold_kind kind;
	const char *invoice; /* "" for the whole debtor */
	date_t from, until;  /* until DATE_NONE: until lifted */
	const char *text;
};

/* A debtor's position in one currency. */
struct position {
	const struct debtor *debtor;
	char currency[4];
	struct item *items; /* in order of due date, then number */
	size_t n_items;
	struct money unallocated; /* money and credits on no invoice, >= 0 */
	date_t last_contact;   /* newest notice to this debtor in any currency
				  that counts or is in flight */
	const char *in_flight; /* id of a notice not yet settled, or NULL */
	bool email_refused;    /* a mail server refused the present address
				  for good */
	struct hold *holds;
	size_t n_holds;
};

struct book {
	struct position *positions; /* by debtor code, then currency */
	size_t n;
	date_t payments_as_of; /* newest import of payments */
};

/* ---- the plan: what policy/ makes of the book ---- */

struct notice_line {
	int64_t item; /* struct item id */
	unsigned episode;
	const char *invoice, *contract;
	date_t issued, sent_on, due;
	enum line_role role;
	const char *step; /* level this line reaches, or "" */
	struct money amount, paid, open;
	struct money interest, fee; /* what is asked: of its claims, the sums
				       of amount - settled */
	const struct claim *claims; /* one of a kind at most */
	size_t n_claims;
	/* The invoice's own file in the archive, or ""; known to those from
	   the outbox only. */
	const char *file_sha256, *file_ext;
};

#define NOTICE_ID_SIZE 14 /* "N", 12 base32 characters, NUL */

struct notice {
	char id[NOTICE_ID_SIZE];
	enum notice_state state;
	const struct debtor *debtor;
	char currency[4];
	const char *scenario, *step, *letter, *tone;
	enum channel channel;
	enum step_mode mode;
	date_t on;
	date_t deadline;        /* DATE_NONE: none, or not running yet */
	unsigned deadline_days; /* 0: the letter prints no deadline */
	struct notice_line *lines;
	size_t n_lines;
	struct money open, interest, fee, total; /* of the demanded lines */
	const char *personal; /* free paragraph from `approve`, or "" */
	const char **reasons; /* why this step today, one sentence each */
	size_t n_reasons;
};

struct withheld {
	const struct debtor *debtor;
	char currency[4];
	const char *invoice; /* "" for the whole debtor */
	enum withheld_reason reason;
	const char *text; /* one sentence */
	date_t next;      /* next date that may change it, or DATE_NONE */
};

struct plan {
	date_t on;
	struct notice *notices; /* by debtor code, then currency */
	size_t n_notices;
	struct withheld *withheld;
	size_t n_withheld;
	const char **warnings;
	size_t n_warnings;
};

/* ---- documents and delivery ---- */

enum document_role {
	DOCUMENT_LETTER,
	DOCUMENT_DATA,
	DOCUMENT_MAIL
};

struct document {
	enum document_role role; /* letter.pdf, notice.json, mail.eml */
	char sha256[65];
	size_t size; /* bytes */
};

#define NOTICE_DOCUMENTS 3

/* What the outside world answered. Outside answers are few. */
enum outcome {
	OUTCOME_ACCEPTED, /* it took the message; evidence in the receipt */
	OUTCOME_LATER,    /* nothing happened; try again another time */
	OUTCOME_REFUSED,  /* never, for this notice: a bad address */
	OUTCOME_TROUBLE,  /* nothing happened; the relay itself is in trouble */
	OUTCOME_UNKNOWN   /* it may have taken effect: a person decides */
};

struct receipt {
	enum outcome outcome;
	char detail[512]; /* the reply, visible characters only */
};

#endif
