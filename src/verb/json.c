#include "verb/json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "policy/plan.h"

const char *
hold_kind_name(enum hold_kind k)
{
	switch (k) {
	case HOLD_MANUAL:
		return "manual";
	case HOLD_DISPUTE:
		return "dispute";
	case HOLD_PROMISE:
		return "promise";
	case HOLD_INSTALMENTS:
		return "instalments";
	case HOLD_INSOLVENCY:
		return "insolvency";
	case HOLD_DIRECT_DEBIT:
		return "direct_debit";
	}
	abort();
}

const char *
channel_name(enum channel c)
{
	switch (c) {
	case CHANNEL_NONE:
		return "none";
	case CHANNEL_EMAIL:
		return "email";
	case CHANNEL_PRINT:
		return "print";
	case CHANNEL_REGISTERED:
		return "registered";
	}
	abort();
}

const char *
debtor_kind_name(enum debtor_kind k)
{
	switch (k) {
	case DEBTOR_BUSINESS:
		return "business";
	case DEBTOR_CONSUMER:
		return "consumer";
	case DEBTOR_PUBLIC:
		return "public";
	}
	abort();
}

int
json_debtor_kind(const json_t *object, enum debtor_kind *out, bool *said,
    struct err *e)
{
	static const enum debtor_kind kinds[] = { DEBTOR_BUSINESS,
		DEBTOR_CONSUMER, DEBTOR_PUBLIC };
	const json_t *value = json_object_get(object, "kind");
	const char *word = json_string_value(value);

	*out = DEBTOR_BUSINESS;
	*said = value != NULL && !json_is_null(value) &&
	    (word == NULL || word[0] != '\0');
	if (!*said)
		return 0;
	for (size_t i = 0; word != NULL && i < 3; i++)
		if (strcmp(debtor_kind_name(kinds[i]), word) == 0) {
			*out = kinds[i];
			return 0;
		}
	return err_set(e, ERR_DATA,
	    "kind of debtor '%s': write business, consumer or public",
	    word != NULL ? word : "(no word)");
}

/* jansson answers NULL for bad UTF-8 or no memory; both cannot be here. */
static json_t *
sure(json_t *j)
{
	assert(j != NULL);
	return j;
}

json_t *
json_money(struct money m)
{
	return sure(json_pack("{s:I, s:s}", "minor", (json_int_t)m.minor,
	    "currency", m.currency));
}

json_t *
json_date(date_t d)
{
	char buf[DATE_SIZE];

	if (d == DATE_NONE)
		return json_null();
	return sure(json_string(date_fmt(d, buf)));
}

json_t *
json_slice(const struct claim_slice *s)
{
	char rate[RATE_SIZE];

	return sure(json_pack("{s:o, s:o, s:i, s:o, s:s, s:o}", "from",
	    json_date(s->from), "to", json_date(s->to), "days", s->days, "base",
	    json_money(s->base), "rate", rate_fmt(s->rate_milli, rate),
	    "amount", json_money(s->amount)));
}

static json_t *
json_claim(const struct claim *c)
{
	json_t *slices = sure(json_array());

	for (size_t i = 0; i < c->n_slices; i++)
		(void)json_array_append_new(slices, json_slice(&c->slices[i]));
	return sure(json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:s, s:o}",
	    "kind", c->kind == CLAIM_INTEREST ? "interest" : "fee", "amount",
	    json_money(c->amount), "settled", json_money(c->settled), "from",
	    json_date(c->from), "until", json_date(c->until), "per_day",
	    json_money(c->per_day), "law", c->law, "text", c->text, "slices",
	    slices));
}

static json_t *
json_line(const struct notice_line *l)
{
	json_t *claims = sure(json_array());

	for (size_t i = 0; i < l->n_claims; i++)
		(void)json_array_append_new(claims, json_claim(&l->claims[i]));
	return sure(json_pack("{s:s, s:o, s:s, s:s, s:o, s:o, s:o, s:o}",
	    "invoice", l->invoice, "due", json_date(l->due), "role",
	    l->role == LINE_DEMANDED ? "demanded" : "informational", "step",
	    l->step, "open", json_money(l->open), "interest",
	    json_money(l->interest), "fee", json_money(l->fee), "claims",
	    claims));
}

static json_t *
json_strings(const char *const *words, size_t n)
{
	json_t *list = sure(json_array());

	for (size_t i = 0; i < n; i++)
		(void)json_array_append_new(list, sure(json_string(words[i])));
	return list;
}

json_t *
json_notice(const struct notice *n)
{
	json_t *lines = sure(json_array());

	for (size_t i = 0; i < n->n_lines; i++)
		(void)json_array_append_new(lines, json_line(&n->lines[i]));
	return sure(json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, "
			      "s:o, s:{s:o, s:o, s:o, s:o}, s:o}",
	    "id", n->id, "debtor", n->debtor->code, "currency", n->currency,
	    "scenario", n->scenario, "step", n->step, "tone", n->tone,
	    "channel", channel_name(n->channel), "mode",
	    n->mode == MODE_AUTO ? "auto" : "confirm", "deadline",
	    json_date(n->deadline), "lines", lines, "totals", "open",
	    json_money(n->open), "interest", json_money(n->interest), "fee",
	    json_money(n->fee), "total", json_money(n->total), "reasons",
	    json_strings(n->reasons, n->n_reasons)));
}

static json_t *
json_withheld(const struct withheld *w)
{
	return sure(json_pack("{s:s, s:s, s:s, s:s, s:o}", "debtor",
	    w->debtor->code, "invoice", w->invoice, "reason",
	    withheld_name(w->reason), "text", w->text, "next",
	    json_date(w->next)));
}

json_t *
json_plan(const struct plan *p)
{
	json_t *notices = sure(json_array()), *withheld = sure(json_array());

	for (size_t i = 0; i < p->n_notices; i++)
		(void)json_array_append_new(notices,
		    json_notice(&p->notices[i]));
	for (size_t i = 0; i < p->n_withheld; i++)
		(void)json_array_append_new(withheld,
		    json_withheld(&p->withheld[i]));
	return sure(json_pack("{s:o, s:o, s:o, s:o}", "on", json_date(p->on),
	    "notices", notices, "withheld", withheld, "warnings",
	    json_strings(p->warnings, p->n_warnings)));
}

void
json_print(json_t *j, FILE *out)
{
	(void)json_dumpf(j, out, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
	(void)fputc('\n', out);
	json_decref(j);
}
