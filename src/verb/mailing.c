#include "verb/mailing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "read/rows.h"
#include "verb/plain.h"
#include "read/tables.h"

#define FILE_MAX_BYTES ((size_t)256 << 20)
#define COLUMN_DEPTH   8

enum mailing_kind {
	MAILING_CSV,
	MAILING_JSON,
	MAILING_LINES
};

struct mailing {
	enum mailing_kind kind;
	const char *path;
	struct arena *arena; /* path, names of columns */
	size_t index;
	char fault[300];
	/* CSV */
	struct hasher *hasher;
	struct rows *rows;
	const char **columns; /* their line is `line` */
	size_t n_columns;
	/* JSON: what is read so far of the text */
	struct str text;
	size_t at;
	unsigned line;
	bool list, begun;
	/* JSON lines */
	FILE *file;
	char *buffer;
	size_t cap, len;
	json_t *last; /* the row that mailing_scan lends strings of */
};

/* By the ending; tables with tabs have others. */
static int
find_kind(const char *path, enum mailing_kind *kind)
{
	static const struct {
		const char *ending;
		enum mailing_kind kind;
	} endings[] = {
		{ ".csv", MAILING_CSV },
		{ ".tsv", MAILING_CSV },
		{ ".txt", MAILING_CSV },
		{ ".json", MAILING_JSON },
		{ ".jsonl", MAILING_LINES },
	};
	size_t n = strlen(path);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t k = strlen(endings[i].ending);

		*kind = endings[i].kind;
		if (n > k && strcasecmp(path + n - k, endings[i].ending) == 0)
			return 0;
	}
	return -1;
}

/*
 * A column of debtors.csv is known in capitals, too; any other is the name of
 * a tag, as it stands.
 */
static const char *
column_name(const char *cell, struct arena *a)
{
	const struct table *t = &debtors_table;

	for (size_t i = 0; i < t->n; i++)
		if (strcasecmp(cell, t->columns[i].name) == 0)
			return t->columns[i].name;
	return strcasecmp(cell, "file") == 0 ? "file" : arena_str(a, cell);
}

static int
read_header(struct mailing *m, struct err *e)
{
	struct row row;
	int found = rows_next(m->rows, &row, e);

	if (found == -1)
		return -1;
	if (found == 0)
		return err_set(e, ERR_DATA,
		    "%s:1: the file is empty: the first line names the columns",
		    m->path);
	if (row.fault != NULL)
		return err_set(e, ERR_DATA, "%s:%u: %s", m->path, row.line,
		    row.fault);
	m->columns = arena_array(m->arena, row.n, sizeof(*m->columns));
	m->n_columns = row.n;
	for (size_t i = 0; i < row.n; i++)
		m->columns[i] = column_name(row.cells[i], m->arena);
	if (header_check(m->columns, row.n, e) != 0)
		return err_add(e, "%s:%u", m->path, row.line);
	m->line = row.line;
	return 0;
}

static int
open_file(struct mailing *m, const char *encoding, struct err *e)
{
	if (encoding != NULL && m->kind != MAILING_CSV)
		return err_set(e, ERR_USAGE,
		    "%s: JSON is always UTF-8: leave --encoding out", m->path);
	switch (m->kind) {
	case MAILING_CSV:
		if (hasher_new(&m->hasher, e) != 0 ||
		    rows_open(m->path, encoding, m->hasher, &m->rows, e) != 0)
			return -1;
		return read_header(m, e);
	case MAILING_JSON:
		return file_read(m->path, &m->text, e);
	case MAILING_LINES:
		m->file = fopen(m->path, "re");
		if (m->file == NULL)
			return err_sys(e, "%s: cannot open", m->path);
		return 0;
	}
	abort();
}

int
mailing_open(const char *path, const char *encoding, struct mailing **out,
    struct err *e)
{
	enum mailing_kind kind;
	struct mailing *m;

	if (find_kind(path, &kind) != 0)
		return err_set(e, ERR_USAGE,
		    "%s: end its name in .csv, .tsv, .txt, .json or .jsonl, as "
		    "it is",
		    path);
	m = mem_alloc(sizeof(*m));
	m->kind = kind;
	m->arena = arena_new();
	m->path = arena_str(m->arena, path);
	m->line = 1;
	str_init(&m->text, FILE_MAX_BYTES);
	if (open_file(m, encoding, e) != 0) {
		mailing_close(m);
		return -1;
	}
	*out = m;
	return 0;
}

