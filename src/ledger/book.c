/*
 * The book is read in one transaction: one state of the ledger. Nothing in
 * it is stored: what is paid is the sum of allocations, the level reached
 * follows from the notices that are live.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/course.h"
#include "ledger/find.h"
#include "ledger/ledger.h"
#include "ledger/load.h"
#include "ledger/names.h"
#include "ledger/store.h"

struct reader {
	struct ledger *l;
	struct arena *a;
	int64_t debtor; /* key, of the position being read */
	struct position *p;
	size_t found; /* the item found last */
};

/* ---- items ---- */

static struct item
item_take(struct reader *r, struct query *q)
{
	struct item i = { .n_rungs = 0 };

	i.id = sql_take_int(q);
	i.invoice = sql_take_text(q, r->a);
	i.contract = sql_take_text(q, r->a);
	i.scenario = sql_take_text(q, r->a);
	i.clause = sql_take_text(q, r->a);
	i.has_rate = sql_take_int(q) != 0;
	i.rate_milli = (int32_t)sql_take_int(q);
	i.issued = sql_take_date(q);
	i.sent_on = sql_take_date(q);
	i.due = sql_take_date(q);
	i.episode = (unsigned)sql_take_int(q);
	i.amount = load_money(sql_take_int(q), r->p->currency);
	i.paid = load_money(sql_take_int(q), r->p->currency);
	i.open = i.amount;
	for (size_t k = 0; k < CLAIM_KINDS; k++)
		i.claimed[k] = (struct claimed){
			.amount = load_money(0, r->p->currency),
			.paid = load_money(0, r->p->currency),
			.waived = load_money(0, r->p->currency),
			.since = DATE_NONE,
		};
	return i;
}

static int
book_read_items(struct reader *r, struct err *e)
{
	struct position *p = r->p;
	struct query q;
	int rc;

	sql_start(&r->l->sql, &q,
	    "SELECT i.id, v.number, v.contract, v.scenario, v.clause,"
	    " v.rate_milli IS NOT NULL, v.rate_milli, v.issued, v.sent_on,"
	    " i.due, i.episode, i.amount,"
	    " (SELECT sum(amount) FROM allocation WHERE instalment = i.id)"
	    " FROM invoice v JOIN instalment i ON i.invoice = v.id"
	    " WHERE v.debtor = ? AND v.currency = ? AND v.kind = 'invoice'"
	    " ORDER BY i.due, v.number, i.id");
	sql_put_int(&q, r->debtor);
	sql_put_text(&q, p->currency);
	while ((rc = sql_next(&q, e)) == 1) {
		struct item i = item_take(r, &q);

		if (money_sub(&i.open, i.paid, e) != 0) {
			sql_end(&q);
			return err_add(e, "invoice %s", i.invoice);
		}
		p->items = load_grow(r->a, p->items, p->n_items, sizeof(i));
		p->items[p->n_items++] = i;
	}
	return rc;
}

/*
 * The item of that id. The search begins at the one found before: rows in
 * the order of the items find theirs at once.
 */
static struct item *
book_find_item(struct reader *r, int64_t id)
{
	const struct position *p = r->p;

	for (size_t n = 0; n < p->n_items; n++) {
		size_t i = (r->found + n) % p->n_items;

		if (p->items[i].id == id) {
			r->found = i;
			return &p->items[i];
		}
	}
	abort(); /* the row is of this debtor and currency */
}

/* ---- what became of it ---- */

static void
move_take(struct reader *r, struct query *q)
{
	struct item *i = book_find_item(r, sql_take_int(q));
	struct item_move m = { .on = sql_take_date(q) };

	m.minor = -sql_take_int(q);
	i->moves = load_grow(r->a, i->moves, i->n_moves, sizeof(m));
	i->moves[i->n_moves++] = m;
}

