/* The words of a receipt and payment part, each at its place. */
#include <assert.h>
#include <string.h>

#include "letter/look.h"
#include "letter/swiss_parts.h"
#include "pay/iban.h"
#include "pay/qrref.h"
#include "pay/reference.h"

#define PT(pt)       ((int32_t)((pt)*PU_PER_PT))
#define MARGIN       PU_PER_MM(5)
#define RECEIPT_WIDE PU_PER_MM(52)
#define RECEIPT_HIGH PU_PER_MM(56) /* its information section */
#define RECEIPT_TOP  PU_PER_MM(12) /* of that */
#define PART_X       PU_PER_MM(67)
#define INFO_X       PU_PER_MM(118)
#define INFO_WIDE    PU_PER_MM(87)
#define INFO_HIGH    PU_PER_MM(85)
#define CODE_TOP     PU_PER_MM(17)
#define AMOUNT_TOP   PU_PER_MM(68)
#define ACCEPTANCE   PU_PER_MM(82)
#define FURTHER_TOP  PU_PER_MM(90)
#define FURTHER_WIDE PU_PER_MM(138)
#define BOX_GAP      PT(2) /* above a box for the address */
#define TITLE_SIZE   11
#define PART_SIZE    10 /* of values, the labels are 2 points smaller */
#define PART_LEAST   8
#define RECEIPT_SIZE 8
#define FURTHER_SIZE 7
#define SECTIONS     4
#define INFO_BYTES   1000 /* 140 letters, and line breaks */

/* A label and its value; no value: a box to be filled in by hand. */
struct section {
	const char *label, *value;
	struct shape label_shape, value_shape;
};

/* The information of the receipt, or of the payment part. */
struct column {
	struct section sections[SECTIONS];
	size_t n;
	struct type label, value;
	int32_t x, y, w, h; /* what it may fill */
	int32_t gap;        /* between sections */
	struct page_box box;
};

struct slip {
	struct build *b;
	const struct swiss_slip *s;
	int32_t top;
	int node; /* the receipt, or the payment part */
};

static struct type
type_of(int size, bool bold)
{
	return (struct type){ .size = PT(size),
		.leading = PT(size + 1),
		.rgb = LOOK_INK,
		.bold = bold,
		.form = true };
}

/* From the top of a section to the baseline of its first line. */
static int32_t
ascent(const struct type *t)
{
	return t->size * 4 / 5;
}

/* ---- words at their place ---- */

static void
lines_place(struct slip *p, const struct shape *shape, int32_t x,
    int32_t baseline, enum page_tag tag)
{
	struct shape_part part = { .shape = shape,
		.to = shape->n_lines,
		.x = x,
		.y = p->top + baseline - shape_baseline(shape->type) };

	shape_place(p->b, &part, build_node(p->b, tag, p->node), "payment");
}

static int
text_place(struct slip *p, const char *text, const struct type *t, int32_t x,
    int32_t baseline, struct err *e)
{
	struct shape shape;

	if (shape_text(p->b, text, t, SHAPE_ONE_LINE, &shape, e))
		return -1;
	lines_place(p, &shape, x, baseline, TAG_P);
	return 0;
}

static const char *
word(const struct slip *p, enum swiss_word w)
{
	return swiss_word(w, p->b->lang);
}

static int
title_place(struct slip *p, enum swiss_word w, int32_t x, struct err *e)
{
	const struct type t = type_of(TITLE_SIZE, true);
	struct shape shape;

	if (shape_text(p->b, word(p, w), &t, SHAPE_ONE_LINE, &shape, e))
		return -1;
	lines_place(p, &shape, x, MARGIN + ascent(&t), TAG_H2);
	return 0;
}

/* ---- what they say ---- */

