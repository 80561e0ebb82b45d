#include "verb/pictures.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "draw/picture.h"

/* "a/../b", "../b", "..": up and out. */
static bool
climbs(const char *name)
{
	for (const char *p = name; p != NULL; p = strchr(p, '/')) {
		p += *p == '/';
		if (strncmp(p, "..", 2) == 0 && (p[2] == '/' || p[2] == '\0'))
			return true;
	}
	return false;
}

static int
check_name(const char *name, struct err *e)
{
	if (strncmp(name, "qr:", 3) == 0)
		return err_set(e, ERR_USAGE,
		    "image '%s': a letter knows qr:pay, qr:epc, "
		    "qr:swiss and qr:link",
		    name);
	if (strstr(name, "://") != NULL)
		return err_set(e, ERR_USAGE,
		    "image '%s': a letter fetches nothing; put the picture "
		    "into the workspace",
		    name);
	if (name[0] == '\0' || name[0] == '/' || climbs(name))
		return err_set(e, ERR_USAGE,
		    "image '%s': name a picture of the workspace, without '..' "
		    "and no '/' at the start",
		    name);
	return 0;
}

/* The path with its links followed, if it is below the folder, or NULL. */
static const char *
inside(const char *path, const char *dir, struct arena *a)
{
	char *whole = realpath(path, NULL), *root = realpath(dir, NULL);
	size_t n = root != NULL ? strlen(root) : 0;
	const char *found = NULL;

	if (whole != NULL && root != NULL && strncmp(whole, root, n) == 0 &&
	    (whole[n] == '/' || n == 1))
		found = arena_str(a, whole);
	free(whole);
	free(root);
	return found;
}

int
pictures_read(const void *dir, const char *text, const char *name,
    struct arena *a, struct page_image *out, struct err *e)
{
	const char *slash = strrchr(text, '/');
	const char *path;

	if (check_name(name, e) != 0)
		return -1;
	path = slash != NULL
	    ? arena_fmt(a, "%.*s/%s", (int)(slash - text), text, name)
	    : name;
	if (!file_exists(path) || inside(text, dir, a) == NULL)
		path = arena_fmt(a, "%s/%s", (const char *)dir, name);
	if (!file_exists(path))
		return err_set(e, ERR_USAGE,
		    "image '%s': no such file beside the text or in the "
		    "workspace; correct the name or put it there",
		    name);
	path = inside(path, dir, a);
	if (path == NULL)
		return err_set(e, ERR_USAGE,
		    "image '%s': the file lies outside of the workspace; copy "
		    "it there",
		    name);
	if (picture_load(path, a, out, e) != 0)
		return err_add(e, "image '%s'", name);
	return 0;
}
