#include "pay/swissqr.h"

#include <string.h>

#include "base/utf8.h"
#include "pay/charset.h"
#include "pay/iban.h"
#include "pay/lines.h"
#include "pay/qrref.h"
#include "pay/reference.h"

#define NAME_CHARS     70
#define STREET_CHARS   70
#define NUMBER_CHARS   16
#define POSTCODE_CHARS 16
#define TOWN_CHARS     35
#define TEXT_CHARS     140
#define OTHER_CHARS    100

enum line {
	TYPE,
	VERSION,
	CODING,
	IBAN,
	PAYEE, /* seven lines of an address */
	ULTIMATE = PAYEE + 7,
	AMOUNT = ULTIMATE + 7,
	CURRENCY,
	PAYER,
	REFERENCE_TYPE = PAYER + 7,
	REFERENCE,
	TEXT,
	TRAILER,
	INFO,
	OTHER,
	LINES = OTHER + 2
};

static const char *const reference_names[] = {
	[SWISSQR_QRR] = "QRR",
	[SWISSQR_SCOR] = "SCOR",
	[SWISSQR_NON] = "NON",
};

const char *
swissqr_reference_name(enum swissqr_reference r)
{
	return reference_names[r];
}

/* Annex to the guidelines 2.3: the permitted characters. */
static bool
permitted(uint32_t c)
{
	return (c >= 0x20 && c <= 0x7e) || (c >= 0xa0 && c <= 0x17f) ||
	    (c >= 0x218 && c <= 0x21b) || c == 0x20ac;
}

static bool
has_address(const struct pay_party *p)
{
	return p->name[0] != '\0' || p->street[0] != '\0' ||
	    p->number[0] != '\0' || p->postcode[0] != '\0' ||
	    p->town[0] != '\0' || p->country[0] != '\0';
}

static int
check_party(const char *who, const struct pay_party *p, struct err *e)
{
	if (p->name[0] == '\0' || p->postcode[0] == '\0' ||
	    p->town[0] == '\0' || strlen(p->country) != 2)
		return err_set(e, ERR_DATA,
		    "the %s needs name, post code, town and a country of two "
		    "letters",
		    who);
	if (transfer_check_line("name", p->name, NAME_CHARS, e) != 0 ||
	    transfer_check_line("street", p->street, STREET_CHARS, e) != 0 ||
	    transfer_check_line("building number", p->number, NUMBER_CHARS,
		e) != 0 ||
	    transfer_check_line("post code", p->postcode, POSTCODE_CHARS, e) !=
		0 ||
	    transfer_check_line("town", p->town, TOWN_CHARS, e) != 0 ||
	    transfer_check_line("country", p->country, 2, e) != 0)
		return err_add(e, "%s", who);
	return 0;
}

static int
check_reference(const struct transfer *t, enum swissqr_reference *out,
    struct err *e)
{
	char ref[QRREF_SIZE], rf[REFERENCE_SIZE];
	bool qr = qrref_iban_is_qr(t->iban);

	*out = qr                     ? SWISSQR_QRR
	    : t->reference[0] != '\0' ? SWISSQR_SCOR
				      : SWISSQR_NON;
	if (qr && t->reference[0] == '\0')
		return err_set(e, ERR_DATA,
		    "a QR-IBAN needs a QR reference of 27 digits");
	if (qr)
		return qrref_parse(t->reference, ref, e);
	if (t->reference[0] == '\0')
		return 0;
	if (strncmp(t->reference, "RF", 2) != 0)
		return err_set(e, ERR_DATA,
		    "a QR reference goes with a QR-IBAN only: give one that "
		    "begins with RF, or none");
	return reference_parse(t->reference, rf, e);
}

static int
check_texts(const struct transfer *t, struct err *e)
{
	if (transfer_check_line("text", t->text, TEXT_CHARS, e) != 0 ||
	    transfer_check_line("bill information", t->info, TEXT_CHARS, e) !=
		0 ||
	    transfer_check_line("alternative scheme", t->others[0], OTHER_CHARS,
		e) != 0 ||
	    transfer_check_line("alternative scheme", t->others[1], OTHER_CHARS,
		e) != 0)
		return -1;
	if (t->info[0] != '\0' && strncmp(t->info, "//", 2) != 0)
		return err_set(e, ERR_DATA, "bill information begins with //");
	if (utf8_count(t->text) + utf8_count(t->info) > TEXT_CHARS)
		return err_set(e, ERR_DATA,
		    "text and bill information have more than %d characters "
		    "together",
		    TEXT_CHARS);
	if (t->others[0][0] == '\0' && t->others[1][0] != '\0')
		return err_set(e, ERR_DATA,
		    "a second alternative scheme needs a first");
	return 0;
}

static int
check(const struct transfer *t, enum swissqr_reference *out, struct err *e)
{
	const char *currency =
	    strcmp(t->amount.currency, "EUR") == 0 ? "EUR" : "CHF";

	if (transfer_check_account(t, e) != 0)
		return -1;
	if (strncmp(t->iban, "CH", 2) != 0 && strncmp(t->iban, "LI", 2) != 0)
		return err_set(e, ERR_DATA,
		    "the IBAN is of Switzerland or Liechtenstein");
	if (transfer_check_amount(t->amount, currency, SWISSQR_MINOR_MAX, e) !=
		0 ||
	    check_party("payee", &t->payee, e) != 0 ||
	    (has_address(&t->payer) &&
		check_party("payer", &t->payer, e) != 0) ||
	    check_texts(t, e) != 0)
		return -1;
	return check_reference(t, out, e);
}

