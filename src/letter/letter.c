/*
 * Invariants
 * 1. What is in the engine's lists is complete and never changes again.
 * 2. A list is searched before a file is opened: each file is read once.
 * 3. Nothing in the engine depends on the data of a letter but which of the
 *    shared things were loaded already.
 */
#include "letter/letter.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "letter/compose.h"
#include "letter/escape.h"
#include "letter/font.h"
#include "letter/format.h"
#include "letter/frame.h"
#include "letter/look.h"
#include "letter/mail.h"
#include "letter/pictures.h"
#include "letter/spacing.h"
#include "letter/swiss.h"
#include "letter/text.h"

#define BODY_MAX     ((size_t)4 << 20)
#define SUBJECT_MAX  2000
#define MAIL_MAX     ((size_t)8 << 20)
#define CLOSER_PAGES 6       /* one of more weighs little in its envelope */
#define PAGE         "fr-dl" /* if nobody says another */

struct known_text {
	struct letter_choice choice;
	struct text text;
	bool own; /* of the workspace */
	bool two; /* other words for consumers, and nobody said who gets it */
	struct known_text *next;
};

struct known_labels {
	const char *lang, *path;
	struct labels labels;
	struct known_labels *next;
};

struct known_format {
	const char *lang;
	struct formatter *format;
	struct known_format *next;
};

struct known_page {
	const char *path;
	struct geometry geometry;
	struct known_page *next;
};

struct letter_engine {
	struct letter_setup setup;
	struct arena *arena; /* of all that is parsed once */
	struct fonts *fonts;
	struct known_text *texts;
	struct known_labels *labels;
	struct known_format *formats;
	struct known_page *pages;
	struct pictures *pictures;
};

/* All that one choice resolves to. */
struct resolved {
	const struct text *text;
	bool own_text;
	const struct labels *labels;
	const char *labels_path;
	struct formatter *format;
	const struct geometry *geometry;
	const char *geometry_path;
};

int
letter_engine_new(const struct letter_setup *s, struct letter_engine **out,
    struct err *e)
{
	struct letter_engine *en = mem_alloc(sizeof(*en));

	*out = NULL;
	en->setup = *s;
	en->setup.page = s->page ? s->page : "";
	en->setup.page_asked = s->page_asked ? s->page_asked : "";
	en->arena = arena_new();
	en->pictures = pictures_new(&en->setup, en->arena);
	if (fonts_new(s->fonts, &s->own_fonts, &en->fonts, e)) {
		letter_engine_free(en);
		return -1;
	}
	*out = en;
	return 0;
}

void
letter_engine_free(struct letter_engine *en)
{
	if (!en)
		return;
	for (struct known_format *k = en->formats; k; k = k->next)
		formatter_close(k->format);
	fonts_free(en->fonts);
	arena_free(en->arena);
	free(en);
}

static bool
choice_equal(const struct letter_choice *x, const struct letter_choice *y)
{
	return x->consumer == y->consumer && x->unsaid == y->unsaid &&
	    strcmp(x->name, y->name) == 0 && strcmp(x->lang, y->lang) == 0 &&
	    strcmp(x->tone, y->tone) == 0;
}

static int
text_take(struct letter_engine *en, const struct letter_choice *c,
    bool consumer, struct known_text *k, struct err *e)
{
	struct shelf shelf = { .own = en->setup.own,
		.layouts = en->setup.layouts,
		.lang = c->lang,
		.tone = c->tone,
		.consumer = consumer,
		.arena = en->arena };
	const char *path;

	if (shelf_open(&shelf, e))
		return -1;
	path = shelf_find(&shelf, c->name);
	if (!path)
		return shelf_lacks(&shelf, c->name, e);
	k->own = shelf_is_own(&shelf, path);
	return text_load(path, &shelf, &k->text, e);
}

/* Has it other words for those whom it is not for? */
static int
text_compare(struct letter_engine *en, struct known_text *k, struct err *e)
{
	const struct letter_choice *c = &k->choice;
	struct known_text other;

	if (text_take(en, c, !c->consumer, &other, e))
		return -1;
	k->two = k->text.len != other.text.len ||
	    memcmp(k->text.source, other.text.source, k->text.len) != 0;
	return 0;
}

