/*
 * font: the font files of a run, and pango set up for paper.
 *
 * One private fontconfig file, 72 dots an inch, no hinting, no rounding:
 * a pango unit is a page unit. Font files are opened once for a run.
 */
#ifndef LETTER_FONT_H
#define LETTER_FONT_H

#include <pango/pango.h>

#include "base/err.h"
#include "letter/page.h"
#include "letter/word.h"

struct fonts;
struct recall;

/* What the workspace has of its own. All lent. */
struct font_choice {
	const char *const *files; /* of fonts */
	size_t n;
	const char *family; /* of the letters; NULL or "": that of the file */
};

/*
 * Reads the fontconfig file, adds the choice, and makes it the one of this
 * process, so that engines that live at once must share it. ERR_USAGE for a
 * choice that cannot be, ERR_SYSTEM if the file cannot be read or no family
 * "letter" is installed. Free with fonts_free.
 */
int fonts_new(const char *conf, const struct font_choice *own,
    struct fonts **out, struct err *e);
void fonts_free(struct fonts *f);

/* Lent: all fonts; families "letter", "letter-code" and "letter-form". */
PangoContext *fonts_context(struct fonts *f);

/*
 * Pango keeps the font it chose for a character that none has, whatever the
 * style of the next text that has it: told so, the next letter begins afresh.
 */
void fonts_missed(struct fonts *f);
void fonts_begin(struct fonts *f);

/* Lent: the words shaped so far, and the texts that come again. */
struct words *fonts_words(const struct fonts *f);
struct recall *fonts_recall(const struct fonts *f);

/* The file behind a font of the context; lives as long as f. */
const struct page_font *fonts_find(struct fonts *f, PangoFont *font);

#endif
