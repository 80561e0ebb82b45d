#include "letter/payment.h"

#include <string.h>

#include "base/utf8.h"
#include "letter/escape.h"
#include "letter/format.h"
#include "pay/choose.h"
#include "pay/iban.h"
#include "pay/payref.h"
#include "pay/qrref.h"
#include "pay/reference.h"
#include "pay/swissqr.h"

#define NAME_CHARS        70 /* of a QR-bill */
#define TEXT_CHARS        140
#define PARTS_MAX         8
#define NUMBER_CHARS      60 /* of an invoice, beside the reference */
#define MONTH             30 /* days */
#define PAYLOAD_MAX_BYTES 1000

/* What payment_block_make reads, before it is written out. */
struct order {
	const char *name, *iban, *bic, *reference, *link;
	struct money amount;
	char account[IBAN_SIZE];         /* electronic, or "" */
	char structured[REFERENCE_SIZE]; /* ISO 11649, or "" */
	char qr[QRREF_SIZE];             /* Swiss QR reference, or "" */
	bool symbol_ruled_out;
};

static const char *
text_of(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s != NULL ? s : "";
}

static int
read_amount(const json_t *payment, struct money *out, struct err *e)
{
	const json_t *amount = json_object_get(payment, "amount");
	const json_t *minor = json_object_get(amount, "minor");

	if (!json_is_integer(minor))
		return err_set(e, ERR_DATA,
		    "payment.amount is missing; give it as "
		    "{\"minor\": 123456, \"currency\": \"EUR\"}");
	if (money_zero(text_of(amount, "currency"), out, e) == -1)
		return err_add(e, "payment.amount");
	out->minor = json_integer_value(minor);
	return 0;
}

/*
 * A reference that begins with RF must be right: a bank would refuse it, or
 * the payment would never be matched. Any other is free text.
 */
static int
read_order(const json_t *data, struct order *o, struct err *e)
{
	const json_t *payment = json_object_get(data, "payment");

	*o = (struct order){
		.name = text_of(json_object_get(data, "creditor"), "name"),
		.iban = text_of(payment, "iban"),
		.bic = text_of(payment, "bic"),
		.reference = text_of(payment, "reference"),
		.link = text_of(payment, "link"),
		.symbol_ruled_out =
		    json_is_false(json_object_get(payment, "has_qr")),
	};
	if (o->name[0] == '\0')
		return err_set(e, ERR_DATA,
		    "creditor.name is missing; nobody can be paid without");
	if (read_amount(payment, &o->amount, e) == -1)
		return -1;
	if (o->iban[0] != '\0' && iban_parse(o->iban, o->account, e) == -1)
		return err_add(e, "payment.iban");
	if (strncmp(o->reference, "RF", 2) == 0 &&
	    reference_parse(o->reference, o->structured, e) == -1)
		return err_add(e, "payment.reference");
	if (qrref_iban_is_qr(o->account) && o->reference[0] != '\0' &&
	    qrref_parse(o->reference, o->qr, e) == -1)
		return err_add(e, "payment.reference");
	return 0;
}

/* Until when a code that has to end is good: who is late pays late. */
static date_t
last_day(const json_t *data)
{
	const json_t *notice = json_object_get(data, "notice");
	date_t day;
	struct err not_one;

	if (date_parse(text_of(notice, "deadline"), &day, &not_one) != 0 &&
	    date_parse(text_of(notice, "date"), &day, &not_one) != 0)
		return DATE_NONE;
	return day + MONTH;
}

static struct transfer
order_transfer(const json_t *data, const struct order *o)
{
	return (struct transfer){
		.payee = { .name = o->name },
		.payer = { .country = text_of(json_object_get(data, "debtor"),
			       "country") },
		.iban = o->account,
		.bic = o->bic,
		.amount = o->amount,
		.reference =
		    o->structured[0] != '\0' ? o->structured : o->reference,
		.due = last_day(data),
	};
}

typedef int choose(const struct transfer *t, const struct pay_code **out,
    struct str *payload, struct err *e);

