/*
 * The texts we ship: each expands with the data of a notice, also the poor
 * data of some debtors, and says what the law and the reader need.
 */
#include "letter_shown.h"

static const struct change changes[] = {
	{ NULL, "has_informational", "false" },
	{ NULL, "informational", "[]" },
	{ NULL, "previous", "null" },
	{ "creditor", "phone", "\"\"" },
	{ "creditor", "email", "\"\"" },
	{ "creditor", "hours", "\"\"" },
	{ "creditor", "signatory", "\"\"" },
	{ "creditor", "signatory_title", "\"\"" },
	{ "debtor", "is_public", "true" },
	{ "payment", "has_qr", "false" },
	{ "notice", "personal", "\"Merci *encore*.\"" },
	{ "notice", "deadline", "\"2026-03-26\"" },
	{ "totals", "paid", "{\"minor\":0,\"currency\":\"EUR\"}" },
};

static const struct block *
find(const struct block *b, enum block_kind kind)
{
	for (; b != NULL; b = b->next)
		if (b->kind == kind)
			return b;
	return NULL;
}

/* The cells of a row and, in *last, the last of them. */
static size_t
cells(const struct block *row, const struct block **last)
{
	size_t n = 0;

	for (*last = row->children; (*last)->next != NULL;
	     *last = (*last)->next)
		n++;
	return n + 1;
}

/* Rows of one width, the last one bold, with its sum at the right. */
static void
check_table(const struct block *table)
{
	const struct block *row = table->children, *last;
	size_t columns = cells(row, &last);

	for (; row->next != NULL; row = row->next)
		assert_int_equal(cells(row, &last), columns);
	assert_int_equal(cells(row, &last), columns);
	assert_int_equal(row->children->spans->style, STYLE_BOLD);
	assert_int_equal(last->spans->style, STYLE_BOLD);
	assert_int_equal(last->align, ALIGN_RIGHT);
}

static void
check_text(const struct choice *c, const json_t *data)
{
	const struct block *image, *table;
	struct shown t;

	if (text_open(&t, c, data) == -1)
		fail_msg("%s", t.text.path);
	assert_null(strstr(t.body.p, "{{"));
	assert_null(strstr(t.body.p, "}}"));
	table = find(t.root->children, BLOCK_TABLE);
	image = find(t.root->children, BLOCK_IMAGE);
	if (is_named(c, "remerciement")) {
		assert_null(table);
		assert_null(image);
	} else {
		/* instalments are paid one by one: no symbol for the sum */
		assert_true(image != NULL || is_named(c, "echeancier"));
		assert_non_null(table);
		check_table(table);
	}
	if (image != NULL) {
		assert_string_equal(image->target, "qr:pay");
		assert_true((strstr(image->alt, "QR") != NULL) ==
		    json_is_true(json_object_get(json_object_get(data,
						     "payment"),
			"has_qr")));
	}
	text_close(&t);
}

/* All data, each change alone, all changes at once. */
static void
test_data(void **state)
{
	struct choice c;

	(void)state;
	for (size_t i = 0; choice_at(i, &c); i++) {
		for (size_t which = 0; which < N(changes) + 2; which++) {
			json_t *data = load_data();

			for (size_t k = 0; k < N(changes); k++)
				if (which == k || which == N(changes))
					apply(data, &changes[k]);
			check_text(&c, data);
			json_decref(data);
		}
	}
}

/*
 * What a letter must not guess: no formal notice without its days, no debt
 * called settled without the balance, no agent without a name.
 */
static void
test_needs(void **state)
{
	static const struct {
		struct change none;
		const char *name;
	} rows[] = {
		{ { "notice", "days", "null" }, "mise-en-demeure" },
		{ { "totals", "open", "null" }, "remerciement" },
		{ { "agent", "name", "null" }, "transmission" },
		{ { NULL, "instalments_total", "null" }, "echeancier" },
	};
	struct choice c;

	(void)state;
	for (size_t r = 0; r < N(rows); r++) {
		json_t *data = load_data();

		apply(data, &rows[r].none);
		for (size_t i = 0; choice_at(i, &c); i++) {
			struct shown t;

			if (!is_named(&c, rows[r].name))
				continue;
			assert_int_equal(text_open(&t, &c, data), -1);
			text_close(&t);
		}
		json_decref(data);
	}
}

