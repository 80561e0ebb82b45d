#include "pay/spayd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pay/iban.h"
#include "pay/lines.h"

#define HEAD             "SPD*1.0*"
#define KEYS_MAX         64
#define MESSAGE_MAX      60
#define NAME_MAX         35
#define SYMBOL_MAX       10
#define REFERENCE_MAX    16
#define AMOUNT_MINOR_MAX 999999999 /* AM has at most 10 characters */
#define DIGITS           "0123456789"
#define HEX              "0123456789ABCDEFabcdef"

void
spayd_escape(const char *text, struct str *out)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c > 0x7e || c == '*' || c == '%' || c == '+')
			str_fmt(out, "%%%02X", c);
		else
			str_putc(out, (char)c);
	}
}

static void
put(struct str *out, const char *key, const char *value)
{
	if (value[0] == '\0')
		return;
	str_fmt(out, "*%s:", key);
	spayd_escape(value, out);
}

static bool
all_digits(const char *s, size_t max)
{
	size_t n = strlen(s);

	return n <= max && strspn(s, DIGITS) == n;
}

static int
check(const struct transfer *t, struct err *e)
{
	if (transfer_check_account(t, e) != 0 ||
	    transfer_check_amount(t->amount, t->amount.currency,
		AMOUNT_MINOR_MAX, e) != 0 ||
	    transfer_check_line("name", t->payee.name, NAME_MAX, e) != 0 ||
	    transfer_check_line("text", t->text, MESSAGE_MAX, e) != 0)
		return -1;
	if (currency_decimals(t->amount.currency) != 2)
		return err_set(e, ERR_DATA,
		    "amounts have two decimals, those in '%s' have not",
		    t->amount.currency);
	if (!all_digits(t->reference, REFERENCE_MAX))
		return err_set(e, ERR_DATA,
		    "the reference is up to %d digits, not '%.40s'",
		    REFERENCE_MAX, t->reference);
	return 0;
}

int
spayd_write(const struct transfer *t, struct str *out, struct err *e)
{
	const struct transfer g = transfer_given(t);
	char amount[MONEY_SIZE], due[DATE_SIZE] = "", day[DATE_SIZE] = "";
	bool symbol = strlen(g.reference) <= SYMBOL_MAX;

	if (check(&g, e) != 0)
		return err_add(e, "QR code");
	/* The plus between account and BIC is the only one not escaped. */
	str_fmt(out, "SPD*1.0*ACC:%s%s%s", g.iban, g.bic[0] != '\0' ? "+" : "",
	    g.bic);
	if (g.amount.minor > 0)
		put(out, "AM", money_fmt(g.amount, amount));
	put(out, "CC", g.amount.currency);
	if (date_fmt(g.due, due)[0] != '\0')
		(void)snprintf(day, sizeof(day), "%.4s%.2s%.2s", due, due + 5,
		    due + 8);
	put(out, "DT", day);
	put(out, "MSG", g.text);
	if (!symbol)
		put(out, "RF", g.reference);
	put(out, "RN", g.payee.name);
	if (symbol)
		put(out, "X-VS", g.reference);
	return 0;
}

/* ---- back ---- */

/* %XX undone; -1 for what is not two hexadecimal digits. */
static int
unescape(const char *value, struct arena *a, const char **out, struct err *e)
{
	char *text = arena_str(a, value), *to = text;

	for (const char *p = value; *p != '\0'; p++) {
		char hex[3] = "", *end;

		if (*p != '%') {
			*to++ = *p;
			continue;
		}
		(void)snprintf(hex, sizeof(hex), "%.2s", p + 1);
		*to = (char)strtoul(hex, &end, 16);
		if (end != hex + 2 || strspn(hex, HEX) != 2 || *to == '\0')
			return err_set(e, ERR_DATA,
			    "'%.3s' stands for no character", p);
		to++;
		p += 2;
	}
	*to = '\0';
	*out = text;
	return 0;
}

