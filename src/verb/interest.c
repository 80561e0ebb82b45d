/* interest: the calculator alone; no workspace needed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "law/interest.h"
#include "verb/json.h"
#include "verb/law_data.h"

#define MOVES_MAX 1000
#define USAGE                                                               \
	"usage: semonce interest --country FR --debtor "                    \
	"business|consumer|public --amount 1200.00 --currency EUR --due D " \
	"--until D [--notice D] [--rate R] [--clause] "                     \
	"[--day-count ACT/365|ACT/ACT|ACT/360] [--payment D:AMOUNT]..."

enum option {
	COUNTRY,
	DEBTOR,
	AMOUNT,
	CURRENCY,
	DUE,
	UNTIL,
	NOTICE,
	RATE,
	DAY_COUNT,
	OPTIONS
};

static const char *const option_names[OPTIONS] = {
	[COUNTRY] = "--country",
	[DEBTOR] = "--debtor",
	[AMOUNT] = "--amount",
	[CURRENCY] = "--currency",
	[DUE] = "--due",
	[UNTIL] = "--until",
	[NOTICE] = "--notice",
	[RATE] = "--rate",
	[DAY_COUNT] = "--day-count",
};

static const char *const kind_words[] = { [DEBTOR_BUSINESS] = "business",
	[DEBTOR_CONSUMER] = "consumer",
	[DEBTOR_PUBLIC] = "public" };

/* The question, as asked and as understood. */
struct question {
	const char *words[OPTIONS];
	const char *payments[MOVES_MAX];
	struct item_move moves[MOVES_MAX];
	size_t n_payments;
	bool clause;
	struct interest_case c;
	const char *country;
	enum debtor_kind kind;
};

/* What came out. */
struct answer {
	struct interest interest;
	struct money fee, total;
	const struct fee_step *step; /* of the fee, or NULL */
};

static int
read_words(const struct call *c, struct question *q, struct err *e)
{
	for (int i = 0; i < c->argc; i++) {
		const char *w = c->argv[i];
		const char **value = NULL;

		if (strcmp(w, "--clause") == 0) {
			q->clause = true;
			continue;
		}
		for (size_t k = 0; k < OPTIONS; k++)
			if (strcmp(w, option_names[k]) == 0 &&
			    q->words[k] == NULL)
				value = &q->words[k];
		if (strcmp(w, "--payment") == 0 && q->n_payments < MOVES_MAX)
			value = &q->payments[q->n_payments++];
		if (value == NULL || ++i == c->argc)
			return err_set(e, ERR_USAGE, USAGE);
		*value = c->argv[i];
	}
	for (size_t k = 0; k <= UNTIL; k++)
		if (q->words[k] == NULL)
			return err_set(e, ERR_USAGE, USAGE);
	return 0;
}

/* Index of the word, or -1 with an error that names the option. */
static int
choose(enum option option, const char *word, const char *const *words, size_t n,
    struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], word) == 0)
			return (int)i;
	return err_set(e, ERR_USAGE, "%s '%.40s': write %s, %s or %s",
	    option_names[option], word, words[0], words[1], words[2]);
}

static int
parse_date(const struct question *q, enum option option, date_t *out,
    struct err *e)
{
	*out = DATE_NONE;
	if (q->words[option] == NULL ||
	    date_parse(q->words[option], out, e) == 0)
		return 0;
	return err_add(e, "%s", option_names[option]);
}

/* "2026-03-01:100.00"; a negative amount is a payment that went back. */
static int
parse_payment(struct question *q, size_t i, struct err *e)
{
	const char *colon = strchr(q->payments[i], ':');
	char day[DATE_SIZE] = "";
	struct money m = { 0 };

	if (colon == NULL || colon - q->payments[i] != DATE_SIZE - 1)
		return err_set(e, ERR_USAGE,
		    "--payment '%.60s': write the day and the amount as "
		    "2026-03-01:100.00",
		    q->payments[i]);
	memcpy(day, q->payments[i], DATE_SIZE - 1);
	if (date_parse(day, &q->moves[i].on, e) != 0 ||
	    money_parse(colon + 1, q->words[CURRENCY], &m, e) != 0)
		return err_add(e, "--payment");
	if (m.minor == INT64_MIN)
		return err_set(e, ERR_USAGE, "--payment: too large");
	q->moves[i].minor = -m.minor;
	return 0;
}

