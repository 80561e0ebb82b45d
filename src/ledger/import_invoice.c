#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "base/file.h"
#include "base/rate.h"
#include "ledger/archive.h"
#include "ledger/event.h"
#include "ledger/find.h"
#include "ledger/import.h"
#include "ledger/match.h"
#include "ledger/names.h"

#define CELLS      13
#define RATE       11
#define PARTS      12 /* the cell of the instalments */
#define FILE_BYTES (32 << 20)

static const char *
fmt_date(struct arena *a, date_t d)
{
	char buf[DATE_SIZE];

	return arena_str(a, date_fmt(d, buf));
}

static const char *
fmt_minor(struct arena *a, int64_t minor, const char *currency)
{
	struct money m = { .minor = minor };
	char buf[MONEY_SIZE];

	memcpy(m.currency, currency, sizeof(m.currency));
	return arena_str(a, money_fmt(m, buf));
}

static const char *
fmt_rate(struct arena *a, bool there, int32_t milli)
{
	char buf[RATE_SIZE];

	return there ? arena_str(a, rate_fmt(milli, buf)) : "";
}

static const char *
fmt_part(struct arena *a, const char *list, const char *due, const char *amount)
{
	return arena_fmt(a, "%s%s%s due %s", list, list[0] == '\0' ? "" : " + ",
	    amount, due);
}

/* What the instalments are, as one cell to compare. */
static const char *
invoice_parts(struct arena *a, const struct invoice *v)
{
	const char *list = "";

	for (size_t n = 0; n < v->n_instalments; n++) {
		const struct instalment *p = &v->instalments[n];

		list = fmt_part(a, list, fmt_date(a, p->due),
		    fmt_minor(a, p->amount.minor, v->currency));
	}
	return list;
}

static int
invoice_read_parts(const struct import *i, int64_t id, const char *currency,
    const char **list, struct err *e)
{
	struct query q;
	int rc;

	*list = "";
	sql_start(&i->l->sql, &q,
	    "SELECT due, amount FROM instalment WHERE invoice = ?"
	    " ORDER BY id");
	sql_put_int(&q, id);
	while ((rc = sql_next(&q, e)) == 1) {
		const char *due = fmt_date(i->a, sql_take_date(&q));
		int64_t minor = sql_take_int(&q);

		*list = fmt_part(i->a, *list, due,
		    fmt_minor(i->a, minor, currency));
	}
	return rc;
}

static void
invoice_cells(struct arena *a, const struct invoice *v,
    struct import_cell cells[CELLS])
{
	const struct import_cell all[CELLS] = {
		{ "debtor", "", v->debtor },
		{ "kind", "", names_invoice_kind.of[v->kind] },
		{ "issued", "", fmt_date(a, v->issued) },
		{ "sent_on", "", fmt_date(a, v->sent_on) },
		{ "currency", "", v->currency },
		{ "refers_to", "", v->refers_to },
		{ "contract", "", v->contract },
		{ "file", "", v->file },
		{ "terms", "", v->terms },
		{ "clause", "", v->clause },
		{ "scenario", "", v->scenario },
		{ "rate", "", fmt_rate(a, v->has_rate, v->rate_milli) },
		[PARTS] = { "amount", "", invoice_parts(a, v) },
	};

	memcpy(cells, all, sizeof(all));
}

static int
invoice_compare(const struct import *i, int64_t id, const struct invoice *v,
    struct err *e)
{
	struct import_cell cells[CELLS];
	const struct import_cell *other;
	const char *currency;
	struct query q;
	bool there;
	int rc;

	invoice_cells(i->a, v, cells);
	sql_start(&i->l->sql, &q,
	    "SELECT v.currency, d.code, v.kind, v.issued, v.sent_on,"
	    " v.currency, v.refers_to, v.contract, v.file, v.terms, v.clause,"
	    " v.scenario, v.rate_milli IS NOT NULL, v.rate_milli"
	    " FROM invoice v JOIN debtor d ON d.id = v.debtor"
	    " WHERE v.id = ?");
	sql_put_int(&q, id);
	rc = sql_next(&q, e);
	if (rc != 1)
		return rc;
	currency = sql_take_text(&q, i->a);
	for (size_t n = 0; n < RATE; n++)
		cells[n].ours = sql_take_text(&q, i->a);
	there = sql_take_int(&q) != 0;
	cells[RATE].ours = fmt_rate(i->a, there, (int32_t)sql_take_int(&q));
	sql_end(&q);
	if (invoice_read_parts(i, id, currency, &cells[PARTS].ours, e) != 0)
		return -1;
	other = import_differing(cells, CELLS);
	if (other == NULL)
		return 0;
	return err_set(e, ERR_DATA,
	    "invoice %s is already known with other content (%s %s, now %s): "
	    "what is booked does not change; correct it with a credit note "
	    "and an invoice of another number",
	    v->number, other->name, other->ours[0] == '\0' ? "-" : other->ours,
	    other->theirs[0] == '\0' ? "-" : other->theirs);
}

