#include "report/plan_table.h"

#include "report/table.h"

static void
print_notices(const struct plan *p, FILE *out)
{
	static const char *const head[] = { "notice", "debtor", "name", "step",
		"total", "mode", "why" };
	char total[MONEY_SIZE + 8], amount[MONEY_SIZE];
	struct table t;

	table_init(&t, "<<<<><<");
	for (size_t c = 0; c < t.columns; c++)
		table_cell(&t, head[c]);
	for (size_t i = 0; i < p->n_notices; i++) {
		const struct notice *n = &p->notices[i];

		table_cell(&t, n->id);
		table_cell(&t, n->debtor->code);
		table_cell(&t, n->debtor->name);
		table_cell(&t, n->step);
		(void)snprintf(total, sizeof(total), "%s %s",
		    money_fmt(n->total, amount), n->currency);
		table_cell(&t, total);
		table_cell(&t, n->mode == MODE_AUTO ? "auto" : "confirm");
		table_cell(&t, n->n_reasons > 0 ? n->reasons[0] : "");
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

	(void)fprintf(out, "%s: %zu notices\n\n", date_fmt(p->on, day),
	    p->n_notices);
	if (p->n_notices > 0) {
		print_notices(p, out);
		(void)fputc('\n', out);
	}
	if (p->n_withheld > 0) {
		(void)fprintf(out, "nothing for\n\n");
		print_withheld(p, out);
	}
}
