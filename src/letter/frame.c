#include "letter/frame.h"

#include <assert.h>
#include <string.h>

#include "letter/look.h"
#include "letter/spacing.h"

#define LOGO_HEIGHT   PU_PER_MM(14)
#define LOGO_LEAST    PU_PER_MM(7) /* where the head of the sheet is low */
#define LOGO_GAP      PU_PER_MM(1.6)
#define RETURN_LEAST  (11 * PU_PER_PT / 2)
#define FIELD_GAP     PU_PER_MM(3.5)
#define ADDRESS_LINES 6
#define INFO_FIELDS   6

const char *
frame_text(const json_t *data, const char *object, const char *key)
{
	const json_t *o = object ? json_object_get(data, object) : data;
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

const char *
frame_fill(struct arena *a, const char *label, const char *key,
    const char *value)
{
	const char *at = strstr(label, key);

	if (!at)
		return label;
	return arena_join(a, arena_strn(a, label, (size_t)(at - label)), value,
	    at + strlen(key));
}

/* One piece of plain text of the frame. */
struct piece {
	const char *text;
	const struct type *type;
	struct page_box box; /* where it may stand; its height is not read */
	enum align align;
	int node;
	const char *role;
};

/* Places a piece, broken into lines; *y becomes the place below it. */
static int
piece_place(struct build *b, const struct piece *p, int32_t *y, struct err *e)
{
	struct shape s;
	struct shape_part part = { .shape = &s,
		.x = p->box.x,
		.y = p->box.y,
		.measure = p->box.w,
		.align = p->align };

	if (shape_text(b, p->text, p->type, p->box.w, &s, e))
		return -1;
	part.to = s.n_lines;
	*y = shape_place(b, &part, p->node, p->role);
	return 0;
}

/* The creditor's address lines with " · " between them. */
static const char *
join_lines(struct arena *a, const json_t *lines)
{
	const char *all = "";
	const json_t *line;
	size_t i;

	json_array_foreach(lines, i, line)
	{
		const char *s = json_string_value(line);

		if (s && s[0])
			all = all[0] ? arena_join(a, all, " · ", s) : s;
	}
	return all;
}

static const char *
creditor_lines(struct build *b, const struct frame *f)
{
	const json_t *creditor = json_object_get(f->data, "creditor");

	return join_lines(b->arena, json_object_get(creditor, "lines"));
}

/* No wider than the information block; its height is what the words leave. */
static void
logo_place(struct build *b, const struct frame *f, int32_t height,
    struct page_box *box)
{
	const struct page_image *logo = f->logo;
	int node = build_node(b, TAG_FIGURE, 0);
	int32_t h = height;
	int32_t w = (int32_t)((int64_t)h * logo->width / logo->height);
	struct page_item *i = build_item(b, PAGE_IMAGE, node, "logo");

	if (w > f->geometry->info.w) {
		w = f->geometry->info.w;
		h = (int32_t)((int64_t)w * logo->height / logo->width);
	}
	b->nodes[node].alt = f->logo_alt;
	i->box = (struct page_box){ box->x, box->y, w, h };
	i->image = logo;
	box->y += height + LOGO_GAP;
}

struct sender {
	struct shape name, lines;
	int32_t height, logo; /* of the words, of the logo */
};

/* The name is large if it stands alone and fits on a line. */
static int
sender_read(struct build *b, const struct frame *f, struct sender *out,
    struct err *e)
{
	const char *name = frame_text(f->data, "creditor", "name");
	const char *lines = creditor_lines(b, f);
	int32_t w = f->geometry->head.w;
	bool small = f->logo != NULL;

	*out = (struct sender){ 0 };
	if (!small && shape_text(b, name, &look_name, w, &out->name, e))
		return -1;
	if ((small || out->name.n_lines > 1) &&
	    shape_text(b, name, &look_name_small, w, &out->name, e))
		return -1;
	if (lines[0] && shape_text(b, lines, &look_field, w, &out->lines, e))
		return -1;
	out->height = shape_height(out->name.type, out->name.n_lines) +
	    shape_height(&look_field, out->lines.n_lines);
	if (!f->logo)
		return 0;
	out->logo = f->geometry->head.h - out->height - LOGO_GAP;
	if (out->logo > LOGO_HEIGHT)
		out->logo = LOGO_HEIGHT;
	return 0;
}

static int
sender_place(struct build *b, const struct frame *f, struct err *e)
{
	struct page_box box = f->geometry->head;
	struct sender s;
	struct shape_part part = { .x = box.x, .measure = box.w };

	if (sender_read(b, f, &s, e))
		return -1;
	if (s.height > box.h || (f->logo && s.logo < LOGO_LEAST))
		return err_set(e, ERR_USAGE,
		    "the creditor's name and address do not fit the head of "
		    "the letter; shorten them in semonce.yaml");
	if (f->logo)
		logo_place(b, f, s.logo, &box);
	part.shape = &s.name;
	part.y = box.y;
	part.to = s.name.n_lines;
	part.y = shape_place(b, &part, build_node(b, TAG_P, 0), "sender");
	if (s.lines.n_lines == 0)
		return 0;
	part.shape = &s.lines;
	part.to = s.lines.n_lines;
	shape_place(b, &part, build_node(b, TAG_P, 0), "sender");
	return 0;
}

/*
 * Above the address, for the postman. On one line, a little smaller if it
 * must be; or else the name on a line of its own above.
 */
static int
return_line_place(struct build *b, const struct frame *f, struct err *e)
{
	const struct page_box *box = &f->geometry->return_line;
	const char *name = frame_text(f->data, "creditor", "name");
	const char *lines = creditor_lines(b, f);
	struct shape one, two;
	struct shape_part p = {
		.shape = &one, .x = box->x, .y = box->y, .measure = box->w
	};

	if (box->w == 0 || (!name[0] && !lines[0]))
		return 0;
	if (shape_fitted(b, arena_join(b->arena, name, " · ", lines),
		&look_return, box->w, &one, e))
		return -1;
	if (one.type->size < RETURN_LEAST) {
		if (shape_text(b, arena_join(b->arena, name, "\n", lines),
			&look_return, box->w, &two, e))
			return -1;
		if (two.n_lines == 2) {
			p.shape = &two;
			p.y -= look_return.leading;
		}
	}
	p.to = p.shape->n_lines;
	shape_place(b, &p, -1, "return-line");
	return 0;
}

/* Types an address may have, the finest first; the sheet says which. */
static const struct type address_types[] = {
	{ .size = 10752, .leading = 13568, .rgb = LOOK_INK }, /* 10.5/13.25 */
	{ .size = 10240, .leading = 12288, .rgb = LOOK_INK }, /* 10/12 */
	{ .size = 9216, .leading = 11264, .rgb = LOOK_INK },  /* 9/11 */
	{ .size = 8192, .leading = 9728, .rgb = LOOK_INK },   /* 8/9.5 */
};
#define ADDRESS_TYPES (sizeof(address_types) / sizeof(address_types[0]))

static int
address_text(const struct frame *f, struct arena *a, const char **out,
    struct err *e)
{
	const json_t *debtor = json_object_get(f->data, "debtor"), *line;
	size_t i, n = 0;

	*out = "";
	json_array_foreach(json_object_get(debtor, "lines"), i, line)
	{
		const char *s = json_string_value(line);

		if (!s || !s[0])
			continue;
		*out = n++ ? arena_join(a, *out, "\n", s) : s;
	}
	if (n == 0 || n > ADDRESS_LINES)
		return err_set(e, ERR_DATA,
		    "the address of debtor '%s' has %zu lines; a letter needs "
		    "1 to %d",
		    frame_text(f->data, "debtor", "code"), n, ADDRESS_LINES);
	return 0;
}

/* The largest type of the sheet in which the address fits; 0 if none does.
 * With `wrap` a long line goes on in the next. */
static int
address_fit(struct build *b, const char *text, const struct geometry *g,
    bool wrap, struct shape *s, struct err *e)
{
	const struct page_box *box = &g->address;

	for (size_t i = 0; i < ADDRESS_TYPES; i++) {
		const struct type *t = &address_types[i];

		if (t->size > g->address_most || t->size < g->address_least)
			continue;
		if (shape_text(b, text, t, wrap ? box->w : SHAPE_ONE_LINE, s,
			e))
			return -1;
		if (s->width <= box->w && s->n_lines <= ADDRESS_LINES &&
		    shape_height(t, s->n_lines) <= box->h)
			return 1;
	}
	return 0;
}

static int32_t
mm_rounded(int32_t pu)
{
	return (pu + PU_PER_MM(0.5)) / PU_PER_MM(1);
}

static int
address_place(struct build *b, const struct frame *f, struct err *e)
{
	const struct geometry *g = f->geometry;
	const struct page_box *box = &g->address;
	struct shape_part p = { .x = box->x, .y = box->y, .measure = box->w };
	struct shape *s = arena_alloc(b->arena, sizeof(*s));
	const char *text;
	int fits;

	if (address_text(f, b->arena, &text, e))
		return -1;
	fits = address_fit(b, text, g, false, s, e);
	if (fits == 0)
		fits = address_fit(b, text, g, true, s, e);
	if (fits == 0)
		return err_set(e, ERR_DATA,
		    "the address of debtor '%s' is larger than the window of "
		    "%s (%d x %d mm, %g points at least); give it fewer or "
		    "shorter lines",
		    frame_text(f->data, "debtor", "code"), g->name,
		    mm_rounded(box->w), mm_rounded(box->h),
		    (double)g->address_least / PU_PER_PT);
	if (fits < 0)
		return err_add(e, "the address of debtor '%s'",
		    frame_text(f->data, "debtor", "code"));
	p.shape = s;
	p.to = s->n_lines;
	shape_place(b, &p, build_node(b, TAG_P, 0), "address");
	return 0;
}

struct info {
	const char *name, *value;
	struct shape name_shape, value_shape;
};

static int
info_place_field(struct build *b, struct info *i, struct page_box *box,
    int32_t indent, struct err *e)
{
	int node = build_node(b, TAG_P, 0);
	struct shape_part name = { .shape = &i->name_shape,
		.to = i->name_shape.n_lines,
		.x = box->x,
		.y = box->y };
	struct shape_part value = { .shape = &i->value_shape,
		.x = box->x + indent,
		.y = box->y,
		.measure = box->w - indent };

	/* Words wrap; a mail address or a number is not cut. */
	int rc = strchr(i->value, ' ') ? shape_text(b, i->value, &look_detail,
					     value.measure, &i->value_shape, e)
				       : shape_fitted(b, i->value, &look_detail,
					     value.measure, &i->value_shape, e);
	if (rc)
		return -1;
	value.to = i->value_shape.n_lines;
	shape_place(b, &name, node, "info");
	box->y = shape_place(b, &value, node, "info");
	return 0;
}

static int
info_place(struct build *b, const struct frame *f, struct err *e)
{
	const struct labels *l = f->labels;
	const json_t *d = f->data;
	struct page_box box = f->geometry->info;
	const char *const fields_of[INFO_FIELDS][2] = {
		{ l->our_ref, frame_text(d, NULL, "id") },
		{ l->your_code, frame_text(d, "debtor", "code") },
		{ l->contact, frame_text(d, "creditor", "signatory") },
		{ l->phone, frame_text(d, "creditor", "phone") },
		{ l->email, frame_text(d, "creditor", "email") },
		{ l->hours,
		    spacing_text(frame_text(d, "creditor", "hours"), f->lang,
			SPACING_PAGE, b->arena) }
	};
	struct info fields[INFO_FIELDS] = { 0 };
	int32_t indent = 0;

	for (size_t i = 0; i < INFO_FIELDS; i++) {
		struct info *field = &fields[i];

		field->value = fields_of[i][1];
		if (!field->value[0])
			continue;
		field->name = arena_join(b->arena, fields_of[i][0], " ", "");
		if (shape_text(b, field->name, &look_field, SHAPE_ONE_LINE,
			&field->name_shape, e))
			return -1;
		if (field->name_shape.width > indent)
			indent = field->name_shape.width;
	}
	indent += FIELD_GAP;
	for (size_t i = 0; i < INFO_FIELDS; i++) {
		if (fields[i].value[0] &&
		    info_place_field(b, &fields[i], &box, indent, e))
			return -1;
	}
	if (box.y > f->geometry->info.y + f->geometry->info.h)
		return err_set(e, ERR_USAGE,
		    "the information block is too long for its place; shorten "
		    "creditor.hours in semonce.yaml");
	return 0;
}

static int
date_place(struct build *b, const struct frame *f, struct err *e)
{
	const char *iso = frame_text(f->data, "notice", "date");
	const char *place = frame_text(f->data, "creditor", "city");
	struct piece p = {
		.type = &look_date, .box = f->geometry->date, .role = "date"
	};
	struct str s;
	date_t date;
	int32_t y;

	if (date_parse(iso, &date, e))
		return err_add(e, "notice.date");
	str_init(&s, 100);
	if (formatter_date(f->format, date, DATE_LONG, &s, e)) {
		str_done(&s);
		return -1;
	}
	p.text = arena_str(b->arena, s.p);
	str_done(&s);
	if (place[0])
		p.text = frame_fill(b->arena,
		    frame_fill(b->arena, f->labels->place_date, "{place}",
			place),
		    "{date}", p.text);
	p.node = build_node(b, TAG_P, 0);
	return piece_place(b, &p, &y, e);
}

/* How it is sent, left of the date, where the eye meets it first. */
static int
registered_place(struct build *b, const struct frame *f, struct err *e)
{
	struct piece p = { .text = f->labels->registered,
		.type = &look_registered,
		.box = f->geometry->delivery,
		.role = "registered" };
	int32_t y;

	if (strcmp(frame_text(f->data, NULL, "channel"), "registered") != 0)
		return 0;
	p.node = build_node(b, TAG_P, 0);
	return piece_place(b, &p, &y, e);
}

static int
subject_place(struct build *b, const struct frame *f, int32_t *y, struct err *e)
{
	const struct page_box *box = &f->geometry->subject;
	struct shape_part p = { .x = box->x, .y = box->y, .measure = box->w };
	struct span subject = { .text = f->subject, .style = STYLE_BOLD };
	struct span label = { .text = f->labels->subject, .next = &subject };
	struct shape s;

	b->boxes = true;
	if (shape_spans(b, &label, &look_subject, box->w, &s, e))
		return -1;
	b->boxes = false;
	p.shape = &s;
	p.to = s.n_lines;
	*y = shape_place(b, &p, build_node(b, TAG_H1, 0), "subject");
	return 0;
}

int
frame_address_sheet(struct build *b, const struct frame *f, struct err *e)
{
	if (sender_place(b, f, e) || return_line_place(b, f, e))
		return -1;
	return address_place(b, f, e);
}

int
frame_first(struct build *b, const struct frame *f, int32_t *y, struct err *e)
{
	if (sender_place(b, f, e) || return_line_place(b, f, e) ||
	    address_place(b, f, e) || info_place(b, f, e) ||
	    registered_place(b, f, e) || date_place(b, f, e) ||
	    subject_place(b, f, y, e))
		return -1;
	return 0;
}
