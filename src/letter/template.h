/*
 * template: a Mustache template and JSON data to Markdown.
 *
 * Core of the Mustache specification: interpolation, sections, inverted
 * sections, comments, set delimiters, partials. Values are
 * inserted once and never read again; they are escaped for Markdown, so a
 * name such as *x* prints as written. A tag whose value is absent, null or
 * "" is an error, not a blank; a section on one is left out, as are those on
 * zero and on an amount of zero. Depth, loops and output are limited, also
 * of a partial that contains itself.
 *
 * Values are shown through a view that formats what the data contract
 * knows: {"minor","currency"} as an amount of the language, the date keys as
 * dates; `.raw` gives the plain value.
 */
#ifndef LETTER_TEMPLATE_H
#define LETTER_TEMPLATE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"

struct formatter;
struct template;

/*
 * Parses text, which has no partials; `name` and first_line are for
 * messages. It lives in the arena and keeps pointers into text. ERR_USAGE
 * "NAME:LINE: …".
 */
int template_parse(const char *name, unsigned first_line, const char *text,
    struct arena *a, struct template **out, struct err *e);

/* A text with what messages need. */
struct template_text {
	const char *name; /* of its file */
	unsigned first_line;
	const char *text;
};

/* Who knows the partials. */
struct template_lender {
	/*
	 * Lends the text of {{>name}}, which outlives the template. Without
	 * such a text, out->text stays NULL.
	 */
	int (*lend)(void *context, const char *name, struct template_text *out,
	    struct err *e);
	void *context;
	/* As the specification wants: no value, no partial is a blank. */
	bool lenient;
};

/* The same with partials; a partial nobody has is ERR_USAGE. */
int template_parse_with(const struct template_text *text,
    const struct template_lender *lender, struct arena *a,
    struct template **out, struct err *e);

/* Appends the sources of all partials the template reaches. */
void template_partials(const struct template *t, struct str *out);

enum template_escape {
	ESCAPE_MARKDOWN, /* a letter */
	ESCAPE_NONE,     /* a subject: one line of plain text */
	ESCAPE_HTML      /* as the specification wants */
};

/* Expands into out. ERR_USAGE "NAME:LINE: …" names a tag without value. */
int template_expand(const struct template *t, const json_t *data,
    const char *lang, enum template_escape escape, struct str *out,
    struct err *e);

/* The same with a formatter that is open already. */
int template_fill(const struct template *t, const json_t *data,
    struct formatter *format, enum template_escape escape, struct str *out,
    struct err *e);

#endif
