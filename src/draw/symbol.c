#include "draw/symbol.h"

#include <cairo-svg.h>
#include <cairo.h>

#define PIXELS 8 /* a module of a PNG */

/* Swiss Implementation Guidelines QR-bill, 6.4.2: parts of the symbol. */
#define CODE_MM   46.0
#define SQUARE_MM 7.0 /* white with the black square in it */
#define BLACK_MM  6.0
#define ARM_MM    3.889
#define WIDTH_MM  1.167

static cairo_status_t
put(void *out, const unsigned char *bytes, unsigned n)
{
	str_put(out, bytes, n);
	return CAIRO_STATUS_SUCCESS;
}

static void
centred(cairo_t *cr, double middle, double w, double h, double shade)
{
	cairo_set_source_rgb(cr, shade, shade, shade);
	cairo_rectangle(cr, middle - w / 2, middle - h / 2, w, h);
	cairo_fill(cr);
}

static void
draw_cross(cairo_t *cr, const struct page_symbol *s)
{
	double mm = s->width / CODE_MM, middle = s->quiet + s->width / 2.0;

	centred(cr, middle, SQUARE_MM * mm, SQUARE_MM * mm, 1);
	centred(cr, middle, BLACK_MM * mm, BLACK_MM * mm, 0);
	centred(cr, middle, ARM_MM * mm, WIDTH_MM * mm, 1);
	centred(cr, middle, WIDTH_MM * mm, ARM_MM * mm, 1);
}

/* In modules; neighbours in a row are one box, so that no seam shows. */
static void
draw(cairo_t *cr, const struct page_symbol *s, bool cross)
{
	cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
	for (unsigned row = 0; row < s->width; row++) {
		const uint8_t *line = s->modules + (size_t)row * s->width;

		for (unsigned col = 0; col < s->width; col++) {
			unsigned from = col;

			while (col < s->width && line[col] != 0)
				col++;
			if (col > from)
				cairo_rectangle(cr, s->quiet + from,
				    s->quiet + row, col - from, 1);
		}
	}
	cairo_fill(cr);
	cairo_set_antialias(cr, CAIRO_ANTIALIAS_DEFAULT);
	if (cross)
		draw_cross(cr, s);
}

static int
finish(cairo_t *cr, cairo_surface_t *surface, struct err *e)
{
	cairo_status_t status = cairo_status(cr);

	cairo_destroy(cr);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status != CAIRO_STATUS_SUCCESS)
		return err_set(e, ERR_SYSTEM, "cannot draw the symbol: %s",
		    cairo_status_to_string(status));
	return 0;
}

int
symbol_png(const struct page_symbol *s, bool cross, struct str *out,
    struct err *e)
{
	int side = (int)(s->width + 2 * s->quiet) * PIXELS;
	cairo_surface_t *surface =
	    cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
	cairo_t *cr = cairo_create(surface);

	cairo_scale(cr, PIXELS, PIXELS);
	draw(cr, s, cross);
	cairo_surface_flush(surface);
	if (cairo_surface_write_to_png_stream(surface, put, out) !=
	    CAIRO_STATUS_SUCCESS) {
		(void)finish(cr, surface, e);
		return err_set(e, ERR_SYSTEM, "cannot write the PNG");
	}
	return finish(cr, surface, e);
}

int
symbol_svg(const struct page_symbol *s, bool cross, struct str *out,
    struct err *e)
{
	double side = s->width + 2.0 * s->quiet;
	cairo_surface_t *surface =
	    cairo_svg_surface_create_for_stream(put, out, side, side);
	cairo_t *cr = cairo_create(surface);

	draw(cr, s, cross);
	return finish(cr, surface, e);
}
