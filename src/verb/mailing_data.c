/* What a row of a mailing lacks to be the data of a letter. */
#include <string.h>

#include "verb/json.h"
#include "verb/mailing.h"
#include "verb/notice_data.h"
#include "verb/notice_words.h"

static const char *
text(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s != NULL ? s : "";
}

/* The columns of debtors.csv. */
static int
set_debtor(json_t *data, const struct config *config, struct arena *a,
    struct err *e)
{
	const char *home = config->creditor.country;
	struct debtor d = {
		.code = text(data, "code"),
		.name = text(data, "name"),
		.language = text(data, "language"),
		.address = { text(data, "line1"), text(data, "line2"),
		    text(data, "line3") },
		.postcode = text(data, "postcode"),
		.city = text(data, "city"),
		.country = text(data, "country")[0] != '\0'
		    ? text(data, "country")
		    : home,
	};

	json_t *debtor;
	bool said;

	if (json_debtor_kind(data, &d.kind, &said, e) != 0)
		return -1;
	if (d.name[0] == '\0' || d.city[0] == '\0')
		return err_set(e, ERR_DATA,
		    "no %s: nobody can be written to without name and city",
		    d.name[0] == '\0' ? "name" : "city");
	debtor =
	    notice_debtor(&d, words_language(&d, config->language), home, a);
	if (!said)
		(void)json_object_del(debtor, "kind");
	return json_object_set_new(data, "debtor", debtor);
}

/* A debtor given as such; in CSV as columns debtor.name and so on. */
static int
complete_debtor(json_t *debtor, const struct config *config)
{
	const char *lang = text(debtor, "language");

	if (lang[0] == '\0')
		lang = config->language;
	if (json_object_get(debtor, "greeting") == NULL)
		(void)json_object_set_new(debtor, "greeting",
		    json_string(words_greeting(lang)));
	return json_object_set_new(debtor, "language", json_string(lang));
}

int
mailing_complete(json_t *data, const struct config *config, const char *date,
    struct arena *a, struct err *e)
{
	json_t *debtor = json_object_get(data, "debtor"), *notice;
	int rc;

	if (json_is_object(debtor))
		rc = complete_debtor(debtor, config);
	else
		rc = set_debtor(data, config, a, e);
	if (rc != 0)
		return -1;
	if (json_object_get(data, "creditor") == NULL &&
	    config->creditor.name != NULL && config->creditor.name[0] != '\0')
		(void)json_object_set_new(data, "creditor",
		    notice_creditor(config,
			text(json_object_get(data, "debtor"), "language"), a));
	notice = json_object_get(data, "notice");
	if (!json_is_object(notice)) {
		notice = json_object();
		(void)json_object_set_new(data, "notice", notice);
	}
	if (text(notice, "date")[0] == '\0')
		(void)json_object_set_new(notice, "date", json_string(date));
	if (text(notice, "tone")[0] == '\0')
		(void)json_object_set_new(notice, "tone",
		    json_string(config->tone));
	return 0;
}
