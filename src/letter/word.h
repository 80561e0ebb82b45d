/*
 * word: words of simple texts, shaped once for a run.
 *
 * Letters are made of the same words. A word is shaped with what follows it,
 * so that kerning is that of the whole text, and HarfBuzz and pango are asked
 * what they would be asked for the whole: where a line may end, which glyphs,
 * how wide. Simple: Latin or no script, left to right, no marks of their own,
 * every character in the first font of the family. A word is hyphenated when
 * that is first asked for, and its cuts are kept with it.
 *
 * What is kept is a function of its key, so no letter depends on another. The
 * store is bounded: memory does not grow with the number of letters.
 */
#ifndef LETTER_WORD_H
#define LETTER_WORD_H

#include <pango/pango.h>

#include "letter/hyphen.h"
#include "letter/page.h"

/* How words are set; one per font, size, language, kind of figures, script. */
struct word_style {
	const char *lang;
	int32_t size;
	bool bold, italic, code, form, figures;
	bool latin; /* the paragraph has Latin letters */
};

/* Has the font a glyph for a character? */
enum word_glyph {
	GLYPH_UNASKED,
	GLYPH_HAS,
	GLYPH_LACKS
};

struct word_font {
	struct word_style style;
	PangoFont *font; /* NULL: no words of this style are simple */
	hb_font_t *hb;
	PangoLanguage *language;
	enum word_glyph *low;   /* of the characters of one byte in Latin 1 */
	uint32_t space, hyphen; /* glyphs */
	int32_t space_advance, hyphen_advance;
	struct pairs *pairs; /* see pair.h */
	struct word_font *next;
};

/* A part of a word, to the next place where a line may end. */
struct word_piece {
	size_t n_glyphs, len; /* glyphs, bytes */
	int32_t width;        /* of its glyphs, kerning with the next too */
	int32_t alone;  /* advance of the last glyph at the end of a line */
	bool may_break; /* a line may end behind it */
	bool hyphen;    /* it may if a hyphen is put there */
	bool space;     /* it ends in a space */
};

struct word {
	const struct page_glyph *glyphs; /* clusters count from the word */
	const struct word_piece *pieces;
	size_t n_pieces; /* 0: not simple */
	bool name;       /* cut: it is written like one */
};

/* A word in its text, and what is to be known of what follows. */
struct word_key {
	const char *text; /* with the space that ends it, if there is one */
	size_t len;
	uint32_t next; /* character behind it; 0: the paragraph ends */
	bool joined;   /* next is of the same font: it may be kerned with */
	const struct hyphen_cuts *cuts; /* that the writer made, or NULL */
};

struct words;

/* The context is lent. Free with words_free. */
struct words *words_new(PangoContext *context);
void words_free(struct words *w);

/* Forgets all words if they are many; nothing found before may be in use. */
void words_trim(struct words *w);

const struct word_font *words_font(struct words *w,
    const struct word_style *style);

const struct word *words_find(struct words *w, const struct word_font *font,
    const struct word_key *key);

/*
 * The same with a piece to each place where the writer hyphenated it, or else
 * its language does. The dictionary of a language is opened when its first word
 * is asked for.
 */
const struct word *words_find_cut(struct words *w, const struct word_font *font,
    const struct word_key *key);

/* Shapes n bytes as pango would; what it returns is the buffer's. */
hb_glyph_info_t *word_shape(const struct word_font *font, hb_buffer_t *buffer,
    const char *text, size_t n, unsigned *n_glyphs,
    hb_glyph_position_t **positions);

/* True for the characters that simple texts are made of. */
bool word_char_simple(uint32_t c);

#endif
