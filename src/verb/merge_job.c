#include "verb/merge_job.h"

#include <assert.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "letter/letter.h"
#include "pdf/document.h"
#include "verb/json.h"
#include "verb/mailing.h"
#include "verb/press.h"
#include "verb/sums.h"

#define LETTER_MAX_BYTES ((size_t)32 << 20)

struct job {
	const struct merge *merge;
	FILE *results;
	struct arena *arena, *letter; /* of the job, of a letter */
	struct letter_setup setup;
	struct letter_engine *engine;
	struct pdf_writer *writer;
	struct hasher *hasher;
	struct str pdf;
};

static int
job_open(struct job *j, struct err *e)
{
	const struct merge *m = j->merge;

	if (press_setup(m->call, m->config, j->arena, &j->setup, e) != 0)
		return -1;
	j->setup.page_asked = m->page;
	if (letter_engine_new(&j->setup, &j->engine, e) != 0 ||
	    pdf_writer_new(&j->writer, e) != 0)
		return -1;
	return hasher_new(&j->hasher, e);
}

static void
job_close(struct job *j)
{
	if (j->writer != NULL)
		pdf_writer_free(j->writer);
	letter_engine_free(j->engine);
	hasher_free(j->hasher);
	str_done(&j->pdf);
	arena_free(j->letter);
	arena_free(j->arena);
}

static const char *
member(const json_t *data, const char *object, const char *key)
{
	const char *s =
	    json_string_value(json_object_get(json_object_get(data, object),
		key));

	return s != NULL ? s : "";
}

static int
lay_out(struct job *j, json_t *data, struct page_doc *doc, struct err *e)
{
	const struct merge *m = j->merge;
	struct letter_choice choice;
	enum debtor_kind kind;
	bool said;

	if (mailing_complete(data, m->config, m->date, j->letter, e) != 0 ||
	    json_debtor_kind(json_object_get(data, "debtor"), &kind, &said,
		e) != 0 ||
	    sums_check(data, e) != 0)
		return -1;
	press_sign(&j->setup, data);
	choice = (struct letter_choice){
		.name = m->name,
		.lang = member(data, "debtor", "language"),
		.tone = member(data, "notice", "tone"),
		.consumer = kind == DEBTOR_CONSUMER,
		.unsaid = !said,
	};
	return letter_lay_out(j->engine, &choice, data, j->letter, doc, e);
}

/* "C0001", or the name where there is no code. */
static const char *
debtor_of(const json_t *data)
{
	const char *code = member(data, "debtor", "code");

	return code[0] != '\0' ? code : member(data, "debtor", "name");
}

static void
set_words(struct merge_result *r, const char *text, const char *file)
{
	size_t n;

	(void)snprintf(r->words, sizeof(r->words) - MERGE_FILE_MAX, "%s", text);
	n = strlen(r->words) + 1;
	(void)snprintf(r->words + n, MERGE_FILE_MAX - 1, "%s", file);
	n += strlen(r->words + n) + 1;
	r->words[n] = '\0';
	r->n_words = (unsigned)n + 1;
}

/* A line each, as long as they find room. */
static void
add_warnings(struct merge_result *r, const struct page_doc *doc)
{
	for (size_t i = 0; i < doc->n_warnings; i++) {
		const struct page_warning *w = &doc->warnings[i];
		char *end = r->words + r->n_words - 1;
		size_t room = sizeof(r->words) - r->n_words + 1;
		int n = snprintf(end, room, "%X %s\n", w->code_point, w->text);

		if (n < 0 || (size_t)n >= room) {
			*end = '\0';
			return;
		}
		r->n_words += (unsigned)n;
	}
}

const char *
merge_result_text(const struct merge_result *r)
{
	return r->words;
}

const char *
merge_result_file(const struct merge_result *r)
{
	return r->words + strlen(r->words) + 1;
}

const char *
merge_result_warning(const struct merge_result *r, const char *last,
    uint32_t *code_point)
{
	const char *file = merge_result_file(r), *line;
	char *text;

	line = last != NULL ? strchr(last, '\n') + 1 : file + strlen(file) + 1;
	if (*line == '\0')
		return NULL;
	*code_point = (uint32_t)strtoul(line, &text, 16);
	return text + 1;
}

static int
put_result(const struct job *j, const struct merge_result *r, struct err *e)
{
	size_t n = offsetof(struct merge_result, words) + r->n_words;

	if (fwrite(r, n, 1, j->results) != 1 ||
	    fwrite(j->pdf.p, 1, r->size, j->results) != r->size)
		return err_sys(e, "cannot keep what was made");
	return 0;
}

