/*
 * store: the open ledger, its transactions and its high-water mark. Private
 * to ledger/.
 */
#ifndef LEDGER_STORE_H
#define LEDGER_STORE_H

#include "ledger/ledger.h"
#include "ledger/sql.h"

struct ledger {
	struct sql sql;
	struct hasher *hasher;
	struct arena *memory; /* as long as the handle */
	char *dir;            /* absolute; from realpath */
	const char *now;      /* RFC 3339, UTC */
};

/* Opens the file DIR/name with every protection set, and migrates it. */
int store_open(const char *dir, const char *name, const char *now,
    struct ledger **out, struct err *e);

/* Every change: one BEGIN IMMEDIATE … COMMIT. */
int store_begin(struct ledger *l, struct err *e);

/* Several reads of one state of the ledger; ended by store_rollback. */
int store_begin_read(struct ledger *l, struct err *e);

/* On -1 nothing was written. */
int store_commit(struct ledger *l, struct err *e);
void store_rollback(struct ledger *l);

/*
 * Commits and moves the high-water mark, but not that of a ledger that is
 * older than it: such a one takes facts, and stays older.
 */
int store_commit_marked(struct ledger *l, struct err *e);

/*
 * The high-water mark, DIR/semonce.mark: "SEQ|HASH" of an event that the
 * ledger had once. Written after the commit, durable when it returns 0.
 */
int store_mark(struct ledger *l, struct err *e);

/* ERR_BROKEN if the ledger lacks the marked event. */
int store_marked(struct ledger *l, struct err *e);

#endif
