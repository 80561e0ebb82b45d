#include "verb/notice_data.h"

#include <assert.h>
#include <string.h>

#include "law/spell.h"
#include "letter/payment.h"
#include "pay/payref.h"
#include "verb/claim_data.h"
#include "verb/json.h"
#include "verb/notice_words.h"

#define WORDS_MAX_BYTES 1000

static json_t *
strings(const char *const *words, size_t n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		(void)json_array_append_new(list, json_string(words[i]));
	return list;
}

static bool
is_ours(const struct config *config, const char *lang)
{
	return strncmp(lang, config->language, 2) == 0;
}

/* Hours are words of our own language: a foreigner is not shown them. */
json_t *
notice_creditor(const struct config *config, const char *lang, struct arena *a)
{
	const struct creditor *c = &config->creditor;
	bool ours = is_ours(config, lang);
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:s, "
			      "s:s, s:s, s:s, s:s, s:s, s:b}",
	    "name", c->name, "form", c->form, "capital", c->capital,
	    "registration", c->registration, "vat", c->vat, "lines",
	    strings(c->address, c->n_address), "contact", c->contact, "phone",
	    c->phone, "email", c->email, "hours", ours ? c->hours : "", "city",
	    words_town(c, a), "country", c->country, "signatory", c->signatory,
	    "signatory_title", c->signatory_title, "has_signature",
	    c->signature[0] != '\0');

	assert(j != NULL);
	return j;
}

json_t *
notice_debtor(const struct debtor *d, const char *lang, const char *home,
    struct arena *a)
{
	const char *lines[ADDRESS_LINES];
	size_t n = words_address(d, home, a, lines);
	json_t *j = json_pack("{s:s, s:s, s:s, s:b, s:s, s:s, s:o, s:s}",
	    "code", d->code, "name", d->name, "kind", debtor_kind_name(d->kind),
	    "is_public", d->kind == DEBTOR_PUBLIC, "language", lang, "greeting",
	    words_greeting(lang), "lines", strings(lines, n), "country",
	    words_country(d, home));

	assert(j != NULL);
	return j;
}

/* It mediates between us and consumers only. */
static json_t *
mediator_data(const struct creditor *c, const struct debtor *d)
{
	json_t *j;

	if (c->mediator[0] == '\0' || d->kind != DEBTOR_CONSUMER)
		return json_null();
	j = json_pack("{s:s, s:s, s:s}", "name", c->mediator, "address",
	    c->mediator_address, "url", c->mediator_url);
	assert(j != NULL);
	return j;
}

/* ---- what the Swiss payment part needs besides ---- */

/* "Marktgasse 28" as street and number; other lines are all street. */
static json_t *
place_data(const char *line, const char *postcode, const char *town,
    const char *country, struct arena *a)
{
	const char *space = strrchr(line, ' ');
	const char *number = space != NULL ? space + 1 : "";
	json_t *j;

	if (number[0] < '0' || number[0] > '9') {
		number = "";
		space = line + strlen(line);
	}
	j = json_pack("{s:s, s:s, s:s, s:s, s:s}", "street",
	    arena_strn(a, line, (size_t)(space - line)), "number", number,
	    "postcode", postcode, "town", town, "country", country);
	assert(j != NULL);
	return j;
}

/*
 * Of the creditor's lines the last one that begins with a post code ("2501
 * Biel", "CH-2501 Biel"), and the one before it; without one, no post code.
 */
static json_t *
creditor_place(const struct creditor *c, struct arena *a)
{
	for (size_t i = c->n_address; i > 0; i--) {
		const char *line = c->address[i - 1];
		const char *dash = strchr(line, '-');
		size_t n;

		if (dash == line + 2)
			line = dash + 1;
		n = strspn(line, "0123456789");
		if (n >= 4 && line[n] == ' ')
			return place_data(i > 1 ? c->address[i - 2] : "",
			    arena_strn(a, line, n), line + n + 1, c->country,
			    a);
	}
	return place_data("", "", "", c->country, a);
}

/* A debtor without a whole address is asked to fill it in. */
static json_t *
debtor_place(const struct debtor *d, const char *home, struct arena *a)
{
	const char *street = "";
	json_t *j;

	for (size_t i = 0; i < DEBTOR_LINES; i++)
		if (d->address[i][0] != '\0')
			street = d->address[i];
	j = place_data(street, d->postcode, d->city, words_country(d, home), a);
	(void)json_object_set_new(j, "name", json_string(d->name));
	return j;
}

