#include "read/csv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "read/gather.h"
#include "read/rows.h"
#include "read/tables.h"

static const struct table *const tables[] = {
	&debtors_table,
	&invoices_table,
	&payments_table,
};

#define N_TABLES (sizeof(tables) / sizeof(tables[0]))

/* What was read so far; the array of the file's kind is in use. */
struct reading {
	const char *path;
	struct arena *arena;
	struct header header;
	struct debtor *debtors;
	struct invoice_row *invoices;
	struct payment *payments;
	size_t n, cap, rows;
	struct refusals refusals;
};

static bool
is_empty(const struct row *row)
{
	size_t i;

	for (i = 0; i < row->n; i++) {
		if (row->cells[i][0] != '\0')
			return false;
	}
	return row->fault == NULL;
}

static int
check_row(const struct line *l, struct err *e)
{
	if (l->row->fault != NULL)
		return err_set(e, ERR_DATA, "%s", l->row->fault);
	if (l->row->n != l->header->n)
		return err_set(e, ERR_DATA,
		    "%zu cells, the header line has %zu: add or delete "
		    "separators, or put a cell that holds one in quotes",
		    l->row->n, l->header->n);
	return 0;
}

static int
take_debtor(struct reading *r, const struct line *l, struct err *e)
{
	struct debtor d;

	if (check_row(l, e) != 0 || debtor_read(l, &d, e) != 0)
		return -1;
	r->debtors =
	    mem_grow(r->debtors, &r->cap, r->n + 1, sizeof(*r->debtors));
	r->debtors[r->n++] = d;
	return 0;
}

/* A bad row is kept by its number, for what becomes of the others. */
static int
take_invoice(struct reading *r, const struct line *l, struct err *e)
{
	struct invoice_row row = { .bad = false };

	if (check_row(l, e) != 0 || invoice_read(l, &row.invoice, e) != 0) {
		row = (struct invoice_row){ .bad = true };
		row.invoice.number = invoice_number(l);
		row.invoice.line = l->row->line;
		if (row.invoice.number[0] == '\0')
			return -1;
	}
	r->invoices =
	    mem_grow(r->invoices, &r->cap, r->n + 1, sizeof(*r->invoices));
	r->invoices[r->n++] = row;
	return row.bad ? -1 : 0;
}

static int
take_payment(struct reading *r, const struct line *l, struct err *e)
{
	struct payment p;

	if (check_row(l, e) != 0 || payment_read(l, &p, e) != 0)
		return -1;
	r->payments =
	    mem_grow(r->payments, &r->cap, r->n + 1, sizeof(*r->payments));
	r->payments[r->n++] = p;
	return 0;
}

static int
take_row(struct reading *r, const struct line *l, struct err *e)
{
	assert(r->header.table != NULL);
	switch (r->header.table->kind) {
	case RECORD_DEBTORS:
		return take_debtor(r, l, e);
	case RECORD_INVOICES:
		return take_invoice(r, l, e);
	case RECORD_PAYMENTS:
		return take_payment(r, l, e);
	}
	abort();
}

static int
read_header(struct reading *r, struct rows *rows, struct err *e)
{
	struct row row;
	int found = rows_next(rows, &row, e);

	if (found == -1)
		return -1;
	if (found == 0)
		return err_set(e, ERR_DATA,
		    "%s:1: the file is empty: the first line names the columns",
		    r->path);
	if (header_read(&row, tables, N_TABLES, r->arena, &r->header, e) != 0)
		return err_add(e, "%s:%u", r->path, row.line);
	return 0;
}

/*
 * Where some payments cannot be read none is taken: the debts of the others
 * would look unpaid, and the payments known up to today.
 */
static int
check_payments(const struct reading *r, const struct row *row, struct err *e)
{
	if (!row->misread || r->header.table->kind != RECORD_PAYMENTS)
		return 0;
	return err_set(e, ERR_DATA, "%s:%u: %s; no payment of it is taken",
	    r->path, row->line, row->fault);
}

static int
read_rows(struct reading *r, struct rows *rows, struct err *e)
{
	struct line l = { .header = &r->header, .arena = r->arena };
	struct row row;
	struct err bad;
	int found;

	while ((found = rows_next(rows, &row, e)) == 1) {
		if (is_empty(&row))
			continue;
		if (check_payments(r, &row, e) != 0)
			return -1;
		l.row = &row;
		r->rows++;
		if (take_row(r, &l, &bad) != 0)
			refusals_add(&r->refusals, row.line, "%s", bad.text);
	}
	return found;
}

static int
refusals_compare(const void *a, const void *b)
{
	const struct refusal *x = a, *y = b;

	return (x->line > y->line) - (x->line < y->line);
}

static void *
keep(struct arena *a, const void *v, size_t n, size_t size)
{
	void *kept = arena_array(a, n, size);

	if (n > 0)
		memcpy(kept, v, n * size);
	return kept;
}

static void
finish(struct reading *r, struct records *out)
{
	struct refusals *refused = &r->refusals;

	assert(r->header.table != NULL);
	out->kind = r->header.table->kind;
	out->path = arena_str(r->arena, r->path);
	out->rows = r->rows;
	switch (out->kind) {
	case RECORD_DEBTORS:
		out->n = gather_debtors(r->debtors, r->n, refused);
		out->debtors =
		    keep(r->arena, r->debtors, out->n, sizeof(*r->debtors));
		break;
	case RECORD_INVOICES:
		out->n =
		    gather_invoices(r->invoices, r->n, refused, &out->invoices);
		break;
	case RECORD_PAYMENTS:
		gather_payments(r->payments, r->n);
		out->n = r->n;
		out->payments =
		    keep(r->arena, r->payments, out->n, sizeof(*r->payments));
		break;
	}
	if (refused->n > 1)
		qsort(refused->v, refused->n, sizeof(*refused->v),
		    refusals_compare);
	out->refused =
	    keep(r->arena, refused->v, refused->n, sizeof(*refused->v));
	out->n_refused = refused->n;
}

int
csv_read(const char *path, const char *encoding, struct hasher *h,
    struct arena *a, struct records *out, struct err *e)
{
	struct reading r = {
		.path = path,
		.arena = a,
		.refusals = { .arena = a },
	};
	char hex[SHA256_HEX_SIZE];
	struct rows *rows;
	int done = -1;

	if (rows_open(path, encoding, h, &rows, e) != 0)
		return -1;
	if (read_header(&r, rows, e) == 0 && read_rows(&r, rows, e) == 0 &&
	    rows_hash(rows, hex, e) == 0) {
		*out = (struct records){ .sha256 = arena_str(a, hex) };
		finish(&r, out);
		done = 0;
	}
	rows_close(rows);
	free(r.debtors);
	free(r.invoices);
	free(r.payments);
	free(r.refusals.v);
	return done;
}
