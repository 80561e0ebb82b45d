/*
 * A picture is written once, however often it is painted. A symbol is a
 * stencil of one bit a module: exact at any size, small, and so mixed that
 * to deflate it would make it larger.
 *
 * A run shows the same logo in every letter: small images are kept with
 * their pixels, and deflated once. Kept or not, the bytes are the same.
 */
#include <string.h>

#include "pdf/object.h"
#include "pdf/part.h"

#define MAX_KEPT       16
#define MAX_KEPT_BYTES ((size_t)4 << 20)

struct pdf_kept {
	struct pdf_kept *next;
	unsigned width, height;
	const void *rgb;
	struct pdf_bytes deflated;
};

struct pdf_picture {
	struct pdf_picture *next;
	const void *source; /* the page_image or page_symbol */
	unsigned number, object;
};

static struct pdf_bytes
deflate_image(struct pdf_writer *w, const struct page_image *image,
    struct arena *letter)
{
	struct pdf_kept *k;
	size_t n;

	n = (size_t)image->width * image->height * 3;
	for (k = w->kept; k != NULL; k = k->next)
		if (k->width == image->width && k->height == image->height &&
		    memcmp(k->rgb, image->rgb, n) == 0)
			return k->deflated;
	if (n > MAX_KEPT_BYTES || w->n_kept == MAX_KEPT)
		return pdf_deflate(w, PDF_EFFORT_RUN, image->rgb, n, letter);
	k = arena_alloc(w->run, sizeof *k);
	k->width = image->width;
	k->height = image->height;
	k->rgb = arena_strn(w->run, (const char *)image->rgb, n);
	k->deflated = pdf_deflate(w, PDF_EFFORT_RUN, image->rgb, n, w->run);
	k->next = w->kept;
	w->kept = k;
	w->n_kept++;
	return k->deflated;
}

static void
write_image(struct pdf_file *f, unsigned object, const struct page_image *image)
{
	struct str *s;

	s = &f->w->dict;
	str_fmt(s,
	    "/Type/XObject/Subtype/Image/Width %u/Height %u"
	    "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode",
	    image->width, image->height);
	pdf_object_put(f->objects, object, s, deflate_image(f->w, image, f->a));
}

static void
write_symbol(struct pdf_file *f, unsigned object,
    const struct page_symbol *symbol)
{
	uint8_t *bits;
	struct str *s;
	size_t row, x, y;

	row = (symbol->width + 7) / 8;
	bits = arena_array(f->a, row, symbol->width);
	for (y = 0; y < symbol->width; y++) {
		const uint8_t *modules = &symbol->modules[y * symbol->width];

		for (x = 0; x < symbol->width; x++)
			bits[y * row + x / 8] |=
			    (uint8_t)((modules[x] & 1) << (7 - x % 8));
	}
	s = &f->w->dict;
	str_fmt(s,
	    "/Type/XObject/Subtype/Image/Width %u/Height %u/ImageMask true"
	    "/BitsPerComponent 1/Decode[1 0]",
	    symbol->width, symbol->width);
	pdf_object_put(f->objects, object, s,
	    (struct pdf_bytes){ bits, row * symbol->width });
}

unsigned
pdf_image_number(struct pdf_file *f, const struct page_item *item)
{
	struct pdf_picture *p, **end;
	const void *source;

	if (item->kind == PAGE_IMAGE)
		source = item->image;
	else
		source = item->symbol;
	for (end = &f->pictures; (p = *end) != NULL; end = &p->next)
		if (p->source == source)
			return p->number;
	p = arena_alloc(f->a, sizeof *p);
	*end = p;
	p->source = source;
	p->number = f->n_pictures++;
	p->object = pdf_object_new(f->objects);
	if (item->kind == PAGE_IMAGE)
		write_image(f, p->object, item->image);
	else
		write_symbol(f, p->object, item->symbol);
	return p->number;
}

void
pdf_image_resources(struct pdf_file *f, struct str *dict)
{
	const struct pdf_picture *p;

	for (p = f->pictures; p != NULL; p = p->next)
		str_fmt(dict, "/I%u %u 0 R", p->number, p->object);
}
