/*
 * Twelve elements, one a line; a line break inside one would forge the next,
 * so no control character gets in. Trailing empty elements are left out.
 */
#include "pay/epc.h"

#include <assert.h>
#include <string.h>

#include "pay/charset.h"
#include "pay/iban.h"
#include "pay/lines.h"
#include "pay/reference.h"

#define TEXT_CHARS 140
#define INFO_CHARS 70
#define REF_CHARS  35

enum element {
	TAG,
	VERSION,
	CHARSET,
	IDENTIFICATION,
	BIC,
	NAME,
	IBAN,
	AMOUNT,
	PURPOSE,
	REFERENCE,
	TEXT,
	INFO,
	ELEMENTS
};

static const char *const charsets[] = {
	[EPC_UTF_8] = "UTF-8",
	[EPC_8859_1] = "ISO-8859-1",
	[EPC_8859_2] = "ISO-8859-2",
	[EPC_8859_4] = "ISO-8859-4",
	[EPC_8859_5] = "ISO-8859-5",
	[EPC_8859_7] = "ISO-8859-7",
	[EPC_8859_10] = "ISO-8859-10",
	[EPC_8859_15] = "ISO-8859-15",
};

/* Where version 002 may leave the BIC out (EPC069-12, element 5). */
static const char eea[][3] = { "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE",
	"ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU",
	"LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK" };

bool
epc_in_eea(const char *iban)
{
	for (size_t i = 0; i < sizeof(eea) / sizeof(eea[0]); i++)
		if (strncmp(eea[i], iban, 2) == 0)
			return true;
	return false;
}

static int
check_reference(const struct transfer *t, struct err *e)
{
	char reference[REFERENCE_SIZE];

	if (t->reference[0] == '\0')
		return 0;
	if (t->text[0] != '\0')
		return err_set(e, ERR_DATA,
		    "give a reference or a text, not both");
	if (strncmp(t->reference, "RF", 2) != 0)
		return transfer_check_line("reference", t->reference, REF_CHARS,
		    e);
	if (reference_parse(t->reference, reference, e) == -1)
		return -1;
	if (strcmp(reference, t->reference) != 0)
		return err_set(e, ERR_DATA,
		    "write the reference as '%s', without spaces", reference);
	return 0;
}

static int
check_purpose(const char *purpose, struct err *e)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789";

	if (strlen(purpose) > 4 || purpose[strspn(purpose, letters)] != '\0')
		return err_set(e, ERR_DATA,
		    "the purpose has 1 to 4 letters and digits");
	return 0;
}

static int
check(const struct transfer *t, struct err *e)
{
	if (t->payee.name[0] == '\0')
		return err_set(e, ERR_DATA, "the name is missing");
	if (transfer_check_line("name", t->payee.name, EPC_NAME_CHARS, e) !=
		0 ||
	    transfer_check_account(t, e) != 0 ||
	    transfer_check_amount(t->amount, "EUR", EPC_MINOR_MAX, e) != 0 ||
	    check_purpose(t->purpose, e) != 0 || check_reference(t, e) != 0 ||
	    transfer_check_line("text", t->text, TEXT_CHARS, e) != 0 ||
	    transfer_check_line("information", t->info, INFO_CHARS, e) != 0)
		return -1;
	if (t->bic[0] == '\0' && !epc_in_eea(t->iban))
		return err_set(e, ERR_DATA,
		    "IBAN '%s' lies outside the European Economic Area: give "
		    "its BIC",
		    t->iban);
	return 0;
}

/* What stands in an element; the charset applies to all, most are ASCII. */
static int
put_elements(const struct transfer *t, enum epc_charset charset,
    struct str *out, struct err *e)
{
	char amount[MONEY_SIZE + 3] = "";
	const char *const elements[ELEMENTS] = {
		[TAG] = "BCD",
		[VERSION] = t->bic[0] == '\0' ? "002" : "001",
		[CHARSET] = (const char[]){ (char)('0' + charset), '\0' },
		[IDENTIFICATION] = "SCT",
		[BIC] = t->bic,
		[NAME] = t->payee.name,
		[IBAN] = t->iban,
		[AMOUNT] = amount,
		[PURPOSE] = t->purpose,
		[REFERENCE] = t->reference,
		[TEXT] = t->text,
		[INFO] = t->info,
	};
	size_t n = ELEMENTS;

