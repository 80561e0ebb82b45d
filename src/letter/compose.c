#include "letter/compose.h"

#include <assert.h>
#include <string.h>

#include "letter/look.h"
#include "letter/panel.h"
#include "letter/table.h"

#define INDENT          PU_PER_MM(5.5)
#define LEAST_LINES     2 /* of a paragraph on either side of a page break */
#define LOGO_HEIGHT     PU_PER_MM(15)
#define SIGNATURE_WIDTH PU_PER_MM(60)
#define HAIRLINE        PU_PER_MM(0.12)

static int block_compose(struct flow *f, const struct block *b, struct err *e);

static int32_t
bottom(const struct flow *f)
{
	return f->geometry->text.y + f->geometry->text.h;
}

bool
flow_fits(const struct flow *f, int32_t height)
{
	return f->y + height <= bottom(f);
}

void
flow_page(struct flow *f)
{
	build_page(f->build);
	f->y = f->geometry->text.y;
	f->fresh = true;
}

void
flow_gap(struct flow *f, int32_t gap)
{
	if (!f->fresh)
		f->y += gap;
}

/* About the least height a block needs on the page of the one before it. */
static int32_t
least_height(const struct flow *f, const struct block *b)
{
	int32_t lines = 1;

	switch (b->kind) {
	case BLOCK_TABLE:
		return table_least_height(f);
	case BLOCK_IMAGE:
		return panel_least_height(f);
	case BLOCK_PARAGRAPH:
		for (const struct span *s = b->spans; s && !b->next;
		     s = s->next)
			lines += strcmp(s->text, "\n") == 0;
		return lines * f->look->text.leading;
	case BLOCK_ROOT:
	case BLOCK_HEADING:
	case BLOCK_QUOTE:
	case BLOCK_LIST:
	case BLOCK_LIST_ITEM:
	case BLOCK_RULE:
	case BLOCK_ROW:
	case BLOCK_CELL:
		return LEAST_LINES * f->look->text.leading;
	}
	assert(0);
	return 0;
}

/*
 * A heading, words before a table or the way to pay, and the closing before
 * the signatory stay on the page of what follows.
 */
static bool
keeps_next(const struct block *b)
{
	const struct block *next = b->next;

	return next &&
	    (b->kind == BLOCK_HEADING || next->kind == BLOCK_TABLE ||
		next->kind == BLOCK_IMAGE || !next->next);
}

/* How many of the lines from `from` on go on this page. */
static size_t
lines_here(const struct flow *f, const struct shape *s, size_t from)
{
	size_t left = s->n_lines - from;
	int32_t room = bottom(f) - f->y;
	size_t fit = room > 0 ? (size_t)(room / s->type->leading) : 0;

	if (fit >= left)
		return left;
	if (left - fit < LEAST_LINES)
		fit = left > LEAST_LINES ? left - LEAST_LINES : 0;
	if (fit < LEAST_LINES)
		fit = 0;
	return fit > 0 || !f->fresh ? fit : 1;
}

static void
lines_place(struct flow *f, const struct shape *s, int node)
{
	for (size_t at = 0; at < s->n_lines;) {
		size_t n = lines_here(f, s, at);
		struct shape_part p = { .shape = s,
			.from = at,
			.to = at + n,
			.x = f->x,
			.y = f->y,
			.measure = f->measure };

		if (n == 0) {
			flow_page(f);
			continue;
		}
		f->y = shape_place(f->build, &p, node, "body");
		f->fresh = false;
		at += n;
	}
}

/* Words of a paragraph, a heading or a list item. */
static int
words_compose(struct flow *f, const struct block *b, enum page_tag tag,
    const struct type *t, struct err *e)
{
	struct shape s;
	int32_t need;

	if (shape_spans(f->build, b->spans, t, f->measure, &s, e))
		return -1;
	need = shape_height(t, s.n_lines);
	if (keeps_next(b)) {
		need += f->look->signature_gap + least_height(f, b->next);
		if (!f->fresh && !flow_fits(f, need))
			flow_page(f);
	}
	lines_place(f, &s, build_node(f->build, tag, f->node));
	return 0;
}

static int
children_compose(struct flow *f, const struct block *b, struct err *e)
{
	for (const struct block *c = b->children; c; c = c->next) {
		if (block_compose(f, c, e))
			return -1;
	}
	return 0;
}

/* Sets a block's children further in, below the node. */
static int
inner_compose(struct flow *f, const struct block *b, int node, struct err *e)
{
	struct flow outer = *f;
	int rc;

	f->x += INDENT;
	f->measure -= INDENT;
	f->node = node;
	rc = b->spans ? words_compose(f, b, TAG_P, f->type, e)
		      : children_compose(f, b, e);
	f->x = outer.x;
	f->measure = outer.measure;
	f->node = outer.node;
	return rc;
}

static int
item_compose(struct flow *f, const struct block *b, const char *label,
    struct err *e)
{
	int item = build_node(f->build, TAG_ITEM, f->node);
	int label_node = build_node(f->build, TAG_LABEL, item);
	struct shape s;
	struct shape_part p = { .shape = &s, .to = 1, .x = f->x };
	int32_t below;
	int rc;

	if (shape_text(f->build, label, f->type, SHAPE_ONE_LINE, &s, e))
		return -1;
	if (!flow_fits(f, LEAST_LINES * f->type->leading) && !f->fresh)
		flow_page(f);
	p.y = f->y;
	below = shape_place(f->build, &p, label_node, "body");
	f->fresh = true; /* the words start on the line of the label */
	rc = inner_compose(f, b, build_node(f->build, TAG_LBODY, item), e);
	if (f->fresh) /* there are none */
		f->y = below;
	f->fresh = false;
	return rc;
}

