/*
 * config: semonce.yaml, read and checked. The keys are a contract: later
 * versions add some, never change these.
 */
#ifndef VERB_CONFIG_H
#define VERB_CONFIG_H

#include "base/mem.h"
#include "law/interest.h"
#include "semonce.h"

enum carrier_kind {
	CARRIER_SPOOL,
	CARRIER_SMTP
};

#define CONFIG_SCENARIO "standard-fr" /* where no other is named */

struct config_profile { /* scenarios: {PROFILE: NAME}; "" is for all others */
	const char *profile, *scenario;
};

struct config {
	struct creditor creditor;
	struct account *accounts;
	size_t n_accounts;
	const char *language, *tone;
	const char *page;                /* "" leaves it to the texts */
	struct config_profile *profiles; /* with one for all others */
	size_t n_profiles;
	const char *tolerance;     /* "1.00" */
	unsigned stale_after_days; /* 0: no limit */
	date_t *closed;            /* holidays: days besides the public ones */
	size_t n_closed;
	bool has_rate; /* interest agreed with businesses: */
	int32_t rate_milli;
	enum day_count count;
	bool principal_first; /* paid before interest and fees */
	const char *font;     /* family of the letters; "": the usual one */
	const char **fonts;   /* font files of the workspace */
	size_t n_fonts;
	const char *payment_link;
	bool qr_per_invoice;
	bool action_required; /* wording of the subjects */
	enum carrier_kind by_email, by_print, by_registered;
	const char *smtp_url, *smtp_from, *smtp_archive, *smtp_user, *smtp_ca;
	const char *secret_file, *secret_env;
};

/*
 * Loads DIR/semonce.yaml into the arena. ERR_USAGE "FILE:LINE: what, and
 * what to do".
 */
int config_load(const char *dir, struct arena *a, struct config *out,
    struct err *e);

/* The smtp password from its file (mode 0600, own) or variable. */
int config_secret(const struct config *c, const char *dir, struct arena *a,
    const char **out, struct err *e);

/* A code of ISO 3166, in capitals. */
bool config_knows_country(const char *code);

/* Account for a currency, or NULL. */
const struct account *config_account(const struct config *c,
    const char *currency);

#endif
