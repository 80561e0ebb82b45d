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
#include <hb-ot.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "pdf/document.h"

#define MM(x)      PU_PER_MM(x)
#define PT(x)      ((int32_t)((x)*PU_PER_PT))

#define OPEN_SANS  "/usr/share/fonts/truetype/open-sans/OpenSans-"
#define LIBERATION "/usr/share/fonts/truetype/liberation/LiberationSans-"
#define NIMBUS     "/usr/share/fonts/opentype/urw-base35/NimbusSans-"

#define MAX_ITEMS  64
#define MAX_NODES  64
#define NASTY      "Čapek & Œuvre ﬁ (x)\\"
#define QR_TEXT    "BCD\n002\n1\nSCT\n\nAtelier\nFR7630006000011234567890189\nEUR1"

/* A letter under construction. */
struct letter {
	struct arena *a;
	struct page_font fonts[2];
	const struct page_font *font_list[2];
	hb_font_t *shapers[2];
	struct page_node nodes[MAX_NODES];
	struct page_item items[2][MAX_ITEMS];
	struct page pages[2];
	struct page_link links[2];
	struct page_file files[2];
	struct page_image image;
	struct page_symbol symbol;
	QRcode *qr;
	struct page_doc doc;
	const char *marks; /* letters with marks that take two glyphs */
};

struct fixture {
	char dir[32];
	struct pdf_writer *writer;
	struct letter letter;
	struct str out; /* of the last program */
};

/* ---- building ---- */

static bool
open_font(struct letter *l, size_t i, const char *path, const char *name)
{
	hb_blob_t *blob;

	blob = hb_blob_create_from_file_or_fail(path);
	if (blob == NULL)
		return false;
	l->fonts[i].face = hb_face_create(blob, 0);
	hb_blob_destroy(blob);
	l->fonts[i].path = arena_str(l->a, path);
	l->fonts[i].name = name;
	l->fonts[i].upem = hb_face_get_upem(l->fonts[i].face);
	l->shapers[i] = hb_font_create(l->fonts[i].face);
	l->font_list[i] = &l->fonts[i];
	return true;
}

static bool
open_fonts(struct letter *l, const char *stem, const char *ext)
{
	return open_font(l, 0, arena_fmt(l->a, "%sRegular%s", stem, ext),
		   "Sans-Regular") &&
	    open_font(l, 1, arena_fmt(l->a, "%sBold%s", stem, ext),
		"Sans-Bold");
}

static int
add_node(struct letter *l, struct page_node node)
{
	assert_true(l->doc.n_nodes < MAX_NODES);
	l->nodes[l->doc.n_nodes] = node;
	return (int)l->doc.n_nodes++;
}

static struct page_item *
add_item(struct letter *l, size_t page, struct page_item item)
{
	struct page_item *to;

	assert_true(l->pages[page].n_items < MAX_ITEMS);
	to = &l->items[page][l->pages[page].n_items++];
	*to = item;
	return to;
}

static struct page_run
shape(struct letter *l, unsigned font, int32_t size, const char *text)
{
	struct page_run r = { .font = font, .size = size, .text = text };
	const hb_glyph_info_t *info;
	const hb_glyph_position_t *at;
	struct page_glyph *g;
	hb_buffer_t *b;
	unsigned i, n;

	hb_font_set_scale(l->shapers[font], size, size);
	b = hb_buffer_create();
	hb_buffer_add_utf8(b, text, -1, 0, -1);
	hb_buffer_guess_segment_properties(b);
	hb_shape(l->shapers[font], b, NULL, 0);
	info = hb_buffer_get_glyph_infos(b, &n);
	at = hb_buffer_get_glyph_positions(b, &n);
	g = arena_array(l->a, n, sizeof *g);
	for (i = 0; i < n; i++)
		g[i] = (struct page_glyph){ .gid = info[i].codepoint,
			.advance = at[i].x_advance,
			.dx = at[i].x_offset,
			.dy = -at[i].y_offset,
			.cluster = info[i].cluster };
	hb_buffer_destroy(b);
	r.glyphs = g;
	r.n_glyphs = n;
	r.text_len = strlen(text);
	return r;
}

/* One line at x, y (mm); returns its width in pu. */
static int32_t
add_line(struct letter *l, size_t page, int node, unsigned font, double x,
    double y, const char *text)
{
	struct page_run *r;
	int32_t width;
	size_t i;

	r = arena_alloc(l->a, sizeof *r);
	*r = shape(l, font, font == 1 ? PT(14) : PT(10.5), text);
	r->x = MM(x);
	r->y = MM(y);
	for (width = 0, i = 0; i < r->n_glyphs; i++)
		width += r->glyphs[i].advance;
	(void)add_item(l, page,
	    (struct page_item){ .kind = PAGE_TEXT,
		.node = node,
		.pagination = node == -1,
		.box = { MM(x), MM(y - 4), width, MM(5) },
		.role = "body",
		.runs = r,
		.n_runs = 1 });
	return width;
}

