/*
 * rows: a CSV file cut into rows by libcsv, in one pass and bounded memory.
 *
 * It counts physical lines (a line break within quotes is one too), finds
 * the delimiter in the first line: comma, semicolon, or tab where there is
 * neither; passes over blank lines, and refuses what no cell can hold: a row
 * over 1 MB, NUL, and what is not of its encoding. After a bad row it goes on
 * at the line after the row's first one, so a quote that is never closed costs
 * one line, not the rest of the file.
 */
#ifndef READ_ROWS_H
#define READ_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/hash.h"

#define ROW_MAX_BYTES ((size_t)1 << 20)

struct row {
	unsigned line;            /* its first, from 1 */
	const char *const *cells; /* lent until the next call */
	size_t n;                 /* 0 if the row could not be cut */
	const char *fault;        /* NULL, or what is wrong; lent likewise */
	bool misread;             /* its fault: not of the file's encoding */
};

struct rows;

/*
 * Opens a file; its bytes go through the hasher until rows_close. encoding:
 * NULL to find it; see stream.h.
 */
int rows_open(const char *path, const char *encoding, struct hasher *h,
    struct rows **out, struct err *e);
void rows_close(struct rows *r);

/* 1 with the next row, 0 at the end of the file, -1 if it cannot be read. */
int rows_next(struct rows *r, struct row *out, struct err *e);

/* After the end: the hash of the whole file. */
int rows_hash(struct rows *r, char buf[SHA256_HEX_SIZE], struct err *e);

#endif
