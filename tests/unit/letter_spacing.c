/* Where a plain space becomes another: '~' is U+00A0, '_' is U+202F. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/utf8.h"
#include "letter/spacing.h"

struct text_case {
	const char *lang, *text, *want;
};

static const struct text_case cases[] = {
	/* marks */
	{ "fr", "Rappel : la somme ; due ! Quand ?",
	    "Rappel~: la somme_; due_! Quand_?" },
	{ "fr-CH", "Rappel : dû", "Rappel~: dû" },
	{ "fr", "« Rappel » : « été »", "«~Rappel~»~: «~été~»" },
	{ "fr", "Quoi ?! (oui !) « Ah ! » fin",
	    "Quoi_?! (oui_!) «~Ah_!~» fin" },
	{ "fr", "Rappel: dû; été", "Rappel: dû; été" },
	{ "fr", "à 10:30 :a ?b", "à 10:30 :a ?b" },
	{ "fr", "«Rappel»", "«Rappel»" },
	{ "fr", "déjà\u00a0: vu\u202f; là", "déjà~: vu_; là" },
	{ "fr", "deux  : espaces", "deux  : espaces" },
	{ "fr", " : ", " : " },
	/* numbers */
	{ "fr", "12,5 % de 30 € HT en € ou %", "12,5~% de 30~€ HT en € ou %" },
	{ "fr", "1 234 567,89 € et 12 000 km", "1_234_567,89~€ et 12_000 km" },
	{ "fr", "SIRET 123 456 789 00012", "SIRET 123 456 789 00012" },
	{ "fr", "RCS 123 456 789", "RCS 123_456_789" },
	{ "fr", "04 00 00 00 00, 0 800 123 456, +33 123 456 789",
	    "04 00 00 00 00, 0 800 123 456, +33 123 456 789" },
	{ "fr", "FR76 3000 6000 0112", "FR76 3000 6000 0112" },
	{ "fr", "F2026 123 et A-12 345 b", "F2026 123 et A-12 345 b" },
	{ "fr", "en 2026 100 lettres", "en 2026 100 lettres" },
	{ "fr", "sous 8 jours, à 9 h 30, 3 mois",
	    "sous 8~jours, à 9~h 30, 3~mois" },
	{ "fr", "F12-8 jours F8 jours", "F12-8 jours F8 jours" },
	{ "fr", "8 journaux", "8 journaux" },
	/* words */
	{ "fr", "le 1er mars 2026 et le 18 mars",
	    "le 1er~mars 2026 et le 18~mars" },
	{ "fr", "premier mars, pour mars", "premier mars, pour mars" },
	{ "fr", "l’art. L. 441-10, facture n° 5, (n° 6)",
	    "l’art. L.~441-10, facture n°~5, (n°~6)" },
	{ "fr", "art. 5, p. 3, fin. 5", "art.~5, p.~3, fin. 5" },
	{ "fr", "M. Dupont, Mme Élise, Me Roc et M. de Roc",
	    "M.~Dupont, Mme~Élise, Me~Roc et M. de Roc" },
	{ "fr", "S.A.M. Dupont, Homme Noir", "S.A.M. Dupont, Homme Noir" },
	{ "de", "z. B. nach § 286 Abs. 2 Nr. 5 BGB, d. h. am 18. März",
	    "z._B. nach §~286 Abs.~2 Nr.~5 BGB, d._h. am 18.~März" },
	{ "de", "5 % in 14 Tagen, 30 € : ja", "5~% in 14~Tagen, 30~€ : ja" },
	{ "de", "Nr. A, Dr. Roth, den 18. mai",
	    "Nr. A, Dr.~Roth, den 18. mai" },
	{ "en", "no. 5, £ 5, Mr Dole, 18 March 2026, 5 days : no",
	    "no.~5, £~5, Mr~Dole, 18~March 2026, 5~days : no" },
	{ "en-US", "Say no. 5 days", "Say no.~5~days" },
	{ "nl", "nr. 5, € 5, 18 maart", "nr.~5, €~5, 18~maart" },
	{ "it", "n. 5, art. 3, 18 marzo", "n.~5, art.~3, 18~marzo" },
	{ "es", "n.º 5, Sra. Roca, 5 días", "n.º~5, Sra.~Roca, 5~días" },
	{ "pl", "nr 5 % :", "nr 5 % :" },
	{ "", "5 % :", "5 % :" },
};

static void
show(const char *text, struct str *out)
{
	str_clear(out);
	while (*text) {
		uint32_t c = utf8_next(&text);

		utf8_put(out, c == 0xa0 ? '~' : c == 0x202f ? '_' : c);
	}
}

static void
test_cases(void **state)
{
	struct arena *a = arena_new();
	struct str s;

	(void)state;
	str_init(&s, 1000);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct text_case *c = &cases[i];
		const char *text =
		    spacing_text(c->text, c->lang, SPACING_PAGE, a);

		show(text, &s);
		assert_string_equal(s.p, c->want);
		/* It is done once. */
		assert_string_equal(spacing_text(text, c->lang, SPACING_PAGE,
					a),
		    text);
		if (strcmp(c->text, text) == 0)
			assert_ptr_equal(text, c->text);
	}
	str_done(&s);
	arena_free(a);
}

static void
test_mail(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(spacing_text("1 234 € ; « oui »", "fr",
				SPACING_MAIL, a),
	    "1\u00a0234\u00a0€\u00a0; «\u00a0oui\u00a0»");
	arena_free(a);
}

/* Both sides of a space count whatever they look like, but not in code. */
static void
test_blocks(void **state)
{
	static const char source[] =
	    "## Rappel :\n\n"
	    "Dû **sous** **8** jours ; `a ; b` ; n° **5**\\\n"
	    ": fin\n\n"
	    "- « un »\n\n"
	    "| a : |\n|---|\n| 5 % |\n";
	struct arena *a = arena_new();
	struct block *root;
	struct err e = { 0 };
	struct str s, out;

	(void)state;
	assert_int_equal(markdown_parse(source, strlen(source), a, &root, &e),
	    0);
	spacing_blocks(root, "fr", SPACING_PAGE, a);
	str_init(&s, 1000);
	str_init(&out, 1000);
	for (const struct block *b = root->children; b; b = b->next) {
		const struct block *leaf = b;

		while (!leaf->spans)
			leaf = leaf->children;
		for (const struct span *p = leaf->spans; p; p = p->next) {
			show(p->text, &s);
			str_puts(&out, s.p);
		}
		str_putc(&out, '|');
	}
	assert_string_equal(out.p,
	    "Rappel~:|Dû sous 8~jours_; a ; b_; n°~5\n: fin|«~un~»|a~:|");
	str_done(&out);
	str_done(&s);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_mail),
		cmocka_unit_test(test_blocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
