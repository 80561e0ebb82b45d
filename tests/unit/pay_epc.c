/*
 * EPC QR payloads: own vectors, each rule broken once, random ones written
 * and read again, and the two examples of EPC069-12 where ../shared/vectors
 * is present.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pay/epc.h"
#include "pay/reference.h"

#define IBAN_FR "FR7630006000011234567890189"
#define IBAN_CH "CH9300762011623852957"
#define TEN     "0123456789"
#define SEVENTY TEN TEN TEN TEN TEN TEN TEN
#define EURO    "\xe2\x82\xac" /* three bytes, one character */
#define EURO10  EURO EURO EURO EURO EURO EURO EURO EURO EURO EURO
#define EURO70  EURO10 EURO10 EURO10 EURO10 EURO10 EURO10 EURO10
#define EUR(n)  .amount = { .minor = (n), .currency = "EUR" }
#define TO(n)   .payee = { .name = (n) }

static const struct {
	struct transfer in;
	enum epc_charset charset; /* 0: UTF-8 */
	const char *payload; /* NULL: refused, and `says` is in the message */
	const char *says;
} vectors[] = {
	{ .in = { TO("Ateliers Valcourbe"), .iban = IBAN_FR, .bic = "AGRIFRPP",
	      EUR(171456), .reference = "RF18539007547034" },
	    .payload =
		"BCD\n001\n1\nSCT\nAGRIFRPP\nAteliers Valcourbe\n" IBAN_FR
		"\nEUR1714.56\n\nRF18539007547034" },
	{ .in = { TO("Caf\xc3\xa9"), .iban = IBAN_FR, EUR(1),
	      .text = "Facture 7" },
	    .payload = "BCD\n002\n1\nSCT\n\nCaf\xc3\xa9\n" IBAN_FR
		       "\nEUR0.01\n\n\nFacture 7" },
	{ .in = { TO("Caf\xc3\xa9 \xc5\x81\xc3\xb3"
		     "d\xc5\xba"),
	      .iban = IBAN_FR, EUR(1) },
	    .charset = EPC_8859_1,
	    .payload = "BCD\n002\n2\nSCT\n\nCaf\xe9 L\xf3"
		       "dz\n" IBAN_FR "\nEUR0.01" },
	{ .in = { TO("\xce\x91\xce\xb8\xce\xae\xce\xbd\xce\xb1"),
	      .iban = IBAN_FR, EUR(1) },
	    .charset = EPC_8859_15,
	    .payload = "BCD\n002\n8\nSCT\n\nAthena\n" IBAN_FR "\nEUR0.01" },
	{ .in = { TO("\xce\x91"), .iban = IBAN_FR, EUR(1) },
	    .charset = EPC_8859_7,
	    .payload = "BCD\n002\n6\nSCT\n\n\xc1\n" IBAN_FR "\nEUR0.01" },
	{ .in = { TO("A\xf0\x9f\x98\x80"), .iban = IBAN_FR, EUR(1) },
	    .charset = EPC_8859_1,
	    .says = "U+1F600" },
	{ .in = { TO("X"), .iban = IBAN_FR, EUR(99999999999) },
	    .payload = "BCD\n002\n1\nSCT\n\nX\n" IBAN_FR "\nEUR999999999.99" },
	{ .in = { TO("X"), .iban = IBAN_FR, EUR(0) },
	    .payload = "BCD\n002\n1\nSCT\n\nX\n" IBAN_FR },
	{ .in = { TO("X"), .iban = IBAN_FR, EUR(100), .purpose = "x",
	      .info = "seen" },
	    .payload =
		"BCD\n002\n1\nSCT\n\nX\n" IBAN_FR "\nEUR1.00\nx\n\n\nseen" },
	{ .in = { TO(SEVENTY), .iban = IBAN_CH, .bic = "POFICHBEXXX", EUR(100),
	      .text = SEVENTY SEVENTY },
	    .payload = "BCD\n001\n1\nSCT\nPOFICHBEXXX\n" SEVENTY "\n" IBAN_CH
		       "\nEUR1.00\n\n\n" SEVENTY SEVENTY },
	{ .in = { TO(EURO70), .iban = IBAN_FR, EUR(100) },
	    .payload = "BCD\n002\n1\nSCT\n\n" EURO70 "\n" IBAN_FR "\nEUR1.00" },
	{ .in = { .iban = IBAN_FR, EUR(100) }, .says = "name" },
	{ .in = { TO(SEVENTY "x"), .iban = IBAN_FR, EUR(1) }, .says = "name" },
	{ .in = { TO("A\nDE1"), .iban = IBAN_FR, EUR(1) }, .says = "name" },
	{ .in = { TO("A\xc2\x85"), .iban = IBAN_FR, EUR(1) }, .says = "name" },
	{ .in = { TO("A\xe2\x80\xae"), .iban = IBAN_FR, EUR(1) },
	    .says = "name" },
	{ .in = { TO("A\xff"), .iban = IBAN_FR, EUR(1) }, .says = "name" },
	{ .in = { TO("A"), .iban = "FR76", EUR(1) }, .says = "IBAN" },
	{ .in = { TO("A"), EUR(1) }, .says = "IBAN" },
	{ .in = { TO("A"), .iban = "FR76 3000 6000 0112 3456 7890 189",
	      EUR(1) },
	    .says = "without spaces" },
	{ .in = { TO("A"), .iban = IBAN_CH, EUR(1) }, .says = "BIC" },
	{ .in = { TO("A"), .iban = IBAN_FR, .bic = "BHBLDE", EUR(1) },
	    .says = "BIC" },
	{ .in = { TO("A"), .iban = IBAN_FR, EUR(-1) }, .says = "amount" },
	{ .in = { TO("A"), .iban = IBAN_FR, EUR(100000000000) },
	    .says = "amount" },
	{ .in = { TO("A"), .iban = IBAN_FR,
	      .amount = { .minor = 100, .currency = "CHF" } },
	    .says = "EUR" },
	{ .in = { TO("A"), .iban = IBAN_FR, EUR(1), .purpose = "ABCDE" },
	    .says = "purpose" },
	{ .in = { TO("A"), .iban = IBAN_FR, EUR(1), .purpose = "A\n" },
	    .says = "purpose" },
	{ .in = { TO("A"), .iban = IBAN_FR, EUR(1),
	      .reference = "RF19539007547034" },
	    .says = "reference" },
	{ .in = { TO("A"), .iban = IBAN_FR, EUR(1),
	      .reference = "RF18 5390 0754 7034" },
	    .says = "without spaces" },
	{ .in = { TO("A"), .iban = IBAN_FR, EUR(1),
	      .reference = "RF18539007547034", .text = "x" },
	    .says = "not both" },
	{ .in = { TO("A"), .iban = IBAN_FR, EUR(1), .reference = "a\nb" },
	    .says = "reference" },
	{ .in = { TO("A"), .iban = IBAN_FR, EUR(1),
	      .reference = "012345678901234567890123456789012345" },
	    .says = "reference" },
	{ .in = { TO("A"), .iban = IBAN_FR, EUR(1),
	      .text = SEVENTY SEVENTY "x" },
	    .says = "text" },
	{ .in = { TO("A"), .iban = IBAN_FR, EUR(1), .text = "a\rb" },
	    .says = "text" },
	{ .in = { TO("A"), .iban = IBAN_FR, EUR(1), .info = SEVENTY "x" },
	    .says = "information" },
	{ .in = { TO(EURO70), .iban = IBAN_FR, EUR(1), .text = EURO70 },
	    .says = "331" },
};