static void
add_soft_hyphen(struct letter *l, size_t page)
{
	struct page_item *item;
	struct page_glyph *g;
	struct page_run *r;

	item = &l->items[page][l->pages[page].n_items - 1];
	r = (struct page_run *)item->runs;
	g = arena_array(l->a, r->n_glyphs + 1, sizeof *g);
	memcpy(g, r->glyphs, r->n_glyphs * sizeof *g);
	assert_true(hb_font_get_nominal_glyph(l->shapers[r->font], '-',
	    &g[r->n_glyphs].gid));
	g[r->n_glyphs].advance =
	    hb_font_get_glyph_h_advance(l->shapers[r->font],
		g[r->n_glyphs].gid);
	g[r->n_glyphs].cluster = (uint32_t)r->text_len;
	r->glyphs = g;
	r->n_glyphs++;
	r->soft_hyphen = true;
}

static void
add_paragraphs(struct letter *l)
{
	int h1, p, link;
	int32_t w;

	(void)add_line(l, 0, -1, 0, 20, 15, "Atelier du Pont");
	h1 = add_node(l, (struct page_node){ .tag = TAG_H1 });
	(void)add_line(l, 0, h1, 1, 25, 30, NASTY " ");
	p = add_node(l, (struct page_node){ .tag = TAG_P });
	(void)add_line(l, 0, p, 0, 25, 40,
	    "Sauf erreur, 1\u202f234,56\u00a0€ restent dus pour l’affaire no ");
	(void)add_line(l, 0, p, 0, 25, 45,
	    "définitif, l’œuvre – «\u00a0AVATAR\u00a0» dif");
	add_soft_hyphen(l, 0);
	(void)add_line(l, 0, p, 0, 25, 50,
	    arena_fmt(l->a, "férente, %s fin ", l->marks));
	(void)add_line(l, 0, p, 0, 25, 55, "Payez ici : ");
	link = add_node(l,
	    (struct page_node){ .tag = TAG_LINK,
		.parent = p,
		.alt = "Payer (en ligne) é",
		.url = "https://example.com/p?a=(1)&n=é" });
	w = add_line(l, 0, link, 0, 60, 55, "example.com/p ");
	l->links[0] = (struct page_link){ .node = link,
		.box = { MM(60), MM(51), w, MM(5) } };
	l->pages[0].n_links = 1;
	(void)add_line(l, 0, p, 0, 25, 60, "merci. ");
}

static void
add_table(struct letter *l)
{
	static const char *const cells[3][3] = { { "Facture", "Dû", "Reste" },
		{ "F-1", "2026-01-05", "12,00" }, { "Somme", NULL, "12,00" } };
	int table, tr, cell;
	size_t c, r;

	table = add_node(l, (struct page_node){ .tag = TAG_TABLE });
	for (r = 0; r < 3; r++) {
		tr = add_node(l,
		    (struct page_node){ .tag = TAG_TR, .parent = table });
		for (c = 0; c < 3; c++) {
			if (cells[r][c] == NULL)
				continue;
			cell = add_node(l,
			    (struct page_node){ .tag = r == 0 ? TAG_TH : TAG_TD,
				.parent = tr,
				.colspan = r == 2 && c == 0 ? 2 : 1 });
			(void)add_line(l, 0, cell, 0, 25 + 40 * (double)c,
			    75 + 6 * (double)r, cells[r][c]);
		}
	}
	(void)add_item(l, 0,
	    (struct page_item){ .kind = PAGE_FILL,
		.node = -1,
		.box = { MM(25), MM(77), MM(120), PT(0.6) },
		.role = "mark",
		.rgb = 0x336699 });
}

