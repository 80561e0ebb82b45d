/* iban, reference: account numbers and references, checked or made. */
#include <stdio.h>
#include <string.h>

#include "pay/iban.h"
#include "pay/ogm.h"
#include "pay/qrref.h"
#include "pay/reference.h"
#include "pay/rib.h"
#include "verb/json.h"
#include "verb/verb.h"

#define USAGE_REFERENCE                                     \
	"usage: semonce reference make BODY [rf|qrr|ogm]; " \
	"semonce reference check REFERENCE"

int
verb_iban(struct call *c, struct err *e)
{
	char iban[IBAN_SIZE], print[IBAN_PRINT_SIZE];
	bool qr;

	if (c->argc != 2 ||
	    (strcmp(c->argv[0], "check") != 0 &&
		strcmp(c->argv[0], "format") != 0))
		return err_set(e, ERR_USAGE,
		    "usage: semonce iban check|format IBAN");
	if (iban_parse(c->argv[1], iban, e) != 0 || rib_check(iban, e) != 0)
		return -1;
	qr = qrref_iban_is_qr(iban);
	if (c->json)
		json_print(json_pack("{s:s, s:s, s:b}", "iban", iban, "printed",
			       iban_fmt(iban, print), "qr_iban", (int)qr),
		    stdout);
	else if (strcmp(c->argv[0], "format") == 0)
		(void)puts(iban_fmt(iban, print));
	else if (!c->quiet)
		(void)printf("%s: a valid IBAN%s\n", iban_fmt(iban, print),
		    qr ? ", a QR-IBAN" : "");
	return 0;
}

/* A reference in its short form and as it is printed. */
struct reference {
	char ref[QRREF_SIZE], print[QRREF_PRINT_SIZE];
	const char *kind, *what;
};

static void
set_rf(struct reference *r)
{
	(void)reference_fmt(r->ref, r->print);
	r->kind = "rf";
	r->what = "a creditor reference (ISO 11649)";
}

static void
set_qrr(struct reference *r)
{
	(void)qrref_fmt(r->ref, r->print);
	r->kind = "qrr";
	r->what = "a Swiss QR reference";
}

static void
set_ogm(struct reference *r)
{
	(void)ogm_fmt(r->ref, r->print);
	r->kind = "ogm";
	r->what = "a Belgian structured message";
}

/* What a reference is, its beginning and its length say. */
static int
check(const char *text, struct reference *r, struct err *e)
{
	size_t digits = 0;

	for (const char *p = text; *p != '\0'; p++)
		digits += *p >= '0' && *p <= '9';
	if (strncmp(text, "RF", 2) == 0 || strncmp(text, "rf", 2) == 0) {
		if (reference_parse(text, r->ref, e) != 0)
			return -1;
		set_rf(r);
	} else if (digits > 12) {
		if (qrref_parse(text, r->ref, e) != 0)
			return -1;
		set_qrr(r);
	} else {
		if (ogm_parse(text, r->ref, e) != 0)
			return -1;
		set_ogm(r);
	}
	return 0;
}

static int
make(const char *body, const char *kind, struct reference *r, struct err *e)
{
	if (strcmp(kind, "rf") == 0) {
		if (reference_make(body, r->ref, e) != 0)
			return -1;
		set_rf(r);
	} else if (strcmp(kind, "qrr") == 0) {
		if (qrref_make(body, r->ref, e) != 0)
			return -1;
		set_qrr(r);
	} else if (strcmp(kind, "ogm") == 0) {
		if (ogm_make(body, r->ref, e) != 0)
			return -1;
		set_ogm(r);
	} else
		return err_set(e, ERR_USAGE, USAGE_REFERENCE);
	return 0;
}

int
verb_reference(struct call *c, struct err *e)
{
	struct reference r;
	bool checks = c->argc == 2 && strcmp(c->argv[0], "check") == 0;
	int rc;

	if (checks)
		rc = check(c->argv[1], &r, e);
	else if ((c->argc == 2 || c->argc == 3) &&
	    strcmp(c->argv[0], "make") == 0)
		rc = make(c->argv[1], c->argc == 3 ? c->argv[2] : "rf", &r, e);
	else
		return err_set(e, ERR_USAGE, USAGE_REFERENCE);
	if (rc != 0)
		return -1;
	if (c->json)
		json_print(json_pack("{s:s, s:s, s:s}", "reference", r.ref,
			       "printed", r.print, "kind", r.kind),
		    stdout);
	else if (checks)
		(void)printf("%s: %s\n", r.print, r.what);
	else
		(void)puts(strcmp(r.kind, "ogm") == 0 ? r.print : r.ref);
	return 0;
}
