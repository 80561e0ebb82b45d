/* approve: the operator says which planned notices may go. */
#include <stdio.h>
#include <string.h>

#include "ledger/outbox.h"
#include "verb/steps.h"

struct approval {
	bool all;
	const char *personal;
	char **ids;
	int n_ids;
};

int
step_approve(struct workspace *w, const struct notice *n, struct tally *t,
    struct err *e)
{
	if (outbox_approve(w->ledger, n, e) == 0) {
		t->approved++;
		return 0;
	}
	if (e->kind != ERR_DATA)
		return -1;
	tally_complain(t, n->id, e);
	return 0;
}

static int
options(const struct call *c, struct approval *o, struct err *e)
{
	*o = (struct approval){ .personal = "" };
	o->ids = c->argv;
	for (int i = 0; i < c->argc; i++) {
		if (strcmp(c->argv[i], "--all") == 0)
			o->all = true;
		else if (strcmp(c->argv[i], "--personal") == 0 &&
		    i + 1 < c->argc)
			o->personal = c->argv[++i];
		else if (c->argv[i][0] == '-')
			return err_set(e, ERR_USAGE,
			    "approve: unknown option '%s'; usage: semonce "
			    "approve ID...|--all [--personal TEXT]",
			    c->argv[i]);
		else
			o->ids[o->n_ids++] = c->argv[i];
	}
	if (o->all == (o->n_ids > 0))
		return err_set(e, ERR_USAGE,
		    "usage: semonce approve ID...|--all [--personal TEXT]");
	return 0;
}

static struct notice *
find(struct plan *p, const char *id)
{
	for (size_t i = 0; i < p->n_notices; i++)
		if (strcmp(p->notices[i].id, id) == 0)
			return &p->notices[i];
	return NULL;
}

static int
approve_named(struct workspace *w, struct plan *plan, const struct approval *o,
    struct tally *t, struct err *e)
{
	for (int i = 0; i < o->n_ids; i++) {
		struct notice *n = find(plan, o->ids[i]);

		if (n == NULL) {
			char day[DATE_SIZE];

			(void)err_set(e, ERR_DATA,
			    "not in the plan of %s: see 'semonce plan'",
			    date_fmt(w->on, day));
			tally_complain(t, o->ids[i], e);
			continue;
		}
		n->personal = o->personal;
		if (step_approve(w, n, t, e) != 0)
			return -1;
	}
	return 0;
}

static int
approve_all(struct workspace *w, struct plan *plan, const struct approval *o,
    struct tally *t, struct err *e)
{
	for (size_t i = 0; i < plan->n_notices; i++) {
		plan->notices[i].personal = o->personal;
		if (step_approve(w, &plan->notices[i], t, e) != 0)
			return -1;
	}
	return 0;
}

int
verb_approve(struct call *c, struct err *e)
{
	struct approval o;
	struct workspace w;
	struct book book;
	struct plan plan;
	struct tally t = { 0 };
	int rc = -1;

	if (options(c, &o, e) != 0)
		return -1;
	if (workspace_open(&w, c, e) == 0 &&
	    workspace_take_outbox(&w, e) == 0 &&
	    workspace_plan(&w, &book, &plan, e) == 0)
		rc = o.all ? approve_all(&w, &plan, &o, &t, e)
			   : approve_named(&w, &plan, &o, &t, e);
	if (rc == 0) {
		step_report(&w, &t);
		rc = t.complaints > 0;
	}
	workspace_close(&w);
	return rc;
}
