#include "letter/figures.h"

#include <assert.h>
#include <string.h>

#define LONGEST 1111111111111111111
#define TEXT    256

static bool
keep(const char *text, size_t n, char *out, size_t size)
{
	if (n >= size)
		return false;
	memcpy(out, text, n);
	out[n] = '\0';
	return true;
}

/* Takes the text of the longest amount apart at its digits, all of them 1. */
static bool
form_read(const char *text, struct figures_form *out)
{
	size_t n = strcspn(text, "1");

	if (!keep(text, n, out->before, sizeof(out->before)))
		return false;
	text += n;
	for (size_t i = FIGURES_DIGITS - 1; i > 0; i--) {
		if (*text++ != '1')
			return false;
		n = strcspn(text, "1");
		if (!keep(text, n, out->between[i], sizeof(out->between[i])))
			return false;
		text += n;
	}
	return *text == '1' && strchr(text + 1, '1') == NULL &&
	    keep(text + 1, strlen(text + 1), out->behind, sizeof(out->behind));
}

void
figures_put(const struct figures *f, int64_t minor, struct str *out)
{
	const struct figures_form *form = minor < 0 ? &f->minus : &f->plus;
	uint64_t left = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
	char digits[FIGURES_DIGITS + 1];
	size_t n = 0, point = (size_t)f->decimals;

	assert(f->known);
	for (; left > 0 || n <= point; left /= 10)
		digits[n++] = (char)('0' + left % 10);
	str_puts(out, form->before);
	for (size_t i = n; i-- > 0;) {
		str_putc(out, digits[i]);
		if (i > 0 && (i <= point || !f->bare || n - point > 4))
			str_puts(out, form->between[i]);
	}
	str_puts(out, form->behind);
}

/* Is an amount put as it would be told? */
static int
check(const struct figures *f, int64_t minor, figures_ask *ask, void *context,
    struct err *e)
{
	struct str told, put;
	int rc;

	str_init(&told, TEXT);
	str_init(&put, TEXT);
	rc = ask(context, minor, &told, e);
	figures_put(f, minor, &put);
	if (rc == 0)
		rc = strcmp(told.p, put.p) == 0;
	str_done(&put);
	str_done(&told);
	return rc;
}

/* 1 if all of all lengths are put as they are told. */
static int
check_lengths(const struct figures *f, figures_ask *ask, void *context,
    struct err *e)
{
	int64_t digits = 0;
	int same = 1;

	for (int i = 0; same == 1 && i < FIGURES_DIGITS - 1; i++) {
		same = check(f, digits, ask, context, e);
		if (same == 1 && digits > 0)
			same = check(f, -digits, ask, context, e);
		digits = 10 * digits + (i + 9) % 10;
	}
	return same;
}

static int
ask_form(int64_t minor, figures_ask *ask, void *context,
    struct figures_form *out, struct err *e)
{
	struct str text;
	int rc;

	str_init(&text, TEXT);
	rc = ask(context, minor, &text, e);
	if (rc == 0)
		rc = form_read(text.p, out);
	str_done(&text);
	return rc;
}

int
figures_learn(struct figures *f, int decimals, figures_ask *ask, void *context,
    struct err *e)
{
	int same;

	*f = (struct figures){ .decimals = decimals };
	same = ask_form(LONGEST, ask, context, &f->plus, e);
	if (same == 1)
		same = ask_form(-LONGEST, ask, context, &f->minus, e);
	f->known = same == 1;
	for (int bare = 0; bare < 2 && f->known; bare++) {
		f->bare = bare == 1;
		same = check_lengths(f, ask, context, e);
		if (same != 0)
			break;
	}
	f->known = same == 1;
	return same == -1 ? -1 : 0;
}
