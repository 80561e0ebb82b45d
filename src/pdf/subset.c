#include "pdf/font.h"

#include <assert.h>
#include <hb-subset.h>
#include <math.h>
#include <string.h>

#include "pdf/put.h"

#define MAX_CIDS 65535

/* Keeps what a PDF viewer needs to draw: no layout, names or hinting. */
static void
drop_tables(hb_subset_input_t *in, hb_face_t *face)
{
	static const char keep[] = "glyf head hhea hmtx loca maxp CFF ";
	hb_tag_t tags[64];
	char name[5] = "";
	unsigned at, i, n;

	for (at = 0;; at += n) {
		n = sizeof tags / sizeof tags[0];
		(void)hb_face_get_table_tags(face, at, &n, tags);
		if (n == 0)
			return;
		for (i = 0; i < n; i++) {
			hb_tag_to_string(tags[i], name);
			if (strstr(keep, name) == NULL)
				hb_set_add(hb_subset_input_set(in,
					       HB_SUBSET_SETS_DROP_TABLE_TAG),
				    tags[i]);
		}
	}
}

static hb_subset_plan_t *
make_plan(const struct pdf_face *face, const struct pdf_glyphs *glyphs)
{
	hb_subset_input_t *in;
	hb_subset_plan_t *plan;
	size_t i;

	in = hb_subset_input_create_or_fail();
	if (in == NULL)
		return NULL;
	hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_NO_HINTING);
	drop_tables(in, face->hb);
	for (i = 0; i < glyphs->n; i++)
		hb_set_add(hb_subset_input_glyph_set(in), glyphs->p[i].gid);
	plan = hb_subset_plan_create_or_fail(face->hb, in);
	hb_subset_input_destroy(in);
	return plan;
}

static void
set_text(struct pdf_char *c, const char *text)
{
	c->text = text;
	c->text_len = (uint8_t)strlen(text);
}

/* Fills cids and texts. */
static void
map_glyphs(struct pdf_subset *out, hb_subset_plan_t *plan,
    const struct pdf_glyphs *glyphs)
{
	const hb_map_t *map;
	hb_codepoint_t cid;
	size_t k;

	map = hb_subset_plan_old_to_new_glyph_mapping(plan);
	for (k = 0; k < glyphs->n; k++) {
		cid = hb_map_get(map, glyphs->p[k].gid);
		assert(cid > 0 && cid < out->n);
		out->cids[glyphs->p[k].gid] = (uint16_t)cid;
		set_text(&out->chars[cid], glyphs->p[k].text);
	}
}

/* Fills widths. */
static void
measure(struct pdf_subset *out, hb_face_t *face)
{
	hb_font_t *font;
	unsigned i, upem;

	font = hb_font_create(face);
	upem = hb_face_get_upem(face);
	for (i = 0; i < out->n; i++)
		out->chars[i].width =
		    (int32_t)lround(hb_font_get_glyph_h_advance(font, i) *
			100000.0 / upem);
	hb_font_destroy(font);
}

/* A part's name: six capital letters that follow from the program alone. */
static int
make_name(struct pdf_writer *w, const struct pdf_face *face,
    const void *program, struct pdf_subset *out, struct arena *a, struct err *e)
{
	uint8_t hash[SHA256_SIZE];
	struct str s;
	int i;

	out->name = face->name;
	if (face->whole)
		return 0;
	if (hash_sha256(w->hasher, program, out->program_size, hash, e) == -1)
		return -1;
	str_init(&s, 512);
	for (i = 0; i < 6; i++)
		str_putc(&s, (char)('A' + hash[i] % 26));
	str_putc(&s, '+');
	str_puts(&s, face->name);
	out->name = arena_strn(a, s.p, s.len);
	str_done(&s);
	return 0;
}

static void
make_widths(struct pdf_subset *out, struct arena *a)
{
	struct str s;
	unsigned i;

	str_init(&s, 2u << 20);
	str_puts(&s, "/W[0[");
	for (i = 0; i < out->n; i++) {
		if (i > 0)
			str_putc(&s, ' ');
		pdf_put_milli(&s, (int64_t)out->chars[i].width * 10);
	}
	str_puts(&s, "]]");
	assert(!s.over);
	out->width_array.p = arena_strn(a, s.p, s.len);
	out->width_array.n = s.len;
	str_done(&s);
}

/* A ToUnicode CMap (Adobe technical note 5411). */
static void
make_to_unicode(struct pdf_writer *w, enum pdf_effort effort,
    struct pdf_subset *out, struct arena *a)
{
	struct str s;
	unsigned cid, n, left;

