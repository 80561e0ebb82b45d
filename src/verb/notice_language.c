#include "verb/notice_language.h"

#include <stdlib.h>
#include <string.h>

#include "letter/shelf.h"
#include "verb/notice_words.h"

/* A wrong set.yaml is told when the letter is made. */
static bool
has_text(const struct workspace *w, const struct notice *n, const char *lang)
{
	struct arena *a = arena_new();
	struct shelf s = {
		.own = arena_fmt(a, "%s/letters", w->call->dir),
		.layouts = arena_fmt(a, "%s/layouts", w->call->data),
		.lang = lang,
		.tone = n->tone,
		.consumer = n->debtor->kind == DEBTOR_CONSUMER,
		.arena = a,
	};
	struct err e = { 0 };
	bool has = shelf_open(&s, &e) != 0 || shelf_find(&s, n->letter) != NULL;

	arena_free(a);
	return has;
}

const char *
notice_language(const struct workspace *w, const struct notice *n)
{
	const char *ours = w->config.language;
	const char *lang = words_language(n->debtor, ours);

	return strcmp(lang, ours) == 0 || has_text(w, n, lang) ? lang : ours;
}

/* Notices whose text their debtors' language lacks. */
struct gap {
	const struct notice *first;
	size_t notices;
};

struct gaps {
	struct gap *list;
	size_t n, cap;
};

/* Who names no language is content with ours. */
static bool
is_own(const struct notice *n, const char *lang)
{
	const char *own = n->debtor->language;
	size_t len = strlen(lang);

	return own[0] == '\0' ||
	    (strncmp(own, lang, len) == 0 &&
		(own[len] == '\0' || own[len] == '-'));
}

static void
gaps_add(struct gaps *g, const struct notice *n)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct notice *first = g->list[i].first;

		if (strcmp(first->debtor->language, n->debtor->language) == 0 &&
		    strcmp(first->letter, n->letter) == 0 &&
		    strcmp(first->tone, n->tone) == 0) {
			g->list[i].notices++;
			return;
		}
	}
	g->list = mem_grow(g->list, &g->cap, g->n + 1, sizeof(*g->list));
	g->list[g->n++] = (struct gap){ .first = n, .notices = 1 };
}

static const char *
gap_text(const struct workspace *w, const struct gap *g)
{
	const struct notice *n = g->first;
	const char *others = g->notices > 1
	    ? arena_fmt(w->arena, " and %zu more", g->notices - 1)
	    : "";

	return arena_fmt(w->arena,
	    "%s%s: no text '%s' of tone '%s' in '%s': written in '%s'",
	    n->debtor->code, others, n->letter, n->tone, n->debtor->language,
	    w->config.language);
}

void
notice_language_warn(const struct workspace *w, struct plan *plan)
{
	struct gaps g = { 0 };
	const char **warnings;

	for (size_t i = 0; i < plan->n_notices; i++) {
		const struct notice *n = &plan->notices[i];

		if (!is_own(n, notice_language(w, n)))
			gaps_add(&g, n);
	}
	warnings =
	    arena_array(w->arena, plan->n_warnings + g.n, sizeof(*warnings));
	for (size_t i = 0; i < plan->n_warnings; i++)
		warnings[i] = plan->warnings[i];
	for (size_t i = 0; i < g.n; i++)
		warnings[plan->n_warnings + i] = gap_text(w, &g.list[i]);
	plan->warnings = warnings;
	plan->n_warnings += g.n;
	free(g.list);
}
