/*
 * err: the one way to fail.
 *
 * A function that can fail returns 0 or -1 and takes a `struct err *` as its
 * last parameter. Making an error is one statement:
 *
 *	return err_set(e, ERR_DATA, "bad IBAN '%s'", s);
 *
 * Callers add where it happened on the way up with err_add. The text says
 * what is wrong and what to do, in one line, without a final full stop.
 * Nothing here prints, allocates or exits.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err_kind {
	ERR_NONE,
	ERR_USAGE,  /* the command line or the configuration is wrong: exit 2 */
	ERR_DATA,   /* an input is wrong: refused, the rest goes on: exit 1 */
	ERR_SYSTEM, /* disk, memory map, network, library: exit 1 */
	ERR_BROKEN, /* what is kept does not hold together: exit 1 */
	ERR_BUSY    /* try again later: exit 75 */
};

struct err {
	enum err_kind kind;
	char text[1024]; /* UTF-8 whatever went in; cut at a character */
};

/* Records an error; always returns -1. */
int err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* ERR_SYSTEM with ": " and the text of errno appended; returns -1. */
int err_sys(struct err *e, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Puts "context: " before the text of an error; returns -1. */
int err_add(struct err *e, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#ifdef __clang_analyzer__ /* it reads one file: tell it what they return */
#define err_set(...) (err_set(__VA_ARGS__), -1)
#define err_sys(...) (err_sys(__VA_ARGS__), -1)
#define err_add(...) (err_add(__VA_ARGS__), -1)
#endif

#endif
