/*
 * The codes of single countries, written and read: own vectors from the
 * tables of fields, each rule broken once, random transfers there and back,
 * hostile fields. EPC has pay_epc.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pay/epc.h"
#include "pay/mnb.h"
#include "pay/qrref.h"
#include "pay/reference.h"
#include "pay/spayd.h"
#include "pay/swissqr.h"
#include "pay/upn.h"
#include "pay/zbp.h"

#define CZ     "CZ2806000000000168540115"
#define SI     "SI56020170014356205"
#define PL     "PL61109010140000071219812874"
#define HU     "HU42117730161111101800000000"
#define CH     "CH5800791123000889012"
#define CH_QR  "CH4431999123000889012"
#define QRREF  "210000000003139471430009017"
#define TEN    "0123456789"
#define THIRTY TEN TEN TEN
#define DAY    20453 /* 2025-12-31 */

typedef int writer(const struct transfer *t, struct str *out, struct err *e);
typedef int reader(const char *payload, size_t n, struct arena *a,
    struct transfer *out, struct err *e);

#define PAID(n, c) .amount = { .minor = (n), .currency = (c) }
#define SWISS                                     \
	.payee = { .name = "Robert Schneider AG", \
		.street = "Rue du Lac",           \
		.number = "1268",                 \
		.postcode = "2501",               \
		.town = "Biel",                   \
		.country = "CH" }
#define SWISS_HEAD                                                   \
	"\nS\nRobert Schneider AG\nRue du Lac\n1268\n2501\nBiel\nCH" \
	"\n\n\n\n\n\n\n\n"

