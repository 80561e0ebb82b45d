#include "pdf/font.h"

#define SOFT_HYPHEN "\u00AD"

/*
 * Clusters rise in text that runs from left to right and fall in text that
 * runs from right to left; the text of one reaches to the next higher one.
 * The first and the last take what no glyph claims.
 */
static void
find_text(const struct page_run *r, size_t n, struct pdf_cluster *c)
{
	size_t behind, from, to;
	bool falls;

	behind = c->first + c->n;
	falls = r->glyphs[0].cluster > r->glyphs[n - 1].cluster;
	if (falls) {
		from = behind < n ? r->glyphs[c->first].cluster : 0;
		to = c->first > 0 ? r->glyphs[c->first - 1].cluster
				  : r->text_len;
	} else {
		from = c->first > 0 ? r->glyphs[c->first].cluster : 0;
		to = behind < n ? r->glyphs[behind].cluster : r->text_len;
	}
	c->turns = falls;
	c->text = r->text + from;
	c->len = to > from ? to - from : 0;
}

bool
pdf_cluster_splits(const struct pdf_font *font, const struct pdf_cluster *c)
{
	const char *p;

	if (c->len == 0 || font->face->space == 0)
		return false;
	p = c->text;
	(void)utf8_next(&p);
	return p < c->text + c->len;
}

bool
pdf_cluster_next(const struct page_run *r, struct pdf_cluster *c)
{
	size_t n;

	c->first += c->n;
	if (c->first >= r->n_glyphs)
		return false;
	n = r->soft_hyphen ? r->n_glyphs - 1 : r->n_glyphs;
	c->n = 1;
	if (c->first == n) {
		c->text = SOFT_HYPHEN;
		c->len = sizeof SOFT_HYPHEN - 1;
		c->turns = false;
		return true;
	}
	while (c->first + c->n < n &&
	    r->glyphs[c->first + c->n].cluster == r->glyphs[c->first].cluster)
		c->n++;
	find_text(r, n, c);
	return true;
}
