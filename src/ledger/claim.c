#include "ledger/claim.h"

#include <assert.h>
#include <string.h>

#include "ledger/find.h"
#include "ledger/load.h"
#include "ledger/names.h"

/* ---- what must be true ---- */

static int
claim_check_slices(const struct claim *c, struct err *e)
{
	struct money sum = c->amount;

	if (c->kind == CLAIM_FEE && c->n_slices == 0)
		return 0;
	sum.minor = 0;
	for (size_t i = 0; i < c->n_slices; i++) {
		if (money_add(&sum, c->slices[i].amount, e) != 0)
			return -1;
	}
	if (c->kind == CLAIM_FEE || sum.minor != c->amount.minor)
		return err_set(e, ERR_DATA,
		    "the slices of a claim do not add up to it; plan again");
	return 0;
}

/* Adds what a line's claims ask for to asked[kind]. */
static int
claim_add_asked(const struct notice_line *line, struct money asked[CLAIM_KINDS],
    struct err *e)
{
	for (size_t i = 0; i < line->n_claims; i++) {
		const struct claim *c = &line->claims[i];

		if (line->role != LINE_DEMANDED || c->settled.minor < 0 ||
		    c->settled.minor > c->amount.minor)
			return err_set(e, ERR_DATA,
			    "a claim on invoice %s that cannot be; plan "
			    "again",
			    line->invoice);
		if (claim_check_slices(c, e) != 0 ||
		    money_add(&asked[c->kind], c->amount, e) != 0 ||
		    money_sub(&asked[c->kind], c->settled, e) != 0)
			return -1;
	}
	return 0;
}

/* Whether the line claims the kind a second time, or the invoice's fee. */
static bool
claim_is_twice(const struct notice *n, const struct notice_line *line, size_t i)
{
	const enum claim_kind kind = line->claims[i].kind;

	for (size_t k = 0; k < i; k++)
		if (line->claims[k].kind == kind)
			return true;
	for (const struct notice_line *l = n->lines; l != line; l++)
		for (size_t k = 0; kind == CLAIM_FEE && k < l->n_claims; k++)
			if (l->claims[k].kind == CLAIM_FEE &&
			    strcmp(l->invoice, line->invoice) == 0)
				return true;
	return false;
}

static int
claim_check_twice(const struct notice *n, struct err *e)
{
	for (size_t i = 0; i < n->n_lines; i++) {
		const struct notice_line *line = &n->lines[i];

		for (size_t k = 0; k < line->n_claims; k++)
			if (claim_is_twice(n, line, k))
				return err_set(e, ERR_DATA,
				    "invoice %s bears the same claim twice; "
				    "plan again",
				    line->invoice);
	}
	return 0;
}

int
claim_check_sums(const struct notice *n, struct err *e)
{
	struct money all[CLAIM_KINDS], of_line[CLAIM_KINDS];

	if (claim_check_twice(n, e) != 0 ||
	    money_zero(n->currency, &all[CLAIM_INTEREST], e) != 0)
		return -1;
	all[CLAIM_FEE] = all[CLAIM_INTEREST];
	for (size_t i = 0; i < n->n_lines; i++) {
		const struct notice_line *line = &n->lines[i];

		for (size_t k = 0; k < CLAIM_KINDS; k++)
			of_line[k] = load_money(0, n->currency);
		if (claim_add_asked(line, of_line, e) != 0 ||
		    money_add(&all[CLAIM_INTEREST], line->interest, e) != 0 ||
		    money_add(&all[CLAIM_FEE], line->fee, e) != 0)
			return -1;
		if (of_line[CLAIM_INTEREST].minor != line->interest.minor ||
		    of_line[CLAIM_FEE].minor != line->fee.minor)
			return err_set(e, ERR_DATA,
			    "the claims on invoice %s do not add up; plan "
			    "again",
			    line->invoice);
	}
	if (all[CLAIM_INTEREST].minor != n->interest.minor ||
	    all[CLAIM_FEE].minor != n->fee.minor)
		return err_set(e, ERR_DATA,
		    "its claims do not add up to its totals; plan again");
	return 0;
}