static int
text_read(struct letter_engine *en, const struct letter_choice *c,
    struct known_text *k, struct err *e)
{
	k->choice =
	    (struct letter_choice){ .name = arena_str(en->arena, c->name),
		    .lang = arena_str(en->arena, c->lang),
		    .tone = arena_str(en->arena, c->tone),
		    .consumer = c->consumer,
		    .unsaid = c->unsaid };
	if (text_take(en, c, c->consumer, k, e))
		return -1;
	return c->unsaid ? text_compare(en, k, e) : 0;
}

static int
text_find(struct letter_engine *en, const struct letter_choice *c,
    struct resolved *out, struct err *e)
{
	struct known_text *k = en->texts;

	while (k && !choice_equal(&k->choice, c))
		k = k->next;
	if (!k) {
		k = arena_alloc(en->arena, sizeof(*k));
		if (text_read(en, c, k, e))
			return -1;
		k->next = en->texts;
		en->texts = k;
	}
	if (k->two)
		return err_set(e, ERR_DATA,
		    "who gets it has no kind, and '%s' has other words for "
		    "consumers: write business, consumer or public in "
		    "debtor.kind, or in a column kind",
		    c->name);
	out->text = &k->text;
	out->own_text = k->own;
	return 0;
}

static int
labels_find(struct letter_engine *en, const char *lang, struct resolved *out,
    struct err *e)
{
	struct known_labels *k = en->labels;

	while (k && strcmp(k->lang, lang) != 0)
		k = k->next;
	if (!k) {
		k = arena_alloc(en->arena, sizeof(*k));
		k->lang = arena_str(en->arena, lang);
		k->path = arena_fmt(en->arena, "%s/%s/labels.yaml",
		    en->setup.own, lang);
		if (!en->setup.own[0] || !file_exists(k->path))
			k->path =
			    arena_fmt(en->arena, "%s/letter/%s/labels.yaml",
				en->setup.layouts, lang);
		if (labels_load(k->path, en->arena, &k->labels, e))
			return -1;
		k->next = en->labels;
		en->labels = k;
	}
	out->labels = &k->labels;
	out->labels_path = k->path;
	return 0;
}

static int
format_find(struct letter_engine *en, const char *lang, struct formatter **out,
    struct err *e)
{
	struct known_format *k = en->formats;
	struct formatter *format;

	while (k && strcmp(k->lang, lang) != 0)
		k = k->next;
	if (!k) {
		if (formatter_open(lang, &format, e))
			return -1;
		k = arena_alloc(en->arena, sizeof(*k));
		*k = (struct known_format){ .lang = arena_str(en->arena, lang),
			.format = format,
			.next = en->formats };
		en->formats = k;
	}
	*out = k->format;
	return 0;
}

static int
page_find(struct letter_engine *en, const char *name, struct resolved *out,
    struct err *e)
{
	struct known_page *k = en->pages;

	if (shelf_check_name("page", name, e))
		return -1;
	while (k && strcmp(k->geometry.name, name) != 0)
		k = k->next;
	if (!k) {
		k = arena_alloc(en->arena, sizeof(*k));
		k->path = arena_fmt(en->arena, "%s/page/%s.yaml", en->setup.own,
		    name);
		if (!en->setup.own[0] || !file_exists(k->path))
			k->path = arena_fmt(en->arena, "%s/page/%s.yaml",
			    en->setup.layouts, name);
		if (!file_exists(k->path))
			return err_set(e, ERR_USAGE,
			    "no page '%s' (%s); name one that is there", name,
			    k->path);
		if (geometry_load(k->path, en->arena, &k->geometry, e))
			return -1;
		if (strcmp(k->geometry.name, name) != 0)
			return err_set(e, ERR_USAGE,
			    "%s: its name is '%s'; make it '%s' like the file",
			    k->path, k->geometry.name, name);
		k->next = en->pages;
		en->pages = k;
	}
	out->geometry = &k->geometry;
	out->geometry_path = k->path;
	return 0;
}

