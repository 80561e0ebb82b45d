/*
 * The code of the Swiss payment part as a scanner reads it, byte for byte: of
 * random slips, as a screen shows them at 150 dots an inch, and printed and
 * scanned again, askew, blurred and in a poor JPEG at 300. SWISS_SLIPS=1000
 * in the environment has so many read instead of a few.
 */
#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>

#include "letter_slip.h"
#include "pay/code.h"
#include "pay/qrref.h"
#include "pay/reference.h"

#define DEGREES 2
#define DPI     "300"

static uint64_t
next_random(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static const char *
random_text(uint64_t *x, struct arena *a, size_t most)
{
	static const char *const bits[] = { "a", "e", "n", "r", "S", "M", " ",
		"-", "\u00e9", "\u0161", "'", "&", "7", "\u00fc", "/", "." };
	struct str s;
	const char *text;

	str_init(&s, 1000);
	str_putc(&s, 'N');
	for (size_t i = next_random(x) % most; i > 0; i--)
		str_puts(&s, bits[next_random(x) % N(bits)]);
	text = arena_strn(a, s.p, s.len);
	str_done(&s);
	return text;
}

static struct pay_party
random_party(uint64_t *x, struct arena *a)
{
	return (struct pay_party){ .name = random_text(x, a, 70),
		.street = random_text(x, a, 50),
		.number = next_random(x) % 4 == 0 ? "" : "12a",
		.postcode = "2501",
		.town = random_text(x, a, 35),
		.country = next_random(x) % 8 == 0 ? "DE" : "CH" };
}

static void
random_transfer(uint64_t *x, struct arena *a, struct transfer *t)
{
	const char *digits =
	    arena_fmt(a, "%llu", (unsigned long long)next_random(x));
	char qr[QRREF_SIZE], rf[REFERENCE_SIZE];
	struct err e = { 0 };
	uint64_t kind = next_random(x) % 3;

	*t = (struct transfer){ .payee = random_party(x, a),
		.iban = kind == 0 ? "CH4431999123000889012"
				  : "CH5800791123000889012",
		.amount = { (int64_t)(next_random(x) % 100000000), "CHF" },
		.reference = "",
		.text = random_text(x, a, 140),
		.due = DATE_NONE };
	if (next_random(x) % 4 == 0)
		memcpy(t->amount.currency, "EUR", sizeof("EUR"));
	if (next_random(x) % 4 != 0)
		t->payer = random_party(x, a);
	assert_int_equal(qrref_make(digits, qr, &e), 0);
	assert_int_equal(reference_make(digits, rf, &e), 0);
	if (kind != 2)
		t->reference = arena_str(a, kind == 0 ? qr : rf);
}

static unsigned long
count_slips(unsigned long few)
{
	const char *wish = getenv("SWISS_SLIPS");

	return wish ? strtoul(wish, NULL, 10) : few;
}

/* A random slip as a.pdf; returns what its code must say. */
static const char *
slip_write(struct fixture *f, uint64_t *x, unsigned long i)
{
	static const char *const langs[] = { "de", "fr", "it", "en", "rm" };
	struct arena *a = arena_new();
	struct transfer t;
	struct err e = { 0 };
	struct str want;
	const char *said;

	random_transfer(x, a, &t);
	must_make(f, &t, langs[i % N(langs)]);
	str_init(&want, 4000);
	assert_int_equal(pay_code_find("swiss")->write(&t, &want, &e), 0);
	said = arena_str(f->a, want.p);
	str_done(&want);
	arena_free(a);
	write_pdf(f, arena_fmt(f->a, "%s/a.pdf", f->dir));
	return said;
}

/* What zbarimg reads in the picture. */
static bool
is_read(struct fixture *f, const char *picture, const char *want)
{
	struct err e = { 0 };
	struct str have;
	bool same;

	str_init(&have, 4000);
	(void)try_run(f,
	    (const char *const[]){ "zbarimg", "-q", "--nodbus", "--raw",
		"-Sdisable", "-Sbinary", "-Sqrcode.enable",
		arena_fmt(f->a, "%s/%s", f->dir, picture), NULL });
	assert_int_equal(file_read(arena_fmt(f->a, "%s/out", f->dir), &have,
			     &e),
	    0);
	same = strcmp(have.p, want) == 0;
	if (!same)
		print_message("read\n%s\nnot\n%s\n", have.p, want);
	str_done(&have);
	return same;
}

static void
test_read(void **state)
{
	struct fixture *f = *state;
	uint64_t x = 20251122;

	for (unsigned long i = 0, n = count_slips(24); i < n; i++) {
		const char *want = slip_write(f, &x, i);

		RUN(f, "pdftoppm", "-r", "150", "-gray", "-singlefile",
		    arena_fmt(f->a, "%s/a.pdf", f->dir),
		    arena_fmt(f->a, "%s/a", f->dir));
		assert_true(is_read(f, "a.pgm", want));
	}
}

/* The mean of nine pictures, each a pixel aside. */
static cairo_surface_t *
blurred_askew(cairo_surface_t *from)
{
	int w = cairo_image_surface_get_width(from);
	int h = cairo_image_surface_get_height(from);
	cairo_surface_t *to =
	    cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
	cairo_t *cr = cairo_create(to);

	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_translate(cr, w / 2.0, h / 2.0);
	cairo_rotate(cr, DEGREES * G_PI / 180);
	for (int i = 0; i < 9; i++) {
		int dx = i % 3 - 1, dy = i / 3 - 1;

		cairo_set_source_surface(cr, from, dx - w / 2.0, dy - h / 2.0);
		cairo_paint_with_alpha(cr, 1.0 / (i + 1));
	}
	cairo_destroy(cr);
	cairo_surface_flush(to);
	return to;
}

static void
write_jpeg(cairo_surface_t *from, const char *path)
{
	int w = cairo_image_surface_get_width(from);
	int h = cairo_image_surface_get_height(from);
	int stride = cairo_image_surface_get_stride(from);
	const guchar *rows = cairo_image_surface_get_data(from);
	GdkPixbuf *p = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, w, h);
	guchar *to = gdk_pixbuf_get_pixels(p);
	int row = gdk_pixbuf_get_rowstride(p);

	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++)
			for (int c = 0; c < 3; c++)
				to[y * row + 3 * x + c] =
				    rows[y * stride + 4 * x];
	assert_true(gdk_pixbuf_save(p, path, "jpeg", NULL, "quality", "60",
	    NULL));
	g_object_unref(p);
}

