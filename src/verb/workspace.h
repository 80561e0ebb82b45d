/*
 * workspace: the folder a firm keeps (semonce.yaml, semonce.db, letters/,
 * archive/, outbox/), opened for one invocation.
 */
#ifndef VERB_WORKSPACE_H
#define VERB_WORKSPACE_H

#include "base/hash.h"
#include "base/mem.h"
#include "ledger/ledger.h"
#include "policy/plan.h"
#include "verb/config.h"
#include "verb/law_data.h"
#include "verb/verb.h"

struct workspace {
	const struct call *call;
	struct arena *arena; /* of the invocation */
	struct config config;
	struct law law;
	struct hasher *hasher;
	struct ledger *ledger;
	date_t on;
	int hour; /* of the creditor's clock; -1 with --on: not checked */
	int lock; /* of whoever works on the outbox, or -1 */
};

/* Opens; whatever happens, close with workspace_close. */
int workspace_open(struct workspace *w, const struct call *c, struct err *e);
void workspace_close(struct workspace *w);

/*
 * Takes the outbox for this process: ERR_BUSY if another has it, ERR_BROKEN
 * if the ledger is older than what it has sent. Recovers what an earlier
 * process left behind and names it on standard error.
 */
int workspace_take_outbox(struct workspace *w, struct err *e);

/* The scenario of that name, own before built-in; it lives in the arena. */
int workspace_scenario(const struct call *c, const char *name, struct arena *a,
    struct scenario **out, struct err *e);

/* The policy the configuration names; scenarios are read here. */
int workspace_policy(struct workspace *w, struct policy *out, struct err *e);

/* The book as it is, and the plan of the day. */
int workspace_plan(struct workspace *w, struct book *book, struct plan *plan,
    struct err *e);

#endif
