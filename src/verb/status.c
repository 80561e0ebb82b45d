/* status: who owes what, how far each has come, and what is next. */
#include "report/status.h"

#include <assert.h>
#include <string.h>

#include "ledger/outbox.h"
#include "verb/json.h"
#include "verb/paper.h"
#include "verb/workspace.h"

static json_t *
json_holds(const struct status_row *r)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->n_holds; i++) {
		const struct hold *h = &r->holds[i];
		json_t *j = json_pack("{s:s, s:s, s:o, s:o, s:s}", "kind",
		    hold_kind_name(h->kind), "invoice", h->invoice, "from",
		    json_date(h->from), "until", json_date(h->until), "text",
		    h->text);

		assert(j != NULL);
		(void)json_array_append_new(list, j);
	}
	return list;
}

static json_t *
json_claims(const struct status_row *r)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->n_claims; i++) {
		const struct status_claim *c = &r->claim[i];
		json_t *j =
		    json_pack("{s:s, s:o, s:s, s:o, s:o, s:o, s:b, s:o, s:o}",
			"invoice", c->item->invoice, "due",
			json_date(c->item->due), "kind", c->kind, "claimed",
			json_money(c->claimed->amount), "paid",
			json_money(c->claimed->paid), "waived",
			json_money(c->claimed->waived), "waived_all",
			c->claimed->waived_all, "owed", json_money(c->owed),
			"since", json_date(c->claimed->since));

		assert(j != NULL);
		(void)json_array_append_new(list, j);
	}
	return list;
}

static json_t *
json_row(const struct status_row *r)
{
	json_t *j = json_pack("{s:s, s:o, s:o, s:o, s:s, s:o, s:o, s:o}",
	    "debtor", r->debtor->code, "open", json_money(r->open), "overdue",
	    json_money(r->overdue), "oldest", json_date(r->oldest), "step",
	    r->step, "next", json_date(r->next), "holds", json_holds(r),
	    "claims", json_claims(r));

	assert(j != NULL);
	return j;
}

static json_t *
json_status(const struct status *s)
{
	json_t *rows = json_array(), *totals = json_array();

	for (size_t i = 0; i < s->n; i++)
		(void)json_array_append_new(rows, json_row(&s->rows[i]));
	for (size_t i = 0; i < s->n_currencies; i++)
		(void)json_array_append_new(totals,
		    json_pack("{s:o, s:o, s:o}", "open", json_money(s->open[i]),
			"overdue", json_money(s->overdue[i]), "claims",
			json_money(s->claims[i])));
	return json_pack("{s:o, s:o, s:o}", "on", json_date(s->on), "debtors",
	    rows, "totals", totals);
}

/* code: NULL for those of all debtors. */
static json_t *
json_outbox(const struct outbox_row *rows, size_t n, const char *code)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++) {
		const struct notice *k = &rows[i].notice;
		json_t *j;

		if (code != NULL && strcmp(k->debtor->code, code) != 0)
			continue;
		j = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:s}", "id",
		    k->id, "debtor", k->debtor->code, "step", k->step,
		    "channel", channel_name(k->channel), "state",
		    notice_state_name(k->state), "on", json_date(k->on),
		    "detail", rows[i].detail);

		assert(j != NULL);
		(void)json_array_append_new(list, j);
	}
	return list;
}

/* What waits for a person: letters to post, notices in doubt; code NULL: of
 * all debtors. */
static void
print_chores(const struct outbox_row *rows, size_t n, const struct book *book,
    const char *code)
{
	static const char *const posts[] = {
		[PAPER_GOOD] = "to post",
		[PAPER_CHANGED] = "to post, or not: what is open has changed",
		[PAPER_PAID] = "paid, not to post",
	};

	for (size_t i = 0; i < n; i++) {
		const struct notice *k = &rows[i].notice;

		if (code != NULL && strcmp(k->debtor->code, code) != 0)
			continue;
		if (k->state == NOTICE_AMBIGUOUS)
			(void)printf("in doubt: %s, %s to %s: %s\n", k->id,
			    k->step, k->debtor->code, rows[i].detail);
		else if (k->state == NOTICE_ACCEPTED &&
		    k->channel != CHANNEL_EMAIL)
			(void)printf("%s: %s, %s to %s (%s): %s/print.pdf\n",
			    posts[paper_check(k, book)], k->id, k->step,
			    k->debtor->code, channel_name(k->channel),
			    rows[i].detail);
	}
}

static int
show(struct workspace *w, const struct status *s, const struct book *book,
    struct err *e)
{
	const char *code = w->call->argc == 1 ? w->call->argv[0] : NULL;
	struct outbox_row *rows;
	size_t n;
	json_t *j;

	if (outbox_list(w->ledger, -1, w->arena, &rows, &n, e) != 0)
		return -1;
	if (w->call->json) {
		j = json_status(s);
		(void)json_object_set_new(j, "notices",
		    json_outbox(rows, n, code));
		json_print(j, stdout);
	} else {
		if (s->n == 0 && code != NULL)
			(void)printf("%s owes nothing, or is no debtor's "
				     "code\n",
			    code);
		else if (s->n == 0)
			(void)puts("nobody owes anything");
		else
			status_print(s, code != NULL, stdout);
		print_chores(rows, n, book, code);
	}
	return 0;
}

int
verb_status(struct call *c, struct err *e)
{
	struct workspace w;
	struct book book;
	struct plan plan;
	struct status s;
	int rc = -1;

	if (c->argc > 1)
		return err_set(e, ERR_USAGE, "usage: semonce status [DEBTOR]");
	if (workspace_open(&w, c, e) == 0 &&
	    workspace_plan(&w, &book, &plan, e) == 0)
		rc = status_make(&book, &plan, c->argc == 1 ? c->argv[0] : NULL,
		    w.arena, &s, e);
	if (rc == 0)
		rc = show(&w, &s, &book, e);
	for (size_t i = 0; rc == 0 && c->argc == 0 && i < plan.n_warnings; i++)
		(void)fprintf(stderr, "semonce: %s\n", plan.warnings[i]);
	workspace_close(&w);
	return rc;
}
