/*
 * The fonts of a PDF: every kind of font file goes in so that each code shows
 * the glyph it showed before, or is refused with a word on what to do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ft2build.h>
#include <freetype/freetype.h>
#include <freetype/ftcid.h>
#include <hb-subset.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/document.h"
#include "pdf/font.h"

#define FONTS      "/usr/share/fonts/"
#define LIBERATION FONTS "truetype/liberation/LiberationSans-Regular.ttf"
#define NIMBUS     FONTS "opentype/urw-base35/NimbusSans-Regular.otf"
#define CJK        FONTS "opentype/noto/NotoSansCJK-Regular.ttc"
#define WENQUANYI  FONTS "truetype/wqy/wqy-microhei.ttc"
#define ARABIC     FONTS "truetype/noto/NotoSansArabic-Regular.ttf"
#define VARIABLE   FONTS "truetype/inter-vf/Inter-roman.var.ttf"

struct fixture {
	struct pdf_writer *writer;
	FT_Library library;
	void *program; /* of the subset at hand, inflated */
};

static const struct {
	const char *path, *text;
	unsigned index;
	bool cff;
} files[] = {
	{ LIBERATION, "Œuvre ﬁ Čapek 12", 0, false },
	{ NIMBUS, "Œuvre 12 fin", 0, true },
	/* CID-keyed, in a collection. */
	{ CJK, "東京都 Tōkyō さくら", 0, true },
	{ CJK, "北京 12", 2, true },
	{ WENQUANYI, "北京さくら서울", 1, false },
	{ ARABIC, "شركة الأمل", 0, false },
};

static int
set_up(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);
	struct err e = { 0 };

	*state = f;
	if (FT_Init_FreeType(&f->library) != 0)
		return -1;
	return pdf_writer_new(&f->writer, &e);
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	pdf_writer_free(f->writer);
	FT_Done_FreeType(f->library);
	free(f->program);
	free(f);
	return 0;
}

/* A file as the page has it; face NULL: it is not installed. */
static struct page_font
open_file(const char *path, unsigned index)
{
	hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
	struct page_font font = { .path = path, .index = index, .name = "F" };

	if (blob == NULL) {
		print_message("skipped: %s is not installed\n", path);
		return font;
	}
	font.face = hb_face_create(blob, index);
	font.upem = hb_face_get_upem(font.face);
	hb_blob_destroy(blob);
	return font;
}

/* The glyphs of a text, in the letter's arena. */
static struct pdf_glyphs
shape(struct fixture *f, struct pdf_face *face, const char *text)
{
	hb_buffer_t *b = hb_buffer_create();
	const hb_glyph_info_t *info;
	struct pdf_glyphs g = { 0 };
	unsigned n;

	hb_buffer_add_utf8(b, text, -1, 0, -1);
	hb_buffer_guess_segment_properties(b);
	hb_shape(face->font, b, NULL, 0);
	info = hb_buffer_get_glyph_infos(b, &n);
	g.p = arena_array(f->writer->letter, n, sizeof *g.p);
	for (unsigned i = 0; i < n; i++) {
		if (info[i].codepoint == 0)
			fail_msg("no glyph for byte %u of '%s'",
			    info[i].cluster, text);
		g.p[g.n++] =
		    (struct pdf_glyph){ info[i].codepoint, PDF_NO_TEXT };
	}
	hb_buffer_destroy(b);
	return g;
}

/* What a viewer opens. */
static FT_Face
open_program(struct fixture *f, const struct pdf_subset *s)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	FT_Face face;

	free(f->program);
	f->program = mem_alloc(s->program_size);
	assert_int_equal(libdeflate_zlib_decompress(d, s->program.p,
			     s->program.n, f->program, s->program_size, NULL),
	    LIBDEFLATE_SUCCESS);
	libdeflate_free_decompressor(d);
	assert_int_equal(FT_New_Memory_Face(f->library, f->program,
			     (FT_Long)s->program_size, 0, &face),
	    0);
	return face;
}

static void
load(FT_Face face, unsigned gid)
{
	assert_int_equal(FT_Load_Glyph(face, gid,
			     FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING),
	    0);
}

/* The same points in the same places. */
static void
same_outline(FT_Face x, unsigned gid_x, FT_Face y, unsigned gid_y)
{
	const FT_Outline *a = &x->glyph->outline, *b = &y->glyph->outline;

	load(x, gid_x);
	load(y, gid_y);
	assert_int_equal(a->n_points, b->n_points);
	if (a->n_points > 0)
		assert_memory_equal(a->points, b->points,
		    (size_t)a->n_points * sizeof *a->points);
}

