/*
 * libharu numbers the objects, keeps where they lie and writes their values:
 * HPDF_Dict_Write calls write_fn just before ">>" and after_write_fn just
 * behind it, which is where a stream belongs. What has no stream is packed
 * into object streams, and where all lie stands in a cross-reference stream
 * (ISO 32000-1, 7.5.7 and 7.5.8): a quarter less to store, hash and send.
 *
 * Invariants
 * 1. Dictionaries and entries are made once and serve every file of a run;
 *    the first n_used are of the file at hand.
 * 2. An entry of the xref is a packed object's: byte_offset is the number of
 *    its object stream, gen_no its index there; or that of one apart:
 *    byte_offset is where it lies, gen_no 0. entry_typ tells which.
 * 3. All is written as it comes; at the end only the rest of the pack and
 *    the cross-reference stream are missing.
 */
#include "pdf/object.h"

#include <assert.h>
#include <hpdf.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/put.h"

#define POOL_BYTES 8192 /* of libharu's memory, at a time */
#define PACK_MAX   200  /* objects; below 256: their index is a byte */
#define PACK_BYTES (256u << 20)
#define PACK_KEPT  65536

enum {
	ENTRY_EMPTY = 'e', /* a number was taken, nothing was put */
	ENTRY_APART = 'a',
	ENTRY_PACKED = 'p'
};

struct pdf_objects {
	HPDF_Error_Rec error;
	HPDF_MMgr mmgr;
	HPDF_Xref xref;
	unsigned n_used; /* entries, with the one of number 0 */
	struct pdf_writer *w;
	HPDF_Stream sink; /* appends to the string it is pointed to */
	struct str *out;
	size_t start; /* of the file in out */
	/* the objects of the object stream to come */
	unsigned pack, n_packed;
	struct str index, bodies;
	struct str packed, deflated; /* the last one */
};

/* What a dictionary writes, while it is written. */
struct value {
	struct str *dict;
	struct pdf_bytes stream;
	struct str *out;
};

static void *
alloc_never_null(HPDF_UINT n)
{
	return mem_alloc(n);
}

static HPDF_STATUS
write_dict(HPDF_Dict d, HPDF_Stream sink)
{
	const struct value *v = d->attr;

	return HPDF_Stream_Write(sink, (const HPDF_BYTE *)v->dict->p,
	    (HPDF_UINT)v->dict->len);
}

static HPDF_STATUS
write_stream(HPDF_Dict d)
{
	const struct value *v = d->attr;

	if (v->stream.p == NULL)
		return HPDF_OK;
	str_puts(v->out, "\nstream\n");
	str_put(v->out, v->stream.p, v->stream.n);
	str_puts(v->out, "\nendstream");
	return HPDF_OK;
}

static HPDF_STATUS
write_out(HPDF_Stream sink, const HPDF_BYTE *bytes, HPDF_UINT n)
{
	str_put(sink->attr, bytes, n);
	return HPDF_OK;
}

struct pdf_objects *
pdf_objects_new(struct pdf_writer *w)
{
	struct pdf_objects *o = mem_alloc(sizeof *o);

	o->w = w;
	HPDF_Error_Init(&o->error, NULL);
	o->mmgr = HPDF_MMgr_New(&o->error, POOL_BYTES, alloc_never_null, free);
	assert(o->mmgr != NULL);
	o->xref = HPDF_Xref_New(o->mmgr, 0);
	assert(o->xref != NULL);
	o->sink = HPDF_CallbackWriter_New(o->mmgr, write_out, NULL);
	assert(o->sink != NULL);
	str_init(&o->index, PACK_BYTES);
	str_init(&o->bodies, PACK_BYTES);
	str_init(&o->packed, PACK_KEPT);
	str_init(&o->deflated, PACK_KEPT);
	return o;
}

void
pdf_objects_free(struct pdf_objects *o)
{
	if (o == NULL)
		return;
	HPDF_Stream_Free(o->sink);
	HPDF_Xref_Free(o->xref);
	HPDF_MMgr_Free(o->mmgr);
	str_done(&o->index);
	str_done(&o->bodies);
	str_done(&o->packed);
	str_done(&o->deflated);
	free(o);
}

