/*
 * load: rows to structs, in an arena. Private to ledger/.
 */
#ifndef LEDGER_LOAD_H
#define LEDGER_LOAD_H

#include "ledger/store.h"

/* The columns load_debtor takes, of debtor d and contact c. */
#define LOAD_DEBTOR                                                        \
	"d.code, c.name, d.kind, d.profile, d.language, c.email, c.phone," \
	" c.line1, c.line2, c.line3, c.postcode, c.city, c.country,"       \
	" d.registration, d.vat, d.channel, d.notes"

int load_debtor(struct query *q, struct arena *a, struct debtor *out,
    struct err *e);

/* An amount in a currency of the ledger. */
struct money load_money(int64_t minor, const char currency[4]);

/* Room for one more at the end of an array of n objects in the arena. */
void *load_grow(struct arena *a, void *array, size_t n, size_t size);

#endif
