#include "draw/picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <librsvg/rsvg.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define MAX_SIDE    4000               /* pixels */
#define MAX_BYTES   ((size_t)32 << 20) /* of the file */
#define IHDR_END    24                 /* signature, IHDR, width, height */
#define SHEET_WIDE  2480               /* A4 at 300 dots an inch */
#define SHEET_HIGH  3508
#define PAPER_DPI   300
#define NATURAL_DPI 96 /* of a picture that does not say */
#define LEAST_DPI   20 /* less is a mistake */

/* A file on its way, and how high it is wanted: 0 for its natural size. */
struct request {
	const char *path;
	struct str file;
	int high;
};

static uint32_t
u32(const char *p)
{
	const unsigned char *b;

	b = (const unsigned char *)p;
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 |
	    (uint32_t)b[2] << 8 | b[3];
}

static int
check_size(const char *path, uint32_t w, uint32_t h, struct err *e)
{
	if (w == 0 || h == 0 || w > MAX_SIDE || h > MAX_SIDE)
		return err_set(e, ERR_DATA,
		    "%s: a picture of %u x %u pixels; the most is %u x %u",
		    path, w, h, MAX_SIDE, MAX_SIDE);
	return 0;
}

/* The pixels that are kept of those that are there. */
static void
fit(const struct request *r, int *w, int *h)
{
	double least = 1, scale = (double)SHEET_WIDE / *w;

	least = scale < least ? scale : least;
	scale = (double)(r->high > 0 ? r->high : SHEET_HIGH) / *h;
	least = scale < least ? scale : least;
	*w = (int)(*w * least + 0.5);
	*h = (int)(*h * least + 0.5);
	*w = *w > 0 ? *w : 1;
	*h = *h > 0 ? *h : 1;
}

static int32_t
natural(int pixels, double dpi)
{
	return (int32_t)(pixels / dpi * 72 * PU_PER_PT + 0.5);
}

/* ---- of pixels ---- */

/* A small file can claim a huge picture: size 0 ends it. */
static void
on_size(GdkPixbufLoader *loader, int w, int h, gpointer out)
{
	int *size = out;

	size[0] = w;
	size[1] = h;
	if (w > MAX_SIDE || h > MAX_SIDE)
		gdk_pixbuf_loader_set_size(loader, 0, 0);
}

/* The whole picture, turned as it says, or NULL. */
static GdkPixbuf *
decode(const struct str *file, const char *type, int size[2])
{
	GdkPixbufLoader *loader = gdk_pixbuf_loader_new_with_type(type, NULL);
	GdkPixbuf *p = NULL;
	bool good;

	if (loader == NULL)
		return NULL;
	g_signal_connect(loader, "size-prepared", G_CALLBACK(on_size), size);
	good = gdk_pixbuf_loader_write(loader, (const guchar *)file->p,
	    file->len, NULL);
	good = gdk_pixbuf_loader_close(loader, NULL) && good;
	if (good)
		p = gdk_pixbuf_loader_get_pixbuf(loader);
	if (p != NULL)
		p = gdk_pixbuf_apply_embedded_orientation(p);
	g_object_unref(loader);
	return p;
}

static double
density(const GdkPixbuf *p)
{
	const char *said = gdk_pixbuf_get_option((GdkPixbuf *)p, "x-dpi");
	long dpi = said != NULL ? strtol(said, NULL, 10) : 0;

	return dpi >= LEAST_DPI && dpi <= MAX_SIDE ? (double)dpi : NATURAL_DPI;
}

static uint8_t
on_white(guchar color, guchar alpha)
{
	return (uint8_t)((color * alpha + 255 * (255 - alpha) + 127) / 255);
}

static void
copy_pixbuf(const GdkPixbuf *p, struct arena *a, struct page_image *out)
{
	size_t stride = (size_t)gdk_pixbuf_get_rowstride(p);
	size_t step = (size_t)gdk_pixbuf_get_n_channels(p);
	const guchar *from = gdk_pixbuf_read_pixels(p);
	uint8_t *to;

	out->width = (unsigned)gdk_pixbuf_get_width(p);
	out->height = (unsigned)gdk_pixbuf_get_height(p);
	to = arena_array(a, (size_t)out->width * out->height, 3);
	out->rgb = to;
	for (size_t y = 0; y < out->height; y++)
		for (size_t x = 0; x < out->width; x++) {
			const guchar *c = from + y * stride + x * step;
			guchar alpha = step == 4 ? c[3] : 255;

			for (size_t k = 0; k < 3; k++)
				*to++ = on_white(c[k], alpha);
		}
}

