/*
 * shelf: the texts of one language and set (a tone), for one kind of debtor.
 *
 * They are sought in the workspace's letters/, then in the installation's
 * layouts/letter/; in each in LANG/TONE/, in the same folder of the set it
 * inherits, then in LANG/, where lies what the sets of a language share. A
 * set inherits by a file set.yaml in its folder, "inherits: formal".
 *
 * For a consumer NAME.consumer.md is sought through all these folders before
 * NAME.md in any: whoever has both never gets the one for business.
 *
 * A text that another names as {{>name}} is a partial: Markdown with tags,
 * without a head.
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
	bool consumer;
	struct arena *arena; /* where paths and sources live */
	/* made by shelf_open: in the order they are searched */
	const char **folders;
	size_t n_folders;
};

/* Finds the folders. ERR_USAGE for a wrong set.yaml or name. */
int shelf_open(struct shelf *s, struct err *e);

/* Path of the text, or NULL. */
const char *shelf_find(const struct shelf *s, const char *name);

/* ERR_USAGE: nobody has the text; names the folders searched. */
int shelf_lacks(const struct shelf *s, const char *name, struct err *e);

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
