/*
 * json: the data contract of DESIGN as jansson objects. Amounts are
 * {"minor", "currency"}, dates are strings or null.
 */
#ifndef VERB_JSON_H
#define VERB_JSON_H

#include <jansson.h>
#include <stdio.h>

#include "semonce.h"

/* New references; NULL never (no memory stops the program). */
json_t *json_money(struct money m);
json_t *json_date(date_t d); /* null for DATE_NONE */
json_t *json_notice(const struct notice *n);
json_t *json_plan(const struct plan *p);

/* Prints one object, indented, with a line end, and gives it back. */
void json_print(json_t *j, FILE *out);

const char *hold_kind_name(enum hold_kind k);
const char *channel_name(enum channel c);
const char *debtor_kind_name(enum debtor_kind k);

#endif