static const struct {
	writer *write;
	struct transfer in;
	const char *payload; /* NULL: refused, and `says` is in the message */
	const char *says;
} vectors[] = {
	{ spayd_write,
	    { .iban = CZ,
		PAID(45000, "CZK"),
		.reference = "1234567890",
		.text = "PLATBA ZA ZBOZI",
		.due = DATE_NONE },
	    "SPD*1.0*ACC:" CZ
	    "*AM:450.00*CC:CZK*MSG:PLATBA ZA ZBOZI*X-VS:1234567890",
	    NULL },
	{ spayd_write,
	    { .iban = CZ,
		.bic = "RZBCCZPP",
		PAID(0, "EUR"),
		.payee = { .name = "A*B+C%\xc4\x8d" },
		.reference = "12345678901",
		.due = DAY },
	    "SPD*1.0*ACC:" CZ "+RZBCCZPP*CC:EUR*DT:20251231*RF:12345678901"
	    "*RN:A%2AB%2BC%25%C4%8D",
	    NULL },
	{ spayd_write,
	    { .iban = CZ, PAID(1000000000, "CZK"), .due = DATE_NONE }, NULL,
	    "amount" },
	{ spayd_write, { .iban = CZ, PAID(1, "JPY"), .due = DATE_NONE }, NULL,
	    "decimals" },
	{ spayd_write,
	    { .iban = CZ,
		PAID(1, "CZK"),
		.reference = "RF18",
		.due = DATE_NONE },
	    NULL, "reference" },
	{ spayd_write,
	    { .iban = CZ,
		PAID(1, "CZK"),
		.text = THIRTY THIRTY "x",
		.due = DATE_NONE },
	    NULL, "text" },
	{ upn_write,
	    { .payee = { .name = "Podjetje d.o.o.",
		  .street = "Lepa ulica",
		  .number = "33",
		  .postcode = "2000",
		  .town = "Maribor" },
		.payer = { .name = "Ime \xc5\xa0" },
		.iban = SI,
		PAID(5558, "EUR"),
		.reference = "RF4512345678",
		.text = "Pla\xc4\x8dilo",
		.purpose = "COST",
		.due = DAY },
	    "UPNQR\n\n\n\n\nIme \xa9\n\n\n00000005558\n\n\nCOST\nPla\xe8ilo\n"
	    "31.12.2025\n" SI "\nRF4512345678\nPodjetje d.o.o.\n"
	    "Lepa ulica 33\n2000 Maribor\n132\n",
	    NULL },
	{ upn_write,
	    { .payee = { .name = "X" },
		.iban = SI,
		PAID(1, "EUR"),
		.reference = "RF18",
		.purpose = "x",
		.due = DATE_NONE },
	    NULL, "purpose" },
	{ upn_write,
	    { .payee = { .name = THIRTY "1234" },
		.iban = SI,
		PAID(1, "EUR"),
		.reference = "RF18",
		.purpose = "COST",
		.due = DATE_NONE },
	    NULL, "name" },
	{ zbp_write,
	    { .payee = { .name = "Odbiorca" },
		.iban = PL,
		PAID(12345, "PLN"),
		.text = "FV 1234/34/2012" },
	    "|PL|61109010140000071219812874|012345|Odbiorca|FV 1234/34/2012"
	    "|||",
	    NULL },
	{ zbp_write,
	    { .payee = { .name = "A|B" },
		.iban = PL,
		PAID(1, "PLN"),
		.text = "x" },
	    NULL, "'|'" },
	{ zbp_write,
	    { .payee = { .name = "A" },
		.iban = PL,
		PAID(1000000, "PLN"),
		.text = "x" },
	    NULL, "amount" },
	{ zbp_write,
	    { .payee = { .name = "A" },
		.iban = CZ,
		PAID(1, "PLN"),
		.text = "x" },
	    NULL, "Poland" },
	{ mnb_write,
	    { .payee = { .name = "Minta Kft." },
		.iban = HU,
		.bic = "OTPVHUHB",
		PAID(123400, "HUF"),
		.purpose = "OTHR",
		.text = "sz\xc3\xa1mla",
		.reference = "F7",
		.due = DAY },
	    "HCT\n001\n1\nOTPVHUHB\nMinta Kft.\n" HU
	    "\nHUF1234\n20251231235959+1\nOTHR\nsz\xc3\xa1mla\n\n\nF7\n\n\n"
	    "\n\n",
	    NULL },
	{ mnb_write,
	    { .payee = { .name = "A" },
		.iban = HU,
		.bic = "OTPVHUHB",
		PAID(50, "HUF"),
		.due = DAY },
	    NULL, "whole forints" },
	{ mnb_write,
	    { .payee = { .name = "A" },
		.iban = HU,
		.bic = "OTPVHUHB",
		PAID(100, "HUF"),
		.due = DATE_NONE },
	    NULL, "due date" },
	{ swissqr_write,
	    { SWISS, .iban = CH_QR, PAID(194975, "CHF"), .reference = QRREF,
		.text = "Order dated 18.06.2020", .due = DATE_NONE },
	    "SPC\n0200\n1\n" CH_QR SWISS_HEAD
	    "1949.75\nCHF\n\n\n\n\n\n\n\nQRR\n" QRREF
	    "\nOrder dated 18.06.2020\nEPD",
	    NULL },
	{ swissqr_write,
	    { SWISS, .iban = CH, PAID(0, "EUR"),
		.reference = "RF18539007547034", .info = "//S1/10/1",
		.others = { "UV;UltraPay005;12345" }, .due = DATE_NONE },
	    "SPC\n0200\n1\n" CH SWISS_HEAD
	    "\nEUR\n\n\n\n\n\n\n\nSCOR\nRF18539007547034\n\nEPD\n"
	    "//S1/10/1\nUV;UltraPay005;12345",
	    NULL },
	{ swissqr_write,
	    { SWISS, .iban = CH, PAID(0, "CHF"), .due = DATE_NONE,
		.text =
		    "\xce\x91\xce\xb8\xce\xae\xce\xbd\xce\xb1 \xe2\x82\xac" },
	    "SPC\n0200\n1\n" CH SWISS_HEAD
	    "\nCHF\n\n\n\n\n\n\n\nNON\n\nAthena \xe2\x82\xac\nEPD",
	    NULL },
	{ swissqr_write, { SWISS, .iban = CH_QR, PAID(1, "CHF") }, NULL,
	    "27 digits" },
	{ swissqr_write,
	    { SWISS, .iban = CH, PAID(1, "CHF"), .reference = QRREF }, NULL,
	    "QR-IBAN" },
	{ swissqr_write, { SWISS, .iban = CZ, PAID(1, "CHF") }, NULL,
	    "Switzerland" },
	{ swissqr_write, { SWISS, .iban = CH, PAID(1, "USD") }, NULL, "CHF" },
	{ swissqr_write,
	    { .payee = { .name = "A", .town = "B", .country = "CH" },
		.iban = CH,
		PAID(1, "CHF") },
	    NULL, "post code" },
	{ swissqr_write,
	    { SWISS, .payer = { .street = "x" }, .iban = CH, PAID(1, "CHF") },
	    NULL, "payer" },
	{ swissqr_write, { SWISS, .iban = CH, PAID(1, "CHF"), .info = "S1/" },
	    NULL, "//" },
	{ swissqr_write,
	    { SWISS, .iban = CH, PAID(1, "CHF"),
		.text = THIRTY THIRTY THIRTY THIRTY TEN, .info = "//" TEN },
	    NULL, "together" },
	{ swissqr_write,
	    { SWISS, .iban = CH, PAID(1, "CHF"), .text = "\xf0\x9f\x98\x80" },
	    NULL, "U+1F600" },
};

