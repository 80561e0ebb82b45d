/*
 * rule: what the law of a country lets a creditor claim from whom for paying
 * late. Pure; the rules are in rules.csv and fees.csv, each with its article,
 * and in those of the workspace.
 */
#ifndef LAW_RULE_H
#define LAW_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/err.h"
#include "base/money.h"
#include "semonce.h"

enum rule_start {
	START_DUE,   /* interest from the day after the due date */
	START_NOTICE /* from the day after the formal notice */
};

struct limit; /* limit.h */

struct rule {
	const char *country; /* ISO 3166-1, or "EU" for members without own */
	enum debtor_kind kind;
	enum rule_start start;
	const char *series; /* of rates */
	const char *floor;  /* series no contract may go below, or "" */
	const char *fees;   /* scheme, or "": no fixed fee */
	const char *article;
	/* What a payment pays first, DEBT_PARTS of them; NULL: not said. */
	const enum debt_part *order;
	const char *order_article;
	bool frozen;           /* the rate of the first day holds for all */
	bool weak, order_weak; /* its source is not firm */
};

/* When a fixed fee may be asked for. */
enum fee_when {
	FEE_DUE,    /* as soon as the debt is late */
	FEE_NOTICE, /* after a notice that named it */
	FEE_CLAUSE  /* only if the contract has such a clause */
};

/* One step of a scheme: for principals from `from` up to the next step. */
struct fee_step {
	const char *scheme;
	int64_t from, fixed;      /* minor units */
	int64_t minimum, maximum; /* maximum 0: none */
	int32_t milli;            /* thousandths of a percent of what exceeds
				     `from` */
	enum fee_when when;
	const char *article;
	char currency[4];
	bool weak;
};

/* All that the law says here; lists in the order of their files. */
struct law_book {
	const struct rule *rules;
	size_t n_rules;
	const struct fee_step *fees; /* a scheme's steps by growing `from` */
	size_t n_fees;
	const struct limit *limits;
	size_t n_limits;
};

/*
 * The rule for a country and kind: of two the later in the list, so that a
 * workspace's replaces ours; for members of the Union without one, that of
 * "EU". ERR_DATA for an unknown country, naming those known; *out NULL if
 * the law gives nothing (no interest, no fee).
 */
int rule_find(const struct law_book *b, const char *country,
    enum debtor_kind kind, const struct rule **out, struct err *e);

/*
 * What a payment pays first of a debt with interest and fees: DEBT_PARTS of
 * them. Without a rule, and where it says nothing, the principal.
 */
const enum debt_part *rule_order(const struct rule *rule);

/* What a fee depends on besides the principal. */
struct fee_case {
	struct money principal;
	bool late;    /* the due date has passed */
	bool noticed; /* a notice has named the fee */
	bool clause;  /* the contract has a clause */
};

/*
 * The fixed fee of one invoice, for ever once; zero in the principal's
 * currency if none is due. A fee in another currency than the principal's
 * is not claimed: *step is then NULL. ERR_DATA on overflow.
 */
int fee_of(const struct law_book *b, const struct rule *rule,
    const struct fee_case *c, struct money *out, const struct fee_step **step,
    struct err *e);

#endif
