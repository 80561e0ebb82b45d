#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

/* For the analyzer err.h has macros of these names. */
#undef err_set
#undef err_sys
#undef err_add

/*
 * What a precision or the end of the text cuts in a character, and bytes of
 * a file that is no UTF-8, must not leave here as they are.
 */
static void
mend(char *text, size_t size)
{
	size_t n = strlen(text);
	long bad;

	bad = utf8_bad(text, n);
	if (bad != -1 && n + 1 == size && n - (size_t)bad < 4) {
		text[bad] = '\0';
		return;
	}
	for (; bad != -1; bad = utf8_bad(text, n))
		text[bad] = '?';
}

int
err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	va_list ap;

	e->kind = kind;
	va_start(ap, fmt);
	(void)vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	mend(e->text, sizeof(e->text));
	return -1;
}

int
err_sys(struct err *e, const char *fmt, ...)
{
	int saved = errno;
	char why[128];
	size_t n;
	va_list ap;

	e->kind = ERR_SYSTEM;
	va_start(ap, fmt);
	(void)vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	n = strlen(e->text);
	(void)snprintf(e->text + n, sizeof(e->text) - n, ": %s",
	    strerror_r(saved, why, sizeof(why)));
	mend(e->text, sizeof(e->text));
	return -1;
}

int
err_add(struct err *e, const char *fmt, ...)
{
	char old[sizeof(e->text)];
	size_t n;
	va_list ap;

	memcpy(old, e->text, sizeof(old));
	va_start(ap, fmt);
	(void)vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	n = strlen(e->text);
	(void)snprintf(e->text + n, sizeof(e->text) - n, ": %s", old);
	mend(e->text, sizeof(e->text));
	return -1;
}
