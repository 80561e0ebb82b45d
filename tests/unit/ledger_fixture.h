/*
 * A workspace in a temporary folder, filled through CSV text, for the tests
 * of the ledger.
 */
#ifndef LEDGER_FIXTURE_H
#define LEDGER_FIXTURE_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/file.h"
#include "base/hash.h"
#include "ledger/archive.h"
#include "ledger/ledger.h"
#include "ledger/outbox.h"
#include "read/csv.h"

#define NOW "2026-03-02T06:00:00Z"

#define DEBTORS                                                  \
	"code,name,kind,email,line1,postcode,city,country\n"     \
	"C1,Atelier Brume,business,brume@example.com,1 rue des " \
	"Essais,69000,Villefictive,FR\n"                         \
	"C2,Moulin Vert,consumer,,2 rue des Essais,69000,"       \
	"Villefictive,FR\n"

#define INVOICES                                     \
	"number,debtor,issued,due,currency,amount\n" \
	"F1,C1,2026-01-01,2026-01-31,EUR,100.00\n"   \
	"F2,C1,2026-01-05,2026-02-05,EUR,60.00\n"    \
	"F2,C1,2026-01-05,2026-03-05,EUR,40.00\n"    \
	"F3,C2,2026-01-01,2026-01-31,EUR,80.00\n"

#define PAYMENTS "id,date,debtor,currency,amount,reference,invoice,label\n"

struct fixture {
	char dir[64];
	struct arena *arena;
	struct hasher *hasher;
	struct ledger *ledger;
	struct import_result result; /* of the last import */
	struct book book;
	enum debt_part order[DEBT_PARTS]; /* of payments; the principal alone */
	struct err err;
};

#define must(call) fixture_must((call), &f->err, __FILE__, __LINE__)

static inline void
fixture_must(int rc, const struct err *e, const char *file, int line)
{
	if (rc != 0)
		print_error("%s\n", e->text);
	_assert_int_equal((unsigned)rc, 0, file, line);
}

/* The call fails with this kind, and its text has the words. */
static inline void
fixture_fails(int rc, const struct fixture *f, enum err_kind kind,
    const char *words)
{
	assert_int_equal(rc, -1);
	if (strstr(f->err.text, words) == NULL)
		fail_msg("'%s' lacks '%s'", f->err.text, words);
	assert_int_equal(f->err.kind, kind);
}

static inline const char *
fixture_path(struct fixture *f, const char *name)
{
	return arena_fmt(f->arena, "%s/%s", f->dir, name);
}

static inline void
fixture_write(struct fixture *f, const char *name, const char *text)
{
	must(file_write(fixture_path(f, name), text, strlen(text), 0600,
	    &f->err));
}

static inline void
fixture_import_on(struct fixture *f, const char *text, const char *day,
    bool dry_run)
{
	struct records r;
	struct import_terms terms = { .dry_run = dry_run };

	for (size_t k = 0; k < DEBTOR_KINDS; k++)
		memcpy(terms.order[k], f->order, sizeof(f->order));
	fixture_write(f, "in.csv", text);
	must(date_parse(day, &terms.on, &f->err));
	must(csv_read(fixture_path(f, "in.csv"), NULL, f->hasher, f->arena, &r,
	    &f->err));
	if (r.n_refused > 0)
		fail_msg("%s", r.refused[0].text);
	must(ledger_import(f->ledger, &r, &terms, f->arena, &f->result,
	    &f->err));
}

static inline void
fixture_import(struct fixture *f, const char *text)
{
	fixture_import_on(f, text, "2026-03-01", false);
}

static inline void
fixture_pay(struct fixture *f, const char *rows)
{
	fixture_import(f, arena_fmt(f->arena, PAYMENTS "%s", rows));
}

static inline void
fixture_book(struct fixture *f)
{
	must(ledger_book(f->ledger, f->arena, &f->book, &f->err));
}

/* The position of a debtor in a currency, in a fresh book. */
static inline const struct position *
fixture_position(struct fixture *f, const char *code, const char *currency)
{
	fixture_book(f);
	for (size_t i = 0; i < f->book.n; i++) {
		const struct position *p = &f->book.positions[i];

		if (strcmp(p->debtor->code, code) == 0 &&
		    strcmp(p->currency, currency) == 0)
			return p;
	}
	fail_msg("no position %s %s", code, currency);
	return NULL;
}