int
swissqr_check(const struct transfer *t, enum swissqr_reference *out,
    struct err *e)
{
	const struct transfer g = transfer_given(t);

	return check(&g, out, e);
}

static void
party_lines(const struct pay_party *p, const char **lines)
{
	lines[0] = has_address(p) ? "S" : "";
	lines[1] = p->name;
	lines[2] = p->street;
	lines[3] = p->number;
	lines[4] = p->postcode;
	lines[5] = p->town;
	lines[6] = p->country;
}

static int
put_line(const char *text, struct str *out, struct err *e)
{
	uint32_t c;

	while ((c = utf8_next(&text)) != 0) {
		if (permitted(c))
			utf8_put(out, c);
		else if (!charset_near(c, out))
			return err_set(e, ERR_DATA,
			    "character U+%04X is not permitted: leave it out",
			    c);
	}
	return 0;
}

static int
put_lines(const char *const lines[LINES], struct str *out, struct err *e)
{
	size_t n = LINES;

	while (n > TRAILER + 1 && lines[n - 1][0] == '\0')
		n--;
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			str_putc(out, '\n');
		if (put_line(lines[i], out, e) != 0)
			return -1;
	}
	return 0;
}

int
swissqr_write(const struct transfer *t, struct str *out, struct err *e)
{
	const struct transfer g = transfer_given(t);
	enum swissqr_reference kind = SWISSQR_NON;
	char amount[MONEY_SIZE] = "";
	const char *lines[LINES] = { [TYPE] = "SPC",
		[VERSION] = "0200",
		[CODING] = "1",
		[IBAN] = g.iban,
		[AMOUNT] = amount,
		[CURRENCY] = g.amount.currency,
		[REFERENCE] = g.reference,
		[TEXT] = g.text,
		[TRAILER] = "EPD",
		[INFO] = g.info,
		[OTHER] = g.others[0],
		[OTHER + 1] = g.others[1] };
	size_t start = out->len;

	if (check(&g, &kind, e) != 0)
		return err_add(e, "QR-bill");
	for (size_t i = 0; i < 7; i++)
		lines[ULTIMATE + i] = ""; /* reserved */
	party_lines(&g.payee, lines + PAYEE);
	party_lines(&g.payer, lines + PAYER);
	lines[REFERENCE_TYPE] = swissqr_reference_name(kind);
	if (g.amount.minor > 0)
		(void)money_fmt(g.amount, amount);
	if (put_lines(lines, out, e) != 0)
		return err_add(e, "QR-bill");
	if (out->over || utf8_count(out->p + start) > SWISSQR_MAX_CHARS)
		return err_set(e, ERR_DATA,
		    "QR-bill: more than %d characters: shorten the texts",
		    SWISSQR_MAX_CHARS);
	return 0;
}

/* ---- back ---- */

static int
read_party(const char *const *lines, struct pay_party *out, struct err *e)
{
	*out = (struct pay_party){ lines[1], lines[2], lines[3], lines[4],
		lines[5], lines[6] };
	if (lines[0][0] == '\0' && !has_address(out))
		return 0;
	if (strcmp(lines[0], "S") != 0)
		return err_set(e, ERR_DATA,
		    "address type '%.20s': only S, structured, is left",
		    lines[0]);
	return 0;
}

static int
read_lines(const char *const lines[LINES], struct transfer *out, struct err *e)
{
	if (strcmp(lines[TYPE], "SPC") != 0 ||
	    strcmp(lines[VERSION], "0200") != 0 ||
	    strcmp(lines[CODING], "1") != 0 ||
	    strcmp(lines[TRAILER], "EPD") != 0)
		return err_set(e, ERR_DATA,
		    "SPC, 0200, 1 or EPD is not where it belongs");
	for (size_t i = 0; i < 7; i++)
		if (lines[ULTIMATE + i][0] != '\0')
			return err_set(e, ERR_DATA,
			    "the ultimate creditor is reserved");
	*out = (struct transfer){ .iban = lines[IBAN],
		.reference = lines[REFERENCE],
		.text = lines[TEXT],
		.info = lines[INFO],
		.others = { lines[OTHER], lines[OTHER + 1] },
		.due = DATE_NONE };
	*out = transfer_given(out);
	if (read_party(lines + PAYEE, &out->payee, e) != 0 ||
	    read_party(lines + PAYER, &out->payer, e) != 0 ||
	    money_zero(lines[CURRENCY], &out->amount, e) != 0)
		return -1;
	if (lines[AMOUNT][0] == '\0')
		return 0;
	if (money_parse(lines[AMOUNT], lines[CURRENCY], &out->amount, e) != 0)
		return -1;
	return 0;
}

int
swissqr_read(const char *payload, size_t n, struct arena *a,
    struct transfer *out, struct err *e)
{
	enum swissqr_reference kind = SWISSQR_NON;
	const char *lines[LINES], *text;
	struct lines cut = { .v = lines, .max = LINES, .separator = '\n' };

	if (charset_read("UTF-8", payload, n, a, &text, e) != 0 ||
	    lines_cut(text, strlen(text), a, &cut, e) != 0 ||
	    read_lines(lines, out, e) != 0 || check(out, &kind, e) != 0)
		return err_add(e, "QR-bill");
	if (strcmp(swissqr_reference_name(kind), lines[REFERENCE_TYPE]) != 0)
		return err_set(e, ERR_DATA,
		    "QR-bill: reference type '%.20s', by the account it is %s",
		    lines[REFERENCE_TYPE], swissqr_reference_name(kind));
	return 0;
}