/* The payment part alone, as it lies on the glass. */
static void
scan(struct fixture *f)
{
	const char *png = arena_fmt(f->a, "%s/a.png", f->dir);
	cairo_surface_t *from, *to;

	RUN(f, "pdftoppm", "-r", DPI, "-gray", "-png", "-singlefile", "-x",
	    "732", "-y", "2268", "-W", "1748", "-H", "1240",
	    arena_fmt(f->a, "%s/a.pdf", f->dir),
	    arena_fmt(f->a, "%s/a", f->dir));
	from = cairo_image_surface_create_from_png(png);
	assert_int_equal(cairo_surface_status(from), CAIRO_STATUS_SUCCESS);
	to = blurred_askew(from);
	write_jpeg(to, arena_fmt(f->a, "%s/a.jpg", f->dir));
	cairo_surface_destroy(from);
	cairo_surface_destroy(to);
}

/* One of a hundred may be lost: of a few, none. */
static void
test_scanned(void **state)
{
	struct fixture *f = *state;
	unsigned long lost = 0, n = count_slips(8);
	uint64_t x = 20251123;

	for (unsigned long i = 0; i < n; i++) {
		const char *want = slip_write(f, &x, i);

		scan(f);
		lost += !is_read(f, "a.jpg", want);
	}
	assert_true(lost * 100 <= n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_read, setup, teardown),
		cmocka_unit_test_setup_teardown(test_scanned, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
