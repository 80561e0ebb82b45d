#include "verb/choices.h"

#include "base/file.h"
#include "base/yaml.h"

#define FILE_MAX_BYTES ((size_t)1 << 20)

struct places {
	const struct call *call;
	struct arena *arena;
};

/* Beside the workspace's letters, or with those that come with us. */
static bool
is_there(const struct places *p, const char *own, const char *name)
{
	return file_exists(arena_fmt(p->arena, "%s/letters/%s", p->call->dir,
		   name)) ||
	    file_exists(arena_fmt(p->arena, "%s/layouts/%s", p->call->data,
		own));
}

static bool
has_texts(const struct places *p, const char *folder)
{
	return is_there(p, arena_fmt(p->arena, "letter/%s", folder), folder);
}

static bool
has_page(const struct places *p, const char *name)
{
	const char *file = arena_fmt(p->arena, "page/%s.yaml", name);

	return is_there(p, file, file);
}

/* At the line of its key. */
static int
wrong(const struct places *p, const char *key, const char *what, struct err *e)
{
	const char *path = arena_fmt(p->arena, "%s/semonce.yaml", p->call->dir);
	struct str text;
	struct err why;
	unsigned line = 0;

	str_init(&text, FILE_MAX_BYTES);
	if (file_read(path, &text, &why) == 0)
		line = yaml_line(text.p, text.len, key);
	str_done(&text);
	return err_set(e, ERR_USAGE, "%s:%u: %s: %s", path, line > 0 ? line : 1,
	    key, what);
}

int
choices_check(const struct call *c, const struct config *config,
    struct arena *a, struct err *e)
{
	const struct places p = { c, a };
	const char *lang = config->language, *tone = config->tone;

	if (!has_texts(&p, lang))
		return wrong(&p, "language",
		    arena_fmt(a,
			"no texts in '%s': name a language that has some, such "
			"as fr",
			lang),
		    e);
	if (!has_texts(&p, arena_fmt(a, "%s/%s", lang, tone)))
		return wrong(&p, "tone",
		    arena_fmt(a,
			"no set of texts '%s' for '%s': name one that is "
			"there, such as formal, or write it",
			tone, lang),
		    e);
	if (config->page[0] != '\0' && !has_page(&p, config->page))
		return wrong(&p, "page",
		    arena_fmt(a,
			"no sheet '%s': name one that is there, such as fr-dl",
			config->page),
		    e);
	return 0;
}
