/*
 * doc: one PDF file as its objects, read by `qpdf --json=2`.
 *
 * Objects are qpdf's JSON: a name is "/Name", a reference "12 0 R", a text
 * string "u:text", any other string "b:hex", and keys keep their slash.
 * What is returned lives as long as the doc. Nothing is ever written to the
 * file, and no code of semonce's own PDF writer is used here.
 */
#ifndef TESTS_PDF_DOC_H
#define TESTS_PDF_DOC_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"

struct doc {
	const char *path;
	struct arena *arena;
	struct str raw;  /* the bytes of the file */
	json_t *json;    /* owns all below */
	json_t *objects; /* "obj:12 0 R": {"value": ..} or {"stream": ..} */
	json_t *trailer, *root; /* dictionaries; root is the catalog */
	json_t **pages;         /* page dictionaries in order */
	const char **page_refs; /* and their references */
	size_t n_pages;
	struct str page_faults; /* one line each; empty: a sound page tree */
};

struct bytes {
	const uint8_t *p;
	size_t n;
};

/* ERR_DATA if qpdf cannot read the file without a warning. */
int doc_open(const char *path, struct doc **out, struct err *e);
void doc_close(struct doc *d);

bool doc_is_ref(const json_t *v);

/*
 * What a reference stands for, a stream's dictionary for a stream; any other
 * value as it is. NULL for NULL, for null and for an object not there.
 */
json_t *doc_resolve(const struct doc *d, json_t *v);

/* doc_resolve of a dictionary's entry; NULL if v is no dictionary. */
json_t *doc_key(const struct doc *d, json_t *v, const char *key);

/* The entry as it stands, a reference included. */
json_t *doc_raw_key(const struct doc *d, json_t *v, const char *key);

/* doc_key of a page, or of the page tree above it. */
json_t *doc_inherited(const struct doc *d, json_t *page, const char *key);

/* The name behind a key with its slash, or "". */
const char *doc_name(const struct doc *d, json_t *v, const char *key);

/* The text string behind a key without "u:", or "". */
const char *doc_text(const struct doc *d, json_t *v, const char *key);

/* The number behind a key, or `none` if there is no whole number. */
long doc_int(const struct doc *d, json_t *v, const char *key, long none);

/* The decoded bytes of the stream a reference names; false if none. */
bool doc_stream(const struct doc *d, const json_t *ref, struct bytes *out);

/* Runs a program and keeps what it prints; *status is its exit status. */
int doc_run(const char *const argv[], struct str *out, int *status,
    struct err *e);

#endif
