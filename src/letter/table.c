#include "letter/table.h"

#include <assert.h>

#include "letter/look.h"

#define GAP_LEAST     PU_PER_MM(4) /* between columns */
#define GAP_TIGHT     PU_PER_MM(2) /* the same where it is narrow */
#define RULE          PU_PER_MM(0.3)
#define HAIRLINE      PU_PER_MM(0.12)
#define TABLE_COLUMNS 12
#define SUM_ROWS      6 /* at the end, kept together */
#define LEAST_TENTHS  8 /* of the size of type, for words that do not fit */

struct cell {
	const struct block *block; /* NULL where the row is short */
	struct shape shape;
};

struct row {
	const struct block *block;
	struct cell *cells;
	int32_t height;
	bool sum; /* its first cell is bold from end to end */
};

struct table {
	struct row *rows;
	size_t n_rows, n_heads, n_columns;
	size_t sums; /* index of the first of those that end it */
	int32_t x[TABLE_COLUMNS], width[TABLE_COLUMNS];
	int32_t row_pad;
	struct type cell, head;
	bool broken; /* words are cut: no column can be as wide as its own */
};

static bool
all_bold(const struct span *spans)
{
	const struct span *s = spans;

	while (s && (s->style & STYLE_BOLD))
		s = s->next;
	return spans && !s;
}

static const struct type *
cell_type(const struct table *t, const struct row *r)
{
	return r->block->header ? &t->head : &t->cell;
}

/* Tenths of the size that the look gives. */
static struct type
smaller(const struct type *type, int tenths)
{
	struct type t = *type;

	t.size = t.size * tenths / 10;
	t.leading = t.leading * tenths / 10;
	return t;
}

static int
row_read(struct flow *f, const struct block *block, struct table *t,
    struct row *r, struct err *e)
{
	size_t i = 0;

	*r = (struct row){ .block = block };
	r->cells =
	    arena_array(f->build->arena, TABLE_COLUMNS, sizeof(*r->cells));
	for (const struct block *c = block->children; c; c = c->next, i++) {
		if (i == TABLE_COLUMNS)
			return err_set(e, ERR_USAGE,
			    "a table has more than %d columns; the sheet is "
			    "not wider",
			    TABLE_COLUMNS);
		r->cells[i].block = c;
		if (shape_spans(f->build, c->spans, cell_type(t, r),
			SHAPE_ONE_LINE, &r->cells[i].shape, e))
			return -1;
	}
	if (i > t->n_columns)
		t->n_columns = i;
	r->sum = !block->header && i > 0 && all_bold(block->children->spans);
	return 0;
}

static int
table_read(struct flow *f, const struct block *block, int tenths,
    struct table *t, struct err *e)
{
	size_t n = 0;

	*t = (struct table){
		.cell = smaller(&f->look->cell, tenths),
		.head = smaller(&f->look->cell_head, tenths),
	};
	for (const struct block *r = block->children; r; r = r->next)
		n++;
	t->rows = arena_array(f->build->arena, n, sizeof(*t->rows));
	for (const struct block *r = block->children; r; r = r->next) {
		if (row_read(f, r, t, &t->rows[t->n_rows], e))
			return -1;
		if (r->header)
			t->n_heads = t->n_rows + 1;
		t->n_rows++;
	}
	return 0;
}

static int32_t
sum_widths(const struct table *t)
{
	int32_t sum = 0;

	for (size_t c = 0; c < t->n_columns; c++)
		sum += t->width[c];
	return sum;
}

/* The widest cell of each column; those of which `broken` by their words. */
static int
widths_measure(struct flow *f, const struct table *t, size_t broken,
    int32_t width[TABLE_COLUMNS], struct err *e)
{
	for (size_t c = 0; c < t->n_columns; c++)
		width[c] = 0;
	for (size_t r = 0; r < t->n_rows; r++) {
		for (size_t c = 0; c < t->n_columns; c++) {
			const struct cell *cell = &t->rows[r].cells[c];
			struct shape words = cell->shape;

			if (r < broken && cell->block &&
			    shape_spans(f->build, cell->block->spans,
				cell_type(t, &t->rows[r]), SHAPE_WORDS, &words,
				e))
				return -1;
			if (words.width > width[c])
				width[c] = words.width;
		}
	}
	return 0;
}