/* Whom to call, and who signs; article 1344 is for French readers. */
static void
check_words(const struct choice *c, const char *subject, const char *all)
{
	bool formal = is_named(c, "mise-en-demeure");
	bool asks =
	    !is_named(c, "remerciement") && !is_named(c, "transmission");

	assert_int_equal(strstr(subject, "MISE EN DEMEURE") != NULL, formal);
	assert_non_null(strstr(subject, "F2026-0101"));
	assert_int_equal(strstr(all, "8\u00a0") != NULL, formal);
	assert_int_equal(strstr(all, "1344") != NULL,
	    formal && strcmp(c->lang, "fr") == 0);
	if (asks) {
		assert_non_null(strstr(all,
		    "04\u00a000\u00a000\u00a000\u00a000"));
		assert_non_null(strstr(all, "compta@valcourbe.example.com"));
	}
	assert_non_null(strstr(all,
	    "\nCamille Ormeçon\nService comptabilité clients\n"));
	assert_null(strstr(all, "  "));
}

/* A formal notice makes a consumer's interest run (C. civ. art. 1344-1). */
static bool
may_say(const struct choice *c, const char *word)
{
	return c->consumer && is_named(c, "mise-en-demeure") &&
	    strcmp(word, "intérêt") == 0;
}

static void
test_words(void **state)
{
	/* what no letter speaks of while there is none, in any language */
	static const char *const never[] = { "intérêt", "Intérêt", "indemnité",
		"pénalité", "frais", "L441", "L. 441", "L.441", "D. 441",
		"interest", "fee", "penalt", "Zinsen", "Gebühr", "Verzugs",
		"pénal", "huissier", "saisie", "Inkasso", "Rente", "kosten",
		"Interessi", "spese", "Intereses", "gastos", "Costes" };
	json_t *data = load_data();
	struct choice c;

	(void)state;
	for (size_t i = 0; choice_at(i, &c); i++) {
		struct str subject, all;

		text_words(&c, data, &subject, &all);
		for (size_t k = 0; k < N(never); k++)
			if (strstr(all.p, never[k]) != NULL &&
			    !may_say(&c, never[k]))
				fail_msg("%s: %s", c.name, never[k]);
		check_words(&c, subject.p, all.p);
		str_done(&subject);
		str_done(&all);
	}
	json_decref(data);
}

/* Interest alone: its first day, its rate, whether from the due dates. */
#define CLAIMED(from, rate, from_due)                                        \
	"{\"has_interest\":true,\"has_fee\":false,\"from\":" from            \
	",\"from_due\":" from_due ",\"until\":\"2026-03-18\",\"rate\":" rate \
	",\"per_day\":{\"minor\":41,\"currency\":\"EUR\"},"                  \
	"\"year_days\":365,\"interest_law\":\"§ 7\",\"fee_law\":\"\","      \
	"\"fee_count\":0,\"fee_each\":null}"