void
mailing_close(struct mailing *m)
{
	if (m == NULL)
		return;
	if (m->rows != NULL)
		rows_close(m->rows);
	hasher_free(m->hasher);
	if (m->file != NULL)
		(void)fclose(m->file);
	free(m->buffer);
	json_decref(m->last);
	str_done(&m->text);
	arena_free(m->arena);
	free(m);
}

static bool
has_column(const struct mailing *m, const char *start, size_t len)
{
	for (size_t i = 0; i < m->n_columns; i++)
		if (strncmp(m->columns[i], start, len) == 0)
			return true;
	return false;
}

int
mailing_check_address(const struct mailing *m, struct err *e)
{
	static const char *const needed[] = { "name", "city" };

	if (m->kind != MAILING_CSV ||
	    has_column(m, "debtor.", strlen("debtor.")))
		return 0;
	for (size_t i = 0; i < 2; i++) {
		if (!has_column(m, needed[i], strlen(needed[i]) + 1))
			return err_set(e, ERR_DATA,
			    "%s:%u: column '%s' is missing: every letter needs "
			    "name and city, or debtor.name and debtor.lines; "
			    "add it to the header line",
			    m->path, m->line, needed[i]);
	}
	return 0;
}

/* "debtor.name" is the member `name` of the object `debtor`. */
static int
set_column(json_t *object, const char *column, const char *cell)
{
	char name[120];
	const char *dot;
	json_t *inner;

	for (int depth = 0; depth < COLUMN_DEPTH; depth++) {
		dot = strchr(column, '.');
		if (dot == NULL)
			return json_object_set_new(object, column,
			    json_string(cell));
		(void)snprintf(name, sizeof(name), "%.*s", (int)(dot - column),
		    column);
		inner = json_object_get(object, name);
		if (inner == NULL) {
			inner = json_object();
			if (json_object_set_new(object, name, inner) != 0)
				return -1;
		}
		object = inner;
		column = dot + 1;
	}
	return -1;
}

static int
next_csv(struct mailing *m, struct mailing_row *row, struct err *e)
{
	struct row r;
	int found = rows_next(m->rows, &r, e);

	if (found != 1)
		return found;
	row->line = r.line;
	if (r.fault != NULL || r.n != m->n_columns) {
		(void)snprintf(m->fault, sizeof(m->fault),
		    "%zu cells, the header line has %zu: add or delete "
		    "separators, or put a cell that holds one in quotes",
		    r.n, m->n_columns);
		row->fault = r.fault != NULL ? r.fault : m->fault;
		return 1;
	}
	row->data = json_object();
	for (size_t i = 0; i < r.n && row->data != NULL; i++) {
		if (set_column(row->data, m->columns[i], r.cells[i]) == 0)
			continue;
		(void)snprintf(m->fault, sizeof(m->fault),
		    "column '%.60s' goes into another one: rename it",
		    m->columns[i]);
		row->fault = m->fault;
		json_decref(row->data);
		row->data = NULL;
	}
	return 1;
}

static void
skip(struct mailing *m, const char *what)
{
	for (; m->at < m->text.len && strchr(what, m->text.p[m->at]) != NULL;
	     m->at++)
		m->line += m->text.p[m->at] == '\n';
}

static void
not_an_object(struct mailing *m, struct mailing_row *row)
{
	if (json_is_object(row->data))
		return;
	json_decref(row->data);
	row->data = NULL;
	(void)snprintf(m->fault, sizeof(m->fault),
	    "not an object: write the names and values of a letter in { }");
	row->fault = m->fault;
}