void
pdf_objects_begin(struct pdf_objects *o, struct str *out)
{
	o->out = out;
	o->start = out->len;
	o->n_used = 1;
	o->n_packed = 0;
	str_clear(&o->index);
	str_clear(&o->bodies);
	/* The comment tells transfer programs that the file is binary. */
	str_puts(out, "%PDF-1.7\n%\xB5\xB5\xB5\xB5\n");
}

static void
add_entry(struct pdf_objects *o)
{
	HPDF_Dict d;
	HPDF_STATUS status;

	d = HPDF_Dict_New(o->mmgr);
	assert(d != NULL);
	d->write_fn = write_dict;
	d->after_write_fn = write_stream;
	status = HPDF_Xref_Add(o->xref, d);
	assert(status == HPDF_OK);
}

unsigned
pdf_object_new(struct pdf_objects *o)
{
	HPDF_XrefEntry entry;

	if (o->n_used == o->xref->entries->count)
		add_entry(o);
	entry = HPDF_Xref_GetEntry(o->xref, o->n_used);
	entry->entry_typ = ENTRY_EMPTY;
	entry->gen_no = 0;
	return o->n_used++;
}

/* What a dictionary of libharu's is to be, to the end of v->out. */
static void
write_value(struct pdf_objects *o, HPDF_Dict d, struct value *v)
{
	HPDF_STATUS status;

	assert(!v->dict->over);
	d->attr = v;
	o->sink->attr = v->out;
	status = HPDF_Dict_Write(d, o->sink, NULL);
	assert(status == HPDF_OK); /* write_out cannot fail */
	str_clear(v->dict);
}

static void
put_apart(struct pdf_objects *o, unsigned number, struct str *dict,
    struct pdf_bytes stream)
{
	HPDF_XrefEntry entry = HPDF_Xref_GetEntry(o->xref, number);
	struct value v = { .dict = dict, .stream = stream, .out = o->out };

	assert(entry->entry_typ == ENTRY_EMPTY); /* filled once */
	entry->entry_typ = ENTRY_APART;
	entry->byte_offset = (HPDF_UINT)(o->out->len - o->start);
	if (stream.p != NULL) {
		str_puts(dict, "/Length ");
		pdf_put_int(dict, (int64_t)stream.n);
	}
	pdf_put_int(o->out, number);
	str_puts(o->out, " 0 obj\n");
	write_value(o, entry->obj, &v);
	str_puts(o->out, "\nendobj\n");
}

/*
 * Letters of one text mostly have the same pack, which is deflated once: what
 * it becomes depends on nothing but its bytes.
 */
static struct pdf_bytes
deflate_pack(struct pdf_objects *o, const struct str *s)
{
	struct pdf_bytes bytes;

	if (s->len == o->packed.len && memcmp(s->p, o->packed.p, s->len) == 0)
		return (struct pdf_bytes){ o->deflated.p, o->deflated.len };
	bytes =
	    pdf_deflate(o->w, PDF_EFFORT_LETTER, s->p, s->len, o->w->letter);
	str_clear(&o->packed);
	str_clear(&o->deflated);
	str_put(&o->packed, s->p, s->len);
	str_put(&o->deflated, bytes.p, bytes.n);
	if (o->packed.over || o->deflated.over)
		str_clear(&o->packed);
	return bytes;
}

static void
flush_pack(struct pdf_objects *o)
{
	struct str *s = &o->index, *dict = &o->w->dict;

	if (o->n_packed == 0)
		return;
	assert(dict->len == 0); /* nobody else is writing one */
	str_fmt(dict, "/Type/ObjStm/N %u/First %zu/Filter/FlateDecode",
	    o->n_packed, s->len);
	str_put(s, o->bodies.p, o->bodies.len);
	assert(!s->over && !o->bodies.over);
	put_apart(o, o->pack, dict, deflate_pack(o, s));
	str_clear(&o->index);
	str_clear(&o->bodies);
	o->n_packed = 0;
}

