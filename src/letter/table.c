#include "letter/table.h"

#include <assert.h>

#include "letter/look.h"

#define GAP_LEAST     PU_PER_MM(4) /* between columns */
#define RULE          PU_PER_MM(0.3)
#define HAIRLINE      PU_PER_MM(0.12)
#define TABLE_COLUMNS 12

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
	int32_t x[TABLE_COLUMNS], width[TABLE_COLUMNS];
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
cell_type(const struct flow *f, const struct row *r)
{
	return r->block->header ? &f->look->cell_head : &f->look->cell;
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
		if (shape_spans(f->build, c->spans, cell_type(f, r),
			SHAPE_ONE_LINE, &r->cells[i].shape, e))
			return -1;
	}
	if (i > t->n_columns)
		t->n_columns = i;
	r->sum = !block->header && i > 0 && all_bold(block->children->spans);
	return 0;
}

static int
table_read(struct flow *f, const struct block *block, struct table *t,
    struct err *e)
{
	size_t n = 0;

	*t = (struct table){ 0 };
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

/* A column takes its widest cell; heads may break at spaces if need be. */
static int
widths_measure(struct flow *f, struct table *t, bool heads_break, struct err *e)
{
	for (size_t c = 0; c < t->n_columns; c++)
		t->width[c] = 0;
	for (size_t r = 0; r < t->n_rows; r++) {
		for (size_t c = 0; c < t->n_columns; c++) {
			const struct cell *cell = &t->rows[r].cells[c];
			struct shape words = cell->shape;

			if (heads_break && r < t->n_heads && cell->block &&
			    shape_spans(f->build, cell->block->spans,
				&f->look->cell_head, SHAPE_WORDS, &words, e))
				return -1;
			if (words.width > t->width[c])
				t->width[c] = words.width;
		}
	}
	return 0;
}

/* The widest columns give way until all fit: none below a fair share. */
static void
widths_shrink(struct table *t, int32_t room)
{
	bool narrow[TABLE_COLUMNS] = { false };
	size_t left = t->n_columns;
	bool changed = true;

	while (changed && left > 0) {
		int32_t share = room / (int32_t)left;

		changed = false;
		for (size_t c = 0; c < t->n_columns; c++) {
			if (narrow[c] || t->width[c] > share)
				continue;
			narrow[c] = changed = true;
			room -= t->width[c];
			left--;
		}
	}
	for (size_t c = 0; c < t->n_columns; c++) {
		if (!narrow[c])
			t->width[c] = room / (int32_t)left;
	}
}

static int
columns_place(struct flow *f, struct table *t, struct err *e)
{
	int32_t gaps = (int32_t)t->n_columns - 1;
	int32_t room = f->measure - gaps * GAP_LEAST;
	int32_t x = f->x, spare;

	if (widths_measure(f, t, false, e))
		return -1;
	if (sum_widths(t) > room && widths_measure(f, t, true, e))
		return -1;
	if (sum_widths(t) > room)
		widths_shrink(t, room);
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
				cell_type(f, r), t->width[c], &cell->shape, e))
				return -1;
			if (cell->shape.n_lines > lines)
				lines = cell->shape.n_lines;
		}
		r->height =
		    shape_height(cell_type(f, r), lines) + 2 * f->look->row_pad;
		if (r->height > most)
			return err_set(e, ERR_DATA,
			    "a row of a table is taller than half a page; its "
			    "texts are too long");
	}
	return 0;
}

/* node -1: the head again, for the eye only. */
static void
row_place(struct flow *f, const struct table *t, const struct row *r, int node)
{
	struct build *b = f->build;
	int row = node < 0 ? -1 : build_node(b, TAG_TR, node);

	for (size_t c = 0; c < t->n_columns; c++) {
		const struct cell *cell = &r->cells[c];
		enum page_tag tag = r->block->header ? TAG_TH : TAG_TD;
		int at = row < 0 ? -1 : build_node(b, tag, row);
		struct shape_part p = { .shape = &cell->shape,
			.to = cell->shape.n_lines,
			.x = t->x[c],
			.y = f->y + f->look->row_pad,
			.measure = t->width[c] };

		if (!cell->block || cell->shape.n_lines == 0)
			continue;
		p.align = cell->block->align;
		shape_place(b, &p, at, "cell");
	}
	f->y += r->height;
}

static void
rule_place(struct flow *f, bool strong)
{
	int32_t h = strong ? RULE : HAIRLINE;

	build_fill(f->build, "rule",
	    (struct page_box){ f->x, f->y - h, f->measure, h },
	    strong ? LOOK_ACCENT : LOOK_LINE);
}

static void
heads_place(struct flow *f, const struct table *t, int node)
{
	for (size_t i = 0; i < t->n_heads; i++)
		row_place(f, t, &t->rows[i], node);
	if (t->n_heads > 0)
		rule_place(f, true);
}

static int32_t
heads_height(const struct table *t)
{
	int32_t h = 0;

	for (size_t i = 0; i < t->n_heads; i++)
		h += t->rows[i].height;
	return h;
}

/* The height that must stay together from row i on: a sum is not alone. */
static int32_t
height_from(const struct table *t, size_t i)
{
	int32_t h = t->rows[i].height;

	if (i + 2 == t->n_rows && t->rows[i + 1].sum)
		h += t->rows[i + 1].height;
	return h;
}

static void
rows_place(struct flow *f, const struct table *t, int node)
{
	for (size_t i = t->n_heads; i < t->n_rows; i++) {
		bool last = i + 1 == t->n_rows;

		if (!flow_fits(f, height_from(t, i)) && !f->fresh) {
			flow_page(f);
			heads_place(f, t, -1);
		}
		f->fresh = false;
		row_place(f, t, &t->rows[i], node);
		if (!last)
			rule_place(f, t->rows[i + 1].sum);
		else if (!t->rows[i].sum)
			rule_place(f, false);
	}
}

int32_t
table_least_height(const struct flow *f)
{
	return 3 * (f->look->cell.leading + 2 * f->look->row_pad);
}

int
table_compose(struct flow *f, const struct block *block, struct err *e)
{
	struct table t;

	if (table_read(f, block, &t, e))
		return -1;
	if (t.n_columns == 0)
		return 0;
	if (columns_place(f, &t, e) || rows_fit(f, &t, e))
		return -1;
	if (!f->fresh && t.n_rows > t.n_heads &&
	    !flow_fits(f, heads_height(&t) + height_from(&t, t.n_heads)))
		flow_page(f);
	int node = build_node(f->build, TAG_TABLE, f->node);
	heads_place(f, &t, node);
	f->fresh = false;
	rows_place(f, &t, node);
	return 0;
}