/* Statements on a second handle, past all of our code. */
static inline void
fixture_sql(struct fixture *f, const char *sql)
{
	sqlite3 *db;
	char *why = NULL;

	assert_int_equal(sqlite3_open(fixture_path(f, "semonce.db"), &db), 0);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s", why);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static inline void
fixture_open(struct fixture *f)
{
	must(ledger_open(f->dir, NOW, &f->ledger, &f->err));
}

static inline void
fixture_reopen(struct fixture *f)
{
	ledger_close(f->ledger);
	fixture_open(f);
}

static inline int
fixture_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	*state = f;
	f->arena = arena_new();
	must(hasher_new(&f->hasher, &f->err));
	/* Hundreds of workspaces, each synced: in memory where there is. */
	snprintf(f->dir, sizeof(f->dir), "%s/semonce-ledger-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	must(ledger_create(f->dir, &f->err));
	fixture_open(f);
	return 0;
}

/* The same with debtors and invoices in it. */
static inline int
fixture_setup_filled(void **state)
{
	struct fixture *f;

	fixture_setup(state);
	f = *state;
	fixture_import(f, DEBTORS);
	fixture_import(f, INVOICES);
	return 0;
}

static inline int
fixture_remove(const char *path, const struct stat *st, int kind,
    struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	return remove(path);
}

static inline int
fixture_teardown(void **state)
{
	struct fixture *f = *state;

	ledger_close(f->ledger);
	nftw(f->dir, fixture_remove, 8, FTW_DEPTH | FTW_PHYS);
	hasher_free(f->hasher);
	arena_free(f->arena);
	free(f);
	return 0;
}

/* ---- notices ---- */

#define ID  "NAAAAAAAAAAA2"
#define ID2 "NAAAAAAAAAAA3"

static inline struct money
fixture_eur(int64_t minor)
{
	return (struct money){ .minor = minor, .currency = "EUR" };
}

static inline date_t
fixture_day(const char *text)
{
	struct err e;
	date_t d;

	assert_int_equal(date_parse(text, &d, &e), 0);
	return d;
}

/* Demands what is open on an invoice's instalments, or on all for "". */
static inline struct notice
fixture_notice(struct fixture *f, const char *id, const char *code,
    const char *invoice, enum channel channel)
{
	const struct position *p = fixture_position(f, code, "EUR");
	struct notice n = { .debtor = p->debtor,
		.currency = "EUR",
		.scenario = "standard-fr",
		.step = "relance-1",
		.letter = "relance-1",
		.tone = "formal",
		.channel = channel,
		.on = fixture_day("2026-03-02"),
		.deadline = DATE_NONE,
		.open = fixture_eur(0),
		.interest = fixture_eur(0),
		.fee = fixture_eur(0),
		.personal = "" };

	memcpy(n.id, id, sizeof(n.id));
	n.lines = arena_array(f->arena, p->n_items + 1, sizeof(*n.lines));
	for (size_t i = 0; i < p->n_items; i++) {
		const struct item *item = &p->items[i];

		if (item->open.minor == 0 ||
		    (invoice[0] != '\0' && strcmp(invoice, item->invoice) != 0))
			continue;
		n.lines[n.n_lines++] = (struct notice_line){ .item = item->id,
			.episode = item->episode,
			.invoice = item->invoice,
			.contract = "",
			.due = item->due,
			.role = LINE_DEMANDED,
			.step = n.step,
			.amount = item->amount,
			.paid = item->paid,
			.open = item->open,
			.interest = fixture_eur(0),
			.fee = fixture_eur(0) };
		must(money_add(&n.open, item->open, &f->err));
	}
	n.total = n.open;
	return n;
}

static inline void
fixture_approve(struct fixture *f, const char *id, const char *code,
    enum channel channel)
{
	struct notice n = fixture_notice(f, id, code, "", channel);

	must(outbox_approve(f->ledger, &n, &f->err));
}

#define BASIS "basis of the text"

static inline struct document
fixture_document(struct fixture *f, const char *id)
{
	struct document d = { .role = DOCUMENT_LETTER };
	struct str bytes;

	str_init(&bytes, 1024);
	str_fmt(&bytes, "%%PDF of %s", id);
	must(archive_keep(f->dir, f->hasher, &bytes, "pdf", &d, &f->err));
	str_done(&bytes);
	return d;
}

static inline void
fixture_render(struct fixture *f, const char *id)
{
	struct document d = fixture_document(f, id);

	must(outbox_rendered(f->ledger, id, BASIS, &d, 1, &f->err));
}

static inline struct gate
fixture_gate(void)
{
	return (struct gate){ .on = fixture_day("2026-03-02"),
		.basis = BASIS,
		.payments_not_before = DATE_NONE };
}

static inline struct lease
fixture_reserve(struct fixture *f, const char *id)
{
	struct gate g = fixture_gate();
	struct lease lease;

	must(outbox_reserve(f->ledger, id, &g, f->arena, &lease, &f->err));
	if (lease.closed != NULL)
		fail_msg("%s", lease.closed);
	return lease;
}

static inline void
fixture_sending(struct fixture *f, const struct lease *lease)
{
	struct gate g = fixture_gate();

	must(outbox_sending(f->ledger, lease, &g, "<id@example.com>", &f->err));
}

static inline int
fixture_outcome(struct fixture *f, const struct lease *lease,
    enum outcome outcome, const char *detail)
{
	struct receipt r = { .outcome = outcome };

	snprintf(r.detail, sizeof(r.detail), "%s", detail);
	return outbox_outcome(f->ledger, lease, &r, fixture_day("2026-03-02"),
	    &f->err);
}

/* Approved, written, sent and accepted. */
static inline void
fixture_deliver(struct fixture *f, const char *id, const char *code,
    enum channel channel)
{
	struct lease lease;

	fixture_approve(f, id, code, channel);
	fixture_render(f, id);
	lease = fixture_reserve(f, id);
	fixture_sending(f, &lease);
	must(fixture_outcome(f, &lease, OUTCOME_ACCEPTED, "250 ok"));
}

/* The newest row of an id. */
static inline const struct outbox_row *
fixture_row(struct fixture *f, const char *id)
{
	const struct outbox_row *found = NULL;
	struct outbox_row *rows;
	size_t n;

	must(outbox_list(f->ledger, -1, f->arena, &rows, &n, &f->err));
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].notice.id, id) == 0)
			found = &rows[i];
	}
	assert_non_null(found);
	return found;
}

