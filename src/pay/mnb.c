#include "pay/mnb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pay/charset.h"
#include "pay/lines.h"

#define NAME_CHARS 70
#define TEXT_CHARS 70
#define ID_CHARS   35
#define LETTERS    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS     "0123456789"
#define DAY_END    "235959+1"

enum line {
	KIND,
	VERSION,
	CODING,
	BIC,
	NAME,
	IBAN,
	AMOUNT,
	VALID,
	PURPOSE,
	TEXT,
	SHOP,
	DEVICE,
	INVOICE,
	LINES = INVOICE + 5
};

static int
check(const struct transfer *t, struct err *e)
{
	if (transfer_check_account(t, e) != 0)
		return -1;
	if (strncmp(t->iban, "HU", 2) != 0 || t->bic[0] == '\0')
		return err_set(e, ERR_DATA,
		    "the IBAN is of Hungary, and its BIC is needed");
	if (transfer_check_amount(t->amount, "HUF", MNB_MINOR_MAX, e) != 0 ||
	    transfer_check_line("name", t->payee.name, NAME_CHARS, e) != 0 ||
	    transfer_check_line("text", t->text, TEXT_CHARS, e) != 0 ||
	    transfer_check_line("reference", t->reference, ID_CHARS, e) != 0)
		return -1;
	if (t->amount.minor % 100 != 0)
		return err_set(e, ERR_DATA,
		    "the amount is in whole forints: round it");
	if (t->payee.name[0] == '\0' || t->due == DATE_NONE)
		return err_set(e, ERR_DATA, "a name and a due date are needed");
	if (t->purpose[0] != '\0' &&
	    (strlen(t->purpose) != 4 || strspn(t->purpose, LETTERS) != 4))
		return err_set(e, ERR_DATA,
		    "the purpose has four capital letters");
	return 0;
}

int
mnb_write(const struct transfer *t, struct str *out, struct err *e)
{
	const struct transfer g = transfer_given(t);
	char amount[MONEY_SIZE] = "", day[DATE_SIZE];
	size_t start = out->len;

	if (check(&g, e) != 0)
		return err_add(e, "QR code");
	if (g.amount.minor > 0)
		(void)snprintf(amount, sizeof(amount), "HUF%lld",
		    (long long)g.amount.minor / 100);
	(void)date_fmt(g.due, day);
	str_fmt(out, "HCT\n001\n1\n%s\n%s\n%s\n%s\n", g.bic, g.payee.name,
	    g.iban, amount);
	str_fmt(out, "%.4s%.2s%.2s" DAY_END "\n%s\n%s\n", day, day + 5, day + 8,
	    g.purpose, g.text);
	str_fmt(out, "\n\n%s\n\n\n\n\n", g.reference);
	if (out->over || out->len - start > MNB_MAX_BYTES)
		return err_set(e, ERR_DATA,
		    "QR code: more than %d bytes; shorten the name or the text",
		    MNB_MAX_BYTES);
	return 0;
}

/* ---- back ---- */

/* "20261231235959+1": the day is what we need. */
static int
read_valid(const char *text, date_t *out, struct err *e)
{
	char day[DATE_SIZE];

	if (strlen(text) < 16 || strspn(text, DIGITS) != 14 ||
	    strchr("+-", text[14]) == NULL)
		return err_set(e, ERR_DATA,
		    "valid until '%.20s' is not yyyyMMddHHmmss+zone", text);
	(void)snprintf(day, sizeof(day), "%.4s-%.2s-%.2s", text, text + 4,
	    text + 6);
	return date_parse(day, out, e);
}

static int
read_amount(const char *text, struct money *out, struct err *e)
{
	*out = (struct money){ .currency = "HUF" };
	if (text[0] == '\0')
		return 0;
	if (strncmp(text, "HUF", 3) != 0 ||
	    strspn(text + 3, DIGITS) != strlen(text + 3))
		return err_set(e, ERR_DATA,
		    "the amount is HUF and whole forints, not '%.20s'", text);
	return money_parse(text + 3, "HUF", out, e);
}

static int
read_lines(const char *const lines[LINES], struct transfer *out, struct err *e)
{
	if (strcmp(lines[KIND], "HCT") != 0 ||
	    strcmp(lines[VERSION], "001") != 0 ||
	    strcmp(lines[CODING], "1") != 0)
		return err_set(e, ERR_DATA,
		    "it does not begin with HCT, 001 and 1");
	*out = (struct transfer){ .payee = { .name = lines[NAME] },
		.iban = lines[IBAN],
		.bic = lines[BIC],
		.purpose = lines[PURPOSE],
		.text = lines[TEXT],
		.reference = lines[INVOICE] };
	*out = transfer_given(out);
	if (read_amount(lines[AMOUNT], &out->amount, e) != 0 ||
	    read_valid(lines[VALID], &out->due, e) != 0)
		return -1;
	return check(out, e);
}

int
mnb_read(const char *payload, size_t n, struct arena *a, struct transfer *out,
    struct err *e)
{
	const char *lines[LINES], *text;
	struct lines cut = { .v = lines, .max = LINES, .separator = '\n' };

	if (n > MNB_MAX_BYTES)
		return err_set(e, ERR_DATA, "QR code: more than %d bytes",
		    MNB_MAX_BYTES);
	if (charset_read("UTF-8", payload, n, a, &text, e) != 0 ||
	    lines_cut(text, strlen(text), a, &cut, e) != 0 ||
	    read_lines(lines, out, e) != 0)
		return err_add(e, "QR code");
	return 0;
}
