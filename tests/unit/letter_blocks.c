/*
 * What a text may hold, set from a workspace's own letters: words come out
 * as they went in, lines reach the margin, links lead somewhere, and a wrong
 * text is refused with its file and what to do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "letter/letter.h"

#define HEAD "---\nsubject: \"Essai {{notice.id}}\"\n---\n"

/* 42 words of French with ligatures, spaces of all kinds and an apostrophe. */
#define WORDS                                                                                            \
	"L’affaire difficile\u00a0: «\u00a0où naître\u202f?\u00a0» Le règlement de 1\u202f234,56" \
	"\u00a0€ au 04 00 00 00 00 reste attendu, et l’œuvre est finie. "                           \
	"Nous vous prions de bien vouloir procéder au virement de cette somme"                          \
	" dans les huit jours, sauf si votre paiement s’est croisé avec cette"                        \
	" lettre."

struct fixture {
	struct letter_engine *engine;
	struct arena *arena;
	char folder[64];
	const char *text; /* path of the text that is written over */
	json_t *data;
	bool with_pictures;
};

static const uint8_t pixels[2 * 3 * 3];
static const struct page_image logo = { .width = 3,
	.height = 2,
	.rgb = pixels };
static const struct page_image signature = { .width = 2,
	.height = 3,
	.rgb = pixels };

static struct letter_engine *
engine(const char *own, bool with_pictures)
{
	struct letter_setup s = { .layouts = "layouts",
		.own = own,
		.fonts = "fonts/fonts.conf",
		.page = "fr-dl",
		.logo = with_pictures ? &logo : NULL,
		.signature = with_pictures ? &signature : NULL,
		.logo_alt = "Valcourbe" };
	struct letter_engine *en;
	struct err e = { 0 };

	if (letter_engine_new(&s, &en, &e))
		fail_msg("%s", e.text);
	return en;
}

static int
setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	json_error_t why;
	struct err e = { 0 };

	f->arena = arena_new();
	snprintf(f->folder, sizeof(f->folder), "/tmp/semonce-letter-XXXXXX");
	if (!mkdtemp(f->folder) ||
	    file_mkdirs(arena_fmt(f->arena, "%s/fr/formal", f->folder), 0700,
		&e))
		return -1;
	f->text = arena_fmt(f->arena, "%s/fr/formal/essai.md", f->folder);
	f->data = json_load_file("tests/data/notice.json", 0, &why);
	json_object_set_new(json_object_get(f->data, "payment"), "reference",
	    json_string(""));
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	remove(f->text);
	remove(arena_fmt(f->arena, "%s/fr/formal", f->folder));
	remove(arena_fmt(f->arena, "%s/fr", f->folder));
	remove(f->folder);
	json_decref(f->data);
	arena_free(f->arena);
	free(f);
	return 0;
}

/* A new engine each time: a text is read once for a run. */
static int
lay_out(struct fixture *f, const char *source, struct page_doc *doc,
    struct err *e)
{
	struct letter_choice c = { "essai", "fr", "formal", false, false };

	*e = (struct err){ 0 };
	assert_int_equal(file_write(f->text, source, strlen(source), 0600, e),
	    0);
	letter_engine_free(f->engine);
	f->engine = engine(f->folder, f->with_pictures);
	return letter_lay_out(f->engine, &c, f->data, f->arena, doc, e);
}

static void
must_lay_out(struct fixture *f, const char *body, struct page_doc *doc)
{
	struct err e;

	if (lay_out(f, arena_fmt(f->arena, HEAD "%s", body), doc, &e))
		fail_msg("%s", e.text);
}

