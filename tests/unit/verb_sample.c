/* The sample that texts are checked against has every name of the data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "verb/notice_data.h"

#define SAMPLE "layouts/letter/sample.json"

static struct money
euros(int64_t minor)
{
	return (struct money){ .minor = minor, .currency = "EUR" };
}

static const char *const address[] = { "12 rue des Exemples",
	"69000 Villefictive" };

static const char *methods[] = { "virement", "troc" };

static struct account account = { .currency = "EUR",
	.iban = "FR7630006000011234567890189",
	.bic = "AGRIFRPP",
	.methods = methods,
	.n_methods = 2 };

static const struct config config = {
	.creditor = { .name = "Ateliers Valcourbe",
	    .form = "SAS",
	    .capital = "1",
	    .registration = "1",
	    .vat = "1",
	    .address = address,
	    .n_address = 2,
	    .phone = "1",
	    .email = "compta@valcourbe.example.com",
	    .hours = "9-12",
	    .country = "FR",
	    .signature = "1",
	    .signatory = "1",
	    .signatory_title = "1",
	    .contact = "1",
	    .mediator = "1",
	    .mediator_address = "1",
	    .mediator_url = "1" },
	.accounts = &account,
	.n_accounts = 1,
	.language = "fr",
	.payment_link = "",
};

static struct claim_slice slice = { .from = 20031,
	.to = 20060,
	.days = 30,
	.base = { 100, "EUR" },
	.amount = { 1, "EUR" },
	.rate_milli = 2620 };

static const struct claim claims[] = {
	{ .kind = CLAIM_INTEREST,
	    .amount = { 1, "EUR" },
	    .settled = { 0, "EUR" },
	    .from = 20031,
	    .until = 20060,
	    .per_day = { 1, "EUR" },
	    .law = "1",
	    .text = "1",
	    .slices = &slice,
	    .n_slices = 1 },
	{ .kind = CLAIM_FEE,
	    .amount = { 4, "EUR" },
	    .settled = { 0, "EUR" },
	    .per_day = { 0, "EUR" },
	    .law = "1",
	    .text = "1" },
};

/* The data of a notice that claims, and lists one line besides. */
static json_t *
make_data(struct arena *a, const char *lang)
{
	const struct debtor debtor = { .code = "C1",
		.name = "Brume SARL",
		.kind = DEBTOR_CONSUMER, /* who is told of a mediator */
		.profile = "",
		.language = lang,
		.address = { "1 rue des Exemples", "", "" },
		.postcode = "81708",
		.city = "Mont-Simulacre",
		.country = "FR" };
	struct notice_line lines[3] = { { .invoice = "F1",
	    .contract = "",
	    .issued = 20000,
	    .sent_on = 20000,
	    .due = 20030,
	    .step = "relance-1",
	    .amount = euros(100),
	    .paid = euros(0),
	    .open = euros(100),
	    .interest = euros(1),
	    .fee = euros(4),
	    .claims = claims,
	    .n_claims = 2 } };
	struct notice n = { .id = "NABCDEF234567",
		.debtor = &debtor,
		.currency = "EUR",
		.scenario = "standard-fr",
		.step = "relance-1",
		.letter = "relance-1",
		.tone = "formal",
		.channel = CHANNEL_EMAIL,
		.on = 20060,
		.lines = lines,
		.n_lines = 3,
		.open = euros(200),
		.interest = euros(2),
		.fee = euros(8),
		.total = euros(210),
		.personal = "" };
	struct err e;
	json_t *data;

	lines[2] = lines[1] = lines[0];
	lines[2].role = LINE_INFORMATIONAL;
	assert_int_equal(notice_data(&(struct notice_source){ .config = &config,
					 .notice = &n,
					 .lang = lang },
			     a, &data, &e),
	    0);
	return data;
}

/* Each name of `data` is in the sample, whatever its value. */
static void
compare(const json_t *data, json_t *sample, const char *where)
{
	const char *key;
	json_t *value, *other;

	json_object_foreach((json_t *)data, key, value)
	{
		other = json_object_get(sample, key);
		if (other == NULL)
			fail_msg("%s.%s is not in " SAMPLE, where, key);
		if (json_is_array(value) && json_array_size(value) > 0) {
			value = json_array_get(value, 0);
			other = json_array_get(other, 0);
		}
		compare(value, other, key);
	}
}

/* What only the data of a letter made by hand bring, and the files. */
static void
forget_others(json_t *sample)
{
	static const char *const names[] = { "instalments", "instalments_total",
		"received", "agent", "attachments", "attachments_label" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(json_object_del(sample, names[i]), 0);
}

/* And each name of the sample in the data: it promises nothing else. */
static void
test_sample(void **state)
{
	struct arena *a = arena_new();
	json_error_t why;
	json_t *sample = json_load_file(SAMPLE, 0, &why);
	json_t *data = make_data(a, "fr");

	(void)state;
	if (sample == NULL)
		fail_msg(SAMPLE ":%d: %s", why.line, why.text);
	forget_others(sample);
	compare(data, sample, "data");
	/* a first reminder has none before it */
	assert_int_equal(json_object_set(data, "previous",
			     json_object_get(sample, "previous")),
	    0);
	compare(sample, data, "sample");
	json_decref(data);
	json_decref(sample);
	arena_free(a);
}

static void
test_methods(void **state)
{
	static const struct {
		const char *lang, *want;
	} rows[] = {
		{ "fr", "virement ou troc" },
		{ "de", "Überweisung" }, /* no word for the other */
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		json_t *data = make_data(a, rows[i].lang);
		json_t *payment = json_object_get(data, "payment");

		assert_string_equal(json_string_value(json_object_get(payment,
					"methods_label")),
		    rows[i].want);
		assert_int_equal(json_array_size(json_object_get(payment,
				     "methods")),
		    2 - i);
		json_decref(data);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sample),
		cmocka_unit_test(test_methods),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
