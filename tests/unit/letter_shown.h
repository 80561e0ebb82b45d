/*
 * letter_shown: the texts we ship, each with the data of a notice, as words.
 */
#ifndef LETTER_SHOWN_H
#define LETTER_SHOWN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "letter/markdown.h"
#include "letter/text.h"

#define DATA   "tests/data/notice.json"
#define SAMPLE "layouts/letter/sample.json"

static const char *const tones[] = { "formal", "informal", "personal" };

/* Those of the ladders, then those that not every language has. */
static const char *const names[] = { "prevenance", "relance-1", "relance-2",
	"mise-en-demeure", "relance-3", "remerciement", "echeancier",
	"mediation", "transmission" };

/* What we ship: so many of the tones, so many of the names. */
static const struct {
	const char *lang;
	size_t tones, names;
} sets[] = {
	{ "fr", 3, 9 },
	{ "en", 3, 9 },
	{ "de", 3, 9 },
	{ "nl", 3, 6 },
	{ "it", 3, 6 },
	{ "es", 3, 6 },
};

#define N(rows) (sizeof(rows) / sizeof((rows)[0]))

/* A text we ship, for one kind of debtor. */
struct choice {
	const char *lang, *tone, *name;
	bool consumer;
};

/* A change to the data: key and JSON value, dotted one level. */
struct change {
	const char *object, *key, *value;
};

struct shown {
	struct choice choice;
	struct text text;
	struct str subject, body;
	struct arena *arena;
	struct block *root;
};

/* The choices one after the other; false after the last. */
static bool
choice_at(size_t i, struct choice *out)
{
	for (size_t k = 0; k < N(sets); k++) {
		size_t n = sets[k].tones * sets[k].names * 2;

		if (i < n) {
			*out = (struct choice){ .lang = sets[k].lang,
				.tone = tones[i / 2 / sets[k].names],
				.name = names[i / 2 % sets[k].names],
				.consumer = i % 2 == 1 };
			return true;
		}
		i -= n;
	}
	return false;
}

static bool
is_named(const struct choice *c, const char *name)
{
	return strcmp(c->name, name) == 0;
}

/* With what only some letters need. */
static json_t *
load_data(void)
{
	static const char *const more[] = { "instalments", "instalments_total",
		"received", "mediator", "agent" };
	json_t *data = json_load_file(DATA, 0, NULL);
	json_t *sample = json_load_file(SAMPLE, 0, NULL);

	assert_non_null(data);
	for (size_t i = 0; i < N(more); i++)
		assert_int_equal(json_object_set(data, more[i],
				     json_object_get(sample, more[i])),
		    0);
	json_decref(sample);
	return data;
}

static void
apply(json_t *data, const struct change *c)
{
	json_t *value = json_loads(c->value, JSON_DECODE_ANY, NULL);
	json_t *at =
	    c->object != NULL ? json_object_get(data, c->object) : data;

	assert_non_null(value);
	assert_int_equal(json_object_set_new(at, c->key, value), 0);
}

static int
expand(struct shown *t, const struct template *part, const json_t *data,
    enum template_escape escape, struct str *out)
{
	struct err e = { 0 };

	if (template_expand(part, data, t->choice.lang, escape, out, &e) == 0)
		return 0;
	print_message("%s\n", e.text);
	return -1;
}

static void
text_find(struct shown *t)
{
	const struct choice *c = &t->choice;
	struct shelf shelf = { .own = "",
		.layouts = "layouts",
		.lang = c->lang,
		.tone = c->tone,
		.consumer = c->consumer,
		.arena = t->arena };
	struct err e = { 0 };
	const char *path;

	assert_int_equal(shelf_open(&shelf, &e), 0);
	path = shelf_find(&shelf, c->name);
	if (path == NULL)
		fail_msg("%s/%s/%s", c->lang, c->tone, c->name);
	else if (text_load(path, &shelf, &t->text, &e) == -1)
		fail_msg("%s", e.text);
}

static int
text_open(struct shown *t, const struct choice *c, const json_t *data)
{
	struct err e = { 0 };

	*t = (struct shown){ .choice = *c, .arena = arena_new() };
	str_init(&t->subject, 65536);
	str_init(&t->body, 65536);
	text_find(t);
	if (expand(t, t->text.subject, data, ESCAPE_NONE, &t->subject) == -1 ||
	    expand(t, t->text.body, data, ESCAPE_MARKDOWN, &t->body) == -1)
		return -1;
	if (markdown_parse(t->body.p, t->body.len, t->arena, &t->root, &e) ==
	    -1)
		fail_msg("%s: %s", t->text.path, e.text);
	return 0;
}

static void
text_close(struct shown *t)
{
	str_done(&t->subject);
	str_done(&t->body);
	arena_free(t->arena);
}

/* The words of all blocks, a line each. */
static void
words(const struct block *b, struct str *out)
{
	for (; b != NULL; b = b->next) {
		for (const struct span *s = b->spans; s != NULL; s = s->next)
			str_puts(out, s->text);
		if (b->alt != NULL)
			str_puts(out, b->alt);
		str_putc(out, '\n');
		words(b->children, out);
	}
}

/* What the letter says, also the parts of the reader who cannot see. */
static void
text_words(const struct choice *c, const json_t *data, struct str *subject,
    struct str *all)
{
	struct shown t;

	str_init(subject, 65536);
	str_init(all, 65536);
	if (text_open(&t, c, data) == -1)
		fail_msg("%s", t.text.path);
	str_puts(subject, t.subject.p);
	words(t.root->children, all);
	text_close(&t);
}

#endif
