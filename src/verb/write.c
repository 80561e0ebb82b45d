/*
 * write: approved notices to documents in the archive.
 *
 * One that cannot be written is superseded, for it holds what was wrong (the
 * name of its text, its tone, its address, a sum), and no correction reaches
 * it.
 * The next plan makes it anew.
 */
#include <string.h>

#include "base/progress.h"
#include "ledger/recipient.h"
#include "policy/claim.h"
#include "verb/steps.h"

/* What notices are written from. */
struct writing {
	struct workspace *w;
	struct press *press;
	struct policy policy;
	struct book book;
};

/*
 * The letter shows the address of now. One that was corrected back later
 * would pass the gate, which knows only that of the approval.
 */
static int
check_address(struct workspace *w, const struct outbox_row *row, struct err *e)
{
	const struct notice *n = &row->notice;

	if (strcmp(row->recipient,
		recipient_of(w->arena, n->debtor, n->channel)) == 0 &&
	    strcmp(row->addressee, recipient_addressee(w->arena, n->debtor)) ==
		0)
		return 0;
	return err_set(e, ERR_DATA,
	    "the debtor's address has changed since it was approved");
}

static int
write_one(struct writing *x, const struct outbox_row *row, struct err *e)
{
	struct document docs[NOTICE_DOCUMENTS];
	char basis[SHA256_HEX_SIZE];
	size_t n;

	if (check_address(x->w, row, e) != 0 ||
	    claim_check(&x->policy, &x->book, &row->notice, x->w->arena, e) !=
		0 ||
	    press_basis(x->press, &row->notice, basis, e) != 0 ||
	    press_print(x->press, row, &x->book, docs, &n, e) != 0)
		return -1;
	return outbox_rendered(x->w->ledger, row->notice.id, basis, docs, n, e);
}

static int
give_up(struct workspace *w, const struct notice *n, struct tally *t,
    struct err *e)
{
	const struct err why = *e;

	if (outbox_supersede(w->ledger, n->id, why.text, e) != 0)
		return -1;
	t->superseded++;
	(void)err_set(e, ERR_DATA, "%s; then %s", why.text,
	    n->mode == MODE_CONFIRM ? "approve it again" : "run again");
	tally_complain(t, n->id, e);
	return 0;
}

int
step_write(struct workspace *w, struct press *p, struct tally *t, struct err *e)
{
	struct writing x = { .w = w, .press = p };
	struct outbox_row *rows;
	struct progress progress;
	size_t n;

	if (workspace_policy(w, &x.policy, e) != 0 ||
	    ledger_book(w->ledger, w->arena, &x.book, e) != 0 ||
	    outbox_list(w->ledger, NOTICE_APPROVED, w->arena, &rows, &n, e) !=
		0)
		return -1;
	progress_init(&progress, "writing", n, w->call->quiet);
	for (size_t i = 0; i < n; i++) {
		if (write_one(&x, &rows[i], e) == 0)
			t->rendered++;
		else if ((e->kind != ERR_DATA && e->kind != ERR_USAGE) ||
		    give_up(w, &rows[i].notice, t, e) != 0)
			return -1;
		progress_step(&progress);
	}
	progress_done(&progress);
	return 0;
}

int
verb_write(struct call *c, struct err *e)
{
	return step_alone(c, step_write, e);
}