static void
add_pictures(struct letter *l)
{
	uint8_t *rgb;
	size_t i;
	int figure;

	l->qr = QRcode_encodeString(QR_TEXT, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	assert_non_null(l->qr);
	for (i = 0; i < (size_t)l->qr->width * (size_t)l->qr->width; i++)
		l->qr->data[i] &= 1;
	l->symbol = (struct page_symbol){ .width = (unsigned)l->qr->width,
		.modules = l->qr->data,
		.quiet = 4 };
	figure = add_node(l,
	    (struct page_node){ .tag = TAG_FIGURE, .alt = "Payer (QR) \\ é" });
	(void)add_item(l, 0,
	    (struct page_item){ .kind = PAGE_SYMBOL,
		.node = figure,
		.box = { MM(25), MM(100), MM(35), MM(35) },
		.role = "payment",
		.symbol = &l->symbol });
	rgb = arena_alloc(l->a, 16 * 8 * 3);
	for (i = 0; i < 16 * 8; i++) {
		rgb[3 * i] = (uint8_t)(i * 2);
		rgb[3 * i + 1] = i % 16 < 8 ? 200 : 20;
		rgb[3 * i + 2] = 90;
	}
	l->image = (struct page_image){ .width = 16, .height = 8, .rgb = rgb };
	figure =
	    add_node(l, (struct page_node){ .tag = TAG_FIGURE, .alt = "Logo" });
	for (i = 0; i < 2; i++)
		(void)add_item(l, i,
		    (struct page_item){ .kind = PAGE_IMAGE,
			.node = i == 0 ? figure : -1,
			.box = { MM(150), MM(10), MM(32), MM(16) },
			.role = "logo",
			.image = &l->image });
}

static void
add_second_page(struct letter *l)
{
	int p;

	p = add_node(l, (struct page_node){ .tag = TAG_P });
	(void)add_line(l, 0, p, 0, 25, 250, "Un paragraphe qui continue ");
	(void)add_line(l, 1, p, 0, 25, 40, "sur la page deux. Ёж Ω ");
	(void)add_line(l, 1, -1, 0, 180, 285, "2/2");
}

static void
build(struct letter *l)
{
	static const char json[] = "{\"id\": \"N\"}\n";

	l->doc = (struct page_doc){ .width = MM(210),
		.height = MM(297),
		.pages = l->pages,
		.n_pages = 2,
		.nodes = l->nodes,
		.fonts = l->font_list,
		.n_fonts = 2,
		.title = "Rappel " NASTY,
		.author = "Atelier <du> Pont",
		.lang = "fr-FR",
		.date = "2026-03-02",
		.id = { 1, 2, 3, 0, 255 },
		.files = l->files,
		.n_files = 2 };
	l->pages[0].items = l->items[0];
	l->pages[0].links = l->links;
	l->pages[1].items = l->items[1];
	l->files[0] = (struct page_file){ .name = "notice.json",
		.mime = "application/json",
		.description = "Données de l'avis",
		.relationship = "Data",
		.bytes = json,
		.n = sizeof json - 1 };
	l->files[1] = (struct page_file){ .name = "Čapek (1).xml",
		.mime = "text/xml",
		.description = "",
		.relationship = "Supplement",
		.bytes = "",
		.n = 0 };
	(void)add_node(l,
	    (struct page_node){ .tag = TAG_DOCUMENT, .parent = -1 });
	add_paragraphs(l);
	add_table(l);
	add_pictures(l);
	add_second_page(l);
}

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
write_pdf(struct fixture *f, const char *name)
{
	struct err e = { 0 };
	struct str pdf;
	char path[64];

	str_init(&pdf, 8u << 20);
	if (pdf_write(f->writer, &f->letter.doc, &pdf, &e) == -1)
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
	f->letter.a = arena_new();
	if (mkdtemp(f->dir) == NULL || pdf_writer_new(&f->writer, &e) == -1)
		return -1;
	if (!open_fonts(&f->letter, OPEN_SANS, ".ttf") &&
	    !open_fonts(&f->letter, LIBERATION, ".ttf"))
		return -1;
	f->letter.marks = "q\u0323\u0301";
	build(&f->letter);
	write_pdf(f, "a.pdf");
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f;
	size_t i;

	f = *state;
	(void)RUN(f, "rm", "-rf", f->dir);
	for (i = 0; i < 2; i++) {
		hb_font_destroy(f->letter.shapers[i]);
		hb_face_destroy(f->letter.fonts[i].face);
	}
	QRcode_free(f->letter.qr);
	pdf_writer_free(f->writer);
	arena_free(f->letter.a);
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
	assert_int_equal(RUN(f, "mutool", "draw", "-F", "txt", "-o", "a.txt",
			     "a.pdf"),
	    0);
	expect_not(f, "error");
}

static void
test_same_bytes(void **state)
{
	struct fixture *f = *state;
	struct pdf_writer *first, *second;
	struct err e = { 0 };

	write_pdf(f, "b.pdf");
	assert_int_equal(RUN(f, "cmp", "a.pdf", "b.pdf"), 0);
	/* Another run, which wrote another letter before. */
	first = f->writer;
	assert_int_equal(pdf_writer_new(&second, &e), 0);
	f->writer = second;
	f->letter.doc.lang = "de-DE";
	f->letter.doc.n_pages = 1;
	write_pdf(f, "c.pdf");
	f->letter.doc.lang = "fr-FR";
	f->letter.doc.n_pages = 2;
	write_pdf(f, "d.pdf");
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
		"q\u0323\u0301 fin" };
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
	struct letter *old, *l;

	old = mem_alloc(sizeof *old);
	l = &f->letter;
	*old = *l;
	memset(l, 0, sizeof *l);
	l->a = old->a;
	if (!open_fonts(l, NIMBUS, ".otf")) {
		*l = *old;
		free(old);
		print_message("skipped: no Nimbus Sans (fonts-urw-base35)\n");
		skip();
	}
	l->marks = ""; /* which that font has not */
	build(l);
	write_pdf(f, "cff.pdf");
	QRcode_free(l->qr);
	hb_font_destroy(l->shapers[0]);
	hb_font_destroy(l->shapers[1]);
	hb_face_destroy(l->fonts[0].face);
	hb_face_destroy(l->fonts[1].face);
	*l = *old;
	free(old);
	assert_int_equal(RUN(f, "qpdf", "--check", "cff.pdf"), 0);
	assert_int_equal(RUN(f, "pdffonts", "cff.pdf"), 0);
	expect(f, "CID Type 0C");
	assert_int_equal(RUN(f, "pdftotext", "-raw", "cff.pdf", "-"), 0);
	expect(f, "définitif, l’œuvre");
	assert_int_equal(RUN(f, "mutool", "draw", "-o", "cff.png", "cff.pdf",
			     "1"),
	    0);
	expect_not(f, "error");
}