/* The invoice a credit note is for: the same debtor's, the same currency. */
static int
invoice_check_reference(const struct import *i, const struct invoice *v,
    int64_t debtor, int64_t *invoice, struct err *e)
{
	struct invoice_head head;

	*invoice = 0;
	if (v->kind != INVOICE_CREDIT_NOTE || v->refers_to[0] == '\0')
		return 0;
	if (find_invoice(i->l, v->refers_to, i->a, &head, e) != 0)
		return -1;
	if (head.id == 0)
		return err_set(e, ERR_DATA,
		    "credit note %s refers to invoice %s, which is not known; "
		    "import that one first, or leave refers_to empty",
		    v->number, v->refers_to);
	if (head.kind != INVOICE_INVOICE || head.debtor != debtor ||
	    strcmp(head.currency, v->currency) != 0)
		return err_set(e, ERR_DATA,
		    "credit note %s refers to %s, which is no invoice in %s to "
		    "%s; correct refers_to, or leave it empty",
		    v->number, v->refers_to, v->currency, v->debtor);
	*invoice = head.id;
	return 0;
}

static int
invoice_sum(const struct invoice *v, struct money *sum, struct err *e)
{
	if (v->n_instalments == 0)
		return err_set(e, ERR_DATA, "invoice %s has no amount",
		    v->number);
	if (money_zero(v->currency, sum, e) != 0)
		return -1;
	for (size_t n = 0; n < v->n_instalments; n++) {
		const struct instalment *p = &v->instalments[n];

		if (p->amount.minor <= 0)
			return err_set(e, ERR_DATA,
			    "invoice %s: the amount must be greater than 0; a "
			    "credit note is of kind credit_note",
			    v->number);
		if (p->due == DATE_NONE && v->kind == INVOICE_INVOICE)
			return err_set(e, ERR_DATA,
			    "invoice %s has no due date", v->number);
		if (money_add(sum, p->amount, e) != 0)
			return err_add(e, "invoice %s", v->number);
	}
	return 0;
}

static int
invoice_insert(const struct import *i, const struct invoice *v, int64_t debtor,
    int64_t *id, struct err *e)
{
	struct query q;

	sql_start(&i->l->sql, &q,
	    "INSERT INTO invoice (number, debtor, kind, issued, sent_on,"
	    " currency, refers_to, contract, file, terms, clause, scenario,"
	    " notes, import, rate_milli) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, iif(?, ?, NULL))");
	sql_put_text(&q, v->number);
	sql_put_int(&q, debtor);
	sql_put_text(&q, names_invoice_kind.of[v->kind]);
	sql_put_date(&q, v->issued);
	sql_put_date(&q, v->sent_on);
	sql_put_text(&q, v->currency);
	sql_put_text(&q, v->refers_to);
	sql_put_text(&q, v->contract);
	sql_put_text(&q, v->file);
	sql_put_text(&q, v->terms);
	sql_put_text(&q, v->clause);
	sql_put_text(&q, v->scenario);
	sql_put_text(&q, v->notes);
	sql_put_int(&q, i->id);
	sql_put_int(&q, v->has_rate);
	sql_put_int(&q, v->rate_milli);
	if (sql_run(&q, e) != 0)
		return -1;
	*id = sqlite3_last_insert_rowid(i->l->sql.db);
	for (size_t n = 0; n < v->n_instalments; n++) {
		sql_start(&i->l->sql, &q,
		    "INSERT INTO instalment (invoice, due, amount)"
		    " VALUES (?, ?, ?)");
		sql_put_int(&q, *id);
		sql_put_date(&q, v->instalments[n].due);
		sql_put_int(&q, v->instalments[n].amount.minor);
		if (sql_run(&q, e) != 0)
			return -1;
	}
	return 0;
}

