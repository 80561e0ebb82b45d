/* The foot of each page and the marks at its edge: the end of frame.h. */
#include <string.h>

#include "letter/escape.h"
#include "letter/frame.h"
#include "letter/look.h"

#define HAIRLINE PU_PER_MM(0.12)
#define NUMBER   PU_PER_MM(24) /* room for "Page 1/2" at the right */
#define ABOVE    PU_PER_MM(2)  /* between the rule and the words */
#define RUNNING  PU_PER_MM(9)  /* from the running head to the text */

/* "SAS au capital de 50 000 €", "SAS", or "". */
static const char *
legal_form(const struct frame *f, struct arena *a)
{
	const char *form = frame_text(f->data, "creditor", "form");
	const char *capital = frame_text(f->data, "creditor", "capital");
	const char *label = f->labels->capital;

	if (!form[0] || !capital[0])
		return form;
	label = frame_fill(a, label, "{form}", form);
	return frame_fill(a, label, "{capital}", capital);
}

static const char *
joined(struct arena *a, const char *left, const char *right)
{
	if (!left[0] || !right[0])
		return left[0] ? left : right;
	return arena_join(a, left, " · ", right);
}

void
frame_identity(const struct frame *f, struct arena *a, struct identity *out)
{
	const char *vat = frame_text(f->data, "creditor", "vat");
	const char *one = frame_text(f->data, "creditor", "name");
	const char *two = frame_text(f->data, "creditor", "registration");
	const json_t *lines =
	    json_object_get(json_object_get(f->data, "creditor"), "lines");

	one = joined(a, one, legal_form(f, a));
	for (size_t i = 0; i < json_array_size(lines); i++) {
		const char *line = json_string_value(json_array_get(lines, i));

		one = joined(a, one, line ? line : "");
	}
	if (vat[0])
		two = joined(a, two, arena_join(a, f->labels->vat, " ", vat));
	*out = (struct identity){ .line = { escape_plain(a, one),
				      escape_plain(a, two) },
		.n = two[0] ? 2 : 1 };
}

/* One line of small print, not part of what the letter says. */
struct print {
	const char *text;
	struct page_box box;
	enum align align;
};

/* The box goes on below what was placed. */
static int
print_place(struct build *b, struct print *p, struct err *e)
{
	struct shape s;
	struct shape_part part = { .shape = &s,
		.x = p->box.x,
		.y = p->box.y,
		.measure = p->box.w,
		.align = p->align };

	if (!p->text[0])
		return 0;
	if (shape_text(b, p->text, &look_small, p->box.w, &s, e))
		return -1;
	part.to = s.n_lines;
	p->box.y = shape_place(b, &part, -1, "footer");
	build_last(b)->pagination = true;
	return 0;
}

static size_t
sheets_before(const struct frame *f)
{
	return f->geometry->address_sheet ? 1 : 0;
}

/* Above what fills the foot of the sheet, if something does. */
static struct page_box
footer_box(const struct build *b, const struct frame *f)
{
	struct page_box box = f->geometry->footer;
	int32_t foot = b->pages[b->open].foot;

	if (foot > 0)
		box.y = foot - box.h;
	return box;
}

static int
number_place(struct build *b, const struct frame *f, size_t number,
    struct err *e)
{
	struct print p = { .text = f->labels->page,
		.box = footer_box(b, f),
		.align = ALIGN_RIGHT };

	p.text = frame_fill(b->arena, p.text, "{n}",
	    arena_fmt(b->arena, "%zu", number));
	p.text = frame_fill(b->arena, p.text, "{total}",
	    arena_fmt(b->arena, "%zu", b->n_pages - sheets_before(f)));
	p.box.x += p.box.w - NUMBER;
	p.box.y += ABOVE;
	p.box.w = NUMBER;
	return print_place(b, &p, e);
}

static int
foot_place(struct build *b, const struct frame *f, size_t number, struct err *e)
{
	struct print p = { .box = footer_box(b, f) };
	struct page_box rule = p.box;
	struct identity id;

	rule.h = HAIRLINE;
	build_fill(b, "rule", rule, LOOK_LINE);
	frame_identity(f, b->arena, &id);
	p.box.y += ABOVE;
	p.box.w -= NUMBER;
	for (size_t i = 0; i < id.n; i++) {
		p.text = id.line[i];
		if (print_place(b, &p, e))
			return -1;
	}
	if (p.box.y > p.box.h + rule.y)
		return err_set(e, ERR_USAGE,
		    "the creditor's name, form and address do not fit the "
		    "footer; shorten them in semonce.yaml");
	return number_place(b, f, number, e);
}

/* Above the text of a following page: whose letter, and which. */
static int
running_head_place(struct build *b, const struct frame *f, struct err *e)
{
	struct print p = { .box = f->geometry->text };

	p.box.y -= RUNNING;
	p.box.w /= 2;
	p.text = frame_text(f->data, "creditor", "name");
	if (print_place(b, &p, e))
		return -1;
	p.box.x += p.box.w;
	p.box.y = f->geometry->text.y - RUNNING;
	p.align = ALIGN_RIGHT;
	p.text = arena_fmt(b->arena, "%s %s", f->labels->our_ref,
	    frame_text(f->data, NULL, "id"));
	return print_place(b, &p, e);
}

static void
mark_place(struct build *b, const struct geometry *g, int32_t y, int32_t w)
{
	int32_t foot = b->pages[b->open].foot;

	if (foot > 0 && y + g->mark_thickness >= foot)
		return;
	build_fill(b, "mark",
	    (struct page_box){
		g->mark_x, y - g->mark_thickness / 2, w, g->mark_thickness },
	    LOOK_MUTED);
}

/* The hole is marked longer than the folds. */
static void
marks_place(struct build *b, const struct geometry *g)
{
	for (size_t i = 0; i < g->n_folds; i++)
		mark_place(b, g, g->folds[i], g->mark_length);
	for (size_t i = 0; i < g->n_punches; i++)
		mark_place(b, g, g->punches[i], g->mark_length * 3 / 2);
}

int
frame_finish(struct build *b, const struct frame *f, struct err *e)
{
	size_t before = sheets_before(f);

	for (size_t i = before; i < b->n_pages; i++) {
		build_reopen(b, i);
		if (i > before && running_head_place(b, f, e))
			return -1;
		if (foot_place(b, f, i - before + 1, e))
			return -1;
	}
	build_reopen(b, 0);
	marks_place(b, f->geometry);
	return 0;
}