static int
book_read_moves(struct reader *r, struct err *e)
{
	struct query q;
	int rc;

	sql_start(&r->l->sql, &q,
	    "SELECT i.id, m.day, a.amount FROM invoice v"
	    " JOIN instalment i ON i.invoice = v.id"
	    " JOIN allocation a ON a.instalment = i.id"
	    " JOIN movement m ON m.id = a.movement"
	    " WHERE v.debtor = ? AND v.currency = ? AND v.kind = 'invoice'"
	    " ORDER BY i.due, v.number, i.id, m.day, a.id");
	sql_put_int(&q, r->debtor);
	sql_put_text(&q, r->p->currency);
	while ((rc = sql_next(&q, e)) == 1)
		move_take(r, &q);
	return rc;
}

static int
claimed_take(struct reader *r, struct query *q, struct err *e)
{
	struct item *i = book_find_item(r, sql_take_int(q));
	const char *currency = r->p->currency;
	struct claimed c;
	int kind;

	if (names_find(&names_claim_kind, sql_take_text(q, r->a), &kind, e) !=
	    0)
		return -1;
	c.amount = load_money(sql_take_int(q), currency);
	c.paid = load_money(sql_take_int(q), currency);
	c.waived = load_money(sql_take_int(q), currency);
	c.waived_all = sql_take_int(q) != 0;
	c.since = sql_take_date(q);
	i->claimed[kind] = c;
	return 0;
}

static int
book_read_claimed(struct reader *r, struct err *e)
{
	struct query q;
	int rc;

	sql_start(&r->l->sql, &q,
	    "SELECT i.id, s.kind, s.amount, s.paid, s.waived, s.waived_all,"
	    " s.since FROM invoice v JOIN instalment i ON i.invoice = v.id"
	    " JOIN claim_standing s ON s.instalment = i.id"
	    " WHERE v.debtor = ? AND v.currency = ? AND v.kind = 'invoice'"
	    " ORDER BY i.due, v.number, i.id");
	sql_put_int(&q, r->debtor);
	sql_put_text(&q, r->p->currency);
	while ((rc = sql_next(&q, e)) == 1) {
		if (claimed_take(r, &q, e) != 0) {
			sql_end(&q);
			return -1;
		}
	}
	return rc;
}

/* ---- rungs ---- */

static int
course_take(struct query *q, struct arena *a, struct course *out, struct err *e)
{
	const char *state = sql_take_text(q, a);
	const char *channel = sql_take_text(q, a);
	int value;

	if (names_find(&names_state, state, &value, e) != 0)
		return -1;
	out->state = (enum notice_state)value;
	if (names_find(&names_channel, channel, &value, e) != 0)
		return -1;
	out->channel = (enum channel)value;
	out->day = sql_take_date(q);
	out->accepted_on = sql_take_date(q);
	out->posted_on = sql_take_date(q);
	out->printed = sql_take_date(q);
	out->days = (unsigned)sql_take_int(q);
	return 0;
}

static int
rung_take(struct reader *r, struct query *q, struct err *e)
{
	struct item *i = book_find_item(r, sql_take_int(q));
	struct rung g = { .counts = false };
	struct course c;

	g.notice = sql_take_text(q, r->a);
	g.step = sql_take_text(q, r->a);
	if (course_take(q, r->a, &c, e) != 0)
		return -1;
	g.state = c.state;
	g.counts = course_counts(&c);
	g.on = course_on(&c);
	g.deadline = course_deadline(&c);
	g.deadline_waits = c.days > 0 && g.deadline == DATE_NONE;
	i->rungs = load_grow(r->a, i->rungs, i->n_rungs, sizeof(g));
	i->rungs[i->n_rungs++] = g;
	return 0;
}

