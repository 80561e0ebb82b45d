/*
 * How files are encoded: what is found, what must be said, and what is wrong
 * with the rest.
 */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "read/csv.h"

#define D           "code,name,kind\n"
#define P           "date,debtor,currency,amount\n"
#define ROWS        9000

#define BYTES(text) text, sizeof(text) - 1

struct fixture {
	struct arena *arena;
	struct hasher *hasher;
	char path[64];
	struct records records;
	struct err err;
};

static int
setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	int fd;

	f->arena = arena_new();
	assert_int_equal(hasher_new(&f->hasher, &f->err), 0);
	snprintf(f->path, sizeof(f->path), "/tmp/semonce-stream-XXXXXX");
	fd = mkstemp(f->path);
	assert_int_not_equal(fd, -1);
	close(fd);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	unlink(f->path);
	hasher_free(f->hasher);
	arena_free(f->arena);
	free(f);
	return 0;
}

static int
read_as(struct fixture *f, const char *encoding, const void *bytes, size_t n)
{
	assert_int_equal(file_write(f->path, bytes, n, 0600, &f->err), 0);
	memset(&f->records, 0, sizeof(f->records));
	memset(&f->err, 0, sizeof(f->err));
	return csv_read(f->path, encoding, f->hasher, f->arena, &f->records,
	    &f->err);
}

/* The text in another encoding; returns its length. */
static size_t
encode(const char *to, const char *text, size_t n, char *out, size_t room)
{
	iconv_t cd = iconv_open(to, "UTF-8");
	char *in = mem_alloc(n + 1), *from = in, *p = out;
	size_t left = n, free_bytes = room;

	assert_true((intptr_t)cd != -1);
	memcpy(in, text, n);
	assert_int_equal(iconv(cd, &from, &left, &p, &free_bytes), 0);
	assert_int_equal(iconv_close(cd), 0);
	free(in);
	return room - free_bytes;
}

/* The mark of a file, the encoding behind it, and the name given, if any. */
static const struct {
	const char *mark, *encoding, *told;
} encodings[] = {
	{ "", "UTF-8", NULL },
	{ "", "UTF-8", "utf-8" },
	{ "\xef\xbb\xbf", "UTF-8", NULL },
	{ "\xef\xbb\xbf", "UTF-8", "windows-1252" }, /* the mark is surer */
	{ "\xff\xfe", "UTF-16LE", NULL },
	{ "\xff\xfe", "UTF-16LE", "utf-16" },
	{ "\xfe\xff", "UTF-16BE", NULL },
	{ "", "UTF-16LE", NULL },
	{ "", "UTF-16BE", NULL },
	{ "", "windows-1252", "Windows-1252" },
	{ "", "ISO-8859-15", "latin-9" },
	{ "", "IBM850", "cp850" },
};

static void
test_encodings(void **state)
{
	struct fixture *f = *state;
	char line[64], *bytes = mem_alloc(1 << 20);
	size_t i, k, n, head;
	struct str text;

	str_init(&text, 1 << 20);
	str_puts(&text, D);
	for (k = 0; k < ROWS; k++) /* cut by blocks at every place */
		str_fmt(&text, "C%zu,%.*s\xc3\xa9,public\n", k, (int)(k % 7),
		    "Caf----");
	for (i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++) {
		head = strlen(encodings[i].mark);
		memcpy(bytes, encodings[i].mark, head);
		n = head +
		    encode(encodings[i].encoding, text.p, text.len,
			bytes + head, (1 << 20) - head);
		if (read_as(f, encodings[i].told, bytes, n) != 0)
			fail_msg("%zu: %s", i, f->err.text);
		assert_int_equal(f->records.n, ROWS);
		assert_int_equal(f->records.n_refused, 0);
		for (k = 0; k < ROWS; k++) {
			(void)snprintf(line, sizeof(line), "%.*s\xc3\xa9",
			    (int)(k % 7), "Caf----");
			assert_string_equal(f->records.debtors[k].name, line);
		}
	}
	str_done(&text);
	free(bytes);
}

static const struct {
	const char *told, *bytes;
	size_t n;
	enum err_kind kind;
	const char *says;
} bad_encodings[] = {
	{ "foo", BYTES(D), ERR_USAGE, "--encoding 'foo' is not known" },
	{ "ascii//TRANSLIT", BYTES(D), ERR_USAGE, "is not known" },
	{ "ascii", BYTES(P "2026-01-05,Caf\xe9,EUR,1.00\n"), ERR_DATA,
	    ":2: not ascii: say another --encoding" },
	{ "windows-1252", BYTES(P "2026-01-05,\x81,EUR,1.00\n"), ERR_DATA,
	    ":2: not windows-1252: say another --encoding" },
	{ "windows-1252", BYTES(D "C1,Caf\xc3\xa9,public\n"), ERR_DATA,
	    ": the file is UTF-8, not windows-1252" },
	/* the second half of a character, and one of two halves, missing */
	{ NULL, BYTES("\xff\xfe\x61\0,\0b"), ERR_DATA, ":1: not UTF-16LE" },
	{ NULL, BYTES("a\0,\0\0\xdc,\0"), ERR_DATA, ":1: not UTF-16LE" },
};

static void
test_bad_encodings(void **state)
{
	static const char end[] = D "C1,Caf\xe9,public\nC2,B,public,\xe9";
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < sizeof(bad_encodings) / sizeof(bad_encodings[0]); i++) {
		assert_int_equal(read_as(f, bad_encodings[i].told,
				     bad_encodings[i].bytes,
				     bad_encodings[i].n),
		    -1);
		if (f->err.kind != bad_encodings[i].kind ||
		    strstr(f->err.text, bad_encodings[i].says) == NULL)
			fail_msg("file %zu: %s", i, f->err.text);
	}
	/* An accent at the very end is no UTF-8 that was cut. */
	assert_int_equal(read_as(f, "latin1", end, sizeof(end) - 1), 0);
	assert_int_equal(f->records.n, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_encodings, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_bad_encodings, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
