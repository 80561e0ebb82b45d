/*
 * receipt: what a carrier writes down of an answer.
 */
#ifndef SEND_RECEIPT_H
#define SEND_RECEIPT_H

#include "semonce.h"

/* Fills the receipt: one line of visible characters, cut at a character. */
void receipt_fill(struct receipt *r, enum outcome outcome, const char *text);

#endif