static inline void
fixture_is(struct fixture *f, const char *id, enum notice_state state)
{
	assert_string_equal(notice_state_name(fixture_row(f, id)->notice.state),
	    notice_state_name(state));
}

/* Places in a notice's life to start from. */
enum place {
	APPROVED,
	RENDERED,
	RESERVED,
	SENDING,
	ACCEPTED_EMAIL,
	ACCEPTED_PRINT,
	POSTED,
	AMBIGUOUS,
	FAILED,
	SUPERSEDED,
	PLACES
};

static inline struct lease
fixture_bring(struct fixture *f, enum place to)
{
	static const enum outcome outcomes[PLACES] = {
		[ACCEPTED_EMAIL] = OUTCOME_ACCEPTED,
		[ACCEPTED_PRINT] = OUTCOME_ACCEPTED,
		[POSTED] = OUTCOME_ACCEPTED,
		[AMBIGUOUS] = OUTCOME_UNKNOWN,
		[FAILED] = OUTCOME_REFUSED,
	};
	struct lease lease = { .id = ID, .attempt = 1 };

	fixture_approve(f, ID, "C1",
	    to == ACCEPTED_PRINT || to == POSTED ? CHANNEL_PRINT
						 : CHANNEL_EMAIL);
	if (to == SUPERSEDED)
		must(outbox_supersede(f->ledger, ID, "why", &f->err));
	if (to == APPROVED || to == SUPERSEDED)
		return lease;
	fixture_render(f, ID);
	if (to == RENDERED)
		return lease;
	lease = fixture_reserve(f, ID);
	if (to == RESERVED)
		return lease;
	fixture_sending(f, &lease);
	if (to == SENDING)
		return lease;
	must(fixture_outcome(f, &lease, outcomes[to], "reply"));
	if (to == POSTED)
		must(outbox_posted(f->ledger, ID, fixture_day("2026-03-03"), "",
		    &f->err));
	return lease;
}

#endif
