/*
 * pictures: finds what the images of a text show, each once for a run.
 *
 * This module knows names only; files are read by whoever made the engine.
 */
#ifndef LETTER_PICTURES_H
#define LETTER_PICTURES_H

#include "letter/letter.h"
#include "letter/markdown.h"
#include "letter/text.h"

struct pictures;

/* Lends the setup; it lives in the arena. */
struct pictures *pictures_new(const struct letter_setup *s, struct arena *a);

/*
 * Gives each image block its picture; what a run has many of lives in the
 * letter's arena. ERR_USAGE "FILE:LINE: …" for one that says nothing to
 * those who cannot see it, or that is not there.
 */
int pictures_find(struct pictures *p, const struct text *t, struct block *root,
    struct arena *letter, struct err *e);

#endif
