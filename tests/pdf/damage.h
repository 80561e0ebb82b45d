/*
 * damage: what damage.c does to good letters, one row each, to prove that
 * the rules of check.h see it.
 */
#ifndef TESTS_PDF_DAMAGE_H
#define TESTS_PDF_DAMAGE_H

#include <stddef.h>

enum damage_kind {
	DAMAGE_SET,     /* the value at start + path becomes JSON `put` */
	DAMAGE_DELETE,  /* the value at start + path is gone */
	DAMAGE_REPLACE, /* `find` becomes `put` throughout that stream */
	DAMAGE_BYTES,   /* `find` becomes `put` in the bytes of the file */
	DAMAGE_JOIN,    /* written without newlines before endstream */
	DAMAGE_ENCRYPT  /* encrypted with an empty password */
};

/*
 * start: "/Root" of the trailer, "page" for the first page, or the first
 * object with such an entry: "/S=/TH". path: keys and array indexes, each
 * behind a slash.
 */
struct damage {
	const char *rule, *what;
	enum damage_kind kind;
	const char *start, *path, *find, *put;
};

extern const struct damage damage_rows[];
extern const size_t damage_rows_n;

#endif
