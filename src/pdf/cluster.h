/*
 * cluster: which glyphs of a run stand for which text.
 */
#ifndef PDF_CLUSTER_H
#define PDF_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>

#include "letter/page.h"

struct pdf_font;

/* A cluster of a run: glyphs that stand for a text together. */
struct pdf_cluster {
	size_t first, n;
	const char *text;
	size_t len;
	bool turns; /* it is read from right to left */
};

/* Is the run read from right to left? */
bool pdf_run_turns(const struct page_run *r);

/* Starts with a zeroed cluster; false behind the last one. */
bool pdf_cluster_next(const struct page_run *r, struct pdf_cluster *c);

/* Does it, which turns, stand for several characters? */
bool pdf_cluster_splits(const struct pdf_font *font,
    const struct pdf_cluster *c);

#endif
