#include "pay/choose.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "pay/epc.h"

#define SYMBOL_DIGITS 10 /* of a Czech variable symbol */

/*
 * Only RF is structured for EPC; a bank may refuse others there. A BIC that
 * nobody asks for makes the symbol finer only.
 */
static void
shape_epc(struct transfer *t)
{
	if (epc_in_eea(t->iban))
		t->bic = "";
	if (t->reference[0] == '\0' || strncmp(t->reference, "RF", 2) == 0)
		return;
	t->text = t->reference;
	t->reference = "";
}

/* A variable symbol has digits; others travel as the message. */
static void
shape_spayd(struct transfer *t)
{
	size_t n = strlen(t->reference);

	if (n <= SYMBOL_DIGITS && strspn(t->reference, "0123456789") == n)
		return;
	t->text = t->reference;
	t->reference = "";
}

/* The payer's statement shows the text, ours the reference. */
static void
shape_upn(struct transfer *t)
{
	t->purpose = "OTHR";
	t->text = t->reference;
}

static void
shape_mnb(struct transfer *t)
{
	t->text = t->reference;
}

/* In order: the first that fits and carries it. */
static const struct choice {
	const char *code;
	const char *currency, *country; /* of the account; NULL: any */
	bool at_home;                   /* the payer is in that country too */
	bool ends;                      /* good until the due date */
	size_t name_chars;
	void (*shape)(struct transfer *t); /* NULL: as it is */
} choices[] = {
	{ .code = "spayd",
	    .currency = "CZK",
	    .name_chars = 35,
	    .shape = shape_spayd },
	{ .code = "spayd",
	    .country = "CZ",
	    .at_home = true,
	    .name_chars = 35,
	    .shape = shape_spayd },
	{ .code = "mnb",
	    .currency = "HUF",
	    .country = "HU",
	    .ends = true,
	    .name_chars = 70,
	    .shape = shape_mnb },
	{ .code = "zbp", .currency = "PLN", .country = "PL", .name_chars = 20 },
	{ .code = "upn",
	    .currency = "EUR",
	    .country = "SI",
	    .at_home = true,
	    .name_chars = 33,
	    .shape = shape_upn },
	{ .code = "epc",
	    .currency = "EUR",
	    .name_chars = EPC_NAME_CHARS,
	    .shape = shape_epc },
};

#define CHOICES (sizeof(choices) / sizeof(choices[0]))
#define EPC     (&choices[CHOICES - 1])

static bool
is_right(const struct choice *c, const struct transfer *t)
{
	if (c->currency != NULL && strcmp(c->currency, t->amount.currency) != 0)
		return false;
	if (c->country != NULL && strncmp(c->country, t->iban, 2) != 0)
		return false;
	return !c->at_home || t->payer.country[0] == '\0' ||
	    strncmp(t->iban, t->payer.country, 2) == 0;
}

/* As many characters as there is room for. */
static const char *
shorten(const char *name, size_t chars, struct arena *a)
{
	const char *end = name;

	for (size_t i = 0; i < chars && *end != '\0'; i++)
		(void)utf8_next(&end);
	return arena_strn(a, name, (size_t)(end - name));
}

static int
write_as(const struct choice *c, const struct transfer *t,
    const struct pay_code **out, struct str *payload, struct err *e)
{
	const struct pay_code *code = pay_code_find(c->code);
	struct arena *a = arena_new();
	struct transfer shaped = {
		.payee = { .name = shorten(t->payee.name, c->name_chars, a) },
		.iban = t->iban,
		.bic = t->bic,
		.amount = t->amount,
		.reference = t->reference,
		.text = t->text,
		.due = c->ends ? t->due : DATE_NONE,
	};
	int rc;

	assert(code != NULL);
	if (c->shape != NULL)
		c->shape(&shaped);
	str_clear(payload);
	rc = code->write(&shaped, payload, e);
	arena_free(a);
	*out = rc == 0 ? code : NULL;
	return rc;
}

/* An account, and a sum that the payer is not to fill in. */
static bool
is_payable(const struct transfer *t)
{
	return t->iban[0] != '\0' && t->amount.minor > 0;
}

int
choose_epc(const struct transfer *t, const struct pay_code **out,
    struct str *payload, struct err *e)
{
	const struct transfer g = transfer_given(t);

	*out = NULL;
	if (!is_payable(&g) || !is_right(EPC, &g) ||
	    g.amount.minor > EPC_MINOR_MAX)
		return 0;
	if (transfer_check_account(&g, e) != 0) /* the BIC left out, too */
		return err_add(e, "QR code");
	return write_as(EPC, &g, out, payload, e);
}

int
choose_code(const struct transfer *t, const struct pay_code **out,
    struct str *payload, struct err *e)
{
	const struct transfer g = transfer_given(t);
	struct err cannot;

	*out = NULL;
	if (!is_payable(&g))
		return 0;
	for (const struct choice *c = choices; c < EPC; c++)
		if (is_right(c, &g) &&
		    write_as(c, &g, out, payload, &cannot) == 0)
			return 0;
	return choose_epc(t, out, payload, e);
}
