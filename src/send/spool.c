/*
 * spool: a notice is a folder outbox/ID with letter.pdf, notice.json and,
 * where it is a mail, mail.eml; on paper print.pdf, for the printer.
 *
 * What always holds: a folder whose name has no leading dot is complete and
 * durable; it appears by one rename, after the commit, and is never changed
 * or replaced by this program. What is being written is outbox/.ID, and
 * whatever an interrupted run left there is cleared first.
 */
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "send/carrier.h"
#include "send/receipt.h"

#define FOLDER_MODE 0750
#define FILE_MODE   0640

struct spool {
	struct carrier carrier;
	char *outbox;
	struct arena *arena; /* of one delivery */
};

/* A parcel on its way into its folder. */
struct placing {
	struct spool *spool;
	const struct parcel *parcel;
	const char *part, *final; /* outbox/.ID and outbox/ID */
};

struct placing_file {
	const char *name;
	const struct str *bytes; /* NULL: there is none */
};

#define PLACING_FILES 4

static void
files_of(const struct parcel *p, struct placing_file files[PLACING_FILES])
{
	files[0] = (struct placing_file){ "letter.pdf", p->letter };
	files[1] = (struct placing_file){ "notice.json", p->data };
	files[2] = (struct placing_file){ "mail.eml", p->mail };
	files[3] = (struct placing_file){ "print.pdf", p->print };
}

/* Removes a folder of files; one that is not there is no error. */
static int
folder_clear(const char *path, struct err *e)
{
	DIR *d = opendir(path);
	const struct dirent *f;

	if (d == NULL && errno == ENOENT)
		return 0;
	if (d == NULL)
		return err_sys(e, "%s: cannot open the folder", path);
	while ((f = readdir(d)) != NULL) {
		if (strcmp(f->d_name, ".") != 0 && strcmp(f->d_name, "..") != 0)
			(void)unlinkat(dirfd(d), f->d_name, 0);
	}
	(void)closedir(d);
	if (rmdir(path) == -1)
		return err_sys(e,
		    "%s: cannot clear what an interrupted run left; remove it",
		    path);
	return 0;
}

static int
folder_write(const struct placing *pl, struct err *e)
{
	struct placing_file files[PLACING_FILES];
	struct arena *a = pl->spool->arena;

	files_of(pl->parcel, files);
	if (folder_clear(pl->part, e) == -1 ||
	    file_mkdirs(pl->part, FOLDER_MODE, e) == -1)
		return -1;
	for (size_t i = 0; i < PLACING_FILES; i++) {
		const struct str *b = files[i].bytes;

		if (b != NULL &&
		    file_write(arena_fmt(a, "%s/%s", pl->part, files[i].name),
			b->p, b->len, FILE_MODE, e) == -1)
			return -1;
	}
	return 0;
}

/* Whether the file at path is exactly these bytes, or is absent for NULL. */
static bool
file_equals(const char *path, const struct str *bytes)
{
	struct str found;
	struct err e;
	bool equal;

	if (bytes == NULL)
		return !file_exists(path);
	str_init(&found, bytes->len + 1);
	equal = file_read(path, &found, &e) == 0 && found.len == bytes->len &&
	    memcmp(found.p, bytes->p, bytes->len) == 0;
	str_done(&found);
	return equal;
}

static bool
folder_equals(const struct placing *pl)
{
	struct placing_file files[PLACING_FILES];

	files_of(pl->parcel, files);
	for (size_t i = 0; i < PLACING_FILES; i++) {
		if (!file_equals(arena_fmt(pl->spool->arena, "%s/%s", pl->final,
				     files[i].name),
			files[i].bytes))
			return false;
	}
	return true;
}

static enum outcome
found_there(const struct placing *pl, struct err *e)
{
	if (!folder_equals(pl)) {
		(void)err_set(e, ERR_BROKEN,
		    "%s is there already with another content; compare the "
		    "two and resolve the notice",
		    pl->final);
		return OUTCOME_UNKNOWN;
	}
	(void)folder_clear(pl->part, e);
	return OUTCOME_ACCEPTED;
}

/* The effect: the folder gets its name. */
static enum outcome
folder_reveal(const struct placing *pl, struct err *e)
{
	enum outcome outcome = OUTCOME_ACCEPTED;

	if (renameat2(AT_FDCWD, pl->part, AT_FDCWD, pl->final,
		RENAME_NOREPLACE) == -1) {
		if (errno != EEXIST) {
			(void)err_sys(e, "%s: cannot rename it", pl->part);
			return OUTCOME_TROUBLE;
		}
		outcome = found_there(pl, e);
	}
	if (file_sync_dir(pl->spool->outbox, e) == -1)
		return OUTCOME_UNKNOWN;
	return outcome;
}

static void
spool_deliver(struct carrier *c, const struct parcel *p,
    const struct carrier_commit *commit, struct receipt *r)
{
	struct spool *s = (struct spool *)c;
	struct placing pl = { .spool = s, .parcel = p };
	enum outcome outcome;
	const char *word;
	struct err e, ignored;

	assert(*p->id != '\0' && strchr(p->id, '/') == NULL && *p->id != '.');
	pl.part = arena_fmt(s->arena, "%s/.%s", s->outbox, p->id);
	pl.final = arena_fmt(s->arena, "%s/%s", s->outbox, p->id);
	word = arena_fmt(s->arena, "outbox/%s", p->id);
	if (folder_write(&pl, &e) == -1) {
		outcome = OUTCOME_TROUBLE;
	} else if (commit->before_effect(commit->ctx, word, &e) == -1) {
		(void)folder_clear(pl.part, &ignored);
		outcome = OUTCOME_LATER;
	} else {
		outcome = folder_reveal(&pl, &e);
	}
	receipt_fill(r, outcome, outcome == OUTCOME_ACCEPTED ? word : e.text);
	arena_reset(s->arena);
}

static void
spool_close(struct carrier *c)
{
	struct spool *s = (struct spool *)c;

	arena_free(s->arena);
	free(s->outbox);
	free(s);
}

static const struct carrier_ops SPOOL_OPS = {
	.deliver = spool_deliver,
	.close = spool_close,
};

int
spool_open(const char *outbox, struct carrier **out, struct err *e)
{
	struct spool *s;

	if (file_mkdirs(outbox, FOLDER_MODE, e) == -1)
		return -1;
	s = mem_alloc(sizeof(*s));
	s->carrier = (struct carrier){ .ops = &SPOOL_OPS, .name = "spool" };
	s->outbox = mem_alloc(strlen(outbox) + 1);
	memcpy(s->outbox, outbox, strlen(outbox) + 1);
	s->arena = arena_new();
	*out = &s->carrier;
	return 0;
}
