#include "letter/geometry.h"

#include "base/yaml.h"

/* The file as it is written, in millimetres. */
struct mm_box {
	double x, y, w, h;
};

struct mm_size {
	double w, h;
};

struct mm_margins {
	double left, right, top, bottom;
};

struct mm_window {
	struct mm_box safe, risk;
};

struct pt_sizes {
	double most, least;
};

struct mm_marks {
	double x, length, thickness;
	double *fold, *punch;
	unsigned fold_count, punch_count;
};

struct mm_sheet {
	char *name;
	struct mm_size sheet;
	struct mm_margins margins;
	struct mm_window window;
	struct mm_box head, info, return_line, address, date, subject, footer;
	struct pt_sizes address_sizes;
	bool address_sheet;
	struct mm_marks marks;
};

#define MM(key, type, member) \
	CYAML_FIELD_FLOAT(key, CYAML_FLAG_DEFAULT, struct type, member)
#define BOX(key, type, member)                                            \
	CYAML_FIELD_MAPPING(key, CYAML_FLAG_DEFAULT, struct type, member, \
	    box_fields)
#define MAYBE_BOX(key, type, member)                                       \
	CYAML_FIELD_MAPPING(key, CYAML_FLAG_OPTIONAL, struct type, member, \
	    box_fields)

static const cyaml_schema_field_t box_fields[] = { MM("x", mm_box, x),
	MM("y", mm_box, y), MM("w", mm_box, w), MM("h", mm_box, h),
	CYAML_FIELD_END };

static const cyaml_schema_field_t size_fields[] = { MM("w", mm_size, w),
	MM("h", mm_size, h), CYAML_FIELD_END };

static const cyaml_schema_field_t margin_fields[] = { MM("left", mm_margins,
							  left),
	MM("right", mm_margins, right), MM("top", mm_margins, top),
	MM("bottom", mm_margins, bottom), CYAML_FIELD_END };

static const cyaml_schema_field_t window_fields[] = { BOX("safe", mm_window,
							  safe),
	MAYBE_BOX("risk", mm_window, risk), CYAML_FIELD_END };

static const cyaml_schema_field_t type_fields[] = { MM("most", pt_sizes, most),
	MM("least", pt_sizes, least), CYAML_FIELD_END };

static const cyaml_schema_value_t length_schema = {
	CYAML_VALUE_FLOAT(CYAML_FLAG_DEFAULT, double)
};

static const cyaml_schema_field_t mark_fields[] = { MM("x", mm_marks, x),
	MM("length", mm_marks, length), MM("thickness", mm_marks, thickness),
	CYAML_FIELD_SEQUENCE("fold", CYAML_FLAG_POINTER, struct mm_marks, fold,
	    &length_schema, 0, 4),
	CYAML_FIELD_SEQUENCE("punch", CYAML_FLAG_POINTER, struct mm_marks,
	    punch, &length_schema, 0, 4),
	CYAML_FIELD_END };

static const cyaml_schema_field_t sheet_fields[] = {
	CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct mm_sheet,
	    name, 1, 40),
	CYAML_FIELD_MAPPING("sheet", CYAML_FLAG_DEFAULT, struct mm_sheet, sheet,
	    size_fields),
	CYAML_FIELD_MAPPING("margins", CYAML_FLAG_DEFAULT, struct mm_sheet,
	    margins, margin_fields),
	CYAML_FIELD_MAPPING("window", CYAML_FLAG_DEFAULT, struct mm_sheet,
	    window, window_fields),
	BOX("head", mm_sheet, head), BOX("info", mm_sheet, info),
	MAYBE_BOX("return_line", mm_sheet, return_line),
	BOX("address", mm_sheet, address), BOX("date", mm_sheet, date),
	BOX("subject", mm_sheet, subject), BOX("footer", mm_sheet, footer),
	CYAML_FIELD_MAPPING("address_sizes", CYAML_FLAG_DEFAULT,
	    struct mm_sheet, address_sizes, type_fields),
	CYAML_FIELD_BOOL("address_sheet", CYAML_FLAG_OPTIONAL, struct mm_sheet,
	    address_sheet),
	CYAML_FIELD_MAPPING("marks", CYAML_FLAG_DEFAULT, struct mm_sheet, marks,
	    mark_fields),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t sheet_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct mm_sheet, sheet_fields)
};

