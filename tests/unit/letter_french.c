/* What the French texts owe to French readers. */
#include "letter_shown.h"

/*
 * French consumers: no fee, no threat of an order for payment, no article of
 * the commercial code, and whom they may turn to.
 */
static void
test_consumers(void **state)
{
	static const struct change none = { NULL, "mediator", "null" };
	static const char *const never[] = { "njonction", "ndemnité", "441",
		"commerce", "entreprises", "frais", "sans autre avis" };
	json_t *data = load_data(), *poor = load_data();
	struct choice c;

	(void)state;
	apply(poor, &none);
	for (size_t i = 0; choice_at(i, &c); i++) {
		bool named = is_named(&c, "mise-en-demeure") ||
		    is_named(&c, "mediation");
		struct str subject, all;

		if (!c.consumer || strcmp(c.lang, "fr") != 0)
			continue;
		text_words(&c, data, &subject, &all);
		for (size_t k = 0; k < N(never); k++)
			if (strstr(all.p, never[k]) != NULL)
				fail_msg("%s: %s", c.name, never[k]);
		assert_int_equal(strstr(all.p, "Médiation fictive") != NULL,
		    named);
		str_done(&subject);
		str_done(&all);
		text_words(&c, poor, &subject, &all);
		assert_int_equal(strstr(all.p, "conciliateur de justice") !=
			NULL,
		    named);
		str_done(&subject);
		str_done(&all);
	}
	json_decref(data);
	json_decref(poor);
}

/* French spaces: fixed before a colon, narrow before ; ! ? */
static void
test_typography(void **state)
{
	static const char *const wrong[] = { " :", " ;", " !", " ?", "« ", " »",
		"'", "\u00a0;", "\u00a0!", "\u00a0?", "\u202f:" };
	json_t *data = load_data();
	struct choice c;

	(void)state;
	for (size_t i = 0; choice_at(i, &c); i++) {
		struct str subject, all;

		if (strcmp(c.lang, "fr") != 0)
			continue;
		text_words(&c, data, &subject, &all);
		str_puts(&all, subject.p);
		for (size_t k = 0; k < N(wrong); k++)
			if (strstr(all.p, wrong[k]) != NULL)
				fail_msg("%s: '%s'", c.name, wrong[k]);
		for (const char *p = all.p; *p != '\0'; p++)
			if ((*p == ':' && p[1] != '/') || *p == ';')
				assert_true(strncmp(p - 2, "\u00a0", 2) == 0 ||
				    strncmp(p - 3, "\u202f", 3) == 0);
		str_done(&subject);
		str_done(&all);
	}
	json_decref(data);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_consumers),
		cmocka_unit_test(test_typography),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
