/*
 * progress: one line on a terminal for work that takes long.
 *
 * Shows "write 37/120" on standard error when that is a terminal, and nothing
 * in a pipe. It never changes what the work does.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
	const char *label;
	size_t done, total;
	bool shown;  /* standard error is a terminal and -q was not given */
	int percent; /* last percentage drawn */
};

void progress_init(struct progress *p, const char *label, size_t total,
    bool quiet);
void progress_step(struct progress *p);
/* Clears the line. */
void progress_done(struct progress *p);

#endif
