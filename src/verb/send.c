/*
 * send: rendered notices to their carriers.
 *
 * For each: reserve (the gate, in a transaction), read the documents (their
 * hash again), hand them to the carrier, which calls back for the commit of
 * `sending` at the last moment before the effect; then the outcome.
 */
#include <stdio.h>
#include <string.h>

#include "base/progress.h"
#include "ledger/archive.h"
#include "ledger/outbox.h"
#include "policy/claim.h"
#include "send/carrier.h"
#include "send/receipt.h"
#include "verb/steps.h"

#define TROUBLES_TO_STOP   3 /* in a row: the relay, not the notices */
#define DOCUMENT_MAX_BYTES ((size_t)64 << 20)

/* The carriers of a run; each is opened when first needed. */
struct carriers {
	struct carrier *spool, *smtp;
};

/* What the callback of a carrier needs to commit `sending`. */
struct departure {
	struct ledger *ledger;
	const struct lease *lease;
	const struct gate *gate;
	bool closed; /* the gate closed at the last moment */
};

struct dispatch {
	struct workspace *w;
	struct press *press;
	struct carriers carriers;
	struct policy policy; /* for the hours of its steps, and claims */
	struct book book;
	struct tally *tally;
	struct str bytes[NOTICE_DOCUMENTS];
	unsigned troubles;
};

static int
open_smtp(struct workspace *w, struct carrier **out, struct err *e)
{
	const struct config *k = &w->config;
	struct smtp_setup s = {
		.url = k->smtp_url,
		.from = k->smtp_from,
		.archive = k->smtp_archive,
		.user = k->smtp_user,
		.ca_file = k->smtp_ca,
		.plain_allowed = true,
	};

	if (config_secret(k, w->call->dir, w->arena, &s.password, e) != 0)
		return -1;
	return smtp_open(&s, out, e);
}

static int
carrier_for(struct dispatch *d, enum channel channel, struct carrier **out,
    struct err *e)
{
	struct workspace *w = d->w;

	if (channel == CHANNEL_EMAIL && w->config.by_email == CARRIER_SMTP) {
		if (d->carriers.smtp == NULL &&
		    open_smtp(w, &d->carriers.smtp, e) != 0)
			return -1;
		*out = d->carriers.smtp;
		return 0;
	}
	if (d->carriers.spool == NULL &&
	    spool_open(arena_fmt(w->arena, "%s/outbox", w->call->dir),
		&d->carriers.spool, e) != 0)
		return -1;
	*out = d->carriers.spool;
	return 0;
}

static int
before_effect(void *ctx, const char *reference, struct err *e)
{
	struct departure *d = ctx;
	int rc = outbox_sending(d->ledger, d->lease, d->gate, reference, e);

	d->closed = rc != 0 && e->kind == ERR_DATA;
	return rc;
}

static int
load_documents(struct dispatch *d, const struct outbox_row *row,
    struct parcel *p, struct err *e)
{
	for (size_t i = 0; i < row->n_documents; i++) {
		const struct document *doc = &row->documents[i];
		struct str *bytes = &d->bytes[doc->role];

		str_clear(bytes);
		if (archive_read(d->w->call->dir, d->w->hasher, doc->sha256,
			document_ext(doc->role), bytes, e) != 0)
			return -1;
		if (doc->role == DOCUMENT_LETTER)
			p->letter = bytes;
		else if (doc->role == DOCUMENT_DATA)
			p->data = bytes;
		else
			p->mail = bytes;
	}
	return 0;
}

static void
count(struct dispatch *d, const struct outbox_row *row, const struct receipt *r)
{
	struct err e;

	d->troubles = r->outcome == OUTCOME_TROUBLE ? d->troubles + 1 : 0;
	switch (r->outcome) {
	case OUTCOME_ACCEPTED:
		d->tally->sent++;
		return;
	case OUTCOME_LATER:
	case OUTCOME_TROUBLE:
		d->tally->later++;
		break;
	case OUTCOME_REFUSED:
		d->tally->refused++;
		break;
	case OUTCOME_UNKNOWN:
		d->tally->doubtful++;
		break;
	}
	(void)err_set(&e, ERR_DATA, "%s%s", r->detail,
	    r->outcome == OUTCOME_UNKNOWN
		? "; it may have left: settle it with 'semonce resolve'"
		: "");
	tally_complain(d->tally, row->notice.id, &e);
}

static int
deliver(struct dispatch *d, struct carrier *carrier,
    const struct outbox_row *row, const struct gate *gate,
    const struct lease *lease, struct err *e)
{
	struct parcel parcel = {
		.id = row->notice.id,
		.attempt = lease->attempt,
		.channel = row->notice.channel,
		.recipient = row->recipient,
	};
	struct departure departure = { d->w->ledger, lease, gate, false };
	struct carrier_commit commit = { before_effect, &departure };
	struct receipt receipt = { .outcome = OUTCOME_LATER };

	if (load_documents(d, row, &parcel, e) != 0)
		return -1;
	if (parcel.channel == CHANNEL_EMAIL ||
	    press_paper(d->press, &row->notice, parcel.letter, &parcel.print,
		e) == 0)
		carrier->ops->deliver(carrier, &parcel, &commit, &receipt);
	else if (e->kind == ERR_DATA)
		receipt_fill(&receipt, OUTCOME_LATER, e->text);
	else
		return -1;
	if (departure.closed) {
		d->tally->superseded++;
		(void)err_set(e, ERR_DATA, "%s", receipt.detail);
		tally_complain(d->tally, row->notice.id, e);
		return 0;
	}
	if (outbox_outcome(d->w->ledger, lease, &receipt, d->w->on, e) != 0)
		return -1;
	count(d, row, &receipt);
	return 0;
}

