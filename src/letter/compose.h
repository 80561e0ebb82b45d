/*
 * compose: a tree of blocks down the pages.
 *
 * A heading keeps to what it heads, a table's rows and the way to pay are
 * never split, a paragraph leaves no single line behind.
 */
#ifndef LETTER_COMPOSE_H
#define LETTER_COMPOSE_H

#include "letter/build.h"
#include "letter/geometry.h"
#include "letter/labels.h"
#include "letter/look.h"
#include "letter/markdown.h"
#include "letter/payment.h"
#include "letter/shape.h"

/* What is set, on what, and where the pen is. */
struct flow {
	struct build *build;
	const struct geometry *geometry;
	const struct labels *labels;
	const struct payment_block *payment;
	struct page_symbol **symbol; /* of it, once for all looks */
	const struct page_image *logo, *signature; /* or NULL */
	const struct look *look;
	const struct type *type; /* of paragraphs */
	int32_t x, measure;      /* of the text, less any indent */
	int32_t y;               /* below the last block */
	bool fresh;              /* nothing on this page yet */
	int node;                /* parent of the next block */
};

/* Sets the blocks from the flow's y on. ERR_USAGE for an unknown image. */
int compose_blocks(struct flow *f, const struct block *root, struct err *e);

/* Goes on at the top of a new page. */
void flow_page(struct flow *f);

/* True if the height fits above the foot of the page. */
bool flow_fits(const struct flow *f, int32_t height);

/* Room between blocks; none at the top of a page. */
void flow_gap(struct flow *f, int32_t gap);

#endif
