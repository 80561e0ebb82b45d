#include "samples.h"

#include <cairo.h>

#define SIDE  720 /* pixels */
#define TOP   226.0
#define FOOT  494.0
#define LEAN  116.0 /* of a stroke, over its height */
#define BREAD 76.0  /* of a stroke, along the base */

/* A slanting stroke from the foot at x to the top at x + lean. */
static void
draw_stroke(cairo_t *cr, double x, double lean)
{
	cairo_move_to(cr, x - BREAD / 2, FOOT);
	cairo_line_to(cr, x + BREAD / 2, FOOT);
	cairo_line_to(cr, x + lean + BREAD / 2, TOP);
	cairo_line_to(cr, x + lean - BREAD / 2, TOP);
	cairo_close_path(cr);
	cairo_fill(cr);
}

/* A and V in one line, as a roof and a valley. */
static void
draw_mark(cairo_t *cr)
{
	double x = SIDE / 2.0 - 1.5 * LEAN;

	cairo_set_source_rgb(cr, 0.07, 0.22, 0.29);
	cairo_arc(cr, SIDE / 2.0, SIDE / 2.0, SIDE / 2.0 - 4, 0, 6.283185307);
	cairo_fill(cr);
	cairo_set_source_rgb(cr, 0.91, 0.64, 0.24);
	draw_stroke(cr, x + 2 * LEAN, LEAN);
	cairo_set_source_rgb(cr, 1, 1, 1);
	draw_stroke(cr, x, LEAN);
	draw_stroke(cr, x + 2 * LEAN, -LEAN);
}

int
sample_logo(const char *path)
{
	cairo_surface_t *s =
	    cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
	cairo_t *cr = cairo_create(s);
	cairo_status_t status;

	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	draw_mark(cr);
	status = cairo_status(cr);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_write_to_png(s, path);
	cairo_destroy(cr);
	cairo_surface_destroy(s);
	return status == CAIRO_STATUS_SUCCESS ? 0 : -1;
}
