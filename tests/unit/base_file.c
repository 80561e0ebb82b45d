/* file: whole files, in a folder of its own that is removed at the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"

struct box {
	char dir[32];
	struct arena *a;
	struct str out;
	struct err e;
};

static int
set_up(void **state)
{
	struct box *b = mem_alloc(sizeof(*b));

	memcpy(b->dir, "/tmp/semonce-file.XXXXXX", 25);
	if (mkdtemp(b->dir) == NULL)
		return -1;
	b->a = arena_new();
	str_init(&b->out, 1000);
	*state = b;
	return 0;
}

static void
remove_all(const char *dir)
{
	char path[512];
	struct dirent *entry;
	DIR *d = opendir(dir);

	while (d != NULL && (entry = readdir(d)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		if (unlink(path) != 0)
			remove_all(path);
	}
	if (d != NULL)
		closedir(d);
	(void)rmdir(dir);
}

static int
tear_down(void **state)
{
	struct box *b = *state;

	remove_all(b->dir);
	arena_free(b->a);
	str_done(&b->out);
	free(b);
	return 0;
}

static const char *
at(struct box *b, const char *name)
{
	return arena_fmt(b->a, "%s/%s", b->dir, name);
}

static void
expect(struct box *b, const char *name, const char *content)
{
	str_clear(&b->out);
	if (file_read(at(b, name), &b->out, &b->e) != 0)
		fail_msg("%s", b->e.text);
	assert_string_equal(b->out.p, content);
}

static size_t
count_names(struct box *b)
{
	struct dirent *entry;
	DIR *d = opendir(b->dir);
	size_t n = 0;

	assert_non_null(d);
	while ((entry = readdir(d)) != NULL)
		n += entry->d_name[0] != '.';
	closedir(d);
	return n;
}

static void
test_write_replaces(void **state)
{
	struct box *b = *state;
	struct stat st;

	assert_int_equal(file_write(at(b, "f"), "one", 3, 0600, &b->e), 0);
	expect(b, "f", "one");
	assert_int_equal(stat(at(b, "f"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(file_write(at(b, "f"), "", 0, 0600, &b->e), 0);
	expect(b, "f", "");
	assert_int_equal(count_names(b), 1); /* nothing temporary stays */
}

static void
test_keep_does_not(void **state)
{
	struct box *b = *state;

	assert_int_equal(file_keep(at(b, "f"), "one", 3, 0600, &b->e), 0);
	assert_int_equal(file_keep(at(b, "f"), "two", 3, 0600, &b->e), 0);
	expect(b, "f", "one");
	assert_int_equal(count_names(b), 1);
}

/* A rename takes the place of a link; what it pointed to stays as it was. */
static void
test_links_are_not_followed(void **state)
{
	struct box *b = *state;

	assert_int_equal(file_write(at(b, "real"), "old", 3, 0600, &b->e), 0);
	assert_int_equal(symlink(at(b, "real"), at(b, "link")), 0);
	assert_true(file_exists(at(b, "link")));
	assert_int_equal(file_read(at(b, "link"), &b->out, &b->e), -1);
	assert_int_equal(b->e.kind, ERR_SYSTEM);
	assert_int_equal(file_write(at(b, "link"), "new", 3, 0600, &b->e), 0);
	expect(b, "link", "new");
	expect(b, "real", "old");
}

