#include "verb/merge_run.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "pdf/join.h"

#define MANIFEST_MAX     ((size_t)1 << 30)
#define LETTER_MAX_BYTES ((size_t)32 << 20)

/* Where the result of a place lies; results NULL: there is none. */
struct spot {
	FILE *results;
	long at;
};

/*
 * What is being put together. `join` holds the letters of a print file not
 * yet written; NULL: none is begun.
 */
struct run {
	const struct merge *merge;
	struct arena *arena;
	struct pdf_join *join;
	const char *path; /* of that file */
	size_t sheets;    /* of paper in it */
	size_t files;     /* begun so far, that one included */
	struct str manifest;
	struct merge_sum *sum;
};

/* Notes where each result lies; an error if a job had to stop. */
static int
find_results(const struct merge_work *w, struct spot *spots, size_t n,
    struct err *e)
{
	struct merge_result r;

	rewind(w->results);
	while (fread(&r, sizeof(r), 1, w->results) == 1) {
		if (r.fate == MERGE_STOPPED)
			return err_set(e, r.kind, "%s", r.text);
		assert(r.place < n);
		spots[r.place] = (struct spot){ w->results,
			ftell(w->results) - (long)sizeof(r) };
		if (fseek(w->results, (long)r.size, SEEK_CUR) != 0)
			return err_sys(e, "cannot read what was made");
	}
	if (w->died)
		return err_set(e, ERR_SYSTEM,
		    "a job ended before its letters were made: start again");
	return 0;
}

static void
put_cell(struct str *out, const char *cell)
{
	if (cell[strcspn(cell, ",\";\r\n")] == '\0') {
		str_puts(out, cell);
		return;
	}
	str_putc(out, '"');
	for (; *cell != '\0'; cell++) {
		if (*cell == '"')
			str_putc(out, '"');
		str_putc(out, *cell);
	}
	str_putc(out, '"');
}

/* ---- print files ---- */

