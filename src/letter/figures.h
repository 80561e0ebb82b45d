/*
 * figures: how a language writes the amounts of a currency.
 *
 * ICU takes long for an amount, and letters are full of them. What it puts
 * before, between and behind their digits is learnt from the longest amount
 * there is, and held against what it makes of others.
 */
#ifndef LETTER_FIGURES_H
#define LETTER_FIGURES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

#define FIGURES_DIGITS 19 /* of the greatest int64_t */

/* Amounts of a sign. */
struct figures_form {
	char before[16], behind[16];
	char between[FIGURES_DIGITS][5]; /* [i]: left of i digits */
};

struct figures {
	bool known; /* false: no amount may be put */
	int decimals;
	bool bare; /* thousands are not set apart below ten thousand */
	struct figures_form plus, minus;
};

/* Appends what is to be learnt, an amount in minor units; -1 with an error. */
typedef int figures_ask(void *context, int64_t minor, struct str *out,
    struct err *e);

/*
 * Learns the amounts of a currency with so many decimals; they stay unknown
 * where they are not written as above. -1 if asking failed.
 */
int figures_learn(struct figures *f, int decimals, figures_ask *ask,
    void *context, struct err *e);

/* Appends an amount; they are known. */
void figures_put(const struct figures *f, int64_t minor, struct str *out);

#endif
