/* import_json: the answer of `semonce --json import`, one object a file. */
#ifndef VERB_IMPORT_JSON_H
#define VERB_IMPORT_JSON_H

#include "ledger/ledger.h"
#include "verb/json.h"

/* "debtors", "invoices", "payments" */
const char *record_kind_name(enum record_kind k);

/* A new reference; records are listed when dry_run. */
json_t *json_import(const struct records *r, const struct import_result *i,
    bool dry_run);

#endif
