/*
 * font: the fonts of a file, in two parts.
 *
 * face     a font file of the run: what is the same for all letters, and a
 *          base subset with the fixed repertoire of a language
 * subset   some glyphs of a face made into one embeddable font program
 * font     a face as one letter uses it: the base, and a second subset of
 *          what that letter needs beyond it
 *
 * So a letter's bytes depend on nothing but the letter, and no letter
 * carries glyphs of another debtor's name.
 */
#ifndef PDF_FONT_H
#define PDF_FONT_H

#include <hb.h>

#include "pdf/part.h"

/* A glyph, and the UTF-8 text it stands for when copied. */
struct pdf_glyph {
	uint32_t gid;
	const char *text;
};

#define PDF_NO_TEXT "\uFFFD" /* of a glyph only ever below an ActualText */

/* Glyphs, each once. */
struct pdf_glyphs {
	struct pdf_glyph *p;
	size_t n, cap;
};

#define PDF_CODE_MAX 4

/* A glyph as a content stream writes it and a viewer reads it. */
struct pdf_char {
	const char *text; /* NULL: none */
	uint8_t text_len;
	uint8_t code_len;
	char code[PDF_CODE_MAX]; /* of its CID, in a string; no NUL */
	int32_t width; /* hundredths of 1/1000 em: positions are exact */
};

struct pdf_subset {
	const char *name;       /* "ABCDEF+OpenSans-Regular" */
	uint16_t *cids;         /* by glyph of the whole font; 0: not in here */
	struct pdf_char *chars; /* by CID */
	unsigned n;             /* CIDs */
	struct pdf_bytes program, to_unicode; /* deflated */
	size_t program_size;                  /* before */
	struct pdf_bytes width_array;         /* text of /W */
};

#define PDF_REPERTOIRES 6

struct pdf_face {
	struct pdf_face *next;
	hb_face_t *hb;
	hb_font_t *font;
	const char *name;
	unsigned n_glyphs, upem;
	uint32_t space; /* glyph; 0: none */
	bool cff;
	bool whole;             /* its maker wants it embedded in one piece */
	bool rare;              /* too few letters use it for a base */
	const char **texts;     /* by glyph, of the cmap; NULL: none */
	const char *descriptor; /* entries that do not depend on the subset */
	struct pdf_subset *bases[PDF_REPERTOIRES];
};

/* The objects of a subset in one file. */
struct pdf_embedded {
	unsigned program, to_unicode;
};

struct pdf_font {
	const struct pdf_face *face; /* NULL: no run uses it */
	const struct pdf_subset *base;
	bool base_used;
	struct pdf_embedded embedded; /* of the base */
	uint16_t *extra_of; /* by glyph: 1 + index in extras; NULL: none */
	struct pdf_glyphs extras;
	struct pdf_subset extra;
};

/* The face of a font file, made at first sight; kept by the writer. */
int pdf_face_find(struct pdf_writer *w, const struct page_font *font,
    struct pdf_face **out, struct err *e);

/*
 * The base subset of a face for a language; all of it if it is whole, none if
 * it is rare.
 */
int pdf_face_base(struct pdf_writer *w, struct pdf_face *face, const char *lang,
    const struct pdf_subset **out, struct err *e);

void pdf_faces_free(struct pdf_writer *w);

/* The glyphs as a subset, in the arena of the run or of the letter. */
int pdf_subset_make(struct pdf_writer *w, const struct pdf_face *face,
    const struct pdf_glyphs *glyphs, enum pdf_effort effort,
    struct pdf_subset *out, struct err *e);

/* All glyphs of the face, none changed; in the arena of the run. */
int pdf_subset_whole(struct pdf_writer *w, const struct pdf_face *face,
    struct pdf_subset *out, struct err *e);

/*
 * Makes the CIDs of a CID-keyed CFF program its glyph numbers; a program that
 * is not CID-keyed has none. False: it is broken.
 */
bool pdf_cff_renumber(uint8_t *program, size_t n, unsigned n_glyphs);

/* Looks at all runs of the letter and makes its fonts. */
int pdf_fonts_make(struct pdf_file *f, struct err *e);

/* A glyph of the letter; `extra`: it is of the letter's own subset. */
const struct pdf_char *pdf_font_char(const struct pdf_font *font, uint32_t gid,
    bool *extra);

/* Writes what other letters have of the fonts too. */
void pdf_fonts_write_bases(struct pdf_file *f);

/* Writes the rest; appends the entries of the Font dictionary. */
void pdf_fonts_write(struct pdf_file *f, struct str *resources);

#endif
