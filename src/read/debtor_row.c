#include <stdio.h>
#include <string.h>

#include "read/tables.h"

enum {
	CODE,
	NAME,
	KIND,
	PROFILE,
	LANGUAGE,
	EMAIL,
	PHONE,
	LINE1,
	LINE2,
	LINE3,
	POSTCODE,
	CITY,
	COUNTRY,
	REGISTRATION,
	VAT,
	CHANNEL
};

static const struct column columns[] = {
	[CODE] = { .name = "code", .required = true },
	[NAME] = { .name = "name", .required = true },
	[KIND] = { .name = "kind", .required = true },
	[PROFILE] = { .name = "profile" },
	[LANGUAGE] = { .name = "language" },
	[EMAIL] = { .name = "email" },
	[PHONE] = { .name = "phone" },
	[LINE1] = { .name = "line1" },
	[LINE2] = { .name = "line2" },
	[LINE3] = { .name = "line3" },
	[POSTCODE] = { .name = "postcode" },
	[CITY] = { .name = "city" },
	[COUNTRY] = { .name = "country" },
	[REGISTRATION] = { .name = "registration" },
	[VAT] = { .name = "vat" },
	[CHANNEL] = { .name = "channel" },
};

const struct table debtors_table = {
	.kind = RECORD_DEBTORS,
	.what = "debtors",
	.columns = columns,
	.n = sizeof(columns) / sizeof(columns[0]),
};

static const char *const kinds[] = {
	[DEBTOR_BUSINESS] = "business",
	[DEBTOR_CONSUMER] = "consumer",
	[DEBTOR_PUBLIC] = "public",
	NULL,
};

static const char *const channels[] = {
	[CHANNEL_NONE] = "",
	[CHANNEL_EMAIL] = "email",
	[CHANNEL_PRINT] = "print",
	[CHANNEL_REGISTERED] = "registered",
	NULL,
};

/*
 * One @ with something on both sides, and nothing that could make it two
 * addresses or another header. Whether it exists, only the mail shows.
 */
static bool
is_email(const char *s)
{
	const char *at = strchr(s, '@');

	return at != NULL && at != s && at[1] != '\0' &&
	    strchr(at + 1, '@') == NULL && strpbrk(s, " ,;<>\"()\\") == NULL;
}

/* "fr", "de-CH" */
static bool
is_language(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz");

	if (n != 2 && n != 3)
		return false;
	return s[n] == '\0' ||
	    (s[n] == '-' && strlen(s) == n + 3 &&
		strspn(s + n + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2);
}

static bool
is_country(const char *s)
{
	return strlen(s) == 2 && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2;
}

static int
read_texts(const struct line *l, struct debtor *d, struct err *e)
{
	const struct {
		size_t column;
		const char **to;
	} texts[] = {
		{ CODE, &d->code },
		{ NAME, &d->name },
		{ PROFILE, &d->profile },
		{ LANGUAGE, &d->language },
		{ EMAIL, &d->email },
		{ PHONE, &d->phone },
		{ LINE1, &d->address[0] },
		{ LINE2, &d->address[1] },
		{ LINE3, &d->address[2] },
		{ POSTCODE, &d->postcode },
		{ CITY, &d->city },
		{ COUNTRY, &d->country },
		{ REGISTRATION, &d->registration },
		{ VAT, &d->vat },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (cell_text(l, texts[i].column, texts[i].to, e) != 0)
			return -1;
	}
	return 0;
}

/* What a legal text depends on is never guessed. */
static int
read_words(const struct line *l, struct debtor *d, struct err *e)
{
	int word = cell_word(l, KIND, kinds, -1, e);

	if (word == -1)
		return -1;
	d->kind = (enum debtor_kind)word;
	word = cell_word(l, CHANNEL, channels + 1, -2, e);
	if (word == -1)
		return -1;
	d->channel = word == -2 ? CHANNEL_NONE : (enum channel)(word + 1);
	return 0;
}

int
debtor_read(const struct line *l, struct debtor *out, struct err *e)
{
	struct debtor d = { .line = l->row->line };

	if (read_texts(l, &d, e) != 0 || read_words(l, &d, e) != 0)
		return -1;
	if (d.language[0] != '\0' && !is_language(d.language))
		return cell_bad(l, LANGUAGE, "language",
		    "use a code of ISO 639 such as fr", e);
	if (d.country[0] != '\0' && !is_country(d.country))
		return cell_bad(l, COUNTRY, "country",
		    "use a code of ISO 3166 such as FR", e);
	if (d.email[0] != '\0' && !is_email(d.email))
		return cell_bad(l, EMAIL, "address",
		    "write one address such as name@example.com", e);
	d.notes = line_notes(l);
	*out = d;
	return 0;
}