/* The words of all items of a role, in reading order. */
static const char *
words(struct fixture *f, const struct page_doc *d, const char *role)
{
	struct str all;
	const char *copy;

	str_init(&all, 1 << 20);
	for (size_t k = 0; k < d->n_pages; k++) {
		for (size_t i = 0; i < d->pages[k].n_items; i++) {
			const struct page_item *item = &d->pages[k].items[i];

			if (strcmp(item->role, role) != 0)
				continue;
			for (size_t r = 0; r < item->n_runs; r++)
				str_put(&all, item->runs[r].text,
				    item->runs[r].text_len);
		}
	}
	copy = arena_str(f->arena, all.p);
	str_done(&all);
	return copy;
}

struct words_row {
	const char *body, *want;
};

static void
test_words(void **state)
{
	static const struct words_row rows[] = {
		{ WORDS, WORDS },
		{ "**" WORDS "**", WORDS },
		{ WORDS "\n\n" WORDS, WORDS WORDS },
		{ "> " WORDS, WORDS },
		{ "# " WORDS, WORDS },
		{ "un  \ndeux\\\ntrois", "un deux trois" },
		{ "- un\n- deux", "• un• deux" },
		{ "9. un\n10. deux", "9. un10. deux" },
		{ "-\n- deux", "• • deux" },
		{ "- un\n\n  deux\n- trois\n  - quatre",
		    "• undeux• trois• quatre" },
		{ "a `F2026-1` z", "a F2026-1 z" },
		{ "voir [ici](https://example.com/a) ou là", "voir ici ou là" },
		{ "שלום 123 עולם", "שלום 123 עולם" },
		{ "Привет, Łódź, Αθήνα", "Привет, Łódź, Αθήνα" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct page_doc d;

		must_lay_out(f, rows[i].body, &d);
		assert_string_equal(words(f, &d, "body"), rows[i].want);
	}
}

static int32_t
run_width(const struct page_run *r)
{
	int32_t w = 0;

	for (size_t g = 0; g < r->n_glyphs; g++)
		w += r->glyphs[g].advance;
	return w;
}

static char
last_byte(const struct page_run *r)
{
	return r->text[r->text_len - 1];
}

static const struct page_item *
body_item(const struct page_doc *d)
{
	for (size_t i = 0; i < d->pages[0].n_items; i++) {
		if (strcmp(d->pages[0].items[i].role, "body") == 0)
			return &d->pages[0].items[i];
	}
	fail_msg("no body");
	return NULL;
}

/*
 * In a paragraph of one run a line: all but the last reach the right margin
 * with the word before the space that ends them.
 */
static void
test_justified(void **state)
{
	struct fixture *f = *state;
	struct page_doc d;
	const struct page_item *item;

	must_lay_out(f, WORDS, &d);
	item = body_item(&d);
	assert_true(item->n_runs > 2);
	assert_int_equal(item->box.w, PU_PER_MM(190) - PU_PER_MM(20));
	for (size_t r = 0; r + 1 < item->n_runs; r++) {
		const struct page_run *run = &item->runs[r];
		const struct page_glyph *end = &run->glyphs[run->n_glyphs - 1];

		assert_int_equal(run->x, item->box.x);
		assert_int_equal(last_byte(run), ' ');
		assert_int_equal(end->cluster, run->text_len - 1);
		assert_true(end->advance > 0);
		assert_int_equal(run_width(run) - end->advance, item->box.w);
	}
}

/* Every glyph belongs to a place in its run's text; no glyph is missing. */
static void
test_glyphs(void **state)
{
	struct fixture *f = *state;
	struct page_doc d;
	const struct page_item *item;

	must_lay_out(f, WORDS "\n\nשלום 123 עולם", &d);
	for (size_t i = 0; i < d.pages[0].n_items; i++) {
		item = &d.pages[0].items[i];
		for (size_t r = 0; r < item->n_runs; r++) {
			const struct page_run *run = &item->runs[r];

			assert_true(run->n_glyphs > 0);
			for (size_t g = 0; g < run->n_glyphs; g++) {
				assert_true(run->glyphs[g].cluster <
				    run->text_len);
				assert_int_not_equal(run->glyphs[g].gid, 0);
			}
		}
	}
}

static void
test_link(void **state)
{
	struct fixture *f = *state;
	struct page_doc d;
	const struct page_link *link;

	must_lay_out(f, "voir [ici](https://example.com/a) ou là", &d);
	assert_int_equal(d.pages[0].n_links, 1);
	link = &d.pages[0].links[0];
	assert_int_equal(d.nodes[link->node].tag, TAG_LINK);
	assert_string_equal(d.nodes[link->node].url, "https://example.com/a");
	assert_int_equal(d.nodes[d.nodes[link->node].parent].tag, TAG_P);
	assert_true(link->box.x > body_item(&d)->box.x);
	assert_true(link->box.w > 0);
}

static size_t
count_lines(const struct page_item *item)
{
	size_t n = item->n_runs > 0;

	for (size_t r = 1; r < item->n_runs; r++)
		n += item->runs[r].y != item->runs[r - 1].y;
	return n;
}

/* n lines that break by themselves. */
static const char *
column(struct fixture *f, int n)
{
	const char *all = "un";

	for (int i = 1; i < n; i++)
		all = arena_fmt(f->arena, "%s\\\nun", all);
	return all;
}

/*
 * A paragraph over the foot of the page leaves two lines on either side,
 * wherever the foot falls in it; all its lines are there.
 */
static void
test_page_break(void **state)
{
	struct fixture *f = *state;
	int32_t foot = PU_PER_MM(297 - 20.5);
	size_t broken = 0;

	for (int before = 20; before < 40; before++) {
		struct page_doc d;
		size_t lines = 0, parts = 0;

		must_lay_out(f,
		    arena_fmt(f->arena, "%s\n\n%s\n\n%s\n\nA\\\nB",
			column(f, before), column(f, 5), column(f, 20)),
		    &d);
		for (size_t k = 0; k < d.n_pages; k++) {
			const struct page *p = &d.pages[k];

			for (size_t i = 0; i < p->n_items; i++) {
				const struct page_item *item = &p->items[i];

				if (strcmp(item->role, "body") != 0)
					continue;
				assert_true(item->box.y + item->box.h <= foot);
				assert_true(count_lines(item) >= 2);
				lines += count_lines(item);
				parts++;
			}
		}
		assert_int_equal(lines, before + 27);
		broken += parts > 4;
	}
	assert_true(broken > 5);
}

static const struct page_item *
role_item(const struct page_doc *d, const char *role)
{
	for (size_t i = 0; i < d->pages[0].n_items; i++) {
		if (strcmp(d->pages[0].items[i].role, role) == 0)
			return &d->pages[0].items[i];
	}
	return NULL;
}

/* At the head of the sheet, in its proportions, with its words. */
static void
test_logo(void **state)
{
	struct fixture *f = *state;
	struct page_doc d;
	const struct page_item *item;

	must_lay_out(f, "un", &d);
	assert_null(role_item(&d, "logo"));
	f->with_pictures = true;
	must_lay_out(f, "un", &d);
	f->with_pictures = false;
	item = role_item(&d, "logo");
	assert_non_null(item);
	assert_int_equal(item->kind, PAGE_IMAGE);
	assert_ptr_equal(item->image, &logo);
	assert_int_equal(item->box.w, (int64_t)item->box.h * 3 / 2);
	assert_int_equal(item->box.x, PU_PER_MM(20));
	assert_int_equal(d.nodes[item->node].tag, TAG_FIGURE);
	assert_string_equal(d.nodes[item->node].alt, "Valcourbe");
	item = role_item(&d, "sender");
	assert_true(item->box.y + item->box.h < PU_PER_MM(40));
}

/* Between the closing and the name, no higher than a hand writes. */
static void
test_signature(void **state)
{
	struct fixture *f = *state;
	const struct page_item *item;
	struct page_doc d;

	f->with_pictures = true;
	must_lay_out(f, "Salutations\n\n![Signature de X](signature:)\n\nX",
	    &d);
	f->with_pictures = false;
	item = role_item(&d, "signature");
	assert_non_null(item);
	assert_ptr_equal(item->image, &signature);
	assert_int_equal(item->box.h, PU_PER_MM(18));
	assert_int_equal(item->box.w, item->box.h * 2 / 3);
	assert_int_equal(item->box.x, PU_PER_MM(20));
	assert_int_equal(d.nodes[item->node].tag, TAG_FIGURE);
	assert_string_equal(d.nodes[item->node].alt, "Signature de X");
}

/* The link as a symbol, its host below it, leading there. */
static void
test_link_symbol(void **state)
{
	static const char *const rows[][2] = {
		{ "https://pay.example.com/N1?a=b", "pay.example.com" },
		{ "pay.example.com/N1", "pay.example.com" },
	};
	struct fixture *f = *state;
	json_t *payment = json_object_get(f->data, "payment");
	const struct page_item *item;
	struct page_doc d;
	struct err e;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_object_set_new(payment, "link", json_string(rows[i][0]));
		must_lay_out(f, "![Payer](qr:link)", &d);
		item = role_item(&d, "payment");
		assert_int_equal(item->kind, PAGE_SYMBOL);
		assert_string_equal(d.nodes[item->node].alt, "Payer");
		assert_string_equal(words(f, &d, "payment"), rows[i][1]);
		assert_int_equal(d.pages[0].n_links, 1);
		assert_string_equal(d.nodes[d.pages[0].links[0].node].url,
		    rows[i][0]);
	}
	json_object_set_new(payment, "link", json_string(""));
	assert_int_equal(lay_out(f, HEAD "a\n\n![Payer](qr:link)", &d, &e), -1);
	assert_non_null(strstr(e.text, "{{#payment.link}}"));
}