static int
book_read_rungs(struct reader *r, struct err *e)
{
	struct query q;
	int rc;

	sql_start(&r->l->sql, &q,
	    "SELECT l.instalment, n.id, l.step, n.state, n.channel, n.day,"
	    " n.accepted_on, n.posted_on, n.deadline, n.deadline_days"
	    " FROM notice n JOIN notice_line l ON l.notice = n.key"
	    " JOIN instalment i ON i.id = l.instalment"
	    " WHERE n.debtor = ? AND n.currency = ? AND l.live = 1"
	    " AND l.role = 'demanded' AND l.episode = i.episode"
	    " ORDER BY n.key, l.position");
	sql_put_int(&q, r->debtor);
	sql_put_text(&q, r->p->currency);
	while ((rc = sql_next(&q, e)) == 1) {
		if (rung_take(r, &q, e) != 0) {
			sql_end(&q);
			return -1;
		}
	}
	return rc;
}

/* ---- the position itself ---- */

static int
book_read_contact(struct reader *r, struct err *e)
{
	struct query q;
	int rc;

	r->p->last_contact = DATE_NONE;
	sql_start(&r->l->sql, &q,
	    "SELECT state, channel, day, accepted_on, posted_on, deadline,"
	    " deadline_days FROM notice WHERE debtor = ? AND state NOT IN"
	    " ('superseded', 'cancelled', 'failed', 'bounced', 'returned',"
	    " 'waived')");
	sql_put_int(&q, r->debtor);
	while ((rc = sql_next(&q, e)) == 1) {
		struct course c;

		if (course_take(&q, r->a, &c, e) != 0) {
			sql_end(&q);
			return -1;
		}
		/* DATE_NONE is the least of all dates. */
		if (course_on(&c) > r->p->last_contact)
			r->p->last_contact = course_on(&c);
	}
	return rc;
}

static int
book_read_in_flight(struct reader *r, struct err *e)
{
	struct query q;
	int rc;

	sql_start(&r->l->sql, &q,
	    "SELECT id FROM notice WHERE debtor = ? AND currency = ?"
	    " AND state IN ('planned', 'approved', 'rendered', 'reserved',"
	    " 'sending', 'ambiguous') ORDER BY key LIMIT 1");
	sql_put_int(&q, r->debtor);
	sql_put_text(&q, r->p->currency);
	rc = sql_next(&q, e);
	if (rc == 1) {
		r->p->in_flight = sql_take_text(&q, r->a);
		sql_end(&q);
	}
	return rc < 0 ? -1 : 0;
}

/* Refused for good: by a notice to the address the debtor has now. */
static int
book_read_refusal(struct reader *r, struct err *e)
{
	struct query q;
	int rc;

	sql_start(&r->l->sql, &q,
	    "SELECT 1 FROM notice WHERE debtor = ? AND state = 'failed'"
	    " AND channel = 'email' AND recipient = ? LIMIT 1");
	sql_put_int(&q, r->debtor);
	sql_put_text(&q, r->p->debtor->email);
	rc = sql_next(&q, e);
	r->p->email_refused = rc == 1;
	if (rc == 1)
		sql_end(&q);
	return rc < 0 ? -1 : 0;
}

static int
hold_take(struct reader *r, struct query *q, struct hold *out, struct err *e)
{
	const char *kind = sql_take_text(q, r->a);
	int value;

	if (names_find(&names_hold_kind, kind, &value, e) != 0)
		return -1;
	out->kind = (enum hold_kind)value;
	out->invoice = sql_take_text(q, r->a);
	out->from = sql_take_date(q);
	out->until = sql_take_date(q);
	out->text = sql_take_text(q, r->a);
	return 0;
}

static int
book_read_holds(struct reader *r, struct err *e)
{
	struct position *p = r->p;
	struct query q;
	int rc;

	sql_start(&r->l->sql, &q,
	    "SELECT h.kind, v.number, h.since, h.until, h.text FROM hold h"
	    " LEFT JOIN invoice v ON v.id = h.invoice"
	    " WHERE h.debtor = ? AND h.lifted IS NULL"
	    " AND (h.invoice IS NULL OR v.currency = ?) ORDER BY h.id");
	sql_put_int(&q, r->debtor);
	sql_put_text(&q, p->currency);
	while ((rc = sql_next(&q, e)) == 1) {
		struct hold h;

		if (hold_take(r, &q, &h, e) != 0) {
			sql_end(&q);
			return -1;
		}
		p->holds = load_grow(r->a, p->holds, p->n_holds, sizeof(h));
		p->holds[p->n_holds++] = h;
	}
	return rc;
}