/* 1 before an element, 0 at the end, -1 where neither is. */
static int
find_element(struct mailing *m, struct err *e)
{
	bool first = !m->begun, end = m->begun && !m->list;

	skip(m, " \t\r\n");
	if (first && m->text.p[m->at] == '[') {
		m->list = true;
		m->at++;
		skip(m, " \t\r\n");
	}
	if (m->list && m->text.p[m->at] == ']') {
		m->at++;
		end = true;
	}
	if (end) {
		skip(m, " \t\r\n");
		if (m->at == m->text.len)
			return 0;
	} else if (first) {
		return 1;
	} else if (m->text.p[m->at] == ',') {
		m->at++;
		skip(m, " \t\r\n");
		return 1;
	}
	return err_set(e, ERR_DATA, "%s:%u: not expected here: %.20s; %s",
	    m->path, m->line, m->text.p + m->at,
	    "correct the JSON, one list of objects");
}

/* An element at a time, so that each has its line. */
static int
next_json(struct mailing *m, struct mailing_row *row, struct err *e)
{
	const size_t flags =
	    JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK | JSON_DECODE_ANY;
	int found = find_element(m, e);
	json_error_t why;
	size_t end;

	if (found != 1)
		return found;
	m->begun = true;
	row->line = m->line;
	row->data =
	    json_loadb(m->text.p + m->at, m->text.len - m->at, flags, &why);
	if (row->data == NULL)
		return err_set(e, ERR_DATA, "%s:%u: %s: correct the JSON",
		    m->path, m->line + (unsigned)why.line - 1, why.text);
	for (end = m->at + (size_t)why.position; m->at < end; m->at++)
		m->line += m->text.p[m->at] == '\n';
	not_an_object(m, row);
	return 1;
}

static int
read_line(struct mailing *m, struct mailing_row *row, struct err *e)
{
	ssize_t n;

	do {
		n = getline(&m->buffer, &m->cap, m->file);
		if (n == -1 && ferror(m->file) != 0)
			return err_sys(e, "%s: cannot read", m->path);
		if (n == -1)
			return 0;
		row->line = m->line++;
	} while (m->buffer[strspn(m->buffer, " \t\r\n")] == '\0');
	m->len = (size_t)n;
	return 1;
}

static void
parse_line(struct mailing *m, struct mailing_row *row)
{
	json_error_t why;

	row->data = plain_load(m->buffer, m->len);
	if (row->data != NULL)
		return;
	row->data = json_loadb(m->buffer, m->len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	if (row->data != NULL) {
		not_an_object(m, row);
		return;
	}
	(void)snprintf(m->fault, sizeof(m->fault), "%s: correct the JSON",
	    why.text);
	row->fault = m->fault;
}

int
mailing_next(struct mailing *m, struct mailing_row *row, struct err *e)
{
	int found = -1;

	*row = (struct mailing_row){ .index = m->index };
	switch (m->kind) {
	case MAILING_CSV:
		found = next_csv(m, row, e);
		break;
	case MAILING_JSON:
		found = next_json(m, row, e);
		break;
	case MAILING_LINES:
		found = read_line(m, row, e);
		if (found == 1)
			parse_line(m, row);
		break;
	}
	m->index += found == 1;
	return found;
}

static void
find_strings(const json_t *data, struct skim *wanted, size_t n)
{
	const json_t *debtor = json_object_get(data, "debtor");

	for (size_t i = 0; i < n; i++) {
		const json_t *v = NULL;

		if (wanted[i].name != NULL)
			v = json_object_get(data, wanted[i].name);
		if (wanted[i].name != NULL && !json_is_string(v))
			v = json_object_get(debtor, wanted[i].name);
		wanted[i].value = json_string_value(v);
		wanted[i].len = json_string_length(v);
	}
}

int
mailing_scan(struct mailing *m, struct mailing_row *row, struct skim *wanted,
    size_t n, struct err *e)
{
	int found;

	json_decref(m->last);
	m->last = NULL;
	if (m->kind != MAILING_LINES) {
		found = mailing_next(m, row, e);
	} else {
		*row = (struct mailing_row){ .index = m->index };
		found = read_line(m, row, e);
		m->index += found == 1;
		if (found == 1 &&
		    (n == 0 || skim_strings(m->buffer, m->len, wanted, n)))
			return 1;
		if (found == 1)
			parse_line(m, row);
	}
	m->last = row->data;
	row->data = NULL;
	find_strings(m->last, wanted, n);
	return found;
}
