/*
 * letters ROOT TEXTS DATA.jsonl: the letter `bench` of each row, from its
 * data to the bytes of its PDF, in one process, and the share of time that
 * each stage takes. The stages are told apart at the seams of the program:
 * the linker leads the calls below through this file (--wrap, see Makefile),
 * so that nothing is measured inside it.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/hash.h"
#include "letter/letter.h"
#include "letter/markdown.h"
#include "letter/qr.h"
#include "letter/shape.h"
#include "letter/template.h"
#include "pdf/document.h"
#include "pdf/part.h"
#include "verb/config.h"
#include "verb/mailing.h"

#define PDF_MAX ((size_t)64 << 20)

enum stage {
	DATA,
	LAYOUT,
	TEXT,
	LINES,
	SYMBOL,
	OBJECTS,
	DEFLATE,
	HASH,
	STAGES
};

static const char *const names[STAGES] = {
	[DATA] = "data",
	[TEXT] = "template and markdown",
	[LINES] = "shaping and lines",
	[SYMBOL] = "QR",
	[LAYOUT] = "layout",
	[OBJECTS] = "pdf objects",
	[DEFLATE] = "deflate",
	[HASH] = "hash",
};

/* The linker hands calls over without a pointer of ours. */
static double spent[STAGES];
static enum stage now = DATA;
static double since;

static double
seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* From here on time is that of this stage; returns the one before. */
static enum stage
enter(enum stage stage)
{
	enum stage before = now;
	double t = seconds();

	spent[now] += t - since;
	since = t;
	now = stage;
	return before;
}

/* ---- the seams ---- */

#define REAL(name) __asm__("__real_" #name)
#define WRAP(name) __asm__("__wrap_" #name)

/* A function of ours, led through this file as time of a stage. */
#define SEAM(during, type, name, parameters, arguments) \
	type real_##name parameters REAL(name);         \
	type wrap_##name parameters WRAP(name);         \
	type wrap_##name parameters                     \
	{                                               \
		enum stage before = enter(during);      \
		type rc = real_##name arguments;        \
                                                        \
		(void)enter(before);                    \
		return rc;                              \
	}

SEAM(TEXT, int, template_fill,
    (const struct template *t, const json_t *data, struct formatter *f,
	enum template_escape escape, struct str *out, struct err *e),
    (t, data, f, escape, out, e))
SEAM(TEXT, int, markdown_parse,
    (const char *text, size_t n, struct arena *a, struct block **out,
	struct err *e),
    (text, n, a, out, e))
SEAM(LINES, int, shape_spans,
    (struct build * b, const struct span *spans, const struct type *t,
	int32_t measure, struct shape *out, struct err *e),
    (b, spans, t, measure, out, e))
SEAM(LINES, int, shape_text,
    (struct build * b, const char *text, const struct type *t, int32_t measure,
	struct shape *out, struct err *e),
    (b, text, t, measure, out, e))
SEAM(LINES, int, shape_fitted,
    (struct build * b, const char *text, const struct type *t, int32_t measure,
	struct shape *out, struct err *e),
    (b, text, t, measure, out, e))
SEAM(SYMBOL, int, qr_make,
    (const char *payload, const struct qr_form *form, struct arena *a,
	struct page_symbol *out, struct err *e),
    (payload, form, a, out, e))
SEAM(DEFLATE, struct pdf_bytes, pdf_deflate,
    (struct pdf_writer * w, enum pdf_effort effort, const void *bytes, size_t n,
	struct arena *a),
    (w, effort, bytes, n, a))

/* ---- the letters ---- */

struct bench {
	struct letter_engine *engine;
	struct pdf_writer *writer;
	struct hasher *hasher;
	struct arena *arena;
	struct str pdf;
	struct config config;
	size_t n;
};

static int
make_letter(struct bench *b, json_t *data, struct err *e)
{
	static const struct letter_choice choice = {
		.name = "bench", .lang = "fr", .tone = "formal"
	};
	uint8_t hash[SHA256_SIZE];
	struct page_doc doc;

	arena_reset(b->arena);
	str_clear(&b->pdf);
	if (mailing_complete(data, &b->config, "2026-03-12", b->arena, e) != 0)
		return -1;
	(void)enter(LAYOUT);
	if (letter_lay_out(b->engine, &choice, data, b->arena, &doc, e) != 0)
		return -1;
	(void)enter(OBJECTS);
	if (pdf_write(b->writer, &doc, &b->pdf, e) != 0)
		return -1;
	(void)enter(HASH);
	if (hash_next(b->hasher, b->pdf.p, b->pdf.len, hash, e) != 0)
		return -1;
	(void)enter(DATA);
	b->n++;
	return 0;
}

static int
make_letters(struct bench *b, const char *path, struct err *e)
{
	struct mailing *data;
	struct mailing_row row;
	int found;

	if (mailing_open(path, NULL, &data, e) != 0)
		return -1;
	while ((found = mailing_next(data, &row, e)) == 1) {
		if (row.data == NULL)
			found = err_set(e, ERR_DATA, "%s", row.fault);
		else
			found = make_letter(b, row.data, e);
		json_decref(row.data);
		if (found != 0)
			break;
	}
	mailing_close(data);
	return found;
}

static int
run(struct bench *b, char **argv, struct err *e)
{
	struct arena *a = arena_new();
	const char *layouts = arena_fmt(a, "%s/layouts", argv[1]);
	const char *conf = arena_fmt(a, "%s/fonts/fonts.conf", argv[1]);
	const struct letter_setup setup = { .layouts = layouts,
		.own = argv[2],
		.fonts = conf,
		.page = "fr-dl" };
	int rc = -1;

	if (config_load(arena_fmt(a, "%s/..", argv[2]), a, &b->config, e) ==
		0 &&
	    letter_engine_new(&setup, &b->engine, e) == 0 &&
	    pdf_writer_new(&b->writer, e) == 0 &&
	    hasher_new(&b->hasher, e) == 0) {
		since = seconds();
		rc = make_letters(b, argv[3], e);
	}
	pdf_writer_free(b->writer);
	letter_engine_free(b->engine);
	hasher_free(b->hasher);
	arena_free(a);
	return rc;
}

static void
print_shares(const struct bench *b)
{
	double all = 0;

	for (size_t i = 0; i < STAGES; i++)
		all += spent[i];
	for (size_t i = 0; i < STAGES; i++)
		(void)printf("%-22s %5.1f %%  %.3f ms\n", names[i],
		    100 * spent[i] / all, 1e3 * spent[i] / (double)b->n);
}

int
main(int argc, char **argv)
{
	struct bench b = { .arena = arena_new() };
	struct err e = { 0 };
	int rc;

	if (argc != 4) {
		(void)fputs("usage: letters ROOT TEXTS DATA.jsonl\n", stderr);
		return 2;
	}
	str_init(&b.pdf, PDF_MAX);
	rc = run(&b, argv, &e);
	if (rc != 0)
		(void)fprintf(stderr, "letters: %s\n", e.text);
	else
		print_shares(&b);
	str_done(&b.pdf);
	arena_free(b.arena);
	return rc == 0 ? 0 : 1;
}
