#include "letter/format.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "base/mem.h"
#include "letter/figures.h"

#define TEXT_SIZE     256 /* UTF-8 of one amount or date */
#define TEXT_UNITS    128 /* the same in UTF-16 */
#define DAY_MILLIS    86400000.0
#define LOCALE_SIZE   160
#define DATES         256 /* remembered, of a style */
#define DATE_TEXT     56
#define RATE_DECIMALS 3

/* Few dates are those of many letters, and ICU takes long for each. */
struct date_text {
	date_t date;
	size_t n; /* bytes; 0: none yet */
	char text[DATE_TEXT];
};

/* ICU keeps something of the currency before: each has its own format. */
struct currency {
	char code[4];
	UNumberFormat *money;
	struct figures figures;
	struct currency *next;
};

struct formatter {
	char locale[LOCALE_SIZE];
	bool french;
	struct currency *currencies; /* met so far */
	UNumberFormat *money, *rate; /* rate: opened when needed */
	UDateFormat *date[2]; /* by enum date_style; opened when needed */
	struct date_text dates[2][DATES];
};

static int
icu_failed(UErrorCode code, const char *what, struct err *e)
{
	return err_set(e, ERR_SYSTEM, "%s: ICU says %s; check its data files",
	    what, u_errorName(code));
}

static int
put_utf16(const UChar *text, int32_t n, struct str *out, struct err *e)
{
	UErrorCode code = U_ZERO_ERROR;
	char utf8[TEXT_SIZE];
	int32_t len;

	u_strToUTF8(utf8, sizeof(utf8), &len, text, n, &code);
	if (U_FAILURE(code))
		return icu_failed(code, "text", e);
	str_put(out, utf8, (size_t)len);
	return 0;
}

/*
 * The locale for a BCP 47 tag. Bare "en" means en-GB: a European creditor
 * writes the day before the month. Calendar and digits are pinned.
 */
static int
find_locale(const char *lang, char locale[LOCALE_SIZE], struct err *e)
{
	const char *tag = strcmp(lang, "en") == 0 ? "en-GB" : lang;
	UErrorCode code = U_ZERO_ERROR;
	int32_t used;

	uloc_forLanguageTag(tag, locale, LOCALE_SIZE, &used, &code);
	if (U_SUCCESS(code) && code != U_STRING_NOT_TERMINATED_WARNING &&
	    used > 0 && (size_t)used == strlen(tag)) {
		uloc_setKeywordValue("calendar", "gregorian", locale,
		    LOCALE_SIZE, &code);
		uloc_setKeywordValue("numbers", "latn", locale, LOCALE_SIZE,
		    &code);
		if (U_SUCCESS(code))
			return 0;
	}
	return err_set(e, ERR_USAGE,
	    "'%s' is not a language; use a code such as fr, en or de", lang);
}

/* ICU answers for a language it does not know with another one. */
static bool
speaks(const UNumberFormat *format, const char *locale)
{
	UErrorCode code = U_ZERO_ERROR;
	const char *found;
	char want[ULOC_LANG_CAPACITY], have[ULOC_LANG_CAPACITY];

	found = unum_getLocaleByType(format, ULOC_VALID_LOCALE, &code);
	if (U_FAILURE(code) || found == NULL)
		return false;
	uloc_getLanguage(locale, want, sizeof(want), &code);
	uloc_getLanguage(found, have, sizeof(have), &code);
	return U_SUCCESS(code) && want[0] != '\0' && strcmp(want, have) == 0;
}

static int
open_money(struct formatter *f, const char *lang, struct err *e)
{
	UErrorCode code = U_ZERO_ERROR;

	f->money = unum_open(UNUM_CURRENCY, NULL, 0, f->locale, NULL, &code);
	if (U_FAILURE(code))
		return icu_failed(code, lang, e);
	if (!speaks(f->money, f->locale))
		return err_set(e, ERR_USAGE,
		    "amounts and dates of language '%s' are not known; "
		    "use a code such as fr, en or de",
		    lang);
	return 0;
}

