#include "letter/look.h"

#define PT(pt) ((int32_t)((pt)*PU_PER_PT))

const struct look look_open = { .text = { .size = PT(10),
				    .leading = PT(13.5),
				    .rgb = LOOK_INK,
				    .justify = true },
	.quote = { .size = PT(10), .leading = PT(13.5), .rgb = LOOK_MUTED },
	.cell = { .size = PT(9.5),
	    .leading = PT(12),
	    .rgb = LOOK_INK,
	    .figures = true,
	    .hyphenate = true },
	.cell_head = { .size = PT(8.5),
	    .leading = PT(12),
	    .rgb = LOOK_ACCENT,
	    .bold = true,
	    .hyphenate = true },
	.paragraph_gap = PU_PER_MM(2.4),
	.block_gap = PU_PER_MM(4.4),
	.body_gap = PU_PER_MM(5.5),
	.signature_gap = PU_PER_MM(9),
	.signature = PU_PER_MM(18),
	.row_pad = PU_PER_MM(0.95),
	.panel_pad = PU_PER_MM(3.5),
	.details_gap = PU_PER_MM(2),
	.symbol = PU_PER_MM(26.5) };

const struct look look_snug = { .text = { .size = PT(9.75),
				    .leading = PT(12.9),
				    .rgb = LOOK_INK,
				    .justify = true },
	.quote = { .size = PT(9.75), .leading = PT(12.9), .rgb = LOOK_MUTED },
	.cell = { .size = PT(9.25),
	    .leading = PT(11.5),
	    .rgb = LOOK_INK,
	    .figures = true,
	    .hyphenate = true },
	.cell_head = { .size = PT(8.5),
	    .leading = PT(11.5),
	    .rgb = LOOK_ACCENT,
	    .bold = true,
	    .hyphenate = true },
	.paragraph_gap = PU_PER_MM(2),
	.block_gap = PU_PER_MM(3.7),
	.body_gap = PU_PER_MM(4.7),
	.signature_gap = PU_PER_MM(7.5),
	.signature = PU_PER_MM(16),
	.row_pad = PU_PER_MM(0.8),
	.panel_pad = PU_PER_MM(2.8),
	.details_gap = PU_PER_MM(1.6),
	.symbol = PU_PER_MM(25.8) };

const struct look look_tight = { .text = { .size = PT(9.5),
				     .leading = PT(12.25),
				     .rgb = LOOK_INK,
				     .justify = true },
	.quote = { .size = PT(9.5), .leading = PT(12.25), .rgb = LOOK_MUTED },
	.cell = { .size = PT(9),
	    .leading = PT(11),
	    .rgb = LOOK_INK,
	    .figures = true,
	    .hyphenate = true },
	.cell_head = { .size = PT(8.25),
	    .leading = PT(11),
	    .rgb = LOOK_ACCENT,
	    .bold = true,
	    .hyphenate = true },
	.paragraph_gap = PU_PER_MM(1.7),
	.block_gap = PU_PER_MM(3),
	.body_gap = PU_PER_MM(4),
	.signature_gap = PU_PER_MM(6),
	.signature = PU_PER_MM(15),
	.row_pad = PU_PER_MM(0.6),
	.panel_pad = PU_PER_MM(2),
	.details_gap = PU_PER_MM(1.2),
	.symbol = PU_PER_MM(25.0) };

const struct type look_heading[3] = {
	{ .size = PT(12), .leading = PT(16), .rgb = LOOK_ACCENT, .bold = true },
	{ .size = PT(11), .leading = PT(15), .rgb = LOOK_ACCENT, .bold = true },
	{ .size = PT(10), .leading = PT(13.5), .rgb = LOOK_INK, .bold = true },
};
const struct type look_subject = { .size = PT(11.5),
	.leading = PT(15.5),
	.rgb = LOOK_ACCENT,
	.bold = true };

const struct type look_name = { .size = PT(15),
	.leading = PT(19),
	.rgb = LOOK_ACCENT,
	.bold = true };
const struct type look_detail = { .size = PT(8.75),
	.leading = PT(12),
	.rgb = LOOK_INK,
	.figures = true };
const struct type look_field = { .size = PT(8.75),
	.leading = PT(12),
	.rgb = LOOK_MUTED };
const struct type look_value = { .size = PT(9.5),
	.leading = PT(12.75),
	.rgb = LOOK_INK,
	.figures = true };
const struct type look_small = { .size = PT(7.5),
	.leading = PT(10),
	.rgb = LOOK_MUTED };
const struct type look_return = { .size = PT(7),
	.leading = PT(9),
	.rgb = LOOK_MUTED };
const struct type look_date = { .size = PT(10),
	.leading = PT(13),
	.rgb = LOOK_INK };
const struct type look_name_small = { .size = PT(10.5),
	.leading = PT(13.5),
	.rgb = LOOK_ACCENT,
	.bold = true };

const struct type look_panel_title = { .size = PT(8.75),
	.leading = PT(12),
	.rgb = LOOK_ACCENT,
	.bold = true };
const struct type look_amount = { .size = PT(16),
	.leading = PT(21),
	.rgb = LOOK_ACCENT,
	.bold = true,
	.figures = true };
const struct type look_registered = { .size = PT(9.5),
	.leading = PT(13),
	.rgb = LOOK_ACCENT,
	.bold = true };