/* A code is a CID, and that CID is the glyph of the same number. */
static void
check_program(struct fixture *f, const struct page_font *font,
    const struct pdf_subset *s, const struct pdf_glyphs *glyphs)
{
	FT_Face now = open_program(f, s), before;
	FT_UInt found = 0;

	assert_int_equal(FT_New_Face(f->library, font->path,
			     (FT_Long)font->index, &before),
	    0);
	assert_int_equal(now->num_glyphs, s->n);
	for (size_t i = 0; i < glyphs->n; i++) {
		uint32_t gid = glyphs->p[i].gid;
		uint16_t cid = s->cids[gid];

		assert_int_not_equal(cid, 0);
		same_outline(before, gid, now, cid);
		assert_int_equal(s->chars[cid].width,
		    (before->glyph->metrics.horiAdvance * 100000 * 2 /
			    before->units_per_EM +
			1) /
			2);
		if (FT_Get_CID_From_Glyph_Index(now, cid, &found) == 0)
			assert_int_equal(found, cid);
	}
	FT_Done_Face(before);
	FT_Done_Face(now);
}

static void
test_programs(void **state)
{
	struct fixture *f = *state;
	struct err e = { 0 };

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct page_font font =
		    open_file(files[i].path, files[i].index);
		struct pdf_subset s = { 0 };
		struct pdf_face *face;
		struct pdf_glyphs glyphs;

		if (font.face == NULL)
			continue;
		assert_int_equal(pdf_face_find(f->writer, &font, &face, &e), 0);
		assert_int_equal(face->cff, files[i].cff);
		glyphs = shape(f, face, files[i].text);
		if (pdf_subset_make(f->writer, face, &glyphs, PDF_EFFORT_LETTER,
			&s, &e) != 0)
			fail_msg("%s: %s", files[i].path, e.text);
		assert_true(s.n <= glyphs.n + 1 || !files[i].cff);
		check_program(f, &font, &s, &glyphs);
		arena_reset(f->writer->letter);
		hb_face_destroy(font.face);
	}
}

/* A copy of the file in memory, with another fsType. */
static struct page_font
open_typed(const char *path, unsigned type)
{
	struct page_font font = open_file(path, 0);
	hb_blob_t *file, *copy;
	uint8_t *p;
	unsigned n;

	if (font.face == NULL)
		skip();
	file = hb_face_reference_blob(font.face);
	copy = hb_blob_copy_writable_or_fail(file);
	hb_face_destroy(font.face);
	hb_blob_destroy(file);
	p = (uint8_t *)hb_blob_get_data_writable(copy, &n);
	for (unsigned at = 12, found = 0; !found; at += 16) {
		uint32_t table = (uint32_t)p[at + 8] << 24 |
		    (uint32_t)p[at + 9] << 16 | (uint32_t)p[at + 10] << 8 |
		    p[at + 11];

		assert_true(at + 16 < n);
		if (memcmp(p + at, "OS/2", 4) == 0) {
			p[table + 8] = (uint8_t)(type >> 8);
			p[table + 9] = (uint8_t)(type & 255);
			found = 1;
		}
	}
	font.face = hb_face_create(copy, 0);
	hb_blob_destroy(copy);
	return font;
}

static void
test_licences(void **state)
{
	static const struct {
		const char *says; /* NULL: taken */
		unsigned type;
		bool whole;
	} cases[] = {
		{ NULL, 0x0000, false },
		{ NULL, 0x0008, false },
		{ NULL, 0x0004, false },
		{ "licence", 0x0002, false },
		/* Fonts older than OS/2 version 3: the freest bit counts. */
		{ NULL, 0x000A, false },
		{ NULL, 0x0100, true },
		{ "licence", 0x0102, false },
		{ "bitmaps", 0x0200, false },
	};
	static const char *const paths[] = { LIBERATION, NIMBUS };
	struct fixture *f = *state;

	for (size_t i = 0; i < 2 * sizeof cases / sizeof cases[0]; i++) {
		struct page_font font =
		    open_typed(paths[i % 2], cases[i / 2].type);
		const char *says = cases[i / 2].says;
		struct pdf_face *face = NULL;
		struct err e = { 0 };
		int rc = pdf_face_find(f->writer, &font, &face, &e);

		assert_int_equal(rc, says == NULL ? 0 : -1);
		if (says != NULL) {
			assert_int_equal(e.kind, ERR_DATA);
			assert_non_null(strstr(e.text, "font F "));
			assert_non_null(strstr(e.text, says));
			assert_non_null(strstr(e.text, "semonce.yaml"));
		} else {
			assert_int_equal(face->whole, cases[i / 2].whole);
		}
		hb_face_destroy(font.face);
	}
}

