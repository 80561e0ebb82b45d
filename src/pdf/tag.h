/*
 * tag: the structure tree of one file (ISO 32000-1, 14.7; ISO 14289-1).
 *
 * Content says what it marks as it is drawn; the tree then lists content,
 * links and child elements of each element in reading order.
 */
#ifndef PDF_TAG_H
#define PDF_TAG_H

#include "pdf/part.h"

/* Takes the object numbers of all elements. */
void pdf_tags_init(struct pdf_file *f);

/* The type of an element: "P", "TH", ... */
const char *pdf_tag_name(enum page_tag tag);

/* A new marked content of the node on this page; returns its MCID. */
unsigned pdf_tag_mark(struct pdf_file *f, int node, size_t page);

/* An annotation of the LINK node; returns its StructParent. */
unsigned pdf_tag_link(struct pdf_file *f, int node, size_t page,
    unsigned annotation);

/* Writes all elements and the root, whose number it returns. */
unsigned pdf_tags_write(struct pdf_file *f);

#endif
