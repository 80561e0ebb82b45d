/*
 * letter [-v] [-s SEED] [-n CASES] [-c CASE] DIR: hostile texts, pages and
 * data through the letter engine, in this process, best under sanitizers.
 *
 * Each case must end in a letter or in a clear error, within SECONDS of CPU
 * time. Cases run in processes of BATCH; when one dies, its case is named and
 * the next process goes on behind it. DIR gets the PDF of every SAMPLEth
 * letter; each of these is made a second time by a new engine, and must be
 * the same. With -c, one case alone; DIR gets its data too. -v prints the
 * errors.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "letter/letter.h"
#include "pdf/document.h"

#define CASES    10000UL
#define SECONDS  5
#define BATCH    500UL
#define SAMPLE   40UL
#define TEXT_MAX ((size_t)1 << 20)
#define PDF_MAX  ((size_t)32 << 20)
#define EDGE     PU_PER_MM(1) /* an overhang of italics is no fault */

/* What the processes tell; shared by them. */
struct tally {
	unsigned long at; /* the case that runs */
	unsigned long letters, refused, no_data, faults, slowest;
	double slowest_ms;
};

struct fuzz {
	unsigned long seed, first, last;
	bool one, verbose;
	const char *out; /* DIR */
	const char *own; /* DIR/letters, as in a workspace */
	struct corpus corpus;
	struct arena *setup, *arena;
	struct letter_engine *engine;
	struct pdf_writer *writer;
	struct str text, pdf, dump;
	struct tally *tally;
};

/* A letter to be made. */
struct fcase {
	unsigned long number;
	struct letter_choice choice;
	json_t *data; /* NULL: no JSON */
};

static void
stop(const char *what)
{
	(void)printf("not ok - %s\n", what);
	exit(1);
}

/* ---- what is shipped ---- */

static const char *
load(struct fuzz *f, const char *path, size_t *n)
{
	struct err e = { 0 };

	str_clear(&f->text);
	if (file_read(path, &f->text, &e) != 0)
		stop(e.text);
	*n = f->text.len;
	return arena_strn(f->setup, f->text.p, f->text.len);
}

static const struct shipped *
load_all(struct fuzz *f, const char *pattern, size_t *n)
{
	struct shipped *all;
	glob_t found;

	if (glob(pattern, 0, NULL, &found) != 0)
		stop(pattern);
	*n = found.gl_pathc;
	all = arena_array(f->setup, *n, sizeof(*all));
	for (size_t i = 0; i < *n; i++) {
		char *path = found.gl_pathv[i], *tone, *lang;

		all[i].text = load(f, path, &all[i].n);
		*strrchr(path, '/') = '\0';
		tone = strrchr(path, '/');
		*tone = '\0';
		lang = strrchr(path, '/');
		all[i].tone = arena_str(f->setup, tone + 1);
		all[i].lang = lang ? arena_str(f->setup, lang + 1) : "";
	}
	globfree(&found);
	return all;
}

static void
put_file(const char *path, const char *bytes, size_t n)
{
	FILE *to = fopen(path, "w");

	if (to == NULL || fwrite(bytes, 1, n, to) != n || fclose(to) != 0)
		stop(path);
}

/* Partials that contain themselves, at once, in turn, in a loop; a big one. */
static void
put_partials(struct fuzz *f, const char *dir)
{
	static const char *const partials[][2] = { { "loop", "x {{>loop}}\n" },
		{ "loop-a", "{{>loop-b}}\n" }, { "loop-b", "  {{>loop-a}}\n" },
		{ "loop-rows",
		    "{{#invoices}}{{number}} {{>loop-rows}}{{/invoices}}\n" } };
	struct arena *a = f->setup;

	for (size_t i = 0; i < sizeof(partials) / sizeof(partials[0]); i++)
		put_file(arena_fmt(a, "%s/%s.md", dir, partials[i][0]),
		    partials[i][1], strlen(partials[i][1]));
	str_clear(&f->text);
	while (f->text.len < 20000)
		str_puts(&f->text, "{{debtor.name}} large\n");
	put_file(arena_fmt(a, "%s/wide.md", dir), f->text.p, f->text.len);
}

