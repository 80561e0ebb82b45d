/*
 * Which file an image of a text means, and that it never lies outside of
 * the workspace.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "verb/pictures.h"

#define SVG                                                                    \
	"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"9\">" \
	"</svg>"

static const char *const files[] = { "out.svg", "w/a.svg", "w/letters/a.svg",
	"w/letters/b.svg" };
#define FILES (sizeof(files) / sizeof(files[0]))

struct fixture {
	struct arena *a;
	char root[48];
	const char *dir, *text; /* of the workspace, of a text in it */
};

static const char *
below(struct fixture *f, const char *name)
{
	return arena_fmt(f->a, "%s/%s", f->root, name);
}

/* Each drawing is as wide as its place in the list says. */
static int
set_up(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);
	struct err e;

	*state = f;
	f->a = arena_new();
	(void)snprintf(f->root, sizeof f->root, "/tmp/semonce-shown-XXXXXX");
	if (mkdtemp(f->root) == NULL ||
	    file_mkdirs(below(f, "w/letters"), 0700, &e) != 0)
		return -1;
	f->dir = below(f, "w");
	f->text = below(f, "w/letters/text.md");
	for (size_t i = 0; i < FILES; i++) {
		const char *svg = arena_fmt(f->a, SVG, 10 + (int)i);

		if (file_write(below(f, files[i]), svg, strlen(svg), 0600,
			&e) != 0)
			return -1;
	}
	if (file_write(f->text, "x", 1, 0600, &e) != 0)
		return -1;
	return symlink("../out.svg", below(f, "w/link.svg")) |
	    symlink("a.svg", below(f, "w/good.svg")) |
	    symlink("..", below(f, "w/up"));
}

static int
tear_down(void **state)
{
	static const char *const others[] = { "w/link.svg", "w/good.svg",
		"w/up", "w/letters/text.md", "w/letters", "w", "" };
	struct fixture *f = *state;

	for (size_t i = 0; i < FILES; i++)
		(void)remove(below(f, files[i]));
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		(void)remove(below(f, others[i]));
	arena_free(f->a);
	free(f);
	return 0;
}

/* Beside the text first, then in the workspace. */
static void
test_found(void **state)
{
	static const struct {
		const char *name;
		int width;
	} rows[] = {
		{ "a.svg", 12 },
		{ "b.svg", 13 },
		{ "letters/b.svg", 13 },
		{ "good.svg", 11 },
	};
	struct fixture *f = *state;
	struct page_image image = { 0 };
	struct err e;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (pictures_read(f->dir, f->text, rows[i].name, f->a, &image,
			&e) != 0)
			fail_msg("%s", e.text);
		assert_int_equal(image.w,
		    (int32_t)(rows[i].width * 768)); /* 96 an inch */
	}
	/* A text that comes with us has no pictures beside it. */
	assert_int_equal(pictures_read(f->dir, below(f, "text.md"), "a.svg",
			     f->a, &image, &e),
	    0);
	assert_int_equal(image.w, 11 * 768);
}

static void
test_refused(void **state)
{
	static const char *const rows[][2] = {
		{ "../out.svg", "without '..'" },
		{ "letters/../../out.svg", "without '..'" },
		{ "..", "without '..'" },
		{ "/etc/passwd", "no '/' at the start" },
		{ "", "name a picture" },
		{ "https://example.com/a.png", "fetches nothing" },
		{ "link.svg", "outside of the workspace" },
		{ "up/out.svg", "outside of the workspace" },
		{ "qr:upn", "qr:pay, qr:epc, qr:swiss and qr:link" },
		{ "c.svg", "no such file" },
		{ "letters/text.md", "not a PNG, JPEG or SVG" },
	};
	struct fixture *f = *state;
	struct page_image image = { 0 };
	struct err e;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(pictures_read(f->dir, f->text, rows[i][0],
				     f->a, &image, &e),
		    -1);
		if (strstr(e.text, rows[i][1]) == NULL ||
		    strstr(e.text, rows[i][0]) == NULL)
			fail_msg("'%s' does not say '%s'", e.text, rows[i][1]);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
