/*
 * law_data: the figures of the law, read from rates.csv, rules.csv, fees.csv
 * and limits.csv of the installation, then from those of the workspace, whose
 * rows replace ours.
 */
#ifndef VERB_LAW_DATA_H
#define VERB_LAW_DATA_H

#include "base/mem.h"
#include "law/rates.h"
#include "law/rule.h"
#include "verb/verb.h"

struct law {
	struct rates rates;
	struct law_book book;
};

/* Loads into the arena. ERR_USAGE "FILE:LINE: what, and what to do". */
int law_load(const struct call *c, struct arena *a, struct law *out,
    struct err *e);

#endif
