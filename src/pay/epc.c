/*
 * Twelve elements, one a line; a line break inside one would forge the next,
 * so no control character gets in. Trailing empty elements are left out.
 */
#include "pay/epc.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "pay/iban.h"
#include "pay/reference.h"

#define NAME_MAX_CHARS 70
#define TEXT_MAX_CHARS 140

/* Where version 002 may leave the BIC out (EPC069-12, element 5). */
static const char eea[][3] = { "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE",
	"ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU",
	"LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK" };

static bool
in_eea(const char *iban)
{
	size_t i;

	for (i = 0; i < sizeof(eea) / sizeof(eea[0]); i++) {
		if (strncmp(eea[i], iban, 2) == 0)
			return true;
	}
	return false;
}

/* UTF-8, no control characters, at most max code points. */
static bool
is_line(const char *s, size_t max)
{
	const char *p = s;
	uint32_t c;

	if (utf8_bad(s, strlen(s)) != -1)
		return false;
	while ((c = utf8_next(&p)) != 0) {
		if (c < 0x20 || (c >= 0x7f && c < 0xa0))
			return false;
	}
	return utf8_count(s) <= max;
}

static int
check_account(const struct epc *p, struct err *e)
{
	char iban[IBAN_SIZE];

	if (iban_parse(p->iban, iban, e) == -1)
		return err_add(e, "QR code");
	if (strcmp(iban, p->iban) != 0)
		return err_set(e, ERR_DATA,
		    "QR code: write the IBAN as '%s',"
		    " without spaces",
		    iban);
	if (p->bic[0] != '\0' && !bic_valid(p->bic))
		return err_set(e, ERR_DATA,
		    "QR code: the BIC has 8 or 11"
		    " capital letters and digits");
	if (p->bic[0] == '\0' && !in_eea(iban))
		return err_set(e, ERR_DATA,
		    "QR code: IBAN '%s' lies outside"
		    " the European Economic Area: give its BIC",
		    iban);
	return 0;
}

static int
check_payment(const struct epc *p, struct err *e)
{
	char reference[REFERENCE_SIZE];

	if (strcmp(p->amount.currency, "EUR") != 0)
		return err_set(e, ERR_DATA,
		    "QR code: the currency is EUR, not"
		    " '%s'",
		    p->amount.currency);
	if (p->amount.minor < 1 || p->amount.minor > EPC_MINOR_MAX)
		return err_set(e, ERR_DATA,
		    "QR code: the amount is 0.01 to"
		    " 999999999.99");
	if (p->reference[0] != '\0' && p->text[0] != '\0')
		return err_set(e, ERR_DATA,
		    "QR code: give a reference or a"
		    " text, not both");
	if (p->reference[0] != '\0' &&
	    reference_parse(p->reference, reference, e) == -1)
		return err_add(e, "QR code");
	if (p->reference[0] != '\0' && strcmp(reference, p->reference) != 0)
		return err_set(e, ERR_DATA,
		    "QR code: write the reference as"
		    " '%s', without spaces",
		    reference);
	return 0;
}

int
epc_payload(const struct epc *p, char out[EPC_SIZE], struct err *e)
{
	char amount[MONEY_SIZE];
	int n;

	if (p->name[0] == '\0' || !is_line(p->name, NAME_MAX_CHARS))
		return err_set(e, ERR_DATA,
		    "QR code: the name has 1 to 70"
		    " characters, in one line");
	if (!is_line(p->text, TEXT_MAX_CHARS))
		return err_set(e, ERR_DATA,
		    "QR code: the text has at most 140"
		    " characters, in one line");
	if (check_account(p, e) == -1 || check_payment(p, e) == -1)
		return -1;
	n = snprintf(out, EPC_SIZE, "BCD\n%s\n1\nSCT\n%s\n%s\n%s\nEUR%s",
	    p->bic[0] == '\0' ? "002" : "001", p->bic, p->name, p->iban,
	    money_fmt(p->amount, amount));
	if (n < EPC_SIZE && (p->reference[0] != '\0' || p->text[0] != '\0'))
		n += snprintf(out + n, EPC_SIZE - (size_t)n, "\n\n%s%s%s",
		    p->reference, p->text[0] == '\0' ? "" : "\n", p->text);
	if (n >= EPC_SIZE)
		return err_set(e, ERR_DATA,
		    "QR code: more than 331 bytes;"
		    " shorten the name or the text");
	return 0;
}
