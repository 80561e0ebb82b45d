/*
 * look: the type scale and the colours of a letter, in one place.
 *
 * One family, one ink, one accent that a black and white printer turns into
 * a dark grey. Sizes in points: 7.5 small print, 8.75 details, 9.5 tables,
 * 10 text, 10.5 address, 10 to 12 headings, 11.5 subject, 16 the sum to pay.
 */
#ifndef LETTER_LOOK_H
#define LETTER_LOOK_H

#include "letter/shape.h"

#define LOOK_INK    0x000000 /* text: pure black prints without a screen */
#define LOOK_ACCENT 0x1f3d5a /* dark blue grey */
#define LOOK_MUTED  0x4c5b68 /* names of fields, small print; 7:1 on white */
#define LOOK_LINE   0xb9c3cc /* hairlines */
#define LOOK_PANEL  0xf1f4f7 /* ground of the way to pay */
#define LOOK_WHITE  0xffffff

/* What gives way when a letter would spill over to a second sheet. */
struct look {
	struct type text, quote, cell, cell_head;
	int32_t paragraph_gap;
	int32_t block_gap;     /* around tables, headings, panels */
	int32_t body_gap;      /* below the subject */
	int32_t signature_gap; /* above who signs */
	int32_t signature;     /* its height, where it is a picture */
	int32_t row_pad;       /* above and below the words of a row */
	int32_t panel_pad;     /* above and below the words of the panel */
	int32_t details_gap;   /* between the sum and the details */
	int32_t symbol;        /* least side of the QR, without quiet zone */
};

extern const struct look look_open, look_snug, look_tight;

extern const struct type look_heading[3], look_subject; /* levels 1 to 3 */
extern const struct type look_name, look_detail, look_field, look_value;
extern const struct type look_small, look_return, look_date, look_name_small;
extern const struct type look_panel_title, look_amount, look_registered;

#endif
