/*
 * Invariants:
 *
 *  1. 0 <= allocated to an instalment <= its amount, and 0 <= paid of a
 *     claim <= claimed - waived (triggers keep it).
 *  2. The unallocated money of a debtor in a currency is never negative.
 *  3. An instalment's episode does not change: money that comes closes it,
 *     a reversal opens the same one again.
 */
#include "ledger/match.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/event.h"
#include "ledger/find.h"
#include "ledger/load.h"
#include "ledger/settle.h"
#include "pay/payref.h"

static const char *const movement_kinds[] = {
	[MOVEMENT_PAYMENT] = "payment",
	[MOVEMENT_REVERSAL] = "reversal",
	[MOVEMENT_CREDIT] = "credit",
};

/* An instalment money can go to or come back from. */
struct target {
	int64_t instalment;
	struct part parts[DEBT_PARTS];
	bool named; /* the movement says its invoice's number */
};

struct match {
	struct ledger *l;
	struct arena *a;
	const struct movement *m;
	int64_t id;                /* of the movement */
	struct notice_head notice; /* whose reference it carries */
	struct target *targets;
	size_t n;
};

#define TARGET_COLUMNS                                                   \
	"SELECT i.id, i.amount, v.number,"                               \
	" (SELECT sum(amount) FROM allocation WHERE instalment = i.id)," \
	" (SELECT sum(a.amount) FROM allocation a"                       \
	"   JOIN movement m ON m.id = a.movement"                        \
	"   WHERE a.instalment = i.id AND m.kind <> 'credit') "

static bool
is_word_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Whether a text has the number, and not as a part of a longer one. */
static bool
match_says(const char *text, const char *number)
{
	size_t n = strlen(number);

	assert(n > 0);
	for (const char *p = text; (p = strstr(p, number)) != NULL; p++)
		if ((p == text || !is_word_byte(p[-1])) && !is_word_byte(p[n]))
			return true;
	return false;
}

/*
 * Who pays on the day of a notice may not have read it, unless the payment
 * carries its reference.
 */
static int
match_find_claims(struct match *x, struct target *t, struct err *e)
{
	date_t before = x->m->day + (x->notice.key != 0);
	struct part claims[CLAIM_KINDS];

	if (x->m->order == NULL)
		return 0;
	if (settle_find(x->l, t->instalment, before, claims, e) != 0)
		return -1;
	t->parts[PART_INTEREST] = claims[CLAIM_INTEREST];
	t->parts[PART_FEE] = claims[CLAIM_FEE];
	return 0;
}

static int
match_read_targets(struct match *x, struct query *q, struct err *e)
{
	int rc;

	while ((rc = sql_next(q, e)) == 1) {
		struct target t = { .instalment = sql_take_int(q) };
		int64_t amount = sql_take_int(q);
		const char *number = sql_take_text(q, x->a);

		/* 0 <= what is paid <= amount */
		t.parts[PART_PRINCIPAL].open = amount - sql_take_int(q);
		t.parts[PART_PRINCIPAL].given = sql_take_int(q);
		if (match_find_claims(x, &t, e) != 0) {
			sql_end(q);
			return -1;
		}
		t.named = match_says(x->m->reference, number) ||
		    match_says(x->m->label, number);
		x->targets = load_grow(x->a, x->targets, x->n, sizeof(t));
		x->targets[x->n++] = t;
	}
	return rc;
}

/*
 * Who pays may say for which of a notice's invoices; a reversal, which begins
 * at the end, finds them there.
 */
static void
match_put_named_first(struct match *x)
{
	struct target *sorted = arena_array(x->a, x->n, sizeof(*sorted));
	bool first = x->m->amount.minor > 0;
	size_t n = 0;

	for (int turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < x->n; i++)
			if (x->targets[i].named == (first == (turn == 0)))
				sorted[n++] = x->targets[i];
	x->targets = sorted;
}

