/*
 * The symbols of payloads: how many modules, how large. That readers give
 * the same bytes back is proven with pages, tests/real/scan.sh.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "letter/qr.h"

#define N(rows) (sizeof(rows) / sizeof((rows)[0]))

#define NOTICE                                                       \
	"BCD\n002\n1\nSCT\n\nAteliers Valcourbe SARL\n"              \
	"FR7630006000011234567890189\nEUR1714.56\n\nRF83NABCDEF2345" \
	"67"
#define TEN     "abcdefghij"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const struct {
	const char *payload;
	struct qr_form form;
	unsigned width; /* modules; 0: refused */
} symbols[] = {
	/* All in bytes these two would be a version more: 41 and 33. */
	{ NOTICE, { .version_max = 13 }, 37 },
	{ "https://pay.example.com/123456789012345678901",
	    { .version_max = 13 }, 29 },
	{ "https://pay.example.com/N", { .version_max = 13 }, 25 },
	{ "Ateliers Valcourbe", { .version_max = 13 }, 25 },
	{ "12345678901234567890123456789012", { .version_max = 13 }, 21 },
	{ "Élodie", { .version_max = 13 }, 21 },
	{ HUNDRED, { .version_max = 13 }, 41 },
	{ HUNDRED, { .version_max = 13, .low = true }, 37 },
	{ NOTICE, { .version_min = 14, .version_max = 25 }, 73 },
	{ NOTICE, { .version_min = 15, .version_max = 15, .eci = 4 }, 77 },
	/* 331 bytes are what version 13 holds. */
	{ HUNDRED HUNDRED HUNDRED TEN TEN TEN "k", { .version_max = 13 }, 69 },
	{ HUNDRED HUNDRED HUNDRED TEN TEN TEN "kl", { .version_max = 13 }, 0 },
	{ HUNDRED HUNDRED HUNDRED HUNDRED "12345678",
	    { .version_min = 15, .version_max = 15, .eci = 4 }, 77 },
	{ HUNDRED HUNDRED HUNDRED HUNDRED TEN "12",
	    { .version_min = 15, .version_max = 15, .eci = 4 }, 0 },
};

static void
test_make(void **state)
{
	(void)state;
	for (size_t i = 0; i < N(symbols); i++) {
		struct arena *a = arena_new();
		struct page_symbol s = { 0 };
		struct err e;
		int rc =
		    qr_make(symbols[i].payload, &symbols[i].form, a, &s, &e);

		if (symbols[i].width == 0) {
			assert_int_equal(rc, -1);
			assert_int_equal(e.kind, ERR_DATA);
		} else {
			if (rc != 0 || s.width != symbols[i].width)
				fail_msg("row %zu: %u modules", i, s.width);
			assert_int_equal(s.quiet, QR_QUIET);
			assert_int_equal(s.modules[0], 1); /* dark corner */
			assert_int_equal(s.modules[s.width + 1], 0);
		}
		arena_free(a);
	}
}

/* Of 600 dpi. */
#define DOTS_16 PU_PER_MM(0.6773333)

static const struct {
	unsigned modules;
	int32_t width, module;
} sides[] = {
	{ 21, PU_PER_MM(26.5), (PU_PER_MM(26.5) + 20) / 21 },
	{ 37, PU_PER_MM(26.5), (PU_PER_MM(26.5) + 36) / 37 },
	{ 37, PU_PER_MM(25), DOTS_16 },
	{ 41, PU_PER_MM(25), DOTS_16 },
	{ 57, PU_PER_MM(25), DOTS_16 },
	{ 61, PU_PER_MM(25), PU_PER_MM(40) / 61 },
	{ 69, PU_PER_MM(25), PU_PER_MM(0.6) },
	{ 177, PU_PER_MM(25), PU_PER_MM(0.6) },
	{ 69, PU_PER_MM(69), PU_PER_MM(1) },
};

static void
test_module(void **state)
{
	(void)state;
	for (size_t i = 0; i < N(sides); i++) {
		struct page_symbol s = { .width = sides[i].modules };
		int32_t module = qr_module(&s, sides[i].width);

		if (module != sides[i].module)
			fail_msg("row %zu: %d", i, module);
		assert_true(module * (int32_t)s.width >= sides[i].width);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_make),
		cmocka_unit_test(test_module),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
