/*
 * frame: what surrounds the words of a letter on its sheet: sender, return
 * line, address, information block, date, subject, footer, fold marks.
 */
#ifndef LETTER_FRAME_H
#define LETTER_FRAME_H

#include <jansson.h>

#include "letter/build.h"
#include "letter/format.h"
#include "letter/geometry.h"
#include "letter/labels.h"

struct frame {
	const struct geometry *geometry;
	const struct labels *labels;
	const json_t *data;       /* of notice.json */
	struct formatter *format; /* of the language */
	const char *lang, *subject;
	const struct page_image *logo; /* or NULL */
	const char *logo_alt;
};

/*
 * Sets a first sheet of nothing but sender and address, for envelopes whose
 * window would show something of the letter. Fails as frame_first does.
 */
int frame_address_sheet(struct build *b, const struct frame *f, struct err *e);

/*
 * Sets all of the first page but footer and marks; *y is the place below
 * the subject. ERR_DATA for an address that its window would not show.
 */
int frame_first(struct build *b, const struct frame *f, int32_t *y,
    struct err *e);

/* Sets footers, page numbers (an address sheet has none) and marks once all
 * pages are there. */
int frame_finish(struct build *b, const struct frame *f, struct err *e);

/* Who the creditor is by law: the lines of the footer, in the arena. */
struct identity {
	const char *line[2];
	size_t n;
};

void frame_identity(const struct frame *f, struct arena *a,
    struct identity *out);

/* A label with its first {key} replaced by the value, in the arena. */
const char *frame_fill(struct arena *a, const char *label, const char *key,
    const char *value);

/* data[object][key] if that is a string, or "";
 * object NULL: data[key]. */
const char *frame_text(const json_t *data, const char *object, const char *key);

#endif