int
merge_result_read(FILE *results, struct merge_result *r, struct err *e)
{
	const size_t fixed = offsetof(struct merge_result, words);

	if (fread(r, fixed, 1, results) != 1)
		return feof(results) ? 0
				     : err_sys(e, "cannot read what was made");
	if (r->n_words < 3 || r->n_words > sizeof(r->words) ||
	    fread(r->words, r->n_words, 1, results) != 1)
		return err_sys(e, "cannot read what was made");
	return 1;
}

/* Made durable by the parent, all at once, before the manifest names it. */
static int
put_file(const char *path, const struct str *bytes, struct err *e)
{
	int fd = open(path,
	    O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
	size_t done = 0;
	ssize_t n = 0;

	if (fd == -1)
		return err_sys(e, "%s: cannot write", path);
	while (done < bytes->len && n != -1) {
		n = write(fd, bytes->p + done, bytes->len - done);
		done += n > 0 ? (size_t)n : 0;
	}
	if (n == -1)
		(void)err_sys(e, "%s: cannot write", path);
	if (close(fd) != 0 && n != -1)
		return err_sys(e, "%s: cannot write", path);
	return n == -1 ? -1 : 0;
}

static int
make(struct job *j, const struct mailing_row *row, struct merge_result *out,
    struct err *e)
{
	const struct merge *m = j->merge;
	const char *file = "";
	uint8_t hash[SHA256_SIZE];
	struct page_doc doc;

	str_clear(&j->pdf);
	if (row->data == NULL)
		return err_set(e, ERR_DATA, "%s", row->fault);
	if ((!m->one_file &&
		merge_rows_name(m->rows, row->index, row->data, j->letter,
		    &file, e) != 0) ||
	    lay_out(j, row->data, &doc, e) != 0 ||
	    pdf_write(j->writer, &doc, &j->pdf, e) != 0 ||
	    hash_next(j->hasher, j->pdf.p, j->pdf.len, hash, e) != 0)
		return -1;
	set_words(out, debtor_of(row->data), file);
	add_warnings(out, &doc);
	out->pages = doc.n_pages;
	(void)hash_hex(hash, out->sha256);
	if (m->one_file) {
		out->size = j->pdf.len;
		return 0;
	}
	return put_file(arena_join(j->letter, m->output, "/", file), &j->pdf,
	    e);
}

/* 0; 1 after a result that ends the whole job; -1. */
static int
take_row(struct job *j, const struct mailing_row *row, struct err *e)
{
	struct merge_result r = {
		.fate = MERGE_MADE,
		.line = row->line,
		.place = merge_rows_place(j->merge->rows, row->index),
	};
	struct err bad = { 0 };

	if (make(j, row, &r, &bad) != 0) {
		r.fate = bad.kind == ERR_SYSTEM ? MERGE_STOPPED : MERGE_REFUSED;
		r.kind = bad.kind;
		r.size = 0;
		set_words(&r, bad.text, "");
	}
	arena_reset(j->letter);
	if (put_result(j, &r, e) != 0)
		return -1;
	return r.fate == MERGE_STOPPED ? 1 : 0;
}

/* Is the next row this job's? The last question is whether there is one. */
static bool
is_mine(const struct merge *m, unsigned job, size_t index)
{
	return index < merge_rows_count(m->rows) &&
	    merge_rows_place(m->rows, index) % m->jobs == job;
}

/* 0 at the end, 1 after a result that says why not, -1. */
static int
take_rows(struct job *j, unsigned number, struct mailing *data, struct err *e)
{
	const struct merge *m = j->merge;
	struct mailing_row row;
	int found = 1, rc = 0;

	for (size_t i = 0; rc == 0 && found == 1; i++) {
		if (!is_mine(m, number, i)) {
			found = mailing_scan(data, &row, NULL, 0, e);
		} else {
			found = mailing_next(data, &row, e);
			rc = found == 1 ? take_row(j, &row, e) : 0;
			json_decref(row.data);
		}
		if (found == 1 && i >= merge_rows_count(m->rows))
			return err_set(e, ERR_DATA,
			    "%s: it grew while it was read: start again",
			    m->data);
	}
	return rc == 0 ? found : rc;
}

void
merge_job(const struct merge *m, unsigned job, FILE *results)
{
	struct job j = { .merge = m, .results = results };
	struct mailing *data = NULL;
	struct err e = { 0 };
	int rc = -1;

	j.arena = arena_new();
	j.letter = arena_new();
	str_init(&j.pdf, LETTER_MAX_BYTES);
	if (job_open(&j, &e) == 0 &&
	    mailing_open(m->data, m->encoding, &data, &e) == 0)
		rc = take_rows(&j, job, data, &e);
	if (rc == -1) {
		struct merge_result r = { .fate = MERGE_STOPPED,
			.kind = e.kind };

		set_words(&r, e.text, "");
		(void)put_result(&j, &r, &e);
	}
	mailing_close(data);
	job_close(&j);
}
