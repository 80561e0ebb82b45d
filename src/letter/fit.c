#include "letter/fit.h"

#include <assert.h>

#define HYPHENS    3     /* 0, 1 or 2 lines in a row that end in one */
#define LINE       10    /* the cost of a line, before it is squared */
#define FULL       100   /* more at a limit of its spaces, by the cube */
#define HYPHEN     60    /* more for a hyphen */
#define RUNT       400   /* more for a single short word at the end */
#define WORST      30000 /* more for a line without spaces to stretch */
#define RUNT_SHARE 5     /* of the measure: short */

/* The best way to end a line behind item `at - 1`. */
struct node {
	int64_t cost; /* 0: there is none yet */
	size_t at;
	struct node *from;
};

/* Items from..to as a line. */
struct line {
	size_t from, to;
	int32_t slack; /* of the measure, at the font's own spaces */
	int32_t gaps;
	bool last;
};

/* How far from the font's own its spaces are; -1 if it cannot be. */
static int64_t
line_badness(const struct fit_text *t, const struct line *l, bool strict)
{
	int64_t limit, each;

	if (l->last && l->slack >= 0)
		return 0;
	if (l->gaps == 0) {
		if (l->slack < 0 || strict)
			return -1;
		return WORST;
	}
	limit = l->slack < 0 ? 100 - FIT_NARROWEST : FIT_WIDEST - 100;
	limit *= (int64_t)t->space * l->gaps;
	each = (int64_t)(l->slack < 0 ? -l->slack : l->slack) * 100 * 1000;
	each = limit > 0 ? each / limit : 0; /* 1000 at the limit */
	if (each > 1000 && (l->slack < 0 || strict))
		return -1;
	each = FULL * each * each / 1000 * each / 1000 / 1000;
	return each > WORST ? WORST : each;
}

static bool
is_runt(const struct fit_text *t, const struct line *l)
{
	return l->last && l->from > 0 && l->gaps == 0 &&
	    t->measure - l->slack < t->measure / RUNT_SHARE;
}

/* The cost of the line; -1 if it cannot be. */
static int64_t
line_cost(const struct fit_text *t, const struct line *l, bool strict)
{
	int64_t cost = line_badness(t, l, strict);

	if (cost < 0 || (strict && is_runt(t, l)))
		return -1;
	cost += LINE;
	if (!l->last && t->items[l->to - 1].after == FIT_HYPHEN)
		cost += HYPHEN;
	if (is_runt(t, l))
		cost += RUNT;
	return cost * cost;
}

static bool
may_end(const struct fit_text *t, size_t to, bool strict)
{
	enum fit_break after = t->items[to - 1].after;

	return to == t->n || after == FIT_PLAIN ||
	    (after == FIT_HYPHEN && !strict);
}

/* Offers the node's way to the end of each line that begins behind it. */
static void
node_extend(const struct fit_text *t, struct node *nodes, struct node *node,
    bool strict)
{
	size_t hyphens = (size_t)(node - nodes) % HYPHENS;
	struct line l = { .from = node->at };
	int32_t width = 0, gaps = 0;

	for (l.to = l.from + 1; l.to <= t->n; l.to++) {
		const struct fit_item *item = &t->items[l.to - 1];
		bool hyphen = item->after == FIT_HYPHEN && l.to < t->n;
		struct node *next =
		    &nodes[l.to * HYPHENS + (hyphen ? hyphens + 1 : 0)];
		int64_t cost = -1;

		l.slack = t->measure - width - item->end;
		l.gaps = gaps;
		l.last = l.to == t->n;
		if (l.slack < -gaps * t->space)
			return;
		if (may_end(t, l.to, strict) &&
		    (!hyphen || hyphens + 1 < HYPHENS))
			cost = line_cost(t, &l, strict);
		if (cost >= 0 &&
		    (next->cost == 0 || node->cost + cost < next->cost))
			*next = (struct node){ node->cost + cost, l.to, node };
		width += item->width;
		gaps += item->gap;
	}
}

size_t
fit_lines(const struct fit_text *t, bool strict, struct arena *a, size_t *ends)
{
	struct node *nodes =
	    arena_array(a, (t->n + 1) * HYPHENS, sizeof(*nodes));
	const struct node *end = &nodes[t->n * HYPHENS];
	size_t n = 0, at;

	assert(t->n > 0);
	nodes[0].cost = 1;
	for (size_t i = 0; i < t->n * HYPHENS; i++) {
		if (nodes[i].cost > 0)
			node_extend(t, nodes, &nodes[i], strict);
	}
	if (end->cost == 0)
		return 0;
	for (const struct node *k = end; k->from; k = k->from)
		n++;
	at = n;
	for (const struct node *k = end; k->from; k = k->from)
		ends[--at] = k->at;
	return n;
}
