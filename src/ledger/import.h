/*
 * import: one record into the ledger. Each function answers whether it was
 * added (or changed) or known already; ERR_DATA refuses the record alone.
 * Private to ledger/.
 */
#ifndef LEDGER_IMPORT_H
#define LEDGER_IMPORT_H

#include "ledger/store.h"

struct import {
	struct ledger *l;
	const struct records *r;
	struct arena *a;
	int64_t id; /* of this import */
	bool dry_run;
	const enum debt_part (*order)[DEBT_PARTS]; /* of each debtor_kind */
	int (*check_file)(const struct str *bytes, const char *ext,
	    struct err *e);
};

int import_debtor(const struct import *i, const struct debtor *d, bool *added,
    struct err *e);
int import_invoice(const struct import *i, const struct invoice *v, bool *added,
    struct err *e);
int import_payment(const struct import *i, const struct payment *p, bool *added,
    struct err *e);

/* A cell as the ledger has it and as the file has it. */
struct import_cell {
	const char *name, *ours, *theirs;
};

/* The first cell that differs, or NULL. */
const struct import_cell *import_differing(const struct import_cell *cells,
    size_t n);

#endif
