#include <assert.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/document.h"
#include "pdf/font.h"
#include "pdf/object.h"
#include "pdf/part.h"

#define DICT_MAX   (64u << 20)
#define STREAM_MAX (256u << 20)

/*
 * libdeflate's levels, 1 to 12: the streams of a letter alone are so small
 * that level 6 saves 150 bytes of 26,000 and costs a tenth of the letter.
 */
static const int levels[PDF_EFFORTS] = {
	[PDF_EFFORT_LETTER] = 1,
	[PDF_EFFORT_RUN] = 12,
};

struct pdf_bytes
pdf_deflate(struct pdf_writer *w, enum pdf_effort effort, const void *bytes,
    size_t n, struct arena *a)
{
	struct pdf_bytes out;
	size_t bound;

	bound = libdeflate_zlib_compress_bound(w->deflate[effort], n);
	w->deflated = mem_grow(w->deflated, &w->deflated_cap, bound, 1);
	out.n = libdeflate_zlib_compress(w->deflate[effort], bytes, n,
	    w->deflated, w->deflated_cap);
	assert(out.n > 0); /* the bound is enough, says libdeflate */
	out.p = arena_strn(a, w->deflated, out.n);
	return out;
}

int
pdf_writer_new(struct pdf_writer **out, struct err *e)
{
	struct pdf_writer *w;
	size_t i;

	w = mem_alloc(sizeof *w);
	w->run = arena_new();
	w->letter = arena_new();
	str_init(&w->dict, DICT_MAX);
	str_init(&w->stream, STREAM_MAX);
	w->objects = pdf_objects_new(w);
	for (i = 0; i < PDF_EFFORTS; i++) {
		w->deflate[i] = libdeflate_alloc_compressor(levels[i]);
		if (w->deflate[i] == NULL) {
			pdf_writer_free(w);
			return err_set(e, ERR_SYSTEM,
			    "no memory for a compressor; close other "
			    "programs");
		}
	}
	if (hasher_new(&w->hasher, e) == -1) {
		pdf_writer_free(w);
		return -1;
	}
	pdf_profile_put(&w->stream);
	w->profile =
	    pdf_deflate(w, PDF_EFFORT_RUN, w->stream.p, w->stream.len, w->run);
	*out = w;
	return 0;
}

void
pdf_writer_free(struct pdf_writer *w)
{
	size_t i;

	if (w == NULL)
		return;
	pdf_faces_free(w);
	for (i = 0; i < PDF_EFFORTS; i++)
		libdeflate_free_compressor(w->deflate[i]);
	hasher_free(w->hasher);
	pdf_objects_free(w->objects);
	str_done(&w->dict);
	str_done(&w->stream);
	free(w->deflated);
	arena_free(w->letter);
	arena_free(w->run);
	free(w);
}
