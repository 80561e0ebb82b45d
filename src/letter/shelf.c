#include "letter/shelf.h"

#include <string.h>

#include "base/file.h"

#define TEXT_MAX ((size_t)1 << 20)

const char *
shelf_find(const struct shelf *s, const char *name)
{
	const char *path;

	path = arena_fmt(s->arena, "%s/%s/%s/%s.md", s->own, s->lang, s->tone,
	    name);
	if (s->own[0] != '\0' && file_exists(path))
		return path;
	path = arena_fmt(s->arena, "%s/letter/%s/%s/%s.md", s->layouts, s->lang,
	    s->tone, name);
	return file_exists(path) ? path : NULL;
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
