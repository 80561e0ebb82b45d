/*
 * Invariants:
 *
 *  1. A change is durable when store_commit returns: WAL, synchronous=FULL.
 *  2. semonce.mark never names an event that is not committed: it is written
 *     after the commit, never before. It may lag behind; it may not lead, nor
 *     go back: it is written under the lock of the ledger.
 *  3. A ledger that lacks the marked event is older than the mark. Nothing
 *     but store_mark, called by ledger_reconcile, makes the two meet again.
 */
#include "ledger/store.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "ledger/event.h"
#include "ledger/schema.h"

/* A run that cannot write down an outcome leaves its notice in doubt: it
 * waits for the longest of imports. */
#define BUSY_MS    60000
#define MARK_BYTES 128
#define PATH_BYTES 8192

static const char store_pragmas[] = "PRAGMA journal_mode = WAL;"
				    "PRAGMA synchronous = FULL;"
				    "PRAGMA foreign_keys = ON;"
				    "PRAGMA cell_size_check = ON;"
				    "PRAGMA secure_delete = ON;";

static const struct {
	int option, value;
} store_options[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
	{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	{ SQLITE_DBCONFIG_DQS_DML, 0 },
};

static int
store_protect(sqlite3 *db, struct err *e)
{
	for (size_t i = 0; i < sizeof(store_options) / sizeof(store_options[0]);
	     i++) {
		if (sqlite3_db_config(db, store_options[i].option,
			store_options[i].value, NULL) != SQLITE_OK)
			return err_set(e, ERR_SYSTEM,
			    "this SQLite lacks protections: 3.40 is needed");
	}
	(void)sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
	(void)sqlite3_busy_timeout(db, BUSY_MS);
	return sql_exec(db, store_pragmas, e);
}

static int
store_connect(struct ledger *l, const char *name, struct err *e)
{
	struct str path;
	int rc;

	str_init(&path, PATH_BYTES);
	str_fmt(&path, "%s/%s", l->dir, name);
	rc = sqlite3_open_v2(path.p, &l->sql.db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, NULL);
	if (rc != SQLITE_OK)
		rc = err_set(e, ERR_SYSTEM, "%s", sqlite3_errmsg(l->sql.db));
	else if (store_protect(l->sql.db, e) != 0 ||
	    schema_migrate(l->sql.db, e) != 0)
		rc = -1;
	if (rc != 0)
		(void)err_add(e, "%s", path.p);
	str_done(&path);
	return rc;
}

int
store_open(const char *dir, const char *name, const char *now,
    struct ledger **out, struct err *e)
{
	struct ledger *l = mem_alloc(sizeof(*l));

	l->memory = arena_new();
	l->now = arena_str(l->memory, now);
	/* SQLite refuses links anywhere in a path; those of the folder are
	 * resolved here, so that only the file itself must be none. */
	l->dir = realpath(dir, NULL);
	if (l->dir == NULL) {
		ledger_close(l);
		return err_sys(e, "%s", dir);
	}
	if (hasher_new(&l->hasher, e) != 0 || store_connect(l, name, e) != 0) {
		ledger_close(l);
		return -1;
	}
	*out = l;
	return 0;
}

int
store_begin(struct ledger *l, struct err *e)
{
	struct query q;

	sql_start(&l->sql, &q, "BEGIN IMMEDIATE");
	return sql_run(&q, e);
}

int
store_begin_read(struct ledger *l, struct err *e)
{
	struct query q;

	sql_start(&l->sql, &q, "BEGIN DEFERRED");
	return sql_run(&q, e);
}

void
store_rollback(struct ledger *l)
{
	struct query q;
	struct err ignored;

	/* Some errors have rolled back already. */
	if (sqlite3_get_autocommit(l->sql.db))
		return;
	sql_start(&l->sql, &q, "ROLLBACK");
	(void)sql_run(&q, &ignored);
}

int
store_commit(struct ledger *l, struct err *e)
{
	struct query q;

	sql_start(&l->sql, &q, "COMMIT");
	if (sql_run(&q, e) == 0)
		return 0;
	store_rollback(l);
	return -1;
}

static void
store_mark_path(const struct ledger *l, struct str *path)
{
	str_init(path, PATH_BYTES);
	str_fmt(path, "%s/semonce.mark", l->dir);
}

static int
store_write_mark(struct ledger *l, struct err *e)
{
	char hash[SHA256_HEX_SIZE], text[MARK_BYTES];
	struct str path;
	int64_t seq;
	int n, rc;

	if (event_head(l, &seq, hash, e) != 0)
		return -1;
	n = snprintf(text, sizeof(text), "%" PRId64 "|%s\n", seq, hash);
	assert(n > 0 && (size_t)n < sizeof(text));
	store_mark_path(l, &path);
	rc = file_write(path.p, text, (size_t)n, 0600, e);
	str_done(&path);
	return rc;
}

/* An import and a run both write it: in turn, or the older came last. */
int
store_mark(struct ledger *l, struct err *e)
{
	int rc;

	if (store_begin(l, e) != 0)
		return -1;
	rc = store_write_mark(l, e);
	store_rollback(l);
	return rc;
}

/* Splits "SEQ|HASH\n"; false if it is anything else. */
static bool
store_mark_parse(const char *text, int64_t *seq, const char **hash)
{
	char *end;

	errno = 0;
	*seq = strtoll(text, &end, 10);
	*hash = end + 1;
	return errno == 0 && *seq >= 0 && *end == '|' &&
	    strlen(*hash) == SHA256_HEX_SIZE && (*hash)[64] == '\n';
}

static int
store_mark_check(struct ledger *l, const char *text, struct err *e)
{
	char ours[SHA256_HEX_SIZE];
	const char *hash;
	int64_t seq;

	if (!store_mark_parse(text, &seq, &hash))
		return err_set(e, ERR_BROKEN,
		    "semonce.mark is damaged: nothing is sent; compare the "
		    "ledger with what was sent, then semonce verify "
		    "--reconciled --because TEXT");
	if (event_hash_at(l, seq, ours, e) != 0)
		return -1;
	if (strncmp(ours, hash, SHA256_HEX_SIZE - 1) == 0)
		return 0;
	return err_set(e, ERR_BROKEN,
	    "the ledger is older than what it has sent (event %" PRId64
	    " is missing or another one; was a backup restored?): nothing is "
	    "sent; compare it with what was sent, import the payments again, "
	    "then semonce verify --reconciled --because TEXT",
	    seq);
}

int
store_marked(struct ledger *l, struct err *e)
{
	struct str path, text;
	int rc;

	store_mark_path(l, &path);
	str_init(&text, MARK_BYTES);
	if (!file_exists(path.p))
		rc = err_set(e, ERR_BROKEN,
		    "%s is missing: nothing is sent; compare the ledger with "
		    "what was sent, then semonce verify --reconciled "
		    "--because TEXT",
		    path.p);
	else if (file_read(path.p, &text, e) != 0)
		rc = -1;
	else
		rc = store_mark_check(l, text.p, e);
	str_done(&text);
	str_done(&path);
	return rc;
}

int
store_commit_marked(struct ledger *l, struct err *e)
{
	struct err older;
	bool whole = store_marked(l, &older) == 0;

	if (store_commit(l, e) != 0)
		return -1;
	if (whole && store_mark(l, e) != 0)
		return err_add(e, "it is kept, but");
	return 0;
}
