/* qr: a payment code alone, as text or as a picture; no workspace needed. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "draw/symbol.h"
#include "letter/qr.h"
#include "pay/code.h"
#include "pay/iban.h"
#include "pay/link.h"
#include "verb/verb.h"

#define OUTPUT_MAX_BYTES ((size_t)1 << 20)
#define USAGE                                                                 \
	"usage: semonce qr epc|swiss|spayd|upn|zbp|mnb --name N --iban I "    \
	"[--bic B] [--amount A --currency C] [--reference R | --text T] ... " \
	"-o FILE.txt|.png|.svg; semonce qr link --url U -o FILE"

/* What was asked for, as words. */
struct request {
	struct transfer t;
	const char *amount, *currency, *due, *url, *output;
};

/* Options and where their words go. */
static const struct {
	const char *name;
	size_t place;
} options[] = {
#define OPTION(name, field)                             \
	{                                               \
		(name), offsetof(struct request, field) \
	}
	OPTION("--name", t.payee.name),
	OPTION("--street", t.payee.street),
	OPTION("--number", t.payee.number),
	OPTION("--postcode", t.payee.postcode),
	OPTION("--town", t.payee.town),
	OPTION("--country", t.payee.country),
	OPTION("--payer-name", t.payer.name),
	OPTION("--payer-street", t.payer.street),
	OPTION("--payer-number", t.payer.number),
	OPTION("--payer-postcode", t.payer.postcode),
	OPTION("--payer-town", t.payer.town),
	OPTION("--payer-country", t.payer.country),
	OPTION("--iban", t.iban),
	OPTION("--bic", t.bic),
	OPTION("--reference", t.reference),
	OPTION("--text", t.text),
	OPTION("--purpose", t.purpose),
	OPTION("--info", t.info),
	OPTION("--amount", amount),
	OPTION("--currency", currency),
	OPTION("--due", due),
	OPTION("--url", url),
	OPTION("-o", output),
#undef OPTION
};

static int
read_words(const struct call *c, struct request *r, struct err *e)
{
	*r = (struct request){ .t = { .due = DATE_NONE } };
	if (c->argc < 1)
		return err_set(e, ERR_USAGE, USAGE);
	for (int i = 1; i < c->argc; i += 2) {
		const char **place = NULL;

		for (size_t k = 0; k < sizeof(options) / sizeof(*options); k++)
			if (strcmp(options[k].name, c->argv[i]) == 0)
				place = (const char **)((char *)r +
				    options[k].place);
		if (place == NULL || *place != NULL || i + 1 == c->argc)
			return err_set(e, ERR_USAGE, USAGE);
		*place = c->argv[i + 1];
	}
	if (r->output == NULL)
		return err_set(e, ERR_USAGE, USAGE);
	return 0;
}

/* An IBAN may be given in groups; no amount leaves it to the payer. */
static int
understand(struct request *r, struct arena *a, struct err *e)
{
	char iban[IBAN_SIZE];
	const char *currency = r->currency != NULL ? r->currency : "EUR";

	if (r->t.iban == NULL)
		return err_set(e, ERR_USAGE, USAGE);
	if (iban_parse(r->t.iban, iban, e) != 0)
		return err_add(e, "--iban");
	r->t.iban = arena_str(a, iban);
	if (money_zero(currency, &r->t.amount, e) != 0)
		return err_add(e, "--currency");
	if (r->amount != NULL &&
	    money_parse(r->amount, currency, &r->t.amount, e) != 0)
		return err_add(e, "--amount");
	if (r->amount != NULL && r->t.amount.minor <= 0)
		return err_set(e, ERR_USAGE,
		    "--amount: it is not above zero; leave it out for the "
		    "payer to fill in");
	if (r->due != NULL && date_parse(r->due, &r->t.due, e) != 0)
		return err_add(e, "--due");
	return 0;
}

static int
make_payload(const char *name, const struct pay_code *code, struct request *r,
    struct arena *a, struct str *out, struct err *e)
{
	char host[LINK_HOST_SIZE];

	if (code != NULL)
		return understand(r, a, e) != 0 ? -1
						: code->write(&r->t, out, e);
	if (strcmp(name, "link") != 0)
		return err_set(e, ERR_USAGE,
		    "no code '%.40s': write link or one of %s", name,
		    pay_code_names());
	if (r->url == NULL)
		return err_set(e, ERR_USAGE, USAGE);
	str_puts(out, r->url);
	return link_check(r->url, host, e);
}

static bool
ends_in(const char *s, const char *ending)
{
	size_t n = strlen(s), k = strlen(ending);

	return n > k && strcmp(s + n - k, ending) == 0;
}

/* The payload, or the picture of its symbol. */
static int
make_output(const struct pay_code *code, const char *path,
    const struct str *payload, struct arena *a, struct str *out, struct err *e)
{
	struct qr_form form = { .version_max = 40 };
	struct page_symbol symbol;
	bool cross = code != NULL && code->cross;

	if (code != NULL)
		form = (struct qr_form){ code->version_min, code->version_max,
			code->eci, code->low };
	if (ends_in(path, ".txt")) {
		str_put(out, payload->p, payload->len);
		return 0;
	}
	if (!ends_in(path, ".png") && !ends_in(path, ".svg"))
		return err_set(e, ERR_USAGE,
		    "%s: end its name in .txt, .png or .svg", path);
	if (qr_make(payload->p, &form, a, &symbol, e) != 0)
		return -1;
	return ends_in(path, ".png") ? symbol_png(&symbol, cross, out, e)
				     : symbol_svg(&symbol, cross, out, e);
}

int
verb_qr(struct call *c, struct err *e)
{
	struct arena *a = arena_new();
	struct str payload, out;
	struct request r;
	int rc = -1;

	str_init(&payload, OUTPUT_MAX_BYTES);
	str_init(&out, OUTPUT_MAX_BYTES);
	if (read_words(c, &r, e) == 0) {
		const struct pay_code *code = pay_code_find(c->argv[0]);

		if (make_payload(c->argv[0], code, &r, a, &payload, e) == 0 &&
		    make_output(code, r.output, &payload, a, &out, e) == 0)
			rc = file_write(r.output, out.p, out.len, 0644, e);
	}
	str_done(&payload);
	str_done(&out);
	arena_free(a);
	return rc;
}
