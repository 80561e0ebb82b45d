#include <assert.h>
#include <string.h>

#include "ledger/claim.h"
#include "ledger/event.h"
#include "ledger/find.h"
#include "ledger/load.h"
#include "ledger/names.h"
#include "ledger/outbox.h"
#include "ledger/recipient.h"
#include "ledger/step.h"

/* A notice on its way into the ledger. */
struct approval {
	struct ledger *l;
	struct arena *a;
	const struct notice *n;
	const char *recipient, *addressee;
	int64_t debtor, unallocated;
};

/* ---- what must be true ---- */

static int
approve_check_sums(const struct notice *n, struct err *e)
{
	struct money open, total = n->open;
	size_t demanded = 0;

	if (money_zero(n->currency, &open, e) != 0)
		return -1;
	for (size_t i = 0; i < n->n_lines; i++) {
		const struct notice_line *line = &n->lines[i];

		if (line->role != LINE_DEMANDED)
			continue;
		demanded++;
		if (money_add(&open, line->open, e) != 0)
			return -1;
	}
	if (money_add(&total, n->interest, e) != 0 ||
	    money_add(&total, n->fee, e) != 0)
		return -1;
	if (demanded == 0 || open.minor != n->open.minor ||
	    total.minor != n->total.minor || total.minor <= 0)
		return err_set(e, ERR_DATA,
		    "its lines do not add up to its totals; plan again");
	return 0;
}

static int
approve_check_id(struct approval *p, struct err *e)
{
	const char *state, *recipient;
	struct query q;
	int rc;

	sql_start(&p->l->sql, &q,
	    "SELECT state, recipient FROM notice WHERE id = ?"
	    " ORDER BY key DESC LIMIT 1");
	sql_put_text(&q, p->n->id);
	rc = sql_next(&q, e);
	if (rc != 1)
		return rc;
	state = sql_take_text(&q, p->a);
	recipient = sql_take_text(&q, p->a);
	sql_end(&q);
	if (strcmp(state, "superseded") == 0)
		return 0;
	if (strcmp(state, "failed") != 0)
		return err_set(e, ERR_DATA, "it is %s already", state);
	/* The same address again on the same day would fail again. */
	if (strcmp(recipient, p->recipient) == 0)
		return err_set(e, ERR_DATA,
		    "it was refused for %s already; correct the debtor's "
		    "address and import it",
		    recipient);
	return 0;
}

static int
approve_check_debtor(struct approval *p, struct err *e)
{
	const struct notice *n = p->n;

	if (find_debtor(p->l, n->debtor->code, &p->debtor, e) != 0)
		return -1;
	if (p->debtor == 0)
		return err_set(e, ERR_DATA, "debtor %s is not known",
		    n->debtor->code);
	p->recipient = recipient_of(p->a, n->debtor, n->channel);
	p->addressee = recipient_addressee(p->a, n->debtor);
	if (p->recipient[0] == '\0')
		return err_set(e, ERR_DATA,
		    "debtor %s has no address to send it to; complete "
		    "the debtor and import it",
		    n->debtor->code);
	if (find_unallocated(p->l, p->debtor, n->currency, &p->unallocated,
		e) != 0)
		return -1;
	if (p->unallocated >= n->total.minor)
		return err_set(e, ERR_DATA,
		    "money that is on no invoice yet covers the debt; name "
		    "the invoice it pays and import it again");
	return 0;
}

/* The instalment is as the line says, and its level is free. */
static int
approve_check_line(struct approval *p, const struct notice_line *line,
    struct err *e)
{
	struct query q;
	int rc;
	bool same;

	sql_start(&p->l->sql, &q,
	    "SELECT v.debtor = ?1 AND v.currency = ?2 AND i.episode = ?3"
	    " AND i.amount = ?4 AND ?5 = ifnull((SELECT sum(amount)"
	    "   FROM allocation WHERE instalment = i.id), 0)"
	    " FROM instalment i JOIN invoice v ON v.id = i.invoice"
	    " WHERE i.id = ?6 AND v.kind = 'invoice'");
	sql_put_int(&q, p->debtor);
	sql_put_text(&q, p->n->currency);
	sql_put_int(&q, line->episode);
	sql_put_int(&q, line->amount.minor);
	sql_put_int(&q, line->paid.minor);
	sql_put_int(&q, line->item);
	rc = sql_next(&q, e);
	if (rc < 0)
		return -1;
	same = rc == 1 && sql_take_int(&q) == 1;
	sql_end(&q);
	if (!same || line->open.minor <= 0)
		return err_set(e, ERR_DATA,
		    "what is open on invoice %s has changed since it was "
		    "planned; plan again",
		    line->invoice);
	return 0;
}

static int
approve_check_level(struct approval *p, const struct notice_line *line,
    struct err *e)
{
	struct query q;
	int rc;

	sql_start(&p->l->sql, &q,
	    "SELECT n.id, n.state FROM notice_line l"
	    " JOIN notice n ON n.key = l.notice"
	    " WHERE l.instalment = ? AND l.step = ? AND l.episode = ?"
	    " AND l.live = 1 AND l.role = 'demanded'");
	sql_put_int(&q, line->item);
	sql_put_text(&q, line->step);
	sql_put_int(&q, line->episode);
	rc = sql_next(&q, e);
	if (rc != 1)
		return rc;
	const char *other = sql_take_text(&q, p->a);
	const char *state = sql_take_text(&q, p->a);

