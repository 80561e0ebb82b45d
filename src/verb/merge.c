/*
 * merge: bulk letters from any text and any data. One PDF each in a folder,
 * or a print run in one file, with a manifest beside it. The letters are
 * made by several processes; what comes out does not depend on how many.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "pdf/join.h"
#include "verb/json.h"
#include "verb/mailing.h"
#include "verb/merge_job.h"

#define JOBS_MAX         64
#define ROWS_MAX         ((size_t)10000000)
#define MANIFEST_MAX     ((size_t)1 << 30)
#define LETTER_MAX_BYTES ((size_t)32 << 20)
#define FILE_NAME_MAX    200
#define USAGE                                                              \
	"usage: semonce merge NAME DATA.csv|.json|.jsonl -o DIR|FILE.pdf " \
	"[--jobs N] [--page P] [--sort COLUMN]"

/* A job's process and what it wrote. */
struct work {
	FILE *results;
	pid_t pid;
	bool died;
};

/* Where the result of a place lies; results NULL: there is none. */
struct spot {
	FILE *results;
	long at;
};

/* What becomes of it all. */
struct whole {
	struct pdf_join *join; /* NULL: one PDF each */
	struct str manifest;
	size_t letters, pages, refused;
};

static int
parse_jobs(const char *word, unsigned *out, struct err *e)
{
	char *end;
	unsigned long n = strtoul(word, &end, 10);

	if (end == word || *end != '\0' || word[0] == '-' || n == 0 ||
	    n > JOBS_MAX)
		return err_set(e, ERR_USAGE,
		    "--jobs '%s': write a number from 1 to %d", word, JOBS_MAX);
	*out = (unsigned)n;
	return 0;
}

static int
options(const struct call *c, struct merge *m, struct err *e)
{
	const char *jobs = NULL;
	const char *words[2];
	int n = 0;

	for (int i = 0; i < c->argc; i++) {
		const char *w = c->argv[i], **value = NULL;

		if (strcmp(w, "-o") == 0)
			value = &m->output;
		else if (strcmp(w, "--jobs") == 0)
			value = &jobs;
		else if (strcmp(w, "--page") == 0)
			value = &m->page;
		else if (strcmp(w, "--sort") == 0)
			value = &m->sort;
		if (value == NULL && (w[0] == '-' || n == 2))
			return err_set(e, ERR_USAGE, USAGE);
		if (value == NULL)
			words[n++] = w;
		else if (++i == c->argc || *value != NULL)
			return err_set(e, ERR_USAGE, USAGE);
		else
			*value = c->argv[i];
	}
	if (n != 2 || m->output == NULL)
		return err_set(e, ERR_USAGE, USAGE);
	m->name = words[0];
	m->data = words[1];
	if (jobs != NULL)
		return parse_jobs(jobs, &m->jobs, e);
	m->jobs = (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
	return 0;
}

/* ---- before: which letter has which place and name ---- */

static const char *
column(const json_t *data, const char *name)
{
	const json_t *debtor = json_object_get(data, "debtor");
	const char *s = json_string_value(json_object_get(data, name));

	if (s == NULL)
		s = json_string_value(json_object_get(debtor, name));
	return s != NULL ? s : "";
}

static int
scan_rows(struct merge *m, struct arena *a, struct err *e)
{
	struct mailing *data;
	struct mailing_row row;
	size_t cap = 0;
	int found;

	if (mailing_open(m->data, &data, e) != 0)
		return -1;
	while ((found = mailing_next(data, &row, e)) == 1) {
		const char *file = column(row.data, "file");
		struct merge_row *r;

		m->rows = mem_grow(m->rows, &cap, m->n_rows + 1, sizeof(*r));
		r = &m->rows[m->n_rows++];
		r->index = row.index;
		r->line = row.line;
		r->key = m->sort != NULL
		    ? arena_str(a, column(row.data, m->sort))
		    : "";
		r->file = file[0] != '\0' ? arena_str(a, file) : NULL;
		json_decref(row.data);
		if (m->n_rows == ROWS_MAX)
			break;
	}
	mailing_close(data);
	return found == -1 ? -1 : 0;
}

static int
by_key(const void *a, const void *b)
{
	const struct merge_row *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order != 0 ? order
			  : (x->index > y->index) - (x->index < y->index);
}

static int
by_index(const void *a, const void *b)
{
	const struct merge_row *x = a, *y = b;

	return (x->index > y->index) - (x->index < y->index);
}

static int
by_file(const void *a, const void *b)
{
	const struct merge_row *x = a, *y = b;
	int order = strcmp(x->file, y->file);

	return order != 0 ? order : by_index(a, b);
}

/* A name from the data must stay in its folder, and say what it is. */
static void
name_file(struct merge_row *r, struct arena *a)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_.";
	size_t n;

	if (r->file == NULL) {
		r->file = arena_fmt(a, "%06zu.pdf", r->place + 1);
		return;
	}
	n = strlen(r->file);
	if (r->file[0] == '.' || r->file[strspn(r->file, letters)] != '\0' ||
	    n > FILE_NAME_MAX)
		r->fault = arena_fmt(a,
		    "file '%.80s': use letters, digits, '-', '_' and '.', "
		    "at most %d",
		    r->file, FILE_NAME_MAX);
	else if (n < 4 || strcmp(r->file + n - 4, ".pdf") != 0)
		r->file = arena_fmt(a, "%s.pdf", r->file);
}