/* A registered letter says so, in line with the date, before its window. */
static void
test_registered(void **state)
{
	struct fixture *f = *state;
	struct page_doc d;

	must_lay_out(f, "un", &d);
	assert_null(role_item(&d, "registered"));
	json_object_set_new(f->data, "channel", json_string("registered"));
	must_lay_out(f, "un", &d);
	json_object_set_new(f->data, "channel", json_string("email"));
	assert_non_null(role_item(&d, "registered"));
	assert_int_equal(role_item(&d, "registered")->box.y,
	    role_item(&d, "date")->box.y);
}

struct refused_row {
	const char *source, *says;
	enum err_kind kind;
};

static void
test_refused(void **state)
{
	static const struct refused_row rows[] = {
		{ "Bonjour", "essai.md:1: a letter begins", ERR_USAGE },
		{ "---\nsubject: x\n", "the head has no end", ERR_USAGE },
		{ "---\nsubjet: x\n---\n", "essai.md:2: unknown key 'subjet'",
		    ERR_USAGE },
		{ "---\nsubject: x\npage: ../x\n---\n", "page '../x'",
		    ERR_USAGE },
		{ "---\nsubject: x\npage: b4\n---\n", "b4.yaml", ERR_USAGE },
		{ HEAD "\n{{debtor.nmae}}\n", "essai.md:5:", ERR_USAGE },
		{ "---\nsubject: \"{{x}}\"\n---\n", "essai.md:2:", ERR_USAGE },
		{ HEAD "a\n\n![a](logo:)", "essai.md:6: image 'logo:'",
		    ERR_USAGE },
		{ HEAD "![](logo:)", "essai.md:4: image 'logo:' has no alt",
		    ERR_USAGE },
		{ HEAD "![a](signature:)", "creditor.has_signature",
		    ERR_USAGE },
		{ HEAD "![a](photo.png)", "image 'photo.png'", ERR_USAGE },
		{ HEAD "\xff", "not UTF-8", ERR_USAGE },
		{ HEAD "a 12\U0010fffd", "U+10FFFD", ERR_DATA },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct page_doc d;
		struct err e;

		assert_int_equal(lay_out(f, rows[i].source, &d, &e), -1);
		if (!strstr(e.text, rows[i].says))
			fail_msg("'%s' does not say '%s'", e.text,
			    rows[i].says);
		assert_int_equal(e.kind, rows[i].kind);
	}
}

