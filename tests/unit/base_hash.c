/*
 * hash: the examples of FIPS 180-4 for SHA-256 (NIST, "Examples with
 * intermediate values"), whole, in pieces, and in base32 (RFC 4648).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/mem.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
