#include "letter/view.h"

#include <string.h>

#include "pay/iban.h"
#include "pay/payref.h"

static const char *const date_keys[] = { "date", "due", "issued", "sent_on",
	"deadline", "on" };

/* Keys that mailings use for other things too: a date if it is one. */
static const char *const span_keys[] = { "from", "to", "until" };

static bool
is_key(struct view v, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(v.key, keys[i]) == 0)
			return true;
	return false;
}

#define IS_KEY(v, keys) is_key(v, keys, sizeof(keys) / sizeof((keys)[0]))

static bool
is_date(struct view v)
{
	struct err unknown;
	date_t d;

	if (!json_is_string(v.value))
		return false;
	return IS_KEY(v, date_keys) ||
	    (IS_KEY(v, span_keys) &&
		date_parse(json_string_value(v.value), &d, &unknown) == 0);
}

#define DIGITS "0123456789"

/* "12.15": other words under this key are printed as they are. */
static bool
is_rate(struct view v)
{
	const char *text = json_string_value(v.value);
	size_t n;

	if (strcmp(v.key, "rate") != 0)
		return false;
	text += text[0] == '-';
	n = strspn(text, DIGITS);
	if (n > 0 && text[n] == '.' && text[n + 1] != '\0')
		n += 1 + strspn(text + n + 1, DIGITS);
	return n > 0 && text[n] == '\0';
}

static bool
is_amount(const json_t *value)
{
	return json_is_integer(json_object_get(value, "minor")) &&
	    json_is_string(json_object_get(value, "currency"));
}

/* `.raw` and `.short` come last and are no keys of the data. */
static bool
find_form(const char *part, struct view *v)
{
	if (strcmp(part, "raw") == 0)
		v->form = FORM_RAW;
	else if (strcmp(part, "short") == 0 && is_date(*v))
		v->form = FORM_SHORT;
	else
		return false;
	return true;
}

bool
view_find(const struct view_stack *s, const struct view_name *name,
    struct view *out)
{
	struct view v = s->frames[s->n - 1];
	const json_t *value = NULL;
	size_t i;

	if (name->n == 0) {
		*out = v;
		return true;
	}
	for (i = s->n; i > 0 && value == NULL; i--)
		value = json_object_get(s->frames[i - 1].value, name->parts[0]);
	v = (struct view){ .value = value, .key = name->parts[0] };
	for (i = 1; i < name->n && v.value != NULL; i++) {
		value = json_object_get(v.value, name->parts[i]);
		if (value == NULL && i == name->n - 1 &&
		    find_form(name->parts[i], &v))
			break;
		v.value = value;
		v.key = name->parts[i];
	}
	*out = v;
	return v.value != NULL;
}

bool
view_is_blank(struct view v)
{
	return json_is_null(v.value) ||
	    (json_is_string(v.value) && json_string_length(v.value) == 0);
}

bool
view_is_empty(struct view v)
{
	const json_t *minor = json_object_get(v.value, "minor");

	return view_is_blank(v) || json_is_false(v.value) ||
	    (json_is_array(v.value) && json_array_size(v.value) == 0) ||
	    (json_is_integer(v.value) && json_integer_value(v.value) == 0) ||
	    (is_amount(v.value) && json_integer_value(minor) == 0);
}

static int
put_date(struct view v, struct formatter *f, struct str *out, struct err *e)
{
	enum date_style style = v.form == FORM_SHORT ? DATE_SHORT : DATE_LONG;
	date_t d;

	if (date_parse(json_string_value(v.value), &d, e) == -1)
		return -1;
	return formatter_date(f, d, style, out, e);
}

static int
put_amount(struct view v, struct formatter *f, struct str *out, struct err *e)
{
	const json_t *minor = json_object_get(v.value, "minor");
	const json_t *currency = json_object_get(v.value, "currency");
	struct money m;
	char plain[MONEY_SIZE];

	if (money_zero(json_string_value(currency), &m, e) == -1)
		return -1;
	m.minor = json_integer_value(minor);
	if (v.form != FORM_RAW)
		return formatter_money(f, m, out, e);
	str_puts(out, money_fmt(m, plain));
	return 0;
}

/* A telephone number stays on one line. */
static void
put_phone(const char *number, struct str *out)
{
	for (; *number != '\0'; number++)
		if (*number == ' ')
			str_puts(out, "\u00a0");
		else
			str_putc(out, *number);
}

/* The shortest decimal form, with a point in every locale. */
static void
put_real(const json_t *value, struct str *out)
{
	char buf[64];
	size_t n = json_dumpb(value, buf, sizeof(buf),
	    JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

	str_put(out, buf, n < sizeof(buf) ? n : sizeof(buf));
}

/* As a bank prints it, or as written if it is none; on one line too. */
static void
put_bank(struct view v, struct str *out)
{
	const char *text = json_string_value(v.value);
	char iban[IBAN_SIZE], iban_print[IBAN_PRINT_SIZE];
	char print[PAYREF_PRINT_SIZE];
	struct err e;

	if (strcmp(v.key, "iban") == 0 && iban_parse(text, iban, &e) == 0)
		text = iban_fmt(iban, iban_print);
	if (strcmp(v.key, "reference") == 0)
		text = payref_fmt(text, print);
	put_phone(text, out);
}

static bool
is_bank(struct view v)
{
	return strcmp(v.key, "iban") == 0 || strcmp(v.key, "reference") == 0;
}

int
view_put(struct view v, struct formatter *f, struct str *out, struct err *e)
{
	switch (json_typeof(v.value)) {
	case JSON_STRING:
		if (is_date(v) && v.form != FORM_RAW)
			return put_date(v, f, out, e);
		if (is_rate(v) && v.form != FORM_RAW)
			return formatter_rate(f, json_string_value(v.value),
			    out, e);
		if (strcmp(v.key, "phone") == 0 && v.form != FORM_RAW)
			put_phone(json_string_value(v.value), out);
		else if (is_bank(v) && v.form != FORM_RAW)
			put_bank(v, out);
		else
			str_put(out, json_string_value(v.value),
			    json_string_length(v.value));
		return 0;
	case JSON_INTEGER:
		str_fmt(out, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(v.value));
		return 0;
	case JSON_REAL:
		put_real(v.value, out);
		return 0;
	case JSON_OBJECT:
		if (is_amount(v.value))
			return put_amount(v, f, out, e);
		return err_set(e, ERR_DATA,
		    "holds several values; name one of them, "
		    "or open a section with #");
	case JSON_ARRAY:
		return err_set(e, ERR_DATA, "is a list; open a section with #");
	case JSON_TRUE:
	case JSON_FALSE:
		return err_set(e, ERR_DATA,
		    "is yes or no; open a section with # or ^");
	case JSON_NULL:
		break;
	}
	return err_set(e, ERR_DATA, "has no value");
}
