/*
 * join: the pages of many PDF files in one file, for a printer.
 *
 * The result is for paper: pages as they were, without structure, attached
 * files or the claims of an archive. The same files give the same bytes.
 */
#ifndef PDF_JOIN_H
#define PDF_JOIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct pdf_join;

/* Free with pdf_join_free. */
int pdf_join_new(struct pdf_join **out, struct err *e);
void pdf_join_free(struct pdf_join *j);

/*
 * Appends the pages of a file; its bytes are copied. With `even` a blank
 * page follows an odd number of them, so that the next file begins on a new
 * sheet where both sides are printed.
 */
int pdf_join_add(struct pdf_join *j, const void *bytes, size_t n, bool even,
    struct err *e);

/* Pages so far, blank ones too. */
size_t pdf_join_pages(const struct pdf_join *j);

/*
 * Writes the file, once; it replaces one that is there, and is durable and
 * whole when this returns 0. Never held in memory as a whole.
 */
int pdf_join_write(struct pdf_join *j, const char *path, struct err *e);

/* The same, appended to out; ERR_DATA if out's maximum is too small. */
int pdf_join_put(struct pdf_join *j, struct str *out, struct err *e);

/*
 * Counts the pages of a file that comes from outside; ERR_DATA if it is no
 * PDF, has no pages, or is encrypted.
 */
int pdf_join_check(const void *bytes, size_t n, size_t *pages, struct err *e);

#endif
