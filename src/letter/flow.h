/*
 * flow: a letter down its pages.
 *
 * What is set is first cut into slices, parts that no page break goes
 * through. When all are there, the pages are broken and the slices placed:
 * so what belongs together is known before anything has its place.
 */
#ifndef LETTER_FLOW_H
#define LETTER_FLOW_H

#include "letter/build.h"
#include "letter/geometry.h"
#include "letter/labels.h"
#include "letter/look.h"
#include "letter/payment.h"
#include "letter/shape.h"

/* Whether a page may break before a slice. */
enum keep {
	KEEP_NOT,   /* it may */
	KEEP_WISH,  /* not if all that is kept together fits on a page */
	KEEP_ALWAYS /* never */
};

struct flow;
struct swiss_slip;

/* What slices are cut from: a paragraph's lines, a table's rows, a picture. */
struct piece {
	/* Places slices from..to - 1 with their top at the flow's y. */
	void (*place)(struct flow *f, const struct piece *p, size_t from,
	    size_t to);
	const void *content; /* what `place` reads */
	int32_t x, measure;
	int node;
	size_t n; /* its slices so far */
};

struct slice {
	struct piece *piece;
	size_t index;        /* in the piece */
	int32_t gap, height; /* no gap at the head of a page */
	int32_t again;       /* what the piece repeats above it there */
	enum keep keep;      /* with the slice before */
	bool breaks;         /* a new page begins with it */
	bool quoted;         /* a bar runs along it */
	int32_t bar;         /* x of that */
};

/* What is set, on what, and where the pen is. */
struct flow {
	struct build *build;
	const struct geometry *geometry;
	const struct labels *labels;
	const struct payment_block *payment;
	struct page_symbol **symbol; /* of pay, of epc, once for all looks */
	struct swiss_slip **slip;    /* of the payment, likewise */
	const struct look *look;

	/* While slices are cut. */
	const struct type *type; /* of paragraphs */
	int32_t x, measure;      /* of the text, less any indent */
	int node;                /* parent of the next block */
	int32_t gap;             /* above the next slice */
	enum keep keep;          /* of the next slice */
	bool quoted;             /* the next slices have a bar */
	int32_t bar;             /* x of it */
	struct slice *slices;
	size_t n, cap;

	bool asks_slip; /* a Swiss payment part comes below all */

	/* While they are placed. */
	int32_t y;
};

/* A new piece of the flow's measure and node, in the letter's arena. */
struct piece *flow_piece(struct flow *f,
    void (*place)(struct flow *f, const struct piece *p, size_t from,
	size_t to),
    const void *content);

/* Adds the piece's next slice; valid until another one is added. */
struct slice *flow_slice(struct flow *f, struct piece *p, int32_t height);

/* Room above the next slice, and its tie: the most that anyone asks for. */
void flow_gap(struct flow *f, int32_t gap);
void flow_keep(struct flow *f, enum keep keep);

/*
 * Places all slices from y of the open page on, and on new pages. ERR_DATA
 * if something that must stay together is higher than a page.
 */
int flow_place(struct flow *f, struct err *e);

#endif
