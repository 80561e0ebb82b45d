#include "letter/flow.h"

#include <assert.h>
#include <string.h>

#define BAR PU_PER_MM(0.6) /* width of the one beside a quote */

struct piece *
flow_piece(struct flow *f,
    void (*place)(struct flow *f, const struct piece *p, size_t from,
	size_t to),
    const void *content)
{
	struct piece *p = arena_alloc(f->build->arena, sizeof(*p));

	*p = (struct piece){ .place = place,
		.content = content,
		.x = f->x,
		.measure = f->measure,
		.node = f->node };
	return p;
}

static void
make_room(struct flow *f)
{
	struct slice *more;

	if (f->n < f->cap)
		return;
	f->cap = f->cap > 0 ? 2 * f->cap : 64;
	more = arena_array(f->build->arena, f->cap, sizeof(*more));
	if (f->n > 0)
		memcpy(more, f->slices, f->n * sizeof(*more));
	f->slices = more;
}

struct slice *
flow_slice(struct flow *f, struct piece *p, int32_t height)
{
	struct slice *s;

	make_room(f);
	s = &f->slices[f->n++];
	*s = (struct slice){ .piece = p,
		.index = p->n++,
		.gap = f->gap,
		.height = height,
		.keep = f->keep,
		.quoted = f->quoted,
		.bar = f->bar };
	f->gap = 0;
	f->keep = KEEP_NOT;
	return s;
}

void
flow_gap(struct flow *f, int32_t gap)
{
	if (gap > f->gap)
		f->gap = gap;
}

void
flow_keep(struct flow *f, enum keep keep)
{
	if (keep > f->keep)
		f->keep = keep;
}

/* Where the breaks are sought: y of what is above, on a page of so much. */
struct search {
	int32_t y, foot;
	bool fresh; /* nothing on this page yet */
	bool whole; /* it is a following page: none has more room */
};

/* The slices from `from` on that are tied at least so fast end here. */
static size_t
tied_end(const struct flow *f, size_t from, enum keep least)
{
	size_t to = from + 1;

	while (to < f->n && f->slices[to].keep >= least)
		to++;
	return to;
}

static int32_t
height_of(const struct flow *f, size_t from, size_t to, bool fresh)
{
	int32_t h = fresh ? f->slices[from].again : f->slices[from].gap;

	h += f->slices[from].height;
	while (++from < to)
		h += f->slices[from].gap + f->slices[from].height;
	return h;
}

static bool
fits(const struct flow *f, const struct search *s, size_t from, size_t to)
{
	return s->y + height_of(f, from, to, s->fresh) <= s->foot;
}

static void
search_page(struct flow *f, struct search *s, size_t at)
{
	f->slices[at].breaks = true;
	s->y = f->geometry->text.y;
	s->fresh = s->whole = true;
}

/*
 * The first page is never left with the subject alone: what is only wished
 * together is parted rather.
 */
static int
pages_break(struct flow *f, struct err *e)
{
	struct search s = { .y = f->y,
		.foot = f->geometry->text.y + f->geometry->text.h,
		.fresh = true };

	for (size_t from = 0, to; from < f->n; from = to) {
		to = tied_end(f, from, KEEP_WISH);
		if (!fits(f, &s, from, to) && !s.fresh)
			search_page(f, &s, from);
		if (!fits(f, &s, from, to))
			to = tied_end(f, from, KEEP_ALWAYS);
		if (!fits(f, &s, from, to) && !s.whole)
			search_page(f, &s, from);
		if (!fits(f, &s, from, to))
			return err_set(e, ERR_DATA,
			    "a part of the letter that must not be split is "
			    "higher than a page; shorten it");
		s.y += height_of(f, from, to, s.fresh);
		s.fresh = false;
	}
	return 0;
}

/* How many slices from `at` on one call places: of one piece, no gaps. */
static size_t
run_length(const struct flow *f, size_t at)
{
	const struct slice *s = &f->slices[at];
	size_t n = 1;

	while (at + n < f->n && s[n].piece == s->piece && !s[n].breaks &&
	    s[n].gap == 0)
		n++;
	return n;
}

/* The bar along all that is quoted down to the pen, where that ends. */
static void
bar_place(struct flow *f, size_t next, int32_t top)
{
	const struct slice *s = &f->slices[next - 1];
	bool goes_on =
	    next < f->n && !s[1].breaks && s[1].quoted && s[1].bar == s->bar;

	if (s->quoted && !goes_on)
		build_fill(f->build, "rule",
		    (struct page_box){ s->bar, top, BAR, f->y - top },
		    LOOK_LINE);
}

int
flow_place(struct flow *f, struct err *e)
{
	int32_t top = f->y; /* of what is quoted */

	if (pages_break(f, e))
		return -1;
	for (size_t at = 0, n; at < f->n; at += n) {
		const struct slice *s = &f->slices[at];

		if (s->breaks) {
			build_page(f->build);
			f->y = f->geometry->text.y;
		} else if (at > 0) {
			f->y += s->gap;
		}
		if (s->breaks || at == 0 || !s[-1].quoted ||
		    s[-1].bar != s->bar)
			top = f->y;
		n = run_length(f, at);
		s->piece->place(f, s->piece, s->index, s->index + n);
		f->y += height_of(f, at, at + n, true);
		bar_place(f, at + n, top);
	}
	return 0;
}
