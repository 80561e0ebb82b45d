#include "letter/symbols.h"

#include "letter/look.h"
#include "letter/panel.h"

#define GAP_ACROSS PU_PER_MM(6)
#define GAP_DOWN   PU_PER_MM(2)

struct cell {
	struct page_symbol symbol;
	struct shape below;
	int figure, words; /* nodes */
};

struct grid {
	struct shape title;
	struct cell *cells;
	size_t n, across;
	int32_t tile; /* side of the largest symbol with its quiet zone */
	int32_t below, head;
	int title_node;
};

static void
cell_place(struct flow *f, struct cell *c, int32_t x, int32_t y, int32_t tile)
{
	struct page_item *i =
	    build_item(f->build, PAGE_SYMBOL, c->figure, "payment");
	struct shape_part below = { .shape = &c->below,
		.to = c->below.n_lines,
		.x = x,
		.y = y + tile,
		.measure = tile,
		.align = ALIGN_CENTER };

	i->box = (struct page_box){ x, y, tile, tile };
	i->symbol = &c->symbol;
	shape_place(f->build, &below, c->words, "payment");
}

static void
grid_place(struct flow *f, const struct piece *p, size_t from, size_t to)
{
	const struct grid *g = p->content;
	int32_t y = f->y;

	for (size_t row = from; row < to; row++) {
		size_t first = row * g->across;

		if (row == 0) {
			struct shape_part title = { .shape = &g->title,
				.to = g->title.n_lines,
				.x = p->x,
				.y = y };

			shape_place(f->build, &title, g->title_node, "payment");
			y += g->head;
		}
		for (size_t i = first; i < first + g->across && i < g->n; i++)
			cell_place(f, &g->cells[i],
			    p->x +
				(int32_t)(i - first) * (g->tile + GAP_ACROSS),
			    y, g->tile);
		y += g->tile + g->below + GAP_DOWN;
	}
}

/* All symbols, each as large as the panel's, in tiles of one size. */
static int
grid_symbols(struct flow *f, struct grid *g, struct err *e)
{
	for (size_t i = 0; i < g->n; i++) {
		struct page_symbol *s = &g->cells[i].symbol;
		int32_t tile;

		if (panel_symbol(&f->payment->parts[i].code, f->build->arena, s,
			e))
			return -1;
		tile = panel_tile(s, f->look->symbol);
		if (tile > g->tile)
			g->tile = tile;
	}
	return 0;
}

static int
grid_words(struct flow *f, struct grid *g, const char *alt, struct err *e)
{
	struct build *b = f->build;

	g->title_node = build_node(b, TAG_P, f->node);
	if (shape_text(b, alt, &look_field, f->measure, &g->title, e))
		return -1;
	g->head = shape_height(&look_field, g->title.n_lines);
	for (size_t i = 0; i < g->n; i++) {
		const struct payment_part *part = &f->payment->parts[i];
		struct cell *c = &g->cells[i];
		int32_t height;

		c->figure = build_node(b, TAG_FIGURE, f->node);
		c->words = build_node(b, TAG_P, f->node);
		b->nodes[c->figure].alt = arena_fmt(b->arena, "%s: %s, %s", alt,
		    part->number, part->amount);
		if (shape_text(b,
			arena_fmt(b->arena, "%s\n%s", part->number,
			    part->amount),
			&look_small, g->tile, &c->below, e))
			return -1;
		height = shape_height(&look_small, c->below.n_lines);
		if (height > g->below)
			g->below = height;
	}
	return 0;
}

int
symbols_compose(struct flow *f, const struct block *image, struct err *e)
{
	struct arena *a = f->build->arena;
	struct grid *g = arena_alloc(a, sizeof(*g));
	struct piece *p;

	g->n = f->payment->n_parts;
	if (g->n == 0)
		return 0;
	g->cells = arena_array(a, g->n, sizeof(*g->cells));
	if (grid_symbols(f, g, e) || grid_words(f, g, image->alt, e))
		return -1;
	g->across =
	    (size_t)((f->measure + GAP_ACROSS) / (g->tile + GAP_ACROSS));
	if (g->across == 0) /* deep in a list */
		g->across = 1;
	p = flow_piece(f, grid_place, g);
	for (size_t row = 0; row * g->across < g->n; row++)
		flow_slice(f, p,
		    (row == 0 ? g->head : 0) + g->tile + g->below + GAP_DOWN);
	return 0;
}
