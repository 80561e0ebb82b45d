/*
 * columns: the native tables, their columns, and typed cells.
 *
 * A header line names a table's columns in any order; what a table does not
 * know is kept as notes. Messages name the column and what to write instead.
 */
#ifndef READ_COLUMNS_H
#define READ_COLUMNS_H

#include "base/mem.h"
#include "read/rows.h"
#include "semonce.h"

struct column {
	const char *name;
	bool required; /* the column; the cell too, unless the row says */
	bool lines;    /* line breaks and tabs are part of its text */
};

struct table {
	enum record_kind kind;
	const char *what; /* "debtors", … */
	const struct column *columns;
	size_t n;
};

/* A header line, understood. */
struct header {
	const struct table *table;
	size_t *place;      /* of each column of the table, or NOWHERE */
	const char **names; /* of each cell that is a note, or NULL */
	size_t n;           /* cells */
};

#define NOWHERE ((size_t)-1)

/* One data row with all that is needed to read it. */
struct line {
	const struct header *header;
	const struct row *row;
	struct arena *arena; /* for what is kept */
};

/* ERR_DATA if one of the names is empty or there twice. */
int header_check(const char *const *names, size_t n, struct err *e);

/*
 * Finds which of the tables the header line belongs to. ERR_DATA, without
 * file and line, if it is none, lacks a column or has one twice.
 */
int header_read(const struct row *row, const struct table *const *tables,
    size_t n, struct arena *a, struct header *out, struct err *e);

/* The cell as it stands, "" if there is none; lent with the row. */
const char *cell_raw(const struct line *l, size_t column);

/* Kept text; ERR_DATA if it has control characters (but for payments, marks of
 * direction are taken as they are), or needs and lacks one. */
int cell_text(const struct line *l, size_t column, const char **out,
    struct err *e);

/* DATE_NONE for an empty cell of a column that may be empty. */
int cell_date(const struct line *l, size_t column, date_t *out, struct err *e);

/* Amount and currency from two columns. */
int cell_money(const struct line *l, size_t amount, size_t currency,
    struct money *out, struct err *e);

/*
 * Index of the cell's word in `words`; an empty cell is `otherwise`, and is
 * refused if that is -1.
 */
int cell_word(const struct line *l, size_t column, const char *const *words,
    int otherwise, struct err *e);

/* "bad WHAT 'CELL' in column NAME: ADVICE"; returns -1. */
int cell_bad(const struct line *l, size_t column, const char *what,
    const char *advice, struct err *e);

/* Cells of unknown columns as a JSON object in the arena, or "". */
const char *line_notes(const struct line *l);

#endif