int
formatter_open(const char *lang, struct formatter **out, struct err *e)
{
	struct formatter *f = mem_alloc(sizeof(*f));

	if (find_locale(lang, f->locale, e) == -1 ||
	    open_money(f, lang, e) == -1) {
		formatter_close(f);
		return -1;
	}
	f->french = strncmp(f->locale, "fr", 2) == 0 &&
	    (f->locale[2] == '_' || f->locale[2] == '@');
	*out = f;
	return 0;
}

static void
close_currency(struct currency *c)
{
	if (c->money != NULL)
		unum_close(c->money);
	free(c);
}

void
formatter_close(struct formatter *f)
{
	if (f == NULL)
		return;
	if (f->money != NULL)
		unum_close(f->money);
	if (f->rate != NULL)
		unum_close(f->rate);
	for (struct currency *c = f->currencies, *next; c != NULL; c = next) {
		next = c->next;
		close_currency(c);
	}
	for (size_t i = 0; i < 2; i++)
		if (f->date[i] != NULL)
			udat_close(f->date[i]);
	free(f);
}

static int
ask_money(void *currency, int64_t minor, struct str *out, struct err *e)
{
	const struct currency *c = currency;
	UErrorCode code = U_ZERO_ERROR;
	UChar text[TEXT_UNITS];
	int32_t n;

	n = unum_formatInt64(c->money, minor, text, TEXT_UNITS, NULL, &code);
	if (U_FAILURE(code))
		return icu_failed(code, c->code, e);
	return put_utf16(text, n, out, e);
}

/* After the currency, which sets CLDR's decimals: ours are ISO's. */
static int
open_currency(const struct formatter *f, struct currency *c, struct err *e)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t decimals = currency_decimals(c->code);
	UChar code[4];

	u_charsToUChars(c->code, code, 4);
	c->money = unum_clone(f->money, &status);
	if (U_SUCCESS(status))
		unum_setTextAttribute(c->money, UNUM_CURRENCY_CODE, code, 3,
		    &status);
	if (U_FAILURE(status))
		return icu_failed(status, c->code, e);
	unum_setAttribute(c->money, UNUM_FRACTION_DIGITS, decimals);
	unum_setAttribute(c->money, UNUM_SCALE, -decimals);
	return figures_learn(&c->figures, decimals, ask_money, c, e);
}

static int
find_currency(struct formatter *f, const char *code, struct currency **out,
    struct err *e)
{
	struct currency *c = f->currencies;

	while (c != NULL && strcmp(c->code, code) != 0)
		c = c->next;
	*out = c;
	if (c != NULL)
		return 0;
	if (currency_decimals(code) < 0)
		return err_set(e, ERR_DATA,
		    "'%s' is not a currency of ISO 4217", code);
	c = mem_alloc(sizeof(*c));
	memcpy(c->code, code, sizeof(c->code));
	if (open_currency(f, c, e) == -1) {
		close_currency(c);
		return -1;
	}
	c->next = f->currencies;
	f->currencies = c;
	*out = c;
	return 0;
}

int
formatter_money(struct formatter *f, struct money m, struct str *out,
    struct err *e)
{
	struct currency *c;

	if (find_currency(f, m.currency, &c, e) == -1)
		return -1;
	if (!c->figures.known)
		return ask_money(c, m.minor, out, e);
	figures_put(&c->figures, m.minor, out);
	return 0;
}

/*
 * CLDR's short form may cut the year to two digits and the day to one; a
 * legal date shows all: dd, MM and the whole year, in the language's order.
 */
static int32_t
widen_pattern(const UChar *pattern, int32_t n, UChar wide[TEXT_UNITS])
{
	int32_t out = 0;

	for (int32_t i = 0; i < n && out < TEXT_UNITS - 2; i++) {
		UChar c = pattern[i];

		if (i > 0 && c == pattern[i - 1] &&
		    (c == 'd' || c == 'M' || c == 'y'))
			continue;
		wide[out++] = c;
		if (c == 'd' || c == 'M')
			wide[out++] = c;
	}
	return out;
}

