#include "draw/preview.h"

#include <assert.h>
#include <cairo-ft.h>
#include <cairo.h>
#include <math.h>
#include <stdlib.h>

#include <fontconfig/fontconfig.h>

#define MIN_DPI  10
#define MAX_DPI  1200
#define MAX_SIDE 20000 /* pixels */

struct canvas {
	const struct page_doc *doc;
	cairo_t *cr;
	cairo_font_face_t **faces; /* by font of the letter; NULL: not yet */
};

static double
pt(int64_t pu)
{
	return (double)pu / PU_PER_PT;
}

/* Cairo owns the file and the face behind a pattern, for as long as needed. */
static cairo_font_face_t *
open_face(const struct page_font *font)
{
	FcPattern *pattern;
	cairo_font_face_t *face;

	pattern = FcPatternCreate();
	assert(pattern != NULL);
	FcPatternAddString(pattern, FC_FILE, (const FcChar8 *)font->path);
	FcPatternAddInteger(pattern, FC_INDEX, (int)font->index);
	face = cairo_ft_font_face_create_for_pattern(pattern);
	FcPatternDestroy(pattern);
	return face;
}

static void
set_colour(struct canvas *c, uint32_t rgb)
{
	cairo_set_source_rgb(c->cr, (rgb >> 16 & 255) / 255.0,
	    (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static void
draw_run(struct canvas *c, const struct page_run *r)
{
	cairo_glyph_t glyph;
	int64_t x;
	size_t i;

	assert(r->font < c->doc->n_fonts);
	if (c->faces[r->font] == NULL)
		c->faces[r->font] = open_face(c->doc->fonts[r->font]);
	cairo_set_font_face(c->cr, c->faces[r->font]);
	cairo_set_font_size(c->cr, pt(r->size));
	set_colour(c, r->rgb);
	x = r->x;
	for (i = 0; i < r->n_glyphs; i++) {
		glyph.index = r->glyphs[i].gid;
		glyph.x = pt(x + r->glyphs[i].dx);
		glyph.y = pt((int64_t)r->y + r->glyphs[i].dy);
		cairo_show_glyphs(c->cr, &glyph, 1);
		x += r->glyphs[i].advance;
	}
}

/* The unit square from (x, y) to the right and down. */
static void
place(struct canvas *c, const struct page_box *b, double across, double down)
{
	cairo_translate(c->cr, pt(b->x), pt(b->y));
	cairo_scale(c->cr, pt(b->w) / across, pt(b->h) / down);
}

static void
draw_image(struct canvas *c, const struct page_item *item)
{
	const struct page_image *image;
	cairo_surface_t *s;
	const uint8_t *from;
	uint32_t *to;
	unsigned x, y;

	image = item->image;
	s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)image->width,
	    (int)image->height);
	if (cairo_surface_status(s) == CAIRO_STATUS_SUCCESS) {
		from = image->rgb;
		for (y = 0; y < image->height; y++) {
			to = (uint32_t *)(void
				*)(cairo_image_surface_get_data(s) +
			    (size_t)y *
				(size_t)cairo_image_surface_get_stride(s));
			for (x = 0; x < image->width; x++, from += 3)
				to[x] = (uint32_t)from[0] << 16 |
				    (uint32_t)from[1] << 8 | from[2];
		}
		cairo_surface_mark_dirty(s);
	}
	cairo_save(c->cr);
	place(c, &item->box, image->width, image->height);
	cairo_set_source_surface(c->cr, s, 0, 0);
	cairo_pattern_set_extend(cairo_get_source(c->cr), CAIRO_EXTEND_PAD);
	cairo_rectangle(c->cr, 0, 0, image->width, image->height);
	cairo_fill(c->cr);
	cairo_restore(c->cr);
	cairo_surface_destroy(s);
}

/* One path, so that no seams show between its modules. */
static void
draw_symbol(struct canvas *c, const struct page_item *item)
{
	const struct page_symbol *q;
	unsigned end, side, x, y;

	q = item->symbol;
	side = q->width + 2 * q->quiet;
	set_colour(c, 0);
	cairo_save(c->cr);
	place(c, &item->box, side, side);
	for (y = 0; y < q->width; y++) {
		for (x = 0; x < q->width; x = end + 1) {
			end = x;
			while (end < q->width &&
			    (q->modules[y * q->width + end] & 1) != 0)
				end++;
			if (end > x)
				cairo_rectangle(c->cr, x + q->quiet,
				    y + q->quiet, end - x, 1);
		}
	}
	cairo_fill(c->cr);
	cairo_restore(c->cr);
}

static void
draw_item(struct canvas *c, const struct page_item *item)
{
	size_t i;

	switch (item->kind) {
	case PAGE_TEXT:
		for (i = 0; i < item->n_runs; i++)
			draw_run(c, &item->runs[i]);
		break;
	case PAGE_FILL:
		set_colour(c, item->rgb);
		cairo_rectangle(c->cr, pt(item->box.x), pt(item->box.y),
		    pt(item->box.w), pt(item->box.h));
		cairo_fill(c->cr);
		break;
	case PAGE_IMAGE:
		draw_image(c, item);
		break;
	case PAGE_SYMBOL:
		draw_symbol(c, item);
		break;
	}
}

/* Glyphs where they were placed, whatever this machine's settings. */
static void
set_options(cairo_t *cr)
{
	cairo_font_options_t *options;

	options = cairo_font_options_create();
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_set_font_options(cr, options);
	cairo_font_options_destroy(options);
}

static void
draw_page(const struct page_doc *d, size_t page, double dpi,
    cairo_surface_t *surface, cairo_t *cr)
{
	struct canvas c = { .doc = d, .cr = cr };
	size_t i;

	c.faces = mem_alloc(d->n_fonts * sizeof(cairo_font_face_t *));
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, dpi / 72, dpi / 72);
	set_options(cr);
	for (i = 0; i < d->pages[page].n_items; i++)
		draw_item(&c, &d->pages[page].items[i]);
	cairo_surface_flush(surface);
	for (i = 0; i < d->n_fonts; i++)
		cairo_font_face_destroy(c.faces[i]);
	free(c.faces);
}