/* Its currencies are those of the guidelines for the QR-bill. */
static bool
is_swiss(const struct account *account)
{
	return (strncmp(account->iban, "CH", 2) == 0 ||
		   strncmp(account->iban, "LI", 2) == 0) &&
	    (strcmp(account->currency, "CHF") == 0 ||
		strcmp(account->currency, "EUR") == 0);
}

static json_t *
swiss_data(const struct config *c, const struct notice *n, struct arena *a)
{
	json_t *j = json_object();

	(void)json_object_set_new(j, "creditor",
	    creditor_place(&c->creditor, a));
	(void)json_object_set_new(j, "debtor",
	    debtor_place(n->debtor, c->creditor.country, a));
	return j;
}

static int
payment_data(const struct config *c, const struct notice *n, const char *lang,
    struct arena *a, json_t **out, struct err *e)
{
	const struct account *account = config_account(c, n->currency);
	char reference[PAYREF_SIZE];
	const char **methods;
	size_t n_methods = 0;

	if (account == NULL)
		return err_set(e, ERR_USAGE,
		    "semonce.yaml: no account in %s: add one under accounts",
		    n->currency);
	if (payref_make(n->id, account->iban, reference, e) != 0)
		return -1;
	methods = arena_array(a, account->n_methods, sizeof(*methods));
	for (size_t i = 0; i < account->n_methods; i++) {
		methods[n_methods] =
		    words_method(account->methods[i], lang, is_ours(c, lang));
		n_methods += methods[n_methods] != NULL;
	}
	*out = json_pack("{s:s, s:s, s:s, s:o, s:s, s:o, s:s, s:b}", "iban",
	    account->iban, "bic", account->bic, "reference", reference,
	    "amount", json_money(n->total), "link", c->payment_link, "methods",
	    strings(methods, n_methods), "methods_label",
	    words_or(methods, n_methods, lang, a), "has_qr", true);
	assert(*out != NULL);
	if (is_swiss(account))
		(void)json_object_set_new(*out, "swiss", swiss_data(c, n, a));
	return 0;
}

static int
invoices_data(const struct notice *n, enum line_role role, json_t **out,
    struct err *e)
{
	json_t *list = json_array();

	*out = list;
	for (size_t i = 0; i < n->n_lines; i++) {
		const struct notice_line *l = &n->lines[i];
		json_t *j;

		if (l->role != role)
			continue;
		j = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
			      "s:s, s:s}",
		    "number", l->invoice, "issued", json_date(l->issued),
		    "sent_on", json_date(l->sent_on), "due", json_date(l->due),
		    "amount", json_money(l->amount), "paid",
		    json_money(l->paid), "open", json_money(l->open),
		    "interest", json_money(l->interest), "fee",
		    json_money(l->fee), "role",
		    role == LINE_DEMANDED ? "demanded" : "informational",
		    "contract", l->contract);
		assert(j != NULL);
		(void)json_array_append_new(list, j);
		if (claim_line_data(l, n->on, j, e) != 0)
			return -1;
	}
	return 0;
}

/*
 * The newest counted demand before this notice for one of its lines. A word
 * before the due date demanded nothing: no letter may call it a reminder.
 */
static json_t *
previous_data(const struct notice *n, const struct position *p)
{
	const struct rung *newest = NULL;
	json_t *j;

	for (size_t i = 0; p != NULL && i < p->n_items; i++) {
		const struct item *item = &p->items[i];
		bool ours = false;

		for (size_t k = 0; k < n->n_lines; k++)
			ours |= n->lines[k].item == item->id &&
			    n->lines[k].role == LINE_DEMANDED;
		for (size_t k = 0; ours && k < item->n_rungs; k++)
			if (item->rungs[k].counts &&
			    item->rungs[k].on > item->due &&
			    (newest == NULL || item->rungs[k].on > newest->on))
				newest = &item->rungs[k];
	}
	if (newest == NULL)
		return json_null();
	j = json_pack("{s:o, s:s}", "date", json_date(newest->on), "step",
	    newest->step);
	assert(j != NULL);
	return j;
}

