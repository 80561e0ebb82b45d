/*
 * libharu numbers the objects, keeps their offsets and writes the xref. The
 * bodies are ours: HPDF_Dict_Write calls write_fn just before ">>" and
 * after_write_fn just behind it, which is where a stream belongs.
 */
#include <assert.h>
#include <stdlib.h>

#include <hpdf.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>

#include "pdf/object.h"
#include "pdf/put.h"

#define POOL_BYTES 65536

struct pdf_objects {
	HPDF_Error_Rec error;
	HPDF_MMgr mmgr;
	HPDF_Xref xref;
	HPDF_Stream sink; /* where pdf_objects_write writes */
	struct arena *a;
};

struct object {
	struct pdf_objects *all;
	struct pdf_bytes dict, stream;
};

static void *
alloc_never_null(HPDF_UINT n)
{
	return mem_alloc(n);
}

static HPDF_STATUS
write_dict(HPDF_Dict d, HPDF_Stream sink)
{
	const struct object *object;

	object = d->attr;
	assert(object != NULL); /* a number was taken and never filled */
	return HPDF_Stream_Write(sink, object->dict.p,
	    (HPDF_UINT)object->dict.n);
}

static HPDF_STATUS
write_stream(HPDF_Dict d)
{
	const struct object *object;
	HPDF_Stream sink;
	HPDF_STATUS status;

	object = d->attr;
	if (object->stream.p == NULL)
		return HPDF_OK;
	sink = object->all->sink;
	status = HPDF_Stream_WriteStr(sink, "\nstream\n");
	if (status == HPDF_OK && object->stream.n > 0)
		status = HPDF_Stream_Write(sink, object->stream.p,
		    (HPDF_UINT)object->stream.n);
	if (status == HPDF_OK)
		status = HPDF_Stream_WriteStr(sink, "\nendstream");
	return status;
}

static HPDF_STATUS
write_out(HPDF_Stream sink, const HPDF_BYTE *bytes, HPDF_UINT n)
{
	str_put(sink->attr, bytes, n);
	return HPDF_OK;
}

struct pdf_objects *
pdf_objects_new(struct arena *a)
{
	struct pdf_objects *o;

	o = arena_alloc(a, sizeof *o);
	o->a = a;
	HPDF_Error_Init(&o->error, NULL);
	o->mmgr = HPDF_MMgr_New(&o->error, POOL_BYTES, alloc_never_null, free);
	assert(o->mmgr != NULL);
	o->xref = HPDF_Xref_New(o->mmgr, 0);
	assert(o->xref != NULL);
	return o;
}

void
pdf_objects_free(struct pdf_objects *o)
{
	HPDF_Xref_Free(o->xref);
	HPDF_MMgr_Free(o->mmgr);
}

unsigned
pdf_object_new(struct pdf_objects *o)
{
	HPDF_Dict d;
	HPDF_STATUS status;

	d = HPDF_Dict_New(o->mmgr);
	assert(d != NULL);
	d->write_fn = write_dict;
	d->after_write_fn = write_stream;
	status = HPDF_Xref_Add(o->xref, d);
	assert(status == HPDF_OK);
	return d->header.obj_id & 0x00FFFFFF;
}

static struct object *
object_make(struct pdf_objects *o, struct str *dict, struct pdf_bytes stream)
{
	struct object *object;

	if (stream.p != NULL) {
		str_puts(dict, "/Length ");
		pdf_put_int(dict, (int64_t)stream.n);
	}
	assert(!dict->over);
	object = arena_alloc(o->a, sizeof *object);
	object->all = o;
	object->dict.p = arena_strn(o->a, dict->p, dict->len);
	object->dict.n = dict->len;
	object->stream = stream;
	str_clear(dict);
	return object;
}

void
pdf_object_put(struct pdf_objects *o, unsigned number, struct str *dict,
    struct pdf_bytes stream)
{
	HPDF_XrefEntry entry;
	HPDF_Dict d;

	entry = HPDF_Xref_GetEntry(o->xref, number);
	assert(entry != NULL);
	d = entry->obj;
	assert(d->attr == NULL); /* filled once */
	d->attr = object_make(o, dict, stream);
}

/* The trailer is a dictionary of libharu's, which adds /Size itself. */
static void
put_trailer(struct pdf_objects *o, unsigned root, const uint8_t id[16])
{
	struct str s;
	int i, j;

	str_init(&s, 256);
	str_puts(&s, "/Root ");
	pdf_put_ref(&s, root);
	str_puts(&s, "/ID[");
	for (i = 0; i < 2; i++) {
		str_putc(&s, '<');
		for (j = 0; j < 16; j++)
			str_fmt(&s, "%02x", id[j]);
		str_putc(&s, '>');
	}
	str_putc(&s, ']');
	o->xref->trailer->attr = object_make(o, &s, (struct pdf_bytes){ 0 });
	str_done(&s);
	o->xref->trailer->write_fn = write_dict;
}

int
pdf_objects_write(struct pdf_objects *o, unsigned root, const uint8_t id[16],
    struct str *out, struct err *e)
{
	size_t start;
	HPDF_STATUS status;

	start = out->len;
	put_trailer(o, root, id);
	o->sink = HPDF_CallbackWriter_New(o->mmgr, write_out, out);
	assert(o->sink != NULL);
	/* The comment tells transfer programs that the file is binary. */
	status = HPDF_Stream_WriteStr(o->sink, "%PDF-1.7\n%\xB5\xB5\xB5\xB5\n");
	if (status == HPDF_OK)
		status = HPDF_Xref_WriteToStream(o->xref, o->sink, NULL);
	HPDF_Stream_Free(o->sink);
	if (status != HPDF_OK)
		return err_set(e, ERR_SYSTEM,
		    "libhpdf cannot write the PDF file: error %#lx", status);
	if (out->over || out->len - start > INT32_MAX)
		return err_set(e, ERR_DATA,
		    "the PDF file would be larger than %zu bytes; attach "
		    "fewer or smaller files",
		    out->max);
	return 0;
}