/* The order is in letter.h. */
static const char *
page_name(const struct letter_setup *s, const struct resolved *r)
{
	const char *text = r->text->page;

	if (s->page_asked[0])
		return s->page_asked;
	if (text[0] && (r->own_text || !s->page[0]))
		return text;
	return s->page[0] ? s->page : PAGE;
}

static int
resolve(struct letter_engine *en, const struct letter_choice *c,
    struct resolved *out, struct err *e)
{
	if (shelf_check_name("letter", c->name, e) ||
	    text_find(en, c, out, e) || labels_find(en, c->lang, out, e) ||
	    format_find(en, c->lang, &out->format, e))
		return -1;
	if (page_find(en, page_name(&en->setup, out), out, e))
		return err_add(e, "%s", out->text->path);
	return 0;
}

/* A letter between its source and its pages or its mail. */
struct draft {
	const char *subject;
	struct block *root;
	struct payment_block payment;
	struct page_symbol *symbol[2]; /* of the payment, as first used */
	struct swiss_slip *slip;       /* likewise */
	int32_t end;                   /* below the last of it, on its page */
};

/* One line: what breaks a header of a mail is a space. Isolates stay. */
static char *
one_line(struct arena *a, const struct str *s)
{
	char *line = arena_strn(a, s->p, s->len);

	for (char *p = line; *p; p++) {
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' ';
	}
	return line;
}

static int
draft_expand(const struct resolved *r, const json_t *data, struct arena *a,
    struct draft *out, struct err *e)
{
	const struct text *t = r->text;
	struct str s;
	int rc;

	str_init(&s, SUBJECT_MAX);
	rc = template_fill(t->subject, data, r->format, ESCAPE_NONE, &s, e);
	if (rc == 0 && s.over)
		rc = err_set(e, ERR_DATA, "%s: the subject is too long",
		    t->path);
	out->subject = one_line(a, &s);
	str_done(&s);
	if (rc)
		return -1;
	str_init(&s, BODY_MAX);
	rc = template_fill(t->body, data, r->format, ESCAPE_MARKDOWN, &s, e);
	if (rc == 0 && s.over)
		rc =
		    err_set(e, ERR_DATA, "%s: the letter is too long", t->path);
	if (rc == 0 && markdown_parse(s.p, s.len, a, &out->root, e))
		rc = out->root->target
		    ? text_blame(t, out->root->target, true, e)
		    : err_add(e, "%s", t->path);
	str_done(&s);
	return rc;
}

static bool
asks_for_payment(const struct block *b)
{
	for (; b; b = b->next) {
		if (b->kind == BLOCK_IMAGE && payment_is_asked(b->target))
			return true;
		if (asks_for_payment(b->children))
			return true;
	}
	return false;
}

/* Not every letter is about money. */
static int
draft_make(struct letter_engine *en, const struct resolved *r,
    const json_t *data, struct arena *a, struct draft *out, struct err *e)
{
	*out = (struct draft){ 0 };
	if (draft_expand(r, data, a, out, e) ||
	    pictures_find(en->pictures, r->text, out->root, a, e))
		return -1;
	if (!json_object_get(data, "payment") && !asks_for_payment(out->root))
		return 0;
	return payment_block_make(data, r->format, a, &out->payment, e);
}

/* The letter as it is set in one look. */
static int
pages_make(const struct frame *f, struct draft *d, const struct look *look,
    struct build *b, struct err *e)
{
	struct flow flow = { .build = b,
		.geometry = f->geometry,
		.labels = f->labels,
		.payment = &d->payment,
		.symbol = d->symbol,
		.slip = &d->slip,
		.look = look,
		.type = &look->text,
		.x = f->geometry->text.x,
		.measure = f->geometry->text.w };

	if (f->geometry->address_sheet) {
		build_page(b);
		if (frame_address_sheet(b, f, e))
			return -1;
	}
	build_page(b);
	if (frame_first(b, f, &flow.y, e))
		return -1;
	flow.y += look->body_gap;
	b->boxes = true;
	if (compose_blocks(&flow, d->root, e) || flow_place(&flow, e))
		return -1;
	b->boxes = false;
	if (swiss_finish(&flow, e))
		return -1;
	d->end = flow.y;
	return frame_finish(b, f, e);
}

