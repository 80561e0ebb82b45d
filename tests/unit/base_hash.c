/*
 * hash: the examples of FIPS 180-4 for SHA-256 (NIST, "Examples with
 * intermediate values"), whole, in pieces, and in base32 (RFC 4648).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/mem.h"

#define TABLE 1024

static const struct {
	const char *text;
	size_t times;
	const char *hex, *base32;
} vectors[] = {
	{ .text = "",
	    .times = 1,
	    .hex = "e3b0c44298fc1c149afbf4c8996fb924"
		   "27ae41e4649b934ca495991b7852b855",
	    .base32 = "4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBK" },
	{ .text = "abc",
	    .times = 1,
	    .hex = "ba7816bf8f01cfea414140de5dae2223"
		   "b00361a396177a9cb410ff61f20015ad",
	    .base32 = "XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWW" },
	{ .text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	    .times = 1,
	    .hex = "248d6a61d20638b8e5c026930c3e6039"
		   "a33ce45964ff2167f6ecedd419db06c1",
	    .base32 = "ESGWUYOSAY4LRZOAE2JQYPTAHGRTZZCZMT7SCZ7W5TW5IGO3A3A" },
	{ .text = "a",
	    .times = 1000000,
	    .hex = "cdc76e5c9914fb9281a1c7e284d73e67"
		   "f1809a48a497200e046d39ccc7112cd0",
	    .base32 = "ZXDW4XEZCT5ZFANBY7RIJVZ6M7YYBGSIUSLSADQENU44ZRYRFTI" },
};

static void
check(size_t row, const uint8_t hash[SHA256_SIZE])
{
	char hex[SHA256_HEX_SIZE], base32[52];
	size_t chars;

	assert_string_equal(hash_hex(hash, hex), vectors[row].hex);
	for (chars = 0; chars <= 51; chars++) {
		hash_base32(hash, chars, base32);
		assert_int_equal(strlen(base32), chars);
		assert_memory_equal(base32, vectors[row].base32, chars);
	}
}

static void
test_vectors(void **state)
{
	uint8_t hash[SHA256_SIZE];
	struct hasher *h;
	struct err e;
	size_t i, k, n;
	char *all;

	(void)state;
	assert_int_equal(hasher_new(&h, &e), 0);
	for (i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		struct arena *a = arena_new();

		n = strlen(vectors[i].text);
		all = arena_alloc(a, n * vectors[i].times);
		for (k = 0; k < vectors[i].times; k++)
			memcpy(all + k * n, vectors[i].text, n);
		assert_int_equal(hash_sha256(h, all, n * vectors[i].times, hash,
				     &e),
		    0);
		check(i, hash);
		arena_free(a);
	}
	hasher_free(h);
	hasher_free(NULL);
}

static void
test_pieces(void **state)
{
	uint8_t hash[SHA256_SIZE], other[SHA256_SIZE];
	struct hasher *h;
	struct err e;
	size_t i, k;

	(void)state;
	assert_int_equal(hasher_new(&h, &e), 0);
	for (i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		assert_int_equal(hash_begin(h, &e), 0);
		for (k = 0; k < vectors[i].times; k++)
			assert_int_equal(hash_add(h, vectors[i].text,
					     strlen(vectors[i].text), &e),
			    0);
		assert_int_equal(hash_end(h, hash, &e), 0);
		check(i, hash);
	}
	/* a whole one in between abandons the pieces, and is itself right */
	assert_int_equal(hash_begin(h, &e), 0);
	assert_int_equal(hash_add(h, "x", 1, &e), 0);
	assert_int_equal(hash_sha256(h, "abc", 3, other, &e), 0);
	check(1, other);
	hasher_free(h);
}

/* Messages that begin alike up to `own`, one after the other. */
static void
test_next(void **state)
{
	static const struct {
		size_t own, len;
	} rows[] = { { 20000, 30000 }, { 20100, 30000 }, { 20050, 30000 },
		{ 25000, 27000 }, { 20000, 20000 }, { 19999, 25000 },
		{ 19000, 19500 }, { 5000, 30000 }, { 5000, 4000 },
		{ 10, 30000 }, { 12, 13 }, { 0, 0 }, { 0, 9000 },
		{ 9000, 9000 }, { 9000, 9000 }, { 70000, 90000 },
		{ 80000, 90000 }, { 66000, 90000 }, { 4095, 8000 },
		{ 4096, 8000 }, { 4097, 8000 } };
	uint8_t hash[SHA256_SIZE], wanted[SHA256_SIZE];
	struct arena *a = arena_new();
	struct hasher *h, *other;
	struct err e;

	(void)state;
	assert_int_equal(hasher_new(&h, &e), 0);
	assert_int_equal(hasher_new(&other, &e), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned char *m = arena_alloc(a, rows[i].len);

		for (size_t k = 0; k < rows[i].len; k++)
			m[k] = (unsigned char)(k < rows[i].own ? k : k + i + 1);
		assert_int_equal(hash_next(h, m, rows[i].len, hash, &e), 0);
		assert_int_equal(hash_sha256(other, m, rows[i].len, wanted, &e),
		    0);
		assert_memory_equal(hash, wanted, SHA256_SIZE);
		/* what comes in between is hashed as ever */
		assert_int_equal(hash_sha256(h, "abc", 3, hash, &e), 0);
		check(1, hash);
	}
	hasher_free(h);
	hasher_free(other);
	arena_free(a);
}

/* Keys that differ in a few figures spread as dice would over a table. */
static void
test_mix_spreads(void **state)
{
	static const char *const around[][2] = { { "", "" }, { "C-", "" },
		{ "", "x" }, { "ab", "yz" }, { "F2025-", "" },
		{ "R2-2026-", ")" }, { "", ", Mademoiselle Échantillon" } };

	(void)state;
	for (size_t i = 0; i < sizeof(around) / sizeof(around[0]); i++) {
		bool taken[TABLE] = { false };
		size_t n = 0;

		for (size_t k = 0; k < TABLE; k++) {
			char key[64];
			int len = snprintf(key, sizeof(key), "%s%05zu%s",
			    around[i][0], k, around[i][1]);
			uint64_t h = hash_mix(1, key, (size_t)len);

			n += !taken[h % TABLE];
			taken[h % TABLE] = true;
		}
		/* 63 of 100; fewer by a tenth is no accident. */
		assert_in_range(n, TABLE * 57 / 100, TABLE);
	}
}

static void
test_mix_tells_apart(void **state)
{
	(void)state;
	assert_true(hash_mix(1, "", 0) != hash_mix(2, "", 0));
	assert_true(hash_mix(1, "a", 1) != hash_mix(1, "b", 1));
	assert_true(hash_mix(1, "a", 1) != hash_mix(1, "a\0", 2));
	assert_true(hash_mix(1, "a\0\0\0\0\0\0\0", 8) !=
	    hash_mix(1, "a\0\0\0\0\0\0\0\0", 9));
	assert_true(hash_mix(1, "abcdefgh", 8) == hash_mix(1, "abcdefgh", 8));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_next),
		cmocka_unit_test(test_mix_spreads),
		cmocka_unit_test(test_mix_tells_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
