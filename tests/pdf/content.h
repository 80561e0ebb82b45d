/*
 * content: what the pages paint, under which marks and with which glyphs.
 *
 * Reads every page's content stream and the forms it paints (ISO 32000-1,
 * 14.6). It judges only what cannot be said later: paint outside a mark, a
 * mark inside a wrong one, marks that do not balance, ink in CMYK.
 */
#ifndef TESTS_PDF_CONTENT_H
#define TESTS_PDF_CONTENT_H

#include <stdint.h>

#include "doc.h"

struct content_mark { /* a marked-content sequence with an MCID */
	size_t page;
	long mcid;
	unsigned times;
};

struct content_font {
	json_t *dict;            /* the Type0 font */
	uint8_t used[65536 / 8]; /* a bit for each two-byte code painted */
};

struct content {
	struct content_mark *marks;
	size_t n_marks, cap_marks;
	struct content_font *fonts;
	size_t n_fonts, cap_fonts;
	struct str mark_faults;   /* one line each */
	struct str colour_faults; /* one line each */
};

void content_read(const struct doc *d, struct content *out);
void content_done(struct content *c);

#endif
