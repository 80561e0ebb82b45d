/*
 * markdown: CommonMark with tables (md4c) to a tree of blocks.
 *
 * Raw HTML is not markup here: it is text. The tree lives in the arena.
 */
#ifndef LETTER_MARKDOWN_H
#define LETTER_MARKDOWN_H

#include <stdbool.h>

#include "base/err.h"
#include "base/mem.h"

struct page_image;

enum block_kind {
	BLOCK_ROOT,
	BLOCK_PARAGRAPH,
	BLOCK_HEADING,
	BLOCK_QUOTE,
	BLOCK_LIST,
	BLOCK_LIST_ITEM,
	BLOCK_RULE,
	BLOCK_TABLE,
	BLOCK_ROW,
	BLOCK_CELL,
	BLOCK_IMAGE /* an image alone in its paragraph */
};

enum align {
	ALIGN_LEFT,
	ALIGN_CENTER,
	ALIGN_RIGHT
};

enum span_style {
	STYLE_BOLD = 1,
	STYLE_ITALIC = 2,
	STYLE_CODE = 4
};

/* A piece of text of one style. A hard break is a span with text "\n". */
struct span {
	const char *text;
	unsigned style;  /* of enum span_style, or-ed */
	const char *url; /* link target, or NULL */
	struct span *next;
};

struct block {
	enum block_kind kind;
	unsigned level;     /* HEADING: 1 to 6 */
	bool ordered;       /* LIST */
	unsigned start;     /* LIST, ordered: first number */
	bool header;        /* ROW, CELL: of the table head */
	enum align align;   /* CELL */
	const char *target; /* IMAGE: "qr:pay", "logo:", a file … */
	const char *alt;    /* IMAGE */
	const struct page_image *image; /* IMAGE, where it shows a file; set
					   by pictures_find */
	struct span *spans;             /* PARAGRAPH, HEADING, CELL */
	struct block *children, *next;
};

/*
 * Parses; ERR_USAGE for an image that is not alone in its paragraph, and then
 * *out is a root that has its target. Otherwise that is NULL.
 */
int markdown_parse(const char *text, size_t n, struct arena *a,
    struct block **out, struct err *e);

#endif
