#include "verb/workspace.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "ledger/outbox.h"
#include "verb/choices.h"
#include "verb/notice_language.h"

int
workspace_open(struct workspace *w, const struct call *c, struct err *e)
{
	*w = (struct workspace){ .call = c, .lock = -1 };
	w->arena = arena_new();
	if (config_load(c->dir, w->arena, &w->config, e) != 0 ||
	    law_load(c, w->arena, &w->law, e) != 0 ||
	    hasher_new(&w->hasher, e) != 0 ||
	    ledger_open(c->dir, c->now, &w->ledger, e) != 0)
		return -1;
	c->clock(w->config.creditor.timezone, &w->on, &w->hour);
	if (c->on != DATE_NONE) {
		w->on = c->on;
		w->hour = -1;
	}
	return 0;
}

void
workspace_close(struct workspace *w)
{
	if (w->ledger != NULL)
		ledger_close(w->ledger);
	hasher_free(w->hasher);
	arena_free(w->arena);
	if (w->lock >= 0)
		(void)close(w->lock);
}

int
workspace_take_outbox(struct workspace *w, struct err *e)
{
	size_t back = 0, ambiguous = 0;

	if (file_lock(arena_fmt(w->arena, "%s/semonce.lock", w->call->dir),
		&w->lock, e) != 0 ||
	    ledger_restored(w->ledger, e) != 0 ||
	    outbox_recover(w->ledger, &back, &ambiguous, e) != 0)
		return -1;
	if (back > 0)
		(void)fprintf(stderr,
		    "semonce: %zu notices of a run that was cut off had not "
		    "left; they are tried again\n",
		    back);
	if (ambiguous > 0)
		(void)fprintf(stderr,
		    "semonce: %zu notices of a run that was cut off may have "
		    "left; see 'semonce status' and settle them with 'semonce "
		    "resolve ID sent|not-sent --because TEXT'\n",
		    ambiguous);
	return 0;
}

int
workspace_scenario(const struct call *c, const char *name, struct arena *a,
    struct scenario **out, struct err *e)
{
	const char *path = arena_fmt(a, "%s/scenario/%s.yaml", c->dir, name);

	*out = arena_alloc(a, sizeof(**out));
	if (strchr(name, '/') != NULL)
		return err_set(e, ERR_USAGE,
		    "semonce.yaml: scenario '%s': a name, not a path", name);
	if (!file_exists(path))
		path =
		    arena_fmt(a, "%s/layouts/scenario/%s.yaml", c->data, name);
	if (!file_exists(path))
		return err_set(e, ERR_USAGE,
		    "semonce.yaml: no scenario '%s': write scenario/%s.yaml in "
		    "the workspace, or name a built-in one such "
		    "as " CONFIG_SCENARIO,
		    name, name);
	if (scenario_load(path, a, *out, e) != 0)
		return -1;
	/* Invoices name it by what stands in it. */
	if (strcmp((*out)->name, name) != 0)
		return err_set(e, ERR_USAGE,
		    "%s: its scenario is '%s': make it '%s' like the file",
		    path, (*out)->name, name);
	return 0;
}

int
workspace_policy(struct workspace *w, struct policy *out, struct err *e)
{
	const struct config *c = &w->config;
	struct policy_profile *p;
	struct scenario *s;

	p = arena_array(w->arena, c->n_profiles, sizeof(*p));
	for (size_t i = 0; i < c->n_profiles; i++) {
		if (workspace_scenario(w->call, c->profiles[i].scenario,
			w->arena, &s, e) != 0)
			return -1;
		p[i] = (struct policy_profile){ c->profiles[i].profile, s };
	}
	*out = (struct policy){
		.profiles = p,
		.n_profiles = c->n_profiles,
		.creditor = c->creditor.name,
		.country = c->creditor.country,
		.place = c->creditor.place,
		.closed = c->closed,
		.n_closed = c->n_closed,
		.tone = c->tone,
		.tolerance = c->tolerance,
		.stale_after_days = c->stale_after_days,
		.accounts = c->accounts,
		.n_accounts = c->n_accounts,
		.law = &w->law.book,
		.rates = &w->law.rates,
		.has_rate = c->has_rate,
		.rate_milli = c->rate_milli,
		.count = c->count,
		.principal_first = c->principal_first,
	};
	return 0;
}

int
workspace_plan(struct workspace *w, struct book *book, struct plan *plan,
    struct err *e)
{
	struct policy policy;

	if (choices_check(w->call, &w->config, w->arena, e) != 0 ||
	    workspace_policy(w, &policy, e) != 0 ||
	    ledger_book(w->ledger, w->arena, book, e) != 0)
		return -1;
	if (plan_make(&policy, book, w->on, w->arena, plan, e) != 0)
		return -1;
	notice_language_warn(w, plan);
	return 0;
}
