/*
 * The life of a notice:
 *
 * planned ─a▶ approved ─b▶ rendered ─c▶ reserved ─d▶ sending
 *      sending ─e▶ accepted ─f▶ posted
 *
 *	planned, approved, rendered ─g▶ superseded
 *	rendered ─c▶ superseded              the gate was shut
 *	reserved ─d▶ superseded              the gate was shut
 *	reserved, sending ─e▶ rendered       nothing happened
 *	reserved, sending ─e▶ failed         never, for this notice
 *	reserved, sending ─e▶ ambiguous      it may have taken effect
 *	reserved ─h▶ rendered                after a crash
 *	sending ─h▶ ambiguous                after a crash
 *	ambiguous ─i▶ accepted, rendered     a person's word
 *
 *	a outbox_approve   d outbox_sending   g outbox_supersede
 *	b outbox_rendered  e outbox_outcome   h outbox_recover
 *	c outbox_reserve   f outbox_posted    i outbox_resolve
 *
 * Invariants:
 *
 *  1. Every arrow is one BEGIN IMMEDIATE … COMMIT with its event, fenced by
 *     state and attempt. schema.c refuses every other arrow.
 *  2. reserved: nothing that could take effect has left. A notice found so
 *     without its owner goes back, no question asked.
 *  3. sending: committed, and the high-water mark written, before
 *     outbox_sending returns; only then may the effect begin. A notice found
 *     so without its owner is ambiguous.
 *  4. Nothing leaves ambiguous but by outbox_resolve, a person's word.
 *  5. The gate is asked in both transactions that come before the effect.
 *  6. A ledger older than its mark reserves nothing and recovers nothing.
 */
#include "ledger/outbox.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/archive.h"
#include "ledger/gate.h"
#include "ledger/match.h"
#include "ledger/names.h"
#include "ledger/step.h"

#define POST_DAYS 366

/* ---- towards rendered ---- */

static int
outbox_add_document(struct step *s, const struct document *d, struct err *e)
{
	struct query q;

	sql_start(&s->l->sql, &q,
	    "INSERT INTO document (notice, role, sha256, ext, size)"
	    " VALUES (?, ?, ?, ?, ?)");
	sql_put_int(&q, s->key);
	sql_put_text(&q, names_document_role.of[d->role]);
	sql_put_text(&q, d->sha256);
	sql_put_text(&q, document_ext(d->role));
	sql_put_int(&q, (int64_t)d->size);
	return sql_run(&q, e);
}

static int
outbox_write_basis(struct step *s, const char *basis, struct err *e)
{
	struct query q;

	sql_start(&s->l->sql, &q, "UPDATE notice SET basis = ? WHERE key = ?");
	sql_put_text(&q, basis);
	sql_put_int(&q, s->key);
	return sql_run(&q, e);
}

int
outbox_rendered(struct ledger *l, const char *id, const char *basis,
    const struct document *docs, size_t n, struct err *e)
{
	struct step s;
	int rc;

	assert(n > 0 && n <= NOTICE_DOCUMENTS);
	if (step_begin(l, id, &s, e) != 0)
		return -1;
	rc = step_expect(&s, STEP_STATE(NOTICE_APPROVED), "rendered", e);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = outbox_add_document(&s, &docs[i], e);
	if (rc == 0)
		rc = outbox_write_basis(&s, basis, e);
	if (rc == 0)
		rc = step_move(&s, NOTICE_RENDERED, "", e);
	return step_end(&s, rc, e);
}

int
outbox_supersede(struct ledger *l, const char *id, const char *why,
    struct err *e)
{
	struct step s;
	int rc;

	if (step_begin(l, id, &s, e) != 0)
		return -1;
	rc = step_expect(&s,
	    STEP_STATE(NOTICE_PLANNED) | STEP_STATE(NOTICE_APPROVED) |
		STEP_STATE(NOTICE_RENDERED),
	    "superseded", e);
	if (rc == 0)
		rc = step_move(&s, NOTICE_SUPERSEDED, why, e);
	return step_end(&s, rc, e);
}

/* ---- towards the effect ---- */

static int
outbox_count_attempt(struct step *s, struct err *e)
{
	struct query q;

	sql_start(&s->l->sql, &q,
	    "UPDATE notice SET attempt = attempt + 1"
	    " WHERE key = ? AND attempt = ?");
	sql_put_int(&q, s->key);
	sql_put_int(&q, s->attempt);
	if (sql_run(&q, e) != 0)
		return -1;
	s->attempt++;
	return 0;
}

