#include "base/hash.h"

#include <assert.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct hasher {
	EVP_MD *md;
	EVP_MD_CTX *ctx;
};

int
hasher_new(struct hasher **out, struct err *e)
{
	struct hasher *h = mem_alloc(sizeof(*h));

	h->md = EVP_MD_fetch(NULL, "SHA256", NULL);
	h->ctx = EVP_MD_CTX_new();
	if (h->md == NULL || h->ctx == NULL) {
		hasher_free(h);
		return err_set(e, ERR_SYSTEM,
		    "libcrypto has no SHA-256: check the OpenSSL installation");
	}
	*out = h;
	return 0;
}

void
hasher_free(struct hasher *h)
{
	if (h == NULL)
		return;
	EVP_MD_CTX_free(h->ctx);
	EVP_MD_free(h->md);
	free(h);
}

static int
failed(struct err *e)
{
	return err_set(e, ERR_SYSTEM, "libcrypto failed to hash");
}

int
hash_begin(struct hasher *h, struct err *e)
{
	return EVP_DigestInit_ex2(h->ctx, h->md, NULL) == 1 ? 0 : failed(e);
}

int
hash_add(struct hasher *h, const void *bytes, size_t n, struct err *e)
{
	return EVP_DigestUpdate(h->ctx, bytes, n) == 1 ? 0 : failed(e);
}

int
hash_end(struct hasher *h, uint8_t out[SHA256_SIZE], struct err *e)
{
	unsigned len = 0;

	if (EVP_DigestFinal_ex(h->ctx, out, &len) != 1 || len != SHA256_SIZE)
		return failed(e);
	return 0;
}

int
hash_sha256(struct hasher *h, const void *bytes, size_t n,
    uint8_t out[SHA256_SIZE], struct err *e)
{
	if (hash_begin(h, e) != 0 || hash_add(h, bytes, n, e) != 0)
		return -1;
	return hash_end(h, out, e);
}

const char *
hash_hex(const uint8_t hash[SHA256_SIZE], char buf[SHA256_HEX_SIZE])
{
	static const char digit[] = "0123456789abcdef";

	for (size_t i = 0; i < SHA256_SIZE; i++) {
		buf[2 * i] = digit[hash[i] >> 4];
		buf[2 * i + 1] = digit[hash[i] & 15];
	}
	buf[SHA256_HEX_SIZE - 1] = '\0';
	return buf;
}

const char *
hash_base32(const uint8_t hash[SHA256_SIZE], size_t chars, char *buf)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	assert(chars <= (size_t)SHA256_SIZE * 8 / 5);
	for (size_t i = 0; i < chars; i++) {
		size_t bit = i * 5;
		unsigned two = (unsigned)hash[bit / 8] << 8;

		if (bit / 8 + 1 < SHA256_SIZE)
			two |= hash[bit / 8 + 1];
		buf[i] = digit[two >> (11 - bit % 8) & 31];
	}
	buf[chars] = '\0';
	return buf;
}

/* Eight bytes at a time; each bit of them moves the low bits of the hash. */
uint64_t
hash_mix(uint64_t h, const void *bytes, size_t n)
{
	const uint64_t odd = 0x9e3779b97f4a7c15u;
	const unsigned char *p = bytes;
	uint64_t word, left = n;

	for (; left >= sizeof(word); left -= sizeof(word), p += sizeof(word)) {
		memcpy(&word, p, sizeof(word));
		h = (h ^ word) * odd;
		h ^= h >> 32;
	}
	word = 0;
	memcpy(&word, p, left);
	h = (h ^ word) * odd;
	h = (h ^ h >> 32 ^ n) * odd;
	return h ^ h >> 32;
}
