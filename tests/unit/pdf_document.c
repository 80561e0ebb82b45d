/*
 * A letter built by hand goes through pdf_write; other people's programs then
 * say whether the file is sound and gives back what was put in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "pdf/document.h"
#include "pdf_letter.h"

struct fixture {
	char dir[32];
	struct pdf_writer *writer;
	struct letter *letter;
	struct str out; /* of the last program */
};

/* ---- programs ---- */

/* Runs a program; its output and errors go to f->out. Returns its status. */
static int
run(struct fixture *f, const char *const *argv)
{
	char block[4096];
	ssize_t n;
	pid_t pid;
	int fds[2], status;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (chdir(f->dir) == -1 || dup2(fds[1], 1) == -1 ||
		    dup2(fds[1], 2) == -1)
			_exit(126);
		(void)close(fds[0]);
		(void)setenv("LC_ALL", "C.UTF-8", 1);
		(void)execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	(void)close(fds[1]);
	str_clear(&f->out);
	while ((n = read(fds[0], block, sizeof block)) > 0)
		str_put(&f->out, block, (size_t)n);
	(void)close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 127) {
		print_message("skipped: %s is not installed\n", argv[0]);
		skip();
	}
	return WEXITSTATUS(status);
}

#define RUN(f, ...) run((f), (const char *const[]){ __VA_ARGS__, NULL })

static void
expect(const struct fixture *f, const char *text)
{
	if (strstr(f->out.p, text) == NULL)
		fail_msg("no '%s' in:\n%s", text, f->out.p);
}

static void
expect_not(const struct fixture *f, const char *text)
{
	if (strstr(f->out.p, text) != NULL)
		fail_msg("unwanted '%s' in:\n%s", text, f->out.p);
}

/* ---- set-up ---- */

static void
write_pdf(struct fixture *f, const struct letter *l, const char *name)
{
	struct err e = { 0 };
	struct str pdf;
	char path[64];

	str_init(&pdf, 8u << 20);
	if (pdf_write(f->writer, &l->doc, &pdf, &e) == -1)
		fail_msg("pdf_write: %s", e.text);
	(void)snprintf(path, sizeof path, "%s/%s", f->dir, name);
	assert_int_equal(file_write(path, pdf.p, pdf.len, 0644, &e), 0);
	str_done(&pdf);
}

static int
set_up(void **state)
{
	struct err e = { 0 };
	struct fixture *f;

	f = mem_alloc(sizeof *f);
	*state = f;
	(void)snprintf(f->dir, sizeof f->dir, "/tmp/semonce-pdf.XXXXXX");
	str_init(&f->out, 8u << 20);
	if (mkdtemp(f->dir) == NULL || pdf_writer_new(&f->writer, &e) == -1)
		return -1;
	f->letter = letter_new(LIBERATION, ".ttf");
	if (f->letter == NULL)
		return -1;
	write_pdf(f, f->letter, "a.pdf");
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f;

	f = *state;
	(void)RUN(f, "rm", "-rf", f->dir);
	letter_free(f->letter);
	pdf_writer_free(f->writer);
	str_done(&f->out);
	free(f);
	return 0;
}

/* ---- tests ---- */

static void
test_is_sound(void **state)
{
	struct fixture *f = *state;

	if (RUN(f, "qpdf", "--check", "a.pdf") != 0)
		fail_msg("qpdf --check: %s", f->out.p);
}

static void
test_same_bytes(void **state)
{
	struct fixture *f = *state;
	struct pdf_writer *first, *second;
	struct err e = { 0 };
	uint8_t *rgb;

	/* Other pixels at the same place, and back again. */
	rgb = (uint8_t *)f->letter->image.rgb;
	rgb[0] ^= 1;
	write_pdf(f, f->letter, "b.pdf");
	assert_int_equal(RUN(f, "cmp", "-s", "a.pdf", "b.pdf"), 1);
	rgb[0] ^= 1;
	write_pdf(f, f->letter, "b.pdf");
	assert_int_equal(RUN(f, "cmp", "a.pdf", "b.pdf"), 0);
	/* Another run, which wrote another letter before. */
	first = f->writer;
	assert_int_equal(pdf_writer_new(&second, &e), 0);
	f->writer = second;
	f->letter->doc.lang = "de-DE";
	f->letter->doc.n_pages = 1;
	write_pdf(f, f->letter, "c.pdf");
	f->letter->doc.lang = "fr-FR";
	f->letter->doc.n_pages = 2;
	write_pdf(f, f->letter, "d.pdf");
	f->writer = first;
	pdf_writer_free(second);
	assert_int_equal(RUN(f, "cmp", "a.pdf", "d.pdf"), 0);
	assert_int_equal(RUN(f, "cmp", "-s", "a.pdf", "c.pdf"), 1);
}

