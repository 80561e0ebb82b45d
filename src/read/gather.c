#include "read/gather.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
refusals_add(struct refusals *r, unsigned line, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	r->v = mem_grow(r->v, &r->cap, r->n + 1, sizeof(*r->v));
	r->v[r->n++] = (struct refusal){
		.line = line,
		.text = arena_str(r->arena, text),
	};
}

static int
by_line(unsigned a, unsigned b)
{
	return (a > b) - (a < b);
}

static int
by_date(date_t a, date_t b)
{
	return (a > b) - (a < b);
}

/* qsort of nothing, too: it must not see a null pointer. */
static void
sort(void *v, size_t n, size_t size, int (*compare)(const void *, const void *))
{
	if (n > 1)
		qsort(v, n, size, compare);
}

/* ---- debtors ---- */

static int
debtors_by_code(const void *a, const void *b)
{
	const struct debtor *x = a, *y = b;
	int c = strcmp(x->code, y->code);

	return c != 0 ? c : by_line(x->line, y->line);
}

static int
debtors_by_line(const void *a, const void *b)
{
	const struct debtor *x = a, *y = b;

	return by_line(x->line, y->line);
}

size_t
gather_debtors(struct debtor *v, size_t n, struct refusals *r)
{
	size_t i, kept = 0;

	sort(v, n, sizeof(*v), debtors_by_code);
	for (i = 0; i < n; i++) {
		if (kept == 0 || strcmp(v[kept - 1].code, v[i].code) != 0) {
			v[kept++] = v[i];
			continue;
		}
		refusals_add(r, v[i].line,
		    "debtor '%.80s' is on line %u already: keep one of the two",
		    v[i].code, v[kept - 1].line);
	}
	sort(v, kept, sizeof(*v), debtors_by_line);
	return kept;
}

/* ---- invoices ---- */

static int
rows_by_number(const void *a, const void *b)
{
	const struct invoice_row *x = a, *y = b;
	int c = strcmp(x->invoice.number, y->invoice.number);

	return c != 0 ? c : by_line(x->invoice.line, y->invoice.line);
}

static int
instalments_by_due(const void *a, const void *b)
{
	const struct instalment *x = a, *y = b;
	int c = by_date(x->due, y->due);

	return c != 0 ? c : by_line(x->line, y->line);
}

static int
invoices_by_line(const void *a, const void *b)
{
	const struct invoice *x = a, *y = b;

	return by_line(x->line, y->line);
}

/* Name of the column in which two rows of one invoice differ, or NULL. */
static const char *
find_difference(const struct invoice *a, const struct invoice *b)
{
	const struct {
		const char *column, *a, *b;
	} texts[] = {
		{ "debtor", a->debtor, b->debtor },
		{ "currency", a->currency, b->currency },
		{ "refers_to", a->refers_to, b->refers_to },
		{ "contract", a->contract, b->contract },
		{ "file", a->file, b->file },
		{ "terms", a->terms, b->terms },
		{ "clause", a->clause, b->clause },
		{ "scenario", a->scenario, b->scenario },
	};
	size_t i;

	if (a->kind != b->kind)
		return "kind";
	if (a->issued != b->issued)
		return "issued";
	if (a->sent_on != b->sent_on)
		return "sent_on";
	if (a->has_rate != b->has_rate || a->rate_milli != b->rate_milli)
		return "rate";
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (strcmp(texts[i].a, texts[i].b) != 0)
			return texts[i].column;
	}
	return NULL;
}

/* Refuses the run's rows, but for the one that has its own text already. */
static void
refuse_run(const struct invoice_row *run, size_t n, unsigned line,
    struct refusals *r)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (run[i].bad || run[i].invoice.line == line)
			continue;
		refusals_add(r, run[i].invoice.line,
		    "invoice '%.80s' is refused as a whole because of line "
		    "%u: correct that line and import the file again",
		    run[i].invoice.number, line);
	}
}

