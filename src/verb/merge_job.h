/*
 * merge_job: one process of a mailing. It reads the data itself, makes every
 * letter that is its turn, and writes what became of each into a file that
 * its parent reads when all have ended.
 */
#ifndef VERB_MERGE_JOB_H
#define VERB_MERGE_JOB_H

#include <stdio.h>

#include "base/hash.h"
#include "verb/config.h"
#include "verb/merge_past.h"
#include "verb/merge_rows.h"
#include "verb/verb.h"

struct merge {
	const struct call *call;
	const struct config *config;
	const char *name, *data, *output, *page, *sort;
	const char *encoding; /* of CSV data; NULL: found */
	const char *date;     /* of the letters */
	bool one_file;        /* a print run, else one PDF each */
	size_t sheets; /* a run is cut into files of so many; 0: it is not */
	bool duplex;   /* a letter begins on the front of a sheet */
	unsigned jobs;
	struct merge_rows *rows;
	struct merge_past *past; /* of an earlier run; NULL: none is known */
};

#define MERGE_FILE_MAX 256 /* bytes of a file's name, with its NUL */

enum merge_fate {
	MERGE_MADE,
	MERGE_REFUSED, /* this row; `text` says why */
	MERGE_STOPPED  /* the whole job; `text` says why */
};

/*
 * What a job writes for each row, without the unused end of `words`; in a
 * print run `size` bytes of PDF follow.
 */
struct merge_result {
	enum merge_fate fate;
	enum err_kind kind;
	unsigned line, n_words;
	size_t place, pages, size;
	char sha256[SHA256_HEX_SIZE];
	char words[MERGE_FILE_MAX + sizeof(((struct err *)0)->text)];
};

/* What `words` begins with: who it is for, or why there is no letter. */
const char *merge_result_text(const struct merge_result *r);

/* And behind it: the name of the file, without folder; "" in a print run. */
const char *merge_result_file(const struct merge_result *r);

/*
 * The warning behind the last one, or the first; NULL: no more. It ends with
 * its line.
 */
const char *merge_result_warning(const struct merge_result *r, const char *last,
    uint32_t *code_point);

/* 1, 0 at the end of the file; -1 */
int merge_result_read(FILE *results, struct merge_result *r, struct err *e);

/* Does the rows whose place leaves `job` when divided by m->jobs. */
void merge_job(const struct merge *m, unsigned job, FILE *results);

#endif