/*
 * A reader leaves blank what a cut file lacks. The mark that ends it comes
 * late: one in the first half ends a small picture inside.
 */
static bool
is_whole(const struct str *file, const char *mark, size_t n)
{
	size_t half = file->len / 2;

	return memmem(file->p + half, file->len - half, mark, n) != NULL;
}

static int
load_pixels(const struct request *r, const char *type, struct arena *a,
    struct page_image *out, struct err *e)
{
	GdkPixbuf *whole, *scaled;
	bool png = strcmp(type, "png") == 0;
	int size[2] = { 1, 1 }, w, h;

	if (!is_whole(&r->file, png ? "IEND" : "\xff\xd9", png ? 4 : 2))
		return err_set(e, ERR_DATA,
		    "%s: a damaged picture, cut off; save it again", r->path);
	whole = decode(&r->file, type, size);
	if (check_size(r->path, (uint32_t)size[0], (uint32_t)size[1], e) != 0) {
		g_clear_object(&whole);
		return -1;
	}
	if (whole == NULL)
		return err_set(e, ERR_DATA,
		    "%s: a damaged picture; save it again", r->path);
	w = gdk_pixbuf_get_width(whole);
	h = gdk_pixbuf_get_height(whole);
	out->w = natural(w, density(whole));
	out->h = natural(h, density(whole));
	fit(r, &w, &h);
	scaled = gdk_pixbuf_scale_simple(whole, w, h, GDK_INTERP_BILINEAR);
	g_object_unref(whole);
	if (scaled == NULL)
		return err_set(e, ERR_SYSTEM, "%s: no memory for the picture",
		    r->path);
	copy_pixbuf(scaled, a, out);
	g_object_unref(scaled);
	return 0;
}

/* Its size is read before anything of it is decoded. */
static int
load_png(const struct request *r, struct arena *a, struct page_image *out,
    struct err *e)
{
	const char *p = r->file.p;

	if (r->file.len >= IHDR_END &&
	    check_size(r->path, u32(p + 16), u32(p + 20), e) != 0)
		return -1;
	return load_pixels(r, "png", a, out, e);
}

/* ---- drawn ---- */

static void
copy_surface(cairo_surface_t *sheet, struct arena *a, struct page_image *out)
{
	size_t stride = (size_t)cairo_image_surface_get_stride(sheet);
	uint32_t pixel;
	uint8_t *to;

	cairo_surface_flush(sheet);
	out->width = (unsigned)cairo_image_surface_get_width(sheet);
	out->height = (unsigned)cairo_image_surface_get_height(sheet);
	to = arena_array(a, (size_t)out->width * out->height, 3);
	out->rgb = to;
	for (size_t y = 0; y < out->height; y++) {
		const unsigned char *row =
		    cairo_image_surface_get_data(sheet) + y * stride;

		for (size_t x = 0; x < out->width; x++) {
			memcpy(&pixel, row + x * 4, sizeof(pixel));
			*to++ = (uint8_t)(pixel >> 16);
			*to++ = (uint8_t)(pixel >> 8);
			*to++ = (uint8_t)pixel;
		}
	}
}

/* In pixels of 96 an inch; one that fills its page has those of its box. */
static int
drawing_size(const struct request *r, RsvgHandle *h, double size[2],
    struct err *e)
{
	RsvgRectangle box;
	gboolean has_box;

	if (!rsvg_handle_get_intrinsic_size_in_pixels(h, &size[0], &size[1])) {
		rsvg_handle_get_intrinsic_dimensions(h, NULL, NULL, NULL, NULL,
		    &has_box, &box);
		size[0] = has_box ? box.width : 0;
		size[1] = has_box ? box.height : 0;
	}
	if (size[0] >= 1 && size[1] >= 1 && size[0] <= MAX_SIDE &&
	    size[1] <= MAX_SIDE)
		return 0;
	return err_set(e, ERR_DATA,
	    "%s: a drawing without a size from 1 to %d pixels; give its svg "
	    "element a viewBox, or width and height",
	    r->path, MAX_SIDE);
}

