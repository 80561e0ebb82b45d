/*
 * template: a Mustache template and JSON data to Markdown.
 *
 * Core of the Mustache specification: interpolation, sections, inverted
 * sections, comments, set delimiters; a partial is an error. Values are
 * inserted once and never read again; they are escaped for Markdown, so a
 * name such as *x* prints as written. A tag whose value is absent, null or
 * "" is an error, not a blank; a section on one is left out, as are those on
 * zero and on an amount of zero. Depth, loops and output are limited.
 *
 * Values are shown through a view that formats what the data contract
 * knows: {"minor","currency"} as an amount of the language, the date keys as
 * dates; `.raw` gives the plain value.
 */
#ifndef LETTER_TEMPLATE_H
#define LETTER_TEMPLATE_H

#include <jansson.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/err.h"

struct template;

/*
 * Parses text; `name` and first_line are for messages. It lives in the
 * arena and keeps pointers into text. ERR_USAGE "NAME:LINE: …".
 */
int template_parse(const char *name, unsigned first_line, const char *text,
    struct arena *a, struct template **out, struct err *e);

enum template_escape {
	ESCAPE_MARKDOWN, /* a letter */
	ESCAPE_NONE      /* a subject: one line of plain text */
};

/* Expands into out. ERR_USAGE "NAME:LINE: …" names a tag without value. */
int template_expand(const struct template *t, const json_t *data,
    const char *lang, enum template_escape escape, struct str *out,
    struct err *e);

#endif