static int
list_compose(struct flow *f, const struct block *b, struct err *e)
{
	int outer = f->node;
	unsigned number = b->start;
	int rc = 0;

	f->node = build_node(f->build, TAG_LIST, f->node);
	for (const struct block *c = b->children; c && rc == 0; c = c->next) {
		const char *label = b->ordered
		    ? arena_fmt(f->build->arena, "%u. ", number++)
		    : "• ";

		if (c != b->children)
			flow_gap(f, f->look->paragraph_gap / 3);
		rc = item_compose(f, c, label, e);
	}
	f->node = outer;
	return rc;
}

static int
quote_compose(struct flow *f, const struct block *b, struct err *e)
{
	const struct type *outer = f->type;
	int node = build_node(f->build, TAG_QUOTE, f->node);
	int rc;

	f->type = &f->look->quote;
	rc = inner_compose(f, b, node, e);
	f->type = outer;
	return rc;
}

/* How a picture of the workspace is shown, and what to do without it. */
struct shown {
	const struct page_image *image; /* or NULL */
	const char *role;
	int32_t most_w, most_h;
};

static void
picture_compose(struct flow *f, const struct shown *s, const char *alt)
{
	int32_t most = s->most_w < f->measure ? s->most_w : f->measure;
	int32_t h = s->most_h;
	int32_t w = (int32_t)((int64_t)h * s->image->width / s->image->height);
	int node = build_node(f->build, TAG_FIGURE, f->node);
	struct page_item *i;

	if (w > most) {
		h = (int32_t)((int64_t)h * most / w);
		w = most;
	}
	if (!flow_fits(f, h) && !f->fresh)
		flow_page(f);
	f->build->nodes[node].alt = alt;
	i = build_item(f->build, PAGE_IMAGE, node, s->role);
	i->box = (struct page_box){ f->x, f->y, w, h };
	i->image = s->image;
	f->y += h;
	f->fresh = false;
}

static int
image_compose(struct flow *f, const struct block *b, struct err *e)
{
	const struct shown logo = { f->logo, "logo", f->measure, LOGO_HEIGHT };
	const struct shown signature = { f->signature, "signature",
		SIGNATURE_WIDTH, f->look->signature };
	bool is_logo = strcmp(b->target, "logo:") == 0;

	if (strcmp(b->target, "qr:epc") == 0)
		return panel_compose(f, b->alt, e);
	if (!is_logo && strcmp(b->target, "signature:") != 0)
		return err_set(e, ERR_USAGE,
		    "image '%s': a letter knows qr:epc, logo: and signature:",
		    b->target);
	if (is_logo && !f->logo)
		return err_set(e, ERR_USAGE,
		    "image 'logo:': there is no logo; set creditor.logo in "
		    "semonce.yaml or remove the image");
	if (!is_logo && !f->signature)
		return err_set(e, ERR_USAGE,
		    "image 'signature:': there is none; set creditor.signature "
		    "in semonce.yaml, or put the image between "
		    "{{#creditor.has_signature}} and "
		    "{{/creditor.has_signature}}");
	picture_compose(f, is_logo ? &logo : &signature, b->alt);
	return 0;
}

static void
rule_compose(struct flow *f)
{
	if (!flow_fits(f, HAIRLINE) && !f->fresh)
		flow_page(f);
	build_fill(f->build, "rule",
	    (struct page_box){ f->x, f->y, f->measure, HAIRLINE }, LOOK_LINE);
	f->y += HAIRLINE;
	f->fresh = false;
}

/* The lines at the end that say who signs: some room for the hand. */
static bool
is_signatory(const struct block *b)
{
	const struct span *s = b->spans;

	while (s && strcmp(s->text, "\n") != 0)
		s = s->next;
	return s && b->kind == BLOCK_PARAGRAPH && !b->next;
}

static int32_t
gap_around(const struct flow *f, const struct block *b)
{
	if (is_signatory(b))
		return f->look->signature_gap;
	if (b->kind == BLOCK_IMAGE && strcmp(b->target, "signature:") == 0)
		return f->look->paragraph_gap;
	return b->kind == BLOCK_TABLE || b->kind == BLOCK_IMAGE ||
		b->kind == BLOCK_RULE || b->kind == BLOCK_HEADING
	    ? f->look->block_gap
	    : f->look->paragraph_gap;
}

static int
block_compose(struct flow *f, const struct block *b, struct err *e)
{
	int rc = 0;

	switch (b->kind) {
	case BLOCK_PARAGRAPH:
		rc = words_compose(f, b, TAG_P, f->type, e);
		break;
	case BLOCK_HEADING:
		rc = words_compose(f, b, TAG_H2, &look_heading, e);
		break;
	case BLOCK_QUOTE:
		rc = quote_compose(f, b, e);
		break;
	case BLOCK_LIST:
		rc = list_compose(f, b, e);
		break;
	case BLOCK_RULE:
		rule_compose(f);
		break;
	case BLOCK_TABLE:
		rc = table_compose(f, b, e);
		break;
	case BLOCK_IMAGE:
		rc = image_compose(f, b, e);
		break;
	case BLOCK_ROOT:
	case BLOCK_LIST_ITEM:
	case BLOCK_ROW:
	case BLOCK_CELL:
		assert(0); /* only inside what is handled above */
	}
	if (rc == 0 && b->next) {
		int32_t after = gap_around(f, b),
			before = gap_around(f, b->next);

		flow_gap(f, after > before ? after : before);
	}
	return rc;
}

int
compose_blocks(struct flow *f, const struct block *root, struct err *e)
{
	assert(root->kind == BLOCK_ROOT);
	return children_compose(f, root, e);
}