/* What one change to the data does to the words of formal texts. */
static const struct {
	struct change change;
	const char *lang, *name, *want, *never;
} poor[] = {
	{ { "creditor", "signatory", "\"\"" }, NULL, NULL,
	    "\nAteliers Valcourbe\n", "Camille" },
	{ { "creditor", "signatory_title", "\"\"" }, NULL, NULL,
	    "\nCamille Ormeçon\n", "clients" },
	{ { "creditor", "phone", "\"\"" }, "fr", "relance-1",
	    "nous sommes à votre écoute par courriel à compta@", " au 04" },
	{ { "creditor", "email", "\"\"" }, "fr", "relance-1",
	    "\u00a000 (du lundi au vendredi, de 9 h à 12 h). Un", "compta@" },
	{ { "creditor", "hours", "\"\"" }, "fr", "mise-en-demeure",
	    " au 04\u00a000\u00a000\u00a000\u00a000 ou par courriel à compta@",
	    "(du" },
	{ { "creditor", "contact", "\"Ada Lovelace\"" }, "fr", "relance-3",
	    ", Ada Lovelace est à votre écoute", "nous sommes" },
	{ { "payment", "methods_label", "\"chèque\"" }, "fr", "relance-1",
	    "Moyens de paiement acceptés\u00a0: chèque.", "en ligne" },
	{ { "payment", "link", "\"https://pay.example.com/1\"" }, "fr",
	    "relance-1", "payer en ligne", "Moyens" },
	{ { "totals", "open", "{\"minor\":0,\"currency\":\"EUR\"}" }, "fr",
	    "remerciement", "est soldé", "Il reste" },
	{ { NULL, "mediator", "null" }, "fr", "mediation",
	    "Médiateur des entreprises", "Médiation fictive" },
	{ { "previous", "date", "\"2026-03-04\"" }, "fr", "relance-2",
	    "malgré notre rappel du 4 mars 2026, ", "précédent" },
	{ { NULL, "previous", "null" }, "fr", "relance-2",
	    "malgré notre précédent rappel, ", " du 3 mars" },
	/* no order for payment against the public purse */
	{ { "debtor", "is_public", "true" }, "fr", "mise-en-demeure",
	    "saisir la juridiction compétente, tous", "injonction" },
	{ { "debtor", "is_public", "false" }, "fr", "mise-en-demeure",
	    "requête en injonction de payer (articles\u00a01405 et "
	    "suivants du code de procédure civile), tous",
	    "frais" },
	{ { "creditor", "phone", "\"\"" }, "en", "relance-1",
	    "please contact us by email at compta@", " on 04" },
	{ { "creditor", "email", "\"\"" }, "en", "relance-1",
	    "please contact us on 04", "compta@" },
	{ { "creditor", "contact", "\"Ada Lovelace\"" }, "en", "relance-2",
	    " Ada Lovelace on 04", "contact us" },
	{ { "payment", "methods_label", "\"cheque\"" }, "en", "relance-1",
	    "We accept payment by cheque.", "online" },
	{ { "payment", "link", "\"https://pay.example.com/1\"" }, "en",
	    "relance-1", "You can also pay online.", "We accept" },
	{ { "totals", "open", "{\"minor\":0,\"currency\":\"EUR\"}" }, "en",
	    "remerciement", " in full", "remains" },
	{ { "creditor", "phone", "\"\"" }, "de", "relance-1",
	    "bitte an uns, compta@", "Telefon" },
	{ { NULL, "previous", "null" }, "de", "relance-2",
	    "auf unsere Erinnerung haben wir", " vom 3. März" },
	{ { "creditor", "contact", "\"Ada Lovelace\"" }, "de", "relance-2",
	    "an Ada Lovelace, Telefon 04", "an uns" },
	{ { NULL, "claims", CLAIMED("null", "\"12.15\"", "true") }, "en",
	    "relance-2",
	    "Late-payment interest (§ 7): since the day after each due "
	    "date, at a rate of currently 12.15% a year, it amounts to "
	    "€0.00 up to 18 March 2026 and grows by €0.41 a day",
	    "recovery" },
	{ { NULL, "claims", CLAIMED("\"2026-03-01\"", "null", "true") }, "fr",
	    "mise-en-demeure",
	    "Intérêts de retard (§ 7)\u00a0: exigibles depuis le "
	    "1er mars 2026, aux taux annuels indiqués en annexe, ils s’élèvent au 18 mars 2026 à 0,00\u00a0€ et "
	    "augmentent de 0,41\u00a0€ par jour jusqu’au paiement.",
	    "lendemain" },
	{ { NULL, "claims", CLAIMED("null", "null", "false") }, "de",
	    "mise-en-demeure",
	    "Verzugszinsen (§ 7): Seit den in der Anlage genannten Tagen "
	    "sind zu den in der Anlage genannten Zinssätzen bis zum 18. März 2026 insgesamt 0,00\u00a0€ aufgelaufen",
	    "jeweiligen" },
	{ { "creditor", "phone", "\"\"" }, "nl", "relance-1",
	    "contact op met ons, compta@", "telefoon" },
	{ { "creditor", "email", "\"\"" }, "it", "relance-1",
	    "a noi, telefono 04", "compta@" },
	{ { "payment", "link", "\"https://pay.example.com/1\"" }, "es",
	    "relance-1", "puede pagar en línea.", "Medios" },
};

