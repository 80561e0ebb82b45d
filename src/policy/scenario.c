#include "policy/scenario.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "policy/raw.h"

#define FILE_MAX_BYTES ((size_t)1 << 20)
#define DAYS_MAX       3650
#define DAYS_WORKING   0x1fu

/* While a file is checked: where in it, and what to make. */
struct check {
	const char *path;
	const struct str *text;
	const struct raw_scenario *raw;
	struct arena *arena;
	size_t at; /* index of the step */
};

/* "FILE:LINE: steps.2.at 'due + x': what to do"; returns -1. */
static int
wrong(const struct check *k, const char *key, const char *value,
    const char *what, struct err *e)
{
	char path[40];
	unsigned line;

	(void)snprintf(path, sizeof(path), "steps.%zu.%s", k->at, key);
	line = yaml_line(k->text->p, k->text->len, path);
	if (line == 0) {
		(void)snprintf(path, sizeof(path), "steps.%zu.name", k->at);
		line = yaml_line(k->text->p, k->text->len, path);
	}
	return err_set(e, ERR_USAGE, "%s:%u: step '%.40s': %s '%.60s': %s",
	    k->path, line > 0 ? line : 1, k->raw->steps[k->at].name, key, value,
	    what);
}

/* The same for a key of the whole scenario. */
static int
wrong_top(const struct check *k, const char *key, const char *value,
    const char *what, struct err *e)
{
	unsigned line = yaml_line(k->text->p, k->text->len, key);

	return err_set(e, ERR_USAGE, "%s:%u: %s '%.60s': %s", k->path,
	    line > 0 ? line : 1, key, value, what);
}

static const char *
given(const char *s)
{
	return s == NULL ? "" : s;
}

/* Names go into file names and tables: small letters, digits, hyphens. */
static bool
is_name(const char *s)
{
	return s[0] != '\0' && strlen(s) <= 40 &&
	    strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(s);
}

/* Passes over "8d" and returns what follows, or NULL. */
static const char *
eat_days(const char *s, int *days)
{
	char *end;
	long v;

	if (*s < '0' || *s > '9')
		return NULL;
	v = strtol(s, &end, 10);
	if (v > DAYS_MAX || *end != 'd')
		return NULL;
	*days = (int)v;
	return end + 1;
}

static const char *
eat_spaces(const char *s)
{
	return s + strspn(s, " ");
}

/* "due", "due - 5d", "due + 7d" */
static int
take_at(const struct check *k, const char *at, struct step *s, struct err *e)
{
	const char *p = at;
	char sign;

	if (strncmp(p, "due", 3) != 0)
		return wrong(k, "at", at, "write due, due - 5d or due + 7d", e);
	p = eat_spaces(p + 3);
	sign = *p;
	s->least_days = 0;
	if (sign == '+' || sign == '-')
		p = eat_days(eat_spaces(p + 1), &s->least_days);
	if (p == NULL || *p != '\0')
		return wrong(k, "at", at, "write due, due - 5d or due + 7d", e);
	if (sign == '-')
		s->least_days = -s->least_days;
	return 0;
}

/* "relance-1 + 7d..14d", "relance-1 + 7d" */
static int
take_after(const struct check *k, const char *after, struct step *s,
    struct err *e)
{
	size_t n = strcspn(after, " +");
	const char *p = eat_spaces(after + n);

	s->after = arena_strn(k->arena, after, n);
	if (*p == '+')
		p = eat_days(eat_spaces(p + 1), &s->least_days);
	else
		p = NULL;
	if (p != NULL && strncmp(p, "..", 2) == 0)
		p = eat_days(p + 2, &s->most_days);
	if (p == NULL || *p != '\0')
		return wrong(k, "after", after,
		    "write NAME + 7d or NAME + 7d..14d", e);
	if (s->most_days < s->least_days)
		return wrong(k, "after", after,
		    "the greatest gap is not below the least", e);
	return 0;
}

/*
 * Steps follow one another: a level is never skipped, so each counts from
 * the step right before it, or from a later day after the due date.
 */
static int
check_order(const struct check *k, const struct step *steps, struct err *e)
{
	const struct step *s = &steps[k->at], *before = s - 1;
	size_t i;

	if (s->after[0] == '\0') {
		for (i = 0; i < k->at; i++) {
			if (steps[i].after[0] == '\0' &&
			    steps[i].least_days >= s->least_days)
				return wrong(k, "at", k->raw->steps[k->at].at,
				    "it must lie after the steps above", e);
		}
		if (s->least_days < 0 && k->at > 0 && before->after[0] != '\0')
			return wrong(k, "at", k->raw->steps[k->at].at,
			    "a step before the due date comes first", e);
		return 0;
	}
	if (k->at == 0 || strcmp(s->after, before->name) != 0)
		return wrong(k, "after", s->after,
		    "it must name the step right above", e);
	if (before->after[0] == '\0' && before->least_days < 0)
		return wrong(k, "after", s->after,
		    "that step lapses on the due date: write at: due + …", e);
	return 0;
}

