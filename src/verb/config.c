#include "verb/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unicode/ucal.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unistd.h>

#include "base/file.h"
#include "law/calendar.h"
#include "base/yaml.h"
#include "pay/iban.h"
#include "pay/rib.h"
#include "verb/config_schema.h"

#define CONFIG_MAX_BYTES ((size_t)1 << 20)

/* While a file is checked: the text, to find the line of a key. */
struct check {
	const char *path;
	const struct str *text;
};

static int
wrong(const struct check *k, const char *key, const char *what, struct err *e)
{
	unsigned line = yaml_line(k->text->p, k->text->len, key);

	return err_set(e, ERR_USAGE, "%s:%u: %s: %s", k->path,
	    line > 0 ? line : 1, key, what);
}

static const char *
word(struct arena *a, const char *s)
{
	return s != NULL ? arena_str(a, s) : "";
}

bool
config_knows_country(const char *code)
{
	const char *const *all = uloc_getISOCountries();

	while (*all != NULL && strcmp(*all, code) != 0)
		all++;
	return *all != NULL;
}

/* A zone that nobody knows would silently be another day at midnight. */
static int
check_timezone(const struct check *k, const char *name, struct err *e)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar zone[64], canonical[64];

	(void)u_strFromUTF8(zone, 64, NULL, name, -1, &status);
	(void)ucal_getCanonicalTimeZoneID(zone, -1, canonical, 64, NULL,
	    &status);
	if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING)
		return wrong(k, "creditor.timezone",
		    "no such time zone: write one such as Europe/Paris", e);
	return 0;
}

static const char **
take_words(char **words, unsigned n, struct arena *a)
{
	const char **out = arena_array(a, n, sizeof(*out));

	for (unsigned i = 0; i < n; i++)
		out[i] = arena_str(a, words[i]);
	return out;
}

static void
take_creditor(const struct raw_config *r, struct arena *a, struct creditor *c)
{
	const struct raw_creditor *k = &r->creditor;
	const char *contact = k->contact != NULL ? k->contact : k->signatory;
	*c = (struct creditor){
		.name = word(a, k->name),
		.form = word(a, k->form),
		.capital = word(a, k->capital),
		.registration = word(a, k->registration),
		.vat = word(a, k->vat),
		.address = take_words(k->address, k->n_address, a),
		.n_address = k->n_address,
		.phone = word(a, k->phone),
		.contact = word(a, contact),
		.email = word(a, k->email),
		.hours = word(a, k->hours),
		.country = word(a, k->country),
		.place = k->region == NULL
		    ? word(a, k->country)
		    : arena_fmt(a, "%s-%s", k->country, k->region),
		.timezone =
		    k->timezone != NULL ? word(a, k->timezone) : "Europe/Paris",
		.signature = word(a, k->signature),
		.logo = word(a, k->logo),
		.signatory = word(a, k->signatory),
		.signatory_title = word(a, k->signatory_title),
		.mediator = word(a, k->mediator.name),
		.mediator_address = word(a, k->mediator.address),
		.mediator_url = word(a, k->mediator.url),
	};
}

static int
take_account(const struct check *k, unsigned i, const struct raw_account *r,
    struct arena *a, struct account *out, struct err *e)
{
	char iban[IBAN_SIZE], key[40];
	struct err why;
	struct money zero;

	(void)snprintf(key, sizeof(key), "accounts.%u.currency", i);
	if (money_zero(r->currency, &zero, &why) != 0)
		return wrong(k, key, why.text, e);
	memcpy(out->currency, zero.currency, sizeof(out->currency));
	(void)snprintf(key, sizeof(key), "accounts.%u.iban", i);
	if (iban_parse(r->iban, iban, &why) != 0 || rib_check(iban, &why) != 0)
		return wrong(k, key, why.text, e);
	out->iban = arena_str(a, iban);
	out->bic = word(a, r->bic);
	(void)snprintf(key, sizeof(key), "accounts.%u.bic", i);
	if (out->bic[0] != '\0' && !bic_valid(out->bic))
		return wrong(k, key, "a BIC has 8 or 11 characters", e);
	return 0;
}