	sql_end(&q);
	return err_set(e, ERR_DATA,
	    "%s of invoice %s is taken already by notice %s, which is %s",
	    line->step, line->invoice, other, state);
}

static int
approve_check(struct approval *p, struct err *e)
{
	if (approve_check_sums(p->n, e) != 0 ||
	    claim_check_sums(p->n, e) != 0 || approve_check_debtor(p, e) != 0 ||
	    approve_check_id(p, e) != 0)
		return -1;
	for (size_t i = 0; i < p->n->n_lines; i++) {
		const struct notice_line *line = &p->n->lines[i];

		if (approve_check_line(p, line, e) != 0)
			return -1;
		if (line->role == LINE_DEMANDED &&
		    approve_check_level(p, line, e) != 0)
			return -1;
		if (claim_check_line(p->l, line, e) != 0)
			return -1;
	}
	return 0;
}

/* ---- writing ---- */

static int
approve_insert_notice(struct approval *p, int64_t *key, struct err *e)
{
	const struct notice *n = p->n;
	struct query q;

	sql_start(&p->l->sql, &q,
	    "INSERT INTO notice (id, debtor, currency, state, scenario, step,"
	    " letter, tone, channel, mode, day, deadline, deadline_days, open,"
	    " interest, fee, total, personal, recipient, addressee,"
	    " unallocated, basis, attempt, tracking)"
	    " VALUES (?, ?, ?, 'planned', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, '', 0, '')");
	sql_put_text(&q, n->id);
	sql_put_int(&q, p->debtor);
	sql_put_text(&q, n->currency);
	sql_put_text(&q, n->scenario);
	sql_put_text(&q, n->step);
	sql_put_text(&q, n->letter);
	sql_put_text(&q, n->tone);
	sql_put_text(&q, names_channel.of[n->channel]);
	sql_put_text(&q, names_step_mode.of[n->mode]);
	sql_put_date(&q, n->on);
	sql_put_date(&q, n->deadline);
	sql_put_int(&q, n->deadline_days);
	sql_put_int(&q, n->open.minor);
	sql_put_int(&q, n->interest.minor);
	sql_put_int(&q, n->fee.minor);
	sql_put_int(&q, n->total.minor);
	sql_put_text(&q, n->personal);
	sql_put_text(&q, p->recipient);
	sql_put_text(&q, p->addressee);
	sql_put_int(&q, p->unallocated);
	if (sql_run(&q, e) != 0)
		return -1;
	*key = sqlite3_last_insert_rowid(p->l->sql.db);
	return 0;
}

static int
approve_insert_line(struct approval *p, int64_t key, size_t i, struct err *e)
{
	const struct notice_line *line = &p->n->lines[i];
	struct query q;

	sql_start(&p->l->sql, &q,
	    "INSERT INTO notice_line (notice, position, instalment, episode,"
	    " role, step, amount, paid, open, interest, fee, live)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)");
	sql_put_int(&q, key);
	sql_put_int(&q, (int64_t)i + 1);
	sql_put_int(&q, line->item);
	sql_put_int(&q, line->episode);
	sql_put_text(&q, names_line_role.of[line->role]);
	sql_put_text(&q, line->step);
	sql_put_int(&q, line->amount.minor);
	sql_put_int(&q, line->paid.minor);
	sql_put_int(&q, line->open.minor);
	sql_put_int(&q, line->interest.minor);
	sql_put_int(&q, line->fee.minor);
	return sql_run(&q, e);
}

static int
approve_insert_reason(struct approval *p, int64_t key, size_t i, struct err *e)
{
	struct query q;

	sql_start(&p->l->sql, &q,
	    "INSERT INTO notice_reason (notice, position, text)"
	    " VALUES (?, ?, ?)");
	sql_put_int(&q, key);
	sql_put_int(&q, (int64_t)i + 1);
	sql_put_text(&q, p->n->reasons[i]);
	return sql_run(&q, e);
}

static int
approve_insert(struct approval *p, struct err *e)
{
	struct event planned = { .kind = EVENT_NOTICE,
		.subject = p->n->id,
		.word = notice_state_name(NOTICE_PLANNED),
		.detail = p->n->step };

	if (approve_insert_notice(p, &planned.row, e) != 0)
		return -1;
	for (size_t i = 0; i < p->n->n_lines; i++) {
		if (approve_insert_line(p, planned.row, i, e) != 0 ||
		    claim_insert(p->l, planned.row, &p->n->lines[i], e) != 0)
			return -1;
	}
	for (size_t i = 0; i < p->n->n_reasons; i++) {
		if (approve_insert_reason(p, planned.row, i, e) != 0)
			return -1;
	}
	return event_add(p->l, &planned, e);
}

int
outbox_approve(struct ledger *l, const struct notice *n, struct err *e)
{
	struct approval p = { .l = l, .n = n };
	struct step s;
	int rc;

	assert(strlen(n->id) == NOTICE_ID_SIZE - 1);
	if (step_check_words("the personal text", n->personal, e) != 0 ||
	    store_begin(l, e) != 0)
		return -1;
	p.a = arena_new();
	rc = approve_check(&p, e);
	if (rc == 0)
		rc = approve_insert(&p, e);
	if (rc == 0)
		rc = step_join(l, n->id, &s, e);
	else
		store_rollback(l);
	if (rc == 0)
		rc = step_end(&s, step_move(&s, NOTICE_APPROVED, "", e), e);
	if (rc != 0)
		(void)err_add(e, "notice %s to %s", n->id, n->debtor->code);
	arena_free(p.a);
	return rc;
}
