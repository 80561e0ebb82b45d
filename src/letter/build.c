#include "letter/build.h"

#include <assert.h>
#include <string.h>

#define FIRST 64 /* a short letter's items, and about its nodes */

/* The array with room for one more; the old one stays in the arena. */
static void *
room(struct arena *a, void *array, size_t n, size_t *cap, size_t size)
{
	void *new;

	if (n < *cap)
		return array;
	*cap = *cap ? *cap * 2 : FIRST;
	new = arena_array(a, *cap, size);
	if (n)
		memcpy(new, array, n * size);
	return new;
}

void
build_init(struct build *b, struct arena *a, struct fonts *fonts,
    const char *lang)
{
	*b = (struct build){ .arena = a, .fonts = fonts, .lang = lang };
	build_node(b, TAG_DOCUMENT, -1);
}

void
build_page(struct build *b)
{
	b->pages = room(b->arena, b->pages, b->n_pages, &b->cap_pages,
	    sizeof(*b->pages));
	b->open = b->n_pages++;
}

void
build_reopen(struct build *b, size_t page)
{
	assert(page < b->n_pages);
	b->open = page;
}

int
build_node(struct build *b, enum page_tag tag, int parent)
{
	assert(parent < (int)b->n_nodes);
	b->nodes = room(b->arena, b->nodes, b->n_nodes, &b->cap_nodes,
	    sizeof(*b->nodes));
	b->nodes[b->n_nodes] =
	    (struct page_node){ .tag = tag, .parent = parent };
	return (int)b->n_nodes++;
}

int
build_link_node(struct build *b, int parent, const char *url, const char *words)
{
	int node = build_node(b, TAG_LINK, parent);

	b->nodes[node].url = url;
	b->nodes[node].alt = words;
	return node;
}

static struct build_page *
open_page(struct build *b)
{
	assert(b->open < b->n_pages);
	return &b->pages[b->open];
}

struct page_item *
build_item(struct build *b, enum page_kind kind, int node, const char *role)
{
	struct build_page *p = open_page(b);

	p->items = room(b->arena, p->items, p->n_items, &p->cap_items,
	    sizeof(*p->items));
	p->items[p->n_items] =
	    (struct page_item){ .kind = kind, .node = node, .role = role };
	return &p->items[p->n_items++];
}

struct page_item *
build_last(struct build *b)
{
	struct build_page *p = open_page(b);

	assert(p->n_items > 0);
	return &p->items[p->n_items - 1];
}

void
build_fill(struct build *b, const char *role, struct page_box box, uint32_t rgb)
{
	struct page_item *i = build_item(b, PAGE_FILL, -1, role);

	i->box = box;
	i->rgb = rgb;
}

void
build_link(struct build *b, int node, struct page_box box)
{
	struct build_page *p = open_page(b);

	p->links = room(b->arena, p->links, p->n_links, &p->cap_links,
	    sizeof(*p->links));
	p->links[p->n_links++] = (struct page_link){ .node = node, .box = box };
}

unsigned
build_font(struct build *b, const struct page_font *font)
{
	for (size_t i = 0; i < b->n_used; i++) {
		if (b->used[i] == font)
			return (unsigned)i;
	}
	b->used =
	    room(b->arena, b->used, b->n_used, &b->cap_used, sizeof(void *));
	b->used[b->n_used] = font;
	return (unsigned)b->n_used++;
}

void
build_warn(struct build *b, uint32_t code_point, const char *text)
{
	for (size_t i = 0; i < b->n_warnings; i++) {
		if (b->warnings[i].code_point == code_point)
			return;
	}
	b->warnings = room(b->arena, b->warnings, b->n_warnings,
	    &b->cap_warnings, sizeof(*b->warnings));
	b->warnings[b->n_warnings++] =
	    (struct page_warning){ .code_point = code_point, .text = text };
}

void
build_finish(const struct build *b, struct page_doc *out)
{
	struct page *pages = arena_array(b->arena, b->n_pages, sizeof(*pages));

	for (size_t i = 0; i < b->n_pages; i++)
		pages[i] = (struct page){ .items = b->pages[i].items,
			.n_items = b->pages[i].n_items,
			.links = b->pages[i].links,
			.n_links = b->pages[i].n_links };
	out->pages = pages;
	out->n_pages = b->n_pages;
	out->nodes = b->nodes;
	out->n_nodes = b->n_nodes;
	out->fonts = b->used;
	out->n_fonts = b->n_used;
	out->warnings = b->warnings;
	out->n_warnings = b->n_warnings;
}
