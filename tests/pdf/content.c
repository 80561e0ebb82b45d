/*
 * content: what the pages paint (content.h).
 *
 * A reader keeps the operands since the last operator, the open marks, and
 * the font of the graphics state, which q saves and Q restores.
 */
#include "content.h"

#include <stdlib.h>
#include <string.h>

#include "lex.h"

#define FAULTS_MAX  65536
#define MARKS_OPEN  64
#define STATES_OPEN 64
#define FORMS_OPEN  8

struct mark {
	bool artifact;
	long mcid; /* -1: none */
};

struct reader {
	const struct doc *doc;
	struct content *out;
	size_t page;
	json_t *resources;
	struct lex lex;
	struct token *operands;
	size_t n_operands, cap_operands;
	struct mark marks[MARKS_OPEN];
	size_t n_marks;
	json_t *font, *fonts[STATES_OPEN];
	size_t n_fonts;
	unsigned forms; /* how deep in form XObjects */
};

static void read_stream(struct reader *r, struct bytes b);

static void
fault(struct reader *r, const char *text, const char *word)
{
	str_fmt(&r->out->mark_faults, "page %zu: %s %s\n", r->page + 1, text,
	    word);
}

static const char *
operand_name(const struct reader *r, size_t i)
{
	if (i < r->n_operands && r->operands[i].kind == TOKEN_NAME)
		return r->operands[i].text;
	return "";
}

static void
paint(struct reader *r, const char *word)
{
	size_t i;

	for (i = 0; i < r->n_marks; i++)
		if (r->marks[i].artifact || r->marks[i].mcid >= 0)
			return;
	fault(r, "painted outside marked content:", word);
}

static void
note_mcid(struct reader *r, long mcid)
{
	struct content *c = r->out;
	size_t i;

	for (i = 0; i < c->n_marks; i++)
		if (c->marks[i].page == r->page && c->marks[i].mcid == mcid) {
			c->marks[i].times++;
			return;
		}
	c->marks = mem_grow(c->marks, &c->cap_marks, c->n_marks + 1,
	    sizeof(*c->marks));
	c->marks[c->n_marks++] =
	    (struct content_mark){ .page = r->page, .mcid = mcid, .times = 1 };
}

static long
operand_mcid(struct reader *r)
{
	json_t *named;
	size_t i;

	for (i = 1; i + 1 < r->n_operands; i++)
		if (strcmp(operand_name(r, i), "/MCID") == 0 &&
		    r->operands[i + 1].kind == TOKEN_NUMBER)
			return r->operands[i + 1].whole;
	named = doc_key(r->doc, doc_key(r->doc, r->resources, "/Properties"),
	    operand_name(r, 1));
	return doc_int(r->doc, named, "/MCID", -1);
}

static void
begin_mark(struct reader *r, const char *word)
{
	struct mark m = { .mcid = -1 };
	size_t i;

	m.artifact = strcmp(operand_name(r, 0), "/Artifact") == 0;
	if (strcmp(word, "BDC") == 0)
		m.mcid = operand_mcid(r);
	for (i = 0; i < r->n_marks; i++)
		if ((m.artifact && r->marks[i].mcid >= 0) ||
		    (m.mcid >= 0 &&
			(r->marks[i].artifact || r->marks[i].mcid >= 0)))
			fault(r, "a mark inside another:", operand_name(r, 0));
	if (m.mcid >= 0 && r->forms > 0)
		fault(r, "an MCID inside a form:", operand_name(r, 0));
	else if (m.mcid >= 0)
		note_mcid(r, m.mcid);
	if (r->n_marks == MARKS_OPEN)
		fault(r, "too many open marks:", word);
	else
		r->marks[r->n_marks++] = m;
}

static void
end_mark(struct reader *r, const char *word)
{
	if (r->n_marks == 0)
		fault(r, "nothing to end:", word);
	else
		r->n_marks--;
}

static void
save_state(struct reader *r, const char *word)
{
	if (r->n_fonts == STATES_OPEN)
		fault(r, "too many saved states:", word);
	else
		r->fonts[r->n_fonts++] = r->font;
}

static void
restore_state(struct reader *r, const char *word)
{
	if (r->n_fonts == 0)
		fault(r, "nothing to restore:", word);
	else
		r->font = r->fonts[--r->n_fonts];
}

static void
set_font(struct reader *r, const char *word)
{
	(void)word;
	r->font = doc_key(r->doc, doc_key(r->doc, r->resources, "/Font"),
	    operand_name(r, 0));
}

static struct content_font *
used_font(struct reader *r)
{
	struct content *c = r->out;
	size_t i;

	for (i = 0; i < c->n_fonts; i++)
		if (c->fonts[i].dict == r->font)
			return &c->fonts[i];
	c->fonts = mem_grow(c->fonts, &c->cap_fonts, c->n_fonts + 1,
	    sizeof(*c->fonts));
	c->fonts[c->n_fonts].dict = r->font;
	return &c->fonts[c->n_fonts++];
}

static void
show_text(struct reader *r, const char *word)
{
	struct content_font *f;
	const struct token *t;
	size_t i, k;
	unsigned code;

	paint(r, word);
	if (r->font == NULL) {
		fault(r, "text without a font:", word);
		return;
	}
	f = used_font(r);
	for (i = 0; i < r->n_operands; i++) {
		t = &r->operands[i];
		if (t->kind != TOKEN_STRING)
			continue;
		for (k = 0; k + 1 < t->n; k += 2) {
			code = t->bytes[k] * 256U + t->bytes[k + 1];
			f->used[code / 8] |= (uint8_t)(1U << code % 8);
		}
	}
}

