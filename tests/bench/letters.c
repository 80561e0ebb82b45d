/*
 * letters [-o DIR] [-l LOGO] [-r ROUNDS] LAYOUTS FONTS.CONF NOTICE.json...:
 * the letter of each notice from its data to the bytes of its PDF, in one
 * process, with nothing else around it: what is to be made faster, and what
 * must not change by that. With -o, DIR gets the pages as text and the PDF of
 * each. Prints the CPU time a letter.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/hash.h"
#include "draw/picture.h"
#include "letter/letter.h"
#include "pdf/document.h"

#define PDF_MAX ((size_t)64 << 20)

struct bench {
	const char *out, *logo; /* folder, file; or NULL */
	int rounds;
	struct letter_engine *engine;
	struct pdf_writer *writer;
	struct hasher *hasher;
	struct arena *setup, *arena;
	struct str pdf, dump;
	size_t n, bytes;
	double laid_out, written; /* CPU seconds */
};

static double
cpu(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
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
keep(struct bench *b, const char *path, const struct page_doc *doc,
    struct err *e)
{
	const char *name = strrchr(path, '/');
	const char *stem;

	name = name != NULL ? name + 1 : path;
	stem = arena_fmt(b->arena, "%s/%s", b->out, name);
	str_clear(&b->dump);
	page_dump(doc, &b->dump);
	if (file_write(arena_fmt(b->arena, "%s.txt", stem), b->dump.p,
		b->dump.len, 0644, e) != 0)
		return -1;
	return file_write(arena_fmt(b->arena, "%s.pdf", stem), b->pdf.p,
	    b->pdf.len, 0644, e);
}

static int
letter(struct bench *b, const char *path, struct err *e)
{
	json_t *data = json_load_file(path, 0, NULL);
	struct page_doc doc;
	double start, middle;
	int rc;

	if (data == NULL)
		return err_set(e, ERR_DATA, "%s: not JSON", path);
	arena_reset(b->arena);
	start = cpu();
	const struct letter_choice c = {
		.name = member(data, "notice", "step"),
		.lang = member(data, "debtor", "language"),
		.tone = member(data, "notice", "tone"),
		.consumer =
		    strcmp(member(data, "debtor", "kind"), "consumer") == 0,
	};
	str_clear(&b->pdf);
	rc = letter_lay_out(b->engine, &c, data, b->arena, &doc, e);
	middle = cpu();
	if (rc == 0)
		rc = pdf_write(b->writer, &doc, &b->pdf, e);
	b->laid_out += middle - start;
	b->written += cpu() - middle;
	b->bytes += b->pdf.len;
	b->n++;
	if (rc == 0 && b->out != NULL)
		rc = keep(b, path, &doc, e);
	json_decref(data);
	return rc == 0 ? 0 : err_add(e, "%s", path);
}

static int
run(struct bench *b, int argc, char **argv, struct err *e)
{
	struct page_image logo;
	struct letter_setup setup = {
		.layouts = argv[0],
		.own = "",
		.fonts = argv[1],
		.page = "fr-dl",
	};

	if (b->logo != NULL) {
		if (picture_load_small(b->logo, 177, b->setup, &logo, e) != 0)
			return -1;
		setup.logo = &logo;
		setup.logo_alt = "Logo";
	}
	if (letter_engine_new(&setup, &b->engine, e) != 0 ||
	    pdf_writer_new(&b->writer, e) != 0)
		return -1;
	for (int round = 0; round < b->rounds; round++)
		for (int i = 2; i < argc; i++)
			if (letter(b, argv[i], e) != 0)
				return -1;
	(void)printf("%zu letters, %zu bytes each, ms CPU: laid out %.3f, "
		     "written %.3f\n",
	    b->n, b->bytes / b->n, b->laid_out * 1e3 / (double)b->n,
	    b->written * 1e3 / (double)b->n);
	return 0;
}

int
main(int argc, char **argv)
{
	struct bench b = {
		.setup = arena_new(), .arena = arena_new(), .rounds = 1
	};
	struct err e = { 0 };
	int at = 1, rc;

	for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
		if (argv[at][1] == 'o')
			b.out = argv[at + 1];
		else if (argv[at][1] == 'l')
			b.logo = argv[at + 1];
		else
			b.rounds = (int)strtol(argv[at + 1], NULL, 10);
	}
	if (argc - at < 3) {
		(void)fputs(
		    "usage: letters [-o DIR] [-l LOGO] [-r ROUNDS] LAYOUTS "
		    "FONTS.CONF NOTICE.json...\n",
		    stderr);
		return 2;
	}
	str_init(&b.pdf, PDF_MAX);
	str_init(&b.dump, PDF_MAX);
	rc = run(&b, argc - at, argv + at, &e);
	if (rc != 0)
		(void)fprintf(stderr, "letters: %s\n", e.text);
	pdf_writer_free(b.writer);
	letter_engine_free(b.engine);
	str_done(&b.pdf);
	str_done(&b.dump);
	arena_free(b.arena);
	arena_free(b.setup);
	return rc == 0 ? 0 : 1;
}