static int
match_find_targets(struct match *x, struct err *e)
{
	const struct payment_words words = { x->m->reference, x->m->label,
		x->m->debtor, x->m->amount.currency };
	struct query q;

	if (x->m->invoice != 0) {
		sql_start(&x->l->sql, &q,
		    TARGET_COLUMNS
		    "FROM instalment i JOIN invoice v ON v.id = i.invoice"
		    " WHERE v.id = ? ORDER BY i.due, i.id");
		sql_put_int(&q, x->m->invoice);
		return match_read_targets(x, &q, e);
	}
	if (find_reference(x->l, &words, x->a, &x->notice, e) != 0)
		return -1;
	if (x->notice.key == 0)
		return 0;
	sql_start(&x->l->sql, &q,
	    TARGET_COLUMNS
	    "FROM notice_line n JOIN instalment i ON i.id = n.instalment"
	    " JOIN invoice v ON v.id = i.invoice"
	    " WHERE n.notice = ? AND n.role = 'demanded'"
	    " ORDER BY i.due, n.position");
	sql_put_int(&q, x->notice.key);
	if (match_read_targets(x, &q, e) != 0)
		return -1;
	match_put_named_first(x);
	return 0;
}

static int
match_allocate(struct match *x, int64_t instalment, int64_t minor,
    struct err *e)
{
	struct query q;

	sql_start(&x->l->sql, &q,
	    "INSERT INTO allocation (movement, instalment, amount)"
	    " VALUES (?, ?, ?)");
	sql_put_int(&q, x->id);
	sql_put_int(&q, instalment);
	sql_put_int(&q, minor);
	return sql_run(&q, e);
}