static void
paint_object(struct reader *r, const char *word)
{
	const char *name = operand_name(r, 0);
	json_t *all = doc_key(r->doc, r->resources, "/XObject");
	json_t *ref = doc_raw_key(r->doc, all, name), *outer, *own;
	struct token *operands = r->operands;
	struct lex lex = r->lex;
	struct bytes b;

	paint(r, word);
	if (doc_resolve(r->doc, ref) == NULL) {
		fault(r, "no such object:", name);
		return;
	}
	if (strcmp(doc_name(r->doc, ref, "/Subtype"), "/Form") != 0)
		return;
	if (r->forms == FORMS_OPEN || !doc_stream(r->doc, ref, &b)) {
		fault(r, "unreadable form", name);
		return;
	}
	outer = r->resources;
	own = doc_key(r->doc, ref, "/Resources");
	r->resources = own != NULL ? own : outer;
	r->operands = NULL;
	r->n_operands = r->cap_operands = 0;
	r->forms++;
	read_stream(r, b);
	r->forms--;
	free(r->operands);
	r->operands = operands;
	r->n_operands = r->cap_operands = 0;
	r->lex = lex;
	r->resources = outer;
}

static void
paint_inline_image(struct reader *r, const char *word)
{
	paint(r, word);
	lex_skip_image(&r->lex);
}

static void
set_cmyk(struct reader *r, const char *word)
{
	str_fmt(&r->out->colour_faults, "page %zu: CMYK colour by %s\n",
	    r->page + 1, word);
}

static void
set_colour_space(struct reader *r, const char *word)
{
	if (strcmp(operand_name(r, 0), "/DeviceCMYK") == 0)
		set_cmyk(r, word);
}

static const struct {
	const char *word;
	void (*run)(struct reader *, const char *word);
} operators[] = {
	{ "BMC", begin_mark },
	{ "BDC", begin_mark },
	{ "EMC", end_mark },
	{ "q", save_state },
	{ "Q", restore_state },
	{ "Tf", set_font },
	{ "Tj", show_text },
	{ "TJ", show_text },
	{ "'", show_text },
	{ "\"", show_text },
	{ "Do", paint_object },
	{ "ID", paint_inline_image },
	{ "f", paint },
	{ "F", paint },
	{ "f*", paint },
	{ "B", paint },
	{ "B*", paint },
	{ "b", paint },
	{ "b*", paint },
	{ "S", paint },
	{ "s", paint },
	{ "sh", paint },
	{ "k", set_cmyk },
	{ "K", set_cmyk },
	{ "cs", set_colour_space },
	{ "CS", set_colour_space },
};

static void
run_operator(struct reader *r, const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (strcmp(operators[i].word, word) == 0)
			operators[i].run(r, word);
	r->n_operands = 0;
}

static void
read_stream(struct reader *r, struct bytes b)
{
	struct token t;

	r->lex =
	    (struct lex){ .p = b.p, .end = b.p + b.n, .arena = r->doc->arena };
	while ((t = lex_next(&r->lex)).kind != TOKEN_END) {
		if (t.kind == TOKEN_WORD) {
			run_operator(r, t.text);
			continue;
		}
		r->operands = mem_grow(r->operands, &r->cap_operands,
		    r->n_operands + 1, sizeof(*r->operands));
		r->operands[r->n_operands++] = t;
	}
}

/* A page's Contents may be one stream or several, read as one. */
static struct bytes
page_bytes(struct reader *r, json_t *page)
{
	json_t *contents = doc_raw_key(r->doc, page, "/Contents"), *part;
	struct bytes b = { 0 };
	struct str all;
	size_t i;

	if (!json_is_array(doc_resolve(r->doc, contents))) {
		if (!doc_stream(r->doc, contents, &b))
			fault(r, "no content:", "Contents");
		return b;
	}
	str_init(&all, (size_t)64 << 20);
	json_array_foreach(doc_resolve(r->doc, contents), i, part)
	{
		if (!doc_stream(r->doc, part, &b))
			fault(r, "no content:", "Contents");
		str_put(&all, b.p, b.n);
		str_putc(&all, '\n');
	}
	b.p = (uint8_t *)arena_strn(r->doc->arena, all.p, all.len);
	b.n = all.len;
	str_done(&all);
	return b;
}

void
content_read(const struct doc *d, struct content *out)
{
	struct reader r;
	size_t i;

	*out = (struct content){ 0 };
	str_init(&out->mark_faults, FAULTS_MAX);
	str_init(&out->colour_faults, FAULTS_MAX);
	for (i = 0; i < d->n_pages; i++) {
		r = (struct reader){ .doc = d, .out = out, .page = i };
		r.resources = doc_inherited(d, d->pages[i], "/Resources");
		read_stream(&r, page_bytes(&r, d->pages[i]));
		if (r.n_marks > 0)
			fault(&r, "a mark is never ended:", "EMC");
		free(r.operands);
	}
}

void
content_done(struct content *c)
{
	free(c->marks);
	free(c->fonts);
	str_done(&c->mark_faults);
	str_done(&c->colour_faults);
}
