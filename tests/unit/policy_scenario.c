/*
 * Scenarios: the built-in one as it is meant, and for each wrong key its
 * line and what to do.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "policy/scenario.h"

struct fixture {
	struct arena *arena;
	char path[64];
	struct scenario scenario;
	struct err err;
};

static int
setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	int fd;

	f->arena = arena_new();
	snprintf(f->path, sizeof(f->path), "/tmp/semonce-yaml-XXXXXX");
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
	arena_free(f->arena);
	free(f);
	return 0;
}

static int
load(struct fixture *f, const char *text)
{
	FILE *file = fopen(f->path, "we");

	assert_non_null(file);
	assert_int_not_equal(fputs(text, file), EOF);
	assert_int_equal(fclose(file), 0);
	memset(&f->err, 0, sizeof(f->err));
	return scenario_load(f->path, f->arena, &f->scenario, &f->err);
}

static void
test_standard_fr(void **state)
{
	struct fixture *f = *state;
	const struct step *s;

	if (scenario_load("layouts/scenario/standard-fr.yaml", f->arena,
		&f->scenario, &f->err) != 0)
		fail_msg("%s", f->err.text);
	assert_string_equal(f->scenario.name, "standard-fr");
	assert_string_equal(f->scenario.paid, "remerciement");
	assert_int_equal(f->scenario.spacing_days, 7);
	assert_int_equal(f->scenario.n_steps, 5);
	s = f->scenario.steps;
	assert_string_equal(s[0].name, "prevenance");
	assert_string_equal(s[0].letter, "prevenance");
	assert_string_equal(s[0].after, "");
	assert_int_equal(s[0].least_days, -5);
	assert_int_equal(s[0].most_days, INT_MAX);
	assert_int_equal(s[0].by[0], CHANNEL_EMAIL);
	assert_int_equal(s[0].by[1], CHANNEL_NONE);
	assert_int_equal(s[0].days, DAYS_ALL);
	assert_int_equal(s[0].mode, MODE_AUTO);
	assert_int_equal(s[1].least_days, 7);
	assert_int_equal(s[1].by[1], CHANNEL_PRINT);
	assert_int_equal(s[1].days, 0x03);
	assert_int_equal(s[1].hour_from, 0);
	assert_int_equal(s[1].hour_to, 24);
	assert_string_equal(s[2].after, "relance-1");
	assert_int_equal(s[2].least_days, 7);
	assert_int_equal(s[2].most_days, 14);
	assert_int_equal(s[2].days, 0x0c);
	assert_int_equal(s[2].hour_from, 8);
	assert_int_equal(s[2].hour_to, 12);
	assert_int_equal(s[3].least_days, 8);
	assert_int_equal(s[3].most_days, 20);
	assert_int_equal(s[3].by[0], CHANNEL_REGISTERED);
	assert_int_equal(s[3].deadline_days, 8);
	assert_int_equal(s[3].mode, MODE_CONFIRM);
	assert_true(s[3].claims[CLAIM_INTEREST] && s[3].claims[CLAIM_FEE]);
	for (size_t i = 0; i < 3; i++)
		assert_false(s[i].claims[CLAIM_INTEREST] ||
		    s[i].claims[CLAIM_FEE]);
	assert_string_equal(s[4].task, "dossier");
	assert_string_equal(s[4].letter, "");
	assert_int_equal(s[4].by[0], CHANNEL_NONE);
	assert_int_equal(scenario_step(&f->scenario, "relance-2"), 2);
	assert_int_equal(scenario_step(&f->scenario, "relance-9"), -1);
}

static void
test_patient_fr(void **state)
{
	static const struct {
		const char *name, *after;
		int least, most;
		unsigned deadline;
		enum channel first;
		enum step_mode mode;
	} rows[] = {
		{ "prevenance", "", -5, INT_MAX, 0, CHANNEL_EMAIL, MODE_AUTO },
		{ "relance-1", "", 7, INT_MAX, 0, CHANNEL_EMAIL, MODE_AUTO },
		{ "relance-2", "relance-1", 10, 21, 0, CHANNEL_EMAIL,
		    MODE_AUTO },
		{ "relance-3", "relance-2", 10, 21, 8, CHANNEL_EMAIL,
		    MODE_AUTO },
		{ "mise-en-demeure", "relance-3", 10, 30, 15,
		    CHANNEL_REGISTERED, MODE_CONFIRM },
		{ "dossier", "mise-en-demeure", 30, INT_MAX, 0, CHANNEL_NONE,
		    MODE_AUTO },
	};
	struct fixture *f = *state;

	if (scenario_load("layouts/scenario/patient-fr.yaml", f->arena,
		&f->scenario, &f->err) != 0)
		fail_msg("%s", f->err.text);
	assert_string_equal(f->scenario.name, "patient-fr");
	assert_string_equal(f->scenario.paid, "remerciement");
	assert_int_equal(f->scenario.spacing_days, 7);
	assert_int_equal(f->scenario.n_steps, sizeof(rows) / sizeof(rows[0]));
	for (size_t i = 0; i < f->scenario.n_steps; i++) {
		const struct step *s = &f->scenario.steps[i];
		bool writes = rows[i].first != CHANNEL_NONE;

		assert_string_equal(s->name, rows[i].name);
		assert_string_equal(s->letter, writes ? rows[i].name : "");
		assert_string_equal(s->task, writes ? "" : "dossier");
		assert_string_equal(s->after, rows[i].after);
		assert_int_equal(s->least_days, rows[i].least);
		assert_int_equal(s->most_days, rows[i].most);
		assert_int_equal(s->deadline_days, rows[i].deadline);
		assert_int_equal(s->by[0], rows[i].first);
		assert_int_equal(s->mode, rows[i].mode);
		assert_int_equal(s->claims[CLAIM_INTEREST], i == 4);
		assert_int_equal(s->claims[CLAIM_FEE], i == 4);
	}
}

static void
test_limits(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
	    load(f,
		"scenario: s\nspacing: 0d\nsteps:\n"
		"  - {name: a, at: due, letter: x, by: [print], floor: 10.00,\n"
		"     ceiling: '5000', hours: 0-24, days: [sat, fri],\n"
		"     claims: [fee]}\n"
		"  - {name: b, at: due+30d, letter: y, by: [print]}\n"),
	    0);
	assert_int_equal(f->scenario.steps[0].least_days, 0);
	assert_int_equal(f->scenario.steps[0].floor_minor, 1000);
	assert_int_equal(f->scenario.steps[0].ceiling_minor, 500000);
	assert_int_equal(f->scenario.steps[0].days, 0x30);
	assert_int_equal(f->scenario.steps[1].least_days, 30);
	assert_false(f->scenario.steps[0].claims[CLAIM_INTEREST]);
	assert_true(f->scenario.steps[0].claims[CLAIM_FEE]);
	assert_false(f->scenario.steps[1].claims[CLAIM_FEE]);
	assert_string_equal(f->scenario.paid, "");
	assert_int_equal(f->scenario.spacing_days, 0);
}

#define TOP "scenario: s\nspacing: 7d\nsteps:\n"
#define A   "- {name: a, at: due, letter: x, by: [print]}\n"

static const struct {
	const char *text;
	unsigned line;
	const char *says;
} wrong[] = {
	{ "scenario: s\nspacing: 7d\nstpes: []\n", 3, "stpes" },
	{ "scenario: s\nspacing: 7d\nsteps: []\n", 3, "" },
	{ "scenario: s\nspacing: 7\nsteps:\n" A, 2, "7d" },
	{ "scenario: S/s\nspacing: 7d\nsteps:\n" A, 1, "small letters" },
	{ "scenario: s\ngroup: level\nspacing: 7d\nsteps:\n" A, 2, "debtor" },
	{ "scenario: s\nspacing: 7d\npaid: ../x\nsteps:\n" A, 3, "paid" },
	{ TOP "- {name: a, at: due, letetr: x, by: [print]}\n", 4, "letetr" },
	{ TOP "- name: a\n  at: due + x\n  letter: x\n  by: [print]\n", 5,
	    "at 'due + x'" },
	{ TOP "- name: a\n  at: due * 7d\n  letter: x\n  by: [print]\n", 5,
	    "due + 7d" },
	{ TOP "- name: a\n  at: due + 7d.\n  letter: x\n  by: [print]\n", 5,
	    "due + 7d" },
	{ TOP "- name: a\n  at: due + 99999d\n  letter: x\n  by: [print]\n", 5,
	    "due + 7d" },
	{ TOP "- name: a\n  letter: x\n  by: [print]\n", 4,
	    "either at or after" },
	{ TOP "- name: a b\n  at: due\n  letter: x\n  by: [print]\n", 4,
	    "small letters" },
	{ TOP A "- {name: a, at: due + 9d, letter: x, by: [print]}\n", 5,
	    "two steps have this name" },
	{ TOP A "- {name: b, after: c + 9d, letter: x, by: [print]}\n", 5,
	    "the step right above" },
	{ TOP A "- {name: b, after: a, letter: x, by: [print]}\n", 5,
	    "NAME + 7d" },
	{ TOP A "- {name: b, after: a + 9d..8d, letter: x, by: [print]}\n", 5,
	    "greatest gap" },
	{ TOP A "- {name: b, at: due, letter: x, by: [print]}\n", 5,
	    "after the steps above" },
	{ TOP A "- {name: b, at: due - 3d, letter: x, by: [print]}\n", 5,
	    "after the steps above" },
	{ TOP "- {name: a, at: due - 3d, letter: x, by: [print]}\n"
	      "- {name: b, after: a + 9d, letter: x, by: [print]}\n",
	    5, "lapses" },
	{ TOP "- {name: a, at: due, by: [print]}\n", 4,
	    "either a letter or a task" },
	{ TOP "- {name: a, at: due, letter: x, task: dossier}\n", 4,
	    "either a letter or a task" },
	{ TOP "- {name: a, at: due, letter: ../x, by: [print]}\n", 4,
	    "small letters" },
	{ TOP "- {name: a, at: due, task: call}\n", 4, "dossier" },
	{ TOP "- {name: a, at: due, task: dossier}\n"
	      "- {name: b, after: a + 9d, letter: x, by: [print]}\n",
	    4, "the last step" },
	{ TOP "- {name: a, at: due, letter: x}\n", 4, "email, print" },
	{ TOP "- name: a\n  at: due\n  letter: x\n  by: [fax]\n", 7, "fax" },
	{ TOP "- {name: a, at: due, letter: x, by: [print, print]}\n", 4,
	    "once" },
	{ TOP "- name: a\n  at: due\n  letter: x\n  by: [print]\n"
	      "  days: [monday]\n",
	    8, "monday" },
	{ TOP "- name: a\n  at: due\n  letter: x\n  by: [print]\n"
	      "  days: [sat, sun]\n",
	    8, "working days" },
	{ TOP "- name: a\n  at: due\n  letter: x\n  by: [print]\n"
	      "  claims: [costs]\n",
	    8, "interest or fee" },
	{ TOP "- {name: a, at: due, letter: x, by: [print],\n"
	      "   claims: [fee, fee]}\n",
	    5, "once" },
	{ TOP "- {name: a, at: due, task: dossier, claims: [fee]}\n", 4,
	    "a task does not" },
	{ TOP "- name: a\n  at: due\n  letter: x\n  by: [print]\n"
	      "  hours: 12-8\n",
	    8, "8-12" },
	{ TOP "- name: a\n  at: due\n  letter: x\n  by: [print]\n"
	      "  hours: 8-25\n",
	    8, "8-12" },
	{ TOP "- name: a\n  at: due\n  letter: x\n  by: [print]\n"
	      "  mode: maybe\n",
	    8, "auto or confirm" },
	{ TOP "- name: a\n  at: due\n  letter: x\n  by: [print]\n"
	      "  deadline: 0d\n",
	    8, "8d" },
	{ TOP "- name: a\n  at: due\n  letter: x\n  by: [print]\n"
	      "  floor: much\n",
	    8, "10.00" },
	{ TOP "- name: a\n  at: due\n  letter: x\n  by: [print]\n"
	      "  floor: 10\n  ceiling: 9\n",
	    9, "floor" },
	{ "scenario: [\n", 0, "" },
};

static void
test_wrong(void **state)
{
	struct fixture *f = *state;
	char where[96];
	size_t i;

	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(load(f, wrong[i].text), -1);
		assert_int_equal(f->err.kind, ERR_USAGE);
		snprintf(where, sizeof(where), "%s:%u:", f->path,
		    wrong[i].line);
		if (wrong[i].line == 0)
			snprintf(where, sizeof(where), "%s", f->path);
		if (strncmp(f->err.text, where, strlen(where)) != 0 ||
		    strstr(f->err.text, wrong[i].says) == NULL)
			fail_msg("%zu, line %u: %s", i, wrong[i].line,
			    f->err.text);
	}
}

static void
test_unreadable(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(scenario_load("/nonexistent/x.yaml", f->arena,
			     &f->scenario, &f->err),
	    -1);
	assert_int_equal(f->err.kind, ERR_USAGE);
	assert_non_null(strstr(f->err.text, "/nonexistent/x.yaml"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_standard_fr, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_patient_fr, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrong, setup, teardown),
		cmocka_unit_test_setup_teardown(test_unreadable, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
