/* resolve: a person says what became of a notice in doubt. */
#include <stdio.h>
#include <string.h>

#include "ledger/outbox.h"
#include "verb/json.h"
#include "verb/workspace.h"

int
verb_resolve(struct call *c, struct err *e)
{
	struct workspace w;
	bool sent;
	int rc = -1;

	if (c->argc != 4 || strcmp(c->argv[2], "--because") != 0 ||
	    c->argv[3][0] == '\0' ||
	    (strcmp(c->argv[1], "sent") != 0 &&
		strcmp(c->argv[1], "not-sent") != 0))
		return err_set(e, ERR_USAGE,
		    "usage: semonce resolve ID sent|not-sent --because TEXT");
	sent = strcmp(c->argv[1], "sent") == 0;
	if (workspace_open(&w, c, e) == 0 && workspace_take_outbox(&w, e) == 0)
		rc = outbox_resolve(w.ledger, c->argv[0], sent, w.on,
		    c->argv[3], e);
	if (rc == 0 && c->json)
		json_print(json_pack("{s:s, s:b}", "id", c->argv[0], "sent",
			       (int)sent),
		    stdout);
	else if (rc == 0 && !c->quiet)
		(void)printf("%s: %s\n", c->argv[0],
		    sent ? "sent" : "not sent; it goes with the next run");
	workspace_close(&w);
	return rc;
}
