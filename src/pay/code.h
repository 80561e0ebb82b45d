/*
 * code: the payment codes there are, by name. Pure.
 */
#ifndef PAY_CODE_H
#define PAY_CODE_H

#include "base/mem.h"
#include "base/str.h"
#include "pay/transfer.h"

struct pay_code {
	const char *name; /* "epc", "swiss", "spayd", "upn", "zbp", "mnb" */
	int (*write)(const struct transfer *t, struct str *out, struct err *e);
	int (*read)(const char *payload, size_t n, struct arena *a,
	    struct transfer *out, struct err *e);
	int version_min, version_max; /* of the symbol */
	unsigned eci;                 /* of its charset; 0: not said */
	bool low;                     /* error correction L, else M */
	bool cross;                   /* the Swiss cross in its middle */
};

/* NULL for a name that is none. */
const struct pay_code *pay_code_find(const char *name);

/* All names with a space between, for messages. */
const char *pay_code_names(void);

#endif
