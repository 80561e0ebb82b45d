/* posted: a person gave letters to the post; from that day they count. */
#include <stdio.h>
#include <string.h>

#include "ledger/outbox.h"
#include "verb/json.h"
#include "verb/paper.h"
#include "verb/tally.h"
#include "verb/workspace.h"

struct posting {
	date_t on;
	const char *tracking;
	bool all;
	char **ids;
	int n_ids;
};

static const char usage[] =
    "usage: semonce posted ID...|--all --on DATE [--tracking N]";

static int
options(const struct call *c, struct posting *o, struct err *e)
{
	*o = (struct posting){ .on = DATE_NONE, .tracking = "" };
	o->ids = c->argv;
	for (int i = 0; i < c->argc; i++) {
		const char *w = c->argv[i];

		if (strcmp(w, "--on") == 0 && i + 1 < c->argc) {
			if (date_parse(c->argv[++i], &o->on, e) != 0) {
				e->kind = ERR_USAGE;
				return err_add(e, "--on");
			}
		} else if (strcmp(w, "--tracking") == 0 && i + 1 < c->argc) {
			o->tracking = c->argv[++i];
		} else if (strcmp(w, "--all") == 0) {
			o->all = true;
		} else if (w[0] == '-') {
			return err_set(e, ERR_USAGE,
			    "posted: unknown option '%s'; %s", w, usage);
		} else {
			o->ids[o->n_ids++] = c->argv[i];
		}
	}
	if (o->on == DATE_NONE)
		o->on = c->on;
	if (o->all == (o->n_ids > 0) || o->on == DATE_NONE ||
	    (o->tracking[0] != '\0' && o->n_ids != 1))
		return err_set(e, ERR_USAGE, "%s", usage);
	return 0;
}

static int
post(struct workspace *w, const char *id, const struct posting *o,
    struct tally *t, size_t *done, struct err *e)
{
	if (outbox_posted(w->ledger, id, o->on, o->tracking, e) == 0) {
		(*done)++;
		return 0;
	}
	if (e->kind != ERR_DATA)
		return -1;
	tally_complain(t, id, e);
	return 0;
}

/* All are those that status calls to post. */
static void
leave_out(const char *id, struct tally *t)
{
	struct err e;

	(void)err_set(&e, ERR_DATA,
	    "paid before it was posted, left out of --all; if it went all the "
	    "same, name it: semonce posted %s",
	    id);
	tally_complain(t, id, &e);
}

static int
post_all(struct workspace *w, const struct posting *o, struct tally *t,
    size_t *done, struct err *e)
{
	struct outbox_row *rows;
	struct book book;
	size_t n;

	if (ledger_book(w->ledger, w->arena, &book, e) != 0 ||
	    outbox_list(w->ledger, NOTICE_ACCEPTED, w->arena, &rows, &n, e) !=
		0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		const struct notice *k = &rows[i].notice;

		if (k->channel == CHANNEL_EMAIL)
			continue;
		if (paper_check(k, &book) == PAPER_PAID)
			leave_out(k->id, t);
		else if (post(w, k->id, o, t, done, e) != 0)
			return -1;
	}
	return 0;
}

int
verb_posted(struct call *c, struct err *e)
{
	struct posting o;
	struct workspace w;
	struct tally t = { 0 };
	size_t done = 0;
	int rc = -1;

	if (options(c, &o, e) != 0)
		return -1;
	if (workspace_open(&w, c, e) == 0 &&
	    workspace_take_outbox(&w, e) == 0) {
		rc = o.all ? post_all(&w, &o, &t, &done, e) : 0;
		for (int i = 0; rc == 0 && i < o.n_ids; i++)
			rc = post(&w, o.ids[i], &o, &t, &done, e);
	}
	if (rc == 0 && c->json)
		json_print(json_pack("{s:o, s:I, s:I}", "on", json_date(o.on),
			       "posted", (json_int_t)done, "refused",
			       (json_int_t)t.complaints),
		    stdout);
	else if (rc == 0 && !c->quiet)
		(void)printf("%zu posted\n", done);
	workspace_close(&w);
	return rc == 0 ? t.complaints > 0 : -1;
}
