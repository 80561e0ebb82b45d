/*
 * mailing: the data of a bulk mailing, one row a letter, from a CSV file
 * with a header line, a JSON array of objects (or one object), or a file of
 * JSON lines. Rows are read one after the other; only a JSON array is held
 * as a whole.
 */
#ifndef VERB_MAILING_H
#define VERB_MAILING_H

#include <jansson.h>

#include "verb/config.h"
#include "verb/skim.h"

struct mailing;

struct mailing_row {
	size_t index;  /* from 0; a bad row counts too */
	unsigned line; /* its first, in the file */
	json_t *data;  /* a new reference to an object, or NULL: a bad row */
	const char *fault; /* of a bad row; lent until the next */
};

/*
 * The ending of the path tells the kind. encoding of CSV: NULL to find it,
 * see read/stream.h. Close with mailing_close.
 */
int mailing_open(const char *path, const char *encoding, struct mailing **out,
    struct err *e);
void mailing_close(struct mailing *m);

/*
 * ERR_DATA "FILE:LINE: ..." if a CSV file lacks the columns that an address
 * is made of, so that no row could be a letter.
 */
int mailing_check_address(const struct mailing *m, struct err *e);

/* 1 with the next row, 0 at the end, -1 if the file cannot be read. */
int mailing_next(struct mailing *m, struct mailing_row *row, struct err *e);

/*
 * The same without the data: passes over a row and fills the values of n
 * strings of it (skim.h), lent until the next. What is no row has none.
 */
int mailing_scan(struct mailing *m, struct mailing_row *row,
    struct skim *wanted, size_t n, struct err *e);

/*
 * Gives the data what every letter needs and they lack: `creditor` from the
 * configuration, `notice` with the date, and `debtor` from the columns
 * code, name, kind, language, line1 to line3, postcode, city, country.
 */
int mailing_complete(json_t *data, const struct config *config,
    const char *date, struct arena *a, struct err *e);

#endif
