/*
 * law_fixture: the figures of the law as they come with the program, for the
 * tests of law/.
 */
#ifndef TESTS_LAW_FIXTURE_H
#define TESTS_LAW_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "verb/law_data.h"

struct fixture {
	struct arena *arena;
	struct law law;
};

static inline int
setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct call c = { .data = ".", .dir = "build/no-workspace" };
	struct err e = { 0 };

	f->arena = arena_new();
	if (law_load(&c, f->arena, &f->law, &e) != 0) {
		print_message("%s\n", e.text);
		return -1;
	}
	*state = f;
	return 0;
}

static inline int
teardown(void **state)
{
	struct fixture *f = *state;

	arena_free(f->arena);
	free(f);
	return 0;
}

/* "" is no date. */
static inline date_t
day(const char *s)
{
	struct err e = { 0 };
	date_t d = DATE_NONE;

	if (s[0] != '\0' && date_parse(s, &d, &e) != 0)
		fail_msg("%s", e.text);
	return d;
}

#endif
