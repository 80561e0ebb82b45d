/* Waivers: what a person gives up of an invoice's claims, with the reason. */
#include <string.h>

#include "ledger/event.h"
#include "ledger/find.h"
#include "ledger/ledger.h"
#include "ledger/load.h"
#include "ledger/names.h"
#include "ledger/step.h"
#include "ledger/store.h"

/* An instalment of the invoice, and what it owes of the claim. */
struct owed {
	int64_t instalment, minor;
	bool waived_all;
};

struct waiving {
	struct ledger *l;
	struct arena *a;
	const struct waiver *w;
	struct invoice_head invoice;
	struct owed *owed;
	size_t n;
};

static int
waive_find_invoice(struct waiving *x, struct err *e)
{
	const struct waiver *w = x->w;

	if (find_invoice(x->l, w->invoice, x->a, &x->invoice, e) != 0)
		return -1;
	if (x->invoice.id == 0 || x->invoice.kind != INVOICE_INVOICE)
		return err_set(e, ERR_DATA,
		    "there is no invoice %s; see "
		    "semonce status",
		    w->invoice);
	if (!w->all && strcmp(w->amount.currency, x->invoice.currency) != 0)
		return err_set(e, ERR_DATA, "invoice %s is in %s, not in %s",
		    w->invoice, x->invoice.currency, w->amount.currency);
	return 0;
}

static int
waive_find_owed(struct waiving *x, struct err *e)
{
	struct query q;
	int rc;

	sql_start(&x->l->sql, &q,
	    "SELECT i.id, max(s.amount - s.paid - s.waived, 0), s.waived_all"
	    " FROM instalment i LEFT JOIN claim_standing s"
	    "  ON s.instalment = i.id AND s.kind = ?"
	    " WHERE i.invoice = ? ORDER BY i.due, i.id");
	sql_put_text(&q, names_claim_kind.of[x->w->kind]);
	sql_put_int(&q, x->invoice.id);
	while ((rc = sql_next(&q, e)) == 1) {
		struct owed o = { .instalment = sql_take_int(&q) };

		o.minor = sql_take_int(&q);
		o.waived_all = sql_take_int(&q) != 0;
		x->owed = load_grow(x->a, x->owed, x->n, sizeof(o));
		x->owed[x->n++] = o;
	}
	return rc;
}

/* An amount of 0 is all, for ever. */
static int
waive_write(struct waiving *x, int64_t instalment, int64_t minor, struct err *e)
{
	const struct waiver *w = x->w;
	struct event ev = { .kind = EVENT_WAIVER,
		.subject = w->invoice,
		.word = names_claim_kind.of[w->kind],
		.detail = w->because };
	struct query q;

	sql_start(&x->l->sql, &q,
	    "INSERT INTO waiver (instalment, kind, amount, day, because)"
	    " VALUES (?, ?, nullif(?, 0), ?, ?)");
	sql_put_int(&q, instalment);
	sql_put_text(&q, names_claim_kind.of[w->kind]);
	sql_put_int(&q, minor);
	sql_put_date(&q, w->on);
	sql_put_text(&q, w->because);
	if (sql_run(&q, e) != 0)
		return -1;
	ev.row = sqlite3_last_insert_rowid(x->l->sql.db);
	return event_add(x->l, &ev, e);
}

static int
waive_all(struct waiving *x, struct err *e)
{
	size_t written = 0;

	for (size_t i = 0; i < x->n; i++) {
		if (x->owed[i].waived_all)
			continue;
		if (waive_write(x, x->owed[i].instalment, 0, e) != 0)
			return -1;
		written++;
	}
	if (written > 0)
		return 0;
	return err_set(e, ERR_DATA, "the %s of invoice %s is waived already",
	    names_claim_kind.of[x->w->kind], x->w->invoice);
}

/* Of the oldest instalment first. */
static int
waive_amount(struct waiving *x, struct err *e)
{
	int64_t rest = x->w->amount.minor;
	struct money most = x->w->amount;
	char much[MONEY_SIZE];

	for (size_t i = 0; i < x->n && rest > 0; i++) {
		const struct owed *o = &x->owed[i];
		int64_t minor = o->minor < rest ? o->minor : rest;

		if (minor == 0 || o->waived_all)
			continue;
		if (waive_write(x, o->instalment, minor, e) != 0)
			return -1;
		rest -= minor;
	}
	if (rest == 0)
		return 0;
	most.minor -= rest;
	return err_set(e, ERR_DATA,
	    "of the %s of invoice %s no more than %s %s is claimed and still "
	    "owed; waive that, or all of it without --amount",
	    names_claim_kind.of[x->w->kind], x->w->invoice,
	    money_fmt(most, much), most.currency);
}

static int
waive_check(const struct waiver *w, struct err *e)
{
	if (w->because[0] == '\0')
		return err_set(e, ERR_USAGE, "say with --because why");
	if (!w->all && w->amount.minor <= 0)
		return err_set(e, ERR_USAGE,
		    "the amount must be greater than 0");
	return step_check_words("the reason", w->because, e);
}

int
ledger_waive(struct ledger *l, const struct waiver *w, struct err *e)
{
	struct waiving x = { .l = l, .w = w };
	int rc;

	if (waive_check(w, e) != 0 || store_begin(l, e) != 0)
		return -1;
	x.a = arena_new();
	rc = waive_find_invoice(&x, e);
	if (rc == 0)
		rc = waive_find_owed(&x, e);
	if (rc == 0)
		rc = w->all ? waive_all(&x, e) : waive_amount(&x, e);
	if (rc == 0)
		rc = store_commit_marked(l, e);
	else
		store_rollback(l);
	arena_free(x.a);
	return rc;
}