/* "IBAN" or "IBAN+BIC" */
static int
read_account(const char *value, struct arena *a, struct transfer *t,
    struct err *e)
{
	const char *plus = strchr(value, '+');
	char iban[IBAN_SIZE];

	t->iban =
	    plus == NULL ? value : arena_strn(a, value, (size_t)(plus - value));
	t->bic = plus == NULL ? "" : plus + 1;
	if (iban_parse(t->iban, iban, e) != 0)
		return -1;
	if (plus != NULL && !bic_valid(t->bic) && strlen(t->bic) != 6)
		return err_set(e, ERR_DATA, "bad BIC '%.20s'", t->bic);
	return 0;
}

static int
read_day(const char *value, date_t *out, struct err *e)
{
	char day[DATE_SIZE];

	if (strlen(value) != 8)
		return err_set(e, ERR_DATA, "bad day '%.20s'", value);
	(void)snprintf(day, sizeof(day), "%.4s-%.2s-%.2s", value, value + 4,
	    value + 6);
	return date_parse(day, out, e);
}

/* What was read of the keys that are to be read together. */
struct reading {
	struct transfer *t;
	const char *amount, *currency;
	struct arena *a;
};

static int
read_key(struct reading *r, const char *key, const char *value, struct err *e)
{
	struct transfer *t = r->t;

	if (strcmp(key, "ACC") == 0)
		return read_account(value, r->a, t, e);
	if (strcmp(key, "AM") == 0)
		r->amount = value;
	else if (strcmp(key, "CC") == 0)
		r->currency = value;
	else if (strcmp(key, "MSG") == 0)
		t->text = value;
	else if (strcmp(key, "RN") == 0)
		t->payee.name = value;
	else if (strcmp(key, "X-VS") == 0 ||
	    (strcmp(key, "RF") == 0 && t->reference[0] == '\0'))
		t->reference = value;
	else if (strcmp(key, "DT") == 0)
		return read_day(value, &t->due, e);
	return 0;
}

static int
read_keys(struct reading *r, const char *const *pieces, size_t n, struct err *e)
{
	for (size_t i = 2; i < n; i++) {
		const char *colon = strchr(pieces[i], ':'), *value;

		if (pieces[i][0] == '\0' && i + 1 == n)
			break; /* a star at the end */
		if (colon == NULL || colon == pieces[i])
			return err_set(e, ERR_DATA, "'%.40s' is not KEY:value",
			    pieces[i]);
		if (unescape(colon + 1, r->a, &value, e) != 0 ||
		    read_key(r,
			arena_strn(r->a, pieces[i],
			    (size_t)(colon - pieces[i])),
			value, e) != 0)
			return -1;
	}
	return 0;
}

static int
read_all(const char *payload, size_t n, struct reading *r, struct err *e)
{
	const char *pieces[KEYS_MAX];
	struct lines cut = { .v = pieces, .max = KEYS_MAX, .separator = '*' };

	if (lines_cut(payload, n, r->a, &cut, e) != 0)
		return -1;
	if (cut.n < 3 || strcmp(pieces[0], "SPD") != 0 ||
	    strcmp(pieces[1], "1.0") != 0)
		return err_set(e, ERR_DATA, "it does not begin with " HEAD);
	if (read_keys(r, pieces, cut.n, e) != 0)
		return -1;
	if (r->t->iban[0] == '\0')
		return err_set(e, ERR_DATA, "there is no account (ACC)");
	if (money_zero(r->currency, &r->t->amount, e) != 0)
		return -1;
	if (r->amount[0] != '\0' &&
	    money_parse(r->amount, r->currency, &r->t->amount, e) != 0)
		return -1;
	return transfer_check_line("text", r->t->text, MESSAGE_MAX, e);
}

int
spayd_read(const char *payload, size_t n, struct arena *a, struct transfer *out,
    struct err *e)
{
	struct reading r = {
		.t = out, .amount = "", .currency = "CZK", .a = a
	};

	*out = (struct transfer){ .due = DATE_NONE };
	*out = transfer_given(out);
	if (read_all(payload, n, &r, e) != 0)
		return err_add(e, "QR code");
	return 0;
}
