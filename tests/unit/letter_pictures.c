/*
 * Which picture an image of a text shows, that each is read once for a run,
 * and that an error says where the image stands.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "letter/pictures.h"

#define SOURCE "a\n\n![b](c.png)\n\n![ ](d.png)\n\n> ![e](logo:)\n"

static const struct page_image logo = { .width = 1 };

static int n_read;

static int
lend(const void *context, const char *text, const char *name, struct arena *a,
    struct page_image *out, struct err *e)
{
	(void)a;
	assert_string_equal(context, "w");
	assert_string_equal(text, "w/t.md");
	if (strcmp(name, "none.png") == 0)
		return err_set(e, ERR_USAGE, "image '%s': none", name);
	*out = (struct page_image){ .width = (unsigned)strlen(name) };
	n_read++;
	return 0;
}

struct fixture {
	struct arena *run, *letter;
	struct letter_setup setup;
	struct pictures *pictures;
	struct text text;
};

static int
set_up(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct template *body;
	struct err e;

	f->run = arena_new();
	f->letter = arena_new();
	f->setup = (struct letter_setup){
		.logo = &logo, .picture = lend, .picture_context = "w"
	};
	f->pictures = pictures_new(&f->setup, f->run);
	f->text = (struct text){ .path = "w/t.md",
		.source = SOURCE,
		.len = strlen(SOURCE),
		.file_len = strlen(SOURCE) };
	if (template_parse("w/t.md", 1, SOURCE, f->run, &body, &e))
		return -1;
	f->text.body = body;
	n_read = 0;
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	arena_free(f->letter);
	arena_free(f->run);
	free(f);
	return 0;
}

static int
find(struct fixture *f, const char *markdown, struct block **root,
    struct err *e)
{
	*e = (struct err){ 0 };
	assert_int_equal(markdown_parse(markdown, strlen(markdown), f->letter,
			     root, e),
	    0);
	return pictures_find(f->pictures, &f->text, *root, f->letter, e);
}

static void
test_once(void **state)
{
	struct fixture *f = *state;
	struct block *root, *again;
	struct err e;

	assert_int_equal(find(f, "- > ![a](a.png)\n\n![b](bb.png)", &root, &e),
	    0);
	assert_int_equal(n_read, 2);
	assert_int_equal(root->children->next->image->width, 6);
	assert_int_equal(find(f, "![a](bb.png)\n\n![b](logo:)", &again, &e), 0);
	assert_int_equal(n_read, 2);
	assert_ptr_equal(again->children->image, root->children->next->image);
	assert_ptr_equal(again->children->next->image, &logo);
	assert_int_equal(find(f, "![a](qr:epc)\n\n![b](qr:link)", &root, &e),
	    0);
	assert_int_equal(n_read, 2);
}

/* A mailing may name another for each debtor: only so many are kept. */
static void
test_many(void **state)
{
	struct fixture *f = *state;
	struct block *root;
	struct err e;

	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 100; i++) {
			assert_int_equal(find(f,
					     arena_fmt(f->run, "![a](%03d.png)",
						 i),
					     &root, &e),
			    0);
			assert_int_equal(root->children->image->width, 7);
			arena_reset(f->letter);
		}
	}
	assert_true(n_read > 100 && n_read < 200);
}

static void
test_blamed(void **state)
{
	static const char *const rows[][2] = {
		{ "![ ](d.png)", "w/t.md:5: image 'd.png' has no alternative" },
		{ "> ![e](signature:)", "w/t.md: image 'signature:'" },
		{ "![x](none.png)", "w/t.md: image 'none.png': none" },
	};
	struct fixture *f = *state;
	struct block *root;
	struct err e;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(find(f, rows[i][0], &root, &e), -1);
		assert_int_equal(e.kind, ERR_USAGE);
		if (strncmp(e.text, rows[i][1], strlen(rows[i][1])) != 0)
			fail_msg("'%s' is not '%s'", e.text, rows[i][1]);
	}
	f->setup.logo = NULL;
	assert_int_equal(find(f, "> ![e](logo:)", &root, &e), -1);
	assert_non_null(strstr(e.text, "w/t.md:7: image 'logo:': there is no"));
	f->setup.picture = NULL;
	assert_int_equal(find(f, "![b](c.png)", &root, &e), -1);
	assert_non_null(strstr(e.text, "w/t.md:3: image 'c.png': there is no"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_many, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_blamed, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
