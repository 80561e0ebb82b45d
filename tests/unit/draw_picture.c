/*
 * Photographs and drawings: their size on paper, which way is up, nothing
 * fetched from elsewhere, and what is damaged is refused by its name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "draw/picture.h"

#define SVG   "<svg xmlns=\"http://www.w3.org/2000/svg\" "
#define RED   "<rect width=\"100%\" height=\"100%\" fill=\"#ff0000\"/></svg>"
#define INCH  (72 * PU_PER_PT)
#define LEFT  0xff0000
#define RIGHT 0x0000ff

/* Exif, little-endian: one entry, orientation 6, to be turned right. */
static const char turned[] = "\xff\xe1\0\x22"
			     "Exif\0\0II*\0\x8\0\0\0\1\0\x12\1\3\0\1\0\0\0"
			     "\6\0\0\0\0\0\0\0";

struct fixture {
	char path[48];
	struct arena *a;
};

static int
set_up(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);
	int fd;

	*state = f;
	f->a = arena_new();
	(void)snprintf(f->path, sizeof f->path, "/tmp/semonce-picture.XXXXXX");
	fd = mkstemp(f->path);
	return fd == -1 ? -1 : close(fd);
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	(void)unlink(f->path);
	arena_free(f->a);
	free(f);
	return 0;
}

static uint32_t
pixel(const struct page_image *image, unsigned x, unsigned y)
{
	const uint8_t *p = image->rgb + ((size_t)y * image->width + x) * 3;

	return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

static int
load(struct fixture *f, const void *bytes, size_t n, int high,
    struct page_image *out, struct err *e)
{
	*e = (struct err){ 0 };
	assert_int_equal(file_write(f->path, bytes, n, 0600, e), 0);
	return high > 0 ? picture_load_small(f->path, high, f->a, out, e)
			: picture_load(f->path, f->a, out, e);
}

struct drawing_row {
	const char *svg;
	int high;
	unsigned width, height; /* pixels */
	int32_t w, h;
	uint32_t corner;
};

static void
test_drawings(void **state)
{
	static const struct drawing_row rows[] = {
		{ SVG "width=\"96\" height=\"48\">" RED, 0, 300, 150, INCH,
		    INCH / 2, LEFT },
		{ SVG "width=\"96\" height=\"48\">" RED, 600, 1200, 600, INCH,
		    INCH / 2, LEFT },
		{ "\xef\xbb\xbf<?xml version=\"1.0\"?>" SVG
		  "viewBox=\"0 0 192 96\" width=\"100%\">" RED,
		    0, 600, 300, 2 * INCH, INCH, LEFT },
		{ SVG "width=\"25.4mm\" height=\"25.4mm\"></svg>", 0, 300, 300,
		    INCH, INCH, 0xffffff },
		{ SVG "width=\"3840\" height=\"960\">" RED, 0, 2480, 620,
		    40 * INCH, 10 * INCH, LEFT },
	};
	struct fixture *f = *state;
	struct page_image image = { 0 };
	struct err e;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct drawing_row *r = &rows[i];

		if (load(f, r->svg, strlen(r->svg), r->high, &image, &e) != 0)
			fail_msg("%zu: %s", i, e.text);
		assert_int_equal(image.width, r->width);
		assert_int_equal(image.height, r->height);
		assert_int_equal(image.w, r->w);
		assert_int_equal(image.h, r->h);
		assert_int_equal(pixel(&image, 0, 0), r->corner);
	}
}

/* What lies beside a drawing, or anywhere else, is not drawn with it. */
static void
test_nothing_fetched(void **state)
{
	struct fixture *f = *state;
	struct page_image image = { 0 };
	struct err e;
	char *beside = arena_fmt(f->a, "%s.svg", f->path);
	const char *in = SVG "width=\"96\" height=\"96\">" RED;
	const char *out = arena_fmt(f->a,
	    SVG "xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"96\" "
		"height=\"96\"><image width=\"96\" height=\"96\" "
		"xlink:href=\"file://%s\"/><image width=\"96\" height=\"96\" "
		"href=\"%s\"/></svg>",
	    beside, strrchr(beside, '/') + 1);

	assert_int_equal(file_write(beside, in, strlen(in), 0600, &e), 0);
	assert_int_equal(load(f, out, strlen(out), 0, &image, &e), 0);
	assert_int_equal(pixel(&image, 150, 150), 0xffffff);
	(void)unlink(beside);
}

