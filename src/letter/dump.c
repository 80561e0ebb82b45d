/* page_dump of page.h. */
#include <assert.h>

#include "letter/page.h"

#define MM(pu) ((double)(pu)*25.4 / 72.0 / PU_PER_PT)

static const char *
kind_name(enum page_kind kind)
{
	switch (kind) {
	case PAGE_TEXT:
		return "text";
	case PAGE_FILL:
		return "fill";
	case PAGE_IMAGE:
		return "image";
	case PAGE_SYMBOL:
		return "symbol";
	}
	assert(0);
	return "";
}

/* Where a line ends within an item stands \n. */
static void
text_dump(const struct page_item *item, struct str *out)
{
	str_puts(out, "  \"");
	for (size_t i = 0; i < item->n_runs; i++) {
		const struct page_run *r = &item->runs[i];

		if (i > 0 && r->y != r[-1].y)
			str_puts(out, "\\n");
		for (size_t k = 0; k < r->text_len; k++) {
			if (r->text[k] == '"' || r->text[k] == '\\')
				str_putc(out, '\\');
			str_putc(out, r->text[k]);
		}
	}
	str_putc(out, '"');
}

void
page_dump(const struct page_doc *d, struct str *out)
{
	for (size_t p = 0; p < d->n_pages; p++) {
		const struct page *page = &d->pages[p];

		str_fmt(out, "page %zu\n", p + 1);
		for (size_t i = 0; i < page->n_items; i++) {
			const struct page_item *item = &page->items[i];

			str_fmt(out, "%s  %s  %.2f %.2f %.2f %.2f",
			    kind_name(item->kind), item->role, MM(item->box.x),
			    MM(item->box.y), MM(item->box.w), MM(item->box.h));
			if (item->kind == PAGE_TEXT)
				text_dump(item, out);
			str_putc(out, '\n');
		}
	}
}
