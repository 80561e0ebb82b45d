/* explain: the trace of the rules for one invoice or debtor on a date. */
#include <stdio.h>

#include "base/str.h"
#include "verb/json.h"
#include "verb/workspace.h"

#define TRACE_MAX_BYTES ((size_t)1 << 20)

static int
explain(struct workspace *w, const char *what, struct str *out, struct err *e)
{
	struct policy policy;
	struct book book;

	if (workspace_policy(w, &policy, e) != 0 ||
	    ledger_book(w->ledger, w->arena, &book, e) != 0)
		return -1;
	return plan_explain(&policy, &book, w->on, what, out, e);
}

int
verb_explain(struct call *c, struct err *e)
{
	struct workspace w;
	struct str s;
	int rc = -1;

	if (c->argc != 1)
		return err_set(e, ERR_USAGE,
		    "usage: semonce explain INVOICE|DEBTOR");
	str_init(&s, TRACE_MAX_BYTES);
	if (workspace_open(&w, c, e) == 0)
		rc = explain(&w, c->argv[0], &s, e);
	if (rc == 0 && c->json)
		json_print(json_pack("{s:s, s:o, s:s}", "item", c->argv[0],
			       "on", json_date(w.on), "trace", s.p),
		    stdout);
	else if (rc == 0)
		(void)fputs(s.p, stdout);
	workspace_close(&w);
	str_done(&s);
	return rc;
}