/* A column of at most this width, unless a word needs more. */
static int32_t
width_at(const struct table *t, size_t c, int32_t most, const int32_t *least)
{
	int32_t w = t->width[c] < most ? t->width[c] : most;

	return w > least[c] ? w : least[c];
}

/*
 * Where not even the longest words fit, some are broken: those of columns
 * set right are amounts, and give way last.
 */
static void
least_reduce(struct table *t, int32_t room, int32_t least[TABLE_COLUMNS])
{
	for (int pass = 0; pass < 2; pass++) {
		int32_t sum = 0;

		for (size_t c = 0; c < t->n_columns; c++)
			sum += least[c];
		if (sum <= room)
			return;
		t->broken = true;
		for (size_t c = 0; c < t->n_columns; c++) {
			const struct block *head = t->rows[0].cells[c].block;

			if (pass == 1 || !head || head->align != ALIGN_RIGHT)
				least[c] = 0;
		}
	}
}

/* The widest columns give way until all fit, none below its longest word. */
static int
widths_shrink(struct flow *f, struct table *t, int32_t room, struct err *e)
{
	int32_t least[TABLE_COLUMNS], low = 0, high = room, sum;

	if (widths_measure(f, t, t->n_rows, least, e))
		return -1;
	least_reduce(t, room, least);
	while (low < high) {
		int32_t most = low + (high - low + 1) / 2;

		sum = 0;
		for (size_t c = 0; c < t->n_columns; c++)
			sum += width_at(t, c, most, least);
		if (sum > room)
			high = most - 1;
		else
			low = most;
	}
	for (size_t c = 0; c < t->n_columns; c++)
		t->width[c] = width_at(t, c, low, least);
	return 0;
}

/* As wide as their cells; else heads break at spaces, gaps and cells shrink. */
static int
columns_place(struct flow *f, struct table *t, struct err *e)
{
	int32_t gaps = (int32_t)t->n_columns - 1;
	int32_t room = f->measure - gaps * GAP_LEAST;
	int32_t x = f->x, spare;

	if (widths_measure(f, t, 0, t->width, e))
		return -1;
	if (sum_widths(t) > room &&
	    widths_measure(f, t, t->n_heads, t->width, e))
		return -1;
	if (sum_widths(t) > room)
		room = f->measure - gaps * GAP_TIGHT;
	if (sum_widths(t) > room && widths_shrink(f, t, room, e))
		return -1;
	spare = f->measure - sum_widths(t);
	for (size_t c = 0; c < t->n_columns; c++) {
		t->x[c] = x;
		x += t->width[c] + (gaps ? spare / gaps : 0);
	}
	/* What the division left goes before the last column. */
	if (gaps)
		t->x[gaps] = f->x + f->measure - t->width[gaps];
	return 0;
}

/* Breaks the cells that are wider than their column; sets the heights. */
static int
rows_fit(const struct flow *f, struct table *t, struct err *e)
{
	int32_t most = f->geometry->text.h / 2; /* with its heads on a page */

	for (size_t i = 0; i < t->n_rows; i++) {
		struct row *r = &t->rows[i];
		size_t lines = 1;

		for (size_t c = 0; c < t->n_columns; c++) {
			struct cell *cell = &r->cells[c];

			if (cell->shape.width > t->width[c] &&
			    shape_spans(f->build, cell->block->spans,
				cell_type(t, r), t->width[c], &cell->shape, e))
				return -1;
			if (cell->shape.n_lines > lines)
				lines = cell->shape.n_lines;
		}
		r->height =
		    shape_height(cell_type(t, r), lines) + 2 * f->look->row_pad;
		if (r->height > most)
			return err_set(e, ERR_DATA,
			    "a row of a table is taller than half a page; its "
			    "texts are too long");
	}
	return 0;
}

/* node -1: the head again, for the eye only. Returns the y below. */
static int32_t
row_place(struct build *b, const struct table *t, size_t at, int32_t y,
    int node)
{
	const struct row *r = &t->rows[at];
	int row = node < 0 ? -1 : build_node(b, TAG_TR, node);

	for (size_t c = 0; c < t->n_columns; c++) {
		const struct cell *cell = &r->cells[c];
		enum page_tag tag = r->block->header ? TAG_TH : TAG_TD;
		int in = row < 0 ? -1 : build_node(b, tag, row);
		struct shape_part p = { .shape = &cell->shape,
			.to = cell->shape.n_lines,
			.x = t->x[c],
			.y = y + t->row_pad,
			.measure = t->width[c] };

		if (!cell->block || cell->shape.n_lines == 0)
			continue;
		p.align = cell->block->align;
		shape_place(b, &p, in, "cell");
	}
	return y + r->height;
}