static void
test_read_fails(void **state)
{
	struct box *b = *state;
	char large[1001];

	assert_int_equal(file_read(at(b, "none"), &b->out, &b->e), -1);
	assert_int_equal(b->e.kind, ERR_SYSTEM);
	assert_non_null(strstr(b->e.text, "/none"));
	assert_int_equal(file_read(b->dir, &b->out, &b->e), -1);
	assert_int_equal(b->e.kind, ERR_DATA);
	/* nobody waits for a writer, and what has no end is not read */
	assert_int_equal(mkfifo(at(b, "pipe"), 0600), 0);
	assert_int_equal(file_read(at(b, "pipe"), &b->out, &b->e), -1);
	assert_int_equal(b->e.kind, ERR_DATA);
	assert_int_equal(file_read("/dev/zero", &b->out, &b->e), -1);
	assert_non_null(strstr(b->e.text, "not a file"));
	memset(large, 'x', sizeof(large));
	assert_int_equal(file_write(at(b, "f"), large, sizeof(large), 0600,
			     &b->e),
	    0);
	assert_int_equal(file_read(at(b, "f"), &b->out, &b->e), -1);
	assert_int_equal(b->e.kind, ERR_DATA);
	assert_int_equal(file_write(at(b, "f"), large, sizeof(large) - 1, 0600,
			     &b->e),
	    0);
	str_clear(&b->out);
	assert_int_equal(file_read(at(b, "f"), &b->out, &b->e), 0);
	assert_int_equal(b->out.len, 1000);
}

static void
test_read_appends(void **state)
{
	struct box *b = *state;

	assert_int_equal(file_write(at(b, "f"), "b\0c", 3, 0600, &b->e), 0);
	str_putc(&b->out, 'a');
	assert_int_equal(file_read(at(b, "f"), &b->out, &b->e), 0);
	assert_int_equal(b->out.len, 4);
	assert_memory_equal(b->out.p, "ab\0c", 5);
}

static void
test_write_fails(void **state)
{
	struct box *b = *state;

	assert_int_equal(file_write(at(b, "no/such/f"), "x", 1, 0600, &b->e),
	    -1);
	assert_int_equal(b->e.kind, ERR_SYSTEM);
	assert_non_null(strstr(b->e.text, "no/such/f"));
	/* a folder is no file to replace, and nothing temporary stays */
	assert_int_equal(file_mkdirs(at(b, "dir"), 0700, &b->e), 0);
	assert_int_equal(file_write(at(b, "dir"), "x", 1, 0600, &b->e), -1);
	assert_int_equal(count_names(b), 1);
}

static void
test_mkdirs(void **state)
{
	static const char *const paths[] = { "a/b/c", "a/b/c", "a//d/", "e" };
	struct box *b = *state;
	struct stat st;
	size_t i;

	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		assert_int_equal(file_mkdirs(at(b, paths[i]), 0700, &b->e), 0);
		assert_int_equal(stat(at(b, paths[i]), &st), 0);
		assert_true(S_ISDIR(st.st_mode));
	}
	assert_int_equal(file_write(at(b, "f"), "x", 1, 0600, &b->e), 0);
	assert_int_equal(file_mkdirs(at(b, "f"), 0700, &b->e), -1);
	assert_int_equal(file_mkdirs(at(b, "f/g"), 0700, &b->e), -1);
	assert_int_equal(b->e.kind, ERR_SYSTEM);
	assert_int_equal(file_sync_dir(b->dir, &b->e), 0);
	assert_int_equal(file_sync_dir(at(b, "none"), &b->e), -1);
	assert_false(file_exists(at(b, "none")));
}

/* Another process cannot have the lock until this one gives it back. */
static int
lock_elsewhere(struct box *b)
{
	int fd, status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		_exit(file_lock(at(b, "lock"), &fd, &b->e) == 0
			? 0
			: (int)b->e.kind);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
test_lock(void **state)
{
	struct box *b = *state;
	int fd;

	assert_int_equal(file_lock(at(b, "lock"), &fd, &b->e), 0);
	assert_int_equal(lock_elsewhere(b), ERR_BUSY);
	close(fd);
	assert_int_equal(lock_elsewhere(b), 0);
	/* that process is gone, and its lock with it */
	assert_int_equal(file_lock(at(b, "lock"), &fd, &b->e), 0);
	close(fd);
	assert_int_equal(file_lock(at(b, "no/lock"), &fd, &b->e), -1);
	assert_int_equal(b->e.kind, ERR_SYSTEM);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_write_replaces),
		TEST(test_keep_does_not),
		TEST(test_links_are_not_followed),
		TEST(test_read_fails),
		TEST(test_read_appends),
		TEST(test_write_fails),
		TEST(test_mkdirs),
		TEST(test_lock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