static void
test_vectors(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		enum epc_charset set =
		    vectors[i].charset != 0 ? vectors[i].charset : EPC_UTF_8;
		struct err e = { 0 };
		struct str out;
		int rc;

		str_init(&out, EPC_MAX_BYTES);
		rc = epc_write(&vectors[i].in, set, &out, &e);
		if (vectors[i].payload != NULL) {
			if (rc != 0)
				fail_msg("row %zu: %s", i, e.text);
			assert_string_equal(out.p, vectors[i].payload);
		} else {
			assert_int_equal(rc, -1);
			assert_int_equal(e.kind, ERR_DATA);
			if (strstr(e.text, vectors[i].says) == NULL)
				fail_msg("row %zu: '%s' does not say '%s'", i,
				    e.text, vectors[i].says);
		}
		str_done(&out);
	}
}

/* Exactly 331 bytes fit, 332 do not. */
static void
test_limit(void **state)
{
	struct transfer t = { TO(EURO70), .iban = IBAN_FR, EUR(1234) };
	char text[141];
	struct err e = { 0 };
	struct str out;
	size_t fixed;

	(void)state;
	str_init(&out, 1000);
	t.text = "x";
	assert_int_equal(epc_write(&t, EPC_UTF_8, &out, &e), 0);
	fixed = out.len - 1;
	memset(text, 'x', sizeof(text));
	text[EPC_MAX_BYTES - fixed] = '\0';
	t.text = text;
	str_clear(&out);
	assert_int_equal(epc_write(&t, EPC_UTF_8, &out, &e), 0);
	assert_int_equal(out.len, EPC_MAX_BYTES);
	text[EPC_MAX_BYTES - fixed] = 'x';
	text[EPC_MAX_BYTES - fixed + 1] = '\0';
	str_clear(&out);
	assert_int_equal(epc_write(&t, EPC_UTF_8, &out, &e), -1);
	str_done(&out);
}

