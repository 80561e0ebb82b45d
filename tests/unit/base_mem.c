/*
 * mem: what lives in an arena is zeroed, aligned, apart, and gone with it;
 * what cannot be had stops the program with exit status 1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"

static int
all_zero(const uint8_t *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (p[i] != 0)
			return 0;
	return 1;
}

/* Sizes around the alignment and around any chunk; each filled with its
 * number, and whole at the end. */
static void
test_pieces_are_apart(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, 8, 15, 16, 17, 4096, 65535,
		65536, 65537, 300000 };
	enum {
		SIZES = sizeof(sizes) / sizeof(sizes[0]),
		PIECES = 5 * SIZES
	};
	struct arena *a = arena_new();
	uint8_t *piece[PIECES];
	size_t i, k;

	(void)state;
	for (i = 0; i < PIECES; i++) {
		piece[i] = arena_alloc(a, sizes[i % SIZES]);
		assert_non_null(piece[i]);
		assert_int_equal((uintptr_t)piece[i] % _Alignof(max_align_t),
		    0);
		assert_true(all_zero(piece[i], sizes[i % SIZES]));
		memset(piece[i], (int)i + 1, sizes[i % SIZES]);
	}
	for (i = 0; i < PIECES; i++)
		for (k = 0; k < sizes[i % SIZES]; k++)
			if (piece[i][k] != i + 1)
				fail_msg("piece %zu is overwritten", i);
	arena_free(a);
}

/* After a reset the memory is zeroed again, whatever was there before. */
static void
test_reset(void **state)
{
	struct arena *a = arena_new();
	uint8_t *p;
	int round;

	(void)state;
	for (round = 0; round < 100; round++) {
		p = arena_alloc(a, 1000);
		assert_true(all_zero(p, 1000));
		memset(p, 0xaa, 1000);
		p = arena_alloc(a, 200000);
		assert_true(all_zero(p, 200000));
		memset(p, 0xaa, 200000);
		p = arena_alloc(a, 65536);
		assert_true(all_zero(p, 65536));
		memset(p, 0xaa, 65536);
		arena_reset(a);
	}
	arena_reset(a);
	arena_free(a);
	arena_free(NULL);
}

static void
test_strings(void **state)
{
	struct arena *a = arena_new();
	char source[] = "Crémieuse";
	char *copy = arena_str(a, source), *part;

	(void)state;
	part = arena_strn(a, source, 2);
	source[0] = 'X';
	assert_string_equal(copy, "Crémieuse");
	assert_string_equal(part, "Cr");
	assert_null(arena_str(a, NULL));
	assert_string_equal(arena_strn(a, NULL, 0), "");
	assert_string_equal(arena_fmt(a, "%s-%04d", "F", 42), "F-0042");
	assert_string_equal(arena_join(a, "a", " · ", "bc"), "a · bc");
	assert_string_equal(arena_join(a, "", "", ""), "");
	assert_int_equal(strlen(arena_fmt(a, "%0*d", 100000, 1)), 100000);
	arena_free(a);
}

static void
test_grow(void **state)
{
	size_t cap = 0, i, before;
	uint32_t *p = NULL;

	(void)state;
	for (i = 0; i < 10000; i++) {
		before = cap;
		p = mem_grow(p, &cap, i + 1, sizeof(*p));
		assert_true(cap > i);
		assert_true(all_zero((uint8_t *)(p + before),
		    (cap - before) * sizeof(*p)));
		p[i] = (uint32_t)i;
	}
	for (i = 0; i < 10000; i++)
		assert_int_equal(p[i], i);
	assert_ptr_equal(mem_grow(p, &cap, 1, sizeof(*p)), p);
	free(p);
	p = mem_alloc(400);
	assert_true(all_zero((uint8_t *)p, 400));
	free(p);
}

static void
ask_array(void)
{
	(void)arena_array(arena_new(), SIZE_MAX / 2, 4);
}

static void
ask_piece(void)
{
	(void)arena_alloc(arena_new(), SIZE_MAX - 1);
}

static void
ask_growth(void)
{
	size_t cap = 0;

	(void)mem_grow(NULL, &cap, SIZE_MAX / 4, 8);
}

static void
ask_objects(void)
{
	size_t cap = 0;

	(void)mem_grow(NULL, &cap, SIZE_MAX, 1);
}

/* An overflow is never a small piece: the program says so and stops. */
static void
test_too_much(void **state)
{
	static void (*const asks[])(void) = { ask_array, ask_piece, ask_growth,
		ask_objects };
	char said[200];
	int fds[2], status;
	ssize_t n;
	size_t i;
	pid_t pid;

	(void)state;
	for (i = 0; i < sizeof(asks) / sizeof(asks[0]); i++) {
		assert_int_equal(pipe(fds), 0);
		pid = fork();
		assert_true(pid >= 0);
		if (pid == 0) {
			dup2(fds[1], STDERR_FILENO);
			asks[i]();
			_exit(0);
		}
		close(fds[1]);
		n = read(fds[0], said, sizeof(said) - 1);
		close(fds[0]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 1);
		assert_true(n > 0);
		said[n] = '\0';
		assert_non_null(strstr(said, "out of memory"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces_are_apart),
		cmocka_unit_test(test_reset),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_too_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
