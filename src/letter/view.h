/*
 * view: JSON data as a letter shows them.
 *
 * A view is a value together with the key it was found under, because the
 * data contract tells dates by their key: date, due, issued, sent_on,
 * deadline, on, and from, to, until if they look like one; a rate is a
 * percentage; a phone is kept on one line, an iban and a reference too,
 * in groups of four. An object with "minor" and
 * "currency" is an amount. `.short` asks for a date of figures, `.raw` for
 * the plain value.
 */
#ifndef LETTER_VIEW_H
#define LETTER_VIEW_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "letter/format.h"

#define VIEW_DEPTH 16 /* sections inside each other */

enum view_form {
	FORM_LETTER, /* as the language writes it */
	FORM_SHORT,  /* a date in figures */
	FORM_RAW     /* 1234.56, 2026-03-18 */
};

struct view {
	const json_t *value;
	const char *key;
	enum view_form form;
};

/* A dotted name; no parts: the value of the section itself, {{.}}. */
struct view_name {
	const char *const *parts;
	size_t n;
};

/* What names are looked up in, innermost last. */
struct view_stack {
	struct view frames[VIEW_DEPTH + 1];
	size_t n;
};

/*
 * The first part is sought from the innermost frame outwards, the rest only
 * in what it names. False if there is no such value.
 */
bool view_find(const struct view_stack *s, const struct view_name *name,
    struct view *out);

/*
 * No value: null, false, "", an empty list, a zero, an amount of zero. An
 * absent one is empty too; a section on it is left out.
 */
bool view_is_empty(struct view v);

/* Null or "": nothing was given, so there is nothing to print. */
bool view_is_blank(struct view v);

/* Appends plain text; ERR_DATA for what cannot be printed (a list …). */
int view_put(struct view v, struct formatter *f, struct str *out,
    struct err *e);

#endif
