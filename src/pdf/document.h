/*
 * document: placed glyphs to the bytes of one PDF file that is at once
 * PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1).
 *
 * libharu is the object and xref layer, hidden here; content, fonts,
 * structure and metadata are ours. The same page_doc gives the same bytes.
 */
#ifndef PDF_DOCUMENT_H
#define PDF_DOCUMENT_H

#include "base/err.h"
#include "base/str.h"
#include "letter/page.h"

/*
 * What all files of a run share: compressor, colour profile, base font
 * subsets. Free with pdf_writer_free.
 */
struct pdf_writer;
int pdf_writer_new(struct pdf_writer **out, struct err *e);
void pdf_writer_free(struct pdf_writer *w);

/* Appends the file to out; ERR_DATA if out's maximum is too small. */
int pdf_write(struct pdf_writer *w, const struct page_doc *d, struct str *out,
    struct err *e);

#endif