/* "123 949.75" */
static const char *
amount_text(struct money m, struct arena *a)
{
	char plain[MONEY_SIZE], grouped[2 * MONEY_SIZE];
	size_t whole, n = 0;

	(void)money_fmt(m, plain);
	whole = strcspn(plain, ".");
	for (size_t i = 0; plain[i] != '\0'; i++) {
		if (i > 0 && i < whole && (whole - i) % 3 == 0)
			grouped[n++] = ' ';
		grouped[n++] = plain[i];
	}
	return arena_strn(a, grouped, n);
}

static const char *
party_text(const struct pay_party *p, bool street, struct arena *a)
{
	bool abroad =
	    strcmp(p->country, "CH") != 0 && strcmp(p->country, "LI") != 0;
	const char *at = "";

	if (street && (p->street[0] || p->number[0]))
		at = arena_fmt(a, "\n%s%s%s", p->street,
		    p->street[0] && p->number[0] ? " " : "", p->number);
	return arena_fmt(a, "%s%s\n%s%s%s %s", p->name, at,
	    abroad ? p->country : "", abroad ? "-" : "", p->postcode, p->town);
}

static const char *
account_text(const struct transfer *t, bool street, struct arena *a)
{
	char iban[IBAN_PRINT_SIZE];

	return arena_fmt(a, "%s\n%s", iban_fmt(t->iban, iban),
	    party_text(&t->payee, street, a));
}

static const char *
reference_text(const char *reference, struct arena *a)
{
	char qr[QRREF_PRINT_SIZE], rf[REFERENCE_PRINT_SIZE];

	return arena_str(a,
	    strncmp(reference, "RF", 2) == 0 ? reference_fmt(reference, rf)
					     : qrref_fmt(reference, qr));
}

/* ---- a column of sections ---- */

static void
section_add(struct slip *p, struct column *c, enum swiss_word label,
    const char *value)
{
	assert(c->n < SECTIONS);
	c->sections[c->n++] =
	    (struct section){ .label = word(p, label), .value = value };
}

static void
payer_add(struct slip *p, struct column *c, bool street)
{
	const struct pay_party *payer = &p->s->t->payer;

	if (payer->name[0])
		section_add(p, c, SWISS_PAYABLE_BY,
		    party_text(payer, street, p->b->arena));
	else
		section_add(p, c, SWISS_PAYABLE_BY_BLANK, NULL);
}

/* Shapes the sections in their size, and finds the gap between them. */
static int
column_shape(struct slip *p, struct column *c, size_t gaps, int size,
    struct err *e)
{
	int32_t room = c->h;

	assert(gaps > 0);
	c->value = type_of(size, false);
	c->label = type_of(size - 2, true);
	c->label.leading = c->value.leading;
	for (size_t i = 0; i < c->n; i++) {
		struct section *s = &c->sections[i];

		if (shape_text(p->b, s->label, &c->label, c->w, &s->label_shape,
			e))
			return -1;
		if (s->value &&
		    shape_text(p->b, s->value, &c->value, c->w, &s->value_shape,
			e))
			return -1;
		room -= shape_height(&c->label, s->label_shape.n_lines) +
		    (s->value ? shape_height(&c->value, s->value_shape.n_lines)
			      : c->box.h);
	}
	c->gap = room / (int32_t)gaps;
	if (c->gap > c->value.leading)
		c->gap = c->value.leading;
	return 0;
}

/* Sections that stand so close are hard to tell apart. */
static bool
column_is_tight(const struct column *c)
{
	return c->gap < c->value.leading * 4 / 5;
}

static int
column_place(struct slip *p, const struct column *c, struct err *e)
{
	int32_t y = c->y + ascent(&c->label);
	struct page_box box = c->box;

	if (c->gap < 0)
		return err_set(e, ERR_DATA,
		    "the names, addresses and texts do not fit the Swiss "
		    "payment part; shorten them");
	for (size_t i = 0; i < c->n; i++) {
		const struct section *s = &c->sections[i];

		lines_place(p, &s->label_shape, c->x, y, TAG_P);
		y += shape_height(&c->label, s->label_shape.n_lines);
		if (!s->value) {
			box.x = c->x;
			box.y = p->top + y - ascent(&c->value) + BOX_GAP;
			swiss_corners_place(p->b, box);
			continue;
		}
		lines_place(p, &s->value_shape, c->x, y, TAG_P);
		y += shape_height(&c->value, s->value_shape.n_lines) + c->gap;
	}
	return 0;
}

