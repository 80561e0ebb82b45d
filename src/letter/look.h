/*
 * look: the type scale and the colours of a letter, in one place.
 *
 * One family, one ink, one accent that a black and white printer turns into
 * a dark grey. Sizes in points: 7.5 small print, 8.5 details, 9.5 tables,
 * 10.5 text and address, 11.5 subject, 16 the sum to pay.
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

/* Distances between blocks, pu. */
#define LOOK_PARAGRAPH_GAP PU_PER_MM(2.4)
#define LOOK_SIGNATURE_GAP PU_PER_MM(9)   /* above who signs */
#define LOOK_BODY_GAP      PU_PER_MM(5.5) /* below the subject */
#define LOOK_BLOCK_GAP     PU_PER_MM(4.4) /* around tables, lists, panels */

extern const struct type look_text, look_heading, look_subject;
extern const struct type look_quote;
extern const struct type look_cell, look_cell_head;
extern const struct type look_name, look_detail, look_field, look_value;
extern const struct type look_small, look_return, look_date, look_name_small;
extern const struct type look_panel_title, look_amount, look_registered;

#endif
