#include "ledger/gate.h"

#include <inttypes.h>
#include <string.h>

#include "base/str.h"
#include "ledger/archive.h"
#include "ledger/find.h"
#include "ledger/load.h"
#include "ledger/recipient.h"

#define DOCUMENT_BYTES (64 << 20)

/* A letter from the future, or one whose deadline is over, helps nobody. */
static int
gate_dates(struct step *s, const struct gate *g, const char **closed,
    struct err *e)
{
	char day[DATE_SIZE];

	(void)e;
	if (g->on < s->day)
		*closed = arena_fmt(s->a, "it is dated %s, which is to come",
		    date_fmt(s->day, day));
	else if (s->deadline != DATE_NONE && s->deadline <= g->on)
		*closed = arena_fmt(s->a, "the deadline it prints is %s",
		    date_fmt(s->deadline, day));
	return 0;
}

static int
gate_payments(struct step *s, const struct gate *g, const char **closed,
    struct err *e)
{
	char day[DATE_SIZE], least[DATE_SIZE];
	date_t as_of;

	if (g->payments_not_before == DATE_NONE)
		return 0;
	if (find_payments_as_of(s->l, &as_of, e) != 0)
		return -1;
	/* DATE_NONE is the least of all dates. */
	if (as_of < g->payments_not_before)
		*closed = arena_fmt(s->a,
		    "payments are known up to %s only, at least %s is needed",
		    as_of == DATE_NONE ? "no day" : date_fmt(as_of, day),
		    date_fmt(g->payments_not_before, least));
	return 0;
}

static int
gate_basis(struct step *s, const struct gate *g, const char **closed,
    struct err *e)
{
	(void)e;
	if (strcmp(s->basis, g->basis) != 0)
		*closed = "its text, the creditor or the debtor's kind has "
			  "changed since it was written";
	return 0;
}

static int
gate_recipient(struct step *s, const struct gate *g, const char **closed,
    struct err *e)
{
	struct debtor d;
	struct query q;
	int rc;

	(void)g;
	sql_start(&s->l->sql, &q,
	    "SELECT " LOAD_DEBTOR " FROM debtor d"
	    " JOIN contact c ON c.debtor = d.id WHERE d.id = ?");
	sql_put_int(&q, s->debtor);
	rc = sql_next(&q, e);
	if (rc == 0)
		return err_set(e, ERR_BROKEN,
		    "a debtor without contact data; run semonce verify");
	if (rc < 0)
		return -1;
	rc = load_debtor(&q, s->a, &d, e);
	sql_end(&q);
	if (rc != 0)
		return -1;
	if (strcmp(s->recipient, recipient_of(s->a, &d, s->channel)) != 0 ||
	    strcmp(s->addressee, recipient_addressee(s->a, &d)) != 0)
		*closed = "the debtor's address has changed";
	return 0;
}

/* Of all lines: those listed for information are sums on paper, too. */
static int
gate_open(struct step *s, const struct gate *g, const char **closed,
    struct err *e)
{
	struct query q;
	int rc;

	(void)g;
	sql_start(&s->l->sql, &q,
	    "SELECT v.number FROM notice_line l"
	    " JOIN instalment i ON i.id = l.instalment"
	    " JOIN invoice v ON v.id = i.invoice"
	    " WHERE l.notice = ?"
	    " AND (l.episode <> i.episode OR l.open <> i.amount - ifnull("
	    "   (SELECT sum(amount) FROM allocation"
	    "    WHERE instalment = i.id), 0)) ORDER BY l.position LIMIT 1");
	sql_put_int(&q, s->key);
	rc = sql_next(&q, e);
	if (rc == 1) {
		*closed =
		    arena_fmt(s->a, "what is open on invoice %s has changed",
			sql_take_text(&q, s->a));
		sql_end(&q);
	}
	return rc < 0 ? -1 : 0;
}

/*
 * What was settled of a claim, and the days on which money moved: interest
 * was reckoned over them, and a payment that came back lowers no sum.
 */
static int
gate_claims(struct step *s, const struct gate *g, const char **closed,
    struct err *e)
{
	struct query q;
	int rc;