static cairo_status_t
write_out(void *closure, const unsigned char *bytes, unsigned n)
{
	struct str *out;

	out = closure;
	str_put(out, bytes, n);
	return out->over ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

int
preview_png(const struct page_doc *d, size_t page, double dpi, struct str *out,
    struct err *e)
{
	cairo_surface_t *surface;
	cairo_t *cr;
	cairo_status_t status;
	double w, h;

	if (page >= d->n_pages)
		return err_set(e, ERR_USAGE, "no page %zu: the letter has %zu",
		    page + 1, d->n_pages);
	w = ceil(pt(d->width) * dpi / 72);
	h = ceil(pt(d->height) * dpi / 72);
	if (!(dpi >= MIN_DPI && dpi <= MAX_DPI) || w > MAX_SIDE || h > MAX_SIDE)
		return err_set(e, ERR_USAGE,
		    "a preview at %g dots per inch cannot be drawn; use 72 "
		    "to 300",
		    dpi);
	surface =
	    cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)w, (int)h);
	cr = cairo_create(surface);
	draw_page(d, page, dpi, surface, cr);
	status = cairo_status(cr);
	cairo_destroy(cr);
	if (status == CAIRO_STATUS_SUCCESS)
		status =
		    cairo_surface_write_to_png_stream(surface, write_out, out);
	cairo_surface_destroy(surface);
	if (out->over)
		return err_set(e, ERR_DATA,
		    "the preview would be larger than %zu bytes; use fewer "
		    "dots per inch",
		    out->max);
	if (status != CAIRO_STATUS_SUCCESS)
		return err_set(e, ERR_SYSTEM, "preview of page %zu: %s",
		    page + 1, cairo_status_to_string(status));
	return 0;
}
