/* Shaped lines to items of the page: the second half of shape.h. */
#include <assert.h>

#include "letter/look.h"
#include "letter/shape.h"

/* Where a part stands while its lines are placed. */
struct cursor {
	struct build *b;
	const struct shape_part *part;
	int node;
	const char *role;
	const char *url; /* of the link node being filled, or NULL */
	int link;
};

static int32_t
line_x(const struct shape_part *p, const struct shape_line *line)
{
	int32_t rest = p->measure > 0 ? p->measure - line->width : 0;

	switch (p->align) {
	case ALIGN_LEFT:
		return p->x + (line->rtl ? rest : 0);
	case ALIGN_RIGHT:
		return p->x + (line->rtl ? 0 : rest);
	case ALIGN_CENTER:
		return p->x + rest / 2;
	}
	assert(0);
	return p->x;
}

/* Capitals and figures stand about the middle of the line. */
int32_t
shape_baseline(const struct type *t)
{
	return t->leading / 2 + t->size * 36 / 100;
}

static void
run_place(const struct type *t, const struct shape_run *from, int32_t x,
    int32_t top, struct page_run *to)
{
	*to = from->run;
	to->size = t->size;
	to->x += x;
	to->y = top + shape_baseline(t);
	to->rgb = from->span->url ? LOOK_ACCENT : t->rgb;
}

static int32_t
line_top(const struct shape_part *p, size_t line)
{
	return p->y + (int32_t)(line - p->from) * p->shape->type->leading;
}

static bool
has_link(const struct shape_part *p)
{
	for (size_t i = p->from; i < p->to; i++) {
		const struct shape_line *line = &p->shape->lines[i];

		for (size_t k = 0; k < line->n_runs; k++) {
			if (line->runs[k].span->url)
				return true;
		}
	}
	return false;
}

/* All lines as one item. */
static void
place_whole(struct cursor *c)
{
	const struct shape_part *p = c->part;
	const struct type *t = p->shape->type;
	int32_t left = p->x + p->measure, right = p->x;
	struct page_run *runs;
	struct page_item *item;
	size_t n = 0;

	for (size_t i = p->from; i < p->to; i++)
		n += p->shape->lines[i].n_runs;
	if (n == 0)
		return;
	runs = arena_array(c->b->arena, n, sizeof(*runs));
	n = 0;
	for (size_t i = p->from; i < p->to; i++) {
		const struct shape_line *line = &p->shape->lines[i];
		int32_t x = line_x(p, line);

		left = x < left ? x : left;
		right = x + line->width > right ? x + line->width : right;
		for (size_t k = 0; k < line->n_runs; k++)
			run_place(t, &line->runs[k], x, line_top(p, i),
			    &runs[n++]);
	}
	item = build_item(c->b, PAGE_TEXT, c->node, c->role);
	item->runs = runs;
	item->n_runs = n;
	item->box = (struct page_box){ left, p->y, right - left,
		shape_height(t, p->to - p->from) };
}

/* The node for a run: the link it belongs to, or the paragraph. */
static int
node_for(struct cursor *c, const char *url)
{
	if (url && url != c->url)
		c->link = build_link_node(c->b, c->node, url, url);
	c->url = url;
	return url ? c->link : c->node;
}

/* Runs from..to of a line, all of one link or of none. */
static void
place_piece(struct cursor *c, size_t line_at, size_t from, size_t to)
{
	const struct shape_line *line = &c->part->shape->lines[line_at];
	const char *url = line->runs[from].span->url;
	int32_t x = line_x(c->part, line), top = line_top(c->part, line_at);
	int node = node_for(c, url);
	struct page_run *runs =
	    arena_array(c->b->arena, to - from, sizeof(*runs));
	int32_t left = line->width, right = 0;
	struct page_item *item;

	for (size_t k = from; k < to; k++) {
		const struct page_run *r = &line->runs[k].run;
		int32_t w = 0;

		for (size_t g = 0; g < r->n_glyphs; g++)
			w += r->glyphs[g].advance;
		left = r->x < left ? r->x : left;
		right = r->x + w > right ? r->x + w : right;
		run_place(c->part->shape->type, &line->runs[k], x, top,
		    &runs[k - from]);
	}
	right = right > line->width ? line->width : right;
	item = build_item(c->b, PAGE_TEXT, node, c->role);
	item->runs = runs;
	item->n_runs = to - from;
	item->box = (struct page_box){ x + left, top, right - left,
		c->part->shape->type->leading };
	if (url)
		build_link(c->b, node, item->box);
}

static void
place_pieces(struct cursor *c, size_t line_at)
{
	const struct shape_line *line = &c->part->shape->lines[line_at];

	for (size_t from = 0; from < line->n_runs;) {
		size_t to = from + 1;

		while (to < line->n_runs &&
		    line->runs[to].span->url == line->runs[from].span->url)
			to++;
		place_piece(c, line_at, from, to);
		from = to;
	}
}

int32_t
shape_place(struct build *b, const struct shape_part *p, int node,
    const char *role)
{
	struct cursor c = { .b = b, .part = p, .node = node, .role = role };

	assert(p->from <= p->to && p->to <= p->shape->n_lines);
	if (node < 0 || !has_link(p)) {
		place_whole(&c);
	} else {
		for (size_t i = p->from; i < p->to; i++)
			place_pieces(&c, i);
	}
	return p->y + shape_height(p->shape->type, p->to - p->from);
}
