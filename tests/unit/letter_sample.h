/*
 * letter_sample: the data of notices for the tests of the pages.
 */
#ifndef LETTER_SAMPLE_H
#define LETTER_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "pay/reference.h"

/* What a letter is about; the rest of the data is tests/data/notice.json. */
struct sample {
	const char *text;
	const char *currency, *channel;
	size_t pages; /* 0: two or more */
	int invoices;
	bool long_names;
};

static json_t *
money(int64_t minor, const char *currency)
{
	return json_pack("{s:I, s:s}", "minor", (json_int_t)minor, "currency",
	    currency);
}

static json_t *
invoice(const struct sample *s, int i)
{
	char number[40];
	int64_t amount = 12345 + 98765 * (int64_t)i;

	snprintf(number, sizeof(number), "%s%04d",
	    s->long_names ? "FACTURE-LYON-2026-" : "F", i);
	return json_pack(
	    "{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:i, s:o, s:o, "
	    "s:[], s:b, s:s, s:s}",
	    "number", number, "issued", "2026-01-01", "sent_on", "2026-01-01",
	    "due", "2026-01-31", "amount", money(amount, s->currency), "paid",
	    money(0, s->currency), "open", money(amount, s->currency),
	    "interest", money(0, s->currency), "fee", money(0, s->currency),
	    "total", money(amount, s->currency), "days", 31, "accrued",
	    money(0, s->currency), "settled", money(0, s->currency), "slices",
	    "has_sum", false, "role", "demanded", "contract", "");
}

static void
set_totals(json_t *data, const struct sample *s, int64_t sum)
{
	static const char *const keys[] = { "amount", "open", "total" };
	static const char *const zeros[] = { "paid", "interest", "fee" };
	json_t *totals = json_object_get(data, "totals");
	json_t *payment = json_object_get(data, "payment");

	for (size_t i = 0; i < 3; i++) {
		json_object_set_new(totals, keys[i], money(sum, s->currency));
		json_object_set_new(totals, zeros[i], money(0, s->currency));
	}
	json_object_set_new(payment, "amount", money(sum, s->currency));
	json_object_set_new(payment, "has_qr",
	    json_boolean(strcmp(s->currency, "EUR") == 0));
}

static void
set_long_names(json_t *data)
{
	json_t *debtor = json_object_get(data, "debtor");
	json_t *creditor = json_object_get(data, "creditor");

	json_object_set_new(debtor, "lines",
	    json_pack("[s, s, s, s, s, s]",
		"Établissements Vandenberghe-Quatrepoint",
		"À l’attention de Madame Anne-Élisabeth",
		"Bâtiment C, ZA des Échantillons",
		"1234 avenue du Général-Imaginaire", "BP 98765",
		"59999 VILLENEUVE-LÈS-EXEMPLES CEDEX"));
	json_object_set_new(creditor, "name",
	    json_string("Ateliers de construction mécanique Valcourbe et "
			"Compagnie"));
}

static json_t *
data_load(void)
{
	char reference[REFERENCE_SIZE];
	json_error_t why;
	json_t *data = json_load_file("tests/data/notice.json", 0, &why);
	struct err e = { 0 };

	assert_non_null(data);
	assert_int_equal(reference_make("NABCDEF234567", reference, &e), 0);
	json_object_set_new(json_object_get(data, "payment"), "reference",
	    json_string(reference));
	return data;
}

static json_t *
data_make(const struct sample *s)
{
	json_t *data = data_load(), *invoices = json_array();
	int64_t sum = 0;

	for (int i = 0; i < s->invoices; i++) {
		json_t *one = invoice(s, i);

		sum += json_integer_value(json_object_get(json_object_get(one,
							      "amount"),
		    "minor"));
		json_array_append_new(invoices, one);
	}
	json_object_set_new(data, "invoices", invoices);
	json_object_set_new(data, "informational", json_array());
	json_object_set_new(data, "has_informational", json_false());
	json_object_set_new(data, "channel", json_string(s->channel));
	json_object_set_new(data, "currency", json_string(s->currency));
	set_totals(data, s, sum);
	if (s->long_names)
		set_long_names(data);
	return data;
}

#endif
