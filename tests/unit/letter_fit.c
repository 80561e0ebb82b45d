/*
 * Where lines end, for words of letters that are all 100 wide. The best way
 * is also found by trying every way there is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "letter/fit.h"

#define LETTER 100
#define ITEMS  60

struct fit_case {
	const char *text; /* '~' is where a word may be cut */
	int letters;      /* of the measure */
	bool strict;
	const char *want; /* lines by '|'; "" for none */
};

static const struct fit_case cases[] = {
	{ "aaaa bbbb", 20, true, "aaaa bbbb" },
	{ "aaaa bbbb cccc", 9, true, "aaaa bbbb|cccc" },
	/* as full as can be, the second line would be too wide */
	{ "aa bb cc d eeeeeeeee ffff", 11, true, "" },
	{ "aa bb cc d eeeeeeeee ffff", 11, false, "aa bb cc|d eeeeeeeee|ffff" },
	/* no short word alone at the end */
	{ "aaaa bbbb cccc dddd ee f", 21, false, "aaaa bbbb cccc dddd|ee f" },
	/* a hyphen, where a line would be too wide without */
	{ "aaa bbb ccccc~ccccc ddd", 14, true, "" },
	{ "aaa bbb ccccc~ccccc ddd", 14, false, "aaa bbb ccccc-|ccccc ddd" },
	/* but not to fill a line that is well without */
	{ "aaa bbb ccc dd~dd eee", 12, false, "aaa bbb ccc|dddd eee" },
	/* two in a row, not three */
	{ "aaaa aaaaa~bbbb bbbbb~cccc ccccc~dddd dddd", 11, false,
	    "aaaa aaaaa-|bbbb bbbbb-|cccc|cccccdddd|dddd" },
	{ "aaaaaaaaaaaa", 11, false, "" },
	{ "aaaaaa~aaaaaa", 11, false, "aaaaaa-|aaaaaa" },
};

static size_t
make_items(const char *text, struct fit_item *items)
{
	size_t n = 0;

	while (*text) {
		size_t len = strcspn(text, " ~");
		struct fit_item *i = &items[n++];
		char after = text[len];

		i->width = ((int32_t)len + (after == ' ')) * LETTER;
		i->end = ((int32_t)len + (after == '~')) * LETTER;
		i->gap = after == ' ';
		i->after = after == '~' ? FIT_HYPHEN : FIT_PLAIN;
		text += len + (after != '\0');
	}
	return n;
}

/* The text with its lines as fit_lines has them. */
static void
put_lines(const char *text, const struct fit_item *items, const size_t *ends,
    size_t n_ends, struct str *out)
{
	size_t item = 0;

	for (size_t i = 0; i < n_ends; i++) {
		if (i > 0)
			str_putc(out, '|');
		for (; item < ends[i]; item++) {
			size_t len = strcspn(text, " ~");
			bool last = item + 1 == ends[i];

			str_put(out, text, len);
			if (!last && text[len] == ' ')
				str_putc(out, ' ');
			if (last && items[item].after == FIT_HYPHEN)
				str_putc(out, '-');
			text += len + (text[len] != '\0');
		}
	}
}

static void
test_cases(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct fit_case *c = &cases[i];
		struct fit_item items[ITEMS] = { 0 };
		size_t ends[ITEMS], n;
		struct fit_text t = { .items = items,
			.n = make_items(c->text, items),
			.measure = c->letters * LETTER,
			.space = LETTER };
		struct str lines;

		str_init(&lines, 1000);
		n = fit_lines(&t, c->strict, a, ends);
		put_lines(c->text, items, ends, n, &lines);
		assert_string_equal(lines.p, c->want);
		str_done(&lines);
	}
	arena_free(a);
}

/* The sum of the squares of what was added to each space of a way. */
static double
way_waste(const struct fit_text *t, const size_t *ends, size_t n)
{
	double waste = 0;
	size_t item = 0;

	for (size_t i = 0; i < n; i++) {
		int32_t width = 0, gaps = 0;
		double each;

		for (; item + 1 < ends[i]; item++) {
			width += t->items[item].width;
			gaps += t->items[item].gap;
		}
		width += t->items[item++].end;
		each = (double)(t->measure - width) / (gaps ? gaps : 1);
		if (i + 1 == n && each >= 0)
			each = 0;
		if (each > 60 || each < -20 || (gaps == 0 && i + 1 < n))
			return -1;
		each /= each < 0 ? 20 : 60;
		each = each < 0 ? -each : each;
		waste += (10 + 100 * each * each * each) *
		    (10 + 100 * each * each * each);
	}
	return waste;
}

/* The least waste of all ways to end lines at plain breaks; -1: none. */
static double
least_waste(const struct fit_text *t)
{
	double best = -1;

	for (unsigned way = 0; way < 1U << (t->n - 1); way++) {
		size_t ends[ITEMS], n = 0;
		double waste;

		for (size_t i = 1; i < t->n; i++) {
			if (way >> (i - 1) & 1)
				ends[n++] = i;
		}
		ends[n++] = t->n;
		waste = way_waste(t, ends, n);
		if (waste >= 0 && (best < 0 || waste < best))
			best = waste;
	}
	return best;
}

/* Of some hundred texts of 14 words, none has a better way than ours. */
static void
test_best(void **state)
{
	struct arena *a = arena_new();
	unsigned seed = 1, found = 0;

	(void)state;
	for (int i = 0; i < 300; i++) {
		struct fit_item items[14] = { 0 };
		struct fit_text t = { .items = items,
			.n = 14,
			.measure = 3000,
			.space = LETTER };
		size_t ends[14], n;

		for (size_t k = 0; k < t.n; k++) {
			seed = seed * 1103515245U + 12345U;
			items[k].end = 200 + (int32_t)(seed >> 16) % 700;
			items[k].width = items[k].end + LETTER;
			items[k].gap = true;
			items[k].after = FIT_PLAIN;
		}
		items[13].end = 700; /* never a short word alone */
		n = fit_lines(&t, true, a, ends);
		found += n > 0;
		if (n == 0)
			assert_true(least_waste(&t) < 0);
		else
			assert_true(way_waste(&t, ends, n) <=
			    least_waste(&t) * 1.01 + 1);
		arena_reset(a);
	}
	assert_in_range(found, 20, 290);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_best),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