/* ---- back ---- */

static const struct {
	const char *payload;
	int64_t minor;
	const char *says; /* NULL: it is read */
} readings[] = {
	{ "BCD\n002\n1\nSCT\n\nA\n" IBAN_FR "\nEUR12.3", 1230, NULL },
	{ "BCD\n002\n1\nSCT\n\nA\n" IBAN_FR "\nEUR12.30\n\n\n\n", 1230, NULL },
	{ "BCD\n002\n1\nSCT\n\nA\n" IBAN_FR "\nEUR12\n\n\n\n\n", 1200, NULL },
	{ "BCD\r\n002\r\n1\r\nSCT\r\n\r\nA\r\n" IBAN_FR "\r\nEUR12.3", 1230,
	    NULL },
	{ "BCD\n002\n1\nSCT\n\nA\n" IBAN_FR, 0, NULL },
	{ "BCD\n002\n1\nSCT\n\nA\n" IBAN_FR "\nEUR0", 0, "above zero" },
	{ "BCD\n002\n1\nSCT\n\nA\n" IBAN_FR "\nEUR0.004", 0, "amount" },
	{ "BCD\n002\n1\nSCT\n\nA\n" IBAN_FR "\nEUR1000000000", 0, "amount" },
	{ "BCD\n002\n1\nSCT\n\nA\n" IBAN_FR "\n12.3", 0, "EUR" },
	{ "BCD\r\n002\n1\nSCT\n\nA\n" IBAN_FR, 0, "line 2" },
	{ "BCD\n003\n1\nSCT\n\nA\n" IBAN_FR, 0, "version" },
	{ "BCD\n002\n9\nSCT\n\nA\n" IBAN_FR, 0, "charset" },
	{ "BCD\n002\n1\nSDD\n\nA\n" IBAN_FR, 0, "SCT" },
	{ "BCD\n001\n1\nSCT\n\nA\n" IBAN_FR, 0, "BIC" },
	{ "BCD\n002\n1\nSCT\n\nA\xe9\n" IBAN_FR, 0, "UTF-8" },
	{ "BCD\n002\n1\nSCT\n\nA\n" IBAN_FR "\n\n\n\n\n\n\nmore", 0,
	    "12 fields" },
	{ "WIFI:", 0, "BCD" },
	{ "", 0, "BCD" },
};

static void
test_readings(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(readings) / sizeof(readings[0]); i++) {
		struct transfer t = { 0 };
		struct err e = { 0 };
		int rc = epc_read(readings[i].payload,
		    strlen(readings[i].payload), a, &t, &e);

		if (readings[i].says == NULL) {
			if (rc != 0)
				fail_msg("row %zu: %s", i, e.text);
			assert_string_equal(t.payee.name, "A");
			assert_int_equal(t.amount.minor, readings[i].minor);
			continue;
		}
		assert_int_equal(rc, -1);
		if (strstr(e.text, readings[i].says) == NULL)
			fail_msg("row %zu: '%s' does not say '%s'", i, e.text,
			    readings[i].says);
	}
	arena_free(a);
}