static int
make_code(choose *choice, const struct transfer *t, struct arena *a,
    struct payment_code *out, struct err *e)
{
	struct str payload;
	int rc;

	str_init(&payload, PAYLOAD_MAX_BYTES);
	rc = choice(t, &out->code, &payload, e);
	out->payload = arena_strn(a, payload.p, payload.len);
	str_done(&payload);
	return rc == 0 ? 0 : err_add(e, "payment");
}

/* A QR-bill's field is shorter than some names. */
static const char *
short_name(const char *name, struct arena *a)
{
	const char *end = name;

	for (int i = 0; i < NAME_CHARS && *end != '\0'; i++)
		(void)utf8_next(&end);
	return arena_strn(a, name, (size_t)(end - name));
}

static struct pay_party
read_party(const json_t *j, const char *name)
{
	return (struct pay_party){ .name = name,
		.street = text_of(j, "street"),
		.number = text_of(j, "number"),
		.postcode = text_of(j, "postcode"),
		.town = text_of(j, "town"),
		.country = text_of(j, "country") };
}

/* What is no structured reference, and else which invoices, is a text. */
static const struct transfer *
make_swiss(const json_t *data, const struct order *o, struct arena *a)
{
	const json_t *swiss =
	    json_object_get(json_object_get(data, "payment"), "swiss");
	const json_t *payer = json_object_get(swiss, "debtor");
	const char *label =
	    text_of(json_object_get(data, "notice"), "invoices_label");
	struct transfer *t;

	if (!json_is_object(swiss) || o->symbol_ruled_out ||
	    o->amount.minor > SWISSQR_MINOR_MAX)
		return NULL;
	t = arena_alloc(a, sizeof(*t));
	*t = (struct transfer){
		.payee = read_party(json_object_get(swiss, "creditor"),
		    short_name(o->name, a)),
		.payer =
		    read_party(payer, short_name(text_of(payer, "name"), a)),
		.iban = arena_str(a, o->account),
		.amount = o->amount,
		.reference =
		    arena_str(a, o->qr[0] != '\0' ? o->qr : o->structured),
		.text = utf8_count(label) <= TEXT_CHARS ? label : "",
		.due = DATE_NONE,
	};
	if (t->reference[0] == '\0' && o->reference[0] != '\0')
		t->text = o->reference;
	return t;
}

/*
 * In EUR both are mostly one, and made once. A QR-bill stands for qr:pay: a
 * letter that has it does without the others where they lack something.
 */
static int
make_codes(const json_t *data, const struct order *o, struct arena *a,
    struct payment_block *out, struct err *e)
{
	const struct transfer t = order_transfer(data, o);
	struct err lacks;

	out->swiss = make_swiss(data, o, a);
	if (o->symbol_ruled_out)
		return 0;
	if (out->swiss != NULL) {
		(void)make_code(choose_epc, &t, a, &out->epc, &lacks);
		return 0;
	}
	if (make_code(choose_code, &t, a, &out->pay, e) != 0)
		return -1;
	if (out->pay.code != NULL && strcmp(out->pay.code->name, "epc") == 0) {
		out->epc = out->pay;
		return 0;
	}
	return make_code(choose_epc, &t, a, &out->epc, e);
}

/* What an invoice asks for, in minor units: with what is claimed besides. */
static int64_t
invoice_total(const json_t *invoice)
{
	const json_t *total = json_object_get(invoice, "total");

	if (total == NULL)
		total = json_object_get(invoice, "open");
	return json_integer_value(json_object_get(total, "minor"));
}

/* The invoices to be paid, if each may have its code; their number. */
static size_t
list_parts(const json_t *data, const struct payment_block *b,
    const json_t *out[PARTS_MAX])
{
	const json_t *invoice;
	size_t i, n = 0;

	if (b->pay.code == NULL || strcmp(b->pay.code->name, "epc") != 0)
		return 0;
	json_array_foreach(json_object_get(data, "invoices"), i, invoice)
	{
		if (invoice_total(invoice) <= 0)
			continue;
		if (n == PARTS_MAX ||
		    utf8_count(text_of(invoice, "number")) > NUMBER_CHARS)
			return 0;
		out[n++] = invoice;
	}
	return n > 1 ? n : 0;
}