/* An account without its own takes those of all. */
static void
take_methods(const struct raw_config *r, const struct raw_account *own,
    struct arena *a, struct account *out)
{
	char **words = own->n_methods > 0 ? own->methods : r->methods;

	out->n_methods = own->n_methods > 0 ? own->n_methods : r->n_methods;
	out->methods = take_words(words, (unsigned)out->n_methods, a);
}

static int
take_accounts(const struct check *k, const struct raw_config *r,
    struct arena *a, struct config *c, struct err *e)
{
	c->accounts = arena_array(a, r->n_accounts, sizeof(*c->accounts));
	c->n_accounts = r->n_accounts;
	for (unsigned i = 0; i < r->n_accounts; i++) {
		if (take_account(k, i, &r->accounts[i], a, &c->accounts[i],
			e) != 0)
			return -1;
		take_methods(r, &r->accounts[i], a, &c->accounts[i]);
		for (unsigned j = 0; j < i; j++)
			if (strcmp(c->accounts[i].currency,
				c->accounts[j].currency) == 0)
				return wrong(k, "accounts",
				    "two accounts in one currency: keep the one "
				    "to be paid to",
				    e);
	}
	return 0;
}

/* "14d" as 14; "" as 0. */
static int
take_days(const struct check *k, const char *key, const char *text,
    unsigned *days, struct err *e)
{
	char *end;
	unsigned long v;

	*days = 0;
	if (text == NULL || text[0] == '\0')
		return 0;
	v = strtoul(text, &end, 10);
	if (end == text || strcmp(end, "d") != 0 || v == 0 || v > 3650)
		return wrong(k, key, "write a number of days such as 14d", e);
	*days = (unsigned)v;
	return 0;
}

static int
take_holidays(const struct check *k, const struct raw_config *r,
    struct arena *a, struct config *c, struct err *e)
{
	char key[40];
	struct err why;

	c->closed = arena_array(a, r->n_holidays, sizeof(*c->closed));
	c->n_closed = r->n_holidays;
	for (unsigned i = 0; i < r->n_holidays; i++) {
		(void)snprintf(key, sizeof(key), "holidays.%u", i);
		if (date_parse(r->holidays[i], &c->closed[i], &why) != 0)
			return wrong(k, key, why.text, e);
	}
	return 0;
}

static void
take_profiles(const struct check *k, struct arena *a, struct config *c)
{
	const struct config_profile others = { "", CONFIG_SCENARIO };
	bool has_others = false;
	struct yaml_pair *pairs = yaml_pairs(k->text->p, k->text->len,
	    "scenarios", a, &c->n_profiles);

	c->profiles = arena_array(a, c->n_profiles + 1, sizeof(*c->profiles));
	for (size_t i = 0; i < c->n_profiles; i++) {
		bool all = strcmp(pairs[i].key, "default") == 0;

		c->profiles[i] = (struct config_profile){
			.profile = all ? "" : pairs[i].key,
			.scenario = pairs[i].value,
		};
		has_others |= all;
	}
	if (!has_others)
		c->profiles[c->n_profiles++] = others;
}

/* Index of the word, 0 if there is none, or -1. */
static int
choose(const char *word, const char *const *words, size_t n)
{
	if (word == NULL || word[0] == '\0')
		return 0;
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], word) == 0)
			return (int)i;
	return -1;
}

static int
take_claims(const struct check *k, const struct raw_claims *r, struct config *c,
    struct err *e)
{
	static const char *const orders[] = { "law", "principal" };
	int count = choose(r->day_count, day_count_names, DAY_COUNTS);
	int order = choose(r->imputation, orders, 2);
	struct err why;

