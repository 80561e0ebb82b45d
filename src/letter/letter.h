/*
 * letter: a text and the data of a notice to placed glyphs and to mail.
 *
 * Texts are looked up as shelf.h says; pages as
 * letters/page/NAME.yaml, then layouts/page/NAME.yaml. The page of a letter
 * is the one asked for on the command line; else that in the head of a text
 * of the workspace; else that of semonce.yaml; else that in the head of a
 * built-in text; else fr-dl. The engine holds
 * what all letters of a run share: fonts, parsed texts, page geometry,
 * labels. A letter depends on nothing but its text, its data and the fonts:
 * same input, same glyphs.
 */
#ifndef LETTER_LETTER_H
#define LETTER_LETTER_H

#include <jansson.h>

#include "base/err.h"
#include "letter/font.h"
#include "letter/page.h"

struct letter_engine;

struct letter_setup {
	const char *layouts; /* folder of the installation's layouts */
	const char *own;     /* folder of the workspace's letters/, or "" */
	const char *fonts;   /* private fontconfig file */
	struct font_choice own_fonts;  /* of the workspace */
	const char *page;              /* geometry of semonce.yaml, or NULL */
	const char *page_asked;        /* of the command line, or NULL */
	const struct page_image *logo; /* NULL: none */
	const char *logo_alt;
	const struct page_image *signature; /* NULL: none */

	/*
	 * Reads a picture of the workspace into the arena. `text` is the path
	 * of the text that shows it by this name. NULL: there are none.
	 */
	int (*picture)(const void *context, const char *text, const char *name,
	    struct arena *a, struct page_image *out, struct err *e);
	const void *picture_context;
};

/* Lends the setup's strings for its life. Free with letter_engine_free. */
int letter_engine_new(const struct letter_setup *s, struct letter_engine **out,
    struct err *e);
void letter_engine_free(struct letter_engine *en);

/* Which text, for whom. All lent. */
struct letter_choice {
	const char *name; /* "relance-1" */
	const char *lang; /* "fr" */
	const char *tone; /* "formal" */
	bool consumer;
	bool unsaid; /* nobody said whether it is one: ERR_DATA for a text that
			has other words for consumers */
};

/*
 * Lays out a letter from the data of notice.json. The document lives in the
 * arena, its fonts in the engine. ERR_USAGE for a wrong text, ERR_DATA for
 * data that do not fit (an address too long for its window …).
 */
int letter_lay_out(struct letter_engine *en, const struct letter_choice *c,
    const json_t *data, struct arena *a, struct page_doc *out, struct err *e);

struct letter_mail {
	const char *subject; /* one line */
	const char *text;    /* plain, LF */
	const char *html;    /* a whole document, LF */
};

/* The same text as a mail; it lives in the arena. */
int letter_mail(struct letter_engine *en, const struct letter_choice *c,
    const json_t *data, struct arena *a, struct letter_mail *out,
    struct err *e);

/*
 * Appends the source the choice resolves to (text, labels and geometry), for
 * the hash that tells whether one of them changed since a notice was rendered.
 */
int letter_source(struct letter_engine *en, const struct letter_choice *c,
    struct str *out, struct err *e);

#endif
