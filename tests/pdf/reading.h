/*
 * reading: whether a machine reads of a file what its pages say: the words
 * that pdftotext finds, against those that were placed.
 */
#ifndef TESTS_PDF_READING_H
#define TESTS_PDF_READING_H

#include "base/str.h"
#include "letter/page.h"

/*
 * Appends what differs first, or nothing: all words in the order of the
 * pages, none glued to its neighbour, none cut, also where it is hyphenated.
 * Words from right to left are compared without order, because pdftotext
 * gives them as they stand.
 */
void reading_check(const char *path, const struct page_doc *d,
    struct str *fault);

#endif
