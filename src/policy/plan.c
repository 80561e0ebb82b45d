#include "policy/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/str.h"
#include "policy/group.h"

#define ID_CHARS 12

/* The plan's arrays while they grow. */
struct growing {
	struct plan plan;
	size_t notices_cap, withheld_cap, warnings_cap;
};

/* Length before each field, so that no two lists of fields look the same. */
static void
put_field(struct str *s, const char *field)
{
	str_fmt(s, "%zu:%s,", strlen(field), field);
}

static int
set_id(const struct policy *p, struct hasher *h, struct notice *n,
    struct err *e)
{
	uint8_t hash[SHA256_SIZE];
	char date[DATE_SIZE];
	struct str s;
	int done;

	str_init(&s, 1 << 16);
	put_field(&s, p->creditor);
	put_field(&s, n->debtor->code);
	put_field(&s, n->currency);
	put_field(&s, date_fmt(n->on, date));
	put_field(&s, n->step);
	done = s.over
	    ? err_set(e, ERR_DATA, "debtor '%.40s': its code is too long",
		  n->debtor->code)
	    : hash_sha256(h, s.p, s.len, hash, e);
	str_done(&s);
	if (done != 0)
		return -1;
	n->id[0] = 'N';
	(void)hash_base32(hash, ID_CHARS, n->id + 1);
	return 0;
}

static int
ids_compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int
check_ids(const struct plan *plan, struct err *e)
{
	char(*ids)[NOTICE_ID_SIZE] = mem_alloc(plan->n_notices * sizeof(*ids));
	int done = 0;
	size_t i;

	for (i = 0; i < plan->n_notices; i++)
		memcpy(ids[i], plan->notices[i].id, sizeof(*ids));
	qsort(ids, plan->n_notices, sizeof(*ids), ids_compare);
	for (i = 1; i < plan->n_notices && done == 0; i++) {
		if (strcmp(ids[i - 1], ids[i]) == 0)
			done = err_set(e, ERR_BROKEN,
			    "two notices have the id %s: a debtor stands "
			    "twice in the book, or its code is to change",
			    ids[i]);
	}
	free(ids);
	return done;
}

static int
take_draft(const struct policy *p, struct hasher *h, const struct draft *d,
    struct growing *g, struct err *e)
{
	struct plan *plan = &g->plan;
	struct notice *n;
	size_t i;

	if (d->notice.n_lines > 0) {
		plan->notices = mem_grow(plan->notices, &g->notices_cap,
		    plan->n_notices + 1, sizeof(*plan->notices));
		n = &plan->notices[plan->n_notices++];
		*n = d->notice;
		if (set_id(p, h, n, e) != 0)
			return -1;
	}
	plan->withheld = mem_grow(plan->withheld, &g->withheld_cap,
	    plan->n_withheld + d->n_withheld, sizeof(*plan->withheld));
	for (i = 0; i < d->n_withheld; i++)
		plan->withheld[plan->n_withheld++] = d->withheld[i];
	plan->warnings = mem_grow(plan->warnings, &g->warnings_cap,
	    plan->n_warnings + d->n_warnings, sizeof(const char *));
	for (i = 0; i < d->n_warnings; i++)
		plan->warnings[plan->n_warnings++] = d->warnings[i];
	return 0;
}

/* Old payments hold up everybody: said once, or a cron job falls silent. */
static void
warn_stale(struct growing *g, struct arena *a)
{
	struct plan *plan = &g->plan;
	size_t i = 0;

	while (i < plan->n_withheld &&
	    plan->withheld[i].reason != WITHHELD_STALE_PAYMENTS)
		i++;
	if (i == plan->n_withheld)
		return;
	plan->warnings = mem_grow(plan->warnings, &g->warnings_cap,
	    plan->n_warnings + 1, sizeof(const char *));
	plan->warnings[plan->n_warnings++] = arena_fmt(a,
	    "%s; until then nothing is sent", plan->withheld[i].text);
}

static void
add_doubts(struct growing *g, const struct doubts *d)
{
	struct plan *plan = &g->plan;

	plan->warnings = mem_grow(plan->warnings, &g->warnings_cap,
	    plan->n_warnings + d->n, sizeof(const char *));
	for (size_t i = 0; i < d->n; i++)
		plan->warnings[plan->n_warnings++] = d->texts[i];
}

static void *
keep(struct arena *a, const void *v, size_t n, size_t size)
{
	void *kept = arena_array(a, n, size);

	if (n > 0)
		memcpy(kept, v, n * size);
	return kept;
}

static int
take_book(const struct day *day, const struct book *b, struct hasher *h,
    struct growing *g, struct err *e)
{
	struct draft *drafts;
	size_t i, k, n;

	for (i = 0; i < b->n; i += n) {
		n = group_count(&b->positions[i], b->n - i);
		drafts = arena_array(day->arena, n, sizeof(*drafts));
		group_debtor(day, &b->positions[i], n, drafts);
		for (k = 0; k < n; k++) {
			if (take_draft(day->policy, h, &drafts[k], g, e) != 0)
				return -1;
		}
	}
	return check_ids(&g->plan, e);
}

int
plan_make(const struct policy *p, const struct book *b, date_t on,
    struct arena *a, struct plan *out, struct err *e)
{
	struct doubts doubts = { 0 };
	const struct day day = {
		.policy = p,
		.payments_as_of = b->payments_as_of,
		.on = on,
		.arena = a,
		.doubts = &doubts,
	};
	struct growing g = { .plan = { .on = on } };
	struct hasher *h;
	int done;

	if (hasher_new(&h, e) != 0)
		return -1;
	done = take_book(&day, b, h, &g, e);
	warn_stale(&g, a);
	add_doubts(&g, &doubts);
	hasher_free(h);

	*out = g.plan;
	out->notices =
	    keep(a, g.plan.notices, g.plan.n_notices, sizeof(*g.plan.notices));
	out->withheld = keep(a, g.plan.withheld, g.plan.n_withheld,
	    sizeof(*g.plan.withheld));
	out->warnings =
	    keep(a, g.plan.warnings, g.plan.n_warnings, sizeof(const char *));
	free(g.plan.notices);
	free(g.plan.withheld);
	free(g.plan.warnings);
	return done;
}
