/*
 * pictures: the pictures of a workspace, for the letter engine that asks.
 *
 * A name is that of a file beside the text, or else of one in the workspace.
 * It never leads out of the workspace: it has no "..", is not absolute, and
 * no link along the way points elsewhere.
 */
#ifndef VERB_PICTURES_H
#define VERB_PICTURES_H

#include "base/err.h"
#include "letter/page.h"

/* letter_setup.picture; `dir`, a string, is the folder of the workspace. */
int pictures_read(const void *dir, const char *text, const char *name,
    struct arena *a, struct page_image *out, struct err *e);

#endif