#define MM_MAX         2000 /* longer than any sheet a printer takes */
#define DATE_GAP       3    /* before the date */
#define MARK_MOST      PU_PER_MM(1)
#define DELIVERY_LEAST 75 /* "Lettre recommandée avec avis de réception" */

static int
mm_check(double mm, struct err *e)
{
	if (!(mm >= 0 && mm <= MM_MAX))
		return err_set(e, ERR_USAGE,
		    "a length of %g mm is not between 0 and %d", mm, MM_MAX);
	return 0;
}

static int
box_convert(const char *key, struct mm_box mm, const struct geometry *g,
    struct page_box *out, struct err *e)
{
	struct page_box sheet = { 0, 0, g->width, g->height };

	if (mm_check(mm.x, e) || mm_check(mm.y, e) || mm_check(mm.w, e) ||
	    mm_check(mm.h, e))
		return err_add(e, "%s", key);
	out->x = PU_PER_MM(mm.x);
	out->y = PU_PER_MM(mm.y);
	out->w = PU_PER_MM(mm.x + mm.w) - out->x;
	out->h = PU_PER_MM(mm.y + mm.h) - out->y;
	if (!geometry_inside(out, &sheet))
		return err_set(e, ERR_USAGE,
		    "%s: the box goes beyond the sheet; mind that w and h are "
		    "sizes, not corners",
		    key);
	return 0;
}

static int
marks_convert(const double *mm, unsigned n, struct arena *a, int32_t **out,
    struct err *e)
{
	*out = arena_array(a, n, sizeof(**out));
	for (unsigned i = 0; i < n; i++) {
		if (mm_check(mm[i], e))
			return err_add(e, "marks");
		(*out)[i] = PU_PER_MM(mm[i]);
	}
	return 0;
}

/* What is not the address must not show in the window. */
static int
window_check(const struct geometry *g, struct err *e)
{
	const struct {
		const char *key;
		const struct page_box *box;
	} others[] = { { "head", &g->head }, { "info", &g->info },
		{ "date", &g->date }, { "date (left of it)", &g->delivery },
		{ "subject", &g->subject }, { "footer", &g->footer } };

	if (!geometry_inside(&g->address, &g->safe))
		return err_set(e, ERR_USAGE,
		    "address: it must lie within window.safe, or the postman "
		    "may not see all of it");
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		const struct page_box *o = others[i].box, *r = &g->risk;

		if (o->x < r->x + r->w && r->x < o->x + o->w &&
		    o->y < r->y + r->h && r->y < o->y + o->h)
			return err_set(e, ERR_USAGE,
			    "%s: it lies in window.risk and may show in the "
			    "window; move it away",
			    others[i].key);
	}
	return 0;
}

/* What follows from other boxes: the text of the page, and left of the date
 * the place that says how the letter is sent. */
static int
text_convert(const struct mm_sheet *s, struct geometry *g, struct err *e)
{
	const struct mm_margins *m = &s->margins;
	struct mm_box text = { m->left, m->top, s->sheet.w - m->left - m->right,
		s->sheet.h - m->top - m->bottom };
	struct mm_box delivery = { m->left, s->date.y,
		s->date.x - m->left - DATE_GAP, s->date.h };

	if (box_convert("margins", text, g, &g->text, e))
		return -1;
	if (delivery.w < DELIVERY_LEAST)
		return err_set(e, ERR_USAGE,
		    "date: leave %d mm between the left margin and the date, "
		    "for how a letter is sent",
		    DELIVERY_LEAST + DATE_GAP);
	return box_convert("date", delivery, g, &g->delivery, e);
}

