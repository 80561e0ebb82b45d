/*
 * A letter built by hand: two pages with all that the PDF writer knows, and
 * names that would break it if it trusted them.
 */
#ifndef TESTS_UNIT_PDF_LETTER_H
#define TESTS_UNIT_PDF_LETTER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <hb-ot.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "letter/page.h"

#define MM(x)      PU_PER_MM(x)
#define PT(x)      ((int32_t)((x)*PU_PER_PT))

#define LIBERATION "/usr/share/fonts/truetype/liberation/LiberationSans-"
#define NIMBUS     "/usr/share/fonts/opentype/urw-base35/NimbusSans-"

#define PIXELS     ((size_t)128) /* 16 x 8 */
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
};

static inline bool
letter_open_font(struct letter *l, size_t i, const char *path)
{
	hb_blob_t *blob;

	blob = hb_blob_create_from_file_or_fail(path);
	if (blob == NULL)
		return false;
	l->fonts[i].face = hb_face_create(blob, 0);
	hb_blob_destroy(blob);
	l->fonts[i].path = arena_str(l->a, path);
	l->fonts[i].name = i == 0 ? "Sans-Regular" : "Sans-Bold";
	l->fonts[i].upem = hb_face_get_upem(l->fonts[i].face);
	l->shapers[i] = hb_font_create(l->fonts[i].face);
	l->font_list[i] = &l->fonts[i];
	return true;
}

static inline int
add_node(struct letter *l, struct page_node node)
{
	assert_true(l->doc.n_nodes < MAX_NODES);
	l->nodes[l->doc.n_nodes] = node;
	return (int)l->doc.n_nodes++;
}

static inline struct page_item *
add_item(struct letter *l, size_t page, struct page_item item)
{
	struct page_item *to;

	assert_true(l->pages[page].n_items < MAX_ITEMS);
	to = &l->items[page][l->pages[page].n_items++];
	*to = item;
	return to;
}

static inline struct page_run
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
static inline int32_t
add_line(struct letter *l, size_t page, int node, double x, double y,
    const char *text)
{
	struct page_run *r;
	int32_t width;
	size_t i;
	bool big;

	big = node != -1 && l->nodes[node].tag == TAG_H1;
	r = arena_alloc(l->a, sizeof *r);
	*r = shape(l, big, big ? PT(14) : PT(10.5), text);
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

static inline struct page_run *
last_run(struct letter *l, size_t page)
{
	size_t last;

	last = l->pages[page].n_items - 1;
	return (struct page_run *)l->items[page][last].runs;
}

static inline void
add_soft_hyphen(struct letter *l, size_t page)
{
	struct page_glyph *g;
	struct page_run *r;

	r = last_run(l, page);
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

/* Two glyphs that stand for a text which neither of them spells. */
static inline void
add_disguise(struct letter *l, int node)
{
	struct page_glyph *g;
	struct page_run *r;

	(void)add_line(l, 0, node, 25, 65, "xy ");
	r = last_run(l, 0);
	g = (struct page_glyph *)r->glyphs;
	assert_int_equal(r->n_glyphs, 3);
	r->text = "z\u0301 ";
	r->text_len = strlen(r->text);
	g[1].cluster = 0;
	g[1].dy = PT(2);
	g[2].cluster = (uint32_t)r->text_len - 1;
}

static inline void
add_paragraphs(struct letter *l)
{
	int h1, p, link;
	int32_t w;

	(void)add_line(l, 0, -1, 20, 15, "Atelier du Pont");
	h1 = add_node(l, (struct page_node){ .tag = TAG_H1 });
	(void)add_line(l, 0, h1, 25, 30, NASTY " ");
	p = add_node(l, (struct page_node){ .tag = TAG_P });
	(void)add_line(l, 0, p, 25, 40,
	    "Sauf erreur, 1\u202f234,56\u00a0€ restent dus pour l’affaire no ");
	(void)add_line(l, 0, p, 25, 45,
	    "définitif, l’œuvre – «\u00a0AVATAR\u00a0» dif");
	add_soft_hyphen(l, 0);
	(void)add_line(l, 0, p, 25, 50, "férente, e\u0301 fin ");
	(void)add_line(l, 0, p, 25, 55, "Payez ici : ");
	link = add_node(l,
	    (struct page_node){ .tag = TAG_LINK,
		.parent = p,
		.alt = "Payer (en ligne) é",
		.url = "https://example.com/p?a=(1)&n=é" });
	w = add_line(l, 0, link, 60, 55, "example.com/p ");
	l->links[0] = (struct page_link){ .node = link,
		.box = { MM(60), MM(51), w, MM(5) } };
	l->pages[0].n_links = 1;
	(void)add_line(l, 0, p, 25, 60, "merci. ");
	add_disguise(l, p);
}

static inline void
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
			(void)add_line(l, 0, cell, 25 + 40 * (double)c,
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

static inline void
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
	rgb = arena_array(l->a, PIXELS, 3);
	for (i = 0; i < PIXELS; i++) {
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

static inline void
add_second_page(struct letter *l)
{
	int p;

	p = add_node(l, (struct page_node){ .tag = TAG_P });
	(void)add_line(l, 0, p, 25, 250, "Un paragraphe qui continue ");
	(void)add_line(l, 1, p, 25, 40, "sur la page deux. Ёж Ω ");
	(void)add_line(l, 1, -1, 180, 285, "2/2");
}

static inline void
letter_fill(struct letter *l)
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
		.description = "Facture (F-1)",
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

/*
 * A letter set in Liberation Sans, or another family; NULL if that is not
 * installed.
 */
static inline struct letter *
letter_new(const char *stem, const char *ext)
{
	struct letter *l;
	size_t i;

	l = mem_alloc(sizeof *l);
	l->a = arena_new();
	for (i = 0; i < 2; i++) {
		if (!letter_open_font(l, i,
			arena_fmt(l->a, "%s%s%s", stem,
			    i == 0 ? "Regular" : "Bold", ext))) {
			arena_free(l->a);
			free(l);
			return NULL;
		}
	}
	letter_fill(l);
	return l;
}

static inline void
letter_free(struct letter *l)
{
	size_t i;

	if (l == NULL)
		return;
	for (i = 0; i < 2; i++) {
		hb_font_destroy(l->shapers[i]);
		hb_face_destroy(l->fonts[i].face);
	}
	QRcode_free(l->qr);
	arena_free(l->a);
	free(l);
}

#endif