static UDateFormat *
open_date(const char *locale, enum date_style style, UErrorCode *code)
{
	UDateFormat *date;
	UChar utc[4], narrow[TEXT_UNITS], wide[TEXT_UNITS];
	int32_t n;

	u_charsToUChars("UTC", utc, 4);
	date =
	    udat_open(UDAT_NONE, style == DATE_SHORT ? UDAT_SHORT : UDAT_LONG,
		locale, utc, -1, NULL, 0, code);
	if (U_FAILURE(*code) || style == DATE_LONG)
		return date;
	n = udat_toPattern(date, 0, narrow, TEXT_UNITS, code);
	if (U_SUCCESS(*code))
		udat_applyPattern(date, 0, wide,
		    widen_pattern(narrow, n, wide));
	return date;
}

static int
put_date(struct formatter *f, date_t d, enum date_style style, struct str *out,
    struct err *e)
{
	UErrorCode code = U_ZERO_ERROR;
	UChar text[TEXT_UNITS];
	int32_t n, skip = 0;

	if (f->date[style] == NULL)
		f->date[style] = open_date(f->locale, style, &code);
	if (U_FAILURE(code))
		return icu_failed(code, "date", e);
	n = udat_format(f->date[style], (UDate)d * DAY_MILLIS, text, TEXT_UNITS,
	    NULL, &code);
	if (U_FAILURE(code))
		return icu_failed(code, "date", e);
	/* CLDR has no « 1er », French has no « 1 mars ». */
	if (f->french && style == DATE_LONG && n > 1 && text[0] == '1' &&
	    text[1] == ' ') {
		str_puts(out, "1er");
		skip = 1;
	}
	return put_utf16(text + skip, n - skip, out, e);
}

int
formatter_date(struct formatter *f, date_t d, enum date_style style,
    struct str *out, struct err *e)
{
	struct date_text *t = &f->dates[style][(uint32_t)d % DATES];
	size_t from = out->len, n;

	assert(d != DATE_NONE);
	if (t->n > 0 && t->date == d) {
		str_put(out, t->text, t->n);
		return 0;
	}
	if (put_date(f, d, style, out, e) == -1)
		return -1;
	n = out->len - from;
	if (!out->over && n <= sizeof(t->text)) {
		memcpy(t->text, out->p + from, n);
		t->n = n;
		t->date = d;
	}
	return 0;
}

/* The number is a percentage already: ICU's own hundred is taken back. */
static void
open_rate(struct formatter *f, UErrorCode *code)
{
	f->rate = unum_open(UNUM_PERCENT, NULL, 0, f->locale, NULL, code);
	if (U_FAILURE(*code))
		return;
	unum_setAttribute(f->rate, UNUM_SCALE, -2);
	unum_setAttribute(f->rate, UNUM_MIN_FRACTION_DIGITS, 2);
	unum_setAttribute(f->rate, UNUM_MAX_FRACTION_DIGITS, RATE_DECIMALS);
}

int
formatter_rate(struct formatter *f, const char *percent, struct str *out,
    struct err *e)
{
	UErrorCode code = U_ZERO_ERROR;
	UChar text[TEXT_UNITS];
	int32_t n;

	if (f->rate == NULL)
		open_rate(f, &code);
	if (U_FAILURE(code))
		return icu_failed(code, "rate", e);
	n = unum_formatDecimal(f->rate, percent, (int32_t)strlen(percent), text,
	    TEXT_UNITS, NULL, &code);
	if (U_FAILURE(code))
		return err_set(e, ERR_DATA,
		    "'%.40s' is not a rate; write a percentage such as 12.15",
		    percent);
	return put_utf16(text, n, out, e);
}

int
format_money(struct money m, const char *lang, struct str *out, struct err *e)
{
	struct formatter *f;
	int rc;

	if (formatter_open(lang, &f, e) == -1)
		return -1;
	rc = formatter_money(f, m, out, e);
	formatter_close(f);
	return rc;
}

int
format_date(date_t d, const char *lang, enum date_style style, struct str *out,
    struct err *e)
{
	struct formatter *f;
	int rc;

	if (formatter_open(lang, &f, e) == -1)
		return -1;
	rc = formatter_date(f, d, style, out, e);
	formatter_close(f);
	return rc;
}