static void
put_packed(struct pdf_objects *o, unsigned number, struct str *dict)
{
	HPDF_XrefEntry entry = HPDF_Xref_GetEntry(o->xref, number);
	struct value v = { .dict = dict, .out = &o->bodies };

	assert(entry->entry_typ == ENTRY_EMPTY); /* filled once */
	if (o->n_packed == 0)
		o->pack = pdf_object_new(o);
	entry->entry_typ = ENTRY_PACKED;
	entry->byte_offset = o->pack;
	entry->gen_no = (HPDF_UINT16)o->n_packed++;
	pdf_put_int(&o->index, number);
	str_putc(&o->index, ' ');
	pdf_put_int(&o->index, (int64_t)o->bodies.len);
	str_putc(&o->index, ' ');
	write_value(o, entry->obj, &v);
	if (o->n_packed == PACK_MAX)
		flush_pack(o);
}

void
pdf_object_put(struct pdf_objects *o, unsigned number, struct str *dict,
    struct pdf_bytes stream)
{
	if (stream.p != NULL)
		put_apart(o, number, dict, stream);
	else
		put_packed(o, number, dict);
}

void
pdf_object_put_apart(struct pdf_objects *o, unsigned number, struct str *dict)
{
	put_apart(o, number, dict, (struct pdf_bytes){ 0 });
}

/* How many bytes the numbers up to this take. */
static unsigned
bytes_of(size_t most)
{
	unsigned n = 1;

	while (most > 255) {
		most >>= 8;
		n++;
	}
	return n;
}

/* A row of the cross-reference stream: what, where, which in there. */
static void
put_row(struct str *s, char kind, size_t at, unsigned width, unsigned index)
{
	str_putc(s, kind);
	while (width > 0)
		str_putc(s, (char)(at >> 8 * --width));
	str_putc(s, (char)index);
}

static void
put_rows(struct pdf_objects *o, unsigned n, unsigned width, struct str *out)
{
	unsigned i;

	put_row(out, 0, 0, width, 0);
	for (i = 1; i < n; i++) {
		HPDF_XrefEntry entry = HPDF_Xref_GetEntry(o->xref, i);

		assert(entry->entry_typ != ENTRY_EMPTY);
		put_row(out, entry->entry_typ == ENTRY_PACKED ? 2 : 1,
		    entry->byte_offset, width, entry->gen_no);
	}
}

/* The entries a trailer has. */
static void
put_trailer(struct str *s, unsigned root, const uint8_t id[16])
{
	static const char digits[] = "0123456789abcdef";
	int i, j;

	str_puts(s, "/Root ");
	pdf_put_ref(s, root);
	str_puts(s, "/ID[");
	for (i = 0; i < 2; i++) {
		str_putc(s, '<');
		for (j = 0; j < 16; j++) {
			str_putc(s, digits[id[j] >> 4]);
			str_putc(s, digits[id[j] & 15]);
		}
		str_putc(s, '>');
	}
	str_putc(s, ']');
}

/*
 * The stream has a row for itself: its place, behind all others, is known
 * before it is written. It is not deflated: a few hundred bytes.
 */
static size_t
write_xref(struct pdf_objects *o, unsigned root, const uint8_t id[16])
{
	unsigned number = pdf_object_new(o), width;
	struct str *dict = &o->w->dict, *rows = &o->bodies;
	size_t at = o->out->len - o->start;

	width = bytes_of(at > number ? at : number);
	str_clear(rows);
	put_rows(o, number, width, rows);
	put_row(rows, 1, at, width, 0);
	assert(!rows->over);
	str_fmt(dict, "/Type/XRef/Size %u/W[1 %u 1]", number + 1, width);
	put_trailer(dict, root, id);
	put_apart(o, number, dict, (struct pdf_bytes){ rows->p, rows->len });
	return at;
}

int
pdf_objects_end(struct pdf_objects *o, unsigned root, const uint8_t id[16],
    struct err *e)
{
	struct str *out = o->out;
	size_t at;

	flush_pack(o);
	at = write_xref(o, root, id);
	str_fmt(out, "startxref\n%zu\n%%%%EOF\n", at);
	if (out->over || out->len - o->start > INT32_MAX)
		return err_set(e, ERR_DATA,
		    "the PDF file would be larger than %zu bytes; attach "
		    "fewer or smaller files",
		    out->max);
	return 0;
}
