#include "ledger/sql.h"

#include <assert.h>
#include <string.h>

/* What a result code means to the caller: wait, repair, or look. */
static int
sql_fail(sqlite3 *db, int rc, struct err *e)
{
	const char *text = sqlite3_errmsg(db);

	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(e, ERR_BUSY,
		    "the ledger is in use by another program; try again");
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_set(e, ERR_BROKEN,
		    "the ledger is damaged (%s); run semonce verify and "
		    "restore a backup",
		    text);
	case SQLITE_CONSTRAINT:
		return err_set(e, ERR_BROKEN,
		    "the ledger refuses what would contradict it: %s", text);
	case SQLITE_ERROR:
		/* The only arithmetic SQLite is asked for is SUM. */
		if (strcmp(text, "integer overflow") == 0)
			return err_set(e, ERR_DATA,
			    "the sum of amounts is too large");
		break;
	default:
		break;
	}
	return err_set(e, ERR_SYSTEM, "ledger: %s", text);
}

void
sql_start(struct sql *s, struct query *q, const char *text)
{
	*q = (struct query){ .db = s->db, .rc = SQLITE_OK };
	for (size_t i = 0; i < s->n; i++) {
		if (s->cache[i].text == text) {
			q->st = s->cache[i].st;
			assert(!sqlite3_stmt_busy(q->st));
			return;
		}
	}
	assert(s->n < SQL_STATEMENTS);
	q->rc = sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT,
	    &q->st, NULL);
	if (q->rc != SQLITE_OK)
		return;
	s->cache[s->n].text = text;
	s->cache[s->n].st = q->st;
	s->n++;
}

static void
sql_note(struct query *q, int rc)
{
	if (q->rc == SQLITE_OK)
		q->rc = rc;
}

void
sql_put_text(struct query *q, const char *s)
{
	q->bound++;
	if (q->rc == SQLITE_OK)
		sql_note(q,
		    sqlite3_bind_text(q->st, q->bound, s, -1,
			SQLITE_TRANSIENT));
}

void
sql_put_int(struct query *q, int64_t v)
{
	q->bound++;
	if (q->rc == SQLITE_OK)
		sql_note(q, sqlite3_bind_int64(q->st, q->bound, v));
}

void
sql_put_date(struct query *q, date_t d)
{
	char buf[DATE_SIZE];

	sql_put_text(q, d == DATE_NONE ? NULL : date_fmt(d, buf));
}

void
sql_end(struct query *q)
{
	if (q->st == NULL)
		return;
	(void)sqlite3_reset(q->st); /* repeats the error of the last step */
	(void)sqlite3_clear_bindings(q->st);
}

int
sql_next(struct query *q, struct err *e)
{
	int rc = q->rc;

	q->column = 0;
	if (rc == SQLITE_OK) {
		assert(sqlite3_bind_parameter_count(q->st) == q->bound);
		rc = sqlite3_step(q->st);
	}
	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE) {
		sql_end(q);
		return 0;
	}
	(void)sql_fail(q->db, rc, e);
	sql_end(q);
	return -1;
}

int
sql_run(struct query *q, struct err *e)
{
	int rc = sql_next(q, e);

	assert(rc != 1);
	return rc;
}

const char *
sql_take_text(struct query *q, struct arena *a)
{
	const unsigned char *s = sqlite3_column_text(q->st, q->column);
	int n = sqlite3_column_bytes(q->st, q->column);

	q->column++;
	return s == NULL ? "" : arena_strn(a, (const char *)s, (size_t)n);
}

int64_t
sql_take_int(struct query *q)
{
	assert(sqlite3_column_type(q->st, q->column) != SQLITE_FLOAT);
	return sqlite3_column_int64(q->st, q->column++);
}

date_t
sql_take_date(struct query *q)
{
	const unsigned char *s = sqlite3_column_text(q->st, q->column++);
	struct err ignored;
	date_t d;

	if (s == NULL || date_parse((const char *)s, &d, &ignored) != 0)
		return DATE_NONE; /* a CHECK keeps other text out */
	return d;
}

int
sql_exec(sqlite3 *db, const char *text, struct err *e)
{
	int rc = sqlite3_exec(db, text, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : sql_fail(db, rc, e);
}

void
sql_forget(struct sql *s)
{
	for (size_t i = 0; i < s->n; i++)
		(void)sqlite3_finalize(s->cache[i].st);
	s->n = 0;
}