/* ---- the receipt ---- */

static void
receipt_read(struct slip *p, struct column *c, bool payee_street,
    bool payer_street)
{
	const struct transfer *t = p->s->t;

	*c = (struct column){ .x = MARGIN,
		.y = RECEIPT_TOP,
		.w = RECEIPT_WIDE,
		.h = RECEIPT_HIGH,
		.box = { .w = PU_PER_MM(52), .h = PU_PER_MM(20) } };
	section_add(p, c, SWISS_ACCOUNT,
	    account_text(t, payee_street, p->b->arena));
	if (t->reference[0])
		section_add(p, c, SWISS_REFERENCE,
		    reference_text(t->reference, p->b->arena));
	payer_add(p, c, payer_street);
}

/* Where it is tight, streets are left out: the payment part has them. */
static int
receipt_information(struct slip *p, struct err *e)
{
	struct column c;

	for (int i = 0; i < 3; i++) {
		receipt_read(p, &c, i < 1, i < 2);
		if (column_shape(p, &c, c.n, RECEIPT_SIZE, e))
			return -1;
		if (!column_is_tight(&c))
			break;
	}
	return column_place(p, &c, e);
}

/* Where the amount stands, or is to be written. */
struct amount {
	int32_t x, dx; /* of the currency, from there to the amount */
	int size;
	struct page_box box; /* for handwriting; from the same place */
};

static int
amount_place(struct slip *p, const struct amount *a, struct err *e)
{
	const struct money money = p->s->t->amount;
	const struct type label = type_of(a->size - 2, true);
	const struct type value = type_of(a->size, false);
	int32_t at = AMOUNT_TOP + ascent(&label);
	int32_t below = at + value.size + PT(3);
	struct page_box box = a->box;

	if (text_place(p, word(p, SWISS_CURRENCY), &label, a->x, at, e) ||
	    text_place(p, money.currency, &value, a->x, below, e) ||
	    text_place(p, word(p, SWISS_AMOUNT), &label, a->x + a->dx, at, e))
		return -1;
	if (money.minor > 0)
		return text_place(p, amount_text(money, p->b->arena), &value,
		    a->x + a->dx, below, e);
	box.x += a->x;
	box.y += p->top + AMOUNT_TOP;
	swiss_corners_place(p->b, box);
	return 0;
}

static int
receipt_place(struct slip *p, struct err *e)
{
	static const struct amount amount = { .x = MARGIN,
		.dx = PU_PER_MM(12),
		.size = RECEIPT_SIZE,
		.box = { PU_PER_MM(22), 0, PU_PER_MM(30), PU_PER_MM(10) } };
	const struct type label = type_of(RECEIPT_SIZE - 2, true);
	struct shape acceptance;

	if (title_place(p, SWISS_RECEIPT_TITLE, MARGIN, e) ||
	    receipt_information(p, e) || amount_place(p, &amount, e) ||
	    shape_text(p->b, word(p, SWISS_ACCEPTANCE), &label, SHAPE_ONE_LINE,
		&acceptance, e))
		return -1;
	lines_place(p, &acceptance, MARGIN + RECEIPT_WIDE - acceptance.width,
	    ACCEPTANCE + ascent(&label), TAG_P);
	return 0;
}

/* ---- the payment part ---- */

