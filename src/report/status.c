#include "report/status.h"

#include <string.h>

#include "report/table.h"

#define NAME_WIDTH 24 /* characters */

/* The last counted rung of the item that has climbed highest; of two as high,
 * the newer. */
static const struct rung *
highest_rung(const struct position *p)
{
	const struct rung *best = NULL;
	size_t height = 0;

	for (size_t i = 0; i < p->n_items; i++) {
		const struct item *item = &p->items[i];
		const struct rung *last = NULL;
		size_t n = 0;

		for (size_t k = 0; item->open.minor > 0 && k < item->n_rungs;
		     k++)
			if (item->rungs[k].counts) {
				last = &item->rungs[k];
				n++;
			}
		if (last == NULL || n < height ||
		    (n == height && last->on < best->on))
			continue;
		best = last;
		height = n;
	}
	return best;
}

static bool
same_debtor(const struct debtor *a, const struct debtor *b)
{
	return strcmp(a->code, b->code) == 0;
}

/* What is next for a position: a notice today, or the first withheld date. */
static void
find_next(const struct position *p, const struct plan *plan, struct arena *a,
    struct status_row *row)
{
	row->doing = "";
	if (p->in_flight != NULL) {
		row->doing = arena_fmt(a, "%s under way", p->in_flight);
		return;
	}
	for (size_t i = 0; i < plan->n_notices; i++) {
		const struct notice *n = &plan->notices[i];

		if (same_debtor(n->debtor, p->debtor) &&
		    strcmp(n->currency, p->currency) == 0) {
			row->doing = arena_fmt(a, "%s%s", n->step,
			    n->mode == MODE_CONFIRM ? " to confirm" : "");
			row->next = plan->on;
			return;
		}
	}
	for (size_t i = 0; i < plan->n_withheld; i++) {
		const struct withheld *w = &plan->withheld[i];

		/* What waits for a person stands in a list of its own. */
		if (!same_debtor(w->debtor, p->debtor) ||
		    strcmp(w->currency, p->currency) != 0 ||
		    w->reason == WITHHELD_NEEDS_CONFIRMATION)
			continue;
		if (row->doing[0] == '\0')
			row->doing = w->text;
		if (w->next != DATE_NONE &&
		    (row->next == DATE_NONE || w->next < row->next)) {
			row->next = w->next;
			row->doing = w->text;
		}
	}
}

static struct money
claim_owed(const struct claimed *c)
{
	struct money owed = c->amount;

	/* A later notice may have claimed less than was paid before. */
	if (c->waived_all || c->paid.minor >= c->amount.minor ||
	    c->waived.minor >= c->amount.minor - c->paid.minor)
		owed.minor = 0;
	else
		owed.minor -= c->paid.minor + c->waived.minor;
	return owed;
}

static int
make_claims(const struct position *p, struct arena *a, struct status_row *row,
    struct err *e)
{
	static const char *const kinds[] = {
		[CLAIM_INTEREST] = "interest", [CLAIM_FEE] = "fee"
	};

	row->claim =
	    arena_array(a, p->n_items * CLAIM_KINDS, sizeof(*row->claim));
	for (size_t i = 0; i < p->n_items * CLAIM_KINDS; i++) {
		const struct item *item = &p->items[i / CLAIM_KINDS];
		const struct claimed *c = &item->claimed[i % CLAIM_KINDS];
		struct money owed = claim_owed(c);

		if ((c->amount.minor == 0 && !c->waived_all) ||
		    (item->open.minor == 0 && owed.minor == 0))
			continue;
		if (money_add(&row->claims, owed, e) != 0)
			return -1;
		row->claim[row->n_claims++] = (struct status_claim){
			.item = item,
			.kind = kinds[i % CLAIM_KINDS],
			.claimed = c,
			.owed = owed,
		};
	}
	return 0;
}

static int
make_row(const struct position *p, const struct plan *plan, struct arena *a,
    struct status_row *row, struct err *e)
{
	const struct rung *rung = highest_rung(p);

	*row = (struct status_row){
		.debtor = p->debtor,
		.oldest = DATE_NONE,
		.next = DATE_NONE,
		.step = rung != NULL ? rung->step : "",
		.holds = p->holds,
		.n_holds = p->n_holds,
	};
	if (money_zero(p->currency, &row->open, e) != 0)
		return -1;
	row->overdue = row->claims = row->open;
	if (make_claims(p, a, row, e) != 0)
		return -1;
	for (size_t i = 0; i < p->n_items; i++) {
		const struct item *item = &p->items[i];

		if (item->open.minor == 0)
			continue;
		if (money_add(&row->open, item->open, e) != 0)
			return -1;
		if (item->due >= plan->on)
			continue;
		if (money_add(&row->overdue, item->open, e) != 0)
			return -1;
		if (row->oldest == DATE_NONE || item->due < row->oldest)
			row->oldest = item->due;
	}
	find_next(p, plan, a, row);
	if (row->open.minor == 0)
		row->doing = "the debt is paid: what is owed of interest and "
			     "fees is not asked for any more";
	return 0;
}

