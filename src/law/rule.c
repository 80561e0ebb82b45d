#include "law/rule.h"

#include <string.h>

#include "base/str.h"

#define HUNDRED_PERCENT 100000 /* thousandths of a percent */

/* Directive 2011/7/EU binds these. */
static const char union_members[][3] = { "AT", "BE", "BG", "CY", "CZ", "DE",
	"DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
	"LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK" };

static bool
is_member(const char *country)
{
	for (size_t i = 0; i < sizeof(union_members) / sizeof(*union_members);
	     i++)
		if (strcmp(union_members[i], country) == 0)
			return true;
	return false;
}

static const struct rule *
rule_last(const struct law_book *b, const char *country, enum debtor_kind kind)
{
	const struct rule *found = NULL;

	for (size_t i = 0; i < b->n_rules; i++)
		if (strcmp(b->rules[i].country, country) == 0 &&
		    b->rules[i].kind == kind)
			found = &b->rules[i];
	return found;
}

static bool
country_known(const struct law_book *b, const char *country)
{
	for (size_t i = 0; i < b->n_rules; i++)
		if (strcmp(b->rules[i].country, country) == 0)
			return true;
	return false;
}

static int
unknown(const struct law_book *b, const char *country, struct err *e)
{
	struct str known;
	int rc;

	str_init(&known, 1000);
	for (size_t i = 0; i < b->n_rules; i++) {
		const char *name = b->rules[i].country;

		if (i > 0 && strcmp(name, b->rules[i - 1].country) == 0)
			continue;
		str_fmt(&known, "%s%s", known.len > 0 ? " " : "", name);
	}
	rc = err_set(e, ERR_DATA,
	    "no rules for country '%.20s': known are %s; add it to rules.csv",
	    country, known.p);
	str_done(&known);
	return rc;
}

int
rule_find(const struct law_book *b, const char *country, enum debtor_kind kind,
    const struct rule **out, struct err *e)
{
	if (country_known(b, country))
		*out = rule_last(b, country, kind);
	else if (is_member(country))
		*out = rule_last(b, "EU", kind);
	else
		return unknown(b, country, e);
	return 0;
}

const enum debt_part *
rule_order(const struct rule *rule)
{
	static const enum debt_part principal_first[DEBT_PARTS] = {
		PART_PRINCIPAL, PART_INTEREST, PART_FEE
	};

	return rule != NULL && rule->order != NULL ? rule->order
						   : principal_first;
}

static const struct fee_step *
step_for(const struct law_book *b, const char *scheme, int64_t principal)
{
	const struct fee_step *found = NULL;

	for (size_t i = 0; i < b->n_fees; i++)
		if (strcmp(b->fees[i].scheme, scheme) == 0 &&
		    b->fees[i].from <= principal)
			found = &b->fees[i];
	return found;
}

static bool
may_ask(const struct fee_step *s, const struct fee_case *c)
{
	switch (s->when) {
	case FEE_DUE:
		return c->late;
	case FEE_NOTICE:
		return c->late && c->noticed;
	case FEE_CLAUSE:
		break;
	}
	return c->late && c->noticed && c->clause;
}

int
fee_of(const struct law_book *b, const struct rule *rule,
    const struct fee_case *c, struct money *out, const struct fee_step **step,
    struct err *e)
{
	const struct fee_step *s = step_for(b, rule->fees, c->principal.minor);
	__extension__ __int128 fee;

	*out = c->principal;
	out->minor = 0;
	*step = NULL;
	if (s == NULL || c->principal.minor <= 0 || !may_ask(s, c) ||
	    strcmp(s->currency, c->principal.currency) != 0)
		return 0;
	fee = c->principal.minor - s->from;
	fee = (fee * s->milli + HUNDRED_PERCENT / 2) / HUNDRED_PERCENT;
	fee += s->fixed;
	if (fee < s->minimum)
		fee = s->minimum;
	if (s->maximum > 0 && fee > s->maximum)
		fee = s->maximum;
	if (fee > INT64_MAX)
		return err_set(e, ERR_DATA, "the fee of %s is too large",
		    s->scheme);
	out->minor = (int64_t)fee;
	*step = s;
	return 0;
}
