#include "read/columns.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "base/utf8.h"

#define SHOWN_CHARS 40

/* A cell as a message shows it: short, and without control characters. */
static void
put_shown(struct str *s, const char *cell)
{
	const char *end = cell;
	char head[SHOWN_CHARS * 4 + 1];
	size_t i;

	for (i = 0; i < SHOWN_CHARS && *end != '\0'; i++)
		(void)utf8_next(&end);
	memcpy(head, cell, (size_t)(end - cell));
	head[end - cell] = '\0';
	str_put_visible(s, head);
	if (*end != '\0')
		str_puts(s, "…");
}

static size_t
find_column(const struct table *t, const char *name)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		if (strcasecmp(t->columns[i].name, name) == 0)
			return i;
	}
	return NOWHERE;
}

/* A column that only one table has says more than one that others have. */
static unsigned
score(const struct row *row, const struct table *const *tables, size_t n,
    size_t mine)
{
	unsigned points = 0, owners;
	size_t i, t;

	for (i = 0; i < row->n; i++) {
		if (find_column(tables[mine], row->cells[i]) == NOWHERE)
			continue;
		owners = 0;
		for (t = 0; t < n; t++)
			owners +=
			    find_column(tables[t], row->cells[i]) != NOWHERE;
		points += owners == 1 ? 10 : 1;
	}
	return points;
}

static const struct table *
find_table(const struct row *row, const struct table *const *tables, size_t n)
{
	const struct table *best = NULL;
	unsigned points, most = 9; /* one column of its own is the least */
	size_t t;

	for (t = 0; t < n; t++) {
		points = score(row, tables, n, t);
		if (points > most) {
			most = points;
			best = tables[t];
		}
	}
	return best;
}

static int
check_missing(const struct header *h, struct err *e)
{
	size_t i;

	for (i = 0; i < h->table->n; i++) {
		if (h->table->columns[i].required && h->place[i] == NOWHERE)
			return err_set(e, ERR_DATA,
			    "column '%s' is missing: a file of %s needs it, "
			    "add it to the header line",
			    h->table->columns[i].name, h->table->what);
	}
	return 0;
}

static int
column_twice(const char *name, struct err *e)
{
	return err_set(e, ERR_DATA,
	    "column '%.80s' is there twice: rename or delete one", name);
}

int
header_check(const char *const *names, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		if (names[i][0] == '\0')
			return err_set(e, ERR_DATA,
			    "column %zu has no name: name it or delete it",
			    i + 1);
		for (size_t k = 0; k < i; k++) {
			if (strcmp(names[i], names[k]) == 0)
				return column_twice(names[i], e);
		}
	}
	return 0;
}

/* Sets a cell's place among the columns or the notes. */
static int
place_cell(struct header *h, const struct row *row, size_t cell,
    struct arena *a, struct err *e)
{
	size_t column = find_column(h->table, row->cells[cell]);

	if (column == NOWHERE) {
		h->names[cell] = arena_str(a, row->cells[cell]);
		return 0;
	}
	if (h->place[column] != NOWHERE)
		return column_twice(row->cells[cell], e);
	h->place[column] = cell;
	return 0;
}

int
header_read(const struct row *row, const struct table *const *tables, size_t n,
    struct arena *a, struct header *out, struct err *e)
{
	struct header h = { .table = find_table(row, tables, n), .n = row->n };
	size_t i;

	if (row->fault != NULL)
		return err_set(e, ERR_DATA, "%s", row->fault);
	if (h.table == NULL)
		return err_set(e, ERR_DATA,
		    "no header line of debtors, invoices or payments: the "
		    "first line names the columns, separated by commas, "
		    "semicolons or tabs");
	if (header_check(row->cells, row->n, e) != 0)
		return -1;
	h.place = arena_array(a, h.table->n, sizeof(*h.place));
	h.names = arena_array(a, row->n, sizeof(*h.names));
	for (i = 0; i < h.table->n; i++)
		h.place[i] = NOWHERE;
	for (i = 0; i < row->n; i++) {
		if (place_cell(&h, row, i, a, e) != 0)
			return -1;
	}
	*out = h;
	return check_missing(out, e);
}

const char *
cell_raw(const struct line *l, size_t column)
{
	size_t place = l->header->place[column];

	return place == NOWHERE || place >= l->row->n ? ""
						      : l->row->cells[place];
}