static void
complain_closed(struct dispatch *d, const struct outbox_row *row,
    const char *why)
{
	struct err e;

	d->tally->superseded++;
	(void)err_set(&e, ERR_DATA, "not sent: %s", why);
	tally_complain(d->tally, row->notice.id, &e);
}

/*
 * The gate knows the ledger alone; what a notice claims comes from figures
 * of the law besides. *closed: it is superseded.
 */
static int
check_claims(struct dispatch *d, const struct outbox_row *row, bool *closed,
    struct err *e)
{
	struct workspace *w = d->w;
	struct err why;

	*closed = claim_check(&d->policy, &d->book, &row->notice, w->arena,
		      &why) != 0;
	if (!*closed)
		return 0;
	complain_closed(d, row, why.text);
	return outbox_supersede(w->ledger, row->notice.id, why.text, e);
}

static int
send_one(struct dispatch *d, const struct outbox_row *row, struct err *e)
{
	unsigned days = d->w->config.stale_after_days;
	char basis[SHA256_HEX_SIZE];
	struct gate gate = {
		.on = d->w->on,
		.basis = basis,
		.payments_not_before =
		    days > 0 ? d->w->on - (date_t)days : DATE_NONE,
	};
	struct carrier *carrier;
	struct lease lease;
	bool closed;

	if (check_claims(d, row, &closed, e) != 0)
		return -1;
	if (closed)
		return 0;
	if (press_basis(d->press, &row->notice, basis, e) != 0) {
		if (e->kind != ERR_DATA && e->kind != ERR_USAGE)
			return -1;
		tally_complain(d->tally, row->notice.id, e);
		return 0;
	}
	if (carrier_for(d, row->notice.channel, &carrier, e) != 0 ||
	    outbox_reserve(d->w->ledger, row->notice.id, &gate, d->w->arena,
		&lease, e) != 0)
		return -1;
	if (lease.closed != NULL) {
		complain_closed(d, row, lease.closed);
		return 0;
	}
	return deliver(d, carrier, row, &gate, &lease, e);
}

/* Whether the hours of its step say that a notice may not go now. */
static bool
is_wrong_hour(struct dispatch *d, const struct notice *n)
{
	int hour = d->w->hour;

	for (size_t i = 0; hour >= 0 && i < d->policy.n_profiles; i++) {
		const struct scenario *s = d->policy.profiles[i].scenario;
		int at = scenario_step(s, n->step);
		struct err e;

		if (strcmp(s->name, n->scenario) != 0 || at < 0 ||
		    ((unsigned)hour >= s->steps[at].hour_from &&
			(unsigned)hour < s->steps[at].hour_to))
			continue;
		(void)err_set(&e, ERR_DATA,
		    "%s goes between %u and %u o'clock: it stays written until "
		    "then",
		    n->step, s->steps[at].hour_from, s->steps[at].hour_to);
		tally_complain(d->tally, n->id, &e);
		d->tally->later++;
		return true;
	}
	return false;
}

/* What every notice would meet. 75 only if nothing has left. */
static int
stop(struct dispatch *d, size_t left, struct err *e)
{
	(void)err_set(e, ERR_BUSY,
	    "stopped after %d failures in a row: %zu notices are left; correct "
	    "the cause and run again",
	    TROUBLES_TO_STOP, left);
	if (d->tally->sent == 0)
		return -1;
	tally_complain(d->tally, "send", e);
	return 0;
}

static int
send_all(struct dispatch *d, struct err *e)
{
	struct workspace *w = d->w;
	struct outbox_row *rows;
	struct progress progress;
	size_t n, left;
	int rc = 0;

	if (outbox_list(w->ledger, NOTICE_RENDERED, w->arena, &rows, &n, e) !=
	    0)
		return -1;
	left = n;
	progress_init(&progress, "sending", n, w->call->quiet);
	for (size_t i = 0; rc == 0 && i < n && d->troubles < TROUBLES_TO_STOP;
	     i++) {
		if (!is_wrong_hour(d, &rows[i].notice))
			rc = send_one(d, &rows[i], e);
		left--;
		progress_step(&progress);
	}
	progress_done(&progress);
	if (rc == 0 && d->troubles == TROUBLES_TO_STOP)
		rc = stop(d, left + d->tally->later, e);
	return rc;
}

int
step_send(struct workspace *w, struct press *p, struct tally *t, struct err *e)
{
	struct dispatch d = { .w = w, .press = p, .tally = t };
	int rc;

	if (workspace_policy(w, &d.policy, e) != 0 ||
	    ledger_book(w->ledger, w->arena, &d.book, e) != 0)
		return -1;
	for (size_t i = 0; i < NOTICE_DOCUMENTS; i++)
		str_init(&d.bytes[i], DOCUMENT_MAX_BYTES);
	rc = send_all(&d, e);
	for (size_t i = 0; i < NOTICE_DOCUMENTS; i++)
		str_done(&d.bytes[i]);
	if (d.carriers.spool != NULL)
		d.carriers.spool->ops->close(d.carriers.spool);
	if (d.carriers.smtp != NULL)
		d.carriers.smtp->ops->close(d.carriers.smtp);
	return rc;
}

int
verb_send(struct call *c, struct err *e)
{
	return step_alone(c, step_send, e);
}
