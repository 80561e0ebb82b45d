/* iban, reference: account numbers and references, checked or made. */
#include <stdio.h>
#include <string.h>

#include "pay/iban.h"
#include "pay/ogm.h"
#include "pay/qrref.h"
#include "pay/reference.h"
#include "pay/rib.h"
#include "verb/verb.h"

#define USAGE_REFERENCE                                     \
	"usage: semonce reference make BODY [rf|qrr|ogm]; " \
	"semonce reference check REFERENCE"

int
verb_iban(struct call *c, struct err *e)
{
	char iban[IBAN_SIZE], print[IBAN_PRINT_SIZE];

	if (c->argc != 2 ||
	    (strcmp(c->argv[0], "check") != 0 &&
		strcmp(c->argv[0], "format") != 0))
		return err_set(e, ERR_USAGE,
		    "usage: semonce iban check|format IBAN");
	if (iban_parse(c->argv[1], iban, e) != 0 || rib_check(iban, e) != 0)
		return -1;
	if (strcmp(c->argv[0], "format") == 0)
		(void)puts(iban_fmt(iban, print));
	else if (!c->quiet)
		(void)printf("%s: a valid IBAN%s\n", iban_fmt(iban, print),
		    qrref_iban_is_qr(iban) ? ", a QR-IBAN" : "");
	return 0;
}

/* What a reference is, its beginning and its length say. */
static int
check(const char *text, struct err *e)
{
	char ref[QRREF_SIZE], print[QRREF_PRINT_SIZE];
	size_t digits = 0;

	for (const char *p = text; *p != '\0'; p++)
		digits += *p >= '0' && *p <= '9';
	if (strncmp(text, "RF", 2) == 0 || strncmp(text, "rf", 2) == 0) {
		if (reference_parse(text, ref, e) != 0)
			return -1;
		(void)printf("%s: a creditor reference (ISO 11649)\n",
		    reference_fmt(ref, print));
	} else if (digits > 12) {
		if (qrref_parse(text, ref, e) != 0)
			return -1;
		(void)printf("%s: a Swiss QR reference\n",
		    qrref_fmt(ref, print));
	} else {
		if (ogm_parse(text, ref, e) != 0)
			return -1;
		(void)printf("%s: a Belgian structured message\n",
		    ogm_fmt(ref, print));
	}
	return 0;
}

static int
make(const char *body, const char *kind, struct err *e)
{
	char ref[QRREF_SIZE], print[QRREF_PRINT_SIZE];

	if (strcmp(kind, "rf") == 0) {
		if (reference_make(body, ref, e) != 0)
			return -1;
		(void)puts(ref);
	} else if (strcmp(kind, "qrr") == 0) {
		if (qrref_make(body, ref, e) != 0)
			return -1;
		(void)puts(ref);
	} else if (strcmp(kind, "ogm") == 0) {
		if (ogm_make(body, ref, e) != 0)
			return -1;
		(void)puts(ogm_fmt(ref, print));
	} else
		return err_set(e, ERR_USAGE, USAGE_REFERENCE);
	return 0;
}

int
verb_reference(struct call *c, struct err *e)
{
	if (c->argc == 2 && strcmp(c->argv[0], "check") == 0)
		return check(c->argv[1], e);
	if ((c->argc == 2 || c->argc == 3) && strcmp(c->argv[0], "make") == 0)
		return make(c->argv[1], c->argc == 3 ? c->argv[2] : "rf", e);
	return err_set(e, ERR_USAGE, USAGE_REFERENCE);
}