static int
claim_check_settled(struct ledger *l, const struct notice_line *line,
    const struct claim *c, struct err *e)
{
	int64_t settled;
	struct query q;

	sql_start(&l->sql, &q,
	    "SELECT iif(waived_all, -1, min(paid + waived, ?))"
	    " FROM claim_standing WHERE instalment = ? AND kind = ?");
	sql_put_int(&q, c->amount.minor);
	sql_put_int(&q, line->item);
	sql_put_text(&q, names_claim_kind.of[c->kind]);
	if (find_number(&q, &settled, e) != 0)
		return -1;
	if (settled == c->settled.minor)
		return 0;
	return err_set(e, ERR_DATA,
	    "what is owed of interest or fees on invoice %s has changed since "
	    "it was planned; plan again",
	    line->invoice);
}

/* The trigger claim_fee_once, in words that name the invoice. */
static int
claim_check_fee(struct ledger *l, const struct notice_line *line,
    const struct claim *c, struct err *e)
{
	int64_t others;
	struct query q;

	sql_start(&l->sql, &q,
	    "SELECT count(*) FROM instalment i"
	    " JOIN claim c ON c.instalment = i.id AND c.kind = 'fee'"
	    " JOIN notice_line n ON n.notice = c.notice"
	    "  AND n.instalment = c.instalment AND n.live = 1"
	    " WHERE i.invoice = (SELECT invoice FROM instalment WHERE id = ?1)"
	    " AND (i.id <> ?1 OR c.amount <> ?2)");
	sql_put_int(&q, line->item);
	sql_put_int(&q, c->amount.minor);
	if (find_number(&q, &others, e) != 0)
		return -1;
	if (others == 0)
		return 0;
	return err_set(e, ERR_DATA,
	    "the fixed fee of invoice %s was claimed already, and otherwise; "
	    "plan again",
	    line->invoice);
}

int
claim_check_line(struct ledger *l, const struct notice_line *line,
    struct err *e)
{
	for (size_t i = 0; i < line->n_claims; i++) {
		const struct claim *c = &line->claims[i];

		if (claim_check_settled(l, line, c, e) != 0 ||
		    (c->kind == CLAIM_FEE &&
			claim_check_fee(l, line, c, e) != 0))
			return -1;
	}
	return 0;
}

/* ---- writing ---- */

