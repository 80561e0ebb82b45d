/*
 * json: the data contract of DESIGN as jansson objects. Amounts are
 * {"minor", "currency"}, dates are strings or null.
 */
#ifndef VERB_JSON_H
#define VERB_JSON_H

#include <jansson.h>
#include <stdio.h>

#include "base/err.h"
#include "semonce.h"

/* New references; NULL never (no memory stops the program). */
json_t *json_money(struct money m);
json_t *json_date(date_t d); /* null for DATE_NONE */
json_t *json_slice(const struct claim_slice *s);
json_t *json_notice(const struct notice *n);
json_t *json_plan(const struct plan *p);

/* Prints one object, indented, with a line end, and gives it back. */
void json_print(json_t *j, FILE *out);

/*
 * The "kind" of an object; *said is false, and *out without meaning, where it
 * has none. ERR_DATA for another word: of what the law asks nothing is guessed.
 */
int json_debtor_kind(const json_t *object, enum debtor_kind *out, bool *said,
    struct err *e);

const char *hold_kind_name(enum hold_kind k);
const char *channel_name(enum channel c);
const char *debtor_kind_name(enum debtor_kind k);

#endif