static int
add_total(struct status *s, const struct status_row *row, struct err *e)
{
	size_t i = 0;

	while (i < s->n_currencies &&
	    strcmp(s->open[i].currency, row->open.currency) != 0)
		i++;
	if (i == s->n_currencies) {
		s->open[i] = row->open;
		s->overdue[i] = row->overdue;
		s->claims[i] = row->claims;
		s->n_currencies++;
		return 0;
	}
	if (money_add(&s->open[i], row->open, e) != 0 ||
	    money_add(&s->claims[i], row->claims, e) != 0)
		return -1;
	return money_add(&s->overdue[i], row->overdue, e);
}

int
status_make(const struct book *b, const struct plan *p, const char *code,
    struct arena *a, struct status *out, struct err *e)
{
	*out = (struct status){ .on = p->on };
	out->rows = arena_array(a, b->n, sizeof(*out->rows));
	out->open = arena_array(a, b->n, sizeof(*out->open));
	out->overdue = arena_array(a, b->n, sizeof(*out->overdue));
	out->claims = arena_array(a, b->n, sizeof(*out->claims));
	for (size_t i = 0; i < b->n; i++) {
		struct status_row *row = &out->rows[out->n];

		if (code != NULL &&
		    strcmp(b->positions[i].debtor->code, code) != 0)
			continue;
		if (make_row(&b->positions[i], p, a, row, e) != 0)
			return -1;
		if (row->open.minor == 0 && row->claims.minor == 0)
			continue;
		if (add_total(out, row, e) != 0)
			return -1;
		out->n++;
	}
	return 0;
}

static void
print_totals(const struct status *s, FILE *out)
{
	char open[MONEY_SIZE], overdue[MONEY_SIZE], claims[MONEY_SIZE];

	for (size_t i = 0; i < s->n_currencies; i++) {
		(void)fprintf(out, "%s %s open, of which %s overdue",
		    money_fmt(s->open[i], open), s->open[i].currency,
		    money_fmt(s->overdue[i], overdue));
		if (s->claims[i].minor > 0)
			(void)fprintf(out,
			    "; %s owed of interest and fees claimed",
			    money_fmt(s->claims[i], claims));
		(void)fputc('\n', out);
	}
}

/* Whether anybody owes claims: most firms' table has no such column. */
static bool
has_claims(const struct status *s)
{
	for (size_t i = 0; i < s->n_currencies; i++)
		if (s->claims[i].minor > 0)
			return true;
	return false;
}

static void
put_money(struct table *t, struct money m)
{
	char amount[MONEY_SIZE];

	table_cell(t, money_fmt(m, amount));
}

static void
print_rows(const struct status *s, bool whole, FILE *out)
{
	static const char *const head[] = { "debtor", "name", "open", "overdue",
		"claims", "oldest", "last step", "next" };
	const bool claims = has_claims(s);
	char buf[MONEY_SIZE + 8], amount[MONEY_SIZE], day[DATE_SIZE];
	struct table t;

	table_init(&t, claims ? "<<>>><<<" : "<<>><<<");
	for (size_t c = 0; c < TABLE_COLUMNS; c++)
		if (claims || strcmp(head[c], "claims") != 0)
			table_cell(&t, head[c]);
	for (size_t i = 0; i < s->n; i++) {
		const struct status_row *r = &s->rows[i];

		table_cell(&t, r->debtor->code);
		table_short_cell(&t, r->debtor->name, NAME_WIDTH);
		(void)snprintf(buf, sizeof(buf), "%s %s",
		    money_fmt(r->open, amount), r->open.currency);
		table_cell(&t, buf);
		put_money(&t, r->overdue);
		if (claims)
			put_money(&t, r->claims);
		table_cell(&t, date_fmt(r->oldest, day));
		table_cell(&t, r->step);
		table_cell(&t, date_fmt(r->next, day));
		/* Of all debtors, what does not go on by itself. */
		if (r->doing[0] != '\0' && (whole || r->next == DATE_NONE))
			table_note(&t, r->doing);
	}
	table_print(&t, out);
	table_done(&t);
}

static void
print_claims(const struct status_row *r, FILE *out)
{
	static const char *const head[] = { "invoice", "due", "claim",
		"claimed", "paid", "waived", "owed" };
	char day[DATE_SIZE];
	struct table t;

	if (r->n_claims == 0)
		return;
	(void)fputc('\n', out);
	table_init(&t, "<<<>>>>");
	for (size_t c = 0; c < t.columns; c++)
		table_cell(&t, head[c]);
	for (size_t i = 0; i < r->n_claims; i++) {
		const struct status_claim *c = &r->claim[i];

		table_cell(&t, c->item->invoice);
		table_cell(&t, date_fmt(c->item->due, day));
		table_cell(&t, c->kind);
		put_money(&t, c->claimed->amount);
		put_money(&t, c->claimed->paid);
		if (c->claimed->waived_all)
			table_cell(&t, "all");
		else
			put_money(&t, c->claimed->waived);
		put_money(&t, c->owed);
	}
	table_print(&t, out);
	table_done(&t);
}

void
status_print(const struct status *s, bool whole, FILE *out)
{
	print_rows(s, whole, out);
	print_totals(s, out);
	for (size_t i = 0; whole && i < s->n; i++)
		print_claims(&s->rows[i], out);
}