static int
sizes_convert(const struct pt_sizes *s, struct geometry *g, struct err *e)
{
	if (!(s->least >= 8 && s->least <= 9 && s->most >= 9 && s->most <= 14))
		return err_set(e, ERR_USAGE,
		    "address_sizes: least is 8 to 9 points, most is 9 to 14");
	g->address_most = (int32_t)(s->most * PU_PER_PT);
	g->address_least = (int32_t)(s->least * PU_PER_PT);
	return 0;
}

static int
marks_check(const struct geometry *g, const int32_t *y, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (y[i] > g->height - g->mark_thickness)
			return err_set(e, ERR_USAGE,
			    "marks: one lies below the sheet");
	return 0;
}

static int
all_marks_convert(const struct mm_marks *m, struct arena *a, struct geometry *g,
    struct err *e)
{
	if (mm_check(m->x, e) || mm_check(m->length, e) ||
	    mm_check(m->thickness, e))
		return err_add(e, "marks");
	g->mark_x = PU_PER_MM(m->x);
	g->mark_length = PU_PER_MM(m->length);
	g->mark_thickness = PU_PER_MM(m->thickness);
	g->n_folds = m->fold_count;
	g->n_punches = m->punch_count;
	if (g->mark_thickness > MARK_MOST)
		return err_set(e, ERR_USAGE,
		    "marks: a thickness of at most 1 mm is a line");
	if (g->mark_x + g->mark_length * 3 / 2 > g->width)
		return err_set(e, ERR_USAGE, "marks: they go beyond the sheet");
	if (marks_convert(m->fold, m->fold_count, a, &g->folds, e) ||
	    marks_convert(m->punch, m->punch_count, a, &g->punches, e) ||
	    marks_check(g, g->folds, g->n_folds, e))
		return -1;
	return marks_check(g, g->punches, g->n_punches, e);
}

static int
sheet_convert(const struct mm_sheet *s, struct arena *a, struct geometry *g,
    struct err *e)
{
	if (mm_check(s->sheet.w, e) || mm_check(s->sheet.h, e))
		return err_add(e, "sheet");
	*g = (struct geometry){ .name = arena_str(a, s->name),
		.width = PU_PER_MM(s->sheet.w),
		.height = PU_PER_MM(s->sheet.h),
		.address_sheet = s->address_sheet };
	const struct {
		const char *key;
		struct mm_box from;
		struct page_box *to;
	} boxes[] = { { "window.safe", s->window.safe, &g->safe },
		{ "window.risk", s->window.risk, &g->risk },
		{ "head", s->head, &g->head }, { "info", s->info, &g->info },
		{ "return_line", s->return_line, &g->return_line },
		{ "address", s->address, &g->address },
		{ "date", s->date, &g->date },
		{ "subject", s->subject, &g->subject },
		{ "footer", s->footer, &g->footer } };
	for (size_t i = 0; i < sizeof(boxes) / sizeof(boxes[0]); i++) {
		if (box_convert(boxes[i].key, boxes[i].from, g, boxes[i].to, e))
			return -1;
	}
	if (text_convert(s, g, e) || sizes_convert(&s->address_sizes, g, e) ||
	    all_marks_convert(&s->marks, a, g, e))
		return -1;
	return window_check(g, e);
}

bool
geometry_inside(const struct page_box *a, const struct page_box *b)
{
	return a->x >= b->x && a->y >= b->y && a->x + a->w <= b->x + b->w &&
	    a->y + a->h <= b->y + b->h;
}

int
geometry_load(const char *path, struct arena *a, struct geometry *out,
    struct err *e)
{
	void *p = NULL;

	if (yaml_load(path, &sheet_schema, &p, e))
		return -1;
	int rc = sheet_convert(p, a, out, e);
	yaml_free(&sheet_schema, p);
	return rc ? err_add(e, "%s", path) : 0;
}