static void
rule_place(struct build *b, const struct piece *p, int32_t y, bool strong)
{
	int32_t h = strong ? RULE : HAIRLINE;

	build_fill(b, "rule", (struct page_box){ p->x, y - h, p->measure, h },
	    strong ? LOOK_ACCENT : LOOK_LINE);
}

/* The line below a row: strong around the rows, and above their sum. */
static void
row_end(struct build *b, const struct piece *p, size_t at, int32_t y)
{
	const struct table *t = p->content;
	bool last = at + 1 == t->n_rows;

	if (at + 1 == t->n_heads)
		rule_place(b, p, y, true);
	else if (at < t->n_heads || (last && t->rows[at].sum))
		return;
	else
		rule_place(b, p, y, !last && t->rows[at + 1].sum);
}

static void
rows_place(struct flow *f, const struct piece *p, size_t from, size_t to)
{
	const struct table *t = p->content;
	struct build *b = f->build;
	int32_t y = f->y;

	for (size_t i = 0; i < t->n_heads && from >= t->n_heads; i++) {
		y = row_place(b, t, i, y, -1);
		row_end(b, p, i, y);
	}
	for (size_t i = from; i < to; i++) {
		y = row_place(b, t, i, y, p->node);
		row_end(b, p, i, y);
	}
}

static int32_t
heads_height(const struct table *t)
{
	int32_t h = 0;

	for (size_t i = 0; i < t->n_heads; i++)
		h += t->rows[i].height;
	return h;
}

/*
 * Where the sums begin: the first of the last rows that is one, with what is
 * added to it up to the last. The number of rows if the table ends in none.
 */
static size_t
sums_begin(const struct table *t)
{
	size_t i = t->n_rows > t->n_heads + SUM_ROWS ? t->n_rows - SUM_ROWS
						     : t->n_heads;

	if (t->n_rows == 0 || !t->rows[t->n_rows - 1].sum)
		return t->n_rows;
	while (!t->rows[i].sum)
		i++;
	return i;
}

/* Heads with a row, a sum with a row; else two rows, rather than one. */
static enum keep
row_keep(const struct table *t, size_t at)
{
	if (at == 0)
		return KEEP_NOT;
	if (at <= t->n_heads || t->rows[at].sum)
		return KEEP_ALWAYS;
	if (at == t->n_heads + 1 || at + 1 >= t->sums)
		return KEEP_WISH;
	return KEEP_NOT;
}

static int
table_size(struct flow *f, const struct block *block, int tenths,
    struct table *t, struct err *e)
{
	if (table_read(f, block, tenths, t, e))
		return -1;
	return t->n_columns > 0 ? columns_place(f, t, e) : 0;
}

/*
 * In a smaller size rather than with sums and dates cut in two; in its own
 * where that would not help.
 */
static int
table_fit(struct flow *f, const struct block *block, struct table *t,
    struct err *e)
{
	for (int tenths = 10; tenths >= LEAST_TENTHS; tenths--) {
		if (table_size(f, block, tenths, t, e))
			return -1;
		if (!t->broken)
			return 0;
	}
	return table_size(f, block, 10, t, e);
}

int
table_compose(struct flow *f, const struct block *block, struct err *e)
{
	struct table *t = arena_alloc(f->build->arena, sizeof(*t));
	struct piece *p;

	if (table_fit(f, block, t, e) || rows_fit(f, t, e))
		return -1;
	if (t->n_columns == 0)
		return 0;
	t->row_pad = f->look->row_pad;
	t->sums = sums_begin(t);
	p = flow_piece(f, rows_place, t);
	p->node = build_node(f->build, TAG_TABLE, f->node);
	for (size_t i = 0; i < t->n_rows; i++) {
		struct slice *s;

		flow_keep(f, row_keep(t, i));
		s = flow_slice(f, p, t->rows[i].height);
		if (i >= t->n_heads)
			s->again = heads_height(t);
	}
	return 0;
}
