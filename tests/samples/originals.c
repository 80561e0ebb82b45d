/*
 * The data of the original invoices: what merge makes their PDF files from.
 */
#include <assert.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "samples.h"

static const char *const goods[] = { "Étagère en chêne massif",
	"Plan de travail sur mesure", "Caisson à tiroirs", "Tabouret d’atelier",
	"Panneau acoustique", "Porte-revues mural", "Établi pliant" };
#define N_GOODS (sizeof(goods) / sizeof(goods[0]))

static json_t *
money(const struct sample_original *o, int64_t minor)
{
	return json_pack("{s:I, s:s}", "minor", (json_int_t)minor, "currency",
	    sample_debtors[o->debtor].currency);
}

/* The account of its currency, as in semonce.yaml. */
static json_t *
payment(const struct sample_original *o)
{
	const char *currency = sample_debtors[o->debtor].currency;
	bool swiss = strcmp(currency, "CHF") == 0;

	return json_pack("{s:s, s:s, s:s, s:o, s:s, s:b}", "iban",
	    swiss ? "CH9300762011623852957" : "FR7630006000011234567890189",
	    "bic", swiss ? "EXMPCHZZXXX" : "EXMPFRPPXXX", "reference",
	    o->number, "amount", money(o, o->minor[0]), "link", "", "has_qr",
	    strcmp(currency, "EUR") == 0);
}

static json_t *
date(date_t d)
{
	char buf[DATE_SIZE];

	return json_string(date_fmt(d, buf));
}

/* A fifth, to the nearest cent. */
static int64_t
vat(int64_t net)
{
	return (net * 2 + 5) / 10;
}

static json_t *
line(const struct sample_original *o, const char *label, int64_t quantity,
    int64_t unit)
{
	return json_pack("{s:s, s:o, s:o, s:o}", "label", label, "quantity",
	    json_sprintf("%lld", (long long)quantity), "unit", money(o, unit),
	    "net", money(o, quantity * unit));
}

/*
 * Two lines that come to the net sum; the tax of a French invoice is rounded
 * a line and comes to what the gross sum leaves.
 */
static json_t *
lines(const struct sample_original *o, int64_t gross, int64_t net)
{
	int64_t quantity = 1 + gross / 100 % 4;
	int64_t unit = net * 7 / 10 / quantity;

	for (int i = 0; i < 5 && net != gross; i++, unit++)
		if (vat(quantity * unit) + vat(net - quantity * unit) ==
		    gross - net)
			break;
	return json_pack("[o, o]",
	    line(o, goods[(size_t)(gross / 5) % N_GOODS], quantity, unit),
	    line(o, "Livraison et pose", 1, net - quantity * unit));
}

static json_t *
instalments(const struct sample_original *o)
{
	json_t *list = json_array();

	for (size_t i = 0; i < o->n && o->n > 1; i++)
		(void)json_array_append_new(list,
		    json_pack("{s:o, s:o}", "due", date(o->due[i]), "amount",
			money(o, o->minor[i])));
	return list;
}

static json_t *
exemption(const struct sample_debtor *d)
{
	if (strcmp(d->country, "FR") == 0)
		return json_null();
	return json_string(strcmp(d->country, "DE") == 0
		? "article 262 ter, I du code général des impôts"
		: "article 262, I du code général des impôts");
}

static void
set_debtor(json_t *j, const struct sample_original *o)
{
	const struct sample_debtor *d = &sample_debtors[o->debtor];
	const struct {
		const char *key, *value;
	} texts[] = { { "name", d->name }, { "kind", d->kind },
		{ "language", "fr" }, { "line1", d->line1 },
		{ "line2", d->line2 }, { "postcode", d->postcode },
		{ "city", d->city }, { "country", d->country } };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		(void)json_object_set_new(j, texts[i].key,
		    json_string(texts[i].value != NULL ? texts[i].value : ""));
	(void)json_object_set_new(j, "code",
	    json_sprintf("C%04zu", o->debtor + 1));
	(void)json_object_set_new(j, "is_business",
	    json_boolean(strcmp(d->kind, "business") == 0));
	(void)json_object_set_new(j, "exemption", exemption(d));
	(void)json_object_set_new(j, "has_instalments", json_boolean(o->n > 1));
}

void
sample_original_put(FILE *out, const struct sample_original *o)
{
	const struct sample_debtor *d = &sample_debtors[o->debtor];
	int64_t gross = 0, net;
	json_t *j;
	char *text;

	for (size_t i = 0; i < o->n; i++)
		gross += o->minor[i];
	net = strcmp(d->country, "FR") == 0 ? (gross * 10 + 6) / 12 : gross;
	j = json_pack("{s:s, s:s, s:s, s:{s:o}, s:o, s:o, s:o, s:o, "
		      "s:{s:o, s:o, s:o}, s:o}",
	    "id", o->number, "number", o->number, "file", o->number, "notice",
	    "date", date(o->issued), "issued", date(o->issued), "due",
	    date(o->due[0]), "lines", lines(o, gross, net), "instalments",
	    instalments(o), "sum", "net", money(o, net), "vat",
	    money(o, gross - net), "gross", money(o, gross), "payment",
	    payment(o));
	assert(j != NULL);
	set_debtor(j, o);
	text = json_dumps(j, JSON_COMPACT);
	(void)fprintf(out, "%s\n", text);
	free(text);
	json_decref(j);
}
