#include "base/hash.h"

#include <assert.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

#define HEAD_MIN ((size_t)4096) /* bytes; less is as soon hashed */
#define HEAD_MAX ((size_t)65536)

struct hasher {
	EVP_MD *md;
	EVP_MD_CTX *ctx;
	/* of hash_next: a message before, and the state after its first bytes
	 */
	struct str last;
	EVP_MD_CTX *head;
	size_t head_len; /* 0: none */
};

int
hasher_new(struct hasher **out, struct err *e)
{
	struct hasher *h = mem_alloc(sizeof(*h));

	h->md = EVP_MD_fetch(NULL, "SHA256", NULL);
	h->ctx = EVP_MD_CTX_new();
	h->head = EVP_MD_CTX_new();
	str_init(&h->last, HEAD_MAX);
	if (h->md == NULL || h->ctx == NULL || h->head == NULL) {
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
	EVP_MD_CTX_free(h->head);
	str_done(&h->last);
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

/* How many of its first bytes a message has in common with the last. */
static size_t
count_same(const struct hasher *h, const char *p, size_t n)
{
	size_t most = n < h->last.len ? n : h->last.len, i = 0;

	if (h->head_len <= most && memcmp(p, h->last.p, h->head_len) == 0)
		i = h->head_len;
	if (i > 0)
		return i;
	while (i < most && p[i] == h->last.p[i])
		i++;
	return i < HEAD_MIN ? 0 : i;
}

/* Hashes the head of a message, and keeps it for the next. */
static int
hash_head(struct hasher *h, const char *p, size_t n, size_t head_len,
    struct err *e)
{
	h->head_len = 0;
	str_clear(&h->last);
	str_put(&h->last, p, n < HEAD_MAX ? n : HEAD_MAX);
	if (hash_begin(h, e) != 0 || hash_add(h, p, head_len, e) != 0)
		return -1;
	if (head_len > 0 && EVP_MD_CTX_copy_ex(h->head, h->ctx) != 1)
		return failed(e);
	h->head_len = head_len;
	return 0;
}

int
hash_next(struct hasher *h, const void *bytes, size_t n,
    uint8_t out[SHA256_SIZE], struct err *e)
{
	const char *p = bytes;
	size_t same = count_same(h, p, n);

	if (same > 0 && same == h->head_len) {
		if (EVP_MD_CTX_copy_ex(h->ctx, h->head) != 1)
			return failed(e);
	} else if (hash_head(h, p, n, same, e) != 0) {
		return -1;
	}
	if (hash_add(h, p + same, n - same, e) != 0)
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