static int
book_fill_position(struct reader *r, struct err *e)
{
	int64_t unallocated;

	if (book_read_items(r, e) != 0 || book_read_moves(r, e) != 0 ||
	    book_read_claimed(r, e) != 0 || book_read_rungs(r, e) != 0 ||
	    book_read_contact(r, e) != 0 || book_read_in_flight(r, e) != 0 ||
	    book_read_refusal(r, e) != 0 || book_read_holds(r, e) != 0 ||
	    find_unallocated(r->l, r->debtor, r->p->currency, &unallocated,
		e) != 0)
		return -1;
	r->p->unallocated = load_money(unallocated, r->p->currency);
	return 0;
}

/* ---- all positions ---- */

/* A debtor's positions follow each other and share its struct. */
static int
position_take(struct query *q, struct arena *a, struct position *p,
    const struct debtor *last, struct err *e)
{
	const char *currency = sql_take_text(q, a);
	struct debtor *d = arena_alloc(a, sizeof(*d));

	assert(strlen(currency) == 3);
	memcpy(p->currency, currency, sizeof(p->currency));
	if (load_debtor(q, a, d, e) != 0)
		return -1;
	p->debtor = last != NULL && strcmp(last->code, d->code) == 0 ? last : d;
	return 0;
}

static int
book_read_positions(struct ledger *l, struct arena *a, struct book *b,
    int64_t **keys, struct err *e)
{
	const struct debtor *last = NULL;
	struct query q;
	int rc;

	*keys = NULL;
	sql_start(&l->sql, &q,
	    "SELECT x.debtor, x.currency, " LOAD_DEBTOR
	    " FROM (SELECT debtor, currency FROM invoice"
	    "   WHERE kind = 'invoice'"
	    "   UNION SELECT debtor, currency FROM movement) x"
	    " JOIN debtor d ON d.id = x.debtor"
	    " JOIN contact c ON c.debtor = d.id"
	    " ORDER BY d.code, x.currency");
	while ((rc = sql_next(&q, e)) == 1) {
		struct position p = { .in_flight = NULL };

		*keys = load_grow(a, *keys, b->n, sizeof(**keys));
		(*keys)[b->n] = sql_take_int(&q);
		if (position_take(&q, a, &p, last, e) != 0) {
			sql_end(&q);
			return -1;
		}
		last = p.debtor;
		b->positions = load_grow(a, b->positions, b->n, sizeof(p));
		b->positions[b->n++] = p;
	}
	return rc;
}

static int
book_read(struct ledger *l, struct arena *a, struct book *b, struct err *e)
{
	int64_t *keys;

	if (find_payments_as_of(l, &b->payments_as_of, e) != 0 ||
	    book_read_positions(l, a, b, &keys, e) != 0)
		return -1;
	assert(b->n == 0 || keys != NULL);
	for (size_t i = 0; i < b->n; i++) {
		struct reader r = {
			.l = l, .a = a, .debtor = keys[i], .p = &b->positions[i]
		};

		if (book_fill_position(&r, e) != 0)
			return err_add(e, "debtor %s", r.p->debtor->code);
	}
	return 0;
}

int
ledger_book(struct ledger *l, struct arena *a, struct book *out, struct err *e)
{
	int rc;

	*out = (struct book){ .n = 0 };
	if (store_begin_read(l, e) != 0)
		return -1;
	rc = book_read(l, a, out, e);
	store_rollback(l);
	return rc;
}