static void
test_vectors(void **state)
{
	struct str out;

	(void)state;
	str_init(&out, 2000);
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		struct err e = { 0 };
		int rc;

		str_clear(&out);
		rc = vectors[i].write(&vectors[i].in, &out, &e);
		if (vectors[i].payload != NULL) {
			if (rc != 0)
				fail_msg("row %zu: %s", i, e.text);
			assert_string_equal(out.p, vectors[i].payload);
			continue;
		}
		assert_int_equal(rc, -1);
		assert_int_equal(e.kind, ERR_DATA);
		if (strstr(e.text, vectors[i].says) == NULL)
			fail_msg("row %zu: '%s' does not say '%s'", i, e.text,
			    vectors[i].says);
	}
	str_done(&out);
}

/* ---- there and back ---- */

static uint64_t
next_random(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

/* One letter, then up to n more of what stands in every charset used. */
static const char *
random_text(uint64_t *x, struct arena *a, size_t n)
{
	static const char *const bits[] = { "a", "Z", "7", " ", "-", "\xc3\xa9",
		"\xc5\xa1", "'", "&", "\"", "+", "*", "%", ";", "/" };
	struct str s;
	const char *text;

	str_init(&s, 1000);
	str_putc(&s, 'N');
	for (size_t i = next_random(x) % (n + 1); i > 0; i--)
		str_puts(&s,
		    bits[next_random(x) % (sizeof(bits) / sizeof(bits[0]))]);
	text = arena_strn(a, s.p, s.len);
	str_done(&s);
	return text;
}

static const char *
random_rf(uint64_t *x, struct arena *a)
{
	char reference[REFERENCE_SIZE];
	struct err e = { 0 };

	assert_int_equal(reference_make(arena_fmt(a, "%llu",
					    (unsigned long long)next_random(x)),
			     reference, &e),
	    0);
	return arena_str(a, reference);
}

static const char *
random_qrref(uint64_t *x, struct arena *a)
{
	char reference[QRREF_SIZE];
	struct err e = { 0 };

	assert_int_equal(qrref_make(arena_fmt(a, "%llu",
					(unsigned long long)next_random(x)),
			     reference, &e),
	    0);
	return arena_str(a, reference);
}

static void
fill_spayd(uint64_t *x, struct arena *a, struct transfer *t)
{
	t->iban = CZ;
	t->amount =
	    (struct money){ (int64_t)(next_random(x) % 1000000000), "CZK" };
	t->reference = arena_fmt(a, "%llu",
	    (unsigned long long)(next_random(x) % 10000000000000000));
	t->text = random_text(x, a, 30);
}

static void
fill_upn(uint64_t *x, struct arena *a, struct transfer *t)
{
	t->iban = SI;
	t->amount =
	    (struct money){ (int64_t)(next_random(x) % (UPN_MINOR_MAX + 1)),
		    "EUR" };
	t->reference = random_rf(x, a);
	t->purpose = "OTHR";
	t->text = random_text(x, a, 30);
	t->payee.street = random_text(x, a, 20);
	t->payee.town = random_text(x, a, 20);
	t->payer.name = random_text(x, a, 20);
}

static void
fill_zbp(uint64_t *x, struct arena *a, struct transfer *t)
{
	t->iban = PL;
	t->amount =
	    (struct money){ (int64_t)(next_random(x) % 1000000), "PLN" };
	t->text = random_text(x, a, 30);
	t->payee.name = random_text(x, a, 19);
	t->due = DATE_NONE;
}

static void
fill_mnb(uint64_t *x, struct arena *a, struct transfer *t)
{
	t->iban = HU;
	t->bic = "OTPVHUHB";
	t->amount =
	    (struct money){ 100 * (int64_t)(next_random(x) % 1000000000000),
		    "HUF" };
	t->reference = random_rf(x, a);
	t->text = random_text(x, a, 40);
}

static void
fill_swiss(uint64_t *x, struct arena *a, struct transfer *t)
{
	bool qr = next_random(x) % 2 == 0;

	t->iban = qr ? CH_QR : CH;
	t->amount =
	    (struct money){ (int64_t)(next_random(x) % (SWISSQR_MINOR_MAX + 1)),
		    "CHF" };
	t->reference = qr             ? random_qrref(x, a)
	    : next_random(x) % 2 == 0 ? random_rf(x, a)
				      : "";
	t->text = random_text(x, a, 60);
	t->info = next_random(x) % 2 == 0
	    ? ""
	    : arena_fmt(a, "//%s", random_text(x, a, 60));
	t->payee.street = random_text(x, a, 40);
	t->payee.postcode = "2501";
	t->payee.town = random_text(x, a, 30);
	t->payee.country = "CH";
	t->due = DATE_NONE;
}

static int
write_epc(const struct transfer *t, struct str *out, struct err *e)
{
	return epc_write(t, EPC_UTF_8, out, e);
}

/* Either a reference or a text; no dates, no address. */
static void
fill_epc(uint64_t *x, struct arena *a, struct transfer *t)
{
	bool structured = next_random(x) % 2 == 0;

	t->payee.name = arena_fmt(a, "N%s", random_text(x, a, 30));
	t->iban = "FR7630006000011234567890189";
	t->bic = next_random(x) % 2 == 0 ? "" : "AGRIFRPP";
	t->amount =
	    (struct money){ (int64_t)(next_random(x) % 100000000000), "EUR" };
	t->reference = structured ? "RF18539007547034" : "";
	t->text = structured ? "" : random_text(x, a, 30);
	t->info = random_text(x, a, 20);
	t->due = DATE_NONE;
}

static const struct code {
	const char *name;
	writer *write;
	reader *read;
	void (*fill)(uint64_t *x, struct arena *a, struct transfer *t);

} codes[] = {
	{ "spayd", spayd_write, spayd_read, fill_spayd },
	{ "upn", upn_write, upn_read, fill_upn },
	{ "zbp", zbp_write, zbp_read, fill_zbp },
	{ "mnb", mnb_write, mnb_read, fill_mnb },
	{ "swiss", swissqr_write, swissqr_read, fill_swiss },
	{ "epc", write_epc, epc_read, fill_epc },
};

#define CODES (sizeof(codes) / sizeof(codes[0]))

static struct transfer
random_transfer(const struct code *c, uint64_t *x, struct arena *a)
{
	struct transfer t = { .payee = { .name = random_text(x, a, 30) },
		.due = DAY + (date_t)(next_random(x) % 3000) };

	c->fill(x, a, &t);
	return transfer_given(&t);
}

static void
check_same(const struct transfer *in, const struct transfer *back)
{
	assert_string_equal(back->payee.name, in->payee.name);
	assert_string_equal(back->payee.street, in->payee.street);
	assert_string_equal(back->payee.town, in->payee.town);
	assert_string_equal(back->payer.name, in->payer.name);
	assert_string_equal(back->iban, in->iban);
	assert_string_equal(back->bic, in->bic);
	assert_int_equal(back->amount.minor, in->amount.minor);
	assert_string_equal(back->amount.currency, in->amount.currency);
	assert_string_equal(back->reference, in->reference);
	assert_string_equal(back->text, in->text);
	assert_string_equal(back->info, in->info);
	assert_int_equal(back->due, in->due);
}

/* 20,000 of each code. */
static void
test_round_trip(void **state)
{
	struct arena *a = arena_new();
	uint64_t x = 20261121;
	struct str out;

	(void)state;
	str_init(&out, 4000);
	for (int i = 0; i < 120000; i++) {
		const struct code *c = &codes[(size_t)i % CODES];
		struct transfer in, back = { 0 };
		struct err e = { 0 };

		arena_reset(a);
		in = random_transfer(c, &x, a);
		str_clear(&out);
		if (c->write(&in, &out, &e) != 0 ||
		    c->read(out.p, out.len, a, &back, &e) != 0)
			fail_msg("%s %d: %s", c->name, i, e.text);
		check_same(&in, &back);
	}
	str_done(&out);
	arena_free(a);
}

/*
 * Whatever stands in one field, no other changes: the code is refused, or
 * all other fields are read back as they were.
 */
static void
test_hostile(void **state)
{
	static const char *const evil[] = { "A\nB", "A\r\nB", "A\tB", "A\x01",
		"A|B|C", "A*ACC:CZ00*AM:1", "A;B", "A%0AB", "A\xff",
		"A\xe2\x80\xa8-", "A\xe2\x80\xae-", "\xe4\xb8\xad\xe6\x96\x87",
		THIRTY THIRTY THIRTY THIRTY THIRTY, "\n", "*", "|" };
	struct arena *a = arena_new();
	uint64_t x = 1;
	struct str out;

	(void)state;
	str_init(&out, 4000);
	for (size_t k = 0; k < 4 * CODES * (sizeof(evil) / sizeof(evil[0]));
	     k++) {
		const struct code *c = &codes[k % CODES];
		size_t field = k / CODES % 4;
		struct transfer in = random_transfer(c, &x, a), back = { 0 };
		const char **fields[] = { &in.payee.name, &in.text,
			&in.reference, &in.payee.street };
		const char **as_read[] = { &back.payee.name, &back.text,
			&back.reference, &back.payee.street };
		struct err e = { 0 };

		*fields[field] = evil[k / (4 * CODES)];
		str_clear(&out);
		if (c->write(&in, &out, &e) != 0) {
			assert_int_equal(e.kind, ERR_DATA);
			continue;
		}
		if (c->read(out.p, out.len, a, &back, &e) != 0)
			fail_msg("%s: %s", c->name, e.text);
		*as_read[field] = *fields[field];
		check_same(&in, &back);
	}
	str_done(&out);
	arena_free(a);
}

/* Any bytes are read or refused. */
static void
test_garbage(void **state)
{
	struct arena *a = arena_new();
	uint64_t x = 2;
	struct str out;

	(void)state;
	str_init(&out, 4000);
	for (int i = 0; i < 20000; i++) {
		const struct code *c = &codes[(size_t)i % CODES];
		struct transfer in = random_transfer(c, &x, a), back;
		struct err e = { 0 };

		str_clear(&out);
		assert_int_equal(c->write(&in, &out, &e), 0);
		for (int k = 0; k < 3; k++)
			out.p[next_random(&x) % out.len] =
			    "\n|*:%0A\xff\0"[next_random(&x) % 9];
		if (c->read(out.p, out.len, a, &back, &e) != 0) {
			assert_int_equal(e.kind, ERR_DATA);
			assert_string_not_equal(e.text, "");
		}
		arena_reset(a);
	}
	str_done(&out);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_garbage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