static int
match_write(struct match *x, const struct target *t, enum debt_part part,
    int64_t minor, struct err *e)
{
	switch (part) {
	case PART_PRINCIPAL:
		return match_allocate(x, t->instalment, minor, e);
	case PART_INTEREST:
		return settle_add(x->l, x->id, t->instalment, CLAIM_INTEREST,
		    minor, e);
	case PART_FEE:
		return settle_add(x->l, x->id, t->instalment, CLAIM_FEE, minor,
		    e);
	}
	abort();
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The part of a debt that is paid n-th. */
static enum debt_part
match_part(const struct match *x, size_t n)
{
	return x->m->order == NULL ? PART_PRINCIPAL : x->m->order[n];
}

/* Takes from the rest what goes to the targets. */
static int
match_give(struct match *x, int64_t *rest, struct err *e)
{
	for (size_t i = 0; i<x->n * DEBT_PARTS && * rest> 0; i++) {
		struct target *t = &x->targets[i / DEBT_PARTS];
		enum debt_part part = match_part(x, i % DEBT_PARTS);
		int64_t minor = least(*rest, t->parts[part].open);

		if (minor <= 0)
			continue;
		if (match_write(x, t, part, minor, e) != 0)
			return -1;
		t->parts[part].open -= minor;
		*rest -= minor;
	}
	return 0;
}

/* Whether an earlier movement went where this reversal takes from. */
static bool
match_is_same_way(const struct match *x, int64_t invoice, const char *reference,
    const char *label)
{
	if (x->m->invoice != 0)
		return invoice == x->m->invoice;
	return invoice == 0 &&
	    (payref_names(reference, x->notice.id) ||
		payref_names(label, x->notice.id));
}

/*
 * Unallocated money that came the same way as the reversal: on the invoice
 * it names, under its reference, or on the debtor alone.
 */
static int
match_find_rest(struct match *x, int64_t *out, struct err *e)
{
	struct query q;
	int rc;

	*out = INT64_MAX;
	if (x->m->invoice == 0 && x->notice.key == 0)
		return 0;
	*out = 0;
	sql_start(&x->l->sql, &q,
	    "SELECT m.amount, m.invoice, m.reference, m.label,"
	    " (SELECT ifnull(sum(a.amount), 0) FROM allocation a"
	    "   WHERE a.movement = m.id) +"
	    " (SELECT ifnull(sum(s.amount), 0) FROM settlement s"
	    "   WHERE s.movement = m.id)"
	    " FROM movement m WHERE m.debtor = ? AND m.currency = ?"
	    " AND m.kind <> 'credit' AND m.id <> ?");
	sql_put_int(&q, x->m->debtor);
	sql_put_text(&q, x->m->amount.currency);
	sql_put_int(&q, x->id);
	while ((rc = sql_next(&q, e)) == 1) {
		int64_t amount = sql_take_int(&q);
		int64_t invoice = sql_take_int(&q);
		const char *reference = sql_take_text(&q, x->a);
		const char *label = sql_take_text(&q, x->a);
		int64_t rest = amount - sql_take_int(&q); /* part of it */

		if (match_is_same_way(x, invoice, reference, label) &&
		    __builtin_add_overflow(*out, rest, out)) {
			sql_end(&q);
			return err_set(e, ERR_DATA,
			    "the sum of amounts is too large");
		}
	}
	return rc;
}

static int
match_refuse_rest(const struct match *x, int64_t rest, struct err *e)
{
	struct money missing = x->m->amount;
	char much[MONEY_SIZE];

	missing.minor = rest;
	return err_set(e, ERR_DATA,
	    "the reversal takes back %s %s more than was paid there; name the "
	    "invoice whose payment came back, or correct the amount",
	    money_fmt(missing, much), missing.currency);
}

static int
match_take_back(struct match *x, struct err *e)
{
	int64_t rest = -x->m->amount.minor;
	int64_t unallocated, same_way;

	if (find_unallocated(x->l, x->m->debtor, x->m->amount.currency,
		&unallocated, e) != 0)
		return -1;
	/* The reversal itself is in the sum by now. */
	if (__builtin_add_overflow(unallocated, rest, &unallocated))
		return err_set(e, ERR_DATA, "the sum of amounts is too large");
	if (match_find_rest(x, &same_way, e) != 0)
		return -1;
	same_way = least(same_way, unallocated);
	if (same_way > 0)
		rest -= least(rest, same_way);
	for (size_t i = x->n * DEBT_PARTS; i-- > 0 && rest > 0;) {
		struct target *t = &x->targets[i / DEBT_PARTS];
		enum debt_part part = match_part(x, i % DEBT_PARTS);
		int64_t minor = least(rest, t->parts[part].given);

		if (minor <= 0)
			continue;
		if (match_write(x, t, part, -minor, e) != 0)
			return -1;
		t->parts[part].given -= minor;
		rest -= minor;
	}
	return rest == 0 ? 0 : match_refuse_rest(x, rest, e);
}

static int
match_insert(struct match *x, struct err *e)
{
	const struct movement *m = x->m;
	struct query q;

	sql_start(&x->l->sql, &q,
	    "INSERT INTO movement (kind, external, day, debtor, currency,"
	    " amount, reference, invoice, label, notes, twin, import)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?)");
	sql_put_text(&q, movement_kinds[m->kind]);
	sql_put_text(&q, m->external);
	sql_put_date(&q, m->day);
	sql_put_int(&q, m->debtor);
	sql_put_text(&q, m->amount.currency);
	sql_put_int(&q, m->amount.minor);
	sql_put_text(&q, m->reference);
	sql_put_int(&q, m->invoice);
	sql_put_text(&q, m->label);
	sql_put_text(&q, m->notes);
	sql_put_int(&q, m->twin);
	sql_put_int(&q, m->import);
	if (sql_run(&q, e) != 0)
		return -1;
	x->id = sqlite3_last_insert_rowid(x->l->sql.db);
	return 0;
}

int
match_add(struct ledger *l, const struct movement *m, struct err *e)
{
	struct match x = { .l = l, .a = arena_new(), .m = m };
	struct event ev = { .kind = EVENT_MOVEMENT,
		.subject = m->external,
		.word = "added",
		.detail = movement_kinds[m->kind] };
	int64_t sum, rest = m->amount.minor;
	int rc;

	assert((m->kind == MOVEMENT_REVERSAL) == (m->amount.minor < 0));
	rc = match_insert(&x, e);
	/* A sum that is no number any more is refused here, with its row. */
	if (rc == 0)
		rc = find_moved(l, m->debtor, m->amount.currency, &sum, e);
	if (rc == 0)
		rc = match_find_targets(&x, e);
	if (rc == 0)
		rc = m->amount.minor > 0 ? match_give(&x, &rest, e)
					 : match_take_back(&x, e);
	ev.row = x.id;
	if (rc == 0)
		rc = event_add(l, &ev, e);
	arena_free(x.a);
	return rc;
}

/* ---- a notice that counts only now ---- */

/* The debt first, as when they came; no claim counted then. */
static const enum debt_part late_order[DEBT_PARTS] = { PART_PRINCIPAL, PART_FEE,
	PART_INTEREST };

/* A payment of which something is left; its amount is what is left. */
struct late {
	int64_t id;
	struct movement m;
};

struct lates {
	struct late *all;
	size_t n;
};

static int
match_find_late(struct ledger *l, const struct notice_head *n,
    const char *currency, struct arena *a, struct lates *out, struct err *e)
{
	struct query q;
	int rc;

	*out = (struct lates){ .n = 0 };
	sql_start(&l->sql, &q,
	    "SELECT m.id, m.external, m.reference, m.label, m.amount -"
	    " (SELECT ifnull(sum(a.amount), 0) FROM allocation a"
	    "   WHERE a.movement = m.id) -"
	    " (SELECT ifnull(sum(s.amount), 0) FROM settlement s"
	    "   WHERE s.movement = m.id) AS rest"
	    " FROM movement m WHERE m.debtor = ? AND m.currency = ?"
	    " AND m.kind = 'payment' AND m.invoice IS NULL AND rest > 0"
	    " ORDER BY m.day, m.id");
	sql_put_int(&q, n->debtor);
	sql_put_text(&q, currency);
	while ((rc = sql_next(&q, e)) == 1) {
		struct late x = { .id = sql_take_int(&q) };

		x.m.external = sql_take_text(&q, a);
		x.m.reference = sql_take_text(&q, a);
		x.m.label = sql_take_text(&q, a);
		x.m.amount = load_money(sql_take_int(&q), currency);
		if (!payref_names(x.m.reference, n->id) &&
		    !payref_names(x.m.label, n->id))
			continue;
		out->all = load_grow(a, out->all, out->n, sizeof(x));
		out->all[out->n++] = x;
	}
	return rc;
}

/* What reversals took back of such money is there no more. */
static int
match_find_left(struct match *x, int64_t *out, struct err *e)
{
	int64_t others, all;

	if (match_find_rest(x, &others, e) != 0 ||
	    find_unallocated(x->l, x->m->debtor, x->m->amount.currency, &all,
		e) != 0)
		return -1;
	*out = x->m->amount.minor + least(others, 0);
	*out = least(*out, all);
	return 0;
}

static int
match_give_late(struct match *x, struct movement *m, struct err *e)
{
	struct event ev = { .kind = EVENT_MOVEMENT,
		.row = x->id,
		.subject = m->external,
		.word = "changed",
		.detail = movement_kinds[MOVEMENT_PAYMENT] };
	int64_t rest;

	if (match_find_targets(x, e) != 0 ||
	    match_find_left(x, &m->amount.minor, e) != 0)
		return -1;
	rest = m->amount.minor;
	if (match_give(x, &rest, e) != 0)
		return -1;
	return rest == m->amount.minor ? 0 : event_add(x->l, &ev, e);
}

int
match_late(struct ledger *l, const struct notice_head *n, const char *currency,
    date_t on, struct err *e)
{
	struct arena *a = arena_new();
	struct lates late;
	int rc;

	rc = match_find_late(l, n, currency, a, &late, e);
	for (size_t i = 0; i < late.n && rc == 0; i++) {
		struct movement *m = &late.all[i].m;
		struct match x = {
			.l = l, .a = a, .m = m, .id = late.all[i].id
		};

		m->debtor = n->debtor;
		m->day = on; /* its reference says that it knew the letter */
		m->order = late_order;
		rc = match_give_late(&x, m, e);
	}
	arena_free(a);
	return rc;
}
