/*
 * outbox: the life of a notice, kept in the ledger. The drawing of the
 * states, with the function for each arrow, is at the top of outbox.c.
 *
 * What it promises: a notice is never sent twice by itself, never after a
 * payment that the ledger knew, and never forgotten. What is in doubt stays
 * in doubt until a person says.
 *
 * One process at a time works on the outbox: it holds DIR/semonce.lock.
 */
#ifndef LEDGER_OUTBOX_H
#define LEDGER_OUTBOX_H

#include "ledger/ledger.h"

/* A notice as kept, with what became of it. */
struct outbox_row {
	struct notice notice;
	const char *recipient; /* snapshot: e-mail address, or address lines
				  joined by \n */
	const char *addressee; /* snapshot: name and address lines */
	struct document documents[NOTICE_DOCUMENTS];
	size_t n_documents;
	const char *basis; /* hash of text and creditor it was made from */
	unsigned attempt;
	const char *detail; /* newest word of the outside world, or "" */
	date_t posted_on;   /* or DATE_NONE */
	const char *tracking;
};

/* What must still hold when a notice leaves. */
struct gate {
	date_t on;
	const char *basis;          /* of text and creditor as they are now */
	date_t payments_not_before; /* older payment data stop; DATE_NONE: no
				       limit */
};

/* The right to deliver one notice once, from outbox_reserve. */
struct lease {
	char id[NOTICE_ID_SIZE];
	unsigned attempt;
	const char *closed; /* why the gate is shut, and there is no lease;
			       or NULL */
};

/*
 * planned and approved, with lines and recipient, in one transaction.
 * ERR_DATA if a line's level is taken already (another run was first), if
 * what is open or was settled of its claims has changed since the plan, if
 * its sums do not add up, or if there is no address. An id
 * that was superseded may come again; one that failed, to another address.
 */
int outbox_approve(struct ledger *l, const struct notice *n, struct err *e);

/* approved > rendered: its documents are in the archive. */
int outbox_rendered(struct ledger *l, const char *id, const char *basis,
    const struct document *docs, size_t n, struct err *e);

/*
 * rendered > reserved, if everything still holds. If something changed, the
 * notice becomes superseded, out->closed says why (in the arena), and 0 is
 * returned.
 */
int outbox_reserve(struct ledger *l, const char *id, const struct gate *g,
    struct arena *a, struct lease *out, struct err *e);

/*
 * reserved > sending, committed with the high-water mark before it returns:
 * the last moment before the effect. -1: nothing may leave (with ERR_DATA
 * the gate has closed and the notice is superseded).
 */
int outbox_sending(struct ledger *l, const struct lease *lease,
    const struct gate *g, const char *reference, struct err *e);

/*
 * reserved or sending > accepted, failed, ambiguous, or back to rendered,
 * by what the receipt says. An outcome UNKNOWN on a reserved notice is
 * nothing: it goes back. ACCEPTED on a reserved one is a carrier that never
 * asked: ambiguous. ERR_BROKEN if the lease is not the notice's any more.
 */
int outbox_outcome(struct ledger *l, const struct lease *lease,
    const struct receipt *r, date_t on, struct err *e);

/*
 * To be called by the holder of the lock before anything is sent: reserved
 * goes back to rendered, sending becomes ambiguous. Counts them.
 */
int outbox_recover(struct ledger *l, size_t *back, size_t *ambiguous,
    struct err *e);

/* Before reserved > superseded (by the program) with a reason. */
int outbox_supersede(struct ledger *l, const char *id, const char *why,
    struct err *e);

/* accepted > posted: a person gave it to the post. ERR_DATA otherwise. */
int outbox_posted(struct ledger *l, const char *id, date_t on,
    const char *tracking, struct err *e);

/* ambiguous > accepted (sent) or > rendered (not sent), with a reason. */
int outbox_resolve(struct ledger *l, const char *id, bool sent, date_t on,
    const char *because, struct err *e);

/*
 * The notices in a state, oldest first, in the arena; all with state -1. Of
 * the rendered those tried least come first: some that meet trouble at each
 * run must not keep the others waiting.
 */
int outbox_list(struct ledger *l, int state, struct arena *a,
    struct outbox_row **rows, size_t *n, struct err *e);

/* "planned", "approved", … */
const char *notice_state_name(enum notice_state s);

#endif
