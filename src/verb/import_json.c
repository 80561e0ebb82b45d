#include "verb/import_json.h"

#include <assert.h>
#include <stdlib.h>

const char *
record_kind_name(enum record_kind k)
{
	switch (k) {
	case RECORD_DEBTORS:
		return "debtors";
	case RECORD_INVOICES:
		return "invoices";
	case RECORD_PAYMENTS:
		return "payments";
	}
	abort();
}

static json_t *
json_debtor(const struct debtor *d)
{
	return json_pack("{s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "line",
	    (int)d->line, "code", d->code, "name", d->name, "kind",
	    debtor_kind_name(d->kind), "language", d->language, "email",
	    d->email, "city", d->city, "country", d->country);
}

static json_t *
json_invoice(const struct invoice *v)
{
	json_t *parts = json_array();

	for (size_t i = 0; i < v->n_instalments; i++)
		(void)json_array_append_new(parts,
		    json_pack("{s:i, s:o, s:o}", "line",
			(int)v->instalments[i].line, "due",
			json_date(v->instalments[i].due), "amount",
			json_money(v->instalments[i].amount)));
	return json_pack("{s:i, s:s, s:s, s:s, s:o, s:o}", "line", (int)v->line,
	    "number", v->number, "debtor", v->debtor, "kind",
	    v->kind == INVOICE_INVOICE ? "invoice" : "credit_note", "issued",
	    json_date(v->issued), "instalments", parts);
}

static json_t *
json_payment(const struct payment *p)
{
	return json_pack("{s:i, s:s, s:o, s:s, s:o, s:s, s:s}", "line",
	    (int)p->line, "id", p->id, "date", json_date(p->date), "debtor",
	    p->debtor, "amount", json_money(p->amount), "reference",
	    p->reference, "invoice", p->invoice);
}

static json_t *
json_records(const struct records *r)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->n; i++) {
		json_t *one = NULL;

		switch (r->kind) {
		case RECORD_DEBTORS:
			one = json_debtor(&r->debtors[i]);
			break;
		case RECORD_INVOICES:
			one = json_invoice(&r->invoices[i]);
			break;
		case RECORD_PAYMENTS:
			one = json_payment(&r->payments[i]);
			break;
		}
		assert(one != NULL);
		(void)json_array_append_new(list, one);
	}
	return list;
}

static void
add_refusals(json_t *list, const struct refusal *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		(void)json_array_append_new(list,
		    json_pack("{s:i, s:s}", "line", (int)r[i].line, "text",
			r[i].text));
}

json_t *
json_import(const struct records *r, const struct import_result *i,
    bool dry_run)
{
	json_t *refused = json_array(), *j;

	add_refusals(refused, r->refused, r->n_refused);
	add_refusals(refused, i->refused, i->n_refused);
	j = json_pack("{s:s, s:I, s:I, s:I, s:o}", "kind",
	    record_kind_name(r->kind), "rows", (json_int_t)r->rows, "added",
	    (json_int_t)i->added, "known", (json_int_t)i->known, "refused",
	    refused);
	assert(j != NULL);
	if (dry_run)
		(void)json_object_set_new(j, "records", json_records(r));
	return j;
}