/* ---- what is refused ---- */

static void
no_title(struct letter *l)
{
	l->doc.title = "";
}

static void
bad_title(struct letter *l)
{
	l->doc.title = "a\xFF";
}

static void
bad_lang(struct letter *l)
{
	l->doc.lang = "fr)/X(";
}

static void
bad_date(struct letter *l)
{
	l->doc.date = "2026-02-30";
}

static struct page_node *
first_of(struct letter *l, enum page_tag tag)
{
	size_t i;

	for (i = 0; l->nodes[i].tag != tag; i++)
		assert_true(i < l->doc.n_nodes);
	return &l->nodes[i];
}

static void
no_alt(struct letter *l)
{
	first_of(l, TAG_FIGURE)->alt = NULL;
}

static void
script_link(struct letter *l)
{
	first_of(l, TAG_LINK)->url = "javascript:alert(1)";
}

static void
split_link(struct letter *l)
{
	first_of(l, TAG_LINK)->url = "https://example.com/\n";
}

static void
twin_files(struct letter *l)
{
	l->files[1].name = "notice.json";
}

static void
path_file(struct letter *l)
{
	l->files[0].name = "../notice.json";
}

static void
odd_relationship(struct letter *l)
{
	l->files[0].relationship = "Source";
}

static void
no_glyph(struct letter *l)
{
	struct page_run *r;

	r = (struct page_run *)l->items[0][0].runs;
	*r = shape(l, 0, r->size, "a\u4E2D");
}

static void
test_refuses(void **state)
{
	static const struct {
		void (*spoil)(struct letter *);
		const char *says;
	} cases[] = { { no_title, "no title" }, { bad_title, "UTF-8" },
		{ bad_lang, "language tag" }, { bad_date, "date" },
		{ no_alt, "alternative text" }, { script_link, "only https" },
		{ split_link, "%20" }, { twin_files, "same name" },
		{ path_file, "plain file name" },
		{ odd_relationship, "Supplement" }, { no_glyph, "U+4E2D" } };
	struct fixture *f = *state;
	struct letter *good;
	struct page_run kept;
	struct err e;
	struct str pdf;
	size_t i;

	good = mem_alloc(sizeof *good);
	*good = f->letter;
	kept = f->letter.items[0][0].runs[0];
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		memset(&e, 0, sizeof e);
		str_init(&pdf, 8u << 20);
		cases[i].spoil(&f->letter);
		if (pdf_write(f->writer, &f->letter.doc, &pdf, &e) != -1)
			fail_msg("case %zu was taken", i);
		assert_int_equal(e.kind, ERR_DATA);
		if (strstr(e.text, cases[i].says) == NULL)
			fail_msg("no '%s' in '%s'", cases[i].says, e.text);
		str_done(&pdf);
		*(struct page_run *)good->items[0][0].runs = kept;
		f->letter = *good;
	}
	free(good);
	/* Too small a string is an error, not half a file. */
	str_init(&pdf, 5000);
	assert_int_equal(pdf_write(f->writer, &f->letter.doc, &pdf, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	str_done(&pdf);
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
		cmocka_unit_test(test_refuses),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