/* Of two with the same name the later one is refused. */
static void
name_files(struct merge *m, struct arena *a)
{
	for (size_t i = 0; i < m->n_rows; i++)
		name_file(&m->rows[i], a);
	qsort(m->rows, m->n_rows, sizeof(*m->rows), by_file);
	for (size_t i = 1; i < m->n_rows; i++)
		if (strcmp(m->rows[i - 1].file, m->rows[i].file) == 0)
			m->rows[i].fault = arena_fmt(a,
			    "file '%.80s' is that of line %u: rename one",
			    m->rows[i].file, m->rows[i - 1].line);
}

/* Places and names, then back in the order of the data. */
static int
place_rows(struct merge *m, struct arena *a, struct err *e)
{
	if (m->n_rows == 0)
		return err_set(e, ERR_DATA, "%s: no rows, no letters", m->data);
	qsort(m->rows, m->n_rows, sizeof(*m->rows), by_key);
	for (size_t i = 0; i < m->n_rows; i++)
		m->rows[i].place = i;
	if (!m->one_file)
		name_files(m, a);
	qsort(m->rows, m->n_rows, sizeof(*m->rows), by_index);
	return 0;
}

/* ---- the jobs ---- */

static int
start(const struct merge *m, unsigned job, struct work *w, struct err *e)
{
	w->results = tmpfile();
	if (w->results == NULL)
		return err_sys(e, "no room for temporary files");
	w->pid = fork();
	if (w->pid == -1)
		return err_sys(e, "cannot start a job");
	if (w->pid > 0)
		return 0;
	merge_job(m, job, w->results);
	_exit(fflush(w->results) == 0 ? 0 : 1);
}

static int
run_jobs(const struct merge *m, struct work *work, struct err *e)
{
	int rc = 0, status;

	(void)fflush(stdout);
	for (unsigned i = 0; i < m->jobs && rc == 0; i++)
		rc = start(m, i, &work[i], e);
	for (unsigned i = 0; i < m->jobs; i++) {
		if (work[i].pid <= 0)
			continue;
		while (waitpid(work[i].pid, &status, 0) == -1)
			;
		work[i].died = !WIFEXITED(status) || WEXITSTATUS(status) != 0;
	}
	return rc;
}

/* ---- after: results in order ---- */

/* Notes where each result lies; an error if a job had to stop. */
static int
find_results(const struct work *w, struct spot *spots, size_t n, struct err *e)
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

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static int
join(struct pdf_join *j, const struct spot *s, const struct merge_result *r,
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
		rc = pdf_join_add(j, bytes, r->size, e);
	free(bytes);
	return rc;
}

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
take_result(const struct merge *m, const struct spot *s, const char *file,
    struct whole *w, struct err *e)
{
	struct merge_result r;

	if (s->results == NULL || fseek(s->results, s->at, SEEK_SET) != 0 ||
	    fread(&r, sizeof(r), 1, s->results) != 1)
		return err_set(e, ERR_SYSTEM,
		    "a letter is missing: start again");
	if (r.fate == MERGE_REFUSED) {
		w->refused++;
		complain(m, &r);
		return 0;
	}
	str_fmt(&w->manifest, "%zu,", r.place + 1);
	put_cell(&w->manifest, r.debtor);
	str_fmt(&w->manifest, ",%zu,%s,", r.pages, r.sha256);
	put_cell(&w->manifest, file);
	str_fmt(&w->manifest, ",%zu\n", w->join != NULL ? w->pages + 1 : 1);
	w->letters++;
	w->pages += r.pages;
	return w->join != NULL ? join(w->join, s, &r, e) : 0;
}

static int
collect(const struct merge *m, const struct work *work, struct whole *w,
    struct err *e)
{
	struct arena *a = arena_new();
	struct spot *spots = arena_array(a, m->n_rows, sizeof(*spots));
	const char **files = arena_array(a, m->n_rows, sizeof(*files));
	int rc = 0;

	for (unsigned i = 0; i < m->jobs && rc == 0; i++)
		rc = find_results(&work[i], spots, m->n_rows, e);
	for (size_t i = 0; i < m->n_rows; i++)
		files[m->rows[i].place] =
		    m->one_file ? base_name(m->output) : m->rows[i].file;
	str_puts(&w->manifest, "sequence,debtor,pages,sha256,file,page\n");
	for (size_t i = 0; i < m->n_rows && rc == 0; i++)
		rc = take_result(m, &spots[i], files[i], w, e);
	arena_free(a);
	return rc;
}