/* In words as receipts and formal notices have it, where they are known. */
static json_t *
total_data(const struct config *c, struct money total, const char *lang)
{
	const struct spell_form form = spell_form_of(c->creditor.country);
	json_t *j = json_money(total);
	struct str words;
	struct err unknown;

	str_init(&words, WORDS_MAX_BYTES);
	if (strncmp(lang, "fr", 2) == 0 &&
	    spell_money(total, &form, &words, &unknown) == 0)
		(void)json_object_set_new(j, "words", json_string(words.p));
	str_done(&words);
	return j;
}

static int
totals_data(const struct notice_source *s, json_t **out, struct err *e)
{
	const struct notice *n = s->notice;
	struct money amount = { 0 }, paid, claims;

	memcpy(amount.currency, n->currency, sizeof(amount.currency));
	paid = amount;
	for (size_t i = 0; i < n->n_lines; i++)
		if (n->lines[i].role == LINE_DEMANDED &&
		    (money_add(&amount, n->lines[i].amount, e) != 0 ||
			money_add(&paid, n->lines[i].paid, e) != 0))
			return -1;
	if (claim_paid(n, s->position, &claims, e) != 0)
		return -1;
	*out = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "amount",
	    json_money(amount), "paid", json_money(paid), "claims_paid",
	    json_money(claims), "open", json_money(n->open), "interest",
	    json_money(n->interest), "fee", json_money(n->fee), "total",
	    total_data(s->config, n->total, s->lang));
	assert(*out != NULL);
	return 0;
}

static json_t *
about_data(const struct config *c, const struct notice *n, const char *lang,
    struct arena *a)
{
	json_t *days =
	    n->deadline_days > 0 ? json_integer(n->deadline_days) : json_null();
	json_t *j = json_pack("{s:s, s:o, s:s, s:s, s:s, s:o, s:o, s:s, s:s, "
			      "s:b}",
	    "id", n->id, "date", json_date(n->on), "step", n->step, "tone",
	    n->tone, "channel", channel_name(n->channel), "deadline",
	    json_date(n->deadline), "days", days, "invoices_label",
	    words_invoices(n, lang, a), "personal", n->personal,
	    "action_required", c->action_required);

	assert(j != NULL);
	return j;
}

/* What is owed: invoices, claims, totals and how to pay them. */
static int
put_owed(const struct notice_source *s, struct arena *a, json_t *j,
    struct err *e)
{
	json_t *demanded, *other, *claims = NULL, *totals = NULL;
	json_t *payment = NULL;
	int rc = 0;

	rc |= invoices_data(s->notice, LINE_DEMANDED, &demanded, e);
	(void)json_object_set_new(j, "invoices", demanded);
	rc |= invoices_data(s->notice, LINE_INFORMATIONAL, &other, e);
	(void)json_object_set_new(j, "has_informational",
	    json_boolean(json_array_size(other) > 0));
	(void)json_object_set_new(j, "informational", other);
	if (rc != 0 ||
	    claim_data(s->notice, s->config->count, a, &claims, e) != 0)
		return -1;
	(void)json_object_set_new(j, "claims", claims);
	if (totals_data(s, &totals, e) != 0)
		return -1;
	(void)json_object_set_new(j, "totals", totals);
	if (payment_data(s->config, s->notice, s->lang, a, &payment, e) != 0)
		return -1;
	(void)json_object_set_new(j, "payment", payment);
	return 0;
}

int
notice_data(const struct notice_source *s, struct arena *a, json_t **out,
    struct err *e)
{
	const struct config *c = s->config;
	const struct notice *n = s->notice;
	json_t *j = json_notice(n), *payment;

	if (put_owed(s, a, j, e) != 0) {
		json_decref(j);
		return -1;
	}
	(void)json_object_set_new(j, "creditor",
	    notice_creditor(c, s->lang, a));
	(void)json_object_set_new(j, "debtor",
	    notice_debtor(n->debtor, s->lang, c->creditor.country, a));
	(void)json_object_set_new(j, "previous", previous_data(n, s->position));
	(void)json_object_set_new(j, "notice", about_data(c, n, s->lang, a));
	(void)json_object_set_new(j, "mediator",
	    mediator_data(&c->creditor, n->debtor));
	payment = json_object_get(j, "payment");
	(void)json_object_set_new(payment, "has_qr",
	    json_boolean(payment_has_symbol(j)));
	(void)json_object_set_new(payment, "per_invoice",
	    json_boolean(c->qr_per_invoice && payment_has_parts(j)));
	*out = j;
	return 0;
}
