/*
 * image: the pictures of a text in its flow: the way to pay, the link to pay
 * as a symbol, the logo, the signature, pictures of the workspace.
 */
#ifndef LETTER_IMAGE_H
#define LETTER_IMAGE_H

#include "letter/flow.h"
#include "letter/markdown.h"

/* Adds an image block as one slice; its picture is there if it needs one. */
int image_compose(struct flow *f, const struct block *b, struct err *e);

#endif
