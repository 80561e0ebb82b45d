/*
 * shelf: the texts of one language and tone: own ones in LANG/TONE/ of the
 * workspace's letters/, then those of the installation. A text that another
 * names as {{>name}} is a partial: Markdown with tags, without a head.
 */
#ifndef LETTER_SHELF_H
#define LETTER_SHELF_H

#include <stdbool.h>

#include "base/err.h"
#include "base/mem.h"
#include "letter/template.h"

struct shelf {
	const char *own;     /* folder of the workspace's letters/, or "" */
	const char *layouts; /* folder of the installation's layouts */
	const char *lang, *tone;
	struct arena *arena; /* where paths and sources live */
};

/* Path of NAME.md, own before built-in, or NULL. */
const char *shelf_find(const struct shelf *s, const char *name);

/* True if the path that was found is the workspace's. */
bool shelf_is_own(const struct shelf *s, const char *path);

/* A part of a path: letters, digits, '-' and '_'. ERR_USAGE "what 'name'". */
int shelf_check_name(const char *what, const char *name, struct err *e);

/* The source of a text in the arena, with a NUL. ERR_USAGE if not UTF-8. */
int shelf_read(const char *path, struct arena *a, const char **out, size_t *n,
    struct err *e);

/* What a template_lender wants; the context is a struct shelf. */
int shelf_lend(void *shelf, const char *name, struct template_text *out,
    struct err *e);

#endif
