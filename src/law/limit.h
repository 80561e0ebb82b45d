/*
 * limit: the last day to go to court for a debt. Pure; the rules are in
 * limits.csv, each with its article.
 *
 * A formal notice does not interrupt the time (Cass. com. 18 May 2022,
 * 20-23.204): only the debtor's acknowledgment, a claim in court or an act
 * of enforcement does (Code civil, art. 2240, 2241, 2244). What interrupted
 * it is not known here.
 */
#ifndef LAW_LIMIT_H
#define LAW_LIMIT_H

#include "law/rule.h"

enum limit_from {
	LIMIT_DUE,     /* the due date */
	LIMIT_YEAR_END /* the last day of the due date's year */
};

struct limit {
	const char *country;   /* of the creditor */
	enum debtor_kind kind; /* of the debtor */
	int years;
	enum limit_from from;
	const char *article;
	bool weak;
};

/* Of two for a country and kind the later in the list; NULL: not known. */
const struct limit *limit_find(const struct law_book *b, const char *country,
    enum debtor_kind kind);

/* The last day to act, for a debt due on a day. */
date_t limit_day(const struct limit *l, date_t due);

#endif
