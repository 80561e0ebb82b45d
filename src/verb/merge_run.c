#include "verb/merge_run.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "pdf/join.h"
#include "verb/warn.h"

#define LETTER_MAX_BYTES ((size_t)32 << 20)
#define HELD_FAULTS      8

/*
 * Rows refused before any letter was made are held back: if there is none at
 * the end, the fault is the data's, and each is told once.
 */
struct held {
	const char *faults[HELD_FAULTS];
	size_t n_faults;
	struct {
		unsigned line, fault;
	} * rows;
	size_t n, cap;
	bool over; /* a letter was made, or there are too many faults */
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
	FILE *manifest;
	struct merge_sum *sum;
	struct warn *warn;
	struct held held;
};

/*
 * Notes where each result of a job lies, by its place; 0: there is none. An
 * error if the job had to stop.
 */
static int
find_results(const struct merge_work *w, uint64_t *spots, size_t n,
    struct err *e)
{
	struct merge_result r;
	long at = 0;
	int found;

	rewind(w->results);
	while ((found = merge_result_read(w->results, &r, e)) == 1) {
		if (r.fate == MERGE_STOPPED)
			return err_set(e, r.kind, "%s", merge_result_text(&r));
		assert(r.place < n);
		spots[r.place] = (uint64_t)at + 1;
		if (r.size > 0 &&
		    fseek(w->results, (long)r.size, SEEK_CUR) != 0)
			return err_sys(e, "cannot read what was made");
		at = ftell(w->results);
	}
	if (found == 0 && w->died)
		return err_set(e, ERR_SYSTEM,
		    "a job ended before its letters were made: start again");
	return found;
}

static void
put_cell(FILE *out, const char *cell)
{
	if (cell[strcspn(cell, ",\";\r\n")] == '\0') {
		(void)fputs(cell, out);
		return;
	}
	(void)putc('"', out);
	for (; *cell != '\0'; cell++) {
		if (*cell == '"')
			(void)putc('"', out);
		(void)putc(*cell, out);
	}
	(void)putc('"', out);
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
		if (merge_past_keep(m->past, base_name(run->path), e) != 0)
			return -1;
	}
	run->sheets += sheets;
	return 0;
}

static int
add_letter(struct run *run, FILE *results, const struct merge_result *r,
    struct err *e)
{
	char *bytes;
	int rc;

