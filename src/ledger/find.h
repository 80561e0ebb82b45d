/*
 * find: what a number or a code stands for. Private to ledger/.
 */
#ifndef LEDGER_FIND_H
#define LEDGER_FIND_H

#include "ledger/store.h"

struct invoice_head {
	int64_t id; /* 0: there is none */
	int64_t debtor;
	enum invoice_kind kind;
	const char *currency;
};

/* First column of the first row of a query that is bound; 0 if no row. */
int find_number(struct query *q, int64_t *out, struct err *e);

/* Key of a debtor by code; 0 if there is none. */
int find_debtor(struct ledger *l, const char *code, int64_t *id, struct err *e);

int find_invoice(struct ledger *l, const char *number, struct arena *a,
    struct invoice_head *out, struct err *e);

struct notice_head {
	int64_t key; /* 0: there is none */
	int64_t debtor;
	const char *id;
};

/* What a payment says of what it pays. */
struct payment_words {
	const char *reference, *label;
	int64_t debtor;       /* 0: any */
	const char *currency; /* "": any */
};

/*
 * The newest notice to the debtor in the currency whose payment reference,
 * of any kind (payref.h), stands in the reference or else in the label. None
 * if a reference fits notices to several debtors and the debtor is not said:
 * nobody's money goes to somebody by chance.
 */
int find_reference(struct ledger *l, const struct payment_words *w,
    struct arena *a, struct notice_head *out, struct err *e);

/* What came of a debtor in a currency and did not go back, credits too. */
int find_moved(struct ledger *l, int64_t debtor, const char *currency,
    int64_t *out, struct err *e);

/* Unallocated money of a debtor in a currency, in minor units. */
int find_unallocated(struct ledger *l, int64_t debtor, const char *currency,
    int64_t *out, struct err *e);

/* Day of the newest import of payments; DATE_NONE if there was none. */
int find_payments_as_of(struct ledger *l, date_t *out, struct err *e);

#endif
