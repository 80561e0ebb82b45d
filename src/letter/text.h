/*
 * text: the source of a letter: a YAML head (subject, page) between two
 * lines of "---", then Markdown with tags. Parsed once for a run.
 */
#ifndef LETTER_TEXT_H
#define LETTER_TEXT_H

#include "letter/template.h"

struct text {
	const char *path;
	const char *source; /* the whole file */
	size_t len;
	const char *page; /* name of the geometry, or "" */
	const struct template *subject, *body;
};

/* Reads the file at path; it lives in the arena. ERR_USAGE "FILE:LINE: …" */
int text_load(const char *path, struct arena *a, struct text *out,
    struct err *e);

#endif
