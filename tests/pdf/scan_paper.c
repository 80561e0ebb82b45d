/*
 * scan_paper SEED PRINTED.pgm DPI...: what a scanner makes of a paper:
 * PRINTED.pgm, drawn at 600 dpi, as PRINTED.pgm.DPI for each DPI.
 *
 * Ink and lens spread every point, the paper lies 2 degrees askew, a pixel is
 * the mean of its area, paper is not white nor ink black, and all is a little
 * noisy; scan.sh says why so much. The same seed makes the same files.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "raster.h"

#define PRINTED_DPI 600
#define SPREAD      (0.1 * PRINTED_DPI / 25.4) /* a point's deviation, px */
#define REACH       8                          /* of the spread, px */
#define ASKEW       (2 * 3.14159265358979 / 180)
#define PAPER       235.0F
#define INK         40.0F
#define NOISE       4.0F /* deviation, of 255 */
#define PICTURE_MAX ((size_t)64 << 20)

struct picture {
	int width, height;
	float *light; /* 0 to 1, rows from the top */
};

static struct picture
picture_new(int width, int height)
{
	return (struct picture){ width, height,
		mem_alloc((size_t)width * (size_t)height * sizeof(float)) };
}

/* Beyond its edges it goes on in white. */
static float
picture_at(const struct picture *p, int x, int y)
{
	return x >= 0 && y >= 0 && x < p->width && y < p->height
	    ? p->light[(size_t)y * (size_t)p->width + (size_t)x]
	    : 1;
}

static int
picture_read(const char *path, struct picture *out, struct err *e)
{
	struct raster r;

	if (raster_load(path, &r, e) != 0)
		return -1;
	*out = picture_new(r.width, r.height);
	for (size_t i = 0; i < (size_t)r.width * (size_t)r.height; i++)
		out->light[i] = (float)r.grey[i] / 255;
	raster_done(&r);
	return 0;
}

static int
picture_write(const struct picture *p, const char *path, struct err *e)
{
	size_t n = (size_t)p->width * (size_t)p->height;
	struct str s;
	int rc;

	str_init(&s, PICTURE_MAX);
	str_fmt(&s, "P5\n%d %d\n255\n", p->width, p->height);
	for (size_t i = 0; i < n; i++)
		str_putc(&s, (char)(uint8_t)lroundf(p->light[i]));
	rc = file_write(path, s.p, s.len, 0644, e);
	str_done(&s);
	return rc;
}

/* Spread along its rows, and turned so that rows are columns. */
static struct picture
picture_spread(const struct picture *p)
{
	struct picture out = picture_new(p->height, p->width);
	struct picture row = picture_new(p->width + 2 * REACH, 1);
	float weight[2 * REACH + 1], all = 0;

	for (int k = -REACH; k <= REACH; k++)
		all += weight[k + REACH] =
		    (float)exp(-k * k / (2 * SPREAD * SPREAD));
	for (int y = 0; y < p->height; y++) {
		for (int x = 0; x < row.width; x++)
			row.light[x] = picture_at(p, x - REACH, y);
		for (int x = 0; x < p->width; x++) {
			float sum = 0;

			for (int k = 0; k <= 2 * REACH; k++)
				sum += weight[k] * row.light[x + k];
			out.light[(size_t)x * (size_t)p->height + (size_t)y] =
			    sum / all;
		}
	}
	free(row.light);
	return out;
}

/* The light between four pixels. */
static float
light_between(const struct picture *p, double x, double y)
{
	int left = (int)floor(x), top = (int)floor(y);
	float dx = (float)(x - left), dy = (float)(y - top);

	return (picture_at(p, left, top) * (1 - dx) +
		   picture_at(p, left + 1, top) * dx) *
	    (1 - dy) +
	    (picture_at(p, left, top + 1) * (1 - dx) +
		picture_at(p, left + 1, top + 1) * dx) *
	    dy;
}

/* Turned about its middle, one way or the other by the seed. */
static struct picture
picture_turn(const struct picture *p, uint64_t seed)
{
	struct picture out = picture_new(p->width, p->height);
	double angle = seed % 2 == 0 ? ASKEW : -ASKEW;
	double c = cos(angle), s = sin(angle);
	double mx = p->width / 2.0, my = p->height / 2.0;

	for (int i = 0; i < p->width * p->height; i++) {
		int column = i % p->width, row = i / p->width;
		double x = column - mx, y = row - my;

		out.light[i] =
		    light_between(p, mx + c * x - s * y, my + s * x + c * y);
	}
	return out;
}

/* splitmix64; 0 to 1 */
static float
draw(uint64_t *random)
{
	uint64_t z = (*random += 0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return (float)(z >> 40) / (1 << 24);
}

/* Nearly normal: four uniform ones have a deviation of sqrt(4 / 12). */
static float
draw_noise(uint64_t *random)
{
	float sum = 0;

	for (int i = 0; i < 4; i++)
		sum += draw(random) - 0.5F;
	return sum * NOISE * 1.732F;
}

static struct picture
picture_sample(const struct picture *p, uint64_t seed, int dpi)
{
	int each = PRINTED_DPI / dpi; /* printed pixels of one, a side */
	struct picture out = picture_new(p->width / each, p->height / each);
	uint64_t random = seed;

	for (int i = 0; i < out.width * out.height; i++) {
		int x = i % out.width * each, y = i / out.width * each;
		float sum = 0, light;

		for (int k = 0; k < each * each; k++)
			sum += picture_at(p, x + k % each, y + k / each);
		light = INK + (PAPER - INK) * sum / (float)(each * each) +
		    draw_noise(&random);
		out.light[i] = light < 0 ? 0 : light > 255 ? 255 : light;
	}
	return out;
}

static int
scan(uint64_t seed, const char *path, char **resolutions, struct err *e)
{
	struct picture printed, half, spread, turned, seen;
	char out[4096];
	int rc = 0;

	if (picture_read(path, &printed, e) != 0)
		return -1;
	half = picture_spread(&printed);
	spread = picture_spread(&half);
	turned = picture_turn(&spread, seed);
	for (; rc == 0 && *resolutions != NULL; resolutions++) {
		seen = picture_sample(&turned, seed,
		    (int)strtol(*resolutions, NULL, 10));
		(void)snprintf(out, sizeof(out), "%s.%s", path, *resolutions);
		rc = picture_write(&seen, out, e);
		free(seen.light);
	}
	free(printed.light);
	free(half.light);
	free(spread.light);
	free(turned.light);
	return rc;
}

int
main(int argc, char **argv)
{
	struct err e;

	if (argc < 4)
		return 2;
	if (scan(strtoull(argv[1], NULL, 10), argv[2], argv + 3, &e) == 0)
		return 0;
	(void)fprintf(stderr, "scan_paper: %s\n", e.text);
	return 1;
}
