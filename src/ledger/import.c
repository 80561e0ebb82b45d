/*
 * One import is one transaction, and each record a savepoint in it: what is
 * refused leaves nothing behind, the rest goes in. Known records are
 * recognised by their own identity, never by that of the file.
 */
#include "ledger/import.h"

#include <stdlib.h>
#include <string.h>

#include "ledger/event.h"
#include "ledger/names.h"

const struct import_cell *
import_differing(const struct import_cell *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(cells[i].ours, cells[i].theirs) != 0)
			return &cells[i];
	}
	return NULL;
}

static int
import_open(struct import *i, date_t on, struct err *e)
{
	const char *kind = names_record_kind.of[i->r->kind];
	struct event ev = { .kind = EVENT_IMPORT,
		.subject = i->r->sha256,
		.word = "added",
		.detail = kind };
	struct query q;

	sql_start(&i->l->sql, &q,
	    "INSERT INTO import (kind, path, sha256, day, rows)"
	    " VALUES (?, ?, ?, ?, ?)");
	sql_put_text(&q, kind);
	sql_put_text(&q, i->r->path);
	sql_put_text(&q, i->r->sha256);
	sql_put_date(&q, on);
	sql_put_int(&q, (int64_t)i->r->rows);
	if (sql_run(&q, e) != 0)
		return -1;
	i->id = sqlite3_last_insert_rowid(i->l->sql.db);
	ev.row = i->id;
	return event_add(i->l, &ev, e);
}

static unsigned
import_line(const struct records *r, size_t n)
{
	switch (r->kind) {
	case RECORD_DEBTORS:
		return r->debtors[n].line;
	case RECORD_INVOICES:
		return r->invoices[n].line;
	case RECORD_PAYMENTS:
		return r->payments[n].line;
	}
	abort();
}

static int
import_record(const struct import *i, size_t n, bool *added, struct err *e)
{
	switch (i->r->kind) {
	case RECORD_DEBTORS:
		return import_debtor(i, &i->r->debtors[n], added, e);
	case RECORD_INVOICES:
		return import_invoice(i, &i->r->invoices[n], added, e);
	case RECORD_PAYMENTS:
		return import_payment(i, &i->r->payments[n], added, e);
	}
	abort();
}

static int
import_savepoint(struct ledger *l, const char *statement, struct err *e)
{
	struct query q;

	sql_start(&l->sql, &q, statement);
	return sql_run(&q, e);
}

/* Adds, knows or refuses one record; -1 only if the whole import must end. */
static int
import_one(const struct import *i, size_t n, struct import_result *out,
    struct err *e)
{
	bool added = false;

	if (import_savepoint(i->l, "SAVEPOINT record", e) != 0)
		return -1;
	if (import_record(i, n, &added, e) == 0) {
		if (added)
			out->added++;
		else
			out->known++;
		return import_savepoint(i->l, "RELEASE record", e);
	}
	if (e->kind != ERR_DATA)
		return err_add(e, "%s:%u", i->r->path, import_line(i->r, n));
	out->refused[out->n_refused++] = (struct refusal){
		.line = import_line(i->r, n),
		.text = arena_str(i->a, e->text),
	};
	if (import_savepoint(i->l, "ROLLBACK TO record", e) != 0)
		return -1;
	return import_savepoint(i->l, "RELEASE record", e);
}

/*
 * A credit note may stand before the invoice it refers to, and a reversal
 * before its payment where the newest comes first: they wait.
 */
static bool
import_waits(const struct records *r, size_t n)
{
	switch (r->kind) {
	case RECORD_DEBTORS:
		return false;
	case RECORD_INVOICES:
		return r->invoices[n].kind == INVOICE_CREDIT_NOTE;
	case RECORD_PAYMENTS:
		return r->payments[n].amount.minor < 0;
	}
	abort();
}

static int
import_all(struct import *i, date_t on, struct import_result *out,
    struct err *e)
{
	if (import_open(i, on, e) != 0)
		return -1;
	for (size_t n = 0; n < i->r->n; n++) {
		if (!import_waits(i->r, n) && import_one(i, n, out, e) != 0)
			return -1;
	}
	for (size_t n = 0; n < i->r->n; n++) {
		if (import_waits(i->r, n) && import_one(i, n, out, e) != 0)
			return -1;
	}
	return 0;
}

static int
refusal_compare(const void *a, const void *b)
{
	const struct refusal *x = a, *y = b;

	return (x->line > y->line) - (x->line < y->line);
}

int
ledger_import(struct ledger *l, const struct records *r,
    const struct import_terms *t, struct arena *a, struct import_result *out,
    struct err *e)
{
	struct import i = { .l = l,
		.r = r,
		.a = a,
		.dry_run = t->dry_run,
		.order = t->order,
		.check_file = t->check_file };
	bool refused;

	*out = (struct import_result){ 0 };
	out->refused = arena_array(a, r->n, sizeof(*out->refused));
	if (store_begin(l, e) != 0)
		return -1;
	if (import_all(&i, t->on, out, e) != 0) {
		store_rollback(l);
		return -1;
	}
	if (out->n_refused > 0)
		qsort(out->refused, out->n_refused, sizeof(*out->refused),
		    refusal_compare);
	/* What was refused as a whole tells nothing: payments are not known
	 * up to its day. */
	refused = r->rows > 0 && out->added + out->known == 0;
	if (t->dry_run || refused) {
		store_rollback(l);
		return 0;
	}
	return store_commit_marked(l, e);
}