static void
test_text(void **state)
{
	static const char *const wanted[] = { "Čapek & Œuvre ﬁ (x)\\",
		"affaire no", "définitif, l’œuvre", "AVATAR", "fin",
		"example.com/p", "Facture", "2026-01-05", "Ёж Ω",
		"sur la page deux.", "2/2", "dif\u00adférente", "1 234,56 €",
		"e\u0301 fin", "z\u0301" };
	struct fixture *f = *state;
	size_t i;
	char *p;

	assert_int_equal(RUN(f, "pdftotext", "a.pdf", "-"), 0);
	/* A reader joins what a soft hyphen cuts. */
	while ((p = strstr(f->out.p, "\u00ad\n")) != NULL)
		memmove(p + 2, p + 3, strlen(p + 3) + 1);
	for (i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		expect(f, wanted[i]);
	expect_not(f, "error");
	expect_not(f, "\uFFFD");
	/* A soft hyphen says so; a space that does not break is a space. */
	assert_int_equal(RUN(f, "qpdf", "--qdf", "a.pdf", "q.pdf"), 0);
	assert_int_equal(RUN(f, "grep", "-aicq", "FEFF00AD", "q.pdf"), 0);
	assert_int_equal(RUN(f, "grep", "-aicq", "FEFF00A0", "q.pdf"), 1);
}

static void
test_fonts(void **state)
{
	struct fixture *f = *state;
	char *line, *rest;
	int n;

	assert_int_equal(RUN(f, "pdffonts", "a.pdf"), 0);
	rest = f->out.p;
	for (n = -2; (line = strsep(&rest, "\n")) != NULL && *line; n++) {
		if (n < 0)
			continue; /* two lines of heading */
		assert_true(line[6] == '+');
		assert_non_null(strstr(line, "CID TrueType"));
		assert_non_null(strstr(line, "Identity-H"));
		assert_non_null(strstr(line, "yes yes yes"));
	}
	assert_int_equal(n, 4); /* two faces in two parts */
}

static void
test_structure(void **state)
{
	static const char *const wanted[] = { "Document", "H1", "Table", "TR",
		"/Scope /Column", "/ColSpan 2", "Figure", "Link (inline)",
		"\"Un paragraphe qui continue " };
	struct fixture *f = *state;
	size_t i;

	assert_int_equal(RUN(f, "pdfinfo", "-struct-text", "a.pdf"), 0);
	for (i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		expect(f, wanted[i]);
	expect_not(f, "rror");
	assert_int_equal(RUN(f, "pdfinfo", "a.pdf"), 0);
	expect(f, "Tagged:          yes");
	expect(f, "PDF version:     1.7");
	expect(f, "Pages:           2");
}

static void
test_symbol(void **state)
{
	static const char *const sizes[] = { "100", "150", "300" };
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		assert_int_equal(RUN(f, "pdftoppm", "-r", sizes[i], "-png",
				     "-f", "1", "-l", "1", "a.pdf", "p"),
		    0);
		assert_int_equal(f->out.len, 0);
		assert_int_equal(RUN(f, "zbarimg", "-q", "--nodbus", "--raw",
				     "--oneshot", "-Sbinary", "p-1.png"),
		    0);
		assert_string_equal(f->out.p, QR_TEXT);
	}
}

static void
test_files(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(RUN(f, "pdfdetach", "-list", "a.pdf"), 0);
	expect(f, "2 embedded files");
	expect(f, "notice.json");
	expect(f, "Čapek (1).xml");
	assert_int_equal(RUN(f, "pdfdetach", "-savefile", "notice.json", "-o",
			     "n", "a.pdf"),
	    0);
	assert_int_equal(RUN(f, "cat", "n"), 0);
	assert_string_equal(f->out.p, "{\"id\": \"N\"}\n");
}

/* CFF outlines go another way into the file. */
static void
test_cff(void **state)
{
	struct fixture *f = *state;
	struct letter *l;

	l = letter_new(NIMBUS, ".otf");
	if (l == NULL) {
		print_message("skipped: no Nimbus Sans (fonts-urw-base35)\n");
		skip();
	}
	write_pdf(f, l, "cff.pdf");
	letter_free(l);
	assert_int_equal(RUN(f, "qpdf", "--check", "cff.pdf"), 0);
	assert_int_equal(RUN(f, "pdffonts", "cff.pdf"), 0);
	expect(f, "CID Type 0C");
	assert_int_equal(RUN(f, "pdftotext", "-raw", "cff.pdf", "-"), 0);
	expect(f, "définitif, l’œuvre");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_sound),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_fonts),
		cmocka_unit_test(test_structure),
		cmocka_unit_test(test_symbol),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_cff),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
