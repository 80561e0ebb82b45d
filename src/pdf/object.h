/*
 * object: numbered objects and the file around them; the only libharu.
 *
 * Every object of ours is a dictionary, or a stream. A number is taken
 * first, so that others can refer to it, and filled exactly once later.
 */
#ifndef PDF_OBJECT_H
#define PDF_OBJECT_H

#include "base/err.h"
#include "base/str.h"
#include "pdf/part.h"

/* Most objects of one file; check.c keeps letters far below it. */
#define PDF_MAX_OBJECTS 8000000

/* For all files of a run; free with pdf_objects_free. NULL is allowed. */
struct pdf_objects *pdf_objects_new(struct pdf_writer *w);
void pdf_objects_free(struct pdf_objects *o);

/* Appends the beginning of a file to out, which gets the rest too. */
void pdf_objects_begin(struct pdf_objects *o, struct str *out);

unsigned pdf_object_new(struct pdf_objects *o);

/*
 * Fills an object: dict is what stands between << and >>, emptied for the
 * next; a stream has bytes (p not NULL), and /Length is added here.
 */
void pdf_object_put(struct pdf_objects *o, unsigned number, struct str *dict,
    struct pdf_bytes stream);

/*
 * The same for a dictionary with words of this letter: it is not packed with
 * the others, which are then those of the letter before.
 */
void pdf_object_put_apart(struct pdf_objects *o, unsigned number,
    struct str *dict);

/* The end of the file; ERR_DATA if it does not fit. */
int pdf_objects_end(struct pdf_objects *o, unsigned root, const uint8_t id[16],
    struct err *e);

#endif
