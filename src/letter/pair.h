/*
 * pair: how the letters, figures and signs of Western Europe stand side by
 * side in a font.
 *
 * Names, amounts and dates are what no two letters share. Once a run has many
 * of them, HarfBuzz is asked for each new pair of characters, in two
 * surroundings. Pairs that look the same in both make words: the same glyphs,
 * to the unit. HarfBuzz goes on shaping each word that has another, or a
 * character that the font changes by what stands further away.
 */
#ifndef LETTER_PAIR_H
#define LETTER_PAIR_H

#include "base/mem.h"
#include "letter/page.h"

struct word_font;
struct pairs;

/* Both are lent for as long as the pairs are used, and so is the arena. */
struct pairs *pairs_new(const struct word_font *font, hb_buffer_t *buffer,
    struct arena *a);

/* What the arena does not hold; call it once. */
void pairs_free(struct pairs *p);

/*
 * The glyphs of n bytes of text, no more than n; false: ask HarfBuzz.
 * Clusters count from the text.
 */
bool pairs_shape(struct pairs *p, const char *text, size_t n,
    struct page_glyph *glyphs, size_t *n_glyphs);

#endif