/* Line of a row that keeps the invoice out, told if new; 0 if none does. */
static unsigned
find_fault(const struct invoice_row *run, size_t n, struct refusals *r)
{
	const struct invoice *first = &run[0].invoice, *other;
	struct money sum = { 0 };
	const char *column;
	struct err e;
	size_t i;

	for (i = 0; i < n; i++) {
		if (run[i].bad)
			return run[i].invoice.line;
	}
	sum = first->instalments->amount;
	for (i = 1; i < n; i++) {
		other = &run[i].invoice;
		column = find_difference(first, other);
		if (column != NULL) {
			refusals_add(r, other->line,
			    "invoice '%.80s' contradicts line %u in column %s: "
			    "its instalments agree in all but due and amount; "
			    "both lines are refused",
			    first->number, first->line, column);
			return other->line;
		}
		if (money_add(&sum, other->instalments->amount, &e) != 0) {
			refusals_add(r, other->line, "invoice '%.80s': %s",
			    first->number, e.text);
			return other->line;
		}
	}
	return 0;
}

/* Two instalments of one invoice have two due dates. */
static unsigned
find_twice(const struct instalment *parts, size_t n, const char *number,
    struct refusals *r)
{
	char due[DATE_SIZE];
	size_t i;

	for (i = 1; i < n; i++) {
		if (parts[i].due != parts[i - 1].due)
			continue;
		refusals_add(r, parts[i].line,
		    "invoice '%.80s' has an instalment due %s on line %u "
		    "already: both lines are refused; add them up, or delete "
		    "one",
		    number, date_fmt(parts[i].due, due), parts[i - 1].line);
		return parts[i].line;
	}
	return 0;
}

/* The rows of one number to one invoice; false if it is refused. */
static bool
join_run(const struct invoice_row *run, size_t n, struct refusals *r,
    struct invoice *out)
{
	unsigned line = find_fault(run, n, r);
	struct instalment *parts;
	size_t i;

	if (line == 0) {
		parts = arena_array(r->arena, n, sizeof(*parts));
		for (i = 0; i < n; i++)
			parts[i] = *run[i].invoice.instalments;
		sort(parts, n, sizeof(*parts), instalments_by_due);
		*out = run[0].invoice;
		out->instalments = parts;
		out->n_instalments = n;
		line = find_twice(parts, n, out->number, r);
	}
	if (line != 0)
		refuse_run(run, n, line, r);
	return line == 0;
}

size_t
gather_invoices(struct invoice_row *rows, size_t n, struct refusals *r,
    struct invoice **out)
{
	struct invoice *v = arena_array(r->arena, n, sizeof(*v));
	size_t i, end, kept = 0;

	sort(rows, n, sizeof(*rows), rows_by_number);
	for (i = 0; i < n; i = end) {
		for (end = i + 1; end < n; end++) {
			if (strcmp(rows[i].invoice.number,
				rows[end].invoice.number) != 0)
				break;
		}
		if (join_run(rows + i, end - i, r, &v[kept]))
			kept++;
	}
	sort(v, kept, sizeof(*v), invoices_by_line);
	*out = v;
	return kept;
}

/* ---- payments ---- */

static int
cells_compare(const struct payment *x, const struct payment *y)
{
	int c;

	if ((c = by_date(x->date, y->date)) != 0)
		return c;
	if (x->amount.minor != y->amount.minor)
		return x->amount.minor < y->amount.minor ? -1 : 1;
	if ((c = strcmp(x->amount.currency, y->amount.currency)) != 0 ||
	    (c = strcmp(x->id, y->id)) != 0 ||
	    (c = strcmp(x->debtor, y->debtor)) != 0 ||
	    (c = strcmp(x->reference, y->reference)) != 0 ||
	    (c = strcmp(x->invoice, y->invoice)) != 0 ||
	    (c = strcmp(x->label, y->label)) != 0)
		return c;
	return strcmp(x->notes, y->notes);
}

static int
payments_by_cells(const void *a, const void *b)
{
	const struct payment *x = a, *y = b;
	int c = cells_compare(x, y);

	return c != 0 ? c : by_line(x->line, y->line);
}

static int
payments_by_line(const void *a, const void *b)
{
	const struct payment *x = a, *y = b;

	return by_line(x->line, y->line);
}

void
gather_payments(struct payment *v, size_t n)
{
	size_t i;

	sort(v, n, sizeof(*v), payments_by_cells);
	for (i = 1; i < n; i++) {
		if (cells_compare(&v[i - 1], &v[i]) == 0)
			v[i].twin = v[i - 1].twin + 1;
	}
	sort(v, n, sizeof(*v), payments_by_line);
}