static uint64_t
next_random(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

/* Up to n characters of what people and banks write. */
static const char *
random_text(uint64_t *x, struct arena *a, size_t n)
{
	static const char *const bits[] = { "a", "Z", "7", " ", "-", "\xc3\xa9",
		"\xc5\x93", "\xe2\x82\xac", "\xce\xb1", "'", "&", "\"", "+" };
	struct str s;
	const char *text;

	str_init(&s, 1000);
	for (size_t i = next_random(x) % (n + 1); i > 0; i--)
		str_puts(&s,
		    bits[next_random(x) % (sizeof(bits) / sizeof(bits[0]))]);
	text = arena_strn(a, s.p, s.len);
	str_done(&s);
	return text;
}

static void
random_transfer(uint64_t *x, struct arena *a, struct transfer *out)
{
	static const char *const ibans[] = { IBAN_FR, "DE71110220330123456789",
		"FR1420041010050500013M02606", "BE68539007547034" };
	char reference[REFERENCE_SIZE];
	struct err e = { 0 };

	*out = (struct transfer){
		.payee = { .name = arena_fmt(a, "N%s", random_text(x, a, 40)) },
		.iban = ibans[next_random(x) % 4],
		.bic = next_random(x) % 2 == 0 ? "" : "BHBLDEHHXXX",
		EUR((int64_t)(next_random(x) % (EPC_MINOR_MAX + 1))),
		.purpose = next_random(x) % 2 == 0 ? "" : "GDDS",
		.info = random_text(x, a, 20),
	};
	if (next_random(x) % 2 == 0) {
		out->text = random_text(x, a, 50);
		return;
	}
	assert_int_equal(reference_make(arena_fmt(a, "%llu",
					    (unsigned long long)next_random(x)),
			     reference, &e),
	    0);
	out->reference = arena_str(a, reference);
}

/* What is written is read again, field by field. */
static void
test_round_trip(void **state)
{
	struct arena *a = arena_new();
	uint64_t x = 20261121;
	struct str out;

	(void)state;
	str_init(&out, EPC_MAX_BYTES);
	for (int i = 0; i < 100000; i++) {
		struct transfer in, back = { 0 };
		struct err e = { 0 };

		arena_reset(a);
		random_transfer(&x, a, &in);
		in = transfer_given(&in);
		str_clear(&out);
		if (epc_write(&in, EPC_UTF_8, &out, &e) != 0 ||
		    epc_read(out.p, out.len, a, &back, &e) != 0)
			fail_msg("%d: %s", i, e.text);
		assert_string_equal(back.payee.name, in.payee.name);
		assert_string_equal(back.iban, in.iban);
		assert_string_equal(back.bic, in.bic);
		assert_int_equal(back.amount.minor, in.amount.minor);
		assert_string_equal(back.purpose, in.purpose);
		assert_string_equal(back.reference, in.reference);
		assert_string_equal(back.text, in.text);
		assert_string_equal(back.info, in.info);
	}
	str_done(&out);
	arena_free(a);
}

/* Read, and written again byte for byte but for the amount's form. */
static void
test_shared(void **state)
{
	static const struct {
		const char *path;
		enum epc_charset charset;
	} files[] = {
		{ "../shared/vectors/epc/epc069-12_example1_v001_utf8.txt",
		    EPC_UTF_8 },
		{ "../shared/vectors/epc/epc069-12_example2_v002_latin1.txt",
		    EPC_8859_1 },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char want[EPC_MAX_BYTES + 1], *amount;
		FILE *f = fopen(files[i].path, "re");
		struct transfer t = { 0 };
		struct err e = { 0 };
		struct str out;
		size_t n;

		if (f == NULL) {
			print_message("skipped: %s is not there\n",
			    files[i].path);
			arena_free(a);
			skip();
		}
		n = fread(want, 1, EPC_MAX_BYTES, f);
		want[n] = '\0';
		(void)fclose(f);
		if (epc_read(want, n, a, &t, &e) != 0)
			fail_msg("%s: %s", files[i].path, e.text);
		str_init(&out, EPC_MAX_BYTES);
		assert_int_equal(epc_write(&t, files[i].charset, &out, &e), 0);
		amount = strstr(out.p, "EUR12.30");
		assert_non_null(amount);
		memmove(amount + 7, amount + 8, strlen(amount + 8) + 1);
		assert_string_equal(out.p, want);
		str_done(&out);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_readings),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