/* Bill information is no words: each line is as full as it gets. */
static void
bill_put(const char *info, const struct shape_line *line, struct str *out)
{
	size_t base = 0, done = 0;
	int32_t x = 0;

	for (size_t k = 0; k < line->n_runs; k++) {
		const struct page_run *r = &line->runs[k].run;

		for (size_t i = 0; i < r->n_glyphs; i++) {
			size_t at = base + r->glyphs[i].cluster;

			x += r->glyphs[i].advance;
			if (x <= INFO_WIDE)
				continue;
			str_put(out, info + done, at - done);
			str_putc(out, '\n');
			done = at;
			x = r->glyphs[i].advance;
		}
		base += r->text_len;
	}
	str_puts(out, info + done);
}

static int
information_text(struct slip *p, const char **out, struct err *e)
{
	const struct transfer *t = p->s->t;
	const struct type type = type_of(PART_SIZE, false);
	struct shape bill;
	struct str s;

	if (shape_text(p->b, t->info, &type, SHAPE_ONE_LINE, &bill, e))
		return -1;
	str_init(&s, INFO_BYTES);
	str_puts(&s, t->text);
	if (t->text[0] && t->info[0])
		str_putc(&s, '\n');
	if (t->info[0])
		bill_put(t->info, bill.lines, &s);
	*out = arena_str(p->b->arena, s.p);
	str_done(&s);
	return 0;
}

static int
part_information(struct slip *p, struct err *e)
{
	const struct transfer *t = p->s->t;
	struct column c = { .x = INFO_X,
		.y = MARGIN,
		.w = INFO_WIDE,
		.h = INFO_HIGH,
		.box = { .w = PU_PER_MM(65), .h = PU_PER_MM(25) } };
	const char *more;
	int size = PART_SIZE;

	if (information_text(p, &more, e))
		return -1;
	section_add(p, &c, SWISS_ACCOUNT, account_text(t, true, p->b->arena));
	if (t->reference[0])
		section_add(p, &c, SWISS_REFERENCE,
		    reference_text(t->reference, p->b->arena));
	if (more[0])
		section_add(p, &c, SWISS_INFORMATION, more);
	payer_add(p, &c, true);
	do {
		if (column_shape(p, &c, c.n - (t->others[0][0] ? 0 : 1), size,
			e))
			return -1;
	} while (column_is_tight(&c) && size-- > PART_LEAST);
	return column_place(p, &c, e);
}

/* Other ways to pay, as they stand in the code. */
static int
further_place(struct slip *p, struct err *e)
{
	const struct type t = type_of(FURTHER_SIZE, false);
	struct shape shape;

	for (int i = 0; i < 2 && p->s->t->others[i][0]; i++) {
		if (shape_fitted(p->b, p->s->t->others[i], &t, FURTHER_WIDE,
			&shape, e))
			return -1;
		lines_place(p, &shape, PART_X,
		    FURTHER_TOP + ascent(&t) + i * t.leading, TAG_P);
	}
	return 0;
}

static int
part_place(struct slip *p, struct err *e)
{
	static const struct amount amount = { .x = PART_X,
		.dx = PU_PER_MM(15),
		.size = PART_SIZE,
		.box = {
		    PU_PER_MM(11), PT(11.4), PU_PER_MM(40), PU_PER_MM(15) } };
	int figure;

	if (title_place(p, SWISS_PAYMENT_PART, PART_X, e))
		return -1;
	figure = build_node(p->b, TAG_FIGURE, p->node);
	p->b->nodes[figure].alt = p->s->alt;
	swiss_code_place(p->b, p->s->symbol, PART_X, p->top + CODE_TOP, figure);
	if (amount_place(p, &amount, e) || part_information(p, e))
		return -1;
	return further_place(p, e);
}

int
swiss_slip_place(struct build *b, const struct swiss_slip *s, int32_t top,
    struct err *e)
{
	struct slip p = { .b = b, .s = s, .top = top };

	swiss_lines_place(b, top);
	p.node = build_node(b, TAG_DIV, 0);
	if (receipt_place(&p, e))
		return -1;
	p.node = build_node(b, TAG_DIV, 0);
	return part_place(&p, e);
}
