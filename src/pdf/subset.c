#include "pdf/font.h"

#include <assert.h>
#include <hb-subset.h>
#include <math.h>
#include <string.h>

#include "pdf/put.h"

#define MAX_CIDS 65535

/* An INDEX of CFF (Adobe technical note 5176, section 5). */
struct cff_index {
	size_t data; /* of the first object */
	size_t n;    /* bytes of it; 0 if there is none */
	size_t end;  /* behind the INDEX; 0 if it is broken */
};

static size_t
cff_offset(const uint8_t *p, size_t size)
{
	size_t v;

	for (v = 0; size > 0; size--)
		v = v << 8 | *p++;
	return v;
}

static struct cff_index
cff_index_read(const uint8_t *p, size_t n, size_t at)
{
	struct cff_index x = { 0 };
	size_t count, size, base, last;

	if (at + 3 > n)
		return x;
	count = cff_offset(p + at, 2);
	if (count == 0) {
		x.end = at + 2;
		return x;
	}
	size = p[at + 2];
	if (size < 1 || size > 4 || (count + 1) * size > n - at - 3)
		return x;
	base = at + 3 + (count + 1) * size - 1; /* offsets count from 1 */
	last = cff_offset(p + at + 3 + count * size, size);
	x.data = base + cff_offset(p + at + 3, size);
	x.n = base + cff_offset(p + at + 3 + size, size) - x.data;
	if (last > n - base || x.data > n || x.n > n - x.data)
		return (struct cff_index){ 0 };
	x.end = base + last;
	return x;
}

/*
 * Does the Top DICT begin with the operator ROS, as that of a CID-keyed font
 * must? Its CIDs need not be glyph numbers then.
 */
static bool
cff_is_cid_keyed(const uint8_t *p, size_t n)
{
	struct cff_index names, top;
	size_t at, end;

	if (n < 4)
		return false;
	names = cff_index_read(p, n, p[2]);
	if (names.end == 0)
		return false;
	top = cff_index_read(p, n, names.end);
	end = top.data + top.n;
	for (at = top.data; at < end;) {
		if (p[at] <= 21)
			return p[at] == 12 && at + 1 < end && p[at + 1] == 30;
		if (p[at] == 28)
			at += 3;
		else if (p[at] == 29)
			at += 5;
		else if (p[at] == 30)
			return false; /* a real is no operand of ROS */
		else
			at += p[at] >= 247 ? 2 : 1;
	}
	return false;
}

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

/* Fills cids, texts and widths. */
static void
map_glyphs(struct pdf_subset *out, hb_subset_plan_t *plan,
    const struct pdf_glyphs *glyphs, hb_face_t *face)
{
	hb_font_t *font;
	const hb_map_t *map;
	hb_codepoint_t cid;
	unsigned i, upem;
	size_t k;

	map = hb_subset_plan_old_to_new_glyph_mapping(plan);
	for (k = 0; k < glyphs->n; k++) {
		cid = hb_map_get(map, glyphs->p[k].gid);
		assert(cid > 0 && cid < out->n);
		out->cids[glyphs->p[k].gid] = (uint16_t)cid;
		out->texts[cid] = glyphs->p[k].text;
	}
	font = hb_font_create(face);
	upem = hb_face_get_upem(face);
	for (i = 0; i < out->n; i++)
		out->widths[i] =
		    (int32_t)lround(hb_font_get_glyph_h_advance(font, i) *
			100000.0 / upem);
	hb_font_destroy(font);
}

/* Six capital letters that follow from the font program alone. */
static int
make_name(struct pdf_writer *w, const struct pdf_face *face,
    const void *program, struct pdf_subset *out, struct arena *a, struct err *e)
{
	uint8_t hash[SHA256_SIZE];
	struct str s;
	int i;

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
		pdf_put_milli(&s, (int64_t)out->widths[i] * 10);
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
		n += out->texts[cid] != NULL;
	for (left = 0, cid = 0; cid < out->n; cid++) {
		if (out->texts[cid] == NULL)
			continue;
		if (left == 0) {
			left = n < 100 ? n : 100; /* the most a block takes */
			n -= left;
			str_fmt(&s, "%u beginbfchar\n", left);
		}
		str_fmt(&s, "<%04X><", cid);
		pdf_put_utf16_digits(&s, out->texts[cid],
		    strlen(out->texts[cid]));
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

static int
embed(struct pdf_writer *w, const struct pdf_face *face, hb_face_t *subset,
    enum pdf_effort effort, struct pdf_subset *out, struct err *e)
{
	struct arena *a;
	hb_blob_t *blob;
	const char *program;
	unsigned n;
	int rc;

	a = effort == PDF_EFFORT_RUN ? w->run : w->letter;
	if (face->cff)
		blob =
		    hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' '));
	else
		blob = hb_face_reference_blob(subset);
	program = hb_blob_get_data(blob, &n);
	out->program_size = n;
	if (face->cff && cff_is_cid_keyed((const uint8_t *)program, n))
		rc = err_set(e, ERR_DATA,
		    "font %s is CID-keyed; name a TrueType font in fonts",
		    face->name);
	else
		rc = make_name(w, face, program, out, a, e);
	if (rc == 0) {
		out->program = pdf_deflate(w, effort, program, n, a);
		make_widths(out, a);
		make_to_unicode(w, effort, out, a);
	}
	hb_blob_destroy(blob);
	return rc;
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
	out->n = hb_face_get_glyph_count(subset);
	out->cids = arena_array(a, face->n_glyphs, sizeof *out->cids);
	out->texts = arena_array(a, out->n, sizeof *out->texts);
	out->widths = arena_array(a, out->n, sizeof *out->widths);
	map_glyphs(out, plan, glyphs, subset);
	rc = embed(w, face, subset, effort, out, e);
	hb_face_destroy(subset);
	hb_subset_plan_destroy(plan);
	return rc;
}
