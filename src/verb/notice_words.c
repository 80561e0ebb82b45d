#include "verb/notice_words.h"

#include <assert.h>
#include <string.h>
#include <unicode/ulistformatter.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/str.h"

#define NAMED_INVOICES 2
#define FILE_NAME_MAX  80
#define WORD_OR_MAX    16 /* UTF-16 units that a language puts between two */

/* Means of payment that have a word in each language. */
enum method {
	METHOD_TRANSFER,
	METHOD_CHEQUE,
	METHOD_CARD,
	METHOD_DIRECT_DEBIT,
	METHOD_CASH,
	METHODS
};

struct language {
	const char *code, *greeting;
	const char *invoice, *invoices; /* one, several */
	const char *and;
	const char *methods[METHODS];
};

static const struct language languages[] = {
	{ "fr", "Madame, Monsieur", "facture", "factures", "et",
	    { "virement", "chèque", "carte bancaire", "prélèvement",
		"espèces" } },
	{ "de", "Sehr geehrte Damen und Herren", "Rechnung", "Rechnungen",
	    "und",
	    { "Überweisung", "Scheck", "Karte", "Lastschrift", "Barzahlung" } },
	{ "en", "Dear Sir or Madam", "invoice", "invoices", "and",
	    { "bank transfer", "cheque", "card", "direct debit", "cash" } },
	{ "nl", "Geachte heer, mevrouw", "factuur", "facturen", "en",
	    { "overschrijving", "cheque", "kaart", "automatische incasso",
		"contant geld" } },
	{ "it", "Gentile Cliente", "fattura", "fatture", "e",
	    { "bonifico", "assegno", "carta", "addebito diretto",
		"contanti" } },
	{ "es", "Estimado cliente", "factura", "facturas", "y",
	    { "transferencia", "cheque", "tarjeta", "domiciliación",
		"efectivo" } },
};

#define LANGUAGES (sizeof(languages) / sizeof(languages[0]))

static const struct language *
find(const char *lang)
{
	for (size_t i = 0; i < LANGUAGES; i++)
		if (strncmp(languages[i].code, lang, 2) == 0 &&
		    (lang[2] == '\0' || lang[2] == '-'))
			return &languages[i];
	return NULL;
}

const char *
words_language(const struct debtor *d, const char *fallback)
{
	const struct language *l = find(d->language);

	return l != NULL ? l->code : fallback;
}

const char *
words_greeting(const char *lang)
{
	const struct language *l = find(lang);

	return l != NULL ? l->greeting : languages[0].greeting;
}

const char *
words_invoice(const char *number, const char *lang, struct arena *a)
{
	const struct language *l = find(lang);
	char *words;

	if (l == NULL)
		l = &languages[0];
	words = arena_fmt(a, "%s %s", l->invoice, number);
	if (words[0] >= 'a' && words[0] <= 'z')
		words[0] -= 'a' - 'A';
	return words;
}

/* The demanded invoices, each number once. */
static size_t
demanded_numbers(const struct notice *n, struct arena *a, const char ***out)
{
	const char **numbers = arena_array(a, n->n_lines, sizeof(*numbers));
	size_t count = 0;

	for (size_t i = 0; i < n->n_lines; i++) {
		bool seen = n->lines[i].role != LINE_DEMANDED;

		for (size_t k = 0; !seen && k < count; k++)
			seen = strcmp(numbers[k], n->lines[i].invoice) == 0;
		if (!seen)
			numbers[count++] = n->lines[i].invoice;
	}
	*out = numbers;
	return count;
}

const char *
words_numbers(const char *const *numbers, size_t n, const char *lang,
    struct arena *a)
{
	const struct language *l = find(lang);

	if (n == 0)
		return "";
	if (l == NULL)
		l = &languages[0];
	if (n == 1)
		return arena_fmt(a, "%s %s", l->invoice, numbers[0]);
	if (n <= NAMED_INVOICES)
		return arena_fmt(a, "%s %s %s %s", l->invoices, numbers[0],
		    l->and, numbers[1]);
	return arena_fmt(a, "%zu %s", n, l->invoices);
}

const char *
words_invoices(const struct notice *n, const char *lang, struct arena *a)
{
	const char **numbers;
	size_t count = demanded_numbers(n, a, &numbers);

	return words_numbers(numbers, count, lang, a);
}

const char *
words_method(const char *method, const char *lang, bool ours)
{
	const struct language *l = find(lang);

	for (size_t i = 0; i < LANGUAGES * METHODS; i++)
		if (l != NULL &&
		    strcmp(languages[i / METHODS].methods[i % METHODS],
			method) == 0)
			return l->methods[i % METHODS];
	return ours ? method : NULL;
}

