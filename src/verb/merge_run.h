/*
 * merge_run: what the jobs made, in the order of the mailing: print files,
 * each written as soon as it is full, and the manifest, written last.
 */
#ifndef VERB_MERGE_RUN_H
#define VERB_MERGE_RUN_H

#include <sys/types.h>

#include "verb/merge_job.h"

/* A job's process and what it wrote. */
struct merge_work {
	FILE *results;
	pid_t pid;
	bool died;
};

struct merge_sum {
	size_t letters, pages, refused;
};

/* Takes the results of all jobs; names the refused on standard error. */
int merge_collect(const struct merge *m, const struct merge_work *work,
    struct merge_sum *sum, struct err *e);

/* FILE.csv beside FILE.pdf, manifest.csv in a folder; in the arena. */
const char *merge_manifest(const struct merge *m, struct arena *a);

#endif
