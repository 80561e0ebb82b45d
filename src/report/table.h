/*
 * table: rows of text in aligned columns, for a terminal or a pipe. Columns
 * are as wide as their widest cell; numbers stand to the right. What is long
 * stands in the last column or in a note under its row, and goes on in the
 * next line, so that lines stay within TABLE_WIDTH where words can break.
 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include <stdio.h>

#include "base/mem.h"

#define TABLE_COLUMNS 8
#define TABLE_WIDTH   100

struct table_note {
	size_t after; /* cells before it */
	const char *text;
};

struct table {
	struct arena *arena;
	size_t columns;
	const char *right; /* one character a column: '>' right, '<' left */
	const char **cells;
	size_t n, cap; /* cells */
	struct table_note *notes;
	size_t n_notes, notes_cap;
};

/* `right` gives the number of columns. Rows live in an arena of its own. */
void table_init(struct table *t, const char *right);
void table_done(struct table *t);

/* Adds a cell; control characters are made visible. */
void table_cell(struct table *t, const char *text);

/* The same, cut to a number of characters, the last one then "…". */
void table_short_cell(struct table *t, const char *text, size_t width);

/* Words under the row that ended last, from its second column on. */
void table_note(struct table *t, const char *text);

/* Prints it; the first row is the head, underlined. */
void table_print(const struct table *t, FILE *out);

#endif
