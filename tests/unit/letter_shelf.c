/*
 * Where texts are sought: own before built-in, a set before what it inherits
 * and what all sets share, the consumer's before anybody's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "letter/shelf.h"
#include "letter/text.h"

struct fixture {
	char dir[40];
	struct shelf shelf;
};

static int
setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	(void)strncpy(f->dir, "/tmp/letter_shelf.XXXXXX", sizeof(f->dir) - 1);
	assert_non_null(mkdtemp(f->dir));
	f->shelf.arena = arena_new();
	f->shelf.own = arena_fmt(f->shelf.arena, "%s/own", f->dir);
	f->shelf.layouts = arena_fmt(f->shelf.arena, "%s/all", f->dir);
	f->shelf.lang = "fr";
	f->shelf.tone = "formal";
	*state = f;
	return 0;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *w)
{
	(void)st;
	(void)kind;
	(void)w;
	return remove(path);
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(nftw(f->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
	arena_free(f->shelf.arena);
	free(f);
	return 0;
}

/* `where` is below the folder: "own/fr/formal/p.md". */
static void
put_file(const struct fixture *f, const char *where, const char *text)
{
	char *path = arena_fmt(f->shelf.arena, "%s/%s", f->dir, where);
	char *name = strrchr(path, '/');
	struct err e;

	*name = '\0';
	assert_int_equal(file_mkdirs(path, 0700, &e), 0);
	*name = '/';
	assert_int_equal(file_write(path, text, strlen(text), 0600, &e), 0);
}

/* The source of the letter tells its partials. */
static void
test_partials(void **state)
{
	struct fixture *f = *state;
	struct shelf *s = &f->shelf;
	struct err e = { 0 };
	struct text text;

	put_file(f, "own/fr/formal/p.md", "mine\n");
	put_file(f, "all/letter/fr/formal/p.md", "theirs\n");
	put_file(f, "all/letter/fr/q.md", "theirs too\n");
	put_file(f, "all/letter/fr/formal/t.md",
	    "---\nsubject: x\n---\n{{>p}}\n{{>q}}\n");
	put_file(f, "all/letter/fr/formal/bad.md",
	    "---\nsubject: x\n---\n{{>t}}\n");
	put_file(f, "all/letter/fr/formal/out.md",
	    "---\nsubject: x\n---\n\n{{>../p}}\n");
	assert_int_equal(shelf_open(s, &e), 0);
	assert_int_equal(text_load(shelf_find(s, "t"), s, &text, &e), 0);
	assert_string_equal(text.source,
	    "---\nsubject: x\n---\n{{>p}}\n{{>q}}\nmine\ntheirs too\n");
	assert_int_equal(text_load(shelf_find(s, "bad"), s, &text, &e), -1);
	assert_non_null(strstr(e.text, "t.md:1: a letter of its own"));
	assert_int_equal(text_load(shelf_find(s, "out"), s, &text, &e), -1);
	assert_non_null(strstr(e.text, "out.md:5: {{>../p}}: partial '../p'"));
}

/* Of files put one after the other, each goes before those before it. */
static void
test_order(void **state)
{
	static const struct {
		const char *where;
		bool for_business;
	} rows[] = {
		{ "all/letter/fr/t.md", true },
		{ "all/letter/fr/formal/t.md", true },
		{ "all/letter/fr/firm/t.md", true },
		{ "own/fr/t.md", true },
		{ "own/fr/formal/t.md", true },
		{ "own/fr/firm/t.md", true },
		{ "all/letter/fr/t.consumer.md", false },
		{ "all/letter/fr/firm/t.consumer.md", false },
		{ "own/fr/formal/t.consumer.md", false },
		{ "own/fr/firm/t.consumer.md", false },
	};
	struct fixture *f = *state;
	struct shelf business, consumer;
	const char *was = NULL;
	struct err e = { 0 };

	put_file(f, "own/fr/firm/set.yaml", "inherits: formal\n");
	put_file(f, "own/fr/formal/x.md", "");
	business = f->shelf;
	business.tone = "firm";
	consumer = business;
	consumer.consumer = true;
	assert_int_equal(shelf_open(&business, &e), 0);
	assert_int_equal(shelf_open(&consumer, &e), 0);
	assert_null(shelf_find(&business, "t"));
	assert_null(shelf_find(&consumer, "t"));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *path =
		    arena_fmt(f->shelf.arena, "%s/%s", f->dir, rows[i].where);

		put_file(f, rows[i].where, "");
		was = rows[i].for_business ? path : was;
		assert_string_equal(shelf_find(&business, "t"), was);
		assert_string_equal(shelf_find(&consumer, "t"), path);
	}
	assert_true(shelf_is_own(&business, was));
}

/* Sets that are wrong, and a text nobody has. */
static void
test_errors(void **state)
{
	static const struct {
		const char *set, *want;
	} rows[] = {
		{ "inherits: firm\n", "more than 4 sets inherit each other" },
		{ "inherits: fromal\n",
		    "set.yaml:1: inherits: no set 'fromal'" },
		{ "inherits: ../x\n", "inherits: '../x': use letters" },
		{ "inherit: formal\n", "set.yaml:1: unknown key 'inherit'" },
	};
	struct fixture *f = *state;
	struct shelf s = f->shelf;
	struct err e = { 0 };

	s.tone = "firm";
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		put_file(f, "own/fr/firm/set.yaml", rows[i].set);
		assert_int_equal(shelf_open(&s, &e), -1);
		assert_int_equal(e.kind, ERR_USAGE);
		if (strstr(e.text, rows[i].want) == NULL)
			fail_msg("%s", e.text);
	}
	s.tone = "warm";
	assert_int_equal(shelf_open(&s, &e), 0);
	assert_int_equal(shelf_lacks(&s, "t", &e), -1);
	assert_non_null(strstr(e.text, "/own/fr/warm, "));
	assert_non_null(strstr(e.text, "/all/letter/fr)"));
	s.tone = "../warm";
	assert_int_equal(shelf_open(&s, &e), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_partials, setup, teardown),
		cmocka_unit_test_setup_teardown(test_order, setup, teardown),
		cmocka_unit_test_setup_teardown(test_errors, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
