/*
 * The Swiss payment part against published drawings of one: by the numbers in
 * them, and by their ink at 300 dots an inch.
 */
#include <cairo.h>
#include <stdio.h>

#include "letter_slip.h"

#define DRAWINGS "../shared/vectors/swiss_qr/golden_svg/"
#define DPI      300

/* ---- the published drawings, as numbers ---- */

static const struct drawing {
	const char *file, *lang;
	double x, height; /* pt: of its left edge on the slip, of all */
} drawings[] = {
	{ DRAWINGS "a4bill_ex1.svg", "en", 0, 841.89 },
	{ DRAWINGS "qrbill_fr.svg", "fr", 0, 297.638 },
	{ DRAWINGS "payment_part1.svg", "en", 175.748, 297.638 },
};

/* "-274.665" behind the key. */
static double
number_after(const char *p, const char *key)
{
	const char *at = strstr(p, key);
	double v = 0, unit = 0;
	bool below;

	assert_non_null(at);
	at += strlen(key);
	below = *at == '-';
	for (at += below; (*at >= '0' && *at <= '9') || *at == '.'; at++) {
		if (*at == '.') {
			unit = 1;
			continue;
		}
		unit /= 10;
		v = unit > 0 ? v + (*at - '0') * unit : 10 * v + (*at - '0');
	}
	return below ? -v : v;
}

/* The texts of a drawing; y of its groups counts from the bottom. */
static void
read_drawing(const struct drawing *d, struct lines *all)
{
	struct err e = { 0 };
	struct str s;
	const char *p;
	double x = 0;

	str_init(&s, (size_t)1 << 20);
	assert_int_equal(file_read(d->file, &s, &e), 0);
	all->n = 0;
	for (p = s.p; (p = strchr(p, '<')) != NULL; p++) {
		struct line *l = &all->line[all->n];
		const char *text = strchr(p, '>');
		size_t n;

		if (strncmp(p, "<g transform=", 13) == 0)
			x = number_after(p, "translate(");
		if (strncmp(p, "<text ", 6) != 0)
			continue;
		assert_non_null(text);
		n = strcspn(++text, "<");
		assert_true(++all->n < LINES && n < sizeof(l->text));
		*l = (struct line){
			.x = (x + d->x + number_after(p, "x=\"")) * 25.4 / 72,
			.y = 105 + number_after(p, "y=\"") * 25.4 / 72,
			.size = number_after(p, "font-size=\""),
		};
		memcpy(l->text, text, n);
	}
	str_done(&s);
}

/* The names of other ways to pay are not in the code. */
static bool
is_further(const struct line *l)
{
	return l->size == 7;
}

static void
test_places(void **state)
{
	struct fixture *f = *state;
	struct lines want, have;

	if (!file_exists(drawings[0].file)) {
		print_message("no %s\n", drawings[0].file);
		skip();
	}
	for (size_t i = 0; i < N(drawings); i++) {
		read_drawing(&drawings[i], &want);
		assert_true(want.n >= 19);
		must_make(f, &full, drawings[i].lang);
		lines_of(f, &have);
		for (size_t k = 0; k < want.n; k++) {
			const struct line *w = &want.line[k], *l = have.line;

			if (is_further(w))
				continue;
			while (l < have.line + have.n &&
			    !(strcmp(l->text, w->text) == 0 &&
				is_near(l->x, w->x) && is_near(l->y, w->y) &&
				l->size == w->size))
				l++;
			if (l == have.line + have.n)
				fail_msg("%s: no '%s' of %g points at %.2f "
					 "%.2f",
				    drawings[i].file, w->text, w->size, w->x,
				    w->y);
		}
	}
}

/* ---- and as ink ---- */

struct ink {
	double x0, y0, x1, y1; /* mm on the slip; x1 < x0: none */
};

struct picture {
	cairo_surface_t *surface;
	double x, y; /* mm: of its top left corner on the slip */
};

