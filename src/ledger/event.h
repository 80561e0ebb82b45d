/*
 * event: the append-only log. Each event is hashed over the one before and
 * over its own fields, each with its length, and carries a digest of the row
 * it speaks of as that row stands after the event: so `verify` sees a change
 * in either. Private to ledger/.
 */
#ifndef LEDGER_EVENT_H
#define LEDGER_EVENT_H

#include "ledger/store.h"

enum event_kind {
	EVENT_LEDGER, /* reconciled; speaks of no row */
	EVENT_IMPORT,
	EVENT_DEBTOR,
	EVENT_INVOICE,
	EVENT_MOVEMENT,
	EVENT_NOTICE,
	EVENT_WAIVER
};
#define EVENT_KINDS 7

struct event {
	enum event_kind kind;
	int64_t row;         /* key of the row; 0 for EVENT_LEDGER */
	const char *subject; /* its name outside */
	const char *word;    /* added, changed, a notice's state */
	const char *detail;
};

/* Appends; in the caller's transaction. */
int event_add(struct ledger *l, const struct event *ev, struct err *e);

/* The newest event; seq 0 and 64 zeros if there is none. */
int event_head(struct ledger *l, int64_t *seq, char hash[SHA256_HEX_SIZE],
    struct err *e);

/* Hash of an event, "" if there is none of that number; zeros for 0. */
int event_hash_at(struct ledger *l, int64_t seq, char hash[SHA256_HEX_SIZE],
    struct err *e);

/* Digest of a row and what belongs to it, as it stands. */
int event_digest(struct ledger *l, enum event_kind kind, int64_t row,
    char out[SHA256_HEX_SIZE], struct err *e);

/*
 * Walks the chain from the first event: counts it, and calls `fault` for
 * each event whose number, predecessor or hash is not what it must be.
 */
int event_walk(struct ledger *l, size_t *count,
    void (*fault)(void *ctx, const char *text), void *ctx, struct err *e);

/* "ledger", "import", …: the word in the table. */
const char *event_kind_name(enum event_kind kind);

#endif
