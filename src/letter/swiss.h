/*
 * swiss: the receipt and payment part of a Swiss QR-bill (Swiss
 * Implementation Guidelines QR-bill 2.3) at the foot of the last page of a
 * letter, or on a page of its own where there is no room left. It fills the
 * lower 105 mm of an A4 sheet, black on white, in Liberation Sans.
 */
#ifndef LETTER_SWISS_H
#define LETTER_SWISS_H

#include "letter/flow.h"

/* True for an image that is this payment part, in this letter. */
bool swiss_is_asked(const struct flow *f, const char *target);

/*
 * Asks for it where the text has the image. ERR_USAGE if the sheet is not A4,
 * or if there is no account of Switzerland or Liechtenstein to pay to; ERR_DATA
 * for payment data that the guidelines do not permit.
 */
int swiss_ask(struct flow *f, const char *alt, struct err *e);

/*
 * Places it below the flow that was placed, if one was asked for. The flow's
 * y becomes what keeps it from the pages there are.
 */
int swiss_finish(struct flow *f, struct err *e);

#endif
