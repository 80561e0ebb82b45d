/*
 * yaml: a YAML file to a C struct by a libcyaml schema, with errors a person
 * can act on: "FILE:LINE: unknown key 'tnoe'; ...".
 *
 * libcyaml reports an unknown key at the line of the value before it; the
 * line given here is the key's own. No aliases, at most 1 MB, UTF-8.
 */
#ifndef BASE_YAML_H
#define BASE_YAML_H

#include <cyaml/cyaml.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

/* Schema rows of a text of at most `most` bytes: one that must be there and
 * not be empty, and one that may be absent or null, then NULL. */
#define YAML_NEED(key, most, type, member) \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER, type, member, 1, most)
#define YAML_MAY(key, most, type, member)                                    \
	CYAML_FIELD_STRING_PTR(key,                                          \
	    CYAML_FLAG_POINTER_NULL_STR | CYAML_FLAG_OPTIONAL, type, member, \
	    0, most)

/* A text with what messages need. */
struct yaml_text {
	const char *name;    /* of its file */
	unsigned first_line; /* 1 for a whole file */
	const char *text;
	size_t n;
};

/* On 0 the caller gives *out back with yaml_free and the same schema. */
int yaml_parse(const struct yaml_text *t, const cyaml_schema_value_t *schema,
    void **out, struct err *e);

/* The same from a file. */
int yaml_load(const char *path, const cyaml_schema_value_t *schema, void **out,
    struct err *e);

/* Hidden: libyaml calls a yaml_free of its own, which ours must not replace. */
void yaml_free(const cyaml_schema_value_t *schema, void *p)
    __attribute__((visibility("hidden")));

/*
 * Line of `key` (a dotted path such as "smtp.url" or "accounts.1.iban") in
 * the text, or 0 if it is not there: for checks that come after parsing.
 */
unsigned yaml_line(const char *text, size_t n, const char *key);

struct yaml_pair {
	const char *key, *value;
};

/*
 * The scalar pairs of the top-level mapping `key`, in order, for mappings
 * whose keys are free; they live in the arena. None is no error.
 */
struct yaml_pair *yaml_pairs(const char *text, size_t n, const char *key,
    struct arena *a, size_t *count);

#endif
