/*
 * gather: rows of a whole file to records: instalments to their invoice,
 * equal payments numbered, codes and numbers once each.
 */
#ifndef READ_GATHER_H
#define READ_GATHER_H

#include "base/mem.h"
#include "semonce.h"

/* Rows not taken; the texts live in the arena, the array on the heap. */
struct refusals {
	struct arena *arena;
	struct refusal *v;
	size_t n, cap;
};

void refusals_add(struct refusals *r, unsigned line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* One row of an invoice. Of a bad one, number and line are known. */
struct invoice_row {
	struct invoice invoice;
	bool bad; /* refused already */
};

/* Refuses a code's second row. Returns how many debtors stay, in order. */
size_t gather_debtors(struct debtor *v, size_t n, struct refusals *r);

/*
 * Puts the rows of each number together, in the arena, in order of first
 * line, and returns how many invoices stay. With one bad or contradicting
 * row the whole invoice is refused: a part of it would be a wrong sum.
 */
size_t gather_invoices(struct invoice_row *rows, size_t n, struct refusals *r,
    struct invoice **out);

/* Numbers payments that are equal in all cells: 0, 1, … */
void gather_payments(struct payment *v, size_t n);

#endif
