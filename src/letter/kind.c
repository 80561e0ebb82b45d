#include "letter/kind.h"

#include <string.h>

#define N(rows)  (sizeof(rows) / sizeof((rows)[0]))
#define WORDS    220 /* more do not fit one page with its table */
#define DEMAND   (KIND_SUM | KIND_INVOICES | KIND_PAYMENT | KIND_PERSONAL)
#define REMINDER (DEMAND | KIND_WORDINGS)
#define FORMAL   (DEMAND | KIND_DAYS | KIND_NAME)

static const struct {
	const char *name;
	unsigned needs;
	size_t words;
} kinds[] = {
	{ "prevenance", DEMAND, WORDS },
	{ "relance-1", REMINDER, WORDS },
	{ "relance-2", REMINDER, WORDS },
	{ "relance-3", REMINDER, WORDS },
	{ "mise-en-demeure", FORMAL, 270 },
	{ "echeancier", KIND_INVOICES | KIND_PAYMENT | KIND_PLAN, WORDS },
	{ "remerciement", KIND_INVOICES, 120 },
	{ "mediation", KIND_SUM | KIND_INVOICES, WORDS },
	{ "transmission", DEMAND, WORDS },
	{ "decompte", DEMAND, WORDS },
};

static const struct {
	unsigned part;
	const char *text;
} missing[] = {
	{ KIND_SUM, "no sum: say what is asked for, {{totals.total}}" },
	{ KIND_INVOICES,
	    "no invoices: list them between {{#invoices}} and {{/invoices}}, "
	    "or name them, {{notice.invoices_label}}" },
	{ KIND_PAYMENT,
	    "no means of payment: add ![...](qr:pay), alone on its line" },
	{ KIND_DAYS,
	    "no deadline: a formal notice gives a number of days, "
	    "{{notice.days}}" },
	{ KIND_PLAN,
	    "no instalments: list them between {{#instalments}} and "
	    "{{/instalments}}" },
	{ KIND_WORDINGS,
	    "one wording of the subject: write also the one for those who "
	    "chose 'subject: action', between {{#notice.action_required}} and "
	    "{{/notice.action_required}}" },
	{ KIND_PERSONAL,
	    "no room for what 'approve --personal' adds, which would be lost: "
	    "put {{notice.personal}} between {{#notice.personal}} and "
	    "{{/notice.personal}}" },
	{ KIND_NAME,
	    "not called a formal notice: say so, such as 'mise en demeure', "
	    "or nobody need take it for one" },
};

static const struct {
	const char *tag;
	unsigned parts;
} tags[] = {
	{ "totals.total", KIND_SUM },
	{ "totals.open", KIND_SUM },
	{ "payment.amount", KIND_SUM },
	{ "invoices", KIND_INVOICES },
	{ "notice.invoices_label", KIND_INVOICES },
	{ "payment.iban", KIND_PAYMENT },
	{ "notice.days", KIND_DAYS },
	{ "notice.personal", KIND_PERSONAL },
	{ "instalments", KIND_PLAN },
	{ "notice.action_required", KIND_WORDINGS },
};

/* In the languages we know, and the one that lawyers everywhere know. */
static const char *const formal_names[] = { "mise en demeure", "formal notice",
	"mahnung", "ingebrekestelling", "requerimiento", "diffida",
	"messa in mora" };

static const char *const harsh[] = { "injonction de payer",
	"indemnité forfaitaire", "frais de recouvrement", "441-5", "441-10",
	"late fee", "recovery costs", "Mahngebühr", "Mahnkosten",
	"Verzugspauschale" };

unsigned
kind_parts_of(const char *tag)
{
	for (size_t i = 0; i < N(tags); i++)
		if (strcmp(tags[i].tag, tag) == 0)
			return tags[i].parts;
	return 0;
}

unsigned
kind_parts_said(const char *words)
{
	for (size_t i = 0; i < N(formal_names); i++)
		if (strcasestr(words, formal_names[i]) != NULL)
			return KIND_NAME;
	return 0;
}

bool
kind_is_fee(const char *tag)
{
	return strcmp(tag, "totals.fee") == 0 || strcmp(tag, "fee") == 0;
}

bool
kind_is_fee_claimed(const char *tag)
{
	return strcmp(tag, "claims.has_fee") == 0 ||
	    strcmp(tag, "has_fee") == 0;
}

const char *
kind_harsh_words(const char *words)
{
	for (size_t i = 0; i < N(harsh); i++)
		if (strcasestr(words, harsh[i]) != NULL)
			return harsh[i];
	return NULL;
}

size_t
kind_words_most(const char *name)
{
	for (size_t i = 0; i < N(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return kinds[i].words;
	return WORDS;
}

void
kind_tell_missing(const char *name, unsigned parts,
    void (*tell)(void *context, const char *text), void *context)
{
	unsigned lacks = 0;

	for (size_t i = 0; i < N(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			lacks = kinds[i].needs & ~parts;
	for (size_t i = 0; i < N(missing); i++)
		if ((lacks & missing[i].part) != 0)
			tell(context, missing[i].text);
}
