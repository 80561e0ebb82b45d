/*
 * escape: a value so that it prints as written, wherever a template puts it.
 *
 * Line ends, tabs and other control characters become spaces: a value cannot
 * leave its line, its table cell or its paragraph. Bidirectional overrides
 * and isolates are dropped: they could turn the figures that follow around.
 * What runs from right to left is put in an isolate of ours, for the same
 * reason (not in HTML).
 */
#ifndef LETTER_ESCAPE_H
#define LETTER_ESCAPE_H

#include "base/mem.h"
#include "base/str.h"

/*
 * Appends valid UTF-8 as Markdown that means exactly this text, also at the
 * start of a line, in a table cell, a link text or a link target. Not inside
 * a code span, where Markdown knows no escapes.
 */
void escape_markdown(const char *text, struct str *out);

/* Appends the text as HTML that shows it; nothing else is changed. */
void escape_html(const char *text, struct str *out);

/* Appends valid UTF-8 as one line of plain text. */
void escape_line(const char *text, struct str *out);

/* The same in the arena. */
const char *escape_plain(struct arena *a, const char *text);

#endif