static int
take_when(const struct check *k, const struct raw_step *r, struct step *steps,
    struct err *e)
{
	struct step *s = &steps[k->at];

	s->after = "";
	s->most_days = INT_MAX;
	if ((r->at == NULL) == (r->after == NULL))
		return wrong(k, "at", given(r->at),
		    "a step has either at or after", e);
	if (r->at != NULL && take_at(k, r->at, s, e) != 0)
		return -1;
	if (r->after != NULL && take_after(k, r->after, s, e) != 0)
		return -1;
	return check_order(k, steps, e);
}

static int
take_what(const struct check *k, const struct raw_step *r, struct step *s,
    struct err *e)
{
	s->letter = arena_str(k->arena, given(r->letter));
	s->task = arena_str(k->arena, given(r->task));
	if ((s->letter[0] == '\0') == (s->task[0] == '\0'))
		return wrong(k, "letter", s->letter,
		    "a step has either a letter or a task", e);
	if (s->letter[0] != '\0' && !is_name(s->letter))
		return wrong(k, "letter", s->letter,
		    "use small letters, digits and hyphens", e);
	if (s->task[0] != '\0' && strcmp(s->task, "dossier") != 0)
		return wrong(k, "task", s->task, "the only task is dossier", e);
	if (s->task[0] != '\0' && k->at + 1 < k->raw->n_steps)
		return wrong(k, "task", s->task,
		    "a person goes on from here: it is the last step", e);
	return 0;
}

static int
find_word(const char *const *words, const char *s)
{
	int i;

	for (i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], s) == 0)
			return i;
	}
	return -1;
}

static int
take_by(const struct check *k, const struct raw_step *r, struct step *s,
    struct err *e)
{
	static const char *const channels[] = { "email", "print", "registered",
		NULL };
	unsigned i, j;
	int c;

	if ((r->n_by == 0) == (s->task[0] == '\0'))
		return wrong(k, "by", "",
		    "a letter goes by email, print or registered; a task by "
		    "nothing",
		    e);
	for (i = 0; i < r->n_by; i++) {
		c = find_word(channels, r->by[i]);
		if (c == -1)
			return wrong(k, "by", r->by[i],
			    "use email, print or registered", e);
		for (j = 0; j < i; j++) {
			if (strcmp(r->by[i], r->by[j]) == 0)
				return wrong(k, "by", r->by[i],
				    "name each channel once", e);
		}
		/* Three words, each once: there is room. */
		s->by[i] = (enum channel)(CHANNEL_EMAIL + c);
	}
	return 0;
}

static int
take_days(const struct check *k, const struct raw_step *r, struct step *s,
    struct err *e)
{
	static const char *const names[] = { "mon", "tue", "wed", "thu", "fri",
		"sat", "sun", NULL };
	unsigned i;
	int d;

	s->days = r->n_days == 0 ? DAYS_ALL : 0;
	for (i = 0; i < r->n_days; i++) {
		d = find_word(names, r->days[i]);
		if (d == -1)
			return wrong(k, "days", r->days[i],
			    "use mon, tue, wed, thu, fri, sat or sun", e);
		s->days |= 1u << d;
	}
	if ((s->days & DAYS_WORKING) == 0)
		return wrong(k, "days", r->days[0],
		    "letters leave on working days: add one", e);
	return 0;
}

static int
take_claims(const struct check *k, const struct raw_step *r, struct step *s,
    struct err *e)
{
	static const char *const names[] = {
		[CLAIM_INTEREST] = "interest", [CLAIM_FEE] = "fee", NULL
	};
	unsigned i;
	int c;

	if (r->n_claims > 0 && s->letter[0] == '\0')
		return wrong(k, "claims", r->claims[0],
		    "a letter claims, a task does not", e);
	for (i = 0; i < r->n_claims; i++) {
		c = find_word(names, r->claims[i]);
		if (c == -1)
			return wrong(k, "claims", r->claims[i],
			    "use interest or fee", e);
		if (s->claims[c])
			return wrong(k, "claims", r->claims[i],
			    "name each claim once", e);
		s->claims[c] = true;
	}
	return 0;
}

/* "8-12" */
static int
take_hours(const struct check *k, const struct raw_step *r, struct step *s,
    struct err *e)
{
	const char *p = r->hours;
	char *end;

	s->hour_from = 0;
	s->hour_to = 24;
	if (p == NULL)
		return 0;
	if (strspn(p, "0123456789") == 0)
		return wrong(k, "hours", p, "write hours such as 8-12", e);
	s->hour_from = (unsigned)strtoul(p, &end, 10);
	if (*end != '-' || strspn(end + 1, "0123456789") == 0)
		return wrong(k, "hours", p, "write hours such as 8-12", e);
	s->hour_to = (unsigned)strtoul(end + 1, &end, 10);
	if (*end != '\0' || s->hour_to > 24 || s->hour_from >= s->hour_to)
		return wrong(k, "hours", p, "write hours such as 8-12", e);
	return 0;
}