int
outbox_reserve(struct ledger *l, const char *id, const struct gate *g,
    struct arena *a, struct lease *out, struct err *e)
{
	const char *closed = NULL;
	struct step s;
	int rc;

	*out = (struct lease){ 0 };
	if (ledger_restored(l, e) != 0 || step_begin(l, id, &s, e) != 0)
		return -1;
	rc = step_expect(&s, STEP_STATE(NOTICE_RENDERED), "reserved", e);
	if (rc == 0)
		rc = gate_check(&s, g, &closed, e);
	if (rc == 0 && closed != NULL) {
		out->closed = arena_str(a, closed);
		return step_end(&s, step_move(&s, NOTICE_SUPERSEDED, closed, e),
		    e);
	}
	if (rc == 0)
		rc = outbox_count_attempt(&s, e);
	if (rc == 0)
		rc = step_move(&s, NOTICE_RESERVED, "", e);
	out->attempt = s.attempt;
	memcpy(out->id, s.id, strlen(s.id) + 1);
	return step_end_marked(&s, rc, e);
}

/* A lease is good while its attempt is the notice's and still open. */
static int
outbox_check_lease(const struct step *s, const struct lease *lease,
    unsigned states, struct err *e)
{
	if (lease->attempt == s->attempt && states & STEP_STATE(s->state))
		return 0;
	return err_set(e, ERR_BROKEN,
	    "notice %s is %s at attempt %u: attempt %u has lost its right",
	    s->id, notice_state_name(s->state), s->attempt, lease->attempt);
}

/* Ends a step whose gate is closed: superseded, and an error to say so. */
static int
outbox_close(struct step *s, const char *closed, struct err *e)
{
	struct err why;

	(void)err_set(&why, ERR_DATA, "notice %s is superseded: %s", s->id,
	    closed);
	if (step_end(s, step_move(s, NOTICE_SUPERSEDED, closed, e), e) != 0)
		return -1;
	*e = why;
	return -1;
}

int
outbox_sending(struct ledger *l, const struct lease *lease,
    const struct gate *g, const char *reference, struct err *e)
{
	const char *closed = NULL;
	struct step s;
	int rc;

	if (step_begin(l, lease->id, &s, e) != 0)
		return -1;
	rc = outbox_check_lease(&s, lease, STEP_STATE(NOTICE_RESERVED), e);
	if (rc == 0)
		rc = gate_check(&s, g, &closed, e);
	if (rc == 0 && closed != NULL)
		return outbox_close(&s, closed, e);
	if (rc == 0)
		rc = step_move(&s, NOTICE_SENDING, reference, e);
	return step_end_marked(&s, rc, e);
}

/* ---- what the outside world answered ---- */

/* Where a receipt leads from reserved or sending. */
static enum notice_state
outbox_next(enum notice_state from, enum outcome outcome)
{
	bool sending = from == NOTICE_SENDING;

	switch (outcome) {
	case OUTCOME_ACCEPTED:
		/* A carrier that never asked cannot be believed either. */
		return sending ? NOTICE_ACCEPTED : NOTICE_AMBIGUOUS;
	case OUTCOME_LATER:
	case OUTCOME_TROUBLE:
		return NOTICE_RENDERED;
	case OUTCOME_REFUSED:
		return NOTICE_FAILED;
	case OUTCOME_UNKNOWN:
		return sending ? NOTICE_AMBIGUOUS : NOTICE_RENDERED;
	}
	abort();
}

static int
outbox_accept(struct step *s, date_t on, const char *detail, struct err *e)
{
	struct query q;

	sql_start(&s->l->sql, &q,
	    "UPDATE notice SET accepted_on = ? WHERE key = ?");
	sql_put_date(&q, on);
	sql_put_int(&q, s->key);
	if (sql_run(&q, e) != 0)
		return -1;
	return step_move(s, NOTICE_ACCEPTED, detail, e);
}

int
outbox_outcome(struct ledger *l, const struct lease *lease,
    const struct receipt *r, date_t on, struct err *e)
{
	enum notice_state to;
	struct step s;
	int rc;

	if (step_begin(l, lease->id, &s, e) != 0)
		return -1;
	rc = outbox_check_lease(&s, lease,
	    STEP_STATE(NOTICE_RESERVED) | STEP_STATE(NOTICE_SENDING), e);
	if (rc != 0)
		return step_end(&s, rc, e);
	to = outbox_next(s.state, r->outcome);
	rc = to == NOTICE_ACCEPTED ? outbox_accept(&s, on, r->detail, e)
				   : step_move(&s, to, r->detail, e);
	return step_end_marked(&s, rc, e);
}

