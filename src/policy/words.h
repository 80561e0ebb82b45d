/*
 * words: pieces of the sentences that say why.
 */
#ifndef POLICY_WORDS_H
#define POLICY_WORDS_H

#include "base/mem.h"
#include "semonce.h"

/* "18 days ago", "today", "in 1 day" */
const char *words_ago(date_t d, date_t on, struct arena *a);

/* "2026-03-18", in the arena */
const char *words_date(date_t d, struct arena *a);

/* "1234.56 EUR" */
const char *words_money(struct money m, struct arena *a);

enum withheld_reason words_hold_reason(enum hold_kind k);

/* "dispute until 2026-04-01: text", "promise" */
const char *words_hold(const struct hold *h, struct arena *a);

#endif