/* The reference finds the notice, the number beside it the invoice. */
static int
make_part(const json_t *invoice, const struct transfer *all,
    struct formatter *format, struct arena *a, struct payment_part *out,
    struct err *e)
{
	const char *number = text_of(invoice, "number");
	struct transfer t = *all;
	struct str amount;
	int rc;

	t.amount.minor = invoice_total(invoice);
	t.text = arena_join(a, t.reference, " ", number);
	t.reference = "";
	str_init(&amount, 256);
	rc = formatter_money(format, t.amount, &amount, e);
	out->number = escape_plain(a, number);
	out->amount = arena_str(a, amount.p);
	str_done(&amount);
	return rc == 0 ? make_code(choose_epc, &t, a, &out->code, e) : -1;
}

static int
make_parts(const json_t *data, const struct order *o, struct formatter *format,
    struct arena *a, struct payment_block *out, struct err *e)
{
	const json_t *payment = json_object_get(data, "payment");
	const struct transfer t = order_transfer(data, o);
	const json_t *invoices[PARTS_MAX];
	struct payment_part *parts;
	size_t n;

	if (!json_is_true(json_object_get(payment, "per_invoice")))
		return 0;
	n = list_parts(data, out, invoices);
	parts = arena_array(a, n, sizeof(*parts));
	for (size_t i = 0; i < n; i++)
		if (make_part(invoices[i], &t, format, a, &parts[i], e) != 0)
			return -1;
	out->parts = parts;
	out->n_parts = n;
	return 0;
}

/* A block without what is printed; -1 for data that are wrong. */
static int
sketch(const json_t *data, struct arena *a, struct payment_block *out)
{
	struct order o;
	struct err e;

	*out = (struct payment_block){ .swiss = NULL };
	return read_order(data, &o, &e) != 0 ||
		make_codes(data, &o, a, out, &e) != 0
	    ? -1
	    : 0;
}

bool
payment_has_parts(const json_t *data)
{
	const json_t *invoices[PARTS_MAX];
	struct payment_block block;
	struct arena *a = arena_new();
	bool has = sketch(data, a, &block) == 0 &&
	    list_parts(data, &block, invoices) > 0;

	arena_free(a);
	return has;
}

bool
payment_has_symbol(const json_t *data)
{
	struct payment_block block;
	struct arena *a = arena_new();
	bool has = sketch(data, a, &block) != 0 || block.swiss != NULL ||
	    block.pay.code != NULL;

	arena_free(a);
	return has;
}

bool
payment_is_asked(const char *target)
{
	return strcmp(target, "qr:pay") == 0 || strcmp(target, "qr:epc") == 0 ||
	    strcmp(target, "qr:swiss") == 0;
}

int
payment_block_make(const json_t *data, struct formatter *format,
    struct arena *a, struct payment_block *out, struct err *e)
{
	char iban[IBAN_PRINT_SIZE] = "", reference[PAYREF_PRINT_SIZE];
	struct order o;
	struct str amount;

	if (read_order(data, &o, e) == -1)
		return -1;
	str_init(&amount, 256);
	if (formatter_money(format, o.amount, &amount, e) == -1) {
		str_done(&amount);
		return err_add(e, "payment.amount");
	}
	if (o.account[0] != '\0')
		(void)iban_fmt(o.account, iban);
	*out = (struct payment_block){
		.beneficiary = escape_plain(a, o.name),
		.iban = arena_str(a, iban),
		.bic = escape_plain(a, o.bic),
		.amount = arena_str(a, amount.p),
		.reference =
		    escape_plain(a, payref_fmt(o.reference, reference)),
		.link = escape_plain(a, o.link),
	};
	str_done(&amount);
	if (make_codes(data, &o, a, out, e) != 0)
		return -1;
	return make_parts(data, &o, format, a, out, e);
}
