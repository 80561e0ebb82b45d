#include "letter/panel.h"

#include <assert.h>
#include <string.h>

#include "letter/look.h"
#include "letter/qr.h"

#define PAD        PU_PER_MM(5) /* inside the panel, before and after words */
#define TITLE      PU_PER_MM(1) /* below the title */
#define COLUMN     PU_PER_MM(5) /* between a field's name and its value */
#define FRAME      PU_PER_MM(0.2)
#define BELOW_SCAN PU_PER_MM(1.6)
#define FIELDS     5

struct field {
	const char *name, *value;
	struct shape name_shape, value_shape;
	bool link;
};

struct panel {
	struct field fields[FIELDS];
	size_t n_fields;
	struct shape title, amount, scan;
	struct page_symbol *symbol; /* NULL: none */
	int32_t tile;               /* side of the symbol's white tile */
	int32_t name_width, details_height;
	int32_t symbol_height, height;
	const char *alt;
	int node;
};

static int
field_add(struct build *b, struct panel *p, const char *name, const char *value,
    struct err *e)
{
	struct field *d = &p->fields[p->n_fields];

	if (!value[0])
		return 0;
	assert(p->n_fields < FIELDS);
	d->name = name[0] ? arena_join(b->arena, name, " ", "") : "";
	d->value = value;
	if (shape_text(b, d->name, &look_field, SHAPE_ONE_LINE, &d->name_shape,
		e))
		return -1;
	if (d->name_shape.width > p->name_width)
		p->name_width = d->name_shape.width;
	p->n_fields++;
	return 0;
}

static int
fields_read(struct flow *f, struct panel *p, struct err *e)
{
	const struct payment_block *pay = f->payment;
	const struct labels *l = f->labels;
	struct build *b = f->build;

	if (field_add(b, p, l->beneficiary, pay->beneficiary, e) ||
	    field_add(b, p, l->iban, pay->iban, e) ||
	    field_add(b, p, l->bic, pay->bic, e) ||
	    field_add(b, p, l->reference, pay->reference, e) ||
	    field_add(b, p, "", pay->link, e))
		return -1;
	if (pay->link[0])
		p->fields[p->n_fields - 1].link = true;
	return 0;
}

int
panel_symbol(const struct payment_code *c, struct arena *a,
    struct page_symbol *out, struct err *e)
{
	const struct qr_form form = {
		.version_min = c->code->version_min,
		.version_max = c->code->version_max,
		.eci = c->code->eci,
		.low = c->code->low,
	};

	return qr_make(c->payload, &form, a, out, e);
}

int32_t
panel_tile(const struct page_symbol *s, int32_t width)
{
	return qr_module(s, width) * (int32_t)(s->width + 2 * s->quiet);
}

/* The symbols of a letter are kept: it may be laid out more than once. */
static int
symbol_read(struct flow *f, const struct payment_code *c, struct panel *p,
    struct err *e)
{
	struct build *b = f->build;
	struct page_symbol **kept = &f->symbol[c == &f->payment->epc];
	struct page_symbol *s = *kept;

	if (c->code == NULL)
		return 0;
	if (!s) {
		s = arena_alloc(b->arena, sizeof(*s));
		if (panel_symbol(c, b->arena, s, e))
			return -1;
		*kept = s;
	}
	p->tile = panel_tile(s, f->look->symbol);
	p->symbol = s;
	return shape_text(b, f->labels->scan, &look_small, p->tile, &p->scan,
	    e);
}

static int
panel_read(struct flow *f, const struct payment_code *c, struct panel *p,
    struct err *e)
{
	struct build *b = f->build;
	int32_t measure;

	*p = (struct panel){ 0 };
	if (symbol_read(f, c, p, e) || fields_read(f, p, e))
		return -1;
	measure = f->measure - p->tile - 2 * PAD;
	if (shape_text(b, f->labels->pay_title, &look_panel_title, measure,
		&p->title, e) ||
	    shape_text(b, f->payment->amount, &look_amount, measure, &p->amount,
		e))
		return -1;
	measure -= p->name_width + COLUMN;
	p->details_height = shape_height(&look_panel_title, p->title.n_lines) +
	    TITLE + shape_height(&look_amount, p->amount.n_lines) +
	    f->look->details_gap;
	for (size_t i = 0; i < p->n_fields; i++) {
		struct field *d = &p->fields[i];
		struct span *s = arena_alloc(b->arena, sizeof(*s));

		s->text = d->value;
		s->url = d->link ? d->value : NULL;
		if (shape_spans(b, s, &look_value, measure, &d->value_shape, e))
			return -1;
		p->details_height +=
		    shape_height(&look_value, d->value_shape.n_lines);
	}
	return 0;
}

