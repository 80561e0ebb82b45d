/*
 * scenario: a written ladder of steps, from YAML (layouts/scenario).
 *
 *	at: due - 5d               a day counted from the due date
 *	after: relance-1 + 7d..14d least and greatest gap after a counted step
 *
 * A step before the due date lapses on that date; the others are taken one
 * after the other. Reads one file, checks it, knows no debtor.
 */
#ifndef POLICY_SCENARIO_H
#define POLICY_SCENARIO_H

#include "base/mem.h"
#include "semonce.h"

#define STEP_CHANNELS 3
#define DAYS_ALL      0x7fu /* bit 0 is Monday */

struct step {
	const char *name;
	const char *letter; /* name of its text, or "" for a task */
	const char *task;   /* "dossier", or "" */
	const char *after;  /* name of the step before it, or "" with `at` */
	int least_days;     /* from the due date, or from that step */
	int most_days;      /* greatest gap, or INT_MAX; past it a warning */
	enum channel by[STEP_CHANNELS]; /* in order; CHANNEL_NONE ends it */
	enum step_mode mode;
	bool claims[CLAIM_KINDS];    /* what it asks for besides the debt */
	unsigned deadline_days;      /* printed in the letter; 0: none */
	unsigned days;               /* allowed weekdays, bits */
	unsigned hour_from, hour_to; /* 0, 24: any; binds sending only */
	/* Of the total, in hundredths of any currency's unit; 0: none. */
	int64_t floor_minor, ceiling_minor;
};

struct scenario {
	const char *name;
	unsigned spacing_days;
	const char *paid; /* name of the text that thanks, or "" */
	struct step *steps;
	size_t n_steps;
};

/*
 * Loads a scenario; it lives in the arena. ERR_USAGE "FILE:LINE: …".
 */
int scenario_load(const char *path, struct arena *a, struct scenario *out,
    struct err *e);

/* Index of a step by name, or -1. */
int scenario_step(const struct scenario *s, const char *name);

#endif
