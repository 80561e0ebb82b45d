#include "verb/config_schema.h"

#include "base/yaml.h"
#include "policy/plan.h"

#define TEXT_MAX 1000

static const cyaml_schema_value_t line_value = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, TEXT_MAX),
};

#define METHODS(record)                                                \
	CYAML_FIELD_SEQUENCE_COUNT("methods",                          \
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, record, methods, \
	    n_methods, &line_value, 0, 10)

static const cyaml_schema_field_t mediator_fields[] = {
	YAML_NEED("name", TEXT_MAX, struct raw_mediator, name),
	YAML_NEED("address", TEXT_MAX, struct raw_mediator, address),
	YAML_NEED("url", TEXT_MAX, struct raw_mediator, url),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t creditor_fields[] = {
	YAML_NEED("name", TEXT_MAX, struct raw_creditor, name),
	YAML_MAY("form", TEXT_MAX, struct raw_creditor, form),
	YAML_MAY("capital", TEXT_MAX, struct raw_creditor, capital),
	YAML_MAY("registration", TEXT_MAX, struct raw_creditor, registration),
	YAML_MAY("vat", TEXT_MAX, struct raw_creditor, vat),
	CYAML_FIELD_SEQUENCE_COUNT("address", CYAML_FLAG_POINTER,
	    struct raw_creditor, address, n_address, &line_value, 0, 6),
	YAML_MAY("contact", TEXT_MAX, struct raw_creditor, contact),
	YAML_MAY("phone", TEXT_MAX, struct raw_creditor, phone),
	YAML_MAY("email", TEXT_MAX, struct raw_creditor, email),
	YAML_MAY("hours", TEXT_MAX, struct raw_creditor, hours),
	YAML_NEED("country", TEXT_MAX, struct raw_creditor, country),
	YAML_MAY("region", TEXT_MAX, struct raw_creditor, region),
	YAML_MAY("timezone", TEXT_MAX, struct raw_creditor, timezone),
	YAML_MAY("signature", TEXT_MAX, struct raw_creditor, signature),
	YAML_MAY("logo", TEXT_MAX, struct raw_creditor, logo),
	YAML_MAY("signatory", TEXT_MAX, struct raw_creditor, signatory),
	YAML_MAY("signatory_title", TEXT_MAX, struct raw_creditor,
	    signatory_title),
	CYAML_FIELD_MAPPING("mediator", CYAML_FLAG_OPTIONAL,
	    struct raw_creditor, mediator, mediator_fields),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t account_fields[] = {
	YAML_NEED("currency", TEXT_MAX, struct raw_account, currency),
	YAML_NEED("iban", TEXT_MAX, struct raw_account, iban),
	YAML_MAY("bic", TEXT_MAX, struct raw_account, bic),
	METHODS(struct raw_account),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t account_value = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_account,
	    account_fields),
};

static const cyaml_strval_t carrier_names[] = {
	{ "spool", CARRIER_SPOOL },
	{ "smtp", CARRIER_SMTP },
};

#define CARRIER(key, member)                                           \
	CYAML_FIELD_ENUM(key, CYAML_FLAG_STRICT | CYAML_FLAG_OPTIONAL, \
	    struct raw_carriers, member, carrier_names,                \
	    CYAML_ARRAY_LEN(carrier_names))

static const cyaml_schema_field_t carriers_fields[] = {
	CARRIER("email", email),
	CARRIER("print", print),
	CARRIER("registered", registered),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t secret_fields[] = {
	YAML_MAY("file", TEXT_MAX, struct raw_secret, file),
	YAML_MAY("env", TEXT_MAX, struct raw_secret, env),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t smtp_fields[] = {
	YAML_NEED("url", TEXT_MAX, struct raw_smtp, url),
	YAML_NEED("from", TEXT_MAX, struct raw_smtp, from),
	YAML_MAY("archive", TEXT_MAX, struct raw_smtp, archive),
	YAML_MAY("user", TEXT_MAX, struct raw_smtp, user),
	YAML_MAY("ca", TEXT_MAX, struct raw_smtp, ca),
	CYAML_FIELD_MAPPING("secret", CYAML_FLAG_OPTIONAL, struct raw_smtp,
	    secret, secret_fields),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t claims_fields[] = {
	YAML_MAY("rate", TEXT_MAX, struct raw_claims, rate),
	YAML_MAY("day_count", TEXT_MAX, struct raw_claims, day_count),
	YAML_MAY("imputation", TEXT_MAX, struct raw_claims, imputation),
	CYAML_FIELD_END,
};

static const cyaml_strval_t subject_names[] = {
	{ "reminder", SUBJECT_REMINDER },
	{ "action", SUBJECT_ACTION },
};

/* To libcyaml any word is yes that is not one of its own for no. */
static const cyaml_strval_t yes_or_no[] = {
	{ "false", false },
	{ "true", true },
};

static const cyaml_schema_field_t config_fields[] = {
	CYAML_FIELD_MAPPING("creditor", CYAML_FLAG_DEFAULT, struct raw_config,
	    creditor, creditor_fields),
	CYAML_FIELD_SEQUENCE_COUNT("accounts", CYAML_FLAG_POINTER,
	    struct raw_config, accounts, n_accounts, &account_value, 1, 20),
	YAML_MAY("language", TEXT_MAX, struct raw_config, language),
	YAML_MAY("tone", TEXT_MAX, struct raw_config, tone),
	YAML_MAY("page", TEXT_MAX, struct raw_config, page),
	YAML_MAY("font", TEXT_MAX, struct raw_config, font),
	CYAML_FIELD_IGNORE("scenarios", CYAML_FLAG_OPTIONAL),
	YAML_MAY("tolerance", TEXT_MAX, struct raw_config, tolerance),
	YAML_MAY("stale_after", TEXT_MAX, struct raw_config, stale_after),
	METHODS(struct raw_config),
	CYAML_FIELD_ENUM("subject", CYAML_FLAG_STRICT | CYAML_FLAG_OPTIONAL,
	    struct raw_config, subject, subject_names,
	    CYAML_ARRAY_LEN(subject_names)),
	CYAML_FIELD_SEQUENCE_COUNT("fonts",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw_config, fonts,
	    n_fonts, &line_value, 0, 20),
	CYAML_FIELD_SEQUENCE_COUNT("holidays",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw_config,
	    holidays, n_holidays, &line_value, 0, POLICY_CLOSED_MAX),
	YAML_MAY("payment_link", TEXT_MAX, struct raw_config, payment_link),
	CYAML_FIELD_ENUM("qr_per_invoice",
	    CYAML_FLAG_STRICT | CYAML_FLAG_OPTIONAL, struct raw_config,
	    qr_per_invoice, yes_or_no, CYAML_ARRAY_LEN(yes_or_no)),
	CYAML_FIELD_MAPPING("claims", CYAML_FLAG_OPTIONAL, struct raw_config,
	    claims, claims_fields),
	CYAML_FIELD_MAPPING("carriers", CYAML_FLAG_OPTIONAL, struct raw_config,
	    carriers, carriers_fields),
	CYAML_FIELD_MAPPING("smtp", CYAML_FLAG_OPTIONAL, struct raw_config,
	    smtp, smtp_fields),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t config_value = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_config,
	    config_fields),
};

const cyaml_schema_value_t *
config_schema(void)
{
	return &config_value;
}
