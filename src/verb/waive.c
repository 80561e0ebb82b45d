/* waive: a person gives up interest or the fee of an invoice. */
#include <stdio.h>
#include <string.h>

#include "verb/json.h"
#include "verb/workspace.h"

static const char usage[] = "usage: semonce waive INVOICE interest|fee "
			    "[--amount A] --because TEXT";

struct waiving {
	struct waiver waiver;
	const char *amount; /* as given, or NULL: all */
};

static int
options(const struct call *c, struct waiving *o, struct err *e)
{
	*o = (struct waiving){ .waiver = { .because = "" } };
	if (c->argc < 2)
		return err_set(e, ERR_USAGE, usage);
	o->waiver.invoice = c->argv[0];
	if (strcmp(c->argv[1], "interest") == 0)
		o->waiver.kind = CLAIM_INTEREST;
	else if (strcmp(c->argv[1], "fee") == 0)
		o->waiver.kind = CLAIM_FEE;
	else
		return err_set(e, ERR_USAGE, usage);
	for (int i = 2; i < c->argc; i++) {
		const char *w = c->argv[i];

		if (strcmp(w, "--amount") == 0 && i + 1 < c->argc)
			o->amount = c->argv[++i];
		else if (strcmp(w, "--because") == 0 && i + 1 < c->argc)
			o->waiver.because = c->argv[++i];
		else
			return err_set(e, ERR_USAGE,
			    "waive: unknown word '%s'; %s", w, usage);
	}
	if (o->waiver.because[0] == '\0')
		return err_set(e, ERR_USAGE, usage);
	return 0;
}

/* The currency of an invoice, or NULL. */
static const char *
find_currency(const struct book *b, const char *invoice)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct position *p = &b->positions[i];

		for (size_t k = 0; k < p->n_items; k++)
			if (strcmp(p->items[k].invoice, invoice) == 0)
				return p->currency;
	}
	return NULL;
}

static int
read_amount(struct workspace *w, struct waiving *o, struct err *e)
{
	const char *currency;
	struct book book;

	o->waiver.all = o->amount == NULL;
	if (o->waiver.all)
		return 0;
	if (ledger_book(w->ledger, w->arena, &book, e) != 0)
		return -1;
	currency = find_currency(&book, o->waiver.invoice);
	if (currency == NULL)
		return err_set(e, ERR_DATA,
		    "there is no invoice %s; see semonce status",
		    o->waiver.invoice);
	if (money_parse(o->amount, currency, &o->waiver.amount, e) == 0)
		return 0;
	e->kind = ERR_USAGE;
	return err_add(e, "--amount");
}

static void
report(const struct waiving *o)
{
	const char *kind = o->waiver.kind == CLAIM_FEE ? "the fee" : "interest";
	char much[MONEY_SIZE];

	if (o->waiver.all)
		(void)printf("%s: %s is waived, now and for ever\n",
		    o->waiver.invoice, kind);
	else
		(void)printf("%s: %s %s of %s waived\n", o->waiver.invoice,
		    money_fmt(o->waiver.amount, much),
		    o->waiver.amount.currency, kind);
}

int
verb_waive(struct call *c, struct err *e)
{
	struct workspace w;
	struct waiving o;
	int rc = -1;

	if (options(c, &o, e) != 0)
		return -1;
	if (workspace_open(&w, c, e) == 0 && read_amount(&w, &o, e) == 0) {
		o.waiver.on = w.on;
		rc = ledger_waive(w.ledger, &o.waiver, e);
	}
	if (rc == 0 && c->json)
		json_print(json_pack("{s:s, s:s, s:o}", "invoice",
			       o.waiver.invoice, "claim", c->argv[1], "amount",
			       o.waiver.all ? json_null()
					    : json_money(o.waiver.amount)),
		    stdout);
	else if (rc == 0 && !c->quiet)
		report(&o);
	workspace_close(&w);
	return rc;
}
