/*
 * table: rows of text in aligned columns, for a terminal or a pipe. Columns
 * are as wide as their widest cell; numbers stand to the right.
 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include <stdio.h>

#include "base/mem.h"

#define TABLE_COLUMNS 8

struct table {
	struct arena *arena;
	size_t columns;
	const char *right; /* one character a column: '>' right, '<' left */
	const char **cells;
	size_t n, cap; /* cells */
};

/* `right` gives the number of columns. Rows live in an arena of its own. */
void table_init(struct table *t, const char *right);
void table_done(struct table *t);

/* Adds a cell; control characters are made visible. */
void table_cell(struct table *t, const char *text);

/* The same, cut to a number of characters, the last one then "…". */
void table_short_cell(struct table *t, const char *text, size_t width);

/* Prints it; the first row is the head, underlined. */
void table_print(const struct table *t, FILE *out);

#endif
