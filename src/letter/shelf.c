#include "letter/shelf.h"

#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "base/yaml.h"

#define TEXT_MAX ((size_t)1 << 20)
#define SETS_MAX 4

struct set {
	char *inherits;
};

static const cyaml_schema_field_t set_fields[] = {
	YAML_NEED("inherits", 40, struct set, inherits),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t set_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct set, set_fields),
};

/* The tone that the set inherits, or NULL. */
static int
inherited(const struct shelf *s, const char *tone, const char **out,
    struct err *e)
{
	const char *path =
	    arena_fmt(s->arena, "%s/%s/%s/set.yaml", s->own, s->lang, tone);
	struct set *set;
	void *raw;

	*out = NULL;
	if (s->own[0] == '\0' || !file_exists(path))
		return 0;
	if (yaml_load(path, &set_schema, &raw, e) == -1)
		return -1;
	set = raw;
	*out = arena_str(s->arena, set->inherits);
	yaml_free(&set_schema, raw);
	if (shelf_check_name("inherits:", *out, e) == -1)
		return err_add(e, "%s", path);
	if (file_exists(arena_fmt(s->arena, "%s/%s/%s", s->own, s->lang, *out)))
		return 0;
	if (file_exists(arena_fmt(s->arena, "%s/letter/%s/%s", s->layouts,
		s->lang, *out)))
		return 0;
	return err_set(e, ERR_USAGE,
	    "%s:1: inherits: no set '%s' for '%s'; name one that is there, "
	    "such as formal",
	    path, *out, s->lang);
}

static void
add_folders(struct shelf *s, const char *root, const char *const *tones,
    size_t n)
{
	for (size_t i = 0; i < n; i++)
		s->folders[s->n_folders++] =
		    arena_fmt(s->arena, "%s/%s/%s", root, s->lang, tones[i]);
	s->folders[s->n_folders++] =
	    arena_fmt(s->arena, "%s/%s", root, s->lang);
}

int
shelf_open(struct shelf *s, struct err *e)
{
	const char *tones[SETS_MAX], *tone = s->tone;
	size_t n = 0;

	if (shelf_check_name("language", s->lang, e) == -1 ||
	    shelf_check_name("tone", s->tone, e) == -1)
		return -1;
	while (tone != NULL) {
		if (n == SETS_MAX)
			return err_set(e, ERR_USAGE,
			    "%s/%s/%s/set.yaml: more than %d sets inherit "
			    "each other; look for one that inherits itself",
			    s->own, s->lang, s->tone, SETS_MAX);
		tones[n++] = tone;
		if (inherited(s, tone, &tone, e) == -1)
			return -1;
	}
	s->folders = arena_array(s->arena, 2 * (n + 1), sizeof(*s->folders));
	s->n_folders = 0;
	if (s->own[0] != '\0')
		add_folders(s, s->own, tones, n);
	add_folders(s, arena_fmt(s->arena, "%s/letter", s->layouts), tones, n);
	return 0;
}

const char *
shelf_find(const struct shelf *s, const char *name)
{
	const char *ending = s->consumer ? ".consumer.md" : ".md";

	for (size_t i = 0; i < s->n_folders; i++) {
		const char *path =
		    arena_fmt(s->arena, "%s/%s%s", s->folders[i], name, ending);

		if (file_exists(path))
			return path;
	}
	for (size_t i = 0; s->consumer && i < s->n_folders; i++) {
		const char *path =
		    arena_fmt(s->arena, "%s/%s.md", s->folders[i], name);

		if (file_exists(path))
			return path;
	}
	return NULL;
}

int
shelf_lacks(const struct shelf *s, const char *name, struct err *e)
{
	struct str folders;

	str_init(&folders, 4096);
	for (size_t i = 0; i < s->n_folders; i++)
		str_fmt(&folders, "%s%s", i > 0 ? ", " : "", s->folders[i]);
	(void)err_set(e, ERR_USAGE,
	    "no text '%s' (looked for %s.md in %s): write it, name another "
	    "letter or tone, or let the set inherit one: "
	    "letters/%s/%s/set.yaml with 'inherits: formal'",
	    name, name, folders.p, s->lang, s->tone);
	str_done(&folders);
	return -1;
}

bool
shelf_is_own(const struct shelf *s, const char *path)
{
	size_t n = strlen(s->own);

	return n > 0 && strncmp(path, s->own, n) == 0 && path[n] == '/';
}

int
shelf_check_name(const char *what, const char *name, struct err *e)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

	if (!name[0] || name[strspn(name, letters)])
		return err_set(e, ERR_USAGE,
		    "%s '%s': use letters, digits, '-' and '_'", what, name);
	return 0;
}

int
shelf_read(const char *path, struct arena *a, const char **out, size_t *n,
    struct err *e)
{
	struct str s;
	long bad;
	int rc;

	str_init(&s, TEXT_MAX);
	rc = file_read(path, &s, e);
	bad = rc ? -1 : utf8_bad(s.p, s.len);
	if (bad >= 0)
		rc = err_set(e, ERR_USAGE,
		    "%s: byte %ld is not UTF-8; save the text as UTF-8", path,
		    bad + 1);
	*out = arena_strn(a, s.p, s.len);
	*n = s.len;
	str_done(&s);
	return rc;
}

int
shelf_lend(void *shelf, const char *name, struct template_text *out,
    struct err *e)
{
	const struct shelf *s = shelf;
	const char *path;
	size_t n;

	if (shelf_check_name("partial", name, e) == -1)
		return -1;
	path = shelf_find(s, name);
	if (path == NULL)
		return 0;
	*out = (struct template_text){ .name = path, .first_line = 1 };
	if (shelf_read(path, s->arena, &out->text, &n, e) == -1)
		return -1;
	if (strncmp(out->text, "---\n", 4) == 0)
		return err_set(e, ERR_USAGE,
		    "%s:1: a letter of its own; a partial has no head", path);
	return 0;
}
