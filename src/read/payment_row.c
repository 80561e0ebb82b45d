#include "read/tables.h"

enum {
	ID,
	DATE,
	DEBTOR,
	CURRENCY,
	AMOUNT,
	REFERENCE,
	INVOICE,
	LABEL
};

static const struct column columns[] = {
	[ID] = { .name = "id" },
	[DATE] = { .name = "date", .required = true },
	[DEBTOR] = { .name = "debtor" },
	[CURRENCY] = { .name = "currency", .required = true },
	[AMOUNT] = { .name = "amount", .required = true },
	[REFERENCE] = { .name = "reference" },
	[INVOICE] = { .name = "invoice" },
	[LABEL] = { .name = "label", .lines = true },
};

const struct table payments_table = {
	.kind = RECORD_PAYMENTS,
	.what = "payments",
	.columns = columns,
	.n = sizeof(columns) / sizeof(columns[0]),
};

int
payment_read(const struct line *l, struct payment *out, struct err *e)
{
	struct payment p = { .line = l->row->line };

	if (cell_text(l, ID, &p.id, e) != 0 ||
	    cell_date(l, DATE, &p.date, e) != 0 ||
	    cell_text(l, DEBTOR, &p.debtor, e) != 0 ||
	    cell_money(l, AMOUNT, CURRENCY, &p.amount, e) != 0 ||
	    cell_text(l, REFERENCE, &p.reference, e) != 0 ||
	    cell_text(l, INVOICE, &p.invoice, e) != 0 ||
	    cell_text(l, LABEL, &p.label, e) != 0)
		return -1;
	if (p.amount.minor == 0)
		return cell_bad(l, AMOUNT, "amount",
		    "a payment is not zero; a reversal is negative", e);
	if (p.debtor[0] == '\0' && p.invoice[0] == '\0' &&
	    p.reference[0] == '\0' && p.label[0] == '\0')
		return err_set(e, ERR_DATA,
		    "nobody's payment: fill in debtor, invoice or reference");
	p.notes = line_notes(l);
	*out = p;
	return 0;
}
