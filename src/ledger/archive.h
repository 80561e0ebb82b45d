/*
 * archive: files kept by their SHA-256, archive/ab/abcdef….EXT, mode 0440.
 * Durable before the ledger names them; hashed again on every read.
 */
#ifndef LEDGER_ARCHIVE_H
#define LEDGER_ARCHIVE_H

#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"
#include "semonce.h"

/*
 * Keeps bytes below DIR/archive and fills the document. `ext` is without
 * the dot ("pdf", "json", "eml").
 */
int archive_keep(const char *dir, struct hasher *h, const struct str *bytes,
    const char *ext, struct document *out, struct err *e);

/* Reads a kept file into out; ERR_BROKEN if its hash is not its name. */
int archive_read(const char *dir, struct hasher *h, const char *sha256,
    const char *ext, struct str *out, struct err *e);

/* Its path, in the arena. */
const char *archive_path(struct arena *a, const char *dir, const char *sha256,
    const char *ext);

/* "pdf", "json" or "eml". */
const char *document_ext(enum document_role role);

#endif