/* Darker than half, anywhere in the box (mm on the slip). */
static struct ink
ink_in(const struct picture *p, struct ink box)
{
	const unsigned char *rows = cairo_image_surface_get_data(p->surface);
	int w = cairo_image_surface_get_width(p->surface);
	int h = cairo_image_surface_get_height(p->surface);
	int stride = cairo_image_surface_get_stride(p->surface);
	const double mm_a_pixel = 25.4 / DPI;
	struct ink ink = { 1e9, 1e9, -1e9, -1e9 };

	for (int y = 0; y < h; y++) {
		double at_y = p->y + y * mm_a_pixel;

		if (at_y < box.y0 || at_y > box.y1)
			continue;
		for (int x = 0; x < w; x++) {
			double at_x = p->x + x * mm_a_pixel;

			if (at_x < box.x0 || at_x > box.x1 ||
			    rows[y * stride + 4 * x + 1] > 127)
				continue;
			ink.x0 = at_x < ink.x0 ? at_x : ink.x0;
			ink.y0 = at_y < ink.y0 ? at_y : ink.y0;
			ink.x1 = at_x > ink.x1 ? at_x : ink.x1;
			ink.y1 = at_y > ink.y1 ? at_y : ink.y1;
		}
	}
	return ink;
}

static void
compare_ink(const struct picture *ours, const struct picture *theirs,
    struct ink box, const char *what)
{
	struct ink a = ink_in(ours, box), b = ink_in(theirs, box);

	if (a.x1 < a.x0 || !is_near(a.x0, b.x0) || !is_near(a.y0, b.y0) ||
	    !is_near(a.x1, b.x1) || !is_near(a.y1, b.y1))
		fail_msg("%s: ink at %.2f %.2f to %.2f %.2f, published %.2f "
			 "%.2f to %.2f %.2f",
		    what, a.x0, a.y0, a.x1, a.y1, b.x0, b.y0, b.x1, b.y1);
}

static void
picture_read(const char *path, double x, double y, struct picture *out)
{
	*out =
	    (struct picture){ cairo_image_surface_create_from_png(path), x, y };
	assert_int_equal(cairo_surface_status(out->surface),
	    CAIRO_STATUS_SUCCESS);
}

static void
compare_drawing(struct fixture *f, const struct drawing *d)
{
	struct picture ours, theirs;
	struct lines have;
	const char *png;

	must_make(f, &full, d->lang);
	lines_of(f, &have);
	write_pdf(f, arena_fmt(f->a, "%s/a.pdf", f->dir));
	RUN(f, "pdftoppm", "-r", "300", "-gray", "-png", "-singlefile",
	    arena_fmt(f->a, "%s/a.pdf", f->dir),
	    arena_fmt(f->a, "%s/a", f->dir));
	png = arena_fmt(f->a, "%s/b.png", f->dir);
	RUN(f, "rsvg-convert", "-b", "white", "-d", "300", "-p", "300", "-o",
	    png, d->file);
	picture_read(arena_fmt(f->a, "%s/a.png", f->dir), 0, -SLIP_TOP, &ours);
	picture_read(png, d->x * 25.4 / 72, 105 - d->height * 25.4 / 72,
	    &theirs);
	for (size_t i = 0; i < have.n; i++) {
		const struct line *l = &have.line[i];
		double pt = l->size * 25.4 / 72;

		if (l->x >= d->x * 25.4 / 72 && !is_further(l))
			compare_ink(&ours, &theirs,
			    (struct ink){ l->x - 1, l->y - 0.85 * pt,
				l->x + l->width + 1, l->y + 0.25 * pt },
			    l->text);
	}
	compare_ink(&ours, &theirs, (struct ink){ 64, 14, 116, 65 }, "code");
	compare_ink(&ours, &theirs, (struct ink){ 86.7, 36.7, 93.3, 43.3 },
	    "cross");
	cairo_surface_destroy(ours.surface);
	cairo_surface_destroy(theirs.surface);
}

static void
test_picture(void **state)
{
	struct fixture *f = *state;

	if (!file_exists(drawings[0].file)) {
		print_message("no %s\n", drawings[0].file);
		skip();
	}
	for (size_t i = 0; i < N(drawings); i++)
		compare_drawing(f, &drawings[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_places, setup, teardown),
		cmocka_unit_test_setup_teardown(test_picture, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