	if (t->amount.minor > 0) {
		memcpy(amount, "EUR", 4);
		(void)money_fmt(t->amount, amount + 3);
	}
	while (elements[n - 1][0] == '\0')
		n--;
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			str_putc(out, '\n');
		if (charset_write(charsets[charset], elements[i], out, e) != 0)
			return -1;
	}
	return 0;
}

int
epc_write(const struct transfer *t, enum epc_charset charset, struct str *out,
    struct err *e)
{
	const struct transfer g = transfer_given(t);
	size_t start = out->len;

	assert(charset >= EPC_UTF_8 && charset <= EPC_8859_15);
	if (check(&g, e) != 0 || put_elements(&g, charset, out, e) != 0)
		return err_add(e, "QR code");
	if (out->over || out->len - start > EPC_MAX_BYTES)
		return err_set(e, ERR_DATA,
		    "QR code: more than %d bytes; shorten the name or the text",
		    EPC_MAX_BYTES);
	return 0;
}

/* ---- back ---- */

/* "EUR12.3", "EUR12" and "EUR12.30". */
static int
read_amount(const char *text, struct money *out, struct err *e)
{
	*out = (struct money){ .currency = "EUR" };
	if (text[0] == '\0')
		return 0;
	if (strncmp(text, "EUR", 3) != 0)
		return err_set(e, ERR_DATA,
		    "the amount begins with EUR, not '%.20s'", text);
	if (money_parse(text + 3, "EUR", out, e) != 0)
		return -1;
	if (out->minor < 1)
		return err_set(e, ERR_DATA, "the amount is above zero");
	return 0;
}

static int
read_head(const char *const elements[ELEMENTS], enum epc_charset *charset,
    struct err *e)
{
	const char *version = elements[VERSION], *set = elements[CHARSET];

	if (strcmp(elements[TAG], "BCD") != 0)
		return err_set(e, ERR_DATA, "it does not begin with BCD");
	if (strcmp(version, "001") != 0 && strcmp(version, "002") != 0)
		return err_set(e, ERR_DATA, "version '%.20s' is not known",
		    version);
	if (strlen(set) != 1 || set[0] < '1' || set[0] > '8')
		return err_set(e, ERR_DATA, "charset '%.20s' is not known",
		    set);
	if (strcmp(elements[IDENTIFICATION], "SCT") != 0)
		return err_set(e, ERR_DATA, "'%.20s' is not SCT",
		    elements[IDENTIFICATION]);
	if (version[2] == '1' && elements[BIC][0] == '\0')
		return err_set(e, ERR_DATA, "version 001 needs a BIC");
	*charset = (enum epc_charset)(set[0] - '0');
	return 0;
}

int
epc_read(const char *payload, size_t n, struct arena *a, struct transfer *out,
    struct err *e)
{
	const char *elements[ELEMENTS];
	enum epc_charset charset = EPC_UTF_8;
	struct money amount = { 0 };
	struct lines cut = {
		.v = elements, .max = ELEMENTS, .separator = '\n'
	};

	if (n > EPC_MAX_BYTES)
		return err_set(e, ERR_DATA, "QR code: more than %d bytes",
		    EPC_MAX_BYTES);
	if (lines_cut(payload, n, a, &cut, e) != 0 ||
	    read_head(elements, &charset, e) != 0 ||
	    read_amount(elements[AMOUNT], &amount, e) != 0)
		return err_add(e, "QR code");
	for (size_t i = 0; i < ELEMENTS; i++)
		if (charset_read(charsets[charset], elements[i],
			strlen(elements[i]), a, &elements[i], e) != 0)
			return err_add(e, "QR code");
	*out = (struct transfer){
		.payee = { .name = elements[NAME] },
		.iban = elements[IBAN],
		.bic = elements[BIC],
		.amount = amount,
		.purpose = elements[PURPOSE],
		.reference = elements[REFERENCE],
		.text = elements[TEXT],
		.info = elements[INFO],
		.due = DATE_NONE,
	};
	*out = transfer_given(out);
	if (check(out, e) != 0)
		return err_add(e, "QR code");
	return 0;
}
