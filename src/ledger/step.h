/*
 * step: one arrow of a notice's life: a transaction around the newest notice
 * of an id, fenced by state and attempt. Private to ledger/.
 */
#ifndef LEDGER_STEP_H
#define LEDGER_STEP_H

#include "ledger/outbox.h"
#include "ledger/store.h"

struct step {
	struct ledger *l;
	struct arena *a; /* until step_end */
	int64_t key, debtor;
	const char *id, *currency, *recipient, *addressee, *basis;
	enum notice_state state;
	enum channel channel;
	date_t day;
	date_t deadline; /* as printed, or DATE_NONE */
	unsigned attempt;
	int64_t total, unallocated;
};

#define STEP_STATE(state) (1u << (state))

/*
 * What a person gave as `what`: ERR_USAGE unless it is UTF-8 without control
 * characters but tab and newline. It is kept for ever, and printed.
 */
int step_check_words(const char *what, const char *words, struct err *e);

/*
 * Begins: BEGIN IMMEDIATE and the notice as it stands. ERR_DATA if there is
 * none. After 0 comes step_end, whatever happens.
 */
int step_begin(struct ledger *l, const char *id, struct step *s, struct err *e);

/* The same in a transaction that is begun; step_end ends it. */
int step_join(struct ledger *l, const char *id, struct step *s, struct err *e);

/* ERR_DATA unless its state is in the set; `verb` is for the message. */
int step_expect(const struct step *s, unsigned states, const char *verb,
    struct err *e);

/*
 * Changes the state and appends the event. The last change of a step: the
 * event carries the digest of the row.
 */
int step_move(struct step *s, enum notice_state to, const char *detail,
    struct err *e);

/* Commits if rc is 0, else rolls back; returns the result of both. */
int step_end(struct step *s, int rc, struct err *e);

/* The same, and the high-water mark after the commit. */
int step_end_marked(struct step *s, int rc, struct err *e);

#endif
