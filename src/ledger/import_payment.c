#include <assert.h>
#include <string.h>

#include "ledger/find.h"
#include "ledger/import.h"
#include "ledger/match.h"
#include "ledger/names.h"

#define CELLS 7

/* Whom the payment is from and which invoice it names, as keys. */
struct payer {
	int64_t debtor, invoice;
};

static int
payment_compare(const struct import *i, const struct payment *p, int64_t id,
    struct err *e)
{
	char date[DATE_SIZE], amount[MONEY_SIZE], known[MONEY_SIZE];
	const struct import_cell *other;
	struct money ours = p->amount;
	struct import_cell cells[CELLS] = {
		{ "date", "", date_fmt(p->date, date) },
		{ "debtor", "", p->debtor },
		{ "currency", "", p->amount.currency },
		{ "reference", "", p->reference },
		{ "invoice", "", p->invoice },
		{ "label", "", p->label },
		{ "amount", known, money_fmt(p->amount, amount) },
	};
	struct query q;
	int rc;

	sql_start(&i->l->sql, &q,
	    "SELECT m.amount, m.day, d.code, m.currency, m.reference,"
	    " v.number, m.label FROM movement m"
	    " JOIN debtor d ON d.id = m.debtor"
	    " LEFT JOIN invoice v ON v.id = m.invoice WHERE m.id = ?");
	sql_put_int(&q, id);
	rc = sql_next(&q, e);
	if (rc != 1)
		return rc;
	ours.minor = sql_take_int(&q);
	for (size_t n = 0; n + 1 < CELLS; n++)
		cells[n].ours = sql_take_text(&q, i->a);
	sql_end(&q);
	if (p->debtor[0] == '\0')
		cells[1].theirs = cells[1].ours;
	(void)money_fmt(ours, known);
	other = import_differing(cells, CELLS);
	if (other == NULL)
		return 0;
	return err_set(e, ERR_DATA,
	    "payment %s is already known with other content (%s %s, now %s): "
	    "what is booked does not change; take it back with a payment of "
	    "the negative amount and book it under another id",
	    p->id, other->name, other->ours[0] == '\0' ? "-" : other->ours,
	    other->theirs[0] == '\0' ? "-" : other->theirs);
}

/* The key of the same payment, or 0. */
static int
payment_find(const struct import *i, const struct payment *p,
    const struct payer *from, int64_t *id, struct err *e)
{
	struct query q;

	if (p->id[0] != '\0') {
		sql_start(&i->l->sql, &q,
		    "SELECT id FROM movement WHERE (kind = 'credit') = 0"
		    " AND external = ? AND external <> ''");
		sql_put_text(&q, p->id);
		return find_number(&q, id, e);
	}
	sql_start(&i->l->sql, &q,
	    "SELECT id FROM movement WHERE external = '' AND debtor = ?"
	    " AND day = ? AND currency = ? AND amount = ?"
	    " AND ifnull(invoice, 0) = ? AND reference = ? AND label = ?"
	    " AND notes = ? AND twin = ?");
	sql_put_int(&q, from->debtor);
	sql_put_date(&q, p->date);
	sql_put_text(&q, p->amount.currency);
	sql_put_int(&q, p->amount.minor);
	sql_put_int(&q, from->invoice);
	sql_put_text(&q, p->reference);
	sql_put_text(&q, p->label);
	sql_put_text(&q, p->notes);
	sql_put_int(&q, p->twin);
	return find_number(&q, id, e);
}

static int
payment_find_invoice(const struct import *i, const struct payment *p,
    struct payer *from, struct err *e)
{
	struct invoice_head head;

	if (p->invoice[0] == '\0')
		return 0;
	if (find_invoice(i->l, p->invoice, i->a, &head, e) != 0)
		return -1;
	if (head.id == 0)
		return err_set(e, ERR_DATA,
		    "invoice %s is not known; import the invoices first, or "
		    "leave the cell empty",
		    p->invoice);
	if (head.kind == INVOICE_CREDIT_NOTE)
		return err_set(e, ERR_DATA,
		    "%s is a credit note, nothing is paid on it; name an "
		    "invoice, or leave the cell empty",
		    p->invoice);
	if (strcmp(head.currency, p->amount.currency) != 0)
		return err_set(e, ERR_DATA,
		    "the payment is in %s, invoice %s in %s; correct the "
		    "currency, or leave the invoice empty",
		    p->amount.currency, p->invoice, head.currency);
	if (from->debtor == 0)
		from->debtor = head.debtor;
	if (head.debtor != from->debtor)
		return err_set(e, ERR_DATA,
		    "invoice %s is not debtor %s's; correct the one or the "
		    "other",
		    p->invoice, p->debtor);
	from->invoice = head.id;
	return 0;
}

/* A payment may leave its debtor to its invoice or to a reference. */
static int
payment_find_payer(const struct import *i, const struct payment *p,
    struct payer *from, struct err *e)
{
	const struct payment_words words = { p->reference, p->label, 0, "" };
	struct notice_head notice;

	*from = (struct payer){ 0 };
	if (p->debtor[0] != '\0') {
		if (find_debtor(i->l, p->debtor, &from->debtor, e) != 0)
			return -1;
		if (from->debtor == 0)
			return err_set(e, ERR_DATA,
			    "debtor %s is not known; import the debtors "
			    "first, or correct the code",
			    p->debtor);
	}
	if (payment_find_invoice(i, p, from, e) != 0)
		return -1;
	if (from->debtor != 0)
		return 0;
	if (find_reference(i->l, &words, i->a, &notice, e) != 0)
		return -1;
	from->debtor = notice.debtor;
	if (from->debtor == 0)
		return err_set(e, ERR_DATA,
		    "nobody's payment: no notice's reference is in '%s' or "
		    "'%.100s'; fill in debtor or invoice",
		    p->reference, p->label);
	return 0;
}

/* What such a debtor's payment pays first. */
static int
payment_find_order(const struct import *i, int64_t debtor,
    const enum debt_part **out, struct err *e)
{
	struct query q;
	int rc, kind;

	sql_start(&i->l->sql, &q, "SELECT kind FROM debtor WHERE id = ?");
	sql_put_int(&q, debtor);
	rc = sql_next(&q, e);
	if (rc < 0)
		return -1;
	assert(rc == 1); /* it was found */
	rc = names_find(&names_debtor_kind, sql_take_text(&q, i->a), &kind, e);
	sql_end(&q);
	if (rc == 0)
		*out = i->order[kind];
	return rc;
}

int
import_payment(const struct import *i, const struct payment *p, bool *added,
    struct err *e)
{
	struct payer from;
	int64_t known;

	if (p->amount.minor == 0 || p->amount.minor == INT64_MIN)
		return err_set(e, ERR_DATA,
		    "the amount must be greater than 0, or less for a payment "
		    "that was taken back");
	if (payment_find_payer(i, p, &from, e) != 0 ||
	    payment_find(i, p, &from, &known, e) != 0)
		return -1;
	*added = known == 0;
	if (known != 0)
		return p->id[0] == '\0' ? 0 : payment_compare(i, p, known, e);

	struct movement m = {
		.kind =
		    p->amount.minor < 0 ? MOVEMENT_REVERSAL : MOVEMENT_PAYMENT,
		.external = p->id,
		.day = p->date,
		.debtor = from.debtor,
		.amount = p->amount,
		.reference = p->reference,
		.invoice = from.invoice,
		.label = p->label,
		.notes = p->notes,
		.twin = p->twin,
		.import = i->id,
	};
	if (payment_find_order(i, from.debtor, &m.order, e) != 0)
		return -1;
	return match_add(i->l, &m, e);
}
