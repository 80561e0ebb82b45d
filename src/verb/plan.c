/* plan: who gets what, why, and why the others do not. Sends nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "report/plan_table.h"
#include "verb/json.h"
#include "verb/workspace.h"

static int
save(const struct plan *plan, const char *path, struct err *e)
{
	json_t *j = json_plan(plan);
	char *text = json_dumps(j, JSON_INDENT(2));
	int rc = file_write(path, text, strlen(text), 0600, e);

	free(text);
	json_decref(j);
	return rc;
}

static int
show(const struct call *c, const struct plan *plan, const char *path,
    struct err *e)
{
	for (size_t i = 0; i < plan->n_warnings; i++)
		(void)fprintf(stderr, "semonce: %s\n", plan->warnings[i]);
	if (path != NULL)
		return save(plan, path, e);
	if (c->json)
		json_print(json_plan(plan), stdout);
	else
		plan_table_print(plan, stdout);
	return 0;
}

int
verb_plan(struct call *c, struct err *e)
{
	struct workspace w;
	struct book book;
	struct plan plan;
	const char *path = NULL;
	int rc = -1;

	if (c->argc == 2 && strcmp(c->argv[0], "-o") == 0)
		path = c->argv[1];
	else if (c->argc != 0)
		return err_set(e, ERR_USAGE, "usage: semonce plan [-o FILE]");
	if (workspace_open(&w, c, e) == 0 &&
	    workspace_plan(&w, &book, &plan, e) == 0)
		rc = show(c, &plan, path, e);
	workspace_close(&w);
	return rc;
}
