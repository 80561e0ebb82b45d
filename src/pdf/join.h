/*
 * join: the pages of many PDF files in one file, for a printer.
 *
 * The result is for paper: pages as they were, without structure, attached
 * files or the claims of an archive. The same files give the same bytes.
 */
#ifndef PDF_JOIN_H
#define PDF_JOIN_H

#include <stddef.h>

#include "base/err.h"

struct pdf_join;

/* Free with pdf_join_free. */
int pdf_join_new(struct pdf_join **out, struct err *e);
void pdf_join_free(struct pdf_join *j);

/* Appends the pages of a file; its bytes are copied. */
int pdf_join_add(struct pdf_join *j, const void *bytes, size_t n,
    struct err *e);

/*
 * Writes the file, once; it replaces one that is there, and is durable and
 * whole when this returns 0. Never held in memory as a whole.
 */
int pdf_join_write(struct pdf_join *j, const char *path, struct err *e);

#endif
