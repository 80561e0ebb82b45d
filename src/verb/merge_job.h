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
#include "verb/verb.h"

/* A row before its letter is made; they stand in the order of the data. */
struct merge_row {
	const char *key;   /* to sort by */
	const char *file;  /* name of its PDF, without folder, or NULL */
	const char *fault; /* why its name cannot be, or NULL */
	unsigned line;     /* in the file of the data */
	size_t index;      /* among its rows, from 0 */
	size_t place;      /* in the mailing, from 0 */
};

struct merge {
	const struct call *call;
	const struct config *config;
	const char *name, *data, *output, *page, *sort;
	const char *date; /* of the letters */
	bool one_file;    /* a print run, else one PDF each */
	size_t sheets;    /* a run is cut into files of so many; 0: it is not */
	bool duplex;      /* a letter begins on the front of a sheet */
	unsigned jobs;
	struct merge_row *rows;
	size_t n_rows;
};

enum merge_fate {
	MERGE_MADE,
	MERGE_REFUSED, /* this row; `text` says why */
	MERGE_STOPPED  /* the whole job; `text` says why */
};

/* What a job writes for each row; in a print run `size` bytes of PDF follow. */
struct merge_result {
	enum merge_fate fate;
	enum err_kind kind;
	unsigned line;
	size_t place, pages, size;
	char sha256[SHA256_HEX_SIZE];
	char debtor[200];
	char text[sizeof(((struct err *)0)->text)];
};

/* Does the rows whose place leaves `job` when divided by m->jobs. */
void merge_job(const struct merge *m, unsigned job, FILE *results);

#endif