/* "pdf" or "xml" in lower case, or NULL. */
static const char *
file_ext(const char *name)
{
	const char *dot = strrchr(name, '.');

	if (dot == NULL)
		return NULL;
	if (strcasecmp(dot, ".pdf") == 0)
		return "pdf";
	return strcasecmp(dot, ".xml") == 0 ? "xml" : NULL;
}

/* Whether a path stays below the folder it starts in. */
static bool
file_stays_inside(const char *name)
{
	if (name[0] == '/')
		return false;
	for (const char *p = name; *p != '\0';) {
		size_t n = strcspn(p, "/");

		if (n == 2 && memcmp(p, "..", 2) == 0)
			return false;
		p += n;
		p += strspn(p, "/");
	}
	return true;
}

static int
invoice_keep_file(const struct import *i, const struct invoice *v,
    const char *ext, struct document *doc, struct err *e)
{
	const char *slash = strrchr(i->r->path, '/');
	int folder = slash == NULL ? 0 : (int)(slash - i->r->path + 1);
	const char *path =
	    arena_fmt(i->a, "%.*s%s", folder, i->r->path, v->file);
	struct str bytes;
	int rc;

	str_init(&bytes, FILE_BYTES);
	rc = file_read(path, &bytes, e);
	if (rc == 0 && i->check_file != NULL &&
	    i->check_file(&bytes, ext, e) != 0)
		rc = err_add(e, "%s", path);
	if (rc != 0) {
		e->kind = ERR_DATA; /* it concerns this invoice only */
		(void)err_add(e, "invoice %s: its file", v->number);
	} else if (!i->dry_run) {
		rc = archive_keep(i->l->dir, i->l->hasher, &bytes, ext, doc, e);
	}
	str_done(&bytes);
	return rc;
}

static int
invoice_add_file(const struct import *i, const struct invoice *v, int64_t id,
    struct err *e)
{
	const char *ext = file_ext(v->file);
	struct document doc = { .size = 0 };
	struct query q;

	if (v->file[0] == '\0')
		return 0;
	if (ext == NULL || !file_stays_inside(v->file))
		return err_set(e, ERR_DATA,
		    "invoice %s: file '%s' must be a .pdf or .xml in the folder "
		    "of the CSV file or below, without '..'",
		    v->number, v->file);
	if (invoice_keep_file(i, v, ext, &doc, e) != 0)
		return -1;
	if (i->dry_run)
		return 0;
	sql_start(&i->l->sql, &q,
	    "INSERT INTO document (invoice, role, sha256, ext, size)"
	    " VALUES (?, 'invoice', ?, ?, ?)");
	sql_put_int(&q, id);
	sql_put_text(&q, doc.sha256);
	sql_put_text(&q, ext);
	sql_put_int(&q, (int64_t)doc.size);
	return sql_run(&q, e);
}

static int
invoice_add(const struct import *i, const struct invoice *v, int64_t debtor,
    struct err *e)
{
	struct movement credit = { .kind = MOVEMENT_CREDIT,
		.external = v->number,
		.day = v->issued,
		.debtor = debtor,
		.reference = "",
		.label = "",
		.notes = "",
		.import = i->id };
	struct event ev = { .kind = EVENT_INVOICE,
		.subject = v->number,
		.word = "added",
		.detail = "" };

	if (invoice_sum(v, &credit.amount, e) != 0 ||
	    invoice_check_reference(i, v, debtor, &credit.invoice, e) != 0 ||
	    invoice_insert(i, v, debtor, &ev.row, e) != 0 ||
	    invoice_add_file(i, v, ev.row, e) != 0 ||
	    event_add(i->l, &ev, e) != 0)
		return -1;
	if (v->kind == INVOICE_INVOICE)
		return 0;
	return match_add(i->l, &credit, e);
}

int
import_invoice(const struct import *i, const struct invoice *v, bool *added,
    struct err *e)
{
	struct invoice_head head;
	int64_t debtor;

	if (find_debtor(i->l, v->debtor, &debtor, e) != 0)
		return -1;
	if (debtor == 0)
		return err_set(e, ERR_DATA,
		    "invoice %s: debtor %s is not known; import the debtors "
		    "first, or correct the code",
		    v->number, v->debtor);
	if (find_invoice(i->l, v->number, i->a, &head, e) != 0)
		return -1;
	*added = head.id == 0;
	if (head.id != 0)
		return invoice_compare(i, head.id, v, e);
	return invoice_add(i, v, debtor, e);
}
