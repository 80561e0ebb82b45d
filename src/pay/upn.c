#include "pay/upn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "pay/charset.h"
#include "pay/lines.h"

#define SET             "ISO-8859-2"
#define LINE_CHARS      33
#define TEXT_CHARS      42
#define REFERENCE_CHARS 26
#define AMOUNT_DIGITS   11

enum field {
	LEADER,
	PAYER_IBAN,
	DEPOSIT,
	WITHDRAWAL,
	PAYER_REFERENCE,
	PAYER_NAME,
	PAYER_STREET,
	PAYER_TOWN,
	AMOUNT,
	PAID_ON,
	URGENT,
	PURPOSE,
	TEXT,
	DUE,
	IBAN,
	REFERENCE,
	PAYEE_NAME,
	PAYEE_STREET,
	PAYEE_TOWN,
	SUM,
	RESERVE,
	FIELDS
};

/* "Street 7", "1000 Town" */
static const char *
join(struct arena *a, const char *x, const char *y)
{
	if (x[0] == '\0' || y[0] == '\0')
		return x[0] == '\0' ? y : x;
	return arena_fmt(a, "%s %s", x, y);
}

static int
check_party(const char *who, const struct pay_party *p, struct arena *a,
    struct err *e)
{
	if (transfer_check_line("name", p->name, LINE_CHARS, e) != 0 ||
	    transfer_check_line("street", join(a, p->street, p->number),
		LINE_CHARS, e) != 0 ||
	    transfer_check_line("town", join(a, p->postcode, p->town),
		LINE_CHARS, e) != 0)
		return err_add(e, "%s", who);
	return 0;
}

