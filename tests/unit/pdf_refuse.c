/*
 * What the PDF writer refuses: a letter that could not be archived or read
 * aloud, and data that would do more than show text.
 */
#include "pdf/document.h"
#include "pdf_letter.h"

struct fixture {
	struct pdf_writer *writer;
	struct letter *letter;
};

static int
set_up(void **state)
{
	struct fixture *f;
	struct err e = { 0 };

	f = mem_alloc(sizeof *f);
	*state = f;
	f->letter = letter_new(LIBERATION, ".ttf");
	return f->letter == NULL ? -1 : pdf_writer_new(&f->writer, &e);
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	letter_free(f->letter);
	pdf_writer_free(f->writer);
	free(f);
	return 0;
}

static void
no_title(struct letter *l)
{
	l->doc.title = "";
}

static void
bad_title(struct letter *l)
{
	l->doc.title = "a\xFF";
}

static void
bad_lang(struct letter *l)
{
	l->doc.lang = "fr)/X(";
}

static void
bad_date(struct letter *l)
{
	l->doc.date = "2026-02-30";
}

static struct page_node *
first_of(struct letter *l, enum page_tag tag)
{
	size_t i;

	for (i = 0; l->nodes[i].tag != tag; i++)
		assert_true(i < l->doc.n_nodes);
	return &l->nodes[i];
}

static void
no_alt(struct letter *l)
{
	first_of(l, TAG_FIGURE)->alt = NULL;
}

static void
script_link(struct letter *l)
{
	first_of(l, TAG_LINK)->url = "javascript:alert(1)";
}

static void
split_link(struct letter *l)
{
	first_of(l, TAG_LINK)->url = "https://example.com/\n";
}

static void
nowhere_link(struct letter *l)
{
	l->pages[0].n_links = 0;
}

static void
twin_files(struct letter *l)
{
	l->files[1].name = "notice.json";
}

static void
path_file(struct letter *l)
{
	l->files[0].name = "../notice.json";
}

static void
no_description(struct letter *l)
{
	l->files[1].description = "";
}

static void
odd_relationship(struct letter *l)
{
	l->files[0].relationship = "Source";
}

static void
no_glyph(struct letter *l)
{
	struct page_run *r;

	r = (struct page_run *)l->items[0][0].runs;
	*r = shape(l, 0, r->size, "a\u4E2D");
}

static void
test_refuses(void **state)
{
	static const struct {
		void (*spoil)(struct letter *);
		const char *says;
	} cases[] = { { no_title, "no title" }, { bad_title, "UTF-8" },
		{ bad_lang, "language tag" }, { bad_date, "date" },
		{ no_alt, "alternative text" }, { script_link, "only https" },
		{ split_link, "%20" }, { nowhere_link, "no text" },
		{ twin_files, "same name" }, { path_file, "plain file name" },
		{ no_description, "no description" },
		{ odd_relationship, "Supplement" }, { no_glyph, "U+4E2D" } };
	struct fixture *f = *state;
	struct letter *l = f->letter, *good;
	struct page_run *first, kept;
	struct err e;
	struct str pdf;
	size_t i;

	good = mem_alloc(sizeof *good);
	*good = *l;
	first = (struct page_run *)l->items[0][0].runs;
	kept = *first;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		memset(&e, 0, sizeof e);
		str_init(&pdf, 8u << 20);
		cases[i].spoil(l);
		if (pdf_write(f->writer, &l->doc, &pdf, &e) != -1)
			fail_msg("taken, and not '%s'", cases[i].says);
		assert_int_equal(e.kind, ERR_DATA);
		if (strstr(e.text, cases[i].says) == NULL)
			fail_msg("no '%s' in '%s'", cases[i].says, e.text);
		str_done(&pdf);
		*first = kept;
		*l = *good;
	}
	free(good);
	/* Nothing of all that stays behind. */
	str_init(&pdf, 8u << 20);
	assert_int_equal(pdf_write(f->writer, &l->doc, &pdf, &e), 0);
	str_done(&pdf);
}

/* Too small a string is an error, not half a file. */
static void
test_too_large(void **state)
{
	struct fixture *f = *state;
	struct err e = { 0 };
	struct str pdf;

	str_init(&pdf, 5000);
	assert_int_equal(pdf_write(f->writer, &f->letter->doc, &pdf, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	str_done(&pdf);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_too_large),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
