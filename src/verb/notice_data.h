/*
 * notice_data: notice.json, the one object from which a letter, its mail and
 * its attached data are made. Documented in semonce(1).
 */
#ifndef VERB_NOTICE_DATA_H
#define VERB_NOTICE_DATA_H

#include <jansson.h>

#include "base/mem.h"
#include "verb/config.h"

struct notice_source {
	const struct config *config;
	const struct notice *notice;
	const struct position *position; /* tells of earlier ones; or NULL */
	const char *lang;
};

/* A new reference; ERR_USAGE if the currency has no account. */
int notice_data(const struct notice_source *s, struct arena *a, json_t **out,
    struct err *e);

/* Its parts: new references. `home` is the creditor's country. */
json_t *notice_creditor(const struct config *c, const char *lang,
    struct arena *a);
json_t *notice_debtor(const struct debtor *d, const char *lang,
    const char *home, struct arena *a);

#endif
