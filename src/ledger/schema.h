/*
 * schema: the tables of the ledger, as data, and the steps from each version
 * to the next.
 */
#ifndef LEDGER_SCHEMA_H
#define LEDGER_SCHEMA_H

#include "base/err.h"

struct sqlite3;

/*
 * Brings an empty or older database to the present version, all or
 * nothing. ERR_BROKEN if it is no ledger, ERR_USAGE if it is newer
 * than this program.
 */
int schema_migrate(struct sqlite3 *db, struct err *e);

#endif