static int
understand(struct question *q, struct err *e)
{
	struct interest_case *c = &q->c;
	int kind, count = DAY_COUNT_365;

	q->country =
	    strcmp(q->words[COUNTRY], "UK") == 0 ? "GB" : q->words[COUNTRY];
	kind = choose(DEBTOR, q->words[DEBTOR], kind_words, 3, e);
	if (kind != -1 && q->words[DAY_COUNT] != NULL)
		count = choose(DAY_COUNT, q->words[DAY_COUNT], day_count_names,
		    DAY_COUNTS, e);
	if (kind == -1 || count == -1 || parse_date(q, DUE, &c->due, e) != 0 ||
	    parse_date(q, UNTIL, &c->until, e) != 0 ||
	    parse_date(q, NOTICE, &c->notice, e) != 0)
		return -1;
	if (money_parse(q->words[AMOUNT], q->words[CURRENCY], &c->principal,
		e) != 0)
		return err_add(e, "--amount");
	if (c->principal.minor < 0)
		return err_set(e, ERR_USAGE, "--amount: it is below zero");
	if (q->words[RATE] != NULL &&
	    rate_parse(q->words[RATE], &c->contract_milli, e) != 0)
		return err_add(e, "--rate");
	for (size_t i = 0; i < q->n_payments; i++)
		if (parse_payment(q, i, e) != 0)
			return -1;
	c->contract = q->words[RATE] != NULL;
	c->moves = q->moves;
	c->n_moves = q->n_payments;
	c->count = (enum day_count)count;
	q->kind = (enum debtor_kind)kind;
	return 0;
}

static int
compute(struct question *q, const struct law *law, struct arena *a,
    struct answer *out, struct err *e)
{
	struct fee_case fee = { .principal = q->c.principal,
		.late = q->c.until > q->c.due,
		.noticed =
		    q->c.notice != DATE_NONE && q->c.notice <= q->c.until,
		.clause = q->clause };

	if (rule_find(&law->book, q->country, q->kind, &q->c.rule, e) != 0 ||
	    interest_of(&q->c, &law->rates, a, &out->interest, e) != 0)
		return -1;
	out->fee = out->interest.total;
	out->fee.minor = 0;
	if (q->c.rule != NULL &&
	    fee_of(&law->book, q->c.rule, &fee, &out->fee, &out->step, e) != 0)
		return -1;
	out->total = out->interest.open;
	if (money_add(&out->total, out->interest.total, e) != 0)
		return -1;
	return money_add(&out->total, out->fee, e);
}

/* ---- what it rests on ---- */

static const char *
law_text(const struct question *q, const struct answer *r, struct arena *a)
{
	if (q->c.rule == NULL)
		return "no interest and no fee by law";
	if (r->step == NULL)
		return q->c.rule->article;
	return arena_fmt(a, "%s; %s", q->c.rule->article, r->step->article);
}

static void
warn_slice(const struct interest_slice *s, struct arena *a)
{
	char from[DATE_SIZE];

	if (s->rate == NULL)
		return;
	if (s->stale)
		(void)fprintf(stderr,
		    "semonce: warning: %s; until then that of %s is used\n",
		    rate_missing(s->rate, a), date_fmt(s->rate->from, from));
	if (s->rate->weak)
		(void)fprintf(stderr,
		    "semonce: warning: the rate of %s from %s rests on a weak "
		    "source (%s): check it\n",
		    s->rate->series, date_fmt(s->rate->from, from),
		    s->rate->source);
}

