/*
 * Which glyphs stand for which text: the clusters of a run, from the left to
 * the right and back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/str.h"
#include "pdf/cluster.h"

#define MAX 8

static const struct {
	const char *text;
	uint32_t clusters[MAX];
	size_t n;
	bool soft_hyphen;
	const char *wanted; /* glyphs=text of each cluster */
} cases[] = {
	{ "", { 0 }, 0, false, "" },
	{ "a", { 0 }, 1, false, "1=a " },
	{ "abc", { 0, 1, 2 }, 3, false, "1=a 1=b 1=c " },
	/* a ligature: one glyph for two letters */
	{ "fin", { 0, 2 }, 2, false, "1=fi 1=n " },
	/* a letter and its mark: two glyphs for one */
	{ "zéa", { 0, 1, 1, 3 }, 4, false, "1=z 2=é 1=a " },
	/* text no glyph claims goes to the ends */
	{ "abcd", { 1, 2 }, 2, false, "1=ab 1=cd " },
	/* from the right to the left */
	{ "אבג", { 4, 2, 0 }, 3, false, "1=ג 1=ב 1=א " },
	{ "אבג", { 2, 0, 0 }, 3, false, "1=בג 2=א " },
	{ "abcd", { 2, 1 }, 2, false, "1=cd 1=ab " },
	/* the hyphen of a broken word, whatever its cluster */
	{ "ab", { 0, 1, 2 }, 3, true, "1=a 1=b 1=\u00ad " },
	{ "ab", { 0, 1, 1 }, 3, true, "1=a 1=b 1=\u00ad " },
	{ "אב", { 2, 0, 0 }, 3, true, "1=ב 1=א 1=\u00ad " },
	{ "", { 0 }, 1, true, "1=\u00ad " },
};

static void
test_clusters(void **state)
{
	struct page_glyph glyphs[MAX];
	struct page_run r;
	struct str found;
	size_t i, j;

	(void)state;
	str_init(&found, 1024);
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct pdf_cluster c = { 0 };

		memset(glyphs, 0, sizeof glyphs);
		for (j = 0; j < cases[i].n; j++)
			glyphs[j].cluster = cases[i].clusters[j];
		r = (struct page_run){ .glyphs = glyphs,
			.n_glyphs = cases[i].n,
			.text = cases[i].text,
			.text_len = strlen(cases[i].text),
			.soft_hyphen = cases[i].soft_hyphen };
		str_clear(&found);
		while (pdf_cluster_next(&r, &c))
			str_fmt(&found, "%zu=%.*s ", c.n, (int)c.len, c.text);
		assert_string_equal(found.p, cases[i].wanted);
	}
	str_done(&found);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clusters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
