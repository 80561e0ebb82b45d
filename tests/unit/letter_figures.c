/* What is learnt of amounts puts each of them as it would have been told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "letter/figures.h"

#define AMOUNTS 2000

/* A language of the test. */
struct language {
	const char *plus, *minus, *group, *point, *behind;
	int decimals;
	size_t first, others; /* digits of the groups, from the right */
	size_t bare;          /* most digits without groups */
	const char *zero;     /* how it says 0, or NULL: as it says others */
};

static const struct language french = {
	.plus = "",
	.minus = "-",
	.group = "\u202f",
	.point = ",",
	.behind = "\u00a0€",
	.decimals = 2,
	.first = 3,
	.others = 3,
};

static const struct language spanish = {
	.plus = "",
	.minus = "-",
	.group = ".",
	.point = ",",
	.behind = "\u00a0€",
	.decimals = 2,
	.first = 3,
	.others = 3,
	.bare = 4,
};

static const struct language indian = {
	.plus = "₹",
	.minus = "(₹",
	.group = ",",
	.point = ".",
	.behind = "",
	.decimals = 3,
	.first = 3,
	.others = 2,
};

static const struct language yen = {
	.plus = "",
	.minus = "\u2212",
	.group = " ",
	.point = "",
	.behind = " JPY",
	.decimals = 0,
	.first = 3,
	.others = 3,
};

static const struct language wordy = {
	.plus = "",
	.minus = "-",
	.group = " ",
	.point = ",",
	.behind = " €",
	.decimals = 2,
	.first = 3,
	.others = 3,
	.zero = "nothing",
};

static const struct language talkative = {
	.plus = "the sum in words and figures of ",
	.minus = "-",
	.group = " ",
	.point = ",",
	.behind = " €",
	.decimals = 2,
	.first = 3,
	.others = 3,
};

/* Bare up to five digits: nothing that figures know. */
static const struct language odd = {
	.plus = "",
	.minus = "-",
	.group = " ",
	.point = ",",
	.behind = " €",
	.decimals = 2,
	.first = 3,
	.others = 3,
	.bare = 5,
};

static bool
is_group(const struct language *l, size_t left, size_t all)
{
	return left > 0 && all > l->bare &&
	    (left == l->first ||
		(left > l->first && (left - l->first) % l->others == 0));
}

static int
tell(void *context, int64_t minor, struct str *out, struct err *e)
{
	const struct language *l = context;
	char digits[32];
	size_t n = 0, decimals = (size_t)l->decimals;
	uint64_t v = (uint64_t)(minor < 0 ? -minor : minor);

	(void)e;
	if (minor == 0 && l->zero != NULL) {
		str_puts(out, l->zero);
		return 0;
	}
	for (; v > 0 || n <= decimals; v /= 10)
		digits[n++] = (char)('0' + v % 10);
	str_puts(out, minor < 0 ? l->minus : l->plus);
	for (size_t i = n; i-- > 0;) {
		str_putc(out, digits[i]);
		if (i == decimals)
			str_puts(out, l->point);
		else if (i > decimals &&
		    is_group(l, i - decimals, n - decimals))
			str_puts(out, l->group);
	}
	str_puts(out, l->behind);
	return 0;
}

static int
refuse(void *context, int64_t minor, struct str *out, struct err *e)
{
	(void)context;
	(void)minor;
	(void)out;
	return err_set(e, ERR_SYSTEM, "no answer");
}

static void
assert_put(const struct figures *f, const struct language *l, int64_t minor)
{
	struct str told, put;
	struct err e = { 0 };

	str_init(&told, 256);
	str_init(&put, 256);
	assert_int_equal(tell((void *)l, minor, &told, &e), 0);
	figures_put(f, minor, &put);
	assert_string_equal(put.p, told.p);
	str_done(&put);
	str_done(&told);
}

static void
assert_learnt(const struct language *l)
{
	static const int64_t edges[] = { 0, 1, -1, 9, 10, 99, 100, -100, 999,
		1000, 9999, 10000, 99999, 100000, -100000, 999999, 1000000,
		INT64_MAX, -INT64_MAX };
	unsigned seed = 1;
	struct figures f;
	struct err e = { 0 };

	assert_int_equal(figures_learn(&f, l->decimals, tell, (void *)l, &e),
	    0);
	assert_true(f.known);
	for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++)
		assert_put(&f, l, edges[i]);
	for (size_t i = 0; i < AMOUNTS; i++) {
		int64_t minor = (int64_t)rand_r(&seed) * rand_r(&seed);

		assert_put(&f, l, minor >> rand_r(&seed) % 62);
		assert_put(&f, l, -(minor >> rand_r(&seed) % 62));
	}
}

static void
learns(void **state)
{
	(void)state;
	assert_learnt(&french);
	assert_learnt(&spanish);
	assert_learnt(&indian);
	assert_learnt(&yen);
}

static void
leaves_to_others(void **state)
{
	static const struct language *const languages[] = { &wordy, &talkative,
		&odd };
	struct figures f;
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
		assert_int_equal(figures_learn(&f, 2, tell,
				     (void *)languages[i], &e),
		    0);
		assert_false(f.known);
	}
	assert_int_equal(figures_learn(&f, 2, refuse, NULL, &e), -1);
	assert_false(f.known);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(learns),
		cmocka_unit_test(leaves_to_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