	if (count == -1)
		return wrong(k, "claims.day_count",
		    "write ACT/365, ACT/ACT or ACT/360", e);
	if (order == -1)
		return wrong(k, "claims.imputation", "write law or principal",
		    e);
	c->count = (enum day_count)count;
	c->principal_first = order == 1;
	if (r->rate == NULL || r->rate[0] == '\0')
		return 0;
	c->has_rate = true;
	if (rate_parse(r->rate, &c->rate_milli, &why) != 0)
		return wrong(k, "claims.rate", why.text, e);
	if (c->rate_milli < 0)
		return wrong(k, "claims.rate", "it is below zero", e);
	return 0;
}

static int
take_policy(const struct check *k, const struct raw_config *r, struct arena *a,
    struct config *c, struct err *e)
{
	struct money m;
	struct err why;

	c->tolerance = r->tolerance != NULL ? word(a, r->tolerance) : "0";
	if (money_parse(c->tolerance, "EUR", &m, &why) != 0 || m.minor < 0)
		return wrong(k, "tolerance", "write an amount such as 1.00", e);
	if (take_days(k, "stale_after", r->stale_after, &c->stale_after_days,
		e) != 0)
		return -1;
	if (take_holidays(k, r, a, c, e) != 0 ||
	    take_claims(k, &r->claims, c, e) != 0)
		return -1;
	take_profiles(k, a, c);
	return 0;
}

static void
take_sending(const struct raw_config *r, struct arena *a, struct config *c)
{
	c->font = word(a, r->font);
	c->fonts = take_words(r->fonts, r->n_fonts, a);
	c->n_fonts = r->n_fonts;
	c->action_required = r->subject == SUBJECT_ACTION;
	c->payment_link = word(a, r->payment_link);
	c->qr_per_invoice = r->qr_per_invoice;
	c->by_email = r->carriers.email;
	c->by_print = r->carriers.print;
	c->by_registered = r->carriers.registered;
	c->smtp_url = word(a, r->smtp.url);
	c->smtp_from = word(a, r->smtp.from);
	c->smtp_archive = word(a, r->smtp.archive);
	c->smtp_user = word(a, r->smtp.user);
	c->smtp_ca = word(a, r->smtp.ca);
	c->secret_file = word(a, r->smtp.secret.file);
	c->secret_env = word(a, r->smtp.secret.env);
}

static int
check_sending(const struct check *k, const struct config *c, struct err *e)
{
	if (c->by_print == CARRIER_SMTP)
		return wrong(k, "carriers.print",
		    "paper cannot go by smtp: use spool", e);
	if (c->by_registered == CARRIER_SMTP)
		return wrong(k, "carriers.registered",
		    "registered letters cannot go by smtp: use spool", e);
	if (c->by_email == CARRIER_SMTP &&
	    (c->smtp_url[0] == '\0' || c->smtp_from[0] == '\0'))
		return wrong(k, "carriers.email",
		    "smtp needs smtp.url and smtp.from", e);
	return 0;
}

static int
take(const struct check *k, const struct raw_config *r, struct arena *a,
    struct config *c, struct err *e)
{
	take_creditor(r, a, &c->creditor);
	c->language = r->language != NULL ? word(a, r->language) : "fr";
	c->tone = r->tone != NULL ? word(a, r->tone) : "formal";
	c->page = r->page != NULL ? word(a, r->page) : "";
	if (c->creditor.n_address == 0)
		return wrong(k, "creditor.address",
		    "give at least one line: it is on every letter", e);
	if (!config_knows_country(c->creditor.country))
		return wrong(k, "creditor.country",
		    "no such country: write two capital letters such as FR", e);
	if (r->creditor.region != NULL && !calendar_knows(c->creditor.place))
		return wrong(k, "creditor.region",
		    "no holidays of its own are known there: leave it out, or "
		    "write one of 57, 67, 68, GP, MQ, GF, RE, YT",
		    e);
	if (check_timezone(k, c->creditor.timezone, e) != 0 ||
	    take_accounts(k, r, a, c, e) != 0 ||
	    take_policy(k, r, a, c, e) != 0)
		return -1;
	take_sending(r, a, c);
	return check_sending(k, c, e);
}

