/*
 * Previews are read back with picture_load, so each module tests the other;
 * damaged pictures are refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cairo.h>
#include <cmocka.h>
#include <hb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "draw/picture.h"
#include "draw/preview.h"

/* A sheet of 100 x 50 points: at 72 dpi a point is a pixel. */
#define PT(x) ((x)*PU_PER_PT)

static const char *const font_paths[] = {
	"/usr/share/fonts/truetype/open-sans/OpenSans-Bold.ttf",
	"/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"
};

struct fixture {
	char path[40];
	struct arena *a;
	struct page_font font;
};

static int
set_up(void **state)
{
	struct fixture *f;
	hb_blob_t *blob;
	size_t i;
	int fd;

	f = mem_alloc(sizeof *f);
	*state = f;
	f->a = arena_new();
	(void)snprintf(f->path, sizeof f->path, "/tmp/semonce-draw.XXXXXX");
	fd = mkstemp(f->path);
	if (fd == -1)
		return -1;
	(void)close(fd);
	for (i = 0; i < 2; i++) {
		blob = hb_blob_create_from_file_or_fail(font_paths[i]);
		if (blob == NULL)
			continue;
		f->font.face = hb_face_create(blob, 0);
		f->font.path = font_paths[i];
		f->font.upem = hb_face_get_upem(f->font.face);
		hb_blob_destroy(blob);
		return 0;
	}
	return -1;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	(void)unlink(f->path);
	hb_face_destroy(f->font.face);
	arena_free(f->a);
	free(f);
	return 0;
}

static uint32_t
pixel(const struct page_image *image, unsigned x, unsigned y)
{
	const uint8_t *p;

	assert_true(x < image->width && y < image->height);
	p = image->rgb + ((size_t)y * image->width + x) * 3;
	return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

/* Draws the items on page 2 of a letter, at the resolution. */
static struct page_image
draw(struct fixture *f, const struct page_item *items, size_t n, double dpi)
{
	const struct page_font *fonts[] = { &f->font };
	const struct page pages[2] = { { 0 },
		{ .items = items, .n_items = n } };
	const struct page_doc doc = { .width = PT(100),
		.height = PT(50),
		.pages = pages,
		.n_pages = 2,
		.fonts = fonts,
		.n_fonts = 1 };
	struct page_image image = { 0 };
	struct err e = { 0 };
	struct str png;

	str_init(&png, 1u << 20);
	if (preview_png(&doc, 1, dpi, &png, &e) == -1)
		fail_msg("preview_png: %s", e.text);
	assert_int_equal(file_write(f->path, png.p, png.len, 0600, &e), 0);
	str_done(&png);
	if (picture_load(f->path, f->a, &image, &e) == -1)
		fail_msg("picture_load: %s", e.text);
	return image;
}

static void
test_fill_image_symbol(void **state)
{
	static const uint8_t rgb[] = { 255, 0, 0, 0, 255, 0 };
	static const uint8_t modules[] = { 1, 0, 0, 1 };
	static const struct page_image picture = {
		.width = 2, .height = 1, .rgb = rgb
	};
	static const struct page_symbol symbol = { 2, modules, 1 };
	const struct page_item items[] = {
		{ .kind = PAGE_FILL,
		    .box = { PT(10), PT(20), PT(30), PT(5) },
		    .rgb = 0x3366CC },
		{ .kind = PAGE_IMAGE,
		    .box = { PT(60), PT(0), PT(40), PT(20) },
		    .image = &picture },
		{ .kind = PAGE_SYMBOL,
		    .box = { PT(60), PT(20), PT(20), PT(20) },
		    .symbol = &symbol },
	};
	static const struct {
		unsigned x, y;
		uint32_t rgb;
	} wanted[] = { { 0, 0, 0xFFFFFF }, { 9, 20, 0xFFFFFF },
		{ 10, 20, 0x3366CC }, { 39, 24, 0x3366CC },
		{ 40, 24, 0xFFFFFF }, { 10, 25, 0xFFFFFF }, { 61, 1, 0xFF0000 },
		{ 98, 18, 0x00FF00 },
		/* the quiet zone is one module of five points */
		{ 62, 22, 0xFFFFFF }, { 65, 25, 0x000000 },
		{ 72, 27, 0xFFFFFF }, { 67, 32, 0xFFFFFF },
		{ 74, 34, 0x000000 }, { 76, 36, 0xFFFFFF } };
	struct fixture *f = *state;
	struct page_image image;
	size_t i;

	image = draw(f, items, 3, 72);
	assert_int_equal(image.width, 100);
	assert_int_equal(image.height, 50);
	for (i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		if (pixel(&image, wanted[i].x, wanted[i].y) != wanted[i].rgb)
			fail_msg("pixel %u,%u is %06x, not %06x", wanted[i].x,
			    wanted[i].y,
			    pixel(&image, wanted[i].x, wanted[i].y),
			    wanted[i].rgb);
	image = draw(f, items, 3, 144);
	assert_int_equal(image.width, 200);
	assert_int_equal(pixel(&image, 20, 40), 0x3366CC);
}

/* Ink of an 'l' at its pen, and of its twin where the offset puts it. */
static void
test_glyphs(void **state)
{
	struct fixture *f = *state;
	struct page_glyph glyphs[2] = { { .advance = PT(40) },
		{ .dx = PT(10), .dy = -PT(10) } };
	const struct page_run run = { .size = PT(20),
		.x = PT(10),
		.y = PT(40),
		.rgb = 0xFF0000,
		.glyphs = glyphs,
		.n_glyphs = 2 };
	const struct page_item item = {
		.kind = PAGE_TEXT, .runs = &run, .n_runs = 1
	};
	struct page_image image;
	unsigned bottom[2] = { 0 }, left[2] = { 100, 100 }, x, y;
	hb_font_t *font;

	font = hb_font_create(f->font.face);
	assert_true(hb_font_get_nominal_glyph(font, 'l', &glyphs[0].gid));
	hb_font_destroy(font);
	glyphs[1].gid = glyphs[0].gid;
	image = draw(f, &item, 1, 72);
	for (y = 0; y < image.height; y++) {
		for (x = 0; x < image.width; x++) {
			if (pixel(&image, x, y) == 0xFFFFFF)
				continue;
			assert_int_equal(pixel(&image, x, y) >> 16, 0xFF);
			if (y + 1 > bottom[x / 50])
				bottom[x / 50] = y + 1;
			if (x < left[x / 50])
				left[x / 50] = x;
		}
	}
	assert_in_range(left[0], 10, 13);
	assert_int_equal(bottom[0], 40);
	assert_int_equal(left[1] - left[0], 50);
	assert_int_equal(bottom[1], 30);
}

static void
test_preview_refuses(void **state)
{
	static const struct {
		size_t page, max;
		double dpi;
		enum err_kind kind;
	} cases[] = { { 1, 1u << 20, 72, ERR_USAGE },
		{ 0, 1u << 20, 0, ERR_USAGE }, { 0, 1u << 20, -72, ERR_USAGE },
		{ 0, 1u << 20, 1e9, ERR_USAGE }, { 0, 50, 72, ERR_DATA } };
	const struct page page = { 0 };
	const struct page_doc doc = {
		.width = PT(100), .height = PT(50), .pages = &page, .n_pages = 1
	};
	struct err e;
	struct str png;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		memset(&e, 0, sizeof e);
		str_init(&png, cases[i].max);
		assert_int_equal(preview_png(&doc, cases[i].page, cases[i].dpi,
				     &png, &e),
		    -1);
		assert_int_equal(e.kind, cases[i].kind);
		str_done(&png);
	}
}

static void
test_picture_on_white(void **state)
{
	struct fixture *f = *state;
	struct page_image image;
	struct err e = { 0 };
	cairo_surface_t *s;
	cairo_t *cr;

	s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 3, 1);
	cr = cairo_create(s);
	cairo_set_source_rgba(cr, 0, 0, 0, 1);
	cairo_rectangle(cr, 0, 0, 1, 1);
	cairo_fill(cr);
	cairo_set_source_rgba(cr, 0, 0, 0, 0.2);
	cairo_rectangle(cr, 1, 0, 1, 1);
	cairo_fill(cr);
	cairo_destroy(cr);
	assert_int_equal(cairo_surface_write_to_png(s, f->path), 0);
	cairo_surface_destroy(s);
	assert_int_equal(picture_load(f->path, f->a, &image, &e), 0);
	assert_int_equal(image.width, 3);
	assert_int_equal(pixel(&image, 0, 0), 0x000000);
	assert_int_equal(pixel(&image, 1, 0), 0xCCCCCC);
	assert_int_equal(pixel(&image, 2, 0), 0xFFFFFF);
}