static const char *
manifest_path(const struct merge *m, struct arena *a)
{
	if (!m->one_file)
		return arena_fmt(a, "%s/manifest.csv", m->output);
	return arena_fmt(a, "%.*s.csv", (int)(strlen(m->output) - 4),
	    m->output);
}

static int
write_run(const struct merge *m, struct whole *w, struct err *e)
{
	if (w->letters > 0)
		return pdf_join_write(w->join, m->output, e);
	if (unlink(m->output) != 0 && errno != ENOENT)
		return err_sys(e, "%s: cannot remove", m->output);
	return 0; /* nobody shall print an old one */
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

/* FILE.csv beside FILE.pdf, manifest.csv in DIR; what it names is there. */
static int
write_manifest(const struct merge *m, const struct whole *w, struct arena *a,
    struct err *e)
{
	if (w->manifest.over)
		return err_set(e, ERR_DATA, "the manifest is too long");
	if (!m->one_file && sync_letters(m->output, e) != 0)
		return -1;
	return file_write(manifest_path(m, a), w->manifest.p, w->manifest.len,
	    0644, e);
}

static void
summarize(const struct call *c, const struct whole *w)
{
	if (c->json) {
		json_t *j = json_pack("{s:I, s:I, s:I}", "letters",
		    (json_int_t)w->letters, "pages", (json_int_t)w->pages,
		    "refused", (json_int_t)w->refused);

		assert(j != NULL);
		json_print(j, stdout);
		return;
	}
	if (c->quiet)
		return;
	(void)printf("%zu letters, %zu pages", w->letters, w->pages);
	if (w->refused > 0)
		(void)printf(", %zu refused", w->refused);
	(void)putchar('\n');
}

static int
make_all(const struct merge *m, struct whole *w, struct arena *a, struct err *e)
{
	struct work work[JOBS_MAX] = { 0 };
	const char *old = manifest_path(m, a);
	int rc;

	if (unlink(old) != 0 && errno != ENOENT)
		return err_sys(e, "%s: cannot remove", old);
	rc = run_jobs(m, work, e);
	if (rc == 0)
		rc = collect(m, work, w, e);
	for (unsigned i = 0; i < m->jobs; i++)
		if (work[i].results != NULL)
			(void)fclose(work[i].results);
	if (rc == 0 && m->one_file)
		rc = write_run(m, w, e);
	return rc == 0 ? write_manifest(m, w, a, e) : -1;
}

/* The configuration of a workspace, where there is one. */
static int
load(struct call *c, struct merge *m, struct config *config, struct arena *a,
    struct err *e)
{
	char buf[DATE_SIZE];
	date_t today, on = c->on;
	int hour;

	*config = (struct config){ .page = "",
		.language = "fr",
		.tone = "formal",
		.creditor = {
		    .logo = "", .country = "FR", .timezone = "Europe/Paris" } };
	if (file_exists(arena_fmt(a, "%s/semonce.yaml", c->dir)) &&
	    config_load(c->dir, a, config, e) != 0)
		return -1;
	c->clock(config->creditor.timezone, &today, &hour);
	if (on == DATE_NONE)
		on = today;
	m->date = arena_str(a, date_fmt(on, buf));
	m->config = config;
	return 0;
}

static int
merge(struct merge *m, struct arena *a, struct err *e)
{
	size_t n = strlen(m->output);
	struct whole w = { 0 };
	int rc = -1;

	m->one_file = n > 4 && strcmp(m->output + n - 4, ".pdf") == 0;
	if (scan_rows(m, a, e) != 0 || place_rows(m, a, e) != 0)
		return -1;
	if (m->jobs > m->n_rows)
		m->jobs = (unsigned)m->n_rows;
	if (m->jobs > JOBS_MAX)
		m->jobs = JOBS_MAX;
	str_init(&w.manifest, MANIFEST_MAX);
	if ((m->one_file ? pdf_join_new(&w.join, e)
			 : file_mkdirs(m->output, 0755, e)) == 0)
		rc = make_all(m, &w, a, e);
	if (rc == 0)
		summarize(m->call, &w);
	pdf_join_free(w.join);
	str_done(&w.manifest);
	return rc == 0 && w.refused > 0 ? 1 : rc;
}

int
verb_merge(struct call *c, struct err *e)
{
	struct merge m = { .call = c };
	struct config config;
	struct arena *a;
	int rc = -1;

	if (options(c, &m, e) != 0)
		return -1;
	a = arena_new();
	if (load(c, &m, &config, a, e) == 0)
		rc = merge(&m, a, e);
	free(m.rows);
	arena_free(a);
	return rc;
}