/* Whether closer lines may make room for the last page on those before it. */
static bool
may_save_page(const struct frame *f, const struct draft *d,
    const struct build *b)
{
	const struct page_box *text = &f->geometry->text;
	size_t others = b->n_pages - 1 - (f->geometry->address_sheet ? 1 : 0);

	return b->n_pages <= CLOSER_PAGES &&
	    d->end - text->y <= (int64_t)others * text->h / 3;
}

/* A letter is set closer if that saves its last page. */
static int
pages_fit(struct letter_engine *en, const struct frame *f, struct draft *d,
    struct build *b, struct err *e)
{
	static const struct look *const closer[] = { &look_snug, &look_tight };
	struct arena *a = b->arena;
	struct build one;
	size_t most;

	build_init(b, a, en->fonts, f->lang);
	if (pages_make(f, d, &look_open, b, e))
		return -1;
	most = may_save_page(f, d, b) ? b->n_pages : 0;
	for (size_t i = 0; i < 2 && b->n_pages == most; i++) {
		build_init(&one, a, en->fonts, f->lang);
		if (pages_make(f, d, closer[i], &one, e))
			return -1;
		if (one.n_pages < most)
			*b = one;
	}
	return 0;
}

int
letter_lay_out(struct letter_engine *en, const struct letter_choice *c,
    const json_t *data, struct arena *a, struct page_doc *out, struct err *e)
{
	struct build b = { .arena = a };
	struct resolved r = { 0 };
	struct draft d;

	fonts_begin(en->fonts);
	if (resolve(en, c, &r, e) || draft_make(en, &r, data, a, &d, e))
		return -1;
	spacing_blocks(d.root, c->lang, SPACING_PAGE, a);
	struct frame f = { .geometry = r.geometry,
		.labels = r.labels,
		.data = data,
		.format = r.format,
		.lang = c->lang,
		.subject = spacing_text(d.subject, c->lang, SPACING_PAGE, a),
		.logo = en->setup.logo,
		.logo_alt = en->setup.logo_alt };
	if (pages_fit(en, &f, &d, &b, e))
		return err_add(e, "%s", r.text->path);
	*out = (struct page_doc){ .width = r.geometry->width,
		.height = r.geometry->height,
		.title = d.subject,
		.author = arena_str(a, frame_text(data, "creditor", "name")),
		.lang = arena_str(a, c->lang),
		.date = arena_str(a, frame_text(data, "notice", "date")) };
	build_finish(&b, out);
	return 0;
}

int
letter_mail(struct letter_engine *en, const struct letter_choice *c,
    const json_t *data, struct arena *a, struct letter_mail *out, struct err *e)
{
	struct identity id;
	struct resolved r = { 0 };
	struct draft d;
	struct str s;

	if (resolve(en, c, &r, e) || draft_make(en, &r, data, a, &d, e))
		return -1;
	spacing_blocks(d.root, c->lang, SPACING_MAIL, a);
	struct frame f = { .labels = r.labels, .data = data };
	frame_identity(&f, a, &id);
	struct mail_frame m = { .lang = c->lang,
		.subject = d.subject,
		.sender = escape_plain(a, frame_text(data, "creditor", "name")),
		.footer = id.line,
		.n_footer = id.n,
		.labels = r.labels,
		.payment = &d.payment };
	str_init(&s, MAIL_MAX);
	mail_text(d.root, &m, &s);
	out->subject = d.subject;
	out->text = arena_strn(a, s.p, s.len);
	bool over = s.over;
	str_clear(&s);
	mail_html(d.root, &m, &s);
	out->html = arena_strn(a, s.p, s.len);
	over = over || s.over;
	str_done(&s);
	return over
	    ? err_set(e, ERR_DATA, "%s: the mail is longer than %zu bytes",
		  r.text->path, MAIL_MAX)
	    : 0;
}

int
letter_source(struct letter_engine *en, const struct letter_choice *c,
    struct str *out, struct err *e)
{
	struct resolved r = { 0 };

	if (resolve(en, c, &r, e))
		return -1;
	str_put(out, r.text->source, r.text->len);
	if (file_read(r.labels_path, out, e))
		return -1;
	return file_read(r.geometry_path, out, e);
}