/* Left half red, right half blue, 32 x 16 pixels at 300 dots an inch. */
static void
make_jpeg(const char *exif, size_t n, struct str *out)
{
	GdkPixbuf *p = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, 32, 16);
	GdkPixbuf *half = gdk_pixbuf_new_subpixbuf(p, 16, 0, 16, 16);
	gchar *bytes;
	gsize len;

	gdk_pixbuf_fill(p, (guint32)LEFT << 8);
	gdk_pixbuf_fill(half, (guint32)RIGHT << 8);
	assert_true(gdk_pixbuf_save_to_buffer(p, &bytes, &len, "jpeg", NULL,
	    "quality", "100", "x-dpi", "300", "y-dpi", "300", NULL));
	str_init(out, 1 << 20);
	str_put(out, bytes, 2);
	str_put(out, exif, n);
	str_put(out, bytes + 2, len - 2);
	g_free(bytes);
	g_object_unref(half);
	g_object_unref(p);
}

static bool
looks(uint32_t is, uint32_t wanted)
{
	for (int shift = 0; shift < 24; shift += 8) {
		int a = (int)(is >> shift & 255);
		int b = (int)(wanted >> shift & 255);

		if (abs(a - b) > 8)
			return false;
	}
	return true;
}

static void
test_photograph(void **state)
{
	struct fixture *f = *state;
	struct page_image image = { 0 };
	struct str jpeg;
	struct err e;

	make_jpeg("", 0, &jpeg);
	if (load(f, jpeg.p, jpeg.len, 0, &image, &e) != 0)
		fail_msg("%s", e.text);
	assert_int_equal(image.width, 32);
	assert_int_equal(image.height, 16);
	assert_int_equal(image.w, 32 * INCH / 300);
	assert_int_equal(image.h, 16 * INCH / 300);
	assert_true(looks(pixel(&image, 2, 2), LEFT));
	assert_true(looks(pixel(&image, 29, 2), RIGHT));
	assert_int_equal(load(f, jpeg.p, jpeg.len, 8, &image, &e), 0);
	assert_int_equal(image.height, 8);
	assert_int_equal(image.width, 16);
	/* Small ones stay as they are. */
	assert_int_equal(load(f, jpeg.p, jpeg.len, 80, &image, &e), 0);
	assert_int_equal(image.height, 16);
	/* Cut off, it is not half a picture. */
	for (size_t n = 3; n + 2 < jpeg.len; n += 29) {
		assert_int_equal(load(f, jpeg.p, n, 0, &image, &e), -1);
		assert_non_null(strstr(e.text, f->path));
	}
	str_done(&jpeg);
}

static void
test_turned(void **state)
{
	struct fixture *f = *state;
	struct page_image image = { 0 };
	struct str jpeg;
	struct err e;

	make_jpeg(turned, sizeof turned - 1, &jpeg);
	if (load(f, jpeg.p, jpeg.len, 0, &image, &e) != 0)
		fail_msg("%s", e.text);
	assert_int_equal(image.width, 16);
	assert_int_equal(image.height, 32);
	assert_true(looks(pixel(&image, 2, 2), LEFT));
	assert_true(looks(pixel(&image, 2, 29), RIGHT));
	str_done(&jpeg);
}

static void
test_refused(void **state)
{
	static const char *const rows[][2] = {
		{ SVG "width=\"9\" height=\"9\"><rect", "damaged SVG" },
		{ SVG "width=\"100%\" height=\"100%\"></svg>", "viewBox" },
		{ SVG "width=\"0\" height=\"9\"></svg>", "without a size" },
		{ SVG "width=\"5000\" height=\"9\"></svg>", "without a size" },
		{ "<html></html>", "not a PNG, JPEG or SVG" },
		{ "\xff\xd8\xff\xd9", "damaged" },
		{ "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
		  "\"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
		  "\"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d "
		  "\"&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e "
		  "\"&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f "
		  "\"&e;&e;&e;&e;&e;&e;&e;&e;\"><!ENTITY g "
		  "\"&f;&f;&f;&f;&f;&f;&f;&f;\">]><svg><text>&g;&g;&g;"
		  "</text></svg>",
		    "" },
	};
	struct fixture *f = *state;
	struct page_image image = { 0 };
	struct err e;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(load(f, rows[i][0], strlen(rows[i][0]), 0,
				     &image, &e),
		    -1);
		assert_int_equal(e.kind, ERR_DATA);
		if (strstr(e.text, rows[i][1]) == NULL ||
		    strstr(e.text, f->path) == NULL)
			fail_msg("'%s' does not say '%s'", e.text, rows[i][1]);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_drawings),
		cmocka_unit_test(test_nothing_fetched),
		cmocka_unit_test(test_photograph),
		cmocka_unit_test(test_turned),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
