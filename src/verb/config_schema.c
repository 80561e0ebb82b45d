#include "verb/config_schema.h"

#include "policy/plan.h"

#define TEXT_MAX 1000

#define NEED(key, type, member)                                          \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER, type, member, 1, \
	    TEXT_MAX)
#define MAY(key, type, member)                                               \
	CYAML_FIELD_STRING_PTR(key,                                          \
	    CYAML_FLAG_POINTER_NULL_STR | CYAML_FLAG_OPTIONAL, type, member, \
	    0, TEXT_MAX)

static const cyaml_schema_value_t line_value = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, TEXT_MAX),
};

static const cyaml_schema_field_t creditor_fields[] = {
	NEED("name", struct raw_creditor, name),
	MAY("form", struct raw_creditor, form),
	MAY("capital", struct raw_creditor, capital),
	MAY("registration", struct raw_creditor, registration),
	MAY("vat", struct raw_creditor, vat),
	CYAML_FIELD_SEQUENCE_COUNT("address", CYAML_FLAG_POINTER,
	    struct raw_creditor, address, n_address, &line_value, 0, 6),
	MAY("phone", struct raw_creditor, phone),
	MAY("email", struct raw_creditor, email),
	MAY("hours", struct raw_creditor, hours),
	NEED("country", struct raw_creditor, country),
	MAY("timezone", struct raw_creditor, timezone),
	MAY("signature", struct raw_creditor, signature),
	MAY("logo", struct raw_creditor, logo),
	MAY("signatory", struct raw_creditor, signatory),
	MAY("signatory_title", struct raw_creditor, signatory_title),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t account_fields[] = {
	NEED("currency", struct raw_account, currency),
	NEED("iban", struct raw_account, iban),
	MAY("bic", struct raw_account, bic),
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
	MAY("file", struct raw_secret, file),
	MAY("env", struct raw_secret, env),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t smtp_fields[] = {
	NEED("url", struct raw_smtp, url),
	NEED("from", struct raw_smtp, from),
	MAY("archive", struct raw_smtp, archive),
	MAY("user", struct raw_smtp, user),
	MAY("ca", struct raw_smtp, ca),
	CYAML_FIELD_MAPPING("secret", CYAML_FLAG_OPTIONAL, struct raw_smtp,
	    secret, secret_fields),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t config_fields[] = {
	CYAML_FIELD_MAPPING("creditor", CYAML_FLAG_DEFAULT, struct raw_config,
	    creditor, creditor_fields),
	CYAML_FIELD_SEQUENCE_COUNT("accounts", CYAML_FLAG_POINTER,
	    struct raw_config, accounts, n_accounts, &account_value, 1, 20),
	MAY("language", struct raw_config, language),
	MAY("tone", struct raw_config, tone),
	MAY("page", struct raw_config, page),
	CYAML_FIELD_IGNORE("scenarios", CYAML_FLAG_OPTIONAL),
	MAY("tolerance", struct raw_config, tolerance),
	MAY("stale_after", struct raw_config, stale_after),
	CYAML_FIELD_SEQUENCE_COUNT("methods",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw_config,
	    methods, n_methods, &line_value, 0, 10),
	CYAML_FIELD_SEQUENCE_COUNT("fonts",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw_config, fonts,
	    n_fonts, &line_value, 0, 20),
	CYAML_FIELD_SEQUENCE_COUNT("holidays",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw_config,
	    holidays, n_holidays, &line_value, 0, POLICY_CLOSED_MAX),
	MAY("payment_link", struct raw_config, payment_link),
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
