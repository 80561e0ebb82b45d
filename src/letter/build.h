/*
 * build: a page_doc in the making: pages, nodes, items, links.
 *
 * Everything is made in the letter's arena. Items go to the open page.
 * Fonts are numbered in the order the letter first uses them, so that a
 * letter does not depend on those before it.
 */
#ifndef LETTER_BUILD_H
#define LETTER_BUILD_H

#include "letter/font.h"
#include "letter/page.h"

struct build_page {
	struct page_item *items;
	struct page_link *links;
	size_t n_items, cap_items, n_links, cap_links;
	int32_t foot; /* y of what fills the sheet from there on; 0: nothing */
};

struct build {
	struct arena *arena;
	struct fonts *fonts;
	const char *lang;
	struct build_page *pages;
	struct page_node *nodes;
	const struct page_font **used;
	size_t open; /* index of the open page */
	size_t n_pages, cap_pages, n_nodes, cap_nodes, n_used, cap_used;
	bool boxes; /* one may stand for a character that no font has */
	struct page_warning *warnings;
	size_t n_warnings, cap_warnings;
};

/* Starts with no page and the Document node. */
void build_init(struct build *b, struct arena *a, struct fonts *fonts,
    const char *lang);

/* Adds a page and opens it. */
void build_page(struct build *b);

/* Opens page 0, 1, … again, for what is known only at the end. */
void build_reopen(struct build *b, size_t page);

/* A new node; returns its index. */
int build_node(struct build *b, enum page_tag tag, int parent);

/* A new link node to the url, with its words for those who cannot see. */
int build_link_node(struct build *b, int parent, const char *url,
    const char *words);

/* A new item on the open page, valid until the next one is made. */
struct page_item *build_item(struct build *b, enum page_kind kind, int node,
    const char *role);

/* The item made last on the open page. */
struct page_item *build_last(struct build *b);

/* An artifact: a filled box. */
void build_fill(struct build *b, const char *role, struct page_box box,
    uint32_t rgb);

/* A place of the open page that leads where the link node says. */
void build_link(struct build *b, int node, struct page_box box);

/* The letter's number for a font. */
unsigned build_font(struct build *b, const struct page_font *font);

/* Warns of a character, once. The text is lent. */
void build_warn(struct build *b, uint32_t code_point, const char *text);

/* Hands pages, nodes and fonts over to the document. */
void build_finish(const struct build *b, struct page_doc *out);

#endif
