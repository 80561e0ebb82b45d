#include "verb/merge_past.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "verb/mailing.h"
#include "verb/merge_names.h"

#define NAME_BYTES 255 /* no file has a longer name */

struct merge_past {
	struct mailing *manifest; /* open, though it has no name any more */
	struct merge_names *ours; /* what this run made */
	struct arena *arena;
	const char *folder; /* with its slash */
};

/*
 * Somebody's own table may have the name that the manifest will have. The
 * data of this run are none of ours: their header line was read before.
 */
static int
check_own(const char *path, struct err *e)
{
	static const char head[] = MERGE_MANIFEST_HEAD "\n";
	char line[sizeof(head)] = "";
	FILE *f = fopen(path, "re");
	size_t n;

	if (f == NULL)
		return err_sys(e, "%s: cannot read", path);
	n = fread(line, 1, sizeof(head) - 1, f);
	(void)fclose(f);
	if (n == sizeof(head) - 1 && strcmp(line, head) == 0)
		return 0;
	return err_set(e, ERR_USAGE,
	    "%s: a file of your own, and the manifest would take its place: "
	    "choose another name for -o, or move the file",
	    path);
}

static const char *
folder_of(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL
	    ? ""
	    : arena_fmt(a, "%.*s", (int)(slash - path) + 1, path);
}

int
merge_past_take(const char *manifest, struct merge_past **out, struct err *e)
{
	struct merge_past *p;

	*out = NULL;
	if (!file_exists(manifest))
		return 0;
	if (check_own(manifest, e) != 0)
		return -1;
	p = mem_alloc(sizeof(*p));
	p->arena = arena_new();
	p->folder = folder_of(manifest, p->arena);
	if (mailing_open(manifest, NULL, &p->manifest, e) != 0 ||
	    merge_names_new(&p->ours, e) != 0 ||
	    (unlink(manifest) != 0 &&
		err_sys(e, "%s: cannot remove", manifest) != 0)) {
		merge_past_free(p);
		return -1;
	}
	*out = p;
	return 0;
}

void
merge_past_free(struct merge_past *p)
{
	if (p == NULL)
		return;
	mailing_close(p->manifest);
	merge_names_free(p->ours);
	arena_free(p->arena);
	free(p);
}

int
merge_past_keep(struct merge_past *p, const char *name, struct err *e)
{
	unsigned first;

	if (p == NULL)
		return 0;
	return merge_names_add(p->ours, name, 0, &first, e) == -1 ? -1 : 0;
}

/* A line of ours has both, and the name is that of a file beside it. */
static bool
is_ours(const struct skim *file, const struct skim *sha256)
{
	return file->value != NULL && sha256->value != NULL &&
	    sha256->len == SHA256_HEX_SIZE - 1 && file->len > 4 &&
	    file->len <= NAME_BYTES &&
	    memcmp(file->value + file->len - 4, ".pdf", 4) == 0 &&
	    memchr(file->value, '/', file->len) == NULL;
}

/* Unless this run made it, or it was gone before. */
static int
remove_one(struct merge_past *p, const struct skim *file, struct err *e)
{
	char name[NAME_BYTES + 1];
	const char *path;
	unsigned first;
	int there;

	memcpy(name, file->value, file->len);
	name[file->len] = '\0';
	there = merge_names_add(p->ours, name, 0, &first, e);
	if (there != 0)
		return there == 1 ? 0 : -1;
	path = arena_fmt(p->arena, "%s%s", p->folder, name);
	if (unlink(path) != 0 && errno != ENOENT)
		return err_sys(e, "%s: cannot remove", path);
	return 0;
}

int
merge_past_clear(struct merge_past *p, struct err *e)
{
	struct skim wanted[] = { { .name = "file" }, { .name = "sha256" } };
	struct mailing_row row;
	int found = 0;

	if (p == NULL)
		return 0;
	while ((found = mailing_scan(p->manifest, &row, wanted, 2, e)) == 1) {
		if (is_ours(&wanted[0], &wanted[1]) &&
		    remove_one(p, &wanted[0], e) != 0)
			return -1;
	}
	return found;
}
