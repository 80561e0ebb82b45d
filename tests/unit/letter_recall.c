/*
 * Texts that come again have the lines they had the first time, whatever came
 * between; nothing that differs in one thing is taken for another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "letter/look.h"
#include "letter/recall.h"

struct fixture {
	struct arena *arena;
	struct fonts *fonts;
	struct build build;
};

static int
setup(void **state)
{
	const struct font_choice none = { .family = "" };
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err e = { 0 };

	f->arena = arena_new();
	if (fonts_new("fonts/fonts.conf", &none, &f->fonts, &e) != 0) {
		print_message("%s\n", e.text);
		return -1;
	}
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	fonts_free(f->fonts);
	arena_free(f->arena);
	free(f);
	return 0;
}

/* All there is of the lines, as text. */
static const char *
lines_dump(struct fixture *f, const struct shape *s)
{
	struct str out;
	const char *text;

	str_init(&out, 1 << 20);
	str_fmt(&out, "%d\n", s->width);
	for (size_t i = 0; i < s->n_lines; i++) {
		const struct shape_line *l = &s->lines[i];

		str_fmt(&out, "line %d %d\n", l->width, l->rtl);
		for (size_t k = 0; k < l->n_runs; k++) {
			const struct page_run *r = &l->runs[k].run;

			str_fmt(&out, "run %s at %d seat %zu hyphen %d: %.*s\n",
			    f->build.used[r->font]->name, r->x, l->runs[k].seat,
			    r->soft_hyphen, (int)r->text_len, r->text);
			for (size_t g = 0; g < r->n_glyphs; g++)
				str_fmt(&out, " %u+%d@%u", r->glyphs[g].gid,
				    r->glyphs[g].advance, r->glyphs[g].cluster);
		}
	}
	assert_false(out.over);
	text = arena_str(f->arena, out.p);
	str_done(&out);
	return text;
}

static const char *
shaped(struct fixture *f, const char *lang, const struct span *spans,
    const struct type *t, int32_t measure)
{
	struct shape s;
	struct err e = { 0 };

	build_init(&f->build, f->arena, f->fonts, lang);
	if (shape_spans(&f->build, spans, t, measure, &s, &e) != 0)
		fail_msg("%s", e.text);
	return lines_dump(f, &s);
}

#define LONG                                                                    \
	"Conformément à nos conditions générales de vente, des intérêts " \
	"de retard s’appliquent dès le lendemain de l’échéance."

static const struct {
	const char *lang;
	struct span spans[2];
	int32_t mm;
	bool bold, justify, form;
} texts[] = {
	{ "fr", { { .text = LONG } }, 90, false, true, false },
	{ "fr", { { .text = LONG } }, 91, false, true, false },
	{ "fr", { { .text = LONG } }, 90, true, true, false },
	{ "fr", { { .text = LONG } }, 90, false, false, false },
	{ "de", { { .text = LONG } }, 90, false, true, false },
	{ "fr", { { .text = LONG, .style = STYLE_BOLD } }, 90, false, true,
	    false },
	{ "fr",
	    { { .text = "La somme " }, { .text = "due", .style = STYLE_BOLD } },
	    90, false, false, false },
	{ "fr", { { .text = "La somme due" } }, 90, false, false, false },
	{ "fr", { { .text = "La " }, { .text = "somme due" } }, 90, false,
	    false, false },
	{ "fr", { { .text = "lien", .url = "https://example.com" } }, 90, false,
	    false, false },
	{ "fr", { { .text = "La somme due" } }, 90, false, false, true },
};

#define N (sizeof(texts) / sizeof(texts[0]))

static const char *
shaped_text(struct fixture *f, size_t i)
{
	struct type t = look_open.text;
	struct span *spans = arena_array(f->arena, 2, sizeof(*spans));

	t.bold = texts[i].bold;
	t.justify = texts[i].justify;
	t.form = texts[i].form;
	spans[0] = texts[i].spans[0];
	spans[1] = texts[i].spans[1];
	if (spans[1].text != NULL)
		spans[0].next = &spans[1];
	return shaped(f, texts[i].lang, spans, &t, PU_PER_MM(texts[i].mm));
}

/* The first two times lines are made, then they are recalled. */
static void
test_again(void **state)
{
	struct fixture *f = *state;
	const char *first[N];

	for (size_t i = 0; i < N; i++)
		first[i] = shaped_text(f, i);
	assert_string_not_equal(first[0], first[1]);
	assert_string_not_equal(first[0], first[2]);
	assert_string_not_equal(first[0], first[3]);
	assert_string_not_equal(first[0], first[5]);
	assert_string_not_equal(first[6], first[7]);
	assert_string_not_equal(first[7], first[10]);
	for (int round = 0; round < 4; round++)
		for (size_t i = 0; i < N; i++)
			assert_string_equal(shaped_text(f, N - 1 - i),
			    first[N - 1 - i]);
}

/* They outlive the store, which forgets when it has much. */
static void
test_much(void **state)
{
	struct fixture *f = *state;
	const char *first = shaped_text(f, 0);
	struct type t = look_open.text;

	for (int i = 0; i < 30000; i++) {
		struct span span = { .text =
					 arena_fmt(f->arena, "Mot %d", i / 3) };

		(void)shaped(f, "fr", &span, &t, PU_PER_MM(90));
		if (i % 1000 == 0)
			assert_string_equal(shaped_text(f, 0), first);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_again, setup, teardown),
		cmocka_unit_test_setup_teardown(test_much, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
