/*
 * run: the cron job. The whole way of the data in one place:
 *
 *	book > plan > approve what is auto > write > send
 *
 * Run it as often as you like: what was sent is in the book, and what is in
 * the book is not planned again.
 */
#include <stdio.h>

#include "verb/steps.h"

static int
approve_auto(struct workspace *w, const struct plan *plan, struct tally *t,
    size_t *waiting, struct err *e)
{
	*waiting = 0;
	for (size_t i = 0; i < plan->n_notices; i++) {
		const struct notice *n = &plan->notices[i];

		if (n->mode == MODE_CONFIRM)
			(*waiting)++;
		else if (step_approve(w, n, t, e) != 0)
			return -1;
	}
	return 0;
}

/* Whether a person must act before the debtor gets a letter. */
static bool
needs_person(enum withheld_reason r)
{
	return r == WITHHELD_NO_RECIPIENT || r == WITHHELD_NO_ACCOUNT ||
	    r == WITHHELD_ABOVE_CEILING || r == WITHHELD_UNALLOCATED_MONEY;
}

static void
tell_withheld(const struct workspace *w, const struct plan *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_withheld; i++)
		n += needs_person(p->withheld[i].reason);
	if (n > 0 && !w->call->quiet)
		(void)fprintf(stderr,
		    "semonce: %zu debtor%s no letter until a person acts: see "
		    "'semonce plan'\n",
		    n, n == 1 ? " gets" : "s get");
}

static int
run(struct workspace *w, struct press *p, struct tally *t, struct err *e)
{
	struct book book;
	struct plan plan;
	size_t waiting;

	if (workspace_plan(w, &book, &plan, e) != 0 ||
	    approve_auto(w, &plan, t, &waiting, e) != 0 ||
	    step_write(w, p, t, e) != 0 || step_send(w, p, t, e) != 0)
		return -1;
	tell_withheld(w, &plan);
	for (size_t i = 0; w->call->verbose && i < plan.n_withheld; i++)
		(void)fprintf(stderr, "semonce: %s: %s\n",
		    plan.withheld[i].debtor->code, plan.withheld[i].text);
	for (size_t i = 0; i < plan.n_warnings; i++)
		(void)fprintf(stderr, "semonce: %s\n", plan.warnings[i]);
	if (waiting > 0 && !w->call->quiet)
		(void)fprintf(stderr,
		    "semonce: %zu notice%s for a person: see 'semonce "
		    "plan', then 'semonce approve ID'\n",
		    waiting, waiting == 1 ? " waits" : "s wait");
	return 0;
}

int
verb_run(struct call *c, struct err *e)
{
	return step_alone(c, run, e);
}