const char *
words_or(const char *const *words, size_t n, const char *lang, struct arena *a)
{
	UErrorCode status = U_ZERO_ERROR;
	const UChar **from = arena_array(a, n, sizeof(*from));
	int32_t *lengths = arena_array(a, n, sizeof(*lengths)), size = 0;
	UListFormatter *format;
	UChar *to;
	char *out;

	for (size_t i = 0; i < n; i++) {
		int32_t most = (int32_t)strlen(words[i]) + 1;

		to = arena_array(a, (size_t)most, sizeof(*to));
		(void)u_strFromUTF8(to, most, &lengths[i], words[i], -1,
		    &status);
		from[i] = to;
		size += most + WORD_OR_MAX;
	}
	to = arena_array(a, (size_t)size + 1, sizeof(*to));
	out = arena_alloc(a, 3 * (size_t)size + 1);
	format = ulistfmt_openForType(lang, ULISTFMT_TYPE_OR,
	    ULISTFMT_WIDTH_WIDE, &status);
	size = ulistfmt_format(format, from, lengths, (int32_t)n, to, size + 1,
	    &status);
	(void)u_strToUTF8(out, 3 * size + 1, NULL, to, size, &status);
	ulistfmt_close(format);
	assert(U_SUCCESS(status));
	return out;
}

/* In capitals, with their accents, as French post wants the last lines. */
static const char *
capitals(const char *s, const char *country, struct arena *a)
{
	UChar from[256], to[256];
	char out[512];
	int32_t n = 0;
	UErrorCode status = U_ZERO_ERROR;

	(void)u_strFromUTF8(from, 256, &n, s, -1, &status);
	n = u_strToUpper(to, 256, from, n, country, &status);
	(void)u_strToUTF8(out, sizeof(out), NULL, to, n, &status);
	return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING
	    ? arena_str(a, out)
	    : s;
}

/* The country's name in the language of the country of posting. */
static const char *
country_name(const char *country, const char *home, struct arena *a)
{
	bool german = strcmp(home, "DE") == 0 || strcmp(home, "AT") == 0;
	const char *lang = german ? "de" : "fr";
	UChar name[128];
	char out[384];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n;

	n = uloc_getDisplayCountry(arena_fmt(a, "und_%s", country), lang, name,
	    128, &status);
	(void)u_strToUTF8(out, sizeof(out), NULL, name, n, &status);
	return U_SUCCESS(status) ? capitals(arena_str(a, out), lang, a)
				 : country;
}

const char *
words_country(const struct debtor *d, const char *home)
{
	return d->country[0] != '\0' ? d->country : home;
}

size_t
words_address(const struct debtor *d, const char *home, struct arena *a,
    const char *lines[ADDRESS_LINES])
{
	const char *town;
	size_t n = 0;

	lines[n++] = d->name;
	for (size_t i = 0; i < DEBTOR_LINES; i++)
		if (d->address[i][0] != '\0')
			lines[n++] = d->address[i];
	town = capitals(d->city, "", a);
	if (strcmp(words_country(d, home), "GB") == 0)
		lines[n++] = arena_fmt(a, "%s %s", town, d->postcode);
	else
		lines[n++] = arena_fmt(a, "%s%s%s", d->postcode,
		    d->postcode[0] != '\0' ? " " : "", town);
	if (strcmp(words_country(d, home), home) != 0)
		lines[n++] = country_name(d->country, home, a);
	return n;
}

const char *
words_town(const struct creditor *c, struct arena *a)
{
	const char *last = c->address[c->n_address - 1];

	last += strspn(last, "0123456789 -");
	return arena_str(a, last);
}

static bool
is_plain(UChar c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

const char *
words_file_name(const char *title, const char *fallback, struct arena *a)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar from[1024], to[2048];
	char *name = arena_alloc(a, FILE_NAME_MAX + 1);
	int32_t n = 0;
	size_t k = 0;

	(void)u_strFromUTF8(from, 1024, &n, title, -1, &status);
	n = unorm2_normalize(unorm2_getNFKDInstance(&status), from, n, to, 2048,
	    &status);
	if (U_FAILURE(status))
		return fallback;
	for (int32_t i = 0; i < n && k < FILE_NAME_MAX; i++)
		if (is_plain(to[i]))
			name[k++] = (char)to[i];
		else if (k > 0 && name[k - 1] != '-' &&
		    u_charType(to[i]) != U_NON_SPACING_MARK)
			name[k++] = '-';
	while (k > 0 && name[k - 1] == '-')
		k--;
	name[k] = '\0';
	return k > 0 ? name : fallback;
}
