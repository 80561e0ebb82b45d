/*
 * lint: faults of semonce.yaml and of all texts, before a letter is made.
 * Findings are printed by file and line, each once.
 */
#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "letter/check.h"
#include "letter/hyphen.h"
#include "letter/letter.h"
#include "verb/choices.h"
#include "verb/config.h"
#include "verb/json.h"
#include "verb/pictures.h"
#include "verb/press.h"
#include "verb/verb.h"
#include "verb/workspace.h"

#define SET "formal" /* through which the texts of a language are seen */

struct finding {
	const char *file, *text;
	unsigned line;
};

struct source { /* a text, a letter or a part of one */
	const char *path, *lang, *tone;
	bool letter, consumer, used;
};

struct lint {
	const struct call *call;
	struct arena *arena;
	const char *built_in; /* folder of the texts that come with us */
	json_t *sample;
	struct finding *findings;
	size_t n_findings, cap_findings;
	struct source *sources;
	size_t n_sources, cap_sources;
};

static void
add_finding(void *context, const char *file, unsigned line, const char *text)
{
	struct lint *l = context;

	l->findings = mem_grow(l->findings, &l->cap_findings, l->n_findings + 1,
	    sizeof(*l->findings));
	l->findings[l->n_findings++] = (struct finding){
		.file = arena_str(l->arena, file),
		.text = arena_str(l->arena, text),
		.line = line,
	};
}

static bool
ends_in(const char *s, const char *ending)
{
	size_t n = strlen(s), k = strlen(ending);

	return n > k && strcmp(s + n - k, ending) == 0;
}

/* An error says its place itself: "FILE:LINE: text", "FILE: text". */
static void
add_error(struct lint *l, const char *file, const struct err *e)
{
	const char *text = e->text, *colon = strchr(text, ':');
	unsigned long line = 0;
	char *end = NULL;

	if (colon != NULL && colon[1] >= '0' && colon[1] <= '9')
		line = strtoul(colon + 1, &end, 10);
	if (end != NULL && strncmp(end, ": ", 2) == 0 && line < 1000000) {
		file = arena_strn(l->arena, text, (size_t)(colon - text));
		text = end + 2;
	} else if (colon != NULL && colon[1] == ' ' &&
	    ends_in(file, arena_strn(l->arena, text, (size_t)(colon - text)))) {
		text = colon + 2;
	}
	add_finding(l, file, line > 0 ? (unsigned)line : 1, text);
}

static int
visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static struct shelf
make_shelf(const struct lint *l, const struct source *s)
{
	return (struct shelf){
		.own = arena_fmt(l->arena, "%s/letters", l->call->dir),
		.layouts = arena_fmt(l->arena, "%s/layouts", l->call->data),
		.lang = s->lang,
		.tone = s->tone,
		.consumer = s->consumer,
		.arena = l->arena,
	};
}

/* A set may have no text of its own. */
static void
check_set(struct lint *l, const char *dir, const char *lang, const char *tone)
{
	const char *path = arena_fmt(l->arena, "%s/%s/set.yaml", dir, tone);
	struct shelf shelf =
	    make_shelf(l, &(struct source){ .lang = lang, .tone = tone });
	struct err e = { 0 };

	if (file_exists(path) && shelf_open(&shelf, &e) != 0)
		add_error(l, path, &e);
}

