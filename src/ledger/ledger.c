#include "ledger/ledger.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "ledger/event.h"
#include "ledger/step.h"
#include "ledger/store.h"

static const char ledger_name[] = "semonce.db";
static const char ledger_new[] = "semonce.db.new";

/* Until the rename nothing is a ledger: a crash leaves the folder free. */
static int
ledger_put_in_place(struct arena *a, const char *dir, struct err *e)
{
	const char *from = arena_fmt(a, "%s/%s", dir, ledger_new);
	const char *to = arena_fmt(a, "%s/%s", dir, ledger_name);

	if (rename(from, to) != 0)
		return err_sys(e, "%s: cannot put it in place", to);
	return file_sync_dir(dir, e);
}

/* Names of debtors are nobody else's business: 0600 from the first byte. */
static int
ledger_build(struct arena *a, const char *dir, struct err *e)
{
	const char *path = arena_fmt(a, "%s/%s", dir, ledger_new);
	struct ledger *l;

	(void)unlink(arena_fmt(a, "%s-wal", path));
	(void)unlink(arena_fmt(a, "%s-shm", path));
	if (file_write(path, "", 0, 0600, e) != 0 ||
	    store_open(dir, ledger_new, "", &l, e) != 0)
		return -1;
	ledger_close(l); /* the last handle: folds the log into the file */
	return ledger_put_in_place(a, dir, e);
}

/* The folder holds no ledger, nor the trace of one that was lost. */
static int
ledger_check_free(struct arena *a, const char *dir, struct err *e)
{
	if (file_exists(arena_fmt(a, "%s/%s", dir, ledger_name)))
		return err_set(e, ERR_USAGE,
		    "%s/%s is there already; choose another folder", dir,
		    ledger_name);
	if (file_exists(arena_fmt(a, "%s/semonce.mark", dir)))
		return err_set(e, ERR_USAGE,
		    "%s/semonce.mark is there without its ledger; restore %s "
		    "from a backup or choose another folder",
		    dir, ledger_name);
	return 0;
}

int
ledger_create(const char *dir, struct err *e)
{
	struct arena *a = arena_new();
	struct ledger *l = NULL;
	int rc = -1;

	if (ledger_check_free(a, dir, e) == 0 && ledger_build(a, dir, e) == 0 &&
	    store_open(dir, ledger_name, "", &l, e) == 0)
		rc = store_mark(l, e);
	ledger_close(l);
	arena_free(a);
	return rc;
}

int
ledger_open(const char *dir, const char *now, struct ledger **out,
    struct err *e)
{
	struct arena *a = arena_new();
	bool there = file_exists(arena_fmt(a, "%s/%s", dir, ledger_name));

	arena_free(a);
	if (!there)
		return err_set(e, ERR_USAGE,
		    "%s holds no ledger; make one with semonce init %s, or "
		    "name a workspace with -C",
		    dir, dir);
	return store_open(dir, ledger_name, now, out, e);
}

void
ledger_close(struct ledger *l)
{
	int rc;

	if (l == NULL)
		return;
	sql_forget(&l->sql);
	rc = sqlite3_close(l->sql.db);
	assert(rc == SQLITE_OK);
	hasher_free(l->hasher);
	free(l->dir);
	arena_free(l->memory);
	free(l);
}

int
ledger_restored(struct ledger *l, struct err *e)
{
	return store_marked(l, e);
}

int
ledger_reconcile(struct ledger *l, const char *because, struct err *e)
{
	struct event ev = { .kind = EVENT_LEDGER,
		.subject = "",
		.word = "reconciled",
		.detail = because };

	if (because[0] == '\0')
		return err_set(e, ERR_USAGE,
		    "say with --because what was compared");
	if (step_check_words("the reason", because, e) != 0 ||
	    store_begin(l, e) != 0)
		return -1;
	if (event_add(l, &ev, e) != 0) {
		store_rollback(l);
		return -1;
	}
	if (store_commit(l, e) != 0)
		return -1;
	return store_mark(l, e);
}