static int
draw(const struct request *r, RsvgHandle *handle, cairo_surface_t *sheet,
    struct err *e)
{
	const RsvgRectangle all = {
		.width = cairo_image_surface_get_width(sheet),
		.height = cairo_image_surface_get_height(sheet),
	};
	cairo_t *cr = cairo_create(sheet);
	gboolean good;

	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	good = rsvg_handle_render_document(handle, cr, &all, NULL) &&
	    cairo_status(cr) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(cr);
	return good ? 0
		    : err_set(e, ERR_DATA,
			  "%s: a drawing that cannot be drawn; save it again "
			  "as plain SVG, or as PNG",
			  r->path);
}

static int
load_handle(const struct request *r, RsvgHandle *handle, struct arena *a,
    struct page_image *out, struct err *e)
{
	cairo_surface_t *sheet;
	double size[2], scale;
	int w, h, rc;

	if (drawing_size(r, handle, size, e) != 0)
		return -1;
	scale = r->high > 0 ? r->high / size[1] : PAPER_DPI / 96.0;
	w = (int)(size[0] * scale + 0.5);
	h = (int)(size[1] * scale + 0.5);
	fit(r, &w, &h);
	out->w = natural((int)(size[0] + 0.5), NATURAL_DPI);
	out->h = natural((int)(size[1] + 0.5), NATURAL_DPI);
	sheet = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
	rc = draw(r, handle, sheet, e);
	if (rc == 0)
		copy_surface(sheet, a, out);
	cairo_surface_destroy(sheet);
	return rc;
}

/* Without a base address librsvg refuses all that is not in the file. */
static int
load_svg(const struct request *r, struct arena *a, struct page_image *out,
    struct err *e)
{
	RsvgHandle *handle;
	int rc;

	handle = rsvg_handle_new_from_data((const guint8 *)r->file.p,
	    r->file.len, NULL);
	if (handle == NULL)
		return err_set(e, ERR_DATA,
		    "%s: a damaged SVG drawing; save it again as plain SVG",
		    r->path);
	rsvg_handle_set_dpi(handle, NATURAL_DPI);
	rc = load_handle(r, handle, a, out, e);
	g_object_unref(handle);
	return rc;
}

static bool
begins(const struct str *file, const char *bytes, size_t n)
{
	return file->len >= n && memcmp(file->p, bytes, n) == 0;
}

/* An XML file that names an svg element. */
static bool
is_svg(const struct str *file)
{
	size_t at = begins(file, "\xef\xbb\xbf", 3) ? 3 : 0;

	at += strspn(file->p + at, " \t\r\n");
	return file->p[at] == '<' &&
	    memmem(file->p, file->len, "<svg", 4) != NULL;
}

static int
load(const struct request *r, struct arena *a, struct page_image *out,
    struct err *e)
{
	*out = (struct page_image){ 0 };
	if (begins(&r->file, "\x89PNG\r\n\x1a\n", 8))
		return load_png(r, a, out, e);
	if (begins(&r->file, "\xff\xd8\xff", 3))
		return load_pixels(r, "jpeg", a, out, e);
	if (is_svg(&r->file))
		return load_svg(r, a, out, e);
	return err_set(e, ERR_DATA,
	    "%s: not a PNG, JPEG or SVG picture; convert it to PNG", r->path);
}

int
picture_load_small(const char *path, int high, struct arena *a,
    struct page_image *out, struct err *e)
{
	struct request r = { .path = path, .high = high };
	int rc;

	str_init(&r.file, MAX_BYTES);
	rc = file_read(path, &r.file, e);
	if (rc == 0)
		rc = load(&r, a, out, e);
	str_done(&r.file);
	return rc;
}

int
picture_load(const char *path, struct arena *a, struct page_image *out,
    struct err *e)
{
	return picture_load_small(path, 0, a, out, e);
}