static void
test_poor_data(void **state)
{
	struct choice c;

	(void)state;
	for (size_t i = 0; choice_at(i, &c); i++) {
		for (size_t r = 0; r < N(poor); r++) {
			struct str subject, all;
			json_t *data;

			if ((poor[r].lang != NULL &&
				(strcmp(poor[r].lang, c.lang) != 0 ||
				    strcmp(c.tone, "formal") != 0)) ||
			    (poor[r].name != NULL &&
				!is_named(&c, poor[r].name)) ||
			    (c.consumer && poor[r].name != NULL))
				continue;
			data = load_data();
			apply(data, &poor[r].change);
			text_words(&c, data, &subject, &all);
			if (strstr(all.p, poor[r].want) == NULL ||
			    strstr(all.p, poor[r].never) != NULL)
				fail_msg("%s %s %s: not '%s', or '%s' in\n%s",
				    c.lang, c.tone, c.name, poor[r].want,
				    poor[r].never, all.p);
			str_done(&subject);
			str_done(&all);
			json_decref(data);
		}
	}
}

/* Both wordings of the subject of all that reminds. */
static void
test_subjects(void **state)
{
	static const struct change asked = { "notice", "action_required",
		"true" };
	static const struct {
		const char *lang, *action;
	} rows[] = {
		{ "fr", "Action requise" },
		{ "en", "Action required" },
		{ "de", "Handlungsbedarf" },
		{ "nl", "Actie vereist" },
		{ "it", "Azione richiesta" },
		{ "es", "Acción requerida" },
	};
	json_t *data = load_data(), *action = load_data();
	struct choice c;

	(void)state;
	apply(action, &asked);
	for (size_t i = 0; choice_at(i, &c); i++) {
		for (size_t r = 0; r < N(rows); r++) {
			bool reminds = strncmp(c.name, "relance", 7) == 0;
			struct shown plain, strong;

			/* a word before the due date may be either */
			if (strcmp(c.lang, rows[r].lang) != 0 ||
			    is_named(&c, "prevenance"))
				continue;
			assert_int_equal(text_open(&plain, &c, data), 0);
			assert_int_equal(text_open(&strong, &c, action), 0);
			assert_null(strstr(plain.subject.p, rows[r].action));
			assert_int_equal(strstr(strong.subject.p,
					     rows[r].action) != NULL,
			    reminds);
			text_close(&plain);
			text_close(&strong);
		}
	}
	json_decref(data);
	json_decref(action);
}

/* An end of an amount, with the point or the comma of the language. */
static bool
shows(const char *all, const char *with_point, const char *with_comma)
{
	return strstr(all, with_point) != NULL ||
	    strstr(all, with_comma) != NULL;
}

/*
 * What no letter says whatever is claimed: an article of commerce that its
 * data do not name, and that it would interrupt prescription, for it does not
 * (Cass. com. 18 May 2022, 20-23.204).
 */
static void
check_never(const struct choice *c, const char *all)
{
	static const char *const never[] = { "441", "prescri", "interromp",
		"Verjährung", "limitation", "verjaring", "stuit" };

	for (size_t i = 0; i < N(never); i++)
		if (strcasestr(all, never[i]) != NULL)
			fail_msg("%s %s %s: %s", c->lang, c->tone, c->name,
			    never[i]);
}

/* Interest and fee are shown where they are asked for, as the sum is. */
static void
test_claims(void **state)
{
	static const struct change claims[] = {
		{ "totals", "interest",
		    "{\"minor\":1234,\"currency\":\"EUR\"}" },
		{ "totals", "fee", "{\"minor\":8123,\"currency\":\"EUR\"}" },
		{ "totals", "total",
		    "{\"minor\":987654,\"currency\":\"EUR\"}" },
		{ NULL, "claims", CLAIMED("null", "null", "true") },
	};
	json_t *data = load_data(), *all_claims;
	struct choice c;

	(void)state;
	for (size_t i = 0; i < N(claims); i++)
		apply(data, &claims[i]);
	all_claims = json_object_get(data, "claims");
	for (size_t i = 0; choice_at(i, &c); i++) {
		struct str subject, all;
		bool late = !is_named(&c, "prevenance") &&
		    !is_named(&c, "echeancier") &&
		    !is_named(&c, "remerciement");

		if (!late)
			continue;
		(void)json_object_set_new(all_claims, "has_fee",
		    json_boolean(!c.consumer));
		text_words(&c, data, &subject, &all);
		check_never(&c, all.p);
		assert_true(shows(all.p, "12.34", "12,34"));
		assert_int_equal(shows(all.p, "81.23", "81,23"), !c.consumer);
		assert_true(shows(all.p, "76.54", "76,54"));
		str_done(&subject);
		str_done(&all);
	}
	json_decref(data);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_needs),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_poor_data),
		cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_claims),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
