/*
 * Invariants:
 *
 *  1. A file below archive/ is named by the SHA-256 of its bytes.
 *  2. It is durable before a document row names it: archive_keep returns
 *     only then, and the row is committed after.
 */
#include "ledger/archive.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

const char *
document_ext(enum document_role role)
{
	static const char *const ext[] = {
		[DOCUMENT_LETTER] = "pdf",
		[DOCUMENT_DATA] = "json",
		[DOCUMENT_MAIL] = "eml",
	};

	return ext[role];
}

const char *
archive_path(struct arena *a, const char *dir, const char *sha256,
    const char *ext)
{
	assert(strlen(sha256) == SHA256_HEX_SIZE - 1);
	assert(strspn(sha256, "0123456789abcdef") == SHA256_HEX_SIZE - 1);
	return arena_fmt(a, "%s/archive/%.2s/%s.%s", dir, sha256, sha256, ext);
}

int
archive_read(const char *dir, struct hasher *h, const char *sha256,
    const char *ext, struct str *out, struct err *e)
{
	struct arena *a = arena_new();
	const char *path = archive_path(a, dir, sha256, ext);
	char hex[SHA256_HEX_SIZE];
	uint8_t hash[SHA256_SIZE];
	size_t start = out->len;
	int rc = -1;

	if (!file_exists(path))
		(void)err_set(e, ERR_BROKEN,
		    "%s is missing: restore it from a backup", path);
	else if (file_read(path, out, e) == 0 &&
	    hash_sha256(h, out->p + start, out->len - start, hash, e) == 0)
		rc = 0;
	if (rc == 0 && strcmp(hash_hex(hash, hex), sha256) != 0)
		rc = err_set(e, ERR_BROKEN,
		    "%s is damaged, its hash is %s: restore it from a backup",
		    path, hex);
	arena_free(a);
	return rc;
}

/* A file that is there but damaged is written anew: we have its bytes. */
static int
archive_place(const char *dir, struct hasher *h, const struct str *bytes,
    const char *ext, const char *sha256, struct err *e)
{
	struct arena *a = arena_new();
	const char *path = archive_path(a, dir, sha256, ext);
	struct err damage;
	struct str present;
	int rc;

	str_init(&present, bytes->len + 1);
	rc = file_mkdirs(arena_fmt(a, "%s/archive/%.2s", dir, sha256), 0700, e);
	if (rc == 0)
		rc = file_keep(path, bytes->p, bytes->len, 0440, e);
	if (rc == 0 &&
	    archive_read(dir, h, sha256, ext, &present, &damage) != 0)
		rc = file_write(path, bytes->p, bytes->len, 0440, e);
	str_done(&present);
	arena_free(a);
	return rc;
}

int
archive_keep(const char *dir, struct hasher *h, const struct str *bytes,
    const char *ext, struct document *out, struct err *e)
{
	uint8_t hash[SHA256_SIZE];

	assert(!bytes->over);
	if (hash_sha256(h, bytes->p, bytes->len, hash, e) != 0)
		return -1;
	(void)hash_hex(hash, out->sha256);
	out->size = bytes->len;
	return archive_place(dir, h, bytes, ext, out->sha256, e);
}
