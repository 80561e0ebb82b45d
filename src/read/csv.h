/*
 * csv: the native CSV files to records.
 *
 * Any encoding (stream.h), comma, semicolon or tab (found from the header
 * line), columns in any order, unknown columns kept as notes. libcsv parses;
 * line counting, the 1 MB row limit and the check for NUL are ours.
 * A bad row is refused with its line and what to do; the rest goes on.
 * Only an unusable file (unreadable, not of its encoding, no header, a missing
 * column) is an error. It knows no ledger: whether a debtor exists is not asked
 * here.
 */
#ifndef READ_CSV_H
#define READ_CSV_H

#include "base/hash.h"
#include "base/mem.h"
#include "semonce.h"

/*
 * Reads a file; its kind is found from the header line. The records live in
 * the arena. encoding: NULL to find it. ERR_DATA "FILE:LINE: …" when the file
 * as a whole is unusable.
 */
int csv_read(const char *path, const char *encoding, struct hasher *h,
    struct arena *a, struct records *out, struct err *e);

#endif
