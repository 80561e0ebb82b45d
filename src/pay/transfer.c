#include "pay/transfer.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "pay/iban.h"

static const char *
given(const char *s)
{
	return s != NULL ? s : "";
}

static struct pay_party
party_given(const struct pay_party *p)
{
	return (struct pay_party){ .name = given(p->name),
		.street = given(p->street),
		.number = given(p->number),
		.postcode = given(p->postcode),
		.town = given(p->town),
		.country = given(p->country) };
}

struct transfer
transfer_given(const struct transfer *t)
{
	struct transfer out = *t;

	out.payee = party_given(&t->payee);
	out.payer = party_given(&t->payer);
	out.iban = given(t->iban);
	out.bic = given(t->bic);
	out.reference = given(t->reference);
	out.text = given(t->text);
	out.purpose = given(t->purpose);
	out.info = given(t->info);
	out.others[0] = given(t->others[0]);
	out.others[1] = given(t->others[1]);
	return out;
}

static bool
steers(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c ||
	    c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

int
transfer_check_line(const char *field, const char *text, size_t max,
    struct err *e)
{
	const char *p = text;
	uint32_t c;

	if (utf8_bad(text, strlen(text)) != -1)
		return err_set(e, ERR_DATA, "the %s is not UTF-8", field);
	while ((c = utf8_next(&p)) != 0)
		if (steers(c))
			return err_set(e, ERR_DATA,
			    "the %s has a control character: write it in one "
			    "line",
			    field);
	if (utf8_count(text) > max)
		return err_set(e, ERR_DATA,
		    "the %s has more than %zu characters: shorten it", field,
		    max);
	return 0;
}

int
transfer_check_account(const struct transfer *t, struct err *e)
{
	char iban[IBAN_SIZE];

	if (iban_parse(t->iban, iban, e) == -1)
		return -1;
	if (strcmp(iban, t->iban) != 0)
		return err_set(e, ERR_DATA,
		    "write the IBAN as '%s', without spaces", iban);
	if (t->bic[0] != '\0' && !bic_valid(t->bic))
		return err_set(e, ERR_DATA,
		    "the BIC has 8 or 11 capital letters and digits");
	return 0;
}

int
transfer_check_amount(struct money amount, const char *currency, int64_t max,
    struct err *e)
{
	struct money most = { .minor = max };
	char buf[MONEY_SIZE];

	memcpy(most.currency, currency, sizeof(most.currency));
	if (strcmp(amount.currency, currency) != 0)
		return err_set(e, ERR_DATA, "the currency is %s, not '%s'",
		    currency, amount.currency);
	if (amount.minor < 0 || amount.minor > max)
		return err_set(e, ERR_DATA,
		    "the amount is above zero and at most %s",
		    money_fmt(most, buf));
	return 0;
}
