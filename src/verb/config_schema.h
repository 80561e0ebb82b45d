/*
 * config_schema: semonce.yaml as libcyaml fills it, before it is checked.
 * Absent strings are NULL. `scenarios` is a free mapping and read apart.
 */
#ifndef VERB_CONFIG_SCHEMA_H
#define VERB_CONFIG_SCHEMA_H

#include <cyaml/cyaml.h>

#include "verb/config.h"

struct raw_mediator {
	char *name, *address, *url;
};

struct raw_creditor {
	char *name, *form, *capital, *registration, *vat;
	char **address;
	unsigned n_address;
	char *contact, *phone, *email, *hours;
	char *country, *region, *timezone;
	char *signature, *logo, *signatory, *signatory_title;
	struct raw_mediator mediator;
};

struct raw_account {
	char *currency, *iban, *bic;
	char **methods;
	unsigned n_methods;
};

enum raw_subject {
	SUBJECT_REMINDER,
	SUBJECT_ACTION
};

struct raw_claims {
	char *rate, *day_count, *imputation;
};

struct raw_carriers {
	enum carrier_kind email, print, registered;
};

struct raw_secret {
	char *file, *env;
};

struct raw_smtp {
	char *url, *from, *archive, *user, *ca;
	struct raw_secret secret;
};

struct raw_config {
	struct raw_creditor creditor;
	struct raw_account *accounts;
	unsigned n_accounts;
	char *language, *tone, *page, *font, *tolerance, *stale_after;
	char **methods, **fonts, **holidays;
	unsigned n_methods, n_fonts, n_holidays;
	char *payment_link;
	bool qr_per_invoice;
	enum raw_subject subject;
	struct raw_claims claims;
	struct raw_carriers carriers;
	struct raw_smtp smtp;
};

const cyaml_schema_value_t *config_schema(void);

#endif
