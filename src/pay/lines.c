#include "pay/lines.h"

#include <stdbool.h>
#include <string.h>

int
lines_cut(const char *text, size_t n, struct arena *a, struct lines *out,
    struct err *e)
{
	const char *p = text, *end = text + n;
	bool crlf = out->separator == '\n' && memchr(p, '\r', n) != NULL;

	for (size_t i = 0; i < out->max; i++)
		out->v[i] = "";
	for (out->n = 0; p <= end; out->n++) {
		const char *stop = memchr(p, out->separator, (size_t)(end - p));
		size_t len = (size_t)((stop != NULL ? stop : end) - p);

		if (out->n == out->max && len == 0 && stop == NULL)
			break; /* one separator more is common */
		if (out->n == out->max)
			return err_set(e, ERR_DATA, "more than %zu fields",
			    out->max);
		if (crlf && stop != NULL && (len == 0 || p[--len] != '\r'))
			return err_set(e, ERR_DATA,
			    "line %zu ends in another way than the others",
			    out->n + 1);
		out->v[out->n] = arena_strn(a, p, len);
		p += len + (crlf && stop != NULL) + 1;
	}
	return 0;
}
