/*
 * An sRGB display profile of a few hundred bytes: matrix and one parametric
 * curve (ICC.1:2010, 10.15), colorants adapted to D50 by Bradford.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "pdf/part.h"

#define HEADER_SIZE 128
#define ENTRY_SIZE  12

struct tag {
	char sig[5], type[5];
	size_t n;
	double v[9];      /* numbers, s15Fixed16 */
	const char *text; /* of an mluc tag */
};

static const struct tag tags[] = {
	{ .sig = "desc", .type = "mluc", .text = "sRGB" },
	{ .sig = "cprt", .type = "mluc", .text = "CC0" },
	{ .sig = "wtpt", .type = "XYZ ", .n = 3, .v = { 0.9642, 1, 0.8249 } },
	{ .sig = "chad",
	    .type = "sf32",
	    .n = 9,
	    .v = { 1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707,
		-0.00925, 0.01508, 0.75168 } },
	{ .sig = "rXYZ",
	    .type = "XYZ ",
	    .n = 3,
	    .v = { 0.43607, 0.22249, 0.01392 } },
	{ .sig = "gXYZ",
	    .type = "XYZ ",
	    .n = 3,
	    .v = { 0.38515, 0.71687, 0.09708 } },
	{ .sig = "bXYZ",
	    .type = "XYZ ",
	    .n = 3,
	    .v = { 0.14307, 0.06061, 0.71410 } },
	/* The three curves are one: the last three entries share it. */
	{ .sig = "rTRC",
	    .type = "para",
	    .n = 5,
	    .v = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 } },
};

static const char *const shared[] = { "gTRC", "bTRC" };

#define N_TAGS   (sizeof tags / sizeof tags[0])
#define N_SHARED (sizeof shared / sizeof shared[0])

static void
put_u32(struct str *s, uint32_t v)
{
	char b[4];

	b[0] = (char)(v >> 24);
	b[1] = (char)(v >> 16);
	b[2] = (char)(v >> 8);
	b[3] = (char)v;
	str_put(s, b, sizeof b);
}

static void
put_fixed(struct str *s, double v)
{
	put_u32(s, (uint32_t)(int32_t)lround(v * 65536));
}

static void
put_text(struct str *s, const char *text)
{
	size_t i, n;

	n = strlen(text);
	put_u32(s, 1);  /* one record */
	put_u32(s, 12); /* of this size */
	str_puts(s, "enUS");
	put_u32(s, (uint32_t)(2 * n));
	put_u32(s, 28); /* where it starts */
	for (i = 0; i < n; i++) {
		str_putc(s, '\0');
		str_putc(s, text[i]);
	}
}

static void
put_tag(struct str *s, const struct tag *tag)
{
	size_t i;

	str_puts(s, tag->type);
	put_u32(s, 0);
	if (tag->text != NULL)
		put_text(s, tag->text);
	if (strcmp(tag->type, "para") == 0)
		put_u32(s, 3 << 16); /* function type 3, reserved */
	for (i = 0; i < tag->n; i++)
		put_fixed(s, tag->v[i]);
	while (s->len % 4 != 0)
		str_putc(s, '\0');
}

/* Version 4.2, a display, RGB to XYZ, D50; a fixed date: 2024-01-01. */
static void
put_header(struct str *s, size_t size)
{
	static const char date[12] = { 2024 >> 8, (char)(2024 & 255), 0, 1, 0,
		1 };

	put_u32(s, (uint32_t)size);
	put_u32(s, 0);
	put_u32(s, 0x04200000);
	str_puts(s, "mntrRGB XYZ ");
	str_put(s, date, sizeof date);
	str_puts(s, "acsp");
	while (s->len < 68)
		str_putc(s, '\0');
	put_fixed(s, 0.9642);
	put_fixed(s, 1);
	put_fixed(s, 0.8249);
	while (s->len < HEADER_SIZE)
		str_putc(s, '\0');
}

static void
put_entry(struct str *s, const char *sig, size_t at, size_t n)
{
	str_puts(s, sig);
	put_u32(s, (uint32_t)at);
	put_u32(s, (uint32_t)n);
}

void
pdf_profile_put(struct str *out)
{
	struct str body;
	size_t at[N_TAGS + 1], base, i, last;

	str_init(&body, 4096);
	for (i = 0; i < N_TAGS; i++) {
		at[i] = body.len;
		put_tag(&body, &tags[i]);
	}
	at[N_TAGS] = body.len;
	base = HEADER_SIZE + 4 + ENTRY_SIZE * (N_TAGS + N_SHARED);
	str_clear(out);
	put_header(out, base + body.len);
	put_u32(out, N_TAGS + N_SHARED);
	for (i = 0; i < N_TAGS; i++)
		put_entry(out, tags[i].sig, base + at[i], at[i + 1] - at[i]);
	last = N_TAGS - 1;
	for (i = 0; i < N_SHARED; i++)
		put_entry(out, shared[i], base + at[last],
		    at[N_TAGS] - at[last]);
	assert(out->len == base);
	str_put(out, body.p, body.len);
	str_done(&body);
}
