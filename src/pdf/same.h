/*
 * same: fonts and pictures of joined pages, each kept once.
 *
 * Letters of one text carry the same fonts and the same logo, each its own
 * copy. In a print file one copy serves all pages. Two are the same if their
 * bytes and their dictionaries are.
 */
#ifndef PDF_SAME_H
#define PDF_SAME_H

#include <qpdf/qpdf-c.h>

#include "base/err.h"

struct pdf_same;

/* For one file; free with pdf_same_free. */
int pdf_same_new(struct pdf_same **out, struct err *e);
void pdf_same_free(struct pdf_same *s);

/* Makes a page of the file use what an earlier page has. */
int pdf_same_share(struct pdf_same *s, qpdf_data pdf, qpdf_oh page,
    struct err *e);

#endif
