/*
 * part: what the files of pdf/ share. Nobody outside includes it.
 *
 * A struct pdf_writer lives for a run and keeps what is the same for all
 * letters. A struct pdf_file lives for one call of pdf_write; all it points
 * to is in the letter's arena, emptied at the next call.
 */
#ifndef PDF_PART_H
#define PDF_PART_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"
#include "letter/page.h"

struct pdf_bytes {
	const void *p; /* NULL: none */
	size_t n;
};

/* How hard to compress: once per run, or once per letter. */
enum pdf_effort {
	PDF_EFFORT_LETTER,
	PDF_EFFORT_RUN,
	PDF_EFFORTS
};

struct libdeflate_compressor;
struct pdf_face;
struct pdf_font;
struct pdf_kept;
struct pdf_objects;
struct pdf_picture;
struct pdf_tags;

struct pdf_writer {
	struct arena *run, *letter;
	struct libdeflate_compressor *deflate[PDF_EFFORTS];
	char *deflated; /* scratch of pdf_deflate */
	size_t deflated_cap;
	struct hasher *hasher;
	struct pdf_face *faces;   /* every face seen in this run */
	struct pdf_bytes profile; /* sRGB, deflated */
	struct pdf_kept *kept;    /* logos and signatures, deflated */
	unsigned n_kept;
	struct pdf_objects *objects; /* of the file at hand */
	struct str dict, stream;     /* scratch */
};

struct pdf_file {
	struct pdf_writer *w;
	const struct page_doc *doc;
	struct arena *a;
	struct pdf_objects *objects;
	struct pdf_font *fonts;       /* doc->n_fonts of them */
	struct pdf_picture *pictures; /* in order of first use */
	unsigned n_pictures;
	struct pdf_tags *tags;
	unsigned *page_objects; /* doc->n_pages of them */
};

/* writer.c: the bytes in zlib format, in the arena. */
struct pdf_bytes pdf_deflate(struct pdf_writer *w, enum pdf_effort effort,
    const void *bytes, size_t n, struct arena *a);

/* check.c: ERR_DATA, with what to do, for a letter that could not conform. */
int pdf_check(const struct page_doc *d, struct err *e);

/* content.c: the drawing operators of one page. */
void pdf_content_put(struct pdf_file *f, size_t page, struct str *out);

/*
 * image.c: the resource number of an item's image or symbol, made at first
 * use; and the entries of the XObject dictionary.
 */
unsigned pdf_image_number(struct pdf_file *f, const struct page_item *item);
void pdf_image_resources(struct pdf_file *f, struct str *dict);

/* meta.c: the XMP packet (ISO 16684-1, ISO 19005-3 6.6). */
void pdf_meta_put(const struct page_doc *d, struct str *out);

/* profile.c: an sRGB profile (IEC 61966-2-1 as ICC.1:2010). */
void pdf_profile_put(struct str *out);

/* attach.c: /AF and /Names of the catalogue; nothing without files. */
int pdf_attach_put(struct pdf_file *f, struct str *catalog, struct err *e);

#endif
