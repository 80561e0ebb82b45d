/*
 * ledger_random: a second, slow reckoning of who got what. It pours payments
 * cent by cent, and shares nothing with the ledger but the rules: the order
 * of imputation, what counts, and where a movement goes.
 */
#ifndef LEDGER_RANDOM_H
#define LEDGER_RANDOM_H

#include "ledger_claim.h"

#define INVOICES_MAX 3
#define ITEMS        5 /* instalments of the debtor, by due date */
#define NOTICES_MAX  80
#define MOVES_MAX    200

static const struct {
	const char *invoice;
	int64_t amount;
} shapes[ITEMS] = {
	{ "F1", 120 },
	{ "F2", 75 },
	{ "F3", 200 },
	{ "F2", 60 },
	{ "F2", 9 },
};
static const char *const invoices[INVOICES_MAX] = { "F1", "F2", "F3" };

#define SHAPES                                       \
	"number,debtor,issued,due,currency,amount\n" \
	"F1,C1,2026-01-01,2026-01-10,EUR,1.20\n"     \
	"F2,C1,2026-01-01,2026-01-11,EUR,0.75\n"     \
	"F2,C1,2026-01-01,2026-01-13,EUR,0.60\n"     \
	"F2,C1,2026-01-01,2026-01-14,EUR,0.09\n"     \
	"F3,C1,2026-01-01,2026-01-12,EUR,2.00\n"

struct asked {
	bool there;
	int64_t amount, settled;
};

struct asking { /* a notice */
	char id[NOTICE_ID_SIZE];
	bool live, counts, printed, demands[ITEMS];
	date_t on; /* counts from */
	struct asked claims[ITEMS][CLAIM_KINDS];
};

/* Where a movement goes: to an invoice, to a notice's lines, or nowhere. */
struct way {
	const char *invoice; /* or NULL */
	size_t notice;       /* or NOTICES_MAX */
};

struct gone {
	struct way way;
	int64_t rest; /* on no invoice; < 0 of a reversal */
	bool credit;
};

/* All that the ledger must say. */
struct sums {
	int64_t paid[ITEMS];
	int64_t claim_paid[ITEMS][CLAIM_KINDS], waived[ITEMS][CLAIM_KINDS];
	int64_t waived_all[ITEMS][CLAIM_KINDS]; /* 0 or 1 */
	int64_t unallocated;
};

struct model {
	enum debt_part order[DEBT_PARTS];
	struct sums s;
	int64_t most[ITEMS][CLAIM_KINDS]; /* that was ever claimed */
	int64_t by_payment[ITEMS]; /* of paid; the rest is of credit notes */
	struct asking notices[NOTICES_MAX];
	size_t n_notices;
	struct gone moves[MOVES_MAX];
	size_t n_moves;
};

/* What the newest notice that counts from before a day claims; 0: none. */
static inline int64_t
model_claimed(const struct model *m, size_t item, size_t kind, date_t before)
{
	int64_t amount = 0;

	for (size_t i = 0; i < m->n_notices; i++) {
		const struct asking *n = &m->notices[i];

		if (n->counts && n->on < before && n->claims[item][kind].there)
			amount = n->claims[item][kind].amount;
	}
	return amount;
}

static inline bool
model_has_room(const struct model *m, size_t item, enum debt_part part,
    date_t day)
{
	size_t k = part == PART_FEE ? CLAIM_FEE : CLAIM_INTEREST;
	int64_t settled = m->s.claim_paid[item][k] + m->s.waived[item][k];

	if (part == PART_PRINCIPAL)
		return m->s.paid[item] < shapes[item].amount;
	return !m->s.waived_all[item][k] &&
	    settled < model_claimed(m, item, k, day) &&
	    settled < model_claimed(m, item, k, INT32_MAX);
}

static inline bool
model_goes_to(const struct model *m, const struct way *w, size_t item)
{
	if (w->invoice != NULL)
		return strcmp(w->invoice, shapes[item].invoice) == 0;
	return w->notice < NOTICES_MAX && m->notices[w->notice].demands[item];
}

static inline void
model_give(struct model *m, size_t item, enum debt_part part, int64_t cents)
{
	if (part == PART_PRINCIPAL) {
		m->s.paid[item] += cents;
		m->by_payment[item] += cents;
	} else if (part == PART_INTEREST) {
		m->s.claim_paid[item][CLAIM_INTEREST] += cents;
	} else {
		m->s.claim_paid[item][CLAIM_FEE] += cents;
	}
}

