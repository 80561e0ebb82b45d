/*
 * What the data of a letter can get wrong is an error with a way out. What
 * only a mistake in the program can get wrong is an assert.
 */
#include <assert.h>
#include <string.h>

#include "pdf/object.h"
#include "pdf/part.h"

#include "base/date.h"
#include "base/utf8.h"

#define MAX_SIDE  (14400 * PU_PER_PT) /* ISO 32000-1, annex C */
#define MAX_NODES 1000000

static int
check_text(const char *what, const char *s, struct err *e)
{
	if (s == NULL || *s == '\0')
		return err_set(e, ERR_DATA,
		    "the letter has no %s: PDF/UA asks for one", what);
	if (utf8_bad(s, strlen(s)) != -1)
		return err_set(e, ERR_DATA,
		    "the %s of the letter is not valid UTF-8", what);
	return 0;
}

/* Only places a person can look at: no scripts, no files, no controls. */
static int
check_url(const char *url, struct err *e)
{
	static const char *const schemes[] = { "https://", "http://",
		"mailto:" };
	const unsigned char *p;
	size_t i;

	if (check_text("address of a link", url, e) == -1)
		return -1;
	for (i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
		if (strncmp(url, schemes[i], strlen(schemes[i])) == 0)
			break;
	if (i == sizeof schemes / sizeof schemes[0])
		return err_set(e, ERR_DATA,
		    "link to '%s': only https, http and mailto are allowed",
		    url);
	for (p = (const unsigned char *)url; *p != '\0'; p++)
		if (*p <= ' ' || *p == 0x7F)
			return err_set(e, ERR_DATA,
			    "link to '%s': write a space as %%20", url);
	return 0;
}

static int
check_lang(const char *lang, struct err *e)
{
	if (check_text("language", lang, e) == -1)
		return -1;
	if (strspn(lang,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789-") != strlen(lang))
		return err_set(e, ERR_DATA,
		    "'%s' is no language tag; write one such as fr-FR", lang);
	return 0;
}

static bool
has_link(const struct page_doc *d, int node)
{
	size_t page, i;

	for (page = 0; page < d->n_pages; page++)
		for (i = 0; i < d->pages[page].n_links; i++)
			if (d->pages[page].links[i].node == node)
				return true;
	return false;
}

static int
check_nodes(const struct page_doc *d, struct err *e)
{
	const struct page_node *node;
	size_t i;

	if (d->n_nodes > MAX_NODES)
		return err_set(e, ERR_DATA,
		    "the letter has %zu parts; cut it into several files",
		    d->n_nodes);
	assert(d->n_nodes > 0 && d->nodes[0].tag == TAG_DOCUMENT);
	for (i = 0; i < d->n_nodes; i++) {
		node = &d->nodes[i];
		assert(node->parent < (int)i);
		assert((node->parent >= 0) == (i > 0));
		if (node->tag == TAG_FIGURE &&
		    check_text("alternative text of an image", node->alt, e) ==
			-1)
			return -1;
		if (node->tag != TAG_LINK)
			continue;
		if (check_url(node->url, e) == -1)
			return -1;
		if (node->alt != NULL && *node->alt != '\0' &&
		    check_text("description of a link", node->alt, e) == -1)
			return -1;
		if (!has_link(d, (int)i))
			return err_set(e, ERR_DATA,
			    "link to '%s' has no text to click on; write some",
			    node->url);
	}
	return 0;
}

static int
check_run(const struct page_doc *d, const struct page_run *r, struct err *e)
{
	size_t i;

	assert(r->font < d->n_fonts && r->size > 0);
	for (i = 0; i < r->n_glyphs; i++)
		assert(r->glyphs[i].cluster <= r->text_len);
	if (utf8_bad(r->text, r->text_len) != -1)
		return err_set(e, ERR_DATA,
		    "a text of the letter is not valid UTF-8");
	return 0;
}

static int
check_item(const struct page_doc *d, const struct page_item *item,
    struct err *e)
{
	size_t i;

	assert(item->node >= -1 && item->node < (int)d->n_nodes);
	switch (item->kind) {
	case PAGE_TEXT:
		for (i = 0; i < item->n_runs; i++)
			if (check_run(d, &item->runs[i], e) == -1)
				return -1;
		break;
	case PAGE_FILL:
		break;
	case PAGE_IMAGE:
		assert(item->image->width > 0 && item->image->height > 0);
		break;
	case PAGE_SYMBOL:
		assert(item->symbol->width > 0);
		break;
	}
	return 0;
}

int
pdf_check(const struct page_doc *d, struct err *e)
{
	const struct page *page;
	date_t date;
	size_t i, j;

	assert(d->width > 0 && d->width <= MAX_SIDE);
	assert(d->height > 0 && d->height <= MAX_SIDE);
	assert(d->n_pages > 0);
	if (check_text("title", d->title, e) == -1 ||
	    check_lang(d->lang, e) == -1 || check_nodes(d, e) == -1)
		return -1;
	if (d->author != NULL && *d->author != '\0' &&
	    check_text("author", d->author, e) == -1)
		return -1;
	if (date_parse(d->date, &date, e) == -1)
		return err_add(e, "date of the letter");
	for (i = 0; i < d->n_pages; i++) {
		page = &d->pages[i];
		for (j = 0; j < page->n_items; j++)
			if (check_item(d, &page->items[j], e) == -1)
				return err_add(e, "page %zu", i + 1);
		for (j = 0; j < page->n_links; j++)
			assert(d->nodes[page->links[j].node].tag == TAG_LINK);
	}
	return 0;
}
