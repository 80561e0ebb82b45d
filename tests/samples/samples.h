/*
 * samples: the fictitious customers and invoices of samples/, as tables.
 * Nobody and nothing in them exists.
 */
#ifndef SAMPLES_H
#define SAMPLES_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/date.h"

struct sample_debtor {
	const char *name;
	const char *kind; /* business, consumer, public */
	const char *language, *mailbox;
	const char *line1, *line2, *postcode, *city, *country;
	const char *channel;  /* the debtor's wish, or "" */
	const char *currency; /* of its invoices */
	int least, most;      /* usual amounts, in whole units */
	int terms;            /* days from issue to due date */
};

/* What became of an invoice. */
enum fate {
	OPEN,     /* nothing paid */
	PROMPT,   /* paid on its due date */
	LATE,     /* paid some ten days after it */
	SLOW,     /* paid some five weeks after it */
	PART,     /* two fifths paid, then nothing */
	OVER,     /* paid, and 150 too much */
	TWICE,    /* paid twice, the second time without a number */
	REVERSED, /* paid by a cheque that came back */
	CREDITED, /* wholly cancelled by a credit note */
	REBATE,   /* a credit note of a fifth, the rest is open */
	THREE     /* three instalments a month apart, the first paid */
};

struct sample_story {
	size_t debtor; /* 1 for the first */
	int overdue;   /* days overdue on the base date; negative: not due */
	enum fate fate;
};

extern const struct sample_debtor sample_debtors[];
extern const size_t n_sample_debtors;
extern const struct sample_story sample_stories[];
extern const size_t n_sample_stories;

/* An invoice as the firm wrote it. */
struct sample_original {
	const char *number;
	size_t debtor; /* 0 for the first */
	date_t issued;
	size_t n; /* instalments */
	const date_t *due;
	const int64_t *minor;
};

/* Its data for `semonce merge facture`: one line of JSON. */
void sample_original_put(FILE *out, const struct sample_original *o);

/* The firm's logo as a PNG; 0, or -1 if it could not be written. */
int sample_logo(const char *path);

#endif