int
cell_bad(const struct line *l, size_t column, const char *what,
    const char *advice, struct err *e)
{
	struct str s;

	str_init(&s, sizeof(e->text));
	put_shown(&s, cell_raw(l, column));
	(void)err_set(e, ERR_DATA, "bad %s '%s' in column %s: %s", what, s.p,
	    l->header->table->columns[column].name, advice);
	str_done(&s);
	return -1;
}

static int
is_empty(const struct line *l, size_t column, struct err *e)
{
	return err_set(e, ERR_DATA, "column %s is empty: fill it in",
	    l->header->table->columns[column].name);
}

/* Marks that turn text round: it would read as another name or address. */
static bool
turns_round(uint32_t u)
{
	return u == 0x061c || u == 0x200e || u == 0x200f ||
	    (u >= 0x2028 && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) ||
	    u == 0xfeff;
}

int
cell_text(const struct line *l, size_t column, const char **out, struct err *e)
{
	const struct column *c = &l->header->table->columns[column];
	const char *text = cell_raw(l, column), *p = text;
	/* Money is never turned away for how its text looks. */
	bool money = l->header->table->kind == RECORD_PAYMENTS;
	uint32_t u;

	if (c->required && text[0] == '\0')
		return is_empty(l, column, e);
	while ((u = utf8_next(&p)) != 0) {
		if (c->lines && (u == '\n' || u == '\r' || u == '\t'))
			continue;
		if (u < 0x20 || (u >= 0x7f && u < 0xa0) ||
		    (!money && turns_round(u)))
			return cell_bad(l, column, "text",
			    "write it in one line, without control characters",
			    e);
	}
	*out = arena_str(l->arena, text);
	return 0;
}

int
cell_date(const struct line *l, size_t column, date_t *out, struct err *e)
{
	const char *text = cell_raw(l, column);

	*out = DATE_NONE;
	if (text[0] == '\0')
		return l->header->table->columns[column].required
		    ? is_empty(l, column, e)
		    : 0;
	if (date_parse(text, out, e) != 0)
		return cell_bad(l, column, "date", "use YYYY-MM-DD", e);
	return 0;
}

int
cell_money(const struct line *l, size_t amount, size_t currency,
    struct money *out, struct err *e)
{
	if (cell_raw(l, amount)[0] == '\0')
		return is_empty(l, amount, e);
	if (money_zero(cell_raw(l, currency), out, e) != 0)
		return cell_bad(l, currency, "currency",
		    "use a code of ISO 4217 such as EUR", e);
	if (money_parse(cell_raw(l, amount), cell_raw(l, currency), out, e) !=
	    0)
		return cell_bad(l, amount, "amount",
		    "write it as 1234.56, with a point, without spaces, and "
		    "with no more decimals than the currency has",
		    e);
	return 0;
}

int
cell_word(const struct line *l, size_t column, const char *const *words,
    int otherwise, struct err *e)
{
	const char *text = cell_raw(l, column);
	struct str advice;
	int i;

	if (text[0] == '\0' && otherwise != -1)
		return otherwise;
	str_init(&advice, sizeof(e->text));
	str_puts(&advice, "use ");
	for (i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], text) == 0) {
			str_done(&advice);
			return i;
		}
		str_fmt(&advice, "%s%s", i == 0 ? "" : " or ", words[i]);
	}
	(void)cell_bad(l, column, "word", advice.p, e);
	str_done(&advice);
	return -1;
}

const char *
line_notes(const struct line *l)
{
	json_t *notes = json_object();
	const char *kept = "";
	char *text;
	size_t i;

	assert(notes != NULL);
	for (i = 0; i < l->header->n && i < l->row->n; i++) {
		if (l->header->names[i] == NULL || l->row->cells[i][0] == '\0')
			continue;
		if (json_object_set_new(notes, l->header->names[i],
			json_string(l->row->cells[i])) != 0)
			assert(!"a valid string goes into an object");
	}
	if (json_object_size(notes) > 0) {
		text = json_dumps(notes, JSON_COMPACT);
		assert(text != NULL);
		kept = arena_str(l->arena, text);
		free(text);
	}
	json_decref(notes);
	return kept;
}
