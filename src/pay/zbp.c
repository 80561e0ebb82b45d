#include "pay/zbp.h"

#include <stdlib.h>
#include <string.h>

#include "pay/lines.h"

#define NAME_CHARS    20
#define TITLE_CHARS   32
#define ACCOUNT_CHARS 26
#define AMOUNT_LEAST  6
#define AMOUNT_MOST   6
#define DIGITS        "0123456789"

enum field {
	NIP,
	COUNTRY,
	ACCOUNT,
	AMOUNT,
	NAME,
	TITLE,
	RESERVED,
	FIELDS = RESERVED + 3
};

static int
check(const struct transfer *t, const char *title, struct err *e)
{
	if (transfer_check_account(t, e) != 0)
		return -1;
	if (strncmp(t->iban, "PL", 2) != 0)
		return err_set(e, ERR_DATA, "the IBAN is of Poland");
	if (transfer_check_amount(t->amount, "PLN", ZBP_MINOR_MAX, e) != 0 ||
	    transfer_check_line("name", t->payee.name, NAME_CHARS, e) != 0 ||
	    transfer_check_line("title", title, TITLE_CHARS, e) != 0)
		return -1;
	if (t->payee.name[0] == '\0' || title[0] == '\0')
		return err_set(e, ERR_DATA, "a name and a title are needed");
	if (strchr(t->payee.name, '|') != NULL || strchr(title, '|') != NULL)
		return err_set(e, ERR_DATA,
		    "'|' ends a field: leave it out of name and title");
	return 0;
}

int
zbp_write(const struct transfer *t, struct str *out, struct err *e)
{
	const struct transfer g = transfer_given(t);
	const char *title = g.reference[0] != '\0' ? g.reference : g.text;

	if (g.reference[0] != '\0' && g.text[0] != '\0')
		return err_set(e, ERR_DATA,
		    "QR code: give a reference or a text, not both");
	if (check(&g, title, e) != 0)
		return err_add(e, "QR code");
	str_fmt(out, "|PL|%s|%06lld|%s|%s|||", g.iban + 2,
	    (long long)g.amount.minor, g.payee.name, title);
	return 0;
}

static int
read_fields(const char *const fields[FIELDS], struct arena *a,
    struct transfer *out, struct err *e)
{
	const char *amount = fields[AMOUNT];
	size_t n = strlen(amount);

	if (strspn(fields[NIP], DIGITS) != strlen(fields[NIP]) ||
	    strcmp(fields[COUNTRY], "PL") != 0 ||
	    strlen(fields[ACCOUNT]) != ACCOUNT_CHARS)
		return err_set(e, ERR_DATA,
		    "it does not begin with NIP|PL| and 26 digits");
	if (n < AMOUNT_LEAST || n > AMOUNT_MOST || strspn(amount, DIGITS) != n)
		return err_set(e, ERR_DATA,
		    "the amount is in grosze, six digits, not '%.20s'", amount);
	*out = (struct transfer){
		.payee = { .name = fields[NAME] },
		.iban = arena_fmt(a, "PL%s", fields[ACCOUNT]),
		.amount = { .minor = strtoll(amount, NULL, 10),
		    .currency = "PLN" },
		.text = fields[TITLE],
		.due = DATE_NONE,
	};
	*out = transfer_given(out);
	return check(out, out->text, e);
}

int
zbp_read(const char *payload, size_t n, struct arena *a, struct transfer *out,
    struct err *e)
{
	const char *fields[FIELDS];
	struct lines cut = { .v = fields, .max = FIELDS, .separator = '|' };

	if (lines_cut(payload, n, a, &cut, e) != 0 ||
	    read_fields(fields, a, out, e) != 0)
		return err_add(e, "QR code");
	return 0;
}
