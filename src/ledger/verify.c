/*
 * What verify proves: the chain of events is whole; each row stands as its
 * newest event left it, so neither an amount nor a state was altered beside
 * the events; no row came without an event; every archived file has the
 * bytes its name says; and SQLite finds its own file in order.
 */
#include <string.h>

#include "base/str.h"
#include "ledger/archive.h"
#include "ledger/event.h"
#include "ledger/find.h"
#include "ledger/load.h"
#include "ledger/store.h"

#define DOCUMENT_BYTES (64 << 20)

struct verifier {
	struct ledger *l;
	struct arena *a;
	struct verify_report *out;
};

static void
verify_fault(void *ctx, const char *text)
{
	struct verifier *v = ctx;
	struct verify_report *r = v->out;

	r->faults = load_grow(v->a, r->faults, r->n_faults, sizeof(*r->faults));
	r->faults[r->n_faults++].text = arena_str(v->a, text);
}

/* Each row of a query is a fault, in words. */
static int
verify_rows(struct verifier *v, const char *text, const char *what,
    struct err *e)
{
	struct query q;
	int rc;

	sql_start(&v->l->sql, &q, text);
	while ((rc = sql_next(&q, e)) == 1)
		verify_fault(v,
		    arena_fmt(v->a, "%s%s", what, sql_take_text(&q, v->a)));
	return rc;
}

static int
verify_database(struct verifier *v, struct err *e)
{
	if (verify_rows(v,
		"SELECT integrity_check FROM pragma_integrity_check"
		" WHERE integrity_check <> 'ok'",
		"SQLite: ", e) != 0)
		return -1;
	return verify_rows(v,
	    "SELECT \"table\" || ' ' || rowid FROM pragma_foreign_key_check",
	    "refers to nothing: ", e);
}

static int
verify_chain(struct verifier *v, struct err *e)
{
	return event_walk(v->l, &v->out->events, verify_fault, v, e);
}

/* ---- rows against their newest events ---- */

static int
verify_kind_rows(struct verifier *v, enum event_kind kind, struct err *e)
{
	char digest[SHA256_HEX_SIZE];
	struct query q;
	int rc;

	/* With max() SQLite takes the other columns from the same row. */
	sql_start(&v->l->sql, &q,
	    "SELECT row, subject, digest, max(seq) FROM event WHERE kind = ?"
	    " GROUP BY row");
	sql_put_text(&q, event_kind_name(kind));
	while ((rc = sql_next(&q, e)) == 1) {
		int64_t row = sql_take_int(&q);
		const char *subject = sql_take_text(&q, v->a);
		const char *kept = sql_take_text(&q, v->a);

		if (kind == EVENT_NOTICE)
			v->out->notices++;
		if (event_digest(v->l, kind, row, digest, e) != 0) {
			sql_end(&q);
			return -1;
		}
		if (strcmp(kept, digest) != 0)
			verify_fault(v,
			    arena_fmt(v->a,
				"%s %s was altered after its newest event",
				event_kind_name(kind), subject));
	}
	return rc;
}

static int
verify_events(struct verifier *v, struct err *e)
{
	for (int kind = EVENT_IMPORT; kind < EVENT_KINDS; kind++) {
		if (verify_kind_rows(v, (enum event_kind)kind, e) != 0)
			return -1;
	}
	return 0;
}

/* The state each notice must have by its events, against the one it has. */
static int
verify_states(struct verifier *v, struct err *e)
{
	return verify_rows(v,
	    "SELECT n.id || ' is ' || n.state || ', its events say ' || ("
	    "  SELECT word FROM event WHERE kind = 'notice' AND row = n.key"
	    "  ORDER BY seq DESC LIMIT 1) AS fault FROM notice n"
	    " WHERE n.state <> (SELECT word FROM event WHERE kind = 'notice'"
	    "  AND row = n.key ORDER BY seq DESC LIMIT 1)",
	    "notice ", e);
}

static int
verify_orphans(struct verifier *v, struct err *e)
{
	static const struct {
		const char *what, *text;
	} tables[] = {
		{ "no event tells of import ",
		    "SELECT path FROM import WHERE id NOT IN"
		    " (SELECT row FROM event WHERE kind = 'import')" },
		{ "no event tells of debtor ",
		    "SELECT code FROM debtor WHERE id NOT IN"
		    " (SELECT row FROM event WHERE kind = 'debtor')" },
		{ "no event tells of invoice ",
		    "SELECT number FROM invoice WHERE id NOT IN"
		    " (SELECT row FROM event WHERE kind = 'invoice')" },
		{ "no event tells of the payment of ",
		    "SELECT day || ' ' || external FROM movement WHERE id"
		    " NOT IN (SELECT row FROM event WHERE kind = 'movement')" },
		{ "no event tells of notice ",
		    "SELECT id FROM notice WHERE key NOT IN"
		    " (SELECT row FROM event WHERE kind = 'notice')" },
		{ "no event tells of the waiver of ",
		    "SELECT day || ' ' || because FROM waiver WHERE id NOT IN"
		    " (SELECT row FROM event WHERE kind = 'waiver')" },
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		if (verify_rows(v, tables[i].text, tables[i].what, e) != 0)
			return -1;
	}
	return 0;
}

/* ---- the archive and the mark ---- */

static int
verify_documents(struct verifier *v, struct err *e)
{
	struct str bytes;
	struct query q;
	int rc;

	str_init(&bytes, DOCUMENT_BYTES);
	sql_start(&v->l->sql, &q,
	    "SELECT DISTINCT sha256, ext FROM document ORDER BY sha256, ext");
	while ((rc = sql_next(&q, e)) == 1) {
		const char *sha256 = sql_take_text(&q, v->a);
		const char *ext = sql_take_text(&q, v->a);
		struct err damage;

		v->out->documents++;
		str_clear(&bytes);
		if (archive_read(v->l->dir, v->l->hasher, sha256, ext, &bytes,
			&damage) != 0)
			verify_fault(v, damage.text);
	}
	str_done(&bytes);
	return rc;
}

static int
verify_mark(struct verifier *v, struct err *e)
{
	struct err older;

	(void)e;
	if (store_marked(v->l, &older) != 0)
		verify_fault(v, older.text);
	return 0;
}

int
ledger_verify(struct ledger *l, struct arena *a, struct verify_report *out,
    struct err *e)
{
	static int (*const checks[])(struct verifier *,
	    struct err *) = { verify_database, verify_chain, verify_states,
		verify_events, verify_orphans, verify_documents, verify_mark };
	struct verifier v = { .l = l, .a = a, .out = out };
	int rc = 0;

	*out = (struct verify_report){ 0 };
	if (store_begin_read(l, e) != 0)
		return -1;
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]) && rc == 0;
	     i++) {
		rc = checks[i](&v, e);
		if (rc != 0 && e->kind == ERR_BROKEN) {
			/* Damage that stops a check is what it looks for. */
			verify_fault(&v, e->text);
			rc = 0;
		}
	}
	store_rollback(l);
	return rc;
}