#define PNG_START "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"

static void
test_picture_refuses(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *says;
	} cases[] = {
		{ "", 0, "not a PNG" },
		{ "GIF89a and then some more bytes", 31, "not a PNG" },
		{ PNG_START "\0\0\0\1\0\0\0\1", 24, "damaged" },
		{ PNG_START "\0\0\0\0\0\0\0\1\10\2\0\0\0", 29, "most is 4000" },
		{ PNG_START "\0\0\x0f\xa1\0\0\0\1\10\2\0\0\0", 29, "4001" },
		{ PNG_START "\0\0\0\1\xff\xff\xff\xff\10\2\0\0\0", 29,
		    "4294967295" },
	};
	struct fixture *f = *state;
	struct page_image image;
	struct err e;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		memset(&e, 0, sizeof e);
		assert_int_equal(file_write(f->path, cases[i].bytes, cases[i].n,
				     0600, &e),
		    0);
		assert_int_equal(picture_load(f->path, f->a, &image, &e), -1);
		assert_int_equal(e.kind, ERR_DATA);
		if (strstr(e.text, cases[i].says) == NULL)
			fail_msg("no '%s' in '%s'", cases[i].says, e.text);
	}
	assert_int_equal(unlink(f->path), 0);
	assert_int_equal(picture_load(f->path, f->a, &image, &e), -1);
}

/* A picture cut anywhere is refused or whole, never half. */
static void
test_picture_cut(void **state)
{
	static const uint8_t rgb[12] = { 1, 2, 3, 4 };
	static const struct page_image picture = {
		.width = 2, .height = 2, .rgb = rgb
	};
	const struct page_item item = { .kind = PAGE_IMAGE,
		.box = { 0, 0, PT(100), PT(50) },
		.image = &picture };
	struct fixture *f = *state;
	struct page_image image;
	struct err e = { 0 };
	struct str png;
	size_t n;

	(void)draw(f, &item, 1, 72);
	str_init(&png, 1u << 20);
	assert_int_equal(file_read(f->path, &png, &e), 0);
	for (n = 0; n + 12 < png.len; n += 7) { /* 12: IEND, empty */
		assert_int_equal(file_write(f->path, png.p, n, 0600, &e), 0);
		assert_int_equal(picture_load(f->path, f->a, &image, &e), -1);
	}
	str_done(&png);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill_image_symbol),
		cmocka_unit_test(test_glyphs),
		cmocka_unit_test(test_preview_refuses),
		cmocka_unit_test(test_picture_on_white),
		cmocka_unit_test(test_picture_refuses),
		cmocka_unit_test(test_picture_cut),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
