/*
 * A window of the file lies in memory:
 *
 *	0 ... first ... second ... next ... len
 *	      row       its second line     what was read
 *
 * Invariants: first <= next <= len; the row being cut is [first, next), at
 * most ROW_MAX_BYTES of whole physical lines; bytes before first are done
 * with.
 */
#include "read/rows.h"

#include <assert.h>
#include <csv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "read/stream.h"

#define BLOCK_BYTES ((size_t)1 << 16)

struct rows {
	const char *path;
	struct hasher *hasher;
	struct stream *stream;
	bool told; /* its encoding was */
	char *window;
	size_t cap, len, first, second, next;
	unsigned line;  /* of the byte at next */
	bool eof, open; /* open: parser is to be freed */
	struct csv_parser parser;
	bool complete;   /* the parser has seen the end of the row */
	bool misread;    /* the row is not of its encoding */
	struct str text; /* cells of the row, each with its NUL */
	size_t *starts;  /* of each cell in text */
	const char **cells;
	size_t n, starts_cap, cells_cap;
	char fault[160];
};

/* What taking a physical line came to. */
enum taken {
	TAKEN_ERROR,
	TAKEN_END,
	TAKEN_LINE,
	TAKEN_TOO_LONG
};

static void
on_cell(void *cell, size_t n, void *data)
{
	struct rows *r = data;

	r->starts =
	    mem_grow(r->starts, &r->starts_cap, r->n + 1, sizeof(*r->starts));
	r->starts[r->n++] = r->text.len;
	if (n > 0)
		str_put(&r->text, cell, n);
	str_putc(&r->text, '\0');
}

static void
on_row(int end, void *data)
{
	struct rows *r = data;

	(void)end;
	r->complete = true;
}

static void
parser_start(struct rows *r, unsigned char delimiter)
{
	if (r->open)
		csv_free(&r->parser);
	/* csv_init only fails without a parser. */
	(void)csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(&r->parser, delimiter);
	csv_set_blk_size(&r->parser, BLOCK_BYTES);
	r->open = true;
}

/* Reads a block behind the window; what is done with makes room. */
static int
fill(struct rows *r, struct err *e)
{
	size_t n;

	if (r->first > 0) {
		memmove(r->window, r->window + r->first, r->len - r->first);
		r->len -= r->first;
		r->next -= r->first;
		r->second -= r->first;
		r->first = 0;
	}
	r->window = mem_grow(r->window, &r->cap, r->len + BLOCK_BYTES, 1);
	if (stream_read(r->stream, r->window + r->len, BLOCK_BYTES, &n, e) != 0)
		return -1;
	r->eof = n == 0;
	r->len += n;
	return 0;
}

/*
 * Length of the line at `at`, its end included, or 0 if the end is not in
 * the window. CR alone ends a line, but CR LF is one end: what follows a CR
 * has to be seen first.
 */
static size_t
line_length(const struct rows *r, size_t at)
{
	size_t i;

	for (i = at; i < r->len; i++) {
		if (r->window[i] == '\n')
			return i + 1 - at;
		if (r->window[i] != '\r')
			continue;
		if (i + 1 < r->len)
			return i + 1 - at + (r->window[i + 1] == '\n');
		return r->eof ? i + 1 - at : 0;
	}
	return r->eof ? r->len - at : 0;
}

/* The next physical line of the row is [*at, next) on TAKEN_LINE. */
static enum taken
take_line(struct rows *r, size_t *at, struct err *e)
{
	size_t n;

	while ((n = line_length(r, r->next)) == 0) {
		if (r->eof)
			return TAKEN_END;
		if (r->len - r->first > ROW_MAX_BYTES)
			return TAKEN_TOO_LONG;
		if (fill(r, e) != 0)
			return TAKEN_ERROR;
	}
	if (r->next + n - r->first > ROW_MAX_BYTES)
		return TAKEN_TOO_LONG;
	*at = r->next;
	r->next += n;
	r->line++;
	return TAKEN_LINE;
}

/* Passes over a line of any length without holding it. */
static int
skip_line(struct rows *r, struct err *e)
{
	size_t n;

	while ((n = line_length(r, r->first)) == 0 && !r->eof) {
		/* A CR at the end stays: LF may follow. */
		r->first = r->len - (r->window[r->len - 1] == '\r');
		r->next = r->second = r->first;
		if (fill(r, e) != 0)
			return -1;
	}
	r->first = r->next = r->first + n;
	r->line++;
	return 0;
}

static bool
is_blank(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (strchr(" \t\r\n", s[i]) == NULL || s[i] == '\0')
			return false;
	}
	return true;
}

/*
 * Semicolon or comma, whichever the first line has more of; tabs where it
 * has neither.
 */
static unsigned char
find_delimiter(const char *s, size_t n)
{
	size_t i, commas = 0, semicolons = 0, tabs = 0;
	bool quoted = false;

	for (i = 0; i < n; i++) {
		if (s[i] == '"')
			quoted = !quoted;
		commas += !quoted && s[i] == ',';
		semicolons += !quoted && s[i] == ';';
		tabs += !quoted && s[i] == '\t';
	}
	if (commas + semicolons == 0 && tabs > 0)
		return '\t';
	return semicolons > commas ? ';' : ',';
}

static void
set_fault(struct rows *r, const char *text)
{
	(void)snprintf(r->fault, sizeof(r->fault), "%s", text);
}