	if (r->size > LETTER_MAX_BYTES)
		return err_set(e, ERR_SYSTEM, "cannot read what was made");
	bytes = mem_alloc(r->size + 1);
	if (fread(bytes, 1, r->size, results) != r->size)
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

/* What an earlier run left that did not come to its end. */
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
complain(const struct run *run, unsigned line, const char *text)
{
	struct str s;

	str_init(&s, 8192);
	str_put_visible(&s, run->merge->data);
	str_fmt(&s, ":%u: ", line);
	str_put_visible(&s, text);
	(void)fprintf(stderr, "semonce: %s\n", s.p);
	str_done(&s);
}

/* The data are not wrong as a whole: every row is told. */
static void
tell_held(struct run *run)
{
	struct held *held = &run->held;

	for (size_t i = 0; i < held->n; i++)
		complain(run, held->rows[i].line,
		    held->faults[held->rows[i].fault]);
	held->n = 0;
	held->over = true;
}

static bool
hold(struct run *run, unsigned line, const char *fault)
{
	struct held *held = &run->held;
	unsigned i = 0;

	while (i < held->n_faults && strcmp(held->faults[i], fault) != 0)
		i++;
	if (held->over || i == HELD_FAULTS)
		return false;
	if (i == held->n_faults)
		held->faults[held->n_faults++] = arena_str(run->arena, fault);
	held->rows =
	    mem_grow(held->rows, &held->cap, held->n + 1, sizeof(*held->rows));
	held->rows[held->n].line = line;
	held->rows[held->n++].fault = i;
	return true;
}

static void
refuse(struct run *run, const struct merge_result *r)
{
	run->sum->refused++;
	if (hold(run, r->line, merge_result_text(r)))
		return;
	tell_held(run);
	complain(run, r->line, merge_result_text(r));
}

/* There is no letter at all. */
static void
tell_faults(const struct run *run)
{
	const struct held *held = &run->held;

	for (unsigned i = 0; i < held->n_faults && held->n > 0; i++) {
		size_t n = 0;

		for (size_t k = 0; k < held->n; k++)
			if (held->rows[k].fault == i && n++ == 0)
				complain(run, held->rows[k].line,
				    held->faults[i]);
		if (n > 1)
			(void)fprintf(stderr,
			    "semonce: %s: the same in %zu other row%s\n",
			    run->merge->data, n - 1, n == 2 ? "" : "s");
	}
}

static void
pass_warnings(const struct run *run, const struct merge_result *r)
{
	const char *text = NULL;
	struct str who, words;
	uint32_t c;

	while ((text = merge_result_warning(r, text, &c)) != NULL) {
		str_init(&who, 8192);
		str_init(&words, 8192);
		str_fmt(&who, "%s:%u", run->merge->data, r->line);
		str_put(&words, text, strcspn(text, "\n"));
		warn_print(run->warn, who.p, c, words.p);
		str_done(&words);
		str_done(&who);
	}
}

/* One result, in its turn: a line of the manifest, or a complaint. */
static int
take_result(struct run *run, FILE *results, struct err *e)
{
	const struct merge *m = run->merge;
	struct merge_result r;
	const char *file;
	size_t page = 1;

	if (merge_result_read(results, &r, e) != 1)
		return err_set(e, ERR_SYSTEM,
		    "a letter is missing: start again");
	if (r.fate == MERGE_REFUSED) {
		refuse(run, &r);
		return 0;
	}
	tell_held(run);
	pass_warnings(run, &r);
	file = merge_result_file(&r);
	if (m->one_file) {
		if (make_room(run, r.pages, e) != 0)
			return -1;
		file = base_name(run->path);
		page = pdf_join_pages(run->join) + 1;
		if (add_letter(run, results, &r, e) != 0)
			return -1;
	} else if (merge_past_keep(m->past, file, e) != 0) {
		return -1;
	}
	(void)fprintf(run->manifest, "%zu,", r.place + 1);
	put_cell(run->manifest, merge_result_text(&r));
	(void)fprintf(run->manifest, ",%zu,%s,", r.pages, r.sha256);
	put_cell(run->manifest, file);
	(void)fprintf(run->manifest, ",%zu\n", page);
	run->sum->letters++;
	run->sum->pages += r.pages;
	return 0;
}

static int
take_results(struct run *run, const struct merge_work *work, struct err *e)
{
	const struct merge *m = run->merge;
	size_t n = merge_rows_count(m->rows);
	uint64_t *spots = arena_array(run->arena, n, sizeof(*spots));

	assert(m->jobs > 0);
	for (unsigned i = 0; i < m->jobs; i++)
		if (find_results(&work[i], spots, n, e) != 0)
			return -1;
	(void)fputs(MERGE_MANIFEST_HEAD "\n", run->manifest);
	for (size_t i = 0; i < n; i++) {
		FILE *results = work[i % m->jobs].results;

		if (spots[i] == 0)
			return err_set(e, ERR_SYSTEM,
			    "a letter is missing: start again");
		if (ftell(results) != (long)spots[i] - 1 &&
		    fseek(results, (long)spots[i] - 1, SEEK_SET) != 0)
			return err_sys(e, "cannot read what was made");
		if (take_result(run, results, e) != 0)
			return -1;
	}
	tell_faults(run);
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

/* In its place last: what it names is there. */
static int
place_manifest(struct run *run, const char *part, struct err *e)
{
	const struct merge *m = run->merge;
	bool bad = ferror(run->manifest) != 0;

	bad |= fclose(run->manifest) != 0;
	run->manifest = NULL;
	if (bad)
		return err_sys(e, "%s: cannot write", part);
	if (!m->one_file && sync_letters(m->output, e) != 0)
		return -1;
	return file_place(part, merge_manifest(m, run->arena), e);
}

int
merge_collect(const struct merge *m, const struct merge_work *work,
    struct merge_sum *sum, struct err *e)
{
	struct run run = {
		.merge = m, .arena = arena_new(), .sum = sum, .warn = warn_new()
	};
	const char *part =
	    arena_fmt(run.arena, "%s.part", merge_manifest(m, run.arena));
	int rc;

	run.manifest = fopen(part, "we");
	if (run.manifest == NULL)
		rc = err_sys(e, "%s: cannot write", part);
	else
		rc = take_results(&run, work, e);
	if (rc == 0)
		rc = merge_past_clear(m->past, e);
	if (rc == 0)
		rc = place_manifest(&run, part, e);
	if (run.manifest != NULL)
		(void)fclose(run.manifest);
	if (rc != 0)
		(void)unlink(part);
	pdf_join_free(run.join);
	free(run.held.rows);
	warn_free(run.warn);
	arena_free(run.arena);
	return rc;
}
