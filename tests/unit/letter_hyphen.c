/*
 * Words and their cuts, held against the library the dictionaries are made
 * for. hyphen_find is ours because it opens a dictionary in no time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <hyphen.h>

#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "letter/hyphen.h"

struct word_case {
	const char *lang, *word;
	const char *want; /* a '-' at each cut */
};

static const struct word_case words[] = {
	{ "fr", "règlement", "rè-gle-ment" },
	{ "fr", "échéance,", "échéance," }, /* é- is one letter */
	{ "fr", "l’établissement ", "l’éta-blis-se-ment " },
	{ "fr", "«\u00a0conditions\u00a0»", "«\u00a0condi-tions\u00a0»" },
	{ "fr-CH", "demeure.", "de-meure." },
	{ "fr", "anticonstitutionnellement",
	    "an-ti-cons-ti-tu-tion-nel-le-ment" },
	{ "de", "Zahlungserinnerung", "Zah-lungs-er-in-ne-rung" },
	{ "de-CH", "Überweisung", "Über-wei-sung" },
	{ "de", "Donaudampfschifffahrtsgesellschaft",
	    "Do-nau-dampf-schiff-fahrts-ge-sell-schaft" },
	{ "de", "Straßenbau", "Stra-ßen-bau" },
	{ "de", "Geschäftsbedingungen", "Ge-schäfts-be-din-gun-gen" },
	{ "en", "reminder", "re-minder" },
	{ "en", "outstanding", "out-stand-ing" },
	{ "en-US", "outstanding", "out-stand-ing" },
	{ "nl", "betalingsherinnering", "be-ta-lings-her-in-ne-ring" },
	{ "it", "pagamento", "pa-ga-mento" },
	{ "es", "requerimiento", "re-que-ri-miento" },
	{ "fr", "règlement-facturation.", "rè-gle-ment-fac-tu-ra-tion." },
	/* never cut */
	{ "fr", "F2026-reglement", "F2026-reglement" },
	{ "fr", "compta@exemple.invalid", "compta@exemple.invalid" },
	{ "fr", "https://reglement.example", "https://reglement.example" },
	{ "fr", "reglement.example.com", "reglement.example.com" },
	{ "fr", "SOCIETE", "SOCIETE" },
	{ "fr", "été", "été" },
	{ "", "reglement", "reglement" },
	{ "ar", "reglement", "reglement" },
};

static void
test_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const struct word_case *c = &words[i];
		struct hyphen *h = hyphen_open(c->lang);
		size_t len = strlen(c->word), from = 0;
		struct hyphen_cuts cuts;
		struct str s;

		str_init(&s, 200);
		hyphen_find(h, c->word, len, &cuts);
		for (size_t k = 0; k < cuts.n; k++) {
			str_put(&s, c->word + from, cuts.at[k] - from);
			str_putc(&s, '-');
			from = cuts.at[k];
		}
		str_puts(&s, c->word + from);
		assert_string_equal(s.p, c->want);
		str_done(&s);
		hyphen_close(h);
	}
}

struct name_case {
	const char *lang, *word;
	bool name;
};

static const struct name_case names[] = {
	{ "fr", "d’Escampette ", true },
	{ "fr", "(escampette)", false },
	{ "en", "Reminders", true },
	{ "de", "Überweisung", false },
	{ "de", "Ormeçonberg", true },
	{ "de", "straßenbau", false },
};

static void
test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct hyphen *h = hyphen_open(names[i].lang);
		struct hyphen_cuts cuts;

		hyphen_find(h, names[i].word, strlen(names[i].word), &cuts);
		assert_int_equal(cuts.name, names[i].name);
		assert_true(cuts.n > 0);
		hyphen_close(h);
	}
}

/* ---- the library ---- */

struct oracle_case {
	const char *lang, *file;
	const char *const *words; /* in lower case, UTF-8 */
};

