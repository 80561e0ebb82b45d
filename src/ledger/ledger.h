/*
 * ledger: facts, in one SQLite file, and the archive of what was written.
 *
 * A workspace folder holds semonce.db, semonce.mark and archive/. Amounts
 * are minor units; levels are not stored, they follow from notices. Every
 * change of state is one BEGIN IMMEDIATE … COMMIT together with its event;
 * events are only added, each hashed over the one before.
 *
 * A ledger that is older than what it has sent (a restored backup) opens
 * for reading and refuses to send: see ledger_restored.
 */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"
#include "semonce.h"

struct ledger;

/* Makes an empty ledger in a workspace; ERR_USAGE if there is one. */
int ledger_create(const char *dir, struct err *e);

/*
 * Opens and, if its schema is older, migrates it. `now` (RFC 3339, UTC) is
 * written into events and decides nothing. Close with ledger_close.
 */
int ledger_open(const char *dir, const char *now, struct ledger **out,
    struct err *e);
void ledger_close(struct ledger *l);

struct import_terms {
	date_t on;    /* as of this day the data are complete */
	bool dry_run; /* check, and write nothing */
	/* What a payment of a debtor of each kind pays first. */
	enum debt_part order[DEBTOR_KINDS][DEBT_PARTS];
	/* Whether the file of an invoice is good, by its bytes and ending
	 * ("pdf", "xml"): ERR_DATA refuses the invoice. NULL: any is. */
	int (*check_file)(const struct str *bytes, const char *ext,
	    struct err *e);
};

struct import_result {
	size_t added, known;     /* records */
	struct refusal *refused; /* in order of line */
	size_t n_refused;
};

/*
 * Adds records that are new; the same or an overlapping file adds nothing
 * twice. A record that contradicts the ledger is refused, the rest goes in,
 * in one transaction. With dry_run nothing is written, nor when all rows were
 * refused: that payments are known up to a day takes one row, or an empty
 * file. `file` of an invoice is read relative to the CSV file and kept in the
 * archive.
 */
int ledger_import(struct ledger *l, const struct records *r,
    const struct import_terms *t, struct arena *a, struct import_result *out,
    struct err *e);

/* The book as of now; it lives in the arena. */
int ledger_book(struct ledger *l, struct arena *a, struct book *out,
    struct err *e);

/* What a person gives up of an invoice's claims. */
struct waiver {
	const char *invoice;
	enum claim_kind kind;
	bool all; /* now and for ever, also what is not claimed yet */
	struct money amount; /* unless all: of what is claimed and owed */
	date_t on;
	const char *because;
};

/* ERR_DATA if there is no such invoice, or less is owed of the claim. */
int ledger_waive(struct ledger *l, const struct waiver *w, struct err *e);

struct verify_report {
	size_t events, documents, notices;
	struct refusal *faults; /* line unused */
	size_t n_faults;
};

/*
 * Walks the event chain, rebuilds every notice's state from its events and
 * compares, hashes every archived file, and checks SQLite's integrity. 0
 * with faults listed; -1 only if the check itself could not run.
 */
int ledger_verify(struct ledger *l, struct arena *a, struct verify_report *out,
    struct err *e);

/* ERR_BROKEN if the ledger is older than its high-water mark. */
int ledger_restored(struct ledger *l, struct err *e);

/*
 * A person has compared the ledger with the world: records why and sets the
 * mark to the present state.
 */
int ledger_reconcile(struct ledger *l, const char *because, struct err *e);

#endif
