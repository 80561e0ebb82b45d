/*
 * text: the source of a letter: a YAML head (subject, page, data, words)
 * between two lines of "---", then Markdown with tags. Parsed once for a run.
 */
#ifndef LETTER_TEXT_H
#define LETTER_TEXT_H

#include "letter/shelf.h"
#include "letter/template.h"

struct text {
	const char *path;
	const char *source;      /* the whole file, then its partials */
	size_t len, file_len;    /* of all, of the file */
	const char *page;        /* name of the geometry, or "" */
	const char *const *data; /* names its data bring, besides ours */
	size_t n_data;
	unsigned words; /* most it may have, or 0: what its kind may */
	const struct template *subject, *body;
};

/*
 * Reads the file at path, with partials from the shelf; it lives in the
 * shelf's arena. ERR_USAGE "FILE:LINE: …"
 */
int text_load(const char *path, struct shelf *shelf, struct text *out,
    struct err *e);

/*
 * Is the image that begins there alone in its paragraph? Tags that leave
 * nothing are no text, others may be.
 */
bool text_image_alone(const char *source, const char *image);

/*
 * Puts "FILE:LINE: " before an error about the image with this target, one
 * among text or any, or the file alone if tags make it up; returns -1.
 */
int text_blame(const struct text *t, const char *target, bool among,
    struct err *e);

#endif
