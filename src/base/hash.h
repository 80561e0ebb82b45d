/*
 * hash: SHA-256 (FIPS 180-4) by libcrypto, and its printed forms; and a quick
 * hash for tables.
 *
 * The digest is fetched and the context allocated once, at start; every
 * return of the library is checked. Same input, same output, no other state.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define SHA256_SIZE     32
#define SHA256_HEX_SIZE 65 /* with its NUL */

struct hasher;

/* The caller frees it with hasher_free. */
int hasher_new(struct hasher **out, struct err *e);
void hasher_free(struct hasher *h);

int hash_sha256(struct hasher *h, const void *bytes, size_t n,
    uint8_t out[SHA256_SIZE], struct err *e);

/*
 * The same for one of many messages that mostly begin alike, as the letters of
 * a run do: what this one and those before have in common is not hashed again.
 */
int hash_next(struct hasher *h, const void *bytes, size_t n,
    uint8_t out[SHA256_SIZE], struct err *e);

/*
 * The same in pieces, for what is not held at once: begin, add as often as
 * needed, end. One hash at a time; hash_sha256 in between abandons it.
 */
int hash_begin(struct hasher *h, struct err *e);
int hash_add(struct hasher *h, const void *bytes, size_t n, struct err *e);
int hash_end(struct hasher *h, uint8_t out[SHA256_SIZE], struct err *e);

/* Lower-case hexadecimal. Returns buf. */
const char *hash_hex(const uint8_t hash[SHA256_SIZE],
    char buf[SHA256_HEX_SIZE]);

/*
 * The first `chars` characters (at most 51) of the base32 form (RFC 4648
 * alphabet, no padding), then a NUL. buf holds chars + 1 bytes. Returns buf.
 */
const char *hash_base32(const uint8_t hash[SHA256_SIZE], size_t chars,
    char *buf);

/*
 * A hash for tables in memory, of bytes that follow those of h: no digest, and
 * another on another machine.
 */
uint64_t hash_mix(uint64_t h, const void *bytes, size_t n);

#endif