/* FILE.pdf, or FILE-001.pdf and so on where the run is cut. */
static const char *
file_path(const struct run *run, size_t number)
{
	const struct merge *m = run->merge;

	if (m->sheets == 0)
		return m->output;
	return arena_fmt(run->arena, "%.*s-%03zu.pdf",
	    (int)(strlen(m->output) - 4), m->output, number);
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static int
end_file(struct run *run, struct err *e)
{
	int rc = 0;

	if (run->join != NULL)
		rc = pdf_join_write(run->join, run->path, e);
	pdf_join_free(run->join);
	run->join = NULL;
	return rc;
}

/* A letter is never cut: one of more sheets than a file has a file alone. */
static int
make_room(struct run *run, size_t pages, struct err *e)
{
	const struct merge *m = run->merge;
	size_t sheets = m->duplex ? (pages + 1) / 2 : pages;

	if (m->sheets > 0 && run->join != NULL &&
	    run->sheets + sheets > m->sheets && end_file(run, e) != 0)
		return -1;
	if (run->join == NULL) {
		if (pdf_join_new(&run->join, e) != 0)
			return -1;
		run->sheets = 0;
		run->path = file_path(run, ++run->files);
	}
	run->sheets += sheets;
	return 0;
}

static int
add_letter(struct run *run, const struct spot *s, const struct merge_result *r,
    struct err *e)
{
	char *bytes;
	int rc;

	if (r->size > LETTER_MAX_BYTES)
		return err_set(e, ERR_SYSTEM, "cannot read what was made");
	bytes = mem_alloc(r->size + 1);
	if (fread(bytes, 1, r->size, s->results) != r->size)
		rc = err_sys(e, "cannot read what was made");
	else
		rc = pdf_join_add(run->join, bytes, r->size, run->merge->duplex,
		    e);
	free(bytes);
	return rc;
}

static int
remove_file(const char *path, bool *there, struct err *e)
{
	*there = unlink(path) == 0;
	if (!*there && errno != ENOENT)
		return err_sys(e, "%s: cannot remove", path);
	return 0;
}

/* What an earlier run left: nobody shall print it. */
static int
remove_old(const struct run *run, struct err *e)
{
	const struct merge *m = run->merge;
	bool there = true;

	if ((m->sheets > 0 || run->files == 0) &&
	    remove_file(m->output, &there, e) != 0)
		return -1;
	there = m->sheets > 0;
	for (size_t n = run->files + 1; there; n++)
		if (remove_file(file_path(run, n), &there, e) != 0)
			return -1;
	return 0;
}

/* ---- results in order ---- */

static void
complain(const struct merge *m, const struct merge_result *r)
{
	struct str s;

	str_init(&s, 8192);
	str_put_visible(&s, m->data);
	str_fmt(&s, ":%u: ", r->line);
	str_put_visible(&s, r->text);
	(void)fprintf(stderr, "semonce: %s\n", s.p);
	str_done(&s);
}

/* One result, in its turn: a line of the manifest, or a complaint. */
static int
take_result(struct run *run, const struct spot *s, const char *file,
    struct err *e)
{
	const struct merge *m = run->merge;
	struct merge_result r;
	size_t page = 1;

	if (s->results == NULL || fseek(s->results, s->at, SEEK_SET) != 0 ||
	    fread(&r, sizeof(r), 1, s->results) != 1)
		return err_set(e, ERR_SYSTEM,
		    "a letter is missing: start again");
	if (r.fate == MERGE_REFUSED) {
		run->sum->refused++;
		complain(m, &r);
		return 0;
	}
	if (m->one_file) {
		if (make_room(run, r.pages, e) != 0)
			return -1;
		file = base_name(run->path);
		page = pdf_join_pages(run->join) + 1;
		if (add_letter(run, s, &r, e) != 0)
			return -1;
	}
	str_fmt(&run->manifest, "%zu,", r.place + 1);
	put_cell(&run->manifest, r.debtor);
	str_fmt(&run->manifest, ",%zu,%s,", r.pages, r.sha256);
	put_cell(&run->manifest, file);
	str_fmt(&run->manifest, ",%zu\n", page);
	run->sum->letters++;
	run->sum->pages += r.pages;
	return 0;
}

static int
take_results(struct run *run, const struct merge_work *work, struct err *e)
{
	const struct merge *m = run->merge;
	struct spot *spots = arena_array(run->arena, m->n_rows, sizeof(*spots));
	const char **files = arena_array(run->arena, m->n_rows, sizeof(*files));

	for (unsigned i = 0; i < m->jobs; i++)
		if (find_results(&work[i], spots, m->n_rows, e) != 0)
			return -1;
	for (size_t i = 0; i < m->n_rows; i++)
		files[m->rows[i].place] = m->rows[i].file;
	str_puts(&run->manifest, "sequence,debtor,pages,sha256,file,page\n");
	for (size_t i = 0; i < m->n_rows; i++)
		if (take_result(run, &spots[i], files[i], e) != 0)
			return -1;
	if (!m->one_file)
		return 0;
	return end_file(run, e) == 0 ? remove_old(run, e) : -1;
}

const char *
merge_manifest(const struct merge *m, struct arena *a)
{
	if (!m->one_file)
		return arena_fmt(a, "%s/manifest.csv", m->output);
	return arena_fmt(a, "%.*s.csv", (int)(strlen(m->output) - 4),
	    m->output);
}

/* All letters of a folder onto the disk. */
static int
sync_letters(const char *dir, struct err *e)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = 0;

	if (fd == -1 || syncfs(fd) != 0)
		rc = err_sys(e, "%s: cannot write", dir);
	if (fd != -1)
		(void)close(fd);
	return rc;
}

/* Written last: what it names is there. */
static int
write_manifest(const struct run *run, struct err *e)
{
	const struct merge *m = run->merge;

	if (run->manifest.over)
		return err_set(e, ERR_DATA, "the manifest is too long");
	if (!m->one_file && sync_letters(m->output, e) != 0)
		return -1;
	return file_write(merge_manifest(m, run->arena), run->manifest.p,
	    run->manifest.len, 0644, e);
}

int
merge_collect(const struct merge *m, const struct merge_work *work,
    struct merge_sum *sum, struct err *e)
{
	struct run run = { .merge = m, .arena = arena_new(), .sum = sum };
	int rc;

	str_init(&run.manifest, MANIFEST_MAX);
	rc = take_results(&run, work, e);
	if (rc == 0)
		rc = write_manifest(&run, e);
	pdf_join_free(run.join);
	str_done(&run.manifest);
	arena_free(run.arena);
	return rc;
}
