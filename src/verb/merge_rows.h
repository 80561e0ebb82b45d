/*
 * merge_rows: which letter of a mailing has which place in it, and which name
 * its file has: known before the first is made, at a few bytes a letter.
 */
#ifndef VERB_MERGE_ROWS_H
#define VERB_MERGE_ROWS_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/mem.h"

struct merge_rows;

/*
 * Reads the data once. encoding of CSV: NULL to find it; sort: the column to
 * sort by, or NULL; names: each letter is a file. ERR_USAGE if no row has that
 * column. Free with merge_rows_free.
 */
int merge_rows_read(const char *data, const char *encoding, const char *sort,
    bool names, struct merge_rows **out, struct err *e);
void merge_rows_free(struct merge_rows *r);

size_t merge_rows_count(const struct merge_rows *r);

/* From 0, of a row by its index in the data. */
size_t merge_rows_place(const struct merge_rows *r, size_t index);

/*
 * The name of a row's file, without folder, in the arena: the data say it, or
 * it is the place. ERR_DATA if it cannot be, or an earlier row has it.
 */
int merge_rows_name(const struct merge_rows *r, size_t index,
    const json_t *data, struct arena *a, const char **out, struct err *e);

#endif