static const char *const french[] = { "abonnement", "acquitter", "adresse",
	"administration", "aujourd", "avertissement", "bénéficiaire",
	"certainement", "commerciales", "comptabilité", "correspondance",
	"coordonnées", "créancier", "débiteur", "dédommagement", "difficultés",
	"encaissement", "établissement", "facturation", "forfaitaire",
	"immédiatement", "indemnité", "intérêts", "majoration",
	"mécontentement", "modalités", "obligations", "paiement", "pénalités",
	"prélèvement", "procédure", "recouvrement", "réclamation",
	"règlementaire", "relance", "remboursement", "reconnaissance", "somme",
	"subsidiairement", "transmission", "versement", NULL };

static const char *const english[] = { "account", "acknowledgement",
	"administration", "arrangement", "commercial", "compensation",
	"correspondence", "creditor", "difficulties", "immediately",
	"instalment", "interest", "outstanding", "overdue", "payment",
	"proceedings", "recovery", "reference", "reminder", "statement",
	"transfer", "unfortunately", NULL };

static const char *const german[] = { "ansprechpartner", "bankverbindung",
	"bearbeitungsgebühr", "begleichung", "fälligkeit",
	"forderungsmanagement", "gläubiger", "kontonummer", "mahnung",
	"mahnverfahren", "rechnungsbetrag", "rechnungsnummer", "schuldner",
	"überweisung", "unverzüglich", "verzugszinsen", "zahlungseingang",
	"zahlungserinnerung", "zahlungsverzug", "ärgerlich", "straßenbahn",
	NULL };

static const struct oracle_case oracles[] = {
	{ "fr", "/usr/share/hyphen/hyph_fr.dic", french },
	{ "en", "/usr/share/hyphen/hyph_en_GB.dic", english },
	{ "de", "/usr/share/hyphen/hyph_de_DE.dic", german },
};

/* The library counts letters of UTF-8 and bytes of ISO 8859-1: letters. */
static void
oracle_cuts(HyphenDict *d, const char *word, struct hyphen_cuts *out)
{
	char bytes[100] = { 0 }, marks[110] = { 0 };
	const char *p = word;
	char **rep = NULL;
	int *pos = NULL, *cut = NULL;
	size_t n = 0, letter = 0;

	while (*p) {
		const char *from = p;
		uint32_t c = utf8_next(&p);

		if (!d->utf8) {
			bytes[n++] = (char)c;
			continue;
		}
		memcpy(bytes + n, from, (size_t)(p - from));
		n += (size_t)(p - from);
	}
	assert_int_equal(hnj_hyphen_hyphenate3(d, bytes, (int)n, marks, NULL,
			     &rep, &pos, &cut, 2, 3, 2, 2),
	    0);
	out->n = 0;
	for (p = word; *p; letter++) {
		(void)utf8_next(&p);
		if (marks[letter] % 2 == 1)
			out->at[out->n++] = (size_t)(p - word);
	}
	free(rep);
	free(pos);
	free(cut);
}

static void
test_library(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(oracles) / sizeof(oracles[0]); i++) {
		const struct oracle_case *o = &oracles[i];
		HyphenDict *d = hnj_hyphen_load(o->file);
		struct hyphen *h = hyphen_open(o->lang);

		assert_non_null(d);
		for (const char *const *w = o->words; *w; w++) {
			struct hyphen_cuts want, have;

			oracle_cuts(d, *w, &want);
			hyphen_find(h, *w, strlen(*w), &have);
			if (want.n != have.n)
				print_message("%s %s\n", o->lang, *w);
			assert_int_equal(want.n, have.n);
			assert_memory_equal(want.at, have.at,
			    want.n * sizeof(want.at[0]));
		}
		hnj_hyphen_free(d);
		hyphen_close(h);
	}
}

static void
test_check(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_int_equal(hyphen_check("fr", &e), 0);
	assert_int_equal(hyphen_check("tlh", &e), 0);
	assert_int_equal(hyphen_check("de-CH", &e), 0);
	/* Not one of those semonce asks for: there, or told of. */
	if (file_exists("/usr/share/hyphen/hyph_pt_PT.dic"))
		skip();
	assert_null(hyphen_open("pt"));
	assert_int_equal(hyphen_check("pt", &e), -1);
	assert_non_null(strstr(e.text, "install hyphen-pt-pt"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_library),
		cmocka_unit_test(test_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
