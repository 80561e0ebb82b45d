/*
 * Invariant: each part stays open until the end, because libqpdf reads what
 * a page refers to when the whole is written.
 */
#include "pdf/join.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct part {
	qpdf_data pdf;
	char *bytes;
};

struct pdf_join {
	qpdf_data whole;
	struct part *parts;
	size_t n, cap;
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

int
pdf_join_new(struct pdf_join **out, struct err *e)
{
	struct pdf_join *j = mem_alloc(sizeof(*j));

	j->whole = qpdf_init();
	qpdf_silence_errors(j->whole);
	if (is_error(qpdf_empty_pdf(j->whole))) {
		(void)failed(j->whole, "cannot begin", e);
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
	qpdf_cleanup(&j->whole);
	for (size_t i = 0; i < j->n; i++) {
		qpdf_cleanup(&j->parts[i].pdf);
		free(j->parts[i].bytes);
	}
	free(j->parts);
	free(j);
}

int
pdf_join_add(struct pdf_join *j, const void *bytes, size_t n, struct err *e)
{
	struct part *p;
	int pages;

	j->parts = mem_grow(j->parts, &j->cap, j->n + 1, sizeof(*j->parts));
	p = &j->parts[j->n++];
	p->bytes = mem_alloc(n + 1);
	memcpy(p->bytes, bytes, n);
	p->pdf = qpdf_init();
	qpdf_silence_errors(p->pdf);
	qpdf_set_suppress_warnings(p->pdf, QPDF_TRUE);
	if (is_error(qpdf_read_memory(p->pdf, "letter", p->bytes, n, NULL)))
		return failed(p->pdf, "cannot read a letter", e);
	pages = qpdf_get_num_pages(p->pdf);
	for (int i = 0; i < pages; i++)
		if (is_error(qpdf_add_page(j->whole, p->pdf,
			qpdf_get_page_n(p->pdf, (size_t)i), QPDF_FALSE)))
			return failed(j->whole, "cannot add a page", e);
	return 0;
}

int
pdf_join_write(struct pdf_join *j, struct str *out, struct err *e)
{
	if (is_error(qpdf_init_write_memory(j->whole)))
		return failed(j->whole, "cannot write", e);
	qpdf_set_deterministic_ID(j->whole, QPDF_TRUE);
	qpdf_set_object_stream_mode(j->whole, qpdf_o_generate);
	if (is_error(qpdf_write(j->whole)))
		return failed(j->whole, "cannot write", e);
	str_put(out, qpdf_get_buffer(j->whole),
	    qpdf_get_buffer_length(j->whole));
	if (out->over)
		return err_set(e, ERR_DATA,
		    "the run is longer than %zu bytes: make several", out->max);
	return 0;
}
