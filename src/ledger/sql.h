/*
 * sql: prepared statements, and nothing else of SQLite.
 *
 * A query is written in order: sql_start, one sql_put per parameter, then
 * sql_run (no rows) or sql_next (rows), one sql_take per column. The first
 * error is kept and reported by sql_run or sql_next. Statements are prepared
 * once per handle; the text must be a string literal, its address is the key.
 */
#ifndef LEDGER_SQL_H
#define LEDGER_SQL_H

#include <sqlite3.h>

#include "base/mem.h"
#include "semonce.h"

#define SQL_STATEMENTS 128

struct sql {
	sqlite3 *db;
	struct {
		const char *text;
		sqlite3_stmt *st;
	} cache[SQL_STATEMENTS];
	size_t n;
};

struct query {
	sqlite3 *db;
	sqlite3_stmt *st; /* lent by the cache */
	int bound, column;
	int rc; /* first error of preparing and binding */
};

void sql_start(struct sql *s, struct query *q, const char *text);

/* The next parameter. NULL text and DATE_NONE are bound as NULL. */
void sql_put_text(struct query *q, const char *s);
void sql_put_int(struct query *q, int64_t v);
void sql_put_date(struct query *q, date_t d);

/* 1: a row is there; 0: no more; -1: error. After 0 and -1 it is ended. */
int sql_next(struct query *q, struct err *e);

/* To the end, for a statement that gives no rows. */
int sql_run(struct query *q, struct err *e);

/* Stops before the last row. */
void sql_end(struct query *q);

/* The next column. NULL is "", 0, DATE_NONE. */
const char *sql_take_text(struct query *q, struct arena *a);
int64_t sql_take_int(struct query *q);
date_t sql_take_date(struct query *q);

/* Constant statements without parameters. */
int sql_exec(sqlite3 *db, const char *text, struct err *e);

/* Finalizes all statements; the database stays open. */
void sql_forget(struct sql *s);

#endif
