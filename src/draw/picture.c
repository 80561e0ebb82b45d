#include "draw/picture.h"

#include <cairo.h>
#include <string.h>

#include "base/file.h"

#define MAX_SIDE  4000               /* pixels */
#define MAX_BYTES ((size_t)32 << 20) /* of the file */
#define IHDR_END  24                 /* signature, IHDR, width, height */

struct source {
	const char *p;
	size_t left;
};

static cairo_status_t
read_in(void *closure, unsigned char *out, unsigned n)
{
	struct source *s;

	s = closure;
	if (n > s->left)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(out, s->p, n);
	s->p += n;
	s->left -= n;
	return CAIRO_STATUS_SUCCESS;
}

static uint32_t
u32(const char *p)
{
	const unsigned char *b;

	b = (const unsigned char *)p;
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 |
	    (uint32_t)b[2] << 8 | b[3];
}

/* Before anything is decoded: a small file can claim a huge picture. */
static int
check_header(const char *path, const struct str *file, struct err *e)
{
	static const char start[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
	uint32_t w, h;

	if (file->len < IHDR_END ||
	    memcmp(file->p, start, sizeof start - 1) != 0)
		return err_set(e, ERR_DATA,
		    "%s: not a PNG picture; convert it to PNG", path);
	w = u32(file->p + 16);
	h = u32(file->p + 20);
	if (w == 0 || h == 0 || w > MAX_SIDE || h > MAX_SIDE)
		return err_set(e, ERR_DATA,
		    "%s: a picture of %u x %u pixels; the most is %u x %u",
		    path, w, h, MAX_SIDE, MAX_SIDE);
	return 0;
}

/*
 * Cairo's pixels, whatever their format, painted on a white sheet, which is
 * at most `high` pixels high.
 */
static cairo_surface_t *
flatten(cairo_surface_t *picture, int high)
{
	cairo_surface_t *sheet;
	cairo_t *cr;
	int w, h, small;

	w = cairo_image_surface_get_width(picture);
	h = cairo_image_surface_get_height(picture);
	small = h > high ? (w * high + h / 2) / h : w;
	small = small > 0 ? small : 1;
	high = h > high ? high : h;
	sheet = cairo_image_surface_create(CAIRO_FORMAT_RGB24, small, high);
	cr = cairo_create(sheet);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, (double)small / w, (double)high / h);
	cairo_set_source_surface(cr, picture, 0, 0);
	/* Its edge is not mixed with the nothing around it. */
	cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
	cairo_paint(cr);
	cairo_destroy(cr);
	cairo_surface_flush(sheet);
	return sheet;
}

static void
copy_pixels(cairo_surface_t *sheet, struct arena *a, struct page_image *out)
{
	const unsigned char *row;
	uint32_t pixel;
	uint8_t *to;
	unsigned x, y;

	out->width = (unsigned)cairo_image_surface_get_width(sheet);
	out->height = (unsigned)cairo_image_surface_get_height(sheet);
	to = arena_array(a, (size_t)out->width * out->height, 3);
	out->rgb = to;
	for (y = 0; y < out->height; y++) {
		row = cairo_image_surface_get_data(sheet) +
		    (size_t)y * (size_t)cairo_image_surface_get_stride(sheet);
		for (x = 0; x < out->width; x++) {
			memcpy(&pixel, row + (size_t)x * 4, sizeof pixel);
			*to++ = (uint8_t)(pixel >> 16);
			*to++ = (uint8_t)(pixel >> 8);
			*to++ = (uint8_t)pixel;
		}
	}
}

static int
decode(const char *path, const struct str *file, int high, struct arena *a,
    struct page_image *out, struct err *e)
{
	struct source source = { file->p, file->len };
	cairo_surface_t *picture, *sheet;
	cairo_status_t status;

	if (check_header(path, file, e) == -1)
		return -1;
	picture = cairo_image_surface_create_from_png_stream(read_in, &source);
	status = cairo_surface_status(picture);
	if (status == CAIRO_STATUS_SUCCESS) {
		sheet = flatten(picture, high);
		status = cairo_surface_status(sheet);
		if (status == CAIRO_STATUS_SUCCESS)
			copy_pixels(sheet, a, out);
		cairo_surface_destroy(sheet);
	}
	cairo_surface_destroy(picture);
	if (status != CAIRO_STATUS_SUCCESS)
		return err_set(e, ERR_DATA,
		    "%s: a damaged PNG picture (%s); save it again", path,
		    cairo_status_to_string(status));
	return 0;
}

int
picture_load_small(const char *path, int high, struct arena *a,
    struct page_image *out, struct err *e)
{
	struct str file;
	int rc;

	str_init(&file, MAX_BYTES);
	rc = file_read(path, &file, e);
	if (rc == 0)
		rc = decode(path, &file, high, a, out, e);
	str_done(&file);
	return rc;
}

int
picture_load(const char *path, struct arena *a, struct page_image *out,
    struct err *e)
{
	return picture_load_small(path, MAX_SIDE, a, out, e);
}