static inline int64_t
model_given(const struct model *m, size_t item, enum debt_part part)
{
	if (part == PART_PRINCIPAL)
		return m->by_payment[item];
	return m->s
	    .claim_paid[item][part == PART_FEE ? CLAIM_FEE : CLAIM_INTEREST];
}

/* One cent to the first place that has room; false: there is none. */
static inline bool
model_pour(struct model *m, const struct way *w, date_t day)
{
	for (size_t i = 0; i < ITEMS; i++) {
		if (!model_goes_to(m, w, i))
			continue;
		for (size_t p = 0; p < DEBT_PARTS; p++) {
			if (model_has_room(m, i, m->order[p], day)) {
				model_give(m, i, m->order[p], 1);
				return true;
			}
		}
	}
	return false;
}

/* By the reference of a notice it pays what was claimed that day, too. */
static inline void
model_pay(struct model *m, struct way w, date_t day, int64_t cents)
{
	struct gone *g = &m->moves[m->n_moves++];

	*g = (struct gone){ .way = w, .rest = cents };
	while (g->rest > 0 &&
	    model_pour(m, &w, w.notice < NOTICES_MAX ? day + 1 : day))
		g->rest--;
	m->s.unallocated += g->rest;
}

/* A credit note on an invoice, or on none. */
static inline void
model_credit(struct model *m, const char *invoice, int64_t cents)
{
	struct gone *g = &m->moves[m->n_moves++];

	*g = (struct gone){
		.way = { invoice, NOTICES_MAX }, .rest = cents, .credit = true
	};
	for (size_t i = 0; invoice != NULL && i < ITEMS; i++) {
		while (strcmp(invoice, shapes[i].invoice) == 0 && g->rest > 0 &&
		    m->s.paid[i] < shapes[i].amount) {
			m->s.paid[i]++;
			g->rest--;
		}
	}
	m->s.unallocated += g->rest;
}

/* Unallocated money that came the way of a reversal. */
static inline int64_t
model_rest(const struct model *m, const struct way *w)
{
	int64_t rest = 0;

	if (w->invoice == NULL && w->notice == NOTICES_MAX)
		return m->s.unallocated;
	for (size_t i = 0; i < m->n_moves; i++) {
		const struct gone *g = &m->moves[i];

		if (!g->credit && g->way.notice == w->notice &&
		    (g->way.invoice == NULL) == (w->invoice == NULL) &&
		    (w->invoice == NULL ||
			strcmp(g->way.invoice, w->invoice) == 0))
			rest += g->rest;
	}
	return rest < m->s.unallocated ? rest : m->s.unallocated;
}

static inline bool
model_suck(struct model *m, const struct way *w)
{
	for (size_t i = ITEMS; i-- > 0;) {
		if (!model_goes_to(m, w, i))
			continue;
		for (size_t p = DEBT_PARTS; p-- > 0;) {
			if (model_given(m, i, m->order[p]) > 0) {
				model_give(m, i, m->order[p], -1);
				return true;
			}
		}
	}
	return false;
}

/* False: refused, and nothing has changed. */
static inline bool
model_reverse(struct model *m, struct way w, int64_t cents)
{
	struct model before = *m;
	struct gone *g = &m->moves[m->n_moves++];
	int64_t rest = model_rest(m, &w);

	*g = (struct gone){ .way = w };
	for (int64_t i = 0; i < cents; i++) {
		if (rest > 0) {
			rest--;
			g->rest--;
			m->s.unallocated--;
		} else if (!model_suck(m, &w)) {
			*m = before;
			return false;
		}
	}
	return true;
}

/* False: refused. */
static inline bool
model_waive(struct model *m, const char *invoice, size_t kind, int64_t cents)
{
	struct model before = *m;
	bool fresh = false;

	for (size_t i = 0; i < ITEMS; i++) {
		if (strcmp(invoice, shapes[i].invoice) != 0 ||
		    m->s.waived_all[i][kind])
			continue;
		fresh = true;
		if (cents == 0)
			before.s.waived_all[i][kind] = 1;
	}
	if (cents == 0) {
		*m = before;
		return fresh;
	}
	for (size_t i = 0; i < ITEMS; i++) {
		int64_t claimed = model_claimed(m, i, kind, INT32_MAX);

		while (cents > 0 && strcmp(invoice, shapes[i].invoice) == 0 &&
		    !m->s.waived_all[i][kind] &&
		    m->s.claim_paid[i][kind] + m->s.waived[i][kind] < claimed) {
			m->s.waived[i][kind]++;
			cents--;
		}
	}
	if (cents > 0)
		*m = before;
	return cents == 0;
}

#endif
