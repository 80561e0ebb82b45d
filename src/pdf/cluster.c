#include "pdf/cluster.h"

#include "base/utf8.h"
#include "pdf/font.h"

#define SOFT_HYPHEN "\u00AD"

/* Glyphs that stand for the run's text. */
static size_t
count_glyphs(const struct page_run *r)
{
	return r->soft_hyphen ? r->n_glyphs - 1 : r->n_glyphs;
}

bool
pdf_run_turns(const struct page_run *r)
{
	size_t n;

	n = count_glyphs(r);
	return n > 0 && r->glyphs[0].cluster > r->glyphs[n - 1].cluster;
}

/*
 * Clusters rise in text that runs from left to right and fall in text that
 * runs from right to left; the text of one reaches to the next higher one.
 * The first and the last take what no glyph claims.
 */
static void
find_text(const struct page_run *r, size_t n, struct pdf_cluster *c)
{
	size_t behind, from, to;

	behind = c->first + c->n;
	c->turns = pdf_run_turns(r);
	if (c->turns) {
		from = behind < n ? r->glyphs[c->first].cluster : 0;
		to = c->first > 0 ? r->glyphs[c->first - 1].cluster
				  : r->text_len;
	} else {
		from = c->first > 0 ? r->glyphs[c->first].cluster : 0;
		to = behind < n ? r->glyphs[behind].cluster : r->text_len;
	}
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
	n = count_glyphs(r);
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
