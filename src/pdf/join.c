/*
 * libqpdf reads what a page refers to when the whole is written, so each
 * part stays open until then, with its structure tree and all. Parts are
 * therefore put together a few at a time into one file, which has nothing
 * but pages, and those files into the last one.
 *
 * Invariant: few.n < FEW; what was added before is in `all`, in order.
 */
#include "pdf/join.h"

#include <fcntl.h>
#include <qpdf/qpdf-c.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "pdf/same.h"

#define FEW        16
#define TAIL_BYTES 40 /* of a file; its last lines are shorter */

struct part {
	qpdf_data pdf;
	char *bytes;
};

struct sheaf {
	qpdf_data whole; /* NULL: not begun */
	struct part *parts;
	size_t n, cap;
	struct pdf_same *same; /* what its pages share */
};

struct pdf_join {
	struct sheaf few, all;
};

static int
failed(qpdf_data pdf, const char *what, struct err *e)
{
	const char *why = "no reason given";

	if (qpdf_has_error(pdf))
		why = qpdf_get_error_full_text(pdf, qpdf_get_error(pdf));
	return err_set(e, ERR_SYSTEM, "libqpdf: %s: %s", what, why);
}

static bool
is_error(QPDF_ERROR_CODE code)
{
	return (code & QPDF_ERRORS) != 0;
}

static int
sheaf_begin(struct sheaf *s, struct err *e)
{
	s->whole = qpdf_init();
	qpdf_silence_errors(s->whole);
	if (is_error(qpdf_empty_pdf(s->whole)))
		return failed(s->whole, "cannot begin", e);
	return pdf_same_new(&s->same, e);
}

static void
sheaf_done(struct sheaf *s)
{
	if (s->whole != NULL)
		qpdf_cleanup(&s->whole);
	for (size_t i = 0; i < s->n; i++) {
		qpdf_cleanup(&s->parts[i].pdf);
		free(s->parts[i].bytes);
	}
	free(s->parts);
	pdf_same_free(s->same);
	*s = (struct sheaf){ 0 };
}

static int
open_part(struct part *p, const void *bytes, size_t n, struct err *e)
{
	p->bytes = mem_alloc(n + 1);
	memcpy(p->bytes, bytes, n);
	p->pdf = qpdf_init();
	qpdf_silence_errors(p->pdf);
	qpdf_set_suppress_warnings(p->pdf, QPDF_TRUE);
	if (is_error(qpdf_read_memory(p->pdf, "file", p->bytes, n, NULL)))
		return failed(p->pdf, "cannot read the PDF", e);
	return 0;
}

/* As large as the page before it, and turned as that is. */
static int
sheaf_add_blank(struct sheaf *s, struct err *e)
{
	static const char *const keys[] = { "/MediaBox", "/Rotate" };
	int n = qpdf_get_num_pages(s->whole);
	qpdf_oh last = qpdf_get_page_n(s->whole, (size_t)n - 1);
	qpdf_oh blank = qpdf_oh_parse(s->whole, "<</Type/Page/Resources<<>>>>");

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (qpdf_oh_has_key(s->whole, last, keys[i]))
			qpdf_oh_replace_key(s->whole, blank, keys[i],
			    qpdf_oh_get_key(s->whole, last, keys[i]));
	if (is_error(qpdf_add_page(s->whole, s->whole,
		qpdf_make_indirect_object(s->whole, blank), QPDF_FALSE)))
		return failed(s->whole, "cannot add a page", e);
	return 0;
}

/* The pages added last, from one on. */
static int
sheaf_share(struct sheaf *s, int first, struct err *e)
{
	int n = qpdf_get_num_pages(s->whole);

	for (int i = first; i < n; i++)
		if (pdf_same_share(s->same, s->whole,
			qpdf_get_page_n(s->whole, (size_t)i), e) != 0)
			return -1;
	qpdf_oh_release_all(s->whole);
	if (qpdf_has_error(s->whole))
		return failed(s->whole, "cannot share fonts", e);
	return 0;
}

static int
sheaf_add(struct sheaf *s, const void *bytes, size_t n, bool even,
    struct err *e)
{
	struct part *p;
	int pages, before;

	if (s->whole == NULL && sheaf_begin(s, e) != 0)
		return -1;
	before = qpdf_get_num_pages(s->whole);
	s->parts = mem_grow(s->parts, &s->cap, s->n + 1, sizeof(*s->parts));
	p = &s->parts[s->n++];
	if (open_part(p, bytes, n, e) != 0)
		return -1;
	pages = qpdf_get_num_pages(p->pdf);
	for (int i = 0; i < pages; i++)
		if (is_error(qpdf_add_page(s->whole, p->pdf,
			qpdf_get_page_n(p->pdf, (size_t)i), QPDF_FALSE)))
			return failed(s->whole, "cannot add a page", e);
	if (even && pages % 2 == 1 && sheaf_add_blank(s, e) != 0)
		return -1;
	return sheaf_share(s, before, e);
}

/* Writes to where it was pointed to. */
static int
sheaf_write(struct sheaf *s, struct err *e)
{
	qpdf_set_deterministic_ID(s->whole, QPDF_TRUE);
	qpdf_set_object_stream_mode(s->whole, qpdf_o_generate);
	if (is_error(qpdf_write(s->whole)))
		return failed(s->whole, "cannot write", e);
	return 0;
}