/* Any currency with hundredths will do to read a number. */
static int
take_amount(const struct check *k, const char *key, const char *text,
    int64_t *out, struct err *e)
{
	struct money m;
	struct err why;

	*out = 0;
	if (text == NULL)
		return 0;
	if (money_parse(text, "EUR", &m, &why) != 0 || m.minor <= 0)
		return wrong(k, key, text, "write an amount such as 10.00", e);
	*out = m.minor;
	return 0;
}

static int
take_limits(const struct check *k, const struct raw_step *r, struct step *s,
    struct err *e)
{
	const char *mode = r->mode == NULL ? "auto" : r->mode, *end;
	int days = 0;

	s->mode = strcmp(mode, "confirm") == 0 ? MODE_CONFIRM : MODE_AUTO;
	if (s->mode == MODE_AUTO && strcmp(mode, "auto") != 0)
		return wrong(k, "mode", mode, "use auto or confirm", e);
	if (r->deadline != NULL) {
		end = eat_days(r->deadline, &days);
		if (end == NULL || *end != '\0' || days == 0)
			return wrong(k, "deadline", r->deadline,
			    "write a number of days such as 8d", e);
	}
	s->deadline_days = (unsigned)days;
	if (take_amount(k, "floor", r->floor, &s->floor_minor, e) != 0 ||
	    take_amount(k, "ceiling", r->ceiling, &s->ceiling_minor, e) != 0)
		return -1;
	if (s->ceiling_minor != 0 && s->ceiling_minor < s->floor_minor)
		return wrong(k, "ceiling", r->ceiling,
		    "it is not below the floor", e);
	return 0;
}

static int
take_step(const struct check *k, struct step *steps, struct err *e)
{
	const struct raw_step *r = &k->raw->steps[k->at];
	struct step *s = &steps[k->at];
	size_t i;

	s->name = arena_str(k->arena, r->name);
	if (!is_name(s->name))
		return wrong(k, "name", s->name,
		    "use small letters, digits and hyphens", e);
	for (i = 0; i < k->at; i++) {
		if (strcmp(steps[i].name, s->name) == 0)
			return wrong(k, "name", s->name,
			    "two steps have this name", e);
	}
	if (take_when(k, r, steps, e) != 0 || take_what(k, r, s, e) != 0 ||
	    take_by(k, r, s, e) != 0 || take_days(k, r, s, e) != 0 ||
	    take_claims(k, r, s, e) != 0 || take_hours(k, r, s, e) != 0)
		return -1;
	return take_limits(k, r, s, e);
}

static int
take_scenario(struct check *k, struct scenario *out, struct err *e)
{
	const struct raw_scenario *r = k->raw;
	const char *end;
	int days = 0;

	if (!is_name(r->scenario))
		return wrong_top(k, "scenario", r->scenario,
		    "use small letters, digits and hyphens", e);
	if (strcmp(given(r->group), "") != 0 && strcmp(r->group, "debtor") != 0)
		return wrong_top(k, "group", r->group,
		    "debtor is the only one: one letter per debtor", e);
	end = eat_days(r->spacing, &days);
	if (end == NULL || *end != '\0')
		return wrong_top(k, "spacing", r->spacing,
		    "write a number of days such as 7d", e);
	if (strcmp(given(r->paid), "") != 0 && !is_name(r->paid))
		return wrong_top(k, "paid", r->paid,
		    "use small letters, digits and hyphens", e);
	*out = (struct scenario){
		.name = arena_str(k->arena, r->scenario),
		.spacing_days = (unsigned)days,
		.paid = arena_str(k->arena, given(r->paid)),
		.steps = arena_array(k->arena, r->n_steps, sizeof(*out->steps)),
		.n_steps = r->n_steps,
	};
	for (k->at = 0; k->at < r->n_steps; k->at++) {
		if (take_step(k, out->steps, e) != 0)
			return -1;
	}
	return 0;
}

int
scenario_load(const char *path, struct arena *a, struct scenario *out,
    struct err *e)
{
	const cyaml_schema_value_t *schema = raw_scenario_schema();
	struct check k = { .path = path, .arena = a };
	struct yaml_text t = { .name = path, .first_line = 1 };
	struct str text;
	void *raw = NULL;
	int done = -1;

	str_init(&text, FILE_MAX_BYTES);
	if (file_read(path, &text, e) == 0) {
		t.text = text.p;
		t.n = text.len;
		done = yaml_parse(&t, schema, &raw, e);
	}
	if (done == 0) {
		k.text = &text;
		k.raw = raw;
		done = take_scenario(&k, out, e);
		yaml_free(schema, raw);
	}
	str_done(&text);
	if (done != 0)
		e->kind = ERR_USAGE;
	return done;
}

int
scenario_step(const struct scenario *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->n_steps; i++) {
		if (strcmp(s->steps[i].name, name) == 0)
			return (int)i;
	}
	return -1;
}