static void
prepare(struct fuzz *f)
{
	struct err e = { 0 };

	f->corpus.texts =
	    load_all(f, "layouts/letter/*/*/*.md", &f->corpus.n_texts);
	f->corpus.pages =
	    load_all(f, "layouts/page/*.yaml", &f->corpus.n_pages);
	f->corpus.data = json_load_file("tests/data/notice.json", 0, NULL);
	if (f->corpus.data == NULL)
		stop("tests/data/notice.json");
	if (file_mkdirs(arena_fmt(f->setup, "%s/page", f->own), 0755, &e) != 0)
		stop(e.text);
	for (size_t i = 0; i < f->corpus.n_texts; i++) {
		const struct shipped *s = &f->corpus.texts[i];
		const char *dir =
		    arena_fmt(f->setup, "%s/%s/%s", f->own, s->lang, s->tone);

		if (file_exists(dir))
			continue;
		if (file_mkdirs(dir, 0755, &e) != 0)
			stop(e.text);
		put_partials(f, dir);
	}
}

/* ---- a case ---- */

/* A page for this case alone, or one that is shipped; "" for none. */
static const char *
make_page(struct fuzz *f, struct chance *c, unsigned long number)
{
	const struct shipped *s =
	    &f->corpus.pages[chance_below(c, f->corpus.n_pages)];
	const char *name = strstr(s->text, "\nname: ");
	const char *key = arena_fmt(f->arena, "p%lu", number);

	name = name != NULL ? name + strlen("\nname: ") : s->text;
	if (chance_once_in(c, 3))
		return "";
	if (!chance_once_in(c, 4))
		return arena_strn(f->arena, name, strcspn(name, "\n"));
	str_clear(&f->text);
	str_put(&f->text, s->text, (size_t)(name - s->text));
	str_puts(&f->text, key);
	str_puts(&f->text, name + strcspn(name, "\n"));
	fuzz_change_page(c, &f->text);
	put_file(arena_fmt(f->arena, "%s/page/%s.yaml", f->own, key), f->text.p,
	    f->text.len);
	return key;
}

/* The text with this page in its head instead of its own. */
static void
put_with_page(const struct shipped *s, const char *page, struct str *out)
{
	const char *at = strstr(s->text, "\npage: ");

	if (at == NULL || page[0] == '\0') {
		str_puts(out, s->text);
		return;
	}
	str_put(out, s->text, (size_t)(at - s->text));
	str_fmt(out, "\npage: %s", page);
	str_puts(out, at + 1 + strcspn(at + 1, "\n"));
}

/* Of ten: four changed texts, two by chance, three of changed data, one all. */
static void
make_case(struct fuzz *f, unsigned long number, struct fcase *out)
{
	struct chance c = chance_of(f->seed, number);
	const struct shipped *s =
	    &f->corpus.texts[chance_below(&c, f->corpus.n_texts)];
	size_t kind = chance_below(&c, 10);
	const char *page = make_page(f, &c, number);

	*out = (struct fcase){ .number = number };
	str_clear(&f->text);
	if (kind == 4 || kind == 5)
		fuzz_put_letter(&c, page, &f->text);
	else
		put_with_page(s, page, &f->text);
	if (kind < 4 || kind == 9)
		fuzz_change(&c, &f->corpus, &f->text);
	out->data = kind >= 6 ? fuzz_data(&c, f->corpus.data)
			      : json_deep_copy(f->corpus.data);
	out->choice = (struct letter_choice){
		.name = arena_fmt(f->arena, "c%lu", number),
		.lang = s->lang,
		.tone = s->tone,
		.consumer = chance_once_in(&c, 4),
	};
	put_file(arena_fmt(f->arena, "%s/%s/%s/c%lu.md", f->own, s->lang,
		     s->tone, number),
	    f->text.p, f->text.len);
}