/* It counts from that day, and may be paid already. */
static int
outbox_match(const struct step *s, date_t on, struct err *e)
{
	const struct notice_head n = { s->key, s->debtor, s->id };

	return match_late(s->l, &n, s->currency, on, e);
}

int
outbox_posted(struct ledger *l, const char *id, date_t on, const char *tracking,
    struct err *e)
{
	struct query q;
	struct step s;
	int rc;

	if (step_check_words("the tracking number", tracking, e) != 0 ||
	    step_begin(l, id, &s, e) != 0)
		return -1;
	rc = step_expect(&s, STEP_STATE(NOTICE_ACCEPTED), "posted", e);
	if (rc == 0 && s.channel == CHANNEL_EMAIL)
		rc = err_set(e, ERR_DATA,
		    "notice %s is an e-mail: it is not posted", id);
	if (rc == 0 && on < s.day)
		rc = err_set(e, ERR_DATA,
		    "notice %s was not written yet on that day; correct --on",
		    id);
	/* A slip in the year would keep the next step waiting for ever. */
	if (rc == 0 && on > s.day + POST_DAYS)
		rc = err_set(e, ERR_DATA,
		    "that day is more than a year after notice %s was written; "
		    "correct --on",
		    id);
	if (rc == 0) {
		sql_start(&l->sql, &q,
		    "UPDATE notice SET posted_on = ?, tracking = ?"
		    " WHERE key = ?");
		sql_put_date(&q, on);
		sql_put_text(&q, tracking);
		sql_put_int(&q, s.key);
		rc = sql_run(&q, e);
	}
	if (rc == 0)
		rc = step_move(&s, NOTICE_POSTED, tracking, e);
	if (rc == 0)
		rc = outbox_match(&s, on, e);
	return step_end(&s, rc, e);
}

/* ---- after a crash, and in doubt ---- */

static int
outbox_recover_one(struct ledger *l, const char *id, size_t *back,
    size_t *ambiguous, struct err *e)
{
	struct step s;
	int rc;

	if (step_begin(l, id, &s, e) != 0)
		return -1;
	if (s.state == NOTICE_RESERVED) {
		rc = step_move(&s, NOTICE_RENDERED,
		    "the program ended before anything left", e);
		++*back;
	} else {
		rc =
		    step_expect(&s, STEP_STATE(NOTICE_SENDING), "recovered", e);
		if (rc == 0)
			rc = step_move(&s, NOTICE_AMBIGUOUS,
			    "the program ended while it was sending", e);
		++*ambiguous;
	}
	return step_end(&s, rc, e);
}

int
outbox_recover(struct ledger *l, size_t *back, size_t *ambiguous, struct err *e)
{
	struct arena *a = arena_new();
	const char *id = "";
	struct query q;
	int rc;

	*back = *ambiguous = 0;
	rc = ledger_restored(l, e);
	while (rc == 0) {
		sql_start(&l->sql, &q,
		    "SELECT id FROM notice WHERE state IN ('reserved',"
		    " 'sending') ORDER BY key LIMIT 1");
		rc = sql_next(&q, e);
		if (rc != 1)
			break;
		id = sql_take_text(&q, a);
		sql_end(&q);
		rc = outbox_recover_one(l, id, back, ambiguous, e);
	}
	arena_free(a);
	return rc;
}

int
outbox_resolve(struct ledger *l, const char *id, bool sent, date_t on,
    const char *because, struct err *e)
{
	struct step s;
	int rc;

	if (because[0] == '\0')
		return err_set(e, ERR_USAGE,
		    "say with --because how it is known what became of "
		    "notice %s",
		    id);
	if (step_check_words("the reason", because, e) != 0 ||
	    step_begin(l, id, &s, e) != 0)
		return -1;
	rc = step_expect(&s, STEP_STATE(NOTICE_AMBIGUOUS), "resolved", e);
	if (rc == 0)
		rc = sent ? outbox_accept(&s, on, because, e)
			  : step_move(&s, NOTICE_RENDERED, because, e);
	if (rc == 0 && sent)
		rc = outbox_match(&s, on, e);
	return step_end(&s, rc, e);
}