/* Which text, for whom: own before built-in, the consumer's before all. */
static void
test_choice(void **state)
{
	static const struct {
		struct letter_choice choice;
		const char *holds; /* NULL: refused */
	} rows[] = {
		{ { "essai", "fr", "formal", false, false }, "le mien" },
		{ { "essai", "fr", "formal", true, false }, "le mien" },
		{ { "relance-1", "fr", "formal", false, false }, "oubli" },
		{ { "relance-1", "fr", "formal", false, false },
		    "name: fr-dl" },
		{ { "relance-1", "fr", "formal", false, false },
		    "place_date:" },
		{ { "absent", "fr", "formal", false, false }, NULL },
		{ { "../formal/relance-1", "fr", "formal", false, false },
		    NULL },
		{ { "relance-1", "..", "formal", false, false }, NULL },
	};
	struct fixture *f = *state;
	struct page_doc d;
	struct str source;

	must_lay_out(f, "le mien", &d);
	str_init(&source, 1 << 20);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct err e = { 0 };
		int rc;

		str_clear(&source);
		rc = letter_source(f->engine, &rows[i].choice, &source, &e);
		assert_int_equal(rc, rows[i].holds ? 0 : -1);
		if (rows[i].holds)
			assert_non_null(strstr(source.p, rows[i].holds));
		else
			assert_int_equal(e.kind, ERR_USAGE);
	}
	str_done(&source);
}

