#include "verb/steps.h"

#include <stdio.h>

#include "verb/json.h"

void
step_report(const struct workspace *w, const struct tally *t)
{
	if (w->call->json) {
		json_print(json_pack("{s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
			       "on", json_date(w->on), "approved",
			       (json_int_t)t->approved, "written",
			       (json_int_t)t->rendered, "sent",
			       (json_int_t)t->sent, "superseded",
			       (json_int_t)t->superseded, "refused",
			       (json_int_t)t->refused, "ambiguous",
			       (json_int_t)t->doubtful, "later",
			       (json_int_t)t->later),
		    stdout);
		return;
	}
	if (w->call->quiet)
		return;
	(void)printf("%zu approved, %zu written, %zu sent", t->approved,
	    t->rendered, t->sent);
	if (t->superseded > 0)
		(void)printf(", %zu superseded", t->superseded);
	if (t->refused > 0)
		(void)printf(", %zu refused", t->refused);
	if (t->doubtful > 0)
		(void)printf(", %zu in doubt", t->doubtful);
	if (t->later > 0)
		(void)printf(", %zu for later", t->later);
	(void)putchar('\n');
}

int
step_alone(struct call *c, step_work *work, struct err *e)
{
	struct workspace w;
	struct press *p = NULL;
	struct tally t = { 0 };
	int rc = -1;

	/* 'send ID' and 'run --dry-run' would send everything. */
	if (c->argc != 0)
		return err_set(e, ERR_USAGE,
		    "'%s': write, send and run take no words of their own; see "
		    "'semonce help'",
		    c->argv[0]);
	if (workspace_open(&w, c, e) == 0 &&
	    workspace_take_outbox(&w, e) == 0 && press_open(&w, &p, e) == 0)
		rc = work(&w, p, &t, e);
	if (rc == 0) {
		step_report(&w, &t);
		rc = t.complaints > 0;
	}
	press_close(p);
	workspace_close(&w);
	return rc;
}