	(void)g;
	sql_start(&s->l->sql, &q,
	    "SELECT v.number FROM claim c"
	    " JOIN claim_standing s ON s.instalment = c.instalment"
	    "  AND s.kind = c.kind"
	    " JOIN instalment i ON i.id = c.instalment"
	    " JOIN invoice v ON v.id = i.invoice"
	    " WHERE c.notice = ?1"
	    " AND (s.waived_all OR c.settled <> min(c.amount, s.paid + s.waived)"
	    "  OR EXISTS (SELECT 1 FROM allocation a JOIN event m"
	    "    ON m.kind = 'movement' AND m.row = a.movement"
	    "    WHERE a.instalment = c.instalment AND m.seq >"
	    "     (SELECT min(seq) FROM event"
	    "      WHERE kind = 'notice' AND row = ?1)))"
	    " ORDER BY c.id LIMIT 1");
	sql_put_int(&q, s->key);
	rc = sql_next(&q, e);
	if (rc == 1) {
		*closed = arena_fmt(s->a,
		    "what is owed of interest or fees on invoice %s has "
		    "changed",
		    sql_take_text(&q, s->a));
		sql_end(&q);
	}
	return rc < 0 ? -1 : 0;
}

/*
 * Money that names no invoice lowers no open amount, and yet it may be the
 * payment: more of it than there was stops the notice.
 */
static int
gate_unallocated(struct step *s, const struct gate *g, const char **closed,
    struct err *e)
{
	int64_t now;

	(void)g;
	if (find_unallocated(s->l, s->debtor, s->currency, &now, e) != 0)
		return -1;
	if (now > s->unallocated)
		*closed = "money of this debtor has come in that is on no "
			  "invoice yet";
	return 0;
}

static int
gate_holds(struct step *s, const struct gate *g, const char **closed,
    struct err *e)
{
	struct query q;
	int rc;

	sql_start(&s->l->sql, &q,
	    "SELECT h.kind, h.text FROM hold h"
	    " WHERE h.debtor = ?1 AND h.lifted IS NULL AND h.since <= ?2"
	    " AND (h.until IS NULL OR h.until >= ?2)"
	    " AND (h.invoice IS NULL OR h.invoice IN (SELECT i.invoice"
	    "   FROM notice_line l JOIN instalment i ON i.id = l.instalment"
	    "   WHERE l.notice = ?3 AND l.role = 'demanded'))"
	    " ORDER BY h.id LIMIT 1");
	sql_put_int(&q, s->debtor);
	sql_put_date(&q, g->on);
	sql_put_int(&q, s->key);
	rc = sql_next(&q, e);
	if (rc == 1) {
		const char *kind = sql_take_text(&q, s->a);
		const char *text = sql_take_text(&q, s->a);

		*closed = arena_fmt(s->a, "on hold (%s)%s%s", kind,
		    text[0] == '\0' ? "" : ": ", text);
		sql_end(&q);
	}
	return rc < 0 ? -1 : 0;
}

static int
gate_documents(struct step *s, const struct gate *g, const char **closed,
    struct err *e)
{
	struct query q;
	struct str bytes;
	size_t n = 0;
	int rc;

	(void)g;
	str_init(&bytes, DOCUMENT_BYTES);
	sql_start(&s->l->sql, &q,
	    "SELECT sha256, ext FROM document WHERE notice = ? ORDER BY id");
	sql_put_int(&q, s->key);
	while ((rc = sql_next(&q, e)) == 1) {
		const char *sha256 = sql_take_text(&q, s->a);
		const char *ext = sql_take_text(&q, s->a);
		struct err damage;

		n++;
		str_clear(&bytes);
		if (archive_read(s->l->dir, s->l->hasher, sha256, ext, &bytes,
			&damage) != 0)
			*closed = arena_str(s->a, damage.text);
	}
	str_done(&bytes);
	if (rc == 0 && n == 0)
		*closed = "it has no documents";
	return rc;
}

int
gate_check(struct step *s, const struct gate *g, const char **closed,
    struct err *e)
{
	static int (*const checks[])(struct step *, const struct gate *,
	    const char **, struct err *) = { gate_dates, gate_payments,
		gate_basis, gate_recipient, gate_open, gate_claims,
		gate_unallocated, gate_holds, gate_documents };

	*closed = NULL;
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		if (checks[i](s, g, closed, e) != 0)
			return -1;
		if (*closed != NULL)
			return 0;
	}
	return 0;
}