static int
claim_insert_slice(struct ledger *l, int64_t claim, size_t i,
    const struct claim_slice *s, struct err *e)
{
	struct query q;

	sql_start(&l->sql, &q,
	    "INSERT INTO claim_slice (claim, position, from_day, to_day, days,"
	    " base, rate_milli, amount) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
	sql_put_int(&q, claim);
	sql_put_int(&q, (int64_t)i + 1);
	sql_put_date(&q, s->from);
	sql_put_date(&q, s->to);
	sql_put_int(&q, s->days);
	sql_put_int(&q, s->base.minor);
	sql_put_int(&q, s->rate_milli);
	sql_put_int(&q, s->amount.minor);
	return sql_run(&q, e);
}

static int
claim_insert_one(struct ledger *l, int64_t notice, int64_t instalment,
    const struct claim *c, struct err *e)
{
	struct query q;
	int64_t id;

	sql_start(&l->sql, &q,
	    "INSERT INTO claim (notice, instalment, kind, amount, settled,"
	    " from_day, until_day, per_day, law, text)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	sql_put_int(&q, notice);
	sql_put_int(&q, instalment);
	sql_put_text(&q, names_claim_kind.of[c->kind]);
	sql_put_int(&q, c->amount.minor);
	sql_put_int(&q, c->settled.minor);
	sql_put_date(&q, c->from);
	sql_put_date(&q, c->until);
	sql_put_int(&q, c->per_day.minor);
	sql_put_text(&q, c->law);
	sql_put_text(&q, c->text);
	if (sql_run(&q, e) != 0)
		return -1;
	id = sqlite3_last_insert_rowid(l->sql.db);
	for (size_t i = 0; i < c->n_slices; i++) {
		if (claim_insert_slice(l, id, i, &c->slices[i], e) != 0)
			return -1;
	}
	return 0;
}

int
claim_insert(struct ledger *l, int64_t notice, const struct notice_line *line,
    struct err *e)
{
	for (size_t i = 0; i < line->n_claims; i++) {
		if (claim_insert_one(l, notice, line->item, &line->claims[i],
			e) != 0)
			return -1;
	}
	return 0;
}

/* ---- reading ---- */

static int
claim_load_slices(struct ledger *l, int64_t id, struct arena *a,
    struct claim *c, struct err *e)
{
	const char *currency = c->amount.currency;
	struct query q;
	int rc;

	sql_start(&l->sql, &q,
	    "SELECT from_day, to_day, days, base, rate_milli, amount"
	    " FROM claim_slice WHERE claim = ? ORDER BY position");
	sql_put_int(&q, id);
	while ((rc = sql_next(&q, e)) == 1) {
		struct claim_slice s = { .from = sql_take_date(&q) };

		s.to = sql_take_date(&q);
		s.days = (int)sql_take_int(&q);
		s.base = load_money(sql_take_int(&q), currency);
		s.rate_milli = (int32_t)sql_take_int(&q);
		s.amount = load_money(sql_take_int(&q), currency);
		c->slices = load_grow(a, c->slices, c->n_slices, sizeof(s));
		c->slices[c->n_slices++] = s;
	}
	return rc;
}

/* In the order of the columns of claim_load, from the third on. */
static int
claim_take(struct ledger *l, struct query *q, struct arena *a,
    const char *currency, struct claim *out, struct err *e)
{
	struct claim c = { .n_slices = 0 };
	const char *word;
	int64_t id;
	int value;

	id = sql_take_int(q);
	word = sql_take_text(q, a);
	if (names_find(&names_claim_kind, word, &value, e) != 0)
		return -1;
	c.kind = (enum claim_kind)value;
	c.amount = load_money(sql_take_int(q), currency);
	c.settled = load_money(sql_take_int(q), currency);
	c.from = sql_take_date(q);
	c.until = sql_take_date(q);
	c.per_day = load_money(sql_take_int(q), currency);
	c.law = sql_take_text(q, a);
	c.text = sql_take_text(q, a);
	if (claim_load_slices(l, id, a, &c, e) != 0)
		return -1;
	*out = c;
	return 0;
}

int
claim_load(struct ledger *l, int64_t notice, struct arena *a, struct notice *n,
    struct err *e)
{
	struct claim *claims = NULL; /* of the last line */
	struct query q;
	int rc;

	sql_start(&l->sql, &q,
	    "SELECT n.position, c.id, c.kind, c.amount, c.settled, c.from_day,"
	    " c.until_day, c.per_day, c.law, c.text FROM claim c"
	    " JOIN notice_line n ON n.notice = c.notice"
	    "  AND n.instalment = c.instalment"
	    " WHERE c.notice = ? ORDER BY n.position, c.id");
	sql_put_int(&q, notice);
	while ((rc = sql_next(&q, e)) == 1) {
		struct notice_line *line = &n->lines[sql_take_int(&q) - 1];

		if (line->n_claims == 0)
			line->claims = claims =
			    arena_array(a, CLAIM_KINDS, sizeof(*claims));
		assert(claims != NULL); /* rows of a line follow each other */
		if (claim_take(l, &q, a, n->currency, &claims[line->n_claims++],
			e) != 0) {
			sql_end(&q);
			return -1;
		}
	}
	return rc;
}