/* A font that must not be cut is in the file as it came. */
static void
test_whole(void **state)
{
	static const char *const paths[] = { LIBERATION, NIMBUS };
	struct fixture *f = *state;
	struct err e = { 0 };

	for (size_t i = 0; i < 2; i++) {
		struct page_font font = open_typed(paths[i], 0x0100);
		const struct pdf_subset *s, *same;
		struct pdf_glyphs glyphs;
		struct pdf_face *face;

		assert_int_equal(pdf_face_find(f->writer, &font, &face, &e), 0);
		assert_int_equal(pdf_face_base(f->writer, face, "fr", &s, &e),
		    0);
		assert_int_equal(s->n, face->n_glyphs);
		assert_string_equal(s->name, "F");
		glyphs = shape(f, face, "Čapek fin");
		check_program(f, &font, s, &glyphs);
		assert_int_equal(pdf_face_base(f->writer, face, "de", &same,
				     &e),
		    0);
		assert_ptr_equal(s, same);
		hb_face_destroy(font.face);
	}
}

/* A font that few letters use is in those only with what they need. */
static void
test_rare(void **state)
{
	struct fixture *f = *state;
	struct page_font font = open_file(LIBERATION, 0);
	const struct pdf_subset *s;
	struct pdf_face *face;
	struct err e = { 0 };

	if (font.face == NULL)
		skip();
	font.rare = true;
	assert_int_equal(pdf_face_find(f->writer, &font, &face, &e), 0);
	assert_int_equal(pdf_face_base(f->writer, face, "fr", &s, &e), 0);
	for (unsigned gid = 0; gid < face->n_glyphs; gid++)
		assert_int_equal(s->cids[gid], 0);
	hb_face_destroy(font.face);
}

static void
test_variable(void **state)
{
	struct fixture *f = *state;
	struct page_font font = open_file(VARIABLE, 0);
	struct pdf_face *face;
	struct err e = { 0 };

	if (font.face == NULL)
		skip();
	assert_int_equal(pdf_face_find(f->writer, &font, &face, &e), -1);
	assert_non_null(strstr(e.text, "variable"));
	hb_face_destroy(font.face);
}

/* The CFF table of a few glyphs of a CID-keyed font. */
static hb_blob_t *
make_cid_keyed(void)
{
	struct page_font font = open_file(CJK, 0);
	hb_subset_input_t *in;
	hb_face_t *subset;
	hb_blob_t *table;

	if (font.face == NULL)
		skip();
	in = hb_subset_input_create_or_fail();
	hb_set_add(hb_subset_input_glyph_set(in), 1000);
	hb_set_add(hb_subset_input_glyph_set(in), 2000);
	hb_set_add(hb_subset_input_glyph_set(in), 2001);
	subset = hb_subset_or_fail(font.face, in);
	table = hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' '));
	hb_subset_input_destroy(in);
	hb_face_destroy(subset);
	hb_face_destroy(font.face);
	return table;
}

/* Half a program, or one with other bytes, ends in an answer. */
static void
test_broken_cff(void **state)
{
	hb_blob_t *table = make_cid_keyed();
	uint8_t *copy;
	const char *p;
	unsigned n;

	(void)state;
	p = hb_blob_get_data(table, &n);
	copy = mem_alloc(n);
	memcpy(copy, p, n);
	assert_false(pdf_cff_renumber(copy, n, 5));
	memcpy(copy, p, n);
	assert_true(pdf_cff_renumber(copy, n, 4));
	assert_memory_not_equal(copy, p, n);
	for (unsigned cut = 0; cut < 80; cut++) {
		uint8_t *half = mem_alloc(cut + 1);

		memcpy(half, p, cut);
		assert_false(pdf_cff_renumber(half, cut, 4));
		free(half);
	}
	for (unsigned i = 0; i < 8 * n && i < 8 * 200; i++) {
		memcpy(copy, p, n);
		copy[i / 8] ^= (uint8_t)(1u << i % 8);
		(void)pdf_cff_renumber(copy, n, 4);
	}
	free(copy);
	hb_blob_destroy(table);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_programs),
		cmocka_unit_test(test_licences),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_rare),
		cmocka_unit_test(test_variable),
		cmocka_unit_test(test_broken_cff),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
