/*
 * object: numbered objects and the file around them; the only libharu.
 *
 * Every object of ours is a dictionary, or a stream. A number is taken
 * first, so that others can refer to it, and filled exactly once later.
 */
#ifndef PDF_OBJECT_H
#define PDF_OBJECT_H

#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"
#include "pdf/part.h"

/* Most objects of one file; check.c keeps letters far below it. */
#define PDF_MAX_OBJECTS 8000000

struct pdf_objects *pdf_objects_new(struct arena *a);
void pdf_objects_free(struct pdf_objects *o);

unsigned pdf_object_new(struct pdf_objects *o);

/*
 * Fills an object: dict is what stands between << and >>, copied and
 * emptied for the next; a stream's bytes (p not NULL) are not copied, and
 * /Length is added here.
 */
void pdf_object_put(struct pdf_objects *o, unsigned number, struct str *dict,
    struct pdf_bytes stream);

/* Appends the whole file; ERR_DATA if it does not fit. */
int pdf_objects_write(struct pdf_objects *o, unsigned root,
    const uint8_t id[16], struct str *out, struct err *e);

#endif
