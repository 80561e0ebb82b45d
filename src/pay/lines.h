/*
 * lines: payment codes that are a list of lines, or of cells, cut apart.
 * Pure.
 */
#ifndef PAY_LINES_H
#define PAY_LINES_H

#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

struct lines {
	const char **v; /* room for max of them, in the caller */
	size_t max, n;
	char separator;
};

/*
 * Cuts n bytes at each separator into pieces in the arena; of v those not
 * there are "". A separator '\n' takes "\r\n" too, but one kind only.
 * ERR_DATA for more than max.
 */
int lines_cut(const char *text, size_t n, struct arena *a, struct lines *out,
    struct err *e);

#endif
