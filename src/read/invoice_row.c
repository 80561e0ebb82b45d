#include <string.h>

#include "base/rate.h"
#include "read/tables.h"

enum {
	NUMBER,
	DEBTOR,
	ISSUED,
	DUE,
	CURRENCY,
	AMOUNT,
	KIND,
	REFERS_TO,
	CONTRACT,
	FILE_NAME,
	SENT_ON,
	TERMS,
	CLAUSE,
	SCENARIO,
	RATE
};

static const struct column columns[] = {
	[NUMBER] = { .name = "number", .required = true },
	[DEBTOR] = { .name = "debtor", .required = true },
	[ISSUED] = { .name = "issued", .required = true },
	[DUE] = { .name = "due", .required = true },
	[CURRENCY] = { .name = "currency", .required = true },
	[AMOUNT] = { .name = "amount", .required = true },
	[KIND] = { .name = "kind" },
	[REFERS_TO] = { .name = "refers_to" },
	[CONTRACT] = { .name = "contract" },
	[FILE_NAME] = { .name = "file" },
	[SENT_ON] = { .name = "sent_on" },
	[TERMS] = { .name = "terms", .lines = true },
	[CLAUSE] = { .name = "clause", .lines = true },
	[SCENARIO] = { .name = "scenario" },
	[RATE] = { .name = "rate" },
};

const struct table invoices_table = {
	.kind = RECORD_INVOICES,
	.what = "invoices",
	.columns = columns,
	.n = sizeof(columns) / sizeof(columns[0]),
};

static const char *const kinds[] = {
	[INVOICE_INVOICE] = "invoice",
	[INVOICE_CREDIT_NOTE] = "credit_note",
	NULL,
};

/* A credit note is not due; its day of issue stands for it. */
static int
read_due(const struct line *l, const struct invoice *i, date_t *out,
    struct err *e)
{
	if (i->kind == INVOICE_CREDIT_NOTE && cell_raw(l, DUE)[0] == '\0') {
		*out = i->issued;
		return 0;
	}
	return cell_date(l, DUE, out, e);
}

/* What was agreed; nothing is not 0. */
static int
read_rate(const struct line *l, struct invoice *out, struct err *e)
{
	const char *cell = cell_raw(l, RATE);
	struct err why;

	if (cell[0] == '\0')
		return 0;
	if (rate_parse(cell, &out->rate_milli, &why) != 0 ||
	    out->rate_milli < 0)
		return cell_bad(l, RATE, "rate",
		    "write percent a year as 10.5, with a point, not below 0 "
		    "and with no more than three decimals",
		    e);
	out->has_rate = true;
	return 0;
}

int
invoice_read(const struct line *l, struct invoice *out, struct err *e)
{
	struct invoice i = { .line = l->row->line, .n_instalments = 1 };
	struct instalment part = { .line = l->row->line };
	int kind;

	if (cell_text(l, NUMBER, &i.number, e) != 0 ||
	    cell_text(l, DEBTOR, &i.debtor, e) != 0 ||
	    cell_date(l, ISSUED, &i.issued, e) != 0)
		return -1;
	kind = cell_word(l, KIND, kinds, INVOICE_INVOICE, e);
	if (kind == -1)
		return -1;
	i.kind = (enum invoice_kind)kind;
	if (read_due(l, &i, &part.due, e) != 0 ||
	    cell_money(l, AMOUNT, CURRENCY, &part.amount, e) != 0 ||
	    cell_text(l, REFERS_TO, &i.refers_to, e) != 0 ||
	    cell_text(l, CONTRACT, &i.contract, e) != 0 ||
	    cell_text(l, FILE_NAME, &i.file, e) != 0 ||
	    cell_date(l, SENT_ON, &i.sent_on, e) != 0 ||
	    cell_text(l, TERMS, &i.terms, e) != 0 ||
	    cell_text(l, CLAUSE, &i.clause, e) != 0 ||
	    cell_text(l, SCENARIO, &i.scenario, e) != 0 ||
	    read_rate(l, &i, e) != 0)
		return -1;
	if (part.amount.minor <= 0)
		return cell_bad(l, AMOUNT, "amount",
		    "it is more than zero; for a credit note write "
		    "credit_note in column kind",
		    e);
	memcpy(i.currency, part.amount.currency, sizeof(i.currency));
	i.notes = line_notes(l);
	i.instalments = arena_alloc(l->arena, sizeof(part));
	*i.instalments = part;
	*out = i;
	return 0;
}

const char *
invoice_number(const struct line *l)
{
	return arena_str(l->arena, cell_raw(l, NUMBER));
}
