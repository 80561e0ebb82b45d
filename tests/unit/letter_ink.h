/*
 * letter_ink: where the ink of a placed item is, glyph by glyph, for tests of
 * what shows in a window.
 */
#ifndef LETTER_INK_H
#define LETTER_INK_H

#include "letter/page.h"

struct ink { /* pu */
	int32_t left, top, right, bottom;
};

static void
ink_add(struct ink *all, struct ink one)
{
	all->left = one.left < all->left ? one.left : all->left;
	all->top = one.top < all->top ? one.top : all->top;
	all->right = one.right > all->right ? one.right : all->right;
	all->bottom = one.bottom > all->bottom ? one.bottom : all->bottom;
}

static struct ink
ink_of_run(const struct page_doc *d, const struct page_run *r)
{
	struct ink all = { INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN };
	hb_font_t *font = hb_font_create(d->fonts[r->font]->face);
	int32_t x = r->x;

	hb_font_set_scale(font, r->size, r->size);
	for (size_t i = 0; i < r->n_glyphs; i++) {
		const struct page_glyph *g = &r->glyphs[i];
		hb_glyph_extents_t ex;

		if (hb_font_get_glyph_extents(font, g->gid, &ex) &&
		    ex.width != 0 && ex.height != 0) {
			int32_t left = x + g->dx + ex.x_bearing;
			int32_t top = r->y + g->dy - ex.y_bearing;

			ink_add(&all,
			    (struct ink){
				left, top, left + ex.width, top - ex.height });
		}
		x += g->advance;
	}
	hb_font_destroy(font);
	return all;
}

/* Of words their glyphs, of all else the box. */
static struct ink
ink_of_item(const struct page_doc *d, const struct page_item *item)
{
	const struct page_box *b = &item->box;
	struct ink all = { INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN };

	if (item->kind != PAGE_TEXT)
		return (struct ink){ b->x, b->y, b->x + b->w, b->y + b->h };
	for (size_t i = 0; i < item->n_runs; i++)
		ink_add(&all, ink_of_run(d, &item->runs[i]));
	return all;
}

static bool
ink_inside(const struct ink *a, const struct ink *b)
{
	return a->left >= b->left && a->top >= b->top && a->right <= b->right &&
	    a->bottom <= b->bottom;
}

static bool
ink_meets(const struct ink *a, const struct ink *b)
{
	return a->left < b->right && b->left < a->right && a->top < b->bottom &&
	    b->top < a->bottom;
}

#endif
