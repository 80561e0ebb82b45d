/*
 * tables: rows of the native tables to records. Each function reads one row
 * that has as many cells as the header; ERR_DATA says what is wrong with it.
 */
#ifndef READ_TABLES_H
#define READ_TABLES_H

#include "read/columns.h"

extern const struct table debtors_table, invoices_table, payments_table;

int debtor_read(const struct line *l, struct debtor *out, struct err *e);

int payment_read(const struct line *l, struct payment *out, struct err *e);

/* An invoice with the one instalment of its row. */
int invoice_read(const struct line *l, struct invoice *out, struct err *e);

/*
 * The number in a row that may be refused, kept, or "": the other rows of
 * its invoice cannot go in without it.
 */
const char *invoice_number(const struct line *l);

#endif
