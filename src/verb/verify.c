/* verify: does what is kept still hold together? */
#include <stdio.h>
#include <string.h>

#include "verb/json.h"
#include "verb/workspace.h"

static void
show(const struct call *c, const struct verify_report *r)
{
	for (size_t i = 0; i < r->n_faults; i++)
		(void)fprintf(stderr, "semonce: %s\n", r->faults[i].text);
	if (c->json)
		json_print(json_pack("{s:I, s:I, s:I, s:I}", "events",
			       (json_int_t)r->events, "documents",
			       (json_int_t)r->documents, "notices",
			       (json_int_t)r->notices, "faults",
			       (json_int_t)r->n_faults),
		    stdout);
	else if (!c->quiet)
		(void)printf(
		    "events: %zu, documents: %zu, notices: %zu, faults: %zu\n",
		    r->events, r->documents, r->notices, r->n_faults);
}

static int
check(struct workspace *w, struct err *e)
{
	struct verify_report r;
	int restored;

	if (ledger_verify(w->ledger, w->arena, &r, e) != 0)
		return -1;
	show(w->call, &r);
	restored = ledger_restored(w->ledger, e);
	if (restored != 0)
		return -1;
	return r.n_faults > 0;
}

int
verb_verify(struct call *c, struct err *e)
{
	struct workspace w;
	const char *because = NULL;
	int rc = -1;

	if (c->argc == 3 && strcmp(c->argv[0], "--reconciled") == 0 &&
	    strcmp(c->argv[1], "--because") == 0 && c->argv[2][0] != '\0')
		because = c->argv[2];
	else if (c->argc != 0)
		return err_set(e, ERR_USAGE,
		    "usage: semonce verify [--reconciled --because TEXT]");
	if (workspace_open(&w, c, e) == 0)
		rc = because != NULL ? ledger_reconcile(w.ledger, because, e)
				     : check(&w, e);
	workspace_close(&w);
	return rc;
}
