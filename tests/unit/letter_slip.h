/*
 * letter_slip: Swiss payment parts for tests: made on a sheet, read back as
 * lines of text, written as PDF.
 */
#ifndef LETTER_SLIP_H
#define LETTER_SLIP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "letter/swiss.h"
#include "letter/swiss_parts.h"
#include "pdf/document.h"

#define TOLERANCE 0.3 /* mm */
#define SLIP_TOP  192.0
#define LINES     128
#define ALT       "Code"
#define N(rows)   (sizeof(rows) / sizeof((rows)[0]))

extern char **environ;

struct fixture {
	struct fonts *fonts;
	struct pdf_writer *writer;
	struct arena *a;
	char dir[32];
	struct build build;
	struct geometry sheet;
	struct labels labels;
	struct payment_block payment;
	struct swiss_slip *slip;
	struct flow flow;
};

static inline double
mm(int32_t pu)
{
	return (double)pu * 25.4 / 72 / PU_PER_PT;
}

static inline bool
is_near(double a, double b)
{
	return a - b <= TOLERANCE && b - a <= TOLERANCE;
}

/* ---- slips ---- */

static const struct transfer full = {
	.payee = { "Robert Schneider AG", "Rue du Lac", "1268/2/22", "2501",
	    "Biel", "CH" },
	.payer = { "Pia-Maria Rutschmann-Schnyder", "Grosse Marktgasse", "28",
	    "9400", "Rorschach", "CH" },
	.iban = "CH4431999123000889012",
	.amount = { 12394975, "CHF" },
	.reference = "210000000003139471430009017",
	.text = "Instruction of 15.09.2019",
	.info = "//S1/01/20170309/11/10201409/20/14000000/22/36958/30/"
		"CH106017086/40/1020/41/3010",
	.others = { "UV;UltraPay005;12345", "XY;XYService;54321" },
	.due = DATE_NONE,
};

/* An A4 sheet whose text ends at y (mm). */
static inline void
start(struct fixture *f, const struct transfer *t, const char *lang, double y)
{
	arena_reset(f->a);
	build_init(&f->build, f->a, f->fonts, lang);
	build_page(&f->build);
	f->sheet = (struct geometry){ .name = "test",
		.width = PU_PER_MM(210),
		.height = PU_PER_MM(297),
		.text = { PU_PER_MM(20), PU_PER_MM(22), PU_PER_MM(170),
		    PU_PER_MM(254.5) },
		.footer = { PU_PER_MM(20), PU_PER_MM(279.5), PU_PER_MM(170),
		    PU_PER_MM(13) } };
	f->payment = (struct payment_block){ .swiss = t };
	f->slip = NULL;
	f->flow = (struct flow){ .build = &f->build,
		.geometry = &f->sheet,
		.labels = &f->labels,
		.payment = &f->payment,
		.slip = &f->slip,
		.y = PU_PER_MM(y) };
}

static inline int
make(struct fixture *f, const struct transfer *t, const char *lang, double y,
    struct err *e)
{
	start(f, t, lang, y);
	return swiss_ask(&f->flow, ALT, e) || swiss_finish(&f->flow, e) ? -1
									: 0;
}

static inline void
must_make(struct fixture *f, const struct transfer *t, const char *lang)
{
	struct err e = { 0 };

	if (make(f, t, lang, 60, &e) != 0)
		fail_msg("%s", e.text);
}

/* ---- what was placed ---- */

struct line {
	char text[200];
	double x, y, size; /* mm from the slip's top left; points */
	double width;
};

struct lines {
	struct line line[LINES];
	size_t n;
};

static inline void
add_run(struct lines *all, const struct page_item *i, size_t at)
{
	const struct page_run *r = &i->runs[at];
	struct line *l = &all->line[all->n];

	if (at > 0 && i->runs[at - 1].y == r->y) {
		l = &all->line[all->n - 1];
	} else {
		assert_true(++all->n < LINES);
		*l = (struct line){ .x = mm(r->x),
			.y = mm(r->y) - SLIP_TOP,
			.size = (double)r->size / PU_PER_PT,
			.width = mm(i->box.w) };
	}
	assert_true(strlen(l->text) + r->text_len < sizeof(l->text));
	strncat(l->text, r->text, r->text_len);
}

static inline void
lines_of(const struct fixture *f, struct lines *all)
{
	const struct build_page *p = &f->build.pages[f->build.open];

	all->n = 0;
	for (size_t i = 0; i < p->n_items; i++) {
		if (p->items[i].kind != PAGE_TEXT)
			continue;
		for (size_t k = 0; k < p->items[i].n_runs; k++)
			add_run(all, &p->items[i], k);
	}
	for (size_t i = 0; i < all->n; i++) {
		char *text = all->line[i].text;
		size_t n = strlen(text);

		while (n > 0 && text[n - 1] == ' ')
			text[--n] = '\0';
	}
}

/* Its exit status; its standard output is the file `out`. */
static inline int
try_run(const struct fixture *f, const char *const *argv)
{
	posix_spawn_file_actions_t to;
	int status = -1;
	pid_t pid;

	posix_spawn_file_actions_init(&to);
	posix_spawn_file_actions_addopen(&to, 1,
	    arena_fmt(f->a, "%s/out", f->dir), O_WRONLY | O_CREAT | O_TRUNC,
	    0600);
	posix_spawn_file_actions_addopen(&to, 2, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, argv[0], &to, NULL, (char *const *)argv,
		environ) != 0 ||
	    waitpid(pid, &status, 0) != pid)
		fail_msg("%s cannot be run", argv[0]);
	posix_spawn_file_actions_destroy(&to);
	return status;
}

static inline void
run(const struct fixture *f, const char *const *argv)
{
	if (try_run(f, argv) != 0)
		fail_msg("%s failed", argv[0]);
}

#define RUN(f, ...) run((f), (const char *const[]){ __VA_ARGS__, NULL })

static inline void
write_pdf(struct fixture *f, const char *path)
{
	struct page_doc d = { .width = f->sheet.width,
		.height = f->sheet.height,
		.title = "Test",
		.lang = f->build.lang,
		.date = "2026-01-05" };
	struct err e = { 0 };
	struct str pdf;

	build_finish(&f->build, &d);
	str_init(&pdf, (size_t)8 << 20);
	if (pdf_write(f->writer, &d, &pdf, &e) != 0 ||
	    file_write(path, pdf.p, pdf.len, 0600, &e) != 0)
		fail_msg("%s", e.text);
	str_done(&pdf);
}

static inline int
setup(void **state)
{
	static const struct font_choice none = { 0 };
	struct fixture *f = calloc(1, sizeof(*f));
	struct err e = { 0 };

	assert_non_null(f);
	assert_int_equal(fonts_new("fonts/fonts.conf", &none, &f->fonts, &e),
	    0);
	assert_int_equal(pdf_writer_new(&f->writer, &e), 0);
	f->a = arena_new();
	f->labels.pay_below = "";
	memcpy(f->dir, "/tmp/swissXXXXXX", sizeof("/tmp/swissXXXXXX"));
	assert_non_null(mkdtemp(f->dir));
	*state = f;
	return 0;
}

static inline int
teardown(void **state)
{
	struct fixture *f = *state;

	RUN(f, "rm", "-rf", f->dir);
	pdf_writer_free(f->writer);
	fonts_free(f->fonts);
	arena_free(f->a);
	free(f);
	return 0;
}

#endif