/* A line that is not what the file is read as spoils its row. */
static void
check_encoding(struct rows *r, size_t at)
{
	const char *encoding = stream_encoding(r->stream), *advice;

	if (r->misread || utf8_bad(r->window + at, r->next - at) == -1)
		return;
	advice = !r->told
	    ? "say how the file is encoded, such as --encoding windows-1252, or "
	    : strcasecmp(encoding, "UTF-8") != 0 ? "say another --encoding, or "
						 : "";
	(void)snprintf(r->fault, sizeof(r->fault),
	    "not %.20s: %ssave it again as CSV, UTF-8", encoding, advice);
	r->misread = true;
}

/* The row cannot be cut: it ends with its first line. */
static void
abandon(struct rows *r, unsigned line)
{
	r->next = r->second;
	r->line = line + 1;
	r->n = 0;
	parser_start(r, csv_get_delim(&r->parser));
}

static int
emit(struct rows *r, unsigned line, struct row *out)
{
	size_t i;

	assert(!r->text.over);
	r->cells =
	    mem_grow(r->cells, &r->cells_cap, r->n + 1, sizeof(*r->cells));
	for (i = 0; i < r->n; i++)
		r->cells[i] = r->text.p + r->starts[i];
	*out = (struct row){
		.line = line,
		.cells = r->cells,
		.n = r->n,
		.fault = r->fault[0] == '\0' ? NULL : r->fault,
		.misread = r->misread,
	};
	return 1;
}

/* The row did not end within its limit, or not before the file did. */
static int
cut_off(struct rows *r, unsigned line, struct err *e)
{
	if (r->line > line) {
		set_fault(r,
		    "a quote opens in this row and is not closed: "
		    "close it, or double it if it is part of the "
		    "text");
		abandon(r, line);
		return 0;
	}
	set_fault(r,
	    "the row is longer than 1 MB: check that this is the "
	    "right file, then shorten the row");
	r->n = 0;
	return skip_line(r, e);
}

/* Feeds [at, next); false if it breaks the rules of quoting. */
static bool
feed(struct rows *r, size_t at)
{
	const char *s = r->window + at;
	size_t n = r->next - at;

	if (r->fault[0] == '\0' && memchr(s, '\0', n) != NULL)
		set_fault(r, "a NUL byte: save the file again as CSV, UTF-8");
	return csv_parse(&r->parser, s, n, on_cell, on_row, r) == n;
}

/* Cuts the row that begins at `first`; 1 if it could be done. */
static int
cut(struct rows *r, unsigned line, struct err *e)
{
	size_t at = 0;

	do {
		switch (take_line(r, &at, e)) {
		case TAKEN_ERROR:
			return -1;
		case TAKEN_END:
			if (csv_fini(&r->parser, on_cell, on_row, r) == 0)
				return 1;
			return cut_off(r, line, e);
		case TAKEN_TOO_LONG:
			return cut_off(r, line, e);
		case TAKEN_LINE:
			if (at == r->first)
				r->second = r->next;
			check_encoding(r, at);
			if (feed(r, at))
				break;
			set_fault(r,
			    "a quote stands within a cell: put the "
			    "whole cell in quotes and double those "
			    "inside");
			abandon(r, line);
			return 0;
		}
	} while (!r->complete);
	return 1;
}

/* Moves to the first line that is not blank; 0 at the end of the file. */
static int
find_row(struct rows *r, struct err *e)
{
	size_t n;

	for (;;) {
		r->first = r->second = r->next;
		while ((n = line_length(r, r->next)) == 0 && !r->eof &&
		    r->len - r->first <= ROW_MAX_BYTES) {
			if (fill(r, e) != 0)
				return -1;
		}
		if (n == 0)
			return r->next < r->len;
		if (!is_blank(r->window + r->next, n))
			return 1;
		r->next += n;
		r->line++;
	}
}

int
rows_next(struct rows *r, struct row *out, struct err *e)
{
	unsigned line;
	int found = find_row(r, e);

	if (found != 1)
		return found;
	if (!r->open)
		parser_start(r,
		    find_delimiter(r->window + r->first,
			line_length(r, r->first)));
	line = r->line;
	r->complete = r->misread = false;
	r->n = 0;
	r->fault[0] = '\0';
	str_clear(&r->text);
	if (cut(r, line, e) == -1)
		return -1;
	return emit(r, line, out);
}

int
rows_open(const char *path, const char *encoding, struct hasher *h,
    struct rows **out, struct err *e)
{
	struct rows *r;
	struct stream *stream;

	if (stream_open(path, encoding, h, &stream, e) != 0)
		return -1;
	r = mem_alloc(sizeof(*r));
	*r = (struct rows){
		.path = path,
		.hasher = h,
		.stream = stream,
		.told = encoding != NULL,
		.line = 1,
	};
	/* Two bytes of text for one of the row: ",," is cells and their NULs */
	str_init(&r->text, 2 * ROW_MAX_BYTES + 2);
	*out = r;
	return 0;
}

void
rows_close(struct rows *r)
{
	stream_close(r->stream);
	if (r->open)
		csv_free(&r->parser);
	str_done(&r->text);
	free(r->window);
	free(r->starts);
	free(r->cells);
	free(r);
}

int
rows_hash(struct rows *r, char buf[SHA256_HEX_SIZE], struct err *e)
{
	uint8_t hash[SHA256_SIZE];

	assert(r->eof);
	if (hash_end(r->hasher, hash, e) != 0)
		return -1;
	(void)hash_hex(hash, buf);
	return 0;
}