/* The same name is another text for a consumer where there is one. */
static void
test_consumer(void **state)
{
	struct fixture *f = *state;
	struct letter_choice c = { "mise-en-demeure", "fr", "formal", false,
		false };
	struct str business, consumer;
	struct err e = { 0 };

	f->engine = engine(f->folder, false);
	str_init(&business, 1 << 20);
	str_init(&consumer, 1 << 20);
	assert_int_equal(letter_source(f->engine, &c, &business, &e), 0);
	c.consumer = true;
	assert_int_equal(letter_source(f->engine, &c, &consumer, &e), 0);
	assert_string_not_equal(business.p, consumer.p);
	str_done(&business);
	str_done(&consumer);
}

static void
test_mail(void **state)
{
	struct fixture *f = *state;
	struct letter_choice c = { "essai", "fr", "formal", false, false };
	struct letter_mail m;
	struct page_doc d;
	struct err e = { 0 };

	must_lay_out(f, "Bonjour *vous*", &d);
	assert_int_equal(letter_mail(f->engine, &c, f->data, f->arena, &m, &e),
	    0);
	assert_string_equal(m.subject, "Essai NABCDEF234567");
	assert_string_equal(m.subject, d.title);
	assert_non_null(strstr(m.text, "Bonjour vous"));
	assert_non_null(strstr(m.text, "SAS au capital de 50 000 €"));
	assert_non_null(strstr(m.html, "</html>"));
}

static int
engine_drop(void **state)
{
	struct fixture *f = *state;

	letter_engine_free(f->engine);
	f->engine = NULL;
	return 0;
}

#define TEST(function) cmocka_unit_test_teardown(function, engine_drop)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_words),
		TEST(test_justified),
		TEST(test_glyphs),
		TEST(test_link),
		TEST(test_logo),
		TEST(test_signature),
		TEST(test_link_symbol),
		TEST(test_registered),
		TEST(test_page_break),
		TEST(test_refused),
		TEST(test_choice),
		TEST(test_consumer),
		TEST(test_mail),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