/* What init left for the user to fill in must not get onto a letter. */
static int
check_filled_in(const char *path, const struct str *text, struct err *e)
{
	unsigned line = 1;

	for (const char *p = text->p; *p != '\0'; line++) {
		size_t n = strcspn(p, "\n");
		const char *mark = memchr(p, '<', n);
		const char *comment = memchr(p, '#', n);

		if (mark >= p + 2 && mark[-1] == ' ' &&
		    (mark[-2] == ':' || mark[-2] == '-') &&
		    (comment == NULL || mark < comment))
			return err_set(e, ERR_USAGE,
			    "%s:%u: still to fill in: put your own value in "
			    "place of %.*s",
			    path, line, (int)strcspn(mark, ">\n") + 1, mark);
		p += n + (p[n] == '\n');
	}
	return 0;
}

int
config_load(const char *dir, struct arena *a, struct config *out, struct err *e)
{
	const char *path = arena_fmt(a, "%s/semonce.yaml", dir);
	const cyaml_schema_value_t *schema = config_schema();
	struct str text;
	void *raw = NULL;
	int rc = -1;

	*out = (struct config){ 0 };
	str_init(&text, CONFIG_MAX_BYTES);
	if (!file_exists(path))
		(void)err_set(e, ERR_USAGE,
		    "%s: no workspace here: make one with 'semonce init DIR', "
		    "or name it with -C DIR",
		    path);
	else if (file_read(path, &text, e) != 0)
		e->kind = ERR_USAGE;
	else if (check_filled_in(path, &text, e) == 0)
		rc =
		    yaml_parse(&(struct yaml_text){ path, 1, text.p, text.len },
			schema, &raw, e);
	if (rc == 0)
		rc = take(&(struct check){ path, &text }, raw, a, out, e);
	if (raw != NULL)
		yaml_free(schema, raw);
	str_done(&text);
	return rc;
}

static int
read_secret(const char *path, struct arena *a, const char **out, struct err *e)
{
	struct stat st;
	struct str text;
	int rc;

	if (lstat(path, &st) != 0)
		return err_sys(e, "%s: cannot read the password", path);
	if (!S_ISREG(st.st_mode) || st.st_uid != geteuid() ||
	    (st.st_mode & 077) != 0)
		return err_set(e, ERR_USAGE,
		    "%s: others could read the password: make it your own "
		    "file with 'chmod 600'",
		    path);
	str_init(&text, 1024);
	rc = file_read(path, &text, e);
	if (rc == 0)
		*out = arena_strn(a, text.p, strcspn(text.p, "\r\n"));
	explicit_bzero(text.p, text.cap);
	str_done(&text);
	return rc;
}

int
config_secret(const struct config *c, const char *dir, struct arena *a,
    const char **out, struct err *e)
{
	const char *value;

	*out = "";
	if (c->secret_file[0] == '/')
		return read_secret(c->secret_file, a, out, e);
	if (c->secret_file[0] != '\0')
		return read_secret(arena_fmt(a, "%s/%s", dir, c->secret_file),
		    a, out, e);
	if (c->secret_env[0] == '\0')
		return 0;
	value = getenv(c->secret_env);
	if (value == NULL)
		return err_set(e, ERR_USAGE,
		    "smtp.secret.env: the variable %s is not set",
		    c->secret_env);
	*out = value;
	return 0;
}

const struct account *
config_account(const struct config *c, const char *currency)
{
	for (size_t i = 0; i < c->n_accounts; i++)
		if (strcmp(c->accounts[i].currency, currency) == 0)
			return &c->accounts[i];
	return NULL;
}
