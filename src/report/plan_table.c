#include "report/plan_table.h"

#include "report/table.h"

#define NAME_WIDTH 24 /* characters */

static const char *
channel_word(enum channel c)
{
	static const char *const words[] = {
		[CHANNEL_NONE] = "",
		[CHANNEL_EMAIL] = "email",
		[CHANNEL_PRINT] = "print",
		[CHANNEL_REGISTERED] = "registered",
	};

	return words[c];
}

/* What the total is made of, if it is more than the debt. */
static void
note_claims(struct table *t, const struct notice *n)
{
	char open[MONEY_SIZE], interest[MONEY_SIZE], fee[MONEY_SIZE];
	char text[4 * MONEY_SIZE];

	if (n->total.minor == n->open.minor)
		return;
	(void)snprintf(text, sizeof(text), "%s open, %s interest, %s fees",
	    money_fmt(n->open, open), money_fmt(n->interest, interest),
	    money_fmt(n->fee, fee));
	table_note(t, text);
}

static void
print_notices(const struct plan *p, FILE *out)
{
	static const char *const head[] = { "notice", "debtor", "name", "step",
		"by", "total", "mode" };
	char total[MONEY_SIZE + 8], amount[MONEY_SIZE];
	struct table t;

	table_init(&t, "<<<<<><");
	for (size_t c = 0; c < t.columns; c++)
		table_cell(&t, head[c]);
	for (size_t i = 0; i < p->n_notices; i++) {
		const struct notice *n = &p->notices[i];

		table_cell(&t, n->id);
		table_cell(&t, n->debtor->code);
		table_short_cell(&t, n->debtor->name, NAME_WIDTH);
		table_cell(&t, n->step);
		table_cell(&t, channel_word(n->channel));
		(void)snprintf(total, sizeof(total), "%s %s",
		    money_fmt(n->total, amount), n->currency);
		table_cell(&t, total);
		table_cell(&t, n->mode == MODE_AUTO ? "auto" : "confirm");
		note_claims(&t, n);
		/* A reason a line; what is only listed explains nothing. */
		for (size_t k = 0; k < n->n_reasons && k < n->n_lines; k++)
			if (n->lines[k].role == LINE_DEMANDED)
				table_note(&t, n->reasons[k]);
	}
	table_print(&t, out);
	table_done(&t);
}

static void
print_withheld(const struct plan *p, FILE *out)
{
	static const char *const head[] = { "debtor", "invoice", "next",
		"why not" };
	char day[DATE_SIZE];
	struct table t;

	table_init(&t, "<<<<");
	for (size_t c = 0; c < t.columns; c++)
		table_cell(&t, head[c]);
	for (size_t i = 0; i < p->n_withheld; i++) {
		const struct withheld *w = &p->withheld[i];

		table_cell(&t, w->debtor->code);
		table_cell(&t, w->invoice);
		table_cell(&t, date_fmt(w->next, day));
		table_cell(&t, w->text);
	}
	table_print(&t, out);
	table_done(&t);
}

void
plan_table_print(const struct plan *p, FILE *out)
{
	char day[DATE_SIZE];

	(void)fprintf(out, "%s: %zu notice%s\n\n", date_fmt(p->on, day),
	    p->n_notices, p->n_notices == 1 ? "" : "s");
	if (p->n_notices > 0) {
		print_notices(p, out);
		(void)fputc('\n', out);
	}
	if (p->n_withheld > 0) {
		(void)fprintf(out, "No notice today for\n\n");
		print_withheld(p, out);
	}
}