static void
warn(const struct question *q, const struct answer *r, struct arena *a)
{
	const struct interest *i = &r->interest;
	const struct rate *last = NULL;
	char day[DATE_SIZE];

	for (size_t k = 0; k < i->n_slices; k++) {
		if (i->slices[k].rate != last || i->slices[k].stale)
			warn_slice(&i->slices[k], a);
		last = i->slices[k].rate;
	}
	if (i->below_floor != DATE_NONE)
		(void)fprintf(stderr,
		    "semonce: warning: the agreed rate is below the least "
		    "that may be agreed, from %s (%s)\n",
		    date_fmt(i->below_floor, day), q->c.rule->article);
	if (q->c.rule != NULL && q->c.rule->weak)
		(void)fprintf(stderr,
		    "semonce: warning: the rule of %s for %s debtors rests on "
		    "a weak source (%s): check it\n",
		    q->country, kind_words[q->kind], q->c.rule->article);
	if (r->step != NULL && r->step->weak)
		(void)fprintf(stderr,
		    "semonce: warning: the fee rests on a weak source (%s): "
		    "check it\n",
		    r->step->article);
}

/* ---- out ---- */

static void
print_json(const struct question *q, const struct answer *r, struct arena *a)
{
	json_t *segments = json_array();

	for (size_t k = 0; k < r->interest.n_slices; k++) {
		const struct interest_slice *s = &r->interest.slices[k];
		struct claim_slice slice = {
			.from = s->from,
			.to = s->to,
			.days = s->days,
			.base = r->fee,
			.amount = r->fee,
			.rate_milli = s->milli,
		};

		slice.base.minor = s->base;
		slice.amount.minor = s->amount;
		(void)json_array_append_new(segments, json_slice(&slice));
	}
	json_print(json_pack("{s:o, s:o, s:o, s:o, s:o, s:s}", "interest",
		       json_money(r->interest.total), "fee", json_money(r->fee),
		       "total", json_money(r->total), "per_day",
		       json_money(r->interest.per_day), "segments", segments,
		       "law", law_text(q, r, a)),
	    stdout);
}

static void
print_text(const struct question *q, const struct answer *r, struct arena *a)
{
	char from[DATE_SIZE], to[DATE_SIZE], rate[RATE_SIZE];
	char base[MONEY_SIZE], amount[MONEY_SIZE];
	const char *currency = r->fee.currency;

	for (size_t k = 0; k < r->interest.n_slices; k++) {
		const struct interest_slice *s = &r->interest.slices[k];
		struct money b = r->fee, m = r->fee;

		b.minor = s->base;
		m.minor = s->amount;
		(void)printf("%s to %s %4d days  %14s %s at %6s %%  %12s\n",
		    date_fmt(s->from, from), date_fmt(s->to, to), s->days,
		    money_fmt(b, base), currency, rate_fmt(s->milli, rate),
		    money_fmt(m, amount));
	}
	(void)printf("interest  %s %s\n", money_fmt(r->interest.total, amount),
	    currency);
	(void)printf("fee       %s %s\n", money_fmt(r->fee, amount), currency);
	(void)printf("open      %s %s\n", money_fmt(r->interest.open, amount),
	    currency);
	(void)printf("total     %s %s, and %s a day from then on\n",
	    money_fmt(r->total, amount), currency,
	    money_fmt(r->interest.per_day, base));
	(void)printf("law       %s\n", law_text(q, r, a));
}

int
verb_interest(struct call *c, struct err *e)
{
	struct question *q = mem_alloc(sizeof(*q));
	struct arena *a = arena_new();
	struct answer r = { 0 };
	struct law law;
	int rc = -1;

	if (read_words(c, q, e) == 0 && understand(q, e) == 0 &&
	    law_load(c, a, &law, e) == 0 && compute(q, &law, a, &r, e) == 0) {
		warn(q, &r, a);
		if (c->json)
			print_json(q, &r, a);
		else
			print_text(q, &r, a);
		rc = 0;
	}
	arena_free(a);
	free(q);
	return rc;
}
