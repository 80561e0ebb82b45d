/* raster: a page as pixels (raster.h). */
#include "raster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

#define PICTURE_MAX ((size_t)64 << 20)
#define FINDERS_MAX 16

struct finder {
	int x, y; /* centre */
};

/*
 * A binary grey map (P5) of at most 255: what pdftoppm -gray writes, without
 * comments in its head.
 */
int
raster_load(const char *path, struct raster *out, struct err *e)
{
	const uint8_t *grey;
	struct str s;
	size_t n = 0;
	char *p;

	str_init(&s, PICTURE_MAX);
	if (file_read(path, &s, e) != 0) {
		str_done(&s);
		return -1;
	}
	p = strncmp(s.p, "P5", 2) == 0 ? s.p + 2 : s.p;
	out->width = (int)strtol(p, &p, 10);
	out->height = (int)strtol(p, &p, 10);
	if (strtol(p, &p, 10) == 255 && out->width > 0 && out->height > 0)
		n = (size_t)out->width * (size_t)out->height;
	grey = (const uint8_t *)p + 1; /* behind one white space */
	if (n == 0 || s.len - (size_t)(p + 1 - s.p) != n) {
		str_done(&s);
		return err_set(e, ERR_DATA, "%s: no grey map", path);
	}
	out->grey = mem_alloc(n);
	memcpy(out->grey, grey, n);
	str_done(&s);
	return 0;
}

void
raster_done(struct raster *r)
{
	free(r->grey);
}

static bool
is_dark(const struct raster *r, int x, int y)
{
	return x >= 0 && y >= 0 && x < r->width && y < r->height &&
	    r->grey[y * r->width + x] < 128;
}

/* Pixels of one shade from (x, y) on, in a direction; moves behind them. */
static int
run_length(const struct raster *r, int *x, int *y, int dx, int dy)
{
	bool dark = is_dark(r, *x, *y);
	int n = 0;

	while (*x >= 0 && *y >= 0 && *x < r->width && *y < r->height &&
	    is_dark(r, *x, *y) == dark) {
		*x += dx;
		*y += dy;
		n++;
	}
	return n;
}

static bool
is_ratio(const int run[5])
{
	static const int wanted[5] = { 1, 1, 3, 1, 1 };
	int total = 0, i;
	double module;

	for (i = 0; i < 5; i++)
		total += run[i];
	module = total / 7.0;
	for (i = 0; i < 5; i++)
		if (fabs(run[i] - wanted[i] * module) > module * 0.6)
			return false;
	return module >= 1.5;
}

/*
 * Outwards from the centre of a finder along one line: half of the middle,
 * the light ring, the dark ring. False if it does not look like a finder.
 * *near and *far become the first and the last but one pixel of the line.
 */
static bool
cross(const struct raster *r, const struct finder *f, int dx, int dy, int *near,
    int *far)
{
	int run[5], x = f->x, y = f->y;

	run[2] = run_length(r, &x, &y, dx, dy);
	run[3] = run_length(r, &x, &y, dx, dy);
	run[4] = run_length(r, &x, &y, dx, dy);
	*far = dx != 0 ? x : y;
	x = f->x - dx;
	y = f->y - dy;
	run[2] += is_dark(r, x, y) ? run_length(r, &x, &y, -dx, -dy) : 0;
	run[1] = run_length(r, &x, &y, -dx, -dy);
	run[0] = run_length(r, &x, &y, -dx, -dy);
	*near = (dx != 0 ? x : y) + 1;
	return is_ratio(run);
}

/* All 49 modules of a finder, each looked at in its middle. */
static bool
is_finder(const struct raster *r, const struct finder *f, double module)
{
	int x, y, wrong = 0, out;

	for (y = -3; y <= 3; y++)
		for (x = -3; x <= 3; x++) {
			out = abs(x) > abs(y) ? abs(x) : abs(y);
			wrong +=
			    is_dark(r, f->x + (int)lround(x * module),
				f->y + (int)lround(y * module)) != (out != 2);
		}
	return wrong <= 2;
}

/* Adds a finder unless one near it is known; moves it to its middle. */
static void
add_finder(const struct raster *r, int x, int y, struct finder *all, int *n)
{
	struct finder f = { .x = x, .y = y };
	int near, far, i;

	if (!cross(r, &f, 0, 1, &near, &far))
		return;
	f.y = (near + far) / 2;
	if (!cross(r, &f, 1, 0, &near, &far))
		return;
	f.x = (near + far) / 2;
	if (!is_finder(r, &f, (far - near) / 7.0))
		return;
	for (i = 0; i < *n; i++)
		if (abs(all[i].x - f.x) < 5 && abs(all[i].y - f.y) < 5)
			return;
	if (*n < FINDERS_MAX)
		all[(*n)++] = f;
}

static void
scan_row(const struct raster *r, int y, struct finder *all, int *n)
{
	int run[5] = { 0 }, x = 0, row = y, i, end;

	while (x < r->width) {
		for (i = 0; i < 4; i++)
			run[i] = run[i + 1];
		run[4] = run_length(r, &x, &row, 1, 0);
		end = x - run[4] - run[3];
		if (is_dark(r, x - 1, y) && is_ratio(run))
			add_finder(r, end - run[2] / 2 - 1, y, all, n);
	}
}

/* The corner of the three that is level with one and plumb with the other. */
static int
find_corner(const struct finder f[3], const struct finder **right,
    const struct finder **below)
{
	int i, k;

	for (i = 0; i < 3; i++) {
		*right = *below = NULL;
		for (k = 0; k < 3; k++) {
			if (k != i && abs(f[k].y - f[i].y) < 4 &&
			    f[k].x > f[i].x)
				*right = &f[k];
			if (k != i && abs(f[k].x - f[i].x) < 4 &&
			    f[k].y > f[i].y)
				*below = &f[k];
		}
		if (*right != NULL && *below != NULL)
			return i;
	}
	return -1;
}

int
raster_find_symbol(const struct raster *r, struct raster_symbol *out,
    struct err *e)
{
	struct finder all[FINDERS_MAX];
	const struct finder *right, *below, *corner;
	int n = 0, y, at, unused, far;

	for (y = 0; y < r->height; y++)
		scan_row(r, y, all, &n);
	at = n == 3 ? find_corner(all, &right, &below) : -1;
	if (at < 0)
		return err_set(e, ERR_DATA,
		    "%d finder patterns on the page, no upright symbol", n);
	corner = &all[at];
	(void)cross(r, corner, 1, 0, &out->left, &far);
	(void)cross(r, corner, 0, 1, &out->top, &unused);
	(void)cross(r, right, 1, 0, &unused, &out->right);
	(void)cross(r, below, 0, 1, &unused, &out->bottom);
	/* the finders' centres are all modules but seven apart */
	out->module = (right->x - corner->x + below->y - corner->y) / 2.0;
	out->modules = (int)lround(out->module * 7.0 / (far - out->left)) + 7;
	out->modules = (out->modules - 17 + 2) / 4 * 4 + 17;
	out->module /= out->modules - 7;
	return 0;
}

bool
raster_margin_is_light(const struct raster *r, const struct raster_symbol *s,
    int margin)
{
	int x, y;

	if (s->left < margin || s->top < margin ||
	    s->right + margin > r->width || s->bottom + margin > r->height)
		return false;
	for (y = s->top - margin; y < s->bottom + margin; y++)
		for (x = s->left - margin; x < s->right + margin; x++)
			if ((x < s->left || x >= s->right || y < s->top ||
				y >= s->bottom) &&
			    is_dark(r, x, y))
				return false;
	return true;
}