/* All lines of a shape in a paragraph of its own; returns the y below. */
static int32_t
lines_place(struct flow *f, const struct shape *s, int32_t x, int32_t y,
    int node)
{
	struct shape_part part = {
		.shape = s, .to = s->n_lines, .x = x, .y = y
	};

	return shape_place(f->build, &part, build_node(f->build, TAG_P, node),
	    "payment");
}

static void
details_place(struct flow *f, const struct panel *p, int32_t x, int32_t y)
{
	int32_t drop =
	    shape_baseline(&look_value) - shape_baseline(&look_field);

	y = lines_place(f, &p->title, x, y, p->node) + TITLE;
	y = lines_place(f, &p->amount, x, y, p->node) + f->look->details_gap;
	for (size_t i = 0; i < p->n_fields; i++) {
		const struct field *d = &p->fields[i];
		int node = build_node(f->build, TAG_P, p->node);
		struct shape_part name = { .shape = &d->name_shape,
			.to = d->name_shape.n_lines,
			.x = x,
			.y = y + drop };
		struct shape_part value = { .shape = &d->value_shape,
			.to = d->value_shape.n_lines,
			.x = x + p->name_width + COLUMN,
			.y = y };

		if (d->name[0])
			shape_place(f->build, &name, node, "payment");
		y = shape_place(f->build, &value, node, "payment");
	}
}

static void
symbol_place(struct flow *f, const struct panel *p, int32_t x, int32_t y)
{
	struct build *b = f->build;
	int node = build_node(b, TAG_FIGURE, p->node);
	struct page_item *i = build_item(b, PAGE_SYMBOL, node, "payment");
	struct shape_part scan = { .shape = &p->scan,
		.to = p->scan.n_lines,
		.x = x,
		.y = y + p->tile,
		.measure = p->tile,
		.align = ALIGN_CENTER };

	b->nodes[node].alt = p->alt;
	i->box = (struct page_box){ x, y, p->tile, p->tile };
	i->symbol = p->symbol;
	shape_place(b, &scan, build_node(b, TAG_P, p->node), "payment");
}

/* A thin frame, white behind the symbol, a light ground behind the words. */
static void
ground_place(struct flow *f, const struct panel *p, struct page_box box)
{
	build_fill(f->build, "panel", box, LOOK_LINE);
	box.x += FRAME;
	box.y += FRAME;
	box.w -= 2 * FRAME;
	box.h -= 2 * FRAME;
	build_fill(f->build, "panel", box, LOOK_PANEL);
	if (!p->symbol)
		return;
	box.w = p->tile;
	build_fill(f->build, "panel", box, LOOK_WHITE);
}

static void
panel_place(struct flow *f, const struct piece *piece, size_t from, size_t to)
{
	const struct panel *p = piece->content;
	struct page_box box = { piece->x, f->y, piece->measure, p->height };

	assert(from == 0 && to == 1);
	ground_place(f, p, box);
	if (p->symbol)
		symbol_place(f, p, box.x + FRAME,
		    box.y + (box.h - p->symbol_height) / 2);
	details_place(f, p, box.x + p->tile + PAD,
	    box.y + (box.h - p->details_height) / 2);
}

int
panel_compose(struct flow *f, const struct block *image, struct err *e)
{
	const struct payment_code *c = strcmp(image->target, "qr:epc") == 0
	    ? &f->payment->epc
	    : &f->payment->pay;
	struct panel *p = arena_alloc(f->build->arena, sizeof(*p));
	bool boxes = f->build->boxes;
	int32_t words;

	f->build->boxes = false; /* who is paid, and how much */
	if (panel_read(f, c, p, e))
		return -1;
	f->build->boxes = boxes;
	p->alt = image->alt;
	p->node = build_node(f->build, TAG_DIV, f->node);
	/* Below the words under the symbol, what its quiet zone shows. */
	if (p->symbol)
		p->symbol_height = p->tile +
		    shape_height(&look_small, p->scan.n_lines) + BELOW_SCAN;
	words = p->details_height + 2 * f->look->panel_pad;
	p->height =
	    2 * FRAME + (p->symbol_height > words ? p->symbol_height : words);
	flow_slice(f, flow_piece(f, panel_place, p), p->height);
	return 0;
}
