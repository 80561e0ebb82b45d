/*
 * steps: the parts of `run` that are commands of their own as well. Each
 * works on the outbox, which the caller has taken.
 */
#ifndef VERB_STEPS_H
#define VERB_STEPS_H

#include "verb/press.h"
#include "verb/tally.h"
#include "verb/workspace.h"

/* Approves one planned notice. A level taken meanwhile is a complaint. */
int step_approve(struct workspace *w, const struct notice *n, struct tally *t,
    struct err *e);

/* approved > rendered, for all that are approved. */
int step_write(struct workspace *w, struct press *p, struct tally *t,
    struct err *e);

/* rendered > sent, for all that are rendered. */
int step_send(struct workspace *w, struct press *p, struct tally *t,
    struct err *e);

typedef int step_work(struct workspace *w, struct press *p, struct tally *t,
    struct err *e);

/*
 * Opens the workspace, takes the outbox, does the work and reports: a whole
 * command. Returns the exit status, or -1.
 */
int step_alone(struct call *c, step_work *work, struct err *e);

/* "3 approved, 3 written, …" on standard output, or as JSON. */
void step_report(const struct workspace *w, const struct tally *t);

#endif