	str_init(&s, 8u << 20);
	str_puts(&s,
	    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
	    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>"
	    "def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
	    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
	for (n = 0, cid = 0; cid < out->n; cid++)
		n += out->chars[cid].text != NULL;
	for (left = 0, cid = 0; cid < out->n; cid++) {
		const struct pdf_char *c = &out->chars[cid];

		if (c->text == NULL)
			continue;
		if (left == 0) {
			left = n < 100 ? n : 100; /* the most a block takes */
			n -= left;
			str_fmt(&s, "%u beginbfchar\n", left);
		}
		str_fmt(&s, "<%04X><", cid);
		pdf_put_utf16_digits(&s, c->text, c->text_len);
		str_puts(&s, ">\n");
		if (--left == 0)
			str_puts(&s, "endbfchar\n");
	}
	str_puts(&s,
	    "endcmap\nCMapName currentdict/CMap defineresource pop\n"
	    "end\nend");
	assert(!s.over);
	out->to_unicode = pdf_deflate(w, effort, s.p, s.len, a);
	str_done(&s);
}

/* The font program of a face that is the only one of its file; or NULL. */
static hb_blob_t *
program_of(const struct pdf_face *face, hb_face_t *hb, unsigned n_glyphs)
{
	hb_blob_t *table, *copy;
	uint8_t *program;
	unsigned n;

	if (!face->cff)
		return hb_face_reference_blob(hb);
	table = hb_face_reference_table(hb, HB_TAG('C', 'F', 'F', ' '));
	copy = hb_blob_copy_writable_or_fail(table);
	hb_blob_destroy(table);
	if (copy == NULL)
		return NULL;
	program = (uint8_t *)hb_blob_get_data_writable(copy, &n);
	if (pdf_cff_renumber(program, n, n_glyphs))
		return copy;
	hb_blob_destroy(copy);
	return NULL;
}

static int
embed(struct pdf_writer *w, const struct pdf_face *face, hb_face_t *hb,
    enum pdf_effort effort, struct pdf_subset *out, struct err *e)
{
	struct arena *a;
	hb_blob_t *blob;
	const char *program;
	unsigned n;
	int rc;

	blob = program_of(face, hb, out->n);
	if (blob == NULL)
		return err_set(e, ERR_DATA,
		    "font %s has a broken CFF table; name another under fonts "
		    "in semonce.yaml",
		    face->name);
	a = effort == PDF_EFFORT_RUN ? w->run : w->letter;
	program = hb_blob_get_data(blob, &n);
	out->program_size = n;
	rc = make_name(w, face, program, out, a, e);
	if (rc == 0) {
		out->program = pdf_deflate(w, effort, program, n, a);
		make_widths(out, a);
		make_to_unicode(w, effort, out, a);
	}
	hb_blob_destroy(blob);
	return rc;
}

/* Two bytes of a string, escaped; a bare \r would read as \n. */
static void
make_code(struct pdf_char *c, unsigned cid)
{
	uint8_t n = 0;
	int shift;

	for (shift = 8; shift >= 0; shift -= 8) {
		char byte = (char)(cid >> shift & 255);

		if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
			c->code[n++] = '\\';
		c->code[n++] = byte;
		if (byte == '\r')
			c->code[n - 1] = 'r';
	}
	c->code_len = n;
}

static void
make_room(struct pdf_subset *out, const struct pdf_face *face, unsigned n,
    struct arena *a)
{
	unsigned cid;

	out->n = n;
	out->cids = arena_array(a, face->n_glyphs, sizeof *out->cids);
	out->chars = arena_array(a, n, sizeof *out->chars);
	for (cid = 0; cid < n; cid++)
		make_code(&out->chars[cid], cid);
}

/* A TrueType program is a file, and that of a collection holds too much. */
static bool
is_collection(hb_face_t *face)
{
	hb_blob_t *file;
	const char *p;
	unsigned n;
	bool is;

	file = hb_face_reference_blob(face);
	p = hb_blob_get_data(file, &n);
	is = n >= 4 && memcmp(p, "ttcf", 4) == 0;
	hb_blob_destroy(file);
	return is;
}

int
pdf_subset_whole(struct pdf_writer *w, const struct pdf_face *face,
    struct pdf_subset *out, struct err *e)
{
	unsigned gid;

	if (face->n_glyphs > MAX_CIDS ||
	    (!face->cff && is_collection(face->hb)))
		return err_set(e, ERR_DATA,
		    "font %s must be embedded whole (fsType 256), which its "
		    "file does not allow; name another under fonts in "
		    "semonce.yaml",
		    face->name);
	make_room(out, face, face->n_glyphs, w->run);
	for (gid = 1; gid < face->n_glyphs; gid++) {
		out->cids[gid] = (uint16_t)gid;
		set_text(&out->chars[gid],
		    face->texts[gid] != NULL ? face->texts[gid] : PDF_NO_TEXT);
	}
	measure(out, face->hb);
	return embed(w, face, face->hb, PDF_EFFORT_RUN, out, e);
}

int
pdf_subset_make(struct pdf_writer *w, const struct pdf_face *face,
    const struct pdf_glyphs *glyphs, enum pdf_effort effort,
    struct pdf_subset *out, struct err *e)
{
	struct arena *a;
	hb_subset_plan_t *plan;
	hb_face_t *subset;
	int rc;

	a = effort == PDF_EFFORT_RUN ? w->run : w->letter;
	plan = make_plan(face, glyphs);
	subset = plan != NULL ? hb_subset_plan_execute_or_fail(plan) : NULL;
	if (subset == NULL || hb_face_get_glyph_count(subset) > MAX_CIDS) {
		hb_face_destroy(subset);
		hb_subset_plan_destroy(plan);
		return err_set(e, ERR_DATA,
		    "font %s cannot be cut to the glyphs in use; is the file "
		    "whole?",
		    face->name);
	}
	make_room(out, face, hb_face_get_glyph_count(subset), a);
	map_glyphs(out, plan, glyphs);
	measure(out, subset);
	rc = embed(w, face, subset, effort, out, e);
	hb_face_destroy(subset);
	hb_subset_plan_destroy(plan);
	return rc;
}