static bool
is_text(const char *s, bool lines)
{
	for (const char *p = s; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' && !(lines && *p == '\n'))
			return false;
	return utf8_bad(s, strlen(s)) == -1;
}

static void
fault(struct fuzz *f, const struct fcase *k, const char *what)
{
	(void)printf("case %lu: %s\n", k->number, what);
	f->tally->faults++;
}

static void
check_error(struct fuzz *f, const struct fcase *k, const struct err *e)
{
	f->tally->refused++;
	if (f->verbose)
		(void)printf("# %lu: %s\n", k->number, e->text);
	if (e->kind == ERR_NONE || e->kind == ERR_BROKEN)
		fault(f, k, "an error of the wrong kind");
	if (e->text[0] == '\0' || utf8_bad(e->text, strlen(e->text)) != -1)
		fault(f, k, "an error without a text in UTF-8");
}

static bool
is_beyond(const struct page_doc *d, const struct page_box *b)
{
	return b->x < -EDGE || b->y < -EDGE || b->w < 0 || b->h < 0 ||
	    b->x > d->width + EDGE || b->w > d->width + EDGE - b->x ||
	    b->y > d->height + EDGE || b->h > d->height + EDGE - b->y;
}

static void
check_letter(struct fuzz *f, const struct fcase *k, const struct page_doc *d)
{
	if (d->n_pages == 0)
		fault(f, k, "a letter without a page");
	if (d->title[0] == '\0' || !is_text(d->title, false))
		fault(f, k, "a title that is not one line of text");
	for (size_t p = 0; p < d->n_pages; p++)
		for (size_t i = 0; i < d->pages[p].n_items; i++) {
			const struct page_item *item = &d->pages[p].items[i];

			if (!is_beyond(d, &item->box))
				continue;
			fault(f, k, item->role);
			fault(f, k, "it stands beyond the sheet");
			return;
		}
	str_clear(&f->dump);
	page_dump(d, &f->dump);
	if (!f->dump.over && !is_text(f->dump.p, true))
		fault(f, k, "words that are not text");
}

static int
open_engine(struct fuzz *f, struct letter_engine **engine,
    struct pdf_writer **writer)
{
	struct err e = { 0 };
	const struct letter_setup setup = {
		.layouts = "layouts",
		.own = f->own,
		.fonts = "fonts/fonts.conf",
	};

	if (letter_engine_new(&setup, engine, &e) != 0 ||
	    pdf_writer_new(writer, &e) != 0)
		stop(e.text);
	return 0;
}

/* A sample goes to the folder, and is made again by another engine. */
static void
keep(struct fuzz *f, const struct fcase *k)
{
	struct letter_engine *engine;
	struct pdf_writer *writer;
	struct page_doc doc;
	struct err e = { 0 };
	struct str again;

	put_file(arena_fmt(f->arena, "%s/%06lu.pdf", f->out, k->number),
	    f->pdf.p, f->pdf.len);
	(void)open_engine(f, &engine, &writer);
	str_init(&again, PDF_MAX);
	if (letter_lay_out(engine, &k->choice, k->data, f->arena, &doc, &e) !=
		0 ||
	    pdf_write(writer, &doc, &again, &e) != 0)
		fault(f, k, e.text);
	else if (again.len != f->pdf.len ||
	    memcmp(again.p, f->pdf.p, again.len) != 0)
		fault(f, k, "made again it is another");
	str_done(&again);
	pdf_writer_free(writer);
	letter_engine_free(engine);
}

static void
try_letter(struct fuzz *f, const struct fcase *k)
{
	struct page_doc doc;
	struct err e = { 0 };

	str_clear(&f->pdf);
	if (letter_lay_out(f->engine, &k->choice, k->data, f->arena, &doc,
		&e) != 0) {
		check_error(f, k, &e);
		return;
	}
	check_letter(f, k, &doc);
	if (pdf_write(f->writer, &doc, &f->pdf, &e) != 0) {
		check_error(f, k, &e);
		return;
	}
	f->tally->letters++;
	if (f->pdf.len < 1000 || memcmp(f->pdf.p, "%PDF-", 5) != 0)
		fault(f, k, "a PDF that is none");
	if (f->one || f->tally->letters % SAMPLE == 0)
		keep(f, k);
}

static void
try_mail(struct fuzz *f, const struct fcase *k)
{
	struct letter_mail m;
	struct err e = { 0 };

	if (letter_mail(f->engine, &k->choice, k->data, f->arena, &m, &e) !=
	    0) {
		if (e.kind == ERR_NONE || e.text[0] == '\0')
			fault(f, k, "a mail's error without a text");
		return;
	}
	if (m.subject[0] == '\0' || !is_text(m.subject, false))
		fault(f, k, "a subject that is not one line of text");
	if (!is_text(m.text, true))
		fault(f, k, "a mail that is not text");
	if (!is_text(m.html, true))
		fault(f, k, "HTML that is not text");
}

static double
cpu_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void
try_case(struct fuzz *f, unsigned long number)
{
	const struct itimerval limit = { .it_value = { .tv_sec = SECONDS } };
	double start = cpu_ms(), took;
	struct fcase k;

	f->tally->at = number;
	/* SIGPROF ends the process. */
	(void)setitimer(ITIMER_PROF, &limit, NULL);
	make_case(f, number, &k);
	if (f->one && k.data != NULL)
		(void)json_dump_file(k.data,
		    arena_fmt(f->arena, "%s/data.json", f->out), 0);
	if (k.data == NULL) {
		f->tally->no_data++;
	} else {
		try_letter(f, &k);
		try_mail(f, &k);
	}
	json_decref(k.data);
	arena_reset(f->arena);
	took = cpu_ms() - start;
	if (took > f->tally->slowest_ms) {
		f->tally->slowest_ms = took;
		f->tally->slowest = number;
	}
}

/* ---- processes ---- */

static void
done(struct fuzz *f)
{
	arena_free(f->arena);
	arena_free(f->setup);
	json_decref((json_t *)f->corpus.data);
	str_done(&f->text);
	str_done(&f->pdf);
	str_done(&f->dump);
}

static int
run_batch(struct fuzz *f, unsigned long first, unsigned long last)
{
	const struct itimerval none = { 0 };
	pid_t pid;
	int status;

	(void)fflush(stdout);
	pid = fork();
	if (pid == -1)
		stop("cannot fork");
	if (pid > 0)
		return waitpid(pid, &status, 0) == pid ? status : -1;
	(void)open_engine(f, &f->engine, &f->writer);
	for (unsigned long i = first; i < last; i++)
		try_case(f, i);
	(void)setitimer(ITIMER_PROF, &none, NULL);
	f->tally->at = last;
	pdf_writer_free(f->writer);
	letter_engine_free(f->engine);
	done(f);
	exit(0); /* leaks are looked for */
}

static int
run_all(struct fuzz *f)
{
	struct tally *t = f->tally;
	unsigned long at = f->first, n = 0, bad = 0, died = 0;

	while (at < f->last) {
		unsigned long faults = t->faults;
		unsigned long end = f->last - at > BATCH ? at + BATCH : f->last;
		int status = run_batch(f, at, end);
		bool good = status == 0 && t->faults == faults;

		if (status != 0) {
			died++;
			(void)printf("case %lu: the process ended with %s %d\n",
			    t->at, WIFSIGNALED(status) ? "signal" : "status",
			    WIFSIGNALED(status) ? WTERMSIG(status)
						: WEXITSTATUS(status));
			end = t->at < end ? t->at + 1 : end;
		}
		bad += !good;
		(void)printf("%sok %lu - cases %lu to %lu of seed %lu\n",
		    good ? "" : "not ", ++n, at, end - 1, f->seed);
		at = end;
	}
	(void)printf("1..%lu\n", n);
	(void)printf("# %lu letters, %lu refused, %lu without data; "
		     "slowest %lu: %.0f ms\n",
	    t->letters, t->refused, t->no_data, t->slowest, t->slowest_ms);
	return bad > 0 || died > 0 ? 1 : 0;
}

static void
options(struct fuzz *f, int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "s:n:c:v")) != -1) {
		switch (c) {
		case 's':
			f->seed = strtoul(optarg, NULL, 10);
			break;
		case 'n':
			f->last = strtoul(optarg, NULL, 10);
			break;
		case 'c':
			f->one = true;
			f->first = strtoul(optarg, NULL, 10);
			break;
		case 'v':
			f->verbose = true;
			break;
		default:
			exit(2);
		}
	}
	if (optind + 1 != argc)
		stop("usage: letter [-v] [-s SEED] [-n CASES] [-c CASE] DIR");
	f->out = argv[optind];
	if (f->one)
		f->last = f->first + 1;
}

int
main(int argc, char **argv)
{
	struct fuzz f = { .seed = 1, .last = CASES };
	int rc;

	options(&f, argc, argv);
	f.setup = arena_new();
	f.arena = arena_new();
	str_init(&f.text, TEXT_MAX);
	str_init(&f.pdf, PDF_MAX);
	str_init(&f.dump, PDF_MAX);
	f.tally = mmap(NULL, sizeof(*f.tally), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (f.tally == MAP_FAILED)
		stop("no room");
	f.own = arena_fmt(f.setup, "%s/letters", f.out);
	prepare(&f);
	rc = run_all(&f);
	done(&f);
	return rc;
}