/* The few become one part of all. */
static int
gather(struct pdf_join *j, struct err *e)
{
	qpdf_data few = j->few.whole;
	int rc;

	if (j->few.n == 0)
		return 0;
	if (is_error(qpdf_init_write_memory(few)))
		rc = failed(few, "cannot write", e);
	else
		rc = sheaf_write(&j->few, e);
	if (rc == 0)
		rc = sheaf_add(&j->all, qpdf_get_buffer(few),
		    qpdf_get_buffer_length(few), false, e);
	sheaf_done(&j->few);
	return rc;
}

int
pdf_join_new(struct pdf_join **out, struct err *e)
{
	struct pdf_join *j = mem_alloc(sizeof(*j));

	if (sheaf_begin(&j->all, e) != 0) {
		pdf_join_free(j);
		return -1;
	}
	*out = j;
	return 0;
}

void
pdf_join_free(struct pdf_join *j)
{
	if (j == NULL)
		return;
	sheaf_done(&j->few);
	sheaf_done(&j->all);
	free(j);
}

int
pdf_join_add(struct pdf_join *j, const void *bytes, size_t n, bool even,
    struct err *e)
{
	if (sheaf_add(&j->few, bytes, n, even, e) != 0)
		return -1;
	return j->few.n == FEW ? gather(j, e) : 0;
}

size_t
pdf_join_pages(const struct pdf_join *j)
{
	int n = qpdf_get_num_pages(j->all.whole);

	if (j->few.whole != NULL)
		n += qpdf_get_num_pages(j->few.whole);
	return (size_t)n;
}

int
pdf_join_check(const void *bytes, size_t n, size_t *pages, struct err *e)
{
	struct part p = { 0 };
	int rc = open_part(&p, bytes, n, e), count = 0;

	if (rc == 0)
		count = qpdf_get_num_pages(p.pdf);
	if (rc != 0)
		rc = err_set(e, ERR_DATA, "no PDF, or a damaged one");
	else if (qpdf_is_encrypted(p.pdf))
		rc = err_set(e, ERR_DATA, "the PDF is encrypted");
	else if (count < 1)
		rc = err_set(e, ERR_DATA, "the PDF has no pages");
	*pages = (size_t)(count > 0 ? count : 0);
	qpdf_cleanup(&p.pdf);
	free(p.bytes);
	return rc;
}

int
pdf_join_put(struct pdf_join *j, struct str *out, struct err *e)
{
	if (gather(j, e) != 0)
		return -1;
	if (is_error(qpdf_init_write_memory(j->all.whole)))
		return failed(j->all.whole, "cannot write", e);
	if (sheaf_write(&j->all, e) != 0)
		return -1;
	str_put(out, (const char *)qpdf_get_buffer(j->all.whole),
	    qpdf_get_buffer_length(j->all.whole));
	if (out->over)
		return err_set(e, ERR_DATA, "the pages are too large");
	return 0;
}

/* n bytes at a place, from the end where it is negative, with a NUL. */
static bool
read_at(FILE *f, long at, char *out, size_t n)
{
	out[0] = '\0';
	if (fseek(f, at, at < 0 ? SEEK_END : SEEK_SET) != 0)
		return false;
	n = fread(out, 1, n, f);
	out[n] = '\0';
	return n > 0;
}

/*
 * libqpdf does not say that the disk was full. The file is whole if its last
 * line is there and it says where the table of all objects begins.
 */
static bool
is_whole(const char *path)
{
	static const char digits[] = "0123456789";
	char tail[TAIL_BYTES + 1], table[TAIL_BYTES + 1], *mark = NULL, *end;
	FILE *f = fopen(path, "re");
	bool whole = false;
	long at;

	if (f == NULL)
		return false;
	if (read_at(f, -TAIL_BYTES, tail, TAIL_BYTES))
		mark = memmem(tail, TAIL_BYTES, "startxref\n", 10);
	if (mark != NULL) {
		at = strtol(mark + 10, &end, 10);
		whole = at > 0 && strcmp(end, "\n%%EOF\n") == 0 &&
		    read_at(f, at, table, TAIL_BYTES) &&
		    strncmp(table + strspn(table, digits), " 0 obj", 6) == 0;
	}
	(void)fclose(f);
	return whole;
}

int
pdf_join_write(struct pdf_join *j, const char *path, struct err *e)
{
	struct arena *a = arena_new();
	const char *part = arena_fmt(a, "%s.part", path);
	int rc = gather(j, e);

	if (rc == 0 && is_error(qpdf_init_write(j->all.whole, part)))
		rc = failed(j->all.whole, "cannot write", e);
	if (rc == 0)
		rc = sheaf_write(&j->all, e);
	if (rc == 0 && !is_whole(part))
		rc = err_set(e, ERR_SYSTEM,
		    "%s: could not be written whole; is the disk full?", part);
	if (rc == 0)
		rc = file_place(part, path, e);
	if (rc != 0)
		(void)unlink(part);
	arena_free(a);
	return rc;
}