static int
check(const struct transfer *t, struct arena *a, struct err *e)
{
	if (transfer_check_account(t, e) != 0 ||
	    transfer_check_amount(t->amount, "EUR", UPN_MINOR_MAX, e) != 0 ||
	    check_party("payee", &t->payee, a, e) != 0 ||
	    check_party("payer", &t->payer, a, e) != 0 ||
	    transfer_check_line("text", t->text, TEXT_CHARS, e) != 0 ||
	    transfer_check_line("reference", t->reference, REFERENCE_CHARS,
		e) != 0)
		return -1;
	if (t->payee.name[0] == '\0' || t->reference[0] == '\0')
		return err_set(e, ERR_DATA,
		    "a name and a reference are needed");
	if (strlen(t->purpose) != 4 ||
	    strspn(t->purpose, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 4)
		return err_set(e, ERR_DATA,
		    "the purpose has four capital letters, such as OTHR");
	return 0;
}

/* "31.12.2026" */
static void
put_day(date_t d, char out[DATE_SIZE])
{
	int year, month, day;

	out[0] = '\0';
	if (d == DATE_NONE)
		return;
	date_to_civil(d, &year, &month, &day);
	(void)snprintf(out, DATE_SIZE, "%02d.%02d.%04d", (unsigned)day % 100,
	    (unsigned)month % 100, (unsigned)year % 10000);
}

/* One byte is one character in this set, so lengths are bytes. */
static int
put_fields(const char *const fields[FIELDS], struct str *out, struct err *e)
{
	size_t start = out->len;

	for (size_t i = 0; i < SUM; i++) {
		if (charset_write(SET, fields[i], out, e) != 0)
			return -1;
		str_putc(out, '\n');
	}
	str_fmt(out, "%03zu\n", out->len - start);
	if (out->over || out->len - start > UPN_MAX_BYTES)
		return err_set(e, ERR_DATA, "more than %d characters",
		    UPN_MAX_BYTES);
	return 0;
}

int
upn_write(const struct transfer *t, struct str *out, struct err *e)
{
	const struct transfer g = transfer_given(t);
	struct arena *a = arena_new();
	char amount[AMOUNT_DIGITS + 1], due[DATE_SIZE];
	const char *fields[FIELDS];
	int rc = check(&g, a, e);

	for (size_t i = 0; i < FIELDS; i++)
		fields[i] = "";
	if (rc == 0) {
		(void)snprintf(amount, sizeof(amount), "%011llu",
		    (unsigned long long)g.amount.minor % (UPN_MINOR_MAX + 1));
		put_day(g.due, due);
		fields[LEADER] = "UPNQR";
		fields[PAYER_NAME] = g.payer.name;
		fields[PAYER_STREET] = join(a, g.payer.street, g.payer.number);
		fields[PAYER_TOWN] = join(a, g.payer.postcode, g.payer.town);
		fields[AMOUNT] = amount;
		fields[PURPOSE] = g.purpose;
		fields[TEXT] = g.text;
		fields[DUE] = due;
		fields[IBAN] = g.iban;
		fields[REFERENCE] = g.reference;
		fields[PAYEE_NAME] = g.payee.name;
		fields[PAYEE_STREET] = join(a, g.payee.street, g.payee.number);
		fields[PAYEE_TOWN] = join(a, g.payee.postcode, g.payee.town);
		rc = put_fields(fields, out, e);
	}
	arena_free(a);
	return rc == 0 ? 0 : err_add(e, "QR code");
}

/* ---- back ---- */

static int
read_day(const char *text, date_t *out, struct err *e)
{
	char day[DATE_SIZE];

	*out = DATE_NONE;
	if (text[0] == '\0')
		return 0;
	if (strlen(text) != 10 || text[2] != '.' || text[5] != '.')
		return err_set(e, ERR_DATA, "bad day '%.20s'", text);
	(void)snprintf(day, sizeof(day), "%.4s-%.2s-%.2s", text + 6, text + 3,
	    text);
	return date_parse(day, out, e);
}

static int
check_sum(const char *const fields[FIELDS], struct err *e)
{
	char want[8];
	size_t n = SUM; /* line feeds */

	for (size_t i = 0; i < SUM; i++)
		n += utf8_count(fields[i]);
	(void)snprintf(want, sizeof(want), "%03zu", n);
	if (strcmp(fields[SUM], want) != 0)
		return err_set(e, ERR_DATA,
		    "the control sum is %s, not '%.20s'", want, fields[SUM]);
	return 0;
}

static int
read_fields(const char *const fields[FIELDS], struct arena *a,
    struct transfer *out, struct err *e)
{
	if (strcmp(fields[LEADER], "UPNQR") != 0)
		return err_set(e, ERR_DATA, "it does not begin with UPNQR");
	if (check_sum(fields, e) != 0)
		return -1;
	if (strlen(fields[AMOUNT]) != AMOUNT_DIGITS ||
	    strspn(fields[AMOUNT], "0123456789") != AMOUNT_DIGITS)
		return err_set(e, ERR_DATA,
		    "the amount has eleven digits, not '%.20s'",
		    fields[AMOUNT]);
	*out = (struct transfer){
		.payee = { .name = fields[PAYEE_NAME],
		    .street = fields[PAYEE_STREET],
		    .town = fields[PAYEE_TOWN] },
		.payer = { .name = fields[PAYER_NAME],
		    .street = fields[PAYER_STREET],
		    .town = fields[PAYER_TOWN] },
		.iban = fields[IBAN],
		.amount = { .minor = strtoll(fields[AMOUNT], NULL, 10),
		    .currency = "EUR" },
		.reference = fields[REFERENCE],
		.text = fields[TEXT],
		.purpose = fields[PURPOSE],
	};
	*out = transfer_given(out);
	if (read_day(fields[DUE], &out->due, e) != 0)
		return -1;
	return check(out, a, e);
}

int
upn_read(const char *payload, size_t n, struct arena *a, struct transfer *out,
    struct err *e)
{
	const char *fields[FIELDS], *text;
	struct lines cut = { .v = fields, .max = FIELDS, .separator = '\n' };

	if (n > UPN_MAX_BYTES)
		return err_set(e, ERR_DATA, "QR code: more than %d bytes",
		    UPN_MAX_BYTES);
	if (charset_read(SET, payload, n, a, &text, e) != 0 ||
	    lines_cut(text, strlen(text), a, &cut, e) != 0 ||
	    read_fields(fields, a, out, e) != 0)
		return err_add(e, "QR code");
	return 0;
}
