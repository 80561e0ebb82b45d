/*
 * merge: bulk letters from any text and any data. One PDF each in a folder,
 * or a print run in one file, with a manifest beside it. The letters are
 * made by several processes; what comes out does not depend on how many.
 */
#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "verb/json.h"
#include "verb/merge_run.h"

#define JOBS_MAX   64
#define SHEETS_MAX 100000
#define USAGE                                                                \
	"usage: semonce merge NAME DATA.csv|.json|.jsonl -o DIR|FILE.pdf "   \
	"[--encoding E] [--jobs N] [--page P] [--sort COLUMN] [--sheets N] " \
	"[--duplex]"

static int
parse_number(const char *option, const char *word, unsigned long most,
    unsigned long *out, struct err *e)
{
	char *end;
	unsigned long n = strtoul(word, &end, 10);

	if (end == word || *end != '\0' || word[0] == '-' || n == 0 || n > most)
		return err_set(e, ERR_USAGE,
		    "%s '%s': write a number from 1 to %lu", option, word,
		    most);
	*out = n;
	return 0;
}

/* Words of the command line before they are understood. */
struct words {
	const char *jobs, *sheets;
	const char *names[2];
	int n;
};

static int
read_words(const struct call *c, struct merge *m, struct words *w,
    struct err *e)
{
	const struct {
		const char *option, **value;
	} options[] = { { "-o", &m->output }, { "--encoding", &m->encoding },
		{ "--jobs", &w->jobs }, { "--page", &m->page },
		{ "--sort", &m->sort }, { "--sheets", &w->sheets } };

	for (int i = 0; i < c->argc; i++) {
		const char *word = c->argv[i], **value = NULL;

		for (size_t k = 0; k < sizeof(options) / sizeof(*options); k++)
			if (strcmp(word, options[k].option) == 0)
				value = options[k].value;
		if (strcmp(word, "--duplex") == 0) {
			m->duplex = true;
			continue;
		}
		if (value == NULL && (word[0] == '-' || w->n == 2))
			return err_set(e, ERR_USAGE, USAGE);
		if (value == NULL)
			w->names[w->n++] = word;
		else if (++i == c->argc || *value != NULL)
			return err_set(e, ERR_USAGE, USAGE);
		else
			*value = c->argv[i];
	}
	return w->n == 2 && m->output != NULL ? 0
					      : err_set(e, ERR_USAGE, USAGE);
}

static int
options(const struct call *c, struct merge *m, struct err *e)
{
	unsigned long jobs = (unsigned long)sysconf(_SC_NPROCESSORS_ONLN);
	unsigned long sheets = 0;
	struct words w = { 0 };
	size_t n;

	if (read_words(c, m, &w, e) != 0 ||
	    (w.jobs != NULL &&
		parse_number("--jobs", w.jobs, JOBS_MAX, &jobs, e) != 0) ||
	    (w.sheets != NULL &&
		parse_number("--sheets", w.sheets, SHEETS_MAX, &sheets, e) !=
		    0))
		return -1;
	m->name = w.names[0];
	m->data = w.names[1];
	m->jobs = (unsigned)jobs;
	m->sheets = sheets;
	n = strlen(m->output);
	m->one_file = n > 4 && strcmp(m->output + n - 4, ".pdf") == 0;
	if (!m->one_file && (m->sheets > 0 || m->duplex))
		return err_set(e, ERR_USAGE,
		    "--sheets and --duplex are for print runs: end the name "
		    "of -o in .pdf");
	return 0;
}

/* ---- the jobs ---- */

static int
start(const struct merge *m, unsigned job, struct merge_work *w, struct err *e)
{
	const pid_t run = getpid();

	w->results = tmpfile();
	if (w->results == NULL)
		return err_sys(e, "no room for temporary files");
	w->pid = fork();
	if (w->pid == -1)
		return err_sys(e, "cannot start a job");
	if (w->pid > 0)
		return 0;
	/* A job without its run would write into what a later one makes. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != run)
		_exit(1);
	merge_job(m, job, w->results);
	_exit(fflush(w->results) == 0 ? 0 : 1);
}

static int
run_jobs(const struct merge *m, struct merge_work *work, struct err *e)
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

static void
summarize(const struct call *c, const struct merge_sum *w)
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
	(void)printf("%zu letter%s, %zu page%s", w->letters,
	    w->letters == 1 ? "" : "s", w->pages, w->pages == 1 ? "" : "s");
	if (w->refused > 0)
		(void)printf(", %zu refused", w->refused);
	(void)putchar('\n');
}

static int
make_all(const struct merge *m, struct merge_sum *sum, struct err *e)
{
	struct merge_work work[JOBS_MAX] = { 0 };
	int rc = run_jobs(m, work, e);

	if (rc == 0)
		rc = merge_collect(m, work, sum, e);
	for (unsigned i = 0; i < m->jobs; i++)
		if (work[i].results != NULL)
			(void)fclose(work[i].results);
	return rc;
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
		.creditor = { .name = "",
		    .logo = "",
		    .signature = "",
		    .country = "FR",
		    .timezone = "Europe/Paris" } };
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
	struct merge_sum sum = { 0 };

	if (merge_rows_read(m->data, m->encoding, m->sort, !m->one_file,
		&m->rows, e) != 0)
		return -1;
	if (m->jobs > merge_rows_count(m->rows))
		m->jobs = (unsigned)merge_rows_count(m->rows);
	if (m->jobs > JOBS_MAX)
		m->jobs = JOBS_MAX;
	if ((!m->one_file && file_mkdirs(m->output, 0755, e) != 0) ||
	    merge_past_take(merge_manifest(m, a), &m->past, e) != 0 ||
	    make_all(m, &sum, e) != 0)
		return -1;
	summarize(m->call, &sum);
	return sum.refused > 0 ? 1 : 0;
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
	merge_past_free(m.past);
	merge_rows_free(m.rows);
	arena_free(a);
	return rc;
}
