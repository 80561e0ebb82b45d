/* What is drawn of a QR-bill: lines with scissors, corners, the code. */
#include "letter/swiss_parts.h"

#define PT(pt)        ((int32_t)((pt)*PU_PER_PT))
#define INK           0x000000
#define PAPER         0xffffff
#define LINE          PT(0.5)
#define SCISSORS      PU_PER_MM(3) /* in a gap of the line, 5 mm from its end */
#define SCISSORS_AT   PU_PER_MM(5)
#define CORNER        PU_PER_MM(3)
#define CORNER_LINE   PT(0.75)
#define CODE          PU_PER_MM(46)
#define CROSS_SQUARE  PU_PER_MM(7) /* white, with the black one in it */
#define CROSS_BLACK   PU_PER_MM(6)
#define CROSS_ARM     PU_PER_MM(3.889)
#define CROSS_WIDTH   PU_PER_MM(1.167)
#define PIXELS        72 /* a side of the scissors: 600 dots an inch */
#define HANDLE_OUTER  13
#define HANDLE_INNER  8
#define BLADE         4 /* half its width at the ring */
#define TIP           9 /* of a blade, from the middle */
#define HANDLE_MIDDLE 14

static void
fill(struct build *b, int32_t x, int32_t y, int32_t w, int32_t h)
{
	build_fill(b, "rule", (struct page_box){ x, y, w, h }, INK);
}

/*
 * One half of the open scissors, x from the middle: a ring for the finger
 * below, and a blade from it to the other side of the top.
 */
static bool
is_half(int x, int y)
{
	int ring = PIXELS - HANDLE_MIDDLE;
	int dx = x - HANDLE_MIDDLE, dy = y - ring;
	int away = dx * dx + dy * dy;
	int middle = HANDLE_MIDDLE - (HANDLE_MIDDLE + TIP) * (ring - y) / ring;
	int half = 2 + BLADE * y / ring;

	if (away <= HANDLE_OUTER * HANDLE_OUTER)
		return away >= HANDLE_INNER * HANDLE_INNER;
	return y < ring && x >= middle - half && x <= middle + half;
}

/* They cut downwards; turned, to the right. */
static const struct page_symbol *
scissors(struct arena *a, bool turned)
{
	struct page_symbol *s = arena_alloc(a, sizeof(*s));
	uint8_t *modules = arena_alloc(a, (size_t)PIXELS * PIXELS);

	for (int y = 0; y < PIXELS; y++) {
		for (int x = 0; x < PIXELS; x++) {
			int across = (turned ? y : x) - PIXELS / 2;
			int along = PIXELS - 1 - (turned ? x : y);

			modules[y * PIXELS + x] =
			    is_half(across, along) || is_half(-across, along);
		}
	}
	*s = (struct page_symbol){ .width = PIXELS, .modules = modules };
	return s;
}

static void
scissors_place(struct build *b, int32_t x, int32_t y, bool turned)
{
	struct page_item *i = build_item(b, PAGE_SYMBOL, -1, "rule");

	i->box = (struct page_box){ x, y, SCISSORS, SCISSORS };
	i->symbol = scissors(b->arena, turned);
}

void
swiss_lines_place(struct build *b, int32_t top)
{
	const int32_t behind = SCISSORS_AT + SCISSORS;

	fill(b, 0, top - LINE / 2, SCISSORS_AT, LINE);
	scissors_place(b, SCISSORS_AT, top - SCISSORS / 2, true);
	fill(b, behind, top - LINE / 2, SWISS_WIDTH - behind, LINE);
	fill(b, SWISS_RECEIPT - LINE / 2, top, LINE, SCISSORS_AT);
	scissors_place(b, SWISS_RECEIPT - SCISSORS / 2, top + SCISSORS_AT,
	    false);
	fill(b, SWISS_RECEIPT - LINE / 2, top + behind, LINE,
	    SWISS_HEIGHT - behind);
}

void
swiss_corners_place(struct build *b, struct page_box box)
{
	for (int i = 0; i < 4; i++) {
		bool right = i % 2 == 1, below = i >= 2;
		int32_t x = box.x + (right ? box.w : 0);
		int32_t y = box.y + (below ? box.h : 0);

		fill(b, x - (right ? CORNER : 0), y - (below ? CORNER_LINE : 0),
		    CORNER, CORNER_LINE);
		fill(b, x - (right ? CORNER_LINE : 0), y - (below ? CORNER : 0),
		    CORNER_LINE, CORNER);
	}
}

/* A box in the middle of the code. */
static void
middle_fill(struct build *b, const struct page_box *code, int32_t w, int32_t h,
    uint32_t rgb)
{
	const int node = build_last(b)->node;
	struct page_item *i = build_item(b, PAGE_FILL, node, "payment");

	i->box = (struct page_box){ code->x + (code->w - w) / 2,
		code->y + (code->h - h) / 2, w, h };
	i->rgb = rgb;
}

void
swiss_code_place(struct build *b, const struct page_symbol *symbol, int32_t x,
    int32_t y, int node)
{
	const struct page_box box = { x, y, CODE, CODE };
	struct page_item *i = build_item(b, PAGE_SYMBOL, node, "payment");

	i->box = box;
	i->symbol = symbol;
	middle_fill(b, &box, CROSS_SQUARE, CROSS_SQUARE, PAPER);
	middle_fill(b, &box, CROSS_BLACK, CROSS_BLACK, INK);
	middle_fill(b, &box, CROSS_ARM, CROSS_WIDTH, PAPER);
	middle_fill(b, &box, CROSS_WIDTH, CROSS_ARM, PAPER);
}