static void
add_sources(struct lint *l, const char *dir, const char *lang, const char *tone)
{
	struct dirent **names;
	int n = scandir(dir, &names, visible, alphasort);

	for (int i = 0; i < n; i++) {
		const char *name = names[i]->d_name;

		if (ends_in(name, ".md")) {
			l->sources = mem_grow(l->sources, &l->cap_sources,
			    l->n_sources + 1, sizeof(*l->sources));
			l->sources[l->n_sources++] = (struct source){
				.path = arena_fmt(l->arena, "%s/%s", dir, name),
				.lang = lang,
				.tone = tone,
				.consumer = ends_in(name, ".consumer.md"),
			};
		}
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

static void
add_tones(struct lint *l, const char *dir, const char *lang)
{
	struct dirent **names;
	int n = scandir(dir, &names, visible, alphasort);

	for (int i = 0; i < n; i++) {
		const char *tone = arena_str(l->arena, names[i]->d_name);

		add_sources(l, arena_fmt(l->arena, "%s/%s", dir, tone), lang,
		    tone);
		check_set(l, dir, lang, tone);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

/*
 * Said, and no fault of the texts: letters in a language without dictionary
 * are set without hyphens.
 */
static void
check_hyphens(const char *lang)
{
	struct err e = { 0 };

	if (hyphen_check(lang, &e) != 0)
		(void)fprintf(stderr, "semonce: %s\n", e.text);
}

static void
add_languages(struct lint *l, const char *dir)
{
	struct dirent **names;
	int n = scandir(dir, &names, visible, alphasort);

	for (int i = 0; i < n; i++) {
		const char *lang = arena_str(l->arena, names[i]->d_name), *path;

		path = arena_fmt(l->arena, "%s/%s", dir, lang);
		add_sources(l, path, lang, SET);
		add_tones(l, path, lang);
		if (strcmp(dir, l->built_in) == 0 ||
		    !file_exists(arena_fmt(l->arena, "%s/%s", l->built_in,
			lang)))
			check_hyphens(lang);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

/* Length of the name under which a text is sought: no folder, no ending. */
static size_t
name_of(const char *path, const char **out)
{
	const char *slash = strrchr(path, '/');

	*out = slash != NULL ? slash + 1 : path;
	return strcspn(*out, ".");
}

/* Under this name: an own one may stand before one that comes with us. */
static void
use_partial(void *context, const char *path)
{
	struct lint *l = context;
	const char *name, *other;
	size_t n = name_of(path, &name);

	for (size_t i = 0; i < l->n_sources; i++)
		if (name_of(l->sources[i].path, &other) == n &&
		    strncmp(name, other, n) == 0)
			l->sources[i].used = true;
}

/* Own pages lie beside own texts. */
static bool
has_page(const struct lint *l, const char *name)
{
	return file_exists(arena_fmt(l->arena, "%s/letters/page/%s.yaml",
		   l->call->dir, name)) ||
	    file_exists(arena_fmt(l->arena, "%s/layouts/page/%s.yaml",
		l->call->data, name));
}

static void
check_page(struct lint *l, const struct text *t)
{
	if (t->page[0] != '\0' && !has_page(l, t->page))
		add_finding(l, t->path, 1,
		    arena_fmt(l->arena, "no page '%s': name one that is there",
			t->page));
}

static void
check_letter_for(struct lint *l, const struct source *s, struct shelf *shelf)
{
	const struct check_list list = { .add = add_finding, .context = l };
	struct text text;
	struct err e = { 0 };

	if (text_load(s->path, shelf, &text, &e) != 0) {
		add_error(l, s->path, &e);
		return;
	}
	check_page(l, &text);
	check_text(&text, s->lang, shelf->consumer, l->sample, &list);
	check_partials(&text, use_partial, l);
}

/* A text that consumers get too, having none of their own, is read twice. */
static void
check_letter(struct lint *l, const struct source *s)
{
	struct shelf shelf = make_shelf(l, s);
	const char *name, *path;
	struct err e = { 0 };
	size_t n = name_of(s->path, &name);

	if (shelf_open(&shelf, &e) != 0) {
		add_error(l, s->path, &e);
		return;
	}
	check_letter_for(l, s, &shelf);
	shelf.consumer = true;
	path = shelf_find(&shelf, arena_strn(l->arena, name, n));
	if (!s->consumer && path != NULL && strcmp(path, s->path) == 0)
		check_letter_for(l, s, &shelf);
}

static const char *
check_image(void *context, const char *file, const char *name)
{
	static const char *const known[] = { "qr:pay", "qr:epc", "qr:swiss",
		"qr:invoices", "qr:link", "logo:", "signature:" };
	struct lint *l = context;
	struct page_image image;
	struct err e;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(name, known[i]) == 0)
			return NULL;
	if (pictures_read(l->call->dir, file, name, l->arena, &image, &e) == 0)
		return NULL;
	return arena_str(l->arena, e.text);
}

static void
check_sources(struct lint *l)
{
	const struct check_list list = {
		.add = add_finding, .image = check_image, .context = l
	};

	for (size_t i = 0; i < l->n_sources; i++) {
		struct source *s = &l->sources[i];
		const char *source;
		struct err e = { 0 };
		size_t n;

		if (shelf_read(s->path, l->arena, &source, &n, &e) != 0) {
			add_error(l, s->path, &e);
			s->used = true;
			continue;
		}
		s->letter = strncmp(source, "---", 3) == 0;
		check_source(s->path, source, &list);
		if (s->letter)
			check_letter(l, s);
	}
	for (size_t i = 0; i < l->n_sources; i++)
		if (!l->sources[i].letter && !l->sources[i].used)
			add_finding(l, l->sources[i].path, 1,
			    "no head with subject and page, and no letter "
			    "names it as {{>...}}: give it a head between two "
			    "lines ---, or name it");
}

static int
finding_compare(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int order = strcmp(x->file, y->file);

	if (order == 0)
		order = (x->line > y->line) - (x->line < y->line);
	return order != 0 ? order : strcmp(x->text, y->text);
}

/* Two letters find the same in a part they share. */
static void
sort_findings(struct lint *l)
{
	size_t kept = 0;

	if (l->n_findings == 0)
		return;
	qsort(l->findings, l->n_findings, sizeof(*l->findings),
	    finding_compare);
	for (size_t i = 1; i < l->n_findings; i++)
		if (finding_compare(&l->findings[kept], &l->findings[i]) != 0)
			l->findings[++kept] = l->findings[i];
	l->n_findings = kept + 1;
}

static void
print_json(const struct lint *l)
{
	json_t *list = json_array(), *j;

	for (size_t i = 0; i < l->n_findings; i++)
		(void)json_array_append_new(list,
		    json_pack("{s:s, s:i, s:s}", "file", l->findings[i].file,
			"line", (int)l->findings[i].line, "text",
			l->findings[i].text));
	j = json_pack("{s:i, s:o}", "texts", (int)l->n_sources, "findings",
	    list);
	assert(j != NULL);
	json_print(j, stdout);
}

static void
print(const struct lint *l)
{
	struct str s;

	str_init(&s, 8192);
	for (size_t i = 0; i < l->n_findings; i++) {
		str_clear(&s);
		str_put_visible(&s, l->findings[i].file);
		str_fmt(&s, ":%u: ", l->findings[i].line);
		str_put_visible(&s, l->findings[i].text);
		(void)puts(s.p);
	}
	str_done(&s);
	if (!l->call->quiet)
		(void)printf("%zu texts, %zu found\n", l->n_sources,
		    l->n_findings);
}

static int
load_sample(struct lint *l, struct err *e)
{
	const char *path =
	    arena_fmt(l->arena, "%s/layouts/letter/sample.json", l->call->data);
	json_error_t why;

	l->sample = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
	if (l->sample == NULL)
		return err_set(e, ERR_SYSTEM, "%s:%d: %s: install it again",
		    path, why.line, why.text);
	return 0;
}

/* What a step asks for besides the debt, its letter shows. */
static void
check_claims(struct lint *l, struct shelf *shelf, const char *path,
    const struct step *s)
{
	static const struct {
		const char *name, *tag;
	} claims[] = {
		[CLAIM_INTEREST] = { "interest", "{{totals.interest}}" },
		[CLAIM_FEE] = { "a fee", "{{totals.fee}}" },
	};
	struct text text;
	struct err e = { 0 };

	if (text_load(path, shelf, &text, &e) != 0)
		return; /* said where all texts are read */
	for (size_t i = 0; i < CLAIM_KINDS; i++)
		if (s->claims[i] && strstr(text.source, claims[i].tag) == NULL)
			add_finding(l, path, 1,
			    arena_fmt(l->arena,
				"step '%s' claims %s, and the text does not "
				"say how much: put {{>invoices}}, {{>claims}} "
				"and {{>annex}} into it, or take the claim "
				"from the step",
				s->name, claims[i].name));
}

static void
check_step(struct lint *l, struct shelf *shelf, const char *path,
    const struct step *s)
{
	struct err e = { 0 };
	const char *text;

	if (s->letter[0] == '\0')
		return;
	text = shelf_find(shelf, s->letter);
	if (text != NULL) {
		check_claims(l, shelf, text, s);
		return;
	}
	(void)shelf_lacks(shelf, s->letter, &e);
	add_finding(l, path, 1, e.text);
}

/* The set of texts that is configured has each letter of each ladder. */
static void
check_ladders(struct lint *l, const char *path, const struct config *c)
{
	const struct source home = { .lang = c->language, .tone = c->tone };
	struct shelf shelf = make_shelf(l, &home);
	struct scenario *s;
	struct err e = { 0 };

	if (shelf_open(&shelf, &e) != 0) {
		add_error(l, path, &e);
		return;
	}
	for (size_t i = 0; i < c->n_profiles; i++) {
		if (workspace_scenario(l->call, c->profiles[i].scenario,
			l->arena, &s, &e) != 0) {
			add_error(l, path, &e);
			continue;
		}
		for (size_t k = 0; k < s->n_steps; k++)
			check_step(l, &shelf, path, &s->steps[k]);
	}
}

static void
check_series(struct lint *l, const struct rates *rates, const char *series,
    date_t on)
{
	const char *path = arena_fmt(l->arena, "%s/rates.csv", l->call->dir);
	const struct rate *rate;
	struct err e = { 0 };

	if (series[0] == '\0')
		return;
	if (rates_find(rates, series, on, &rate, &e) != 0)
		add_finding(l, path, 1, e.text);
	else if (rate_is_stale(rates, rate, on))
		add_finding(l, path, 1, rate_missing(rate, l->arena));
}

/* The rates that letters to the debtors of each kind claim are known. */
static void
check_rates(struct lint *l, const struct config *c)
{
	const struct rule *rule;
	date_t on = l->call->on;
	struct law law;
	struct err e = { 0 };
	int hour;

	if (on == DATE_NONE)
		l->call->clock(c->creditor.timezone, &on, &hour);
	if (law_load(l->call, l->arena, &law, &e) != 0) {
		add_error(l, "rates.csv", &e);
		return;
	}
	for (int k = 0; k < DEBTOR_KINDS; k++) {
		if (rule_find(&law.book, c->creditor.country,
			(enum debtor_kind)k, &rule, &e) != 0 ||
		    rule == NULL)
			continue;
		check_series(l, &law.rates, rule->series, on);
		check_series(l, &law.rates, rule->floor, on);
	}
}

static void
check_config(struct lint *l)
{
	const char *path = arena_fmt(l->arena, "%s/semonce.yaml", l->call->dir);
	struct letter_engine *engine = NULL;
	struct letter_setup setup;
	struct config config;
	struct err e = { 0 };

	/* Logo, signature and fonts are opened as for a letter. */
	if (config_load(l->call->dir, l->arena, &config, &e) != 0 ||
	    press_setup(l->call, &config, l->arena, &setup, &e) != 0 ||
	    letter_engine_new(&setup, &engine, &e) != 0 ||
	    choices_check(l->call, &config, l->arena, &e) != 0)
		add_error(l, path, &e);
	else {
		check_ladders(l, path, &config);
		check_rates(l, &config);
	}
	letter_engine_free(engine);
}

int
verb_lint(struct call *c, struct err *e)
{
	struct lint l = { .call = c };
	int rc = -1;

	if (c->argc != 0)
		return err_set(e, ERR_USAGE, "usage: semonce lint");
	l.arena = arena_new();
	l.built_in = arena_fmt(l.arena, "%s/layouts/letter", c->data);
	if (load_sample(&l, e) == 0) {
		check_config(&l);
		add_languages(&l, arena_fmt(l.arena, "%s/letters", c->dir));
		add_languages(&l, l.built_in);
		check_sources(&l);
		sort_findings(&l);
		if (c->json)
			print_json(&l);
		else
			print(&l);
		rc = l.n_findings > 0 ? 1 : 0;
	}
	json_decref(l.sample);
	free(l.findings);
	free(l.sources);
	arena_free(l.arena);
	return rc;
}
