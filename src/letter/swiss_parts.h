/*
 * swiss_parts: the parts of swiss.c: what is printed of a QR-bill, its fixed
 * words, its lines and marks. Positions are those of Swiss Implementation
 * Guidelines QR-bill 2.3, chapter 3; sizes in points, places in page units
 * from the top left of the sheet.
 */
#ifndef LETTER_SWISS_PARTS_H
#define LETTER_SWISS_PARTS_H

#include "letter/build.h"
#include "pay/transfer.h"

#define SWISS_WIDTH   PU_PER_MM(210)
#define SWISS_HEIGHT  PU_PER_MM(105)
#define SWISS_RECEIPT PU_PER_MM(62) /* its width; the rest is the part */

/* Words that the guidelines fix (annex D). */
enum swiss_word {
	SWISS_PAYMENT_PART,
	SWISS_RECEIPT_TITLE,
	SWISS_ACCOUNT,
	SWISS_REFERENCE,
	SWISS_INFORMATION,
	SWISS_PAYABLE_BY,
	SWISS_PAYABLE_BY_BLANK, /* to be filled in by hand */
	SWISS_CURRENCY,
	SWISS_AMOUNT,
	SWISS_ACCEPTANCE,
	SWISS_WORDS
};

/* In English for a language that is none of the five of the guidelines. */
const char *swiss_word(enum swiss_word word, const char *lang);

/* A receipt and a payment part. */
struct swiss_slip {
	const struct transfer *t; /* what the code says, no more and no less */
	const struct page_symbol *symbol;
	const char *alt; /* the code, for those who cannot see */
};

/*
 * Places both on the open page, from y `top` on. ERR_DATA if a text does not
 * fit or has a character that no font has.
 */
int swiss_slip_place(struct build *b, const struct swiss_slip *s, int32_t top,
    struct err *e);

/* The lines to cut along, with scissors. */
void swiss_lines_place(struct build *b, int32_t top);

/* The four corners of a box for handwriting. */
void swiss_corners_place(struct build *b, struct page_box box);

/* The code with the Swiss cross in it, 46 mm wide, as part of the node. */
void swiss_code_place(struct build *b, const struct page_symbol *symbol,
    int32_t x, int32_t y, int node);

#endif
