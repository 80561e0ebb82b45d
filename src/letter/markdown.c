#include "letter/markdown.h"

#include <assert.h>
#include <limits.h>
#include <md4c.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define DEPTH      12 /* blocks inside each other */
#define TEXT_BYTES ((size_t)1 << 24)

/* One block that is open; children are appended at *tail. */
struct level {
	struct block *block;
	struct block **tail;
	struct span **spans;
};

/*
 * md4c calls in document order. `run` gathers text of one style and becomes
 * a span when the style changes; inside an image it is the alternative text.
 * A list item may hold text without a paragraph of its own
 * (a tight list): `loose` says that its level was opened by us.
 */
struct builder {
	struct arena *arena;
	struct err *err;
	struct level levels[DEPTH];
	size_t depth;
	struct str run;
	unsigned strong, emphasis, code;
	const char *url, *image;
	unsigned images;   /* seen in the open block */
	unsigned in_image; /* images inside each other; text is `alt` */
	bool header, loose;
	bool line_ended; /* in a code block: a break comes before more text */
};

struct entity {
	const char *name, *text;
};

/* Those a letter may use; any character can be written as it is. */
static const struct entity entities[] = {
	{ "&amp;", "&" },
	{ "&apos;", "'" },
	{ "&copy;", "©" },
	{ "&euro;", "€" },
	{ "&gt;", ">" },
	{ "&hellip;", "…" },
	{ "&laquo;", "«" },
	{ "&lt;", "<" },
	{ "&mdash;", "—" },
	{ "&nbsp;", "\u00a0" },
	{ "&ndash;", "–" },
	{ "&quot;", "\"" },
	{ "&raquo;", "»" },
	{ "&reg;", "®" },
	{ "&shy;", "\u00ad" },
};

static void
put_entity(const char *text, size_t n, struct str *out)
{
	unsigned long c;

	if (n > 3 && text[1] == '#') {
		c = text[2] == 'x' || text[2] == 'X'
		    ? strtoul(text + 3, NULL, 16)
		    : strtoul(text + 2, NULL, 10);
		if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
			c = 0xfffd;
		utf8_put(out, c < ' ' || c == 0x7f ? ' ' : (uint32_t)c);
		return;
	}
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (strlen(entities[i].name) == n &&
		    memcmp(entities[i].name, text, n) == 0) {
			str_puts(out, entities[i].text);
			return;
		}
	str_put(out, text, n);
}

/* A control character shows nothing on paper and is an error in HTML. */
static void
put_plain(const char *text, size_t n, struct str *out)
{
	size_t at = out->len;

	str_put(out, text, n);
	for (; at < out->len; at++) {
		unsigned char c = (unsigned char)out->p[at];

		if (c < ' ' || c == 0x7f)
			out->p[at] = ' ';
	}
}

static void
put_piece(MD_TEXTTYPE type, const char *text, size_t n, struct str *out)
{
	if (type == MD_TEXT_ENTITY)
		put_entity(text, n, out);
	else if (type == MD_TEXT_NULLCHAR)
		utf8_put(out, 0xfffd);
	else
		put_plain(text, n, out);
}

static const char *
attribute(struct builder *b, const MD_ATTRIBUTE *at)
{
	struct str out;
	const char *copy;

	str_init(&out, TEXT_BYTES);
	for (size_t i = 0; at->text != NULL && at->substr_offsets[i] < at->size;
	     i++)
		put_piece(at->substr_types[i], at->text + at->substr_offsets[i],
		    at->substr_offsets[i + 1] - at->substr_offsets[i], &out);
	copy = arena_str(b->arena, out.p);
	str_done(&out);
	return copy;
}

/* ---- spans ---- */

static void
add_span(struct builder *b, const char *text, unsigned style)
{
	struct level *at = &b->levels[b->depth - 1];
	struct span *span = arena_alloc(b->arena, sizeof(*span));

	span->text = arena_str(b->arena, text);
	span->style = style;
	span->url = b->url;
	*at->spans = span;
	at->spans = &span->next;
}

/* Call before anything that changes how the next text looks. */
static void
end_run(struct builder *b)
{
	unsigned style = (b->strong > 0 ? STYLE_BOLD : 0U) |
	    (b->emphasis > 0 ? STYLE_ITALIC : 0U) |
	    (b->code > 0 ? STYLE_CODE : 0U);

	if (b->run.len > 0)
		add_span(b, b->run.p, style);
	str_clear(&b->run);
}

/* ---- blocks ---- */

static int
open_block(struct builder *b, enum block_kind kind)
{
	struct level *parent = &b->levels[b->depth - 1];
	struct block *block;

	if (b->depth == DEPTH)
		return err_set(b->err, ERR_USAGE,
		    "lists and quotes inside each other go deeper than %d",
		    DEPTH);
	block = arena_alloc(b->arena, sizeof(*block));
	block->kind = kind;
	*parent->tail = block;
	parent->tail = &block->next;
	b->levels[b->depth++] = (struct level){
		.block = block,
		.tail = &block->children,
		.spans = &block->spans,
	};
	return 0;
}

/* A paragraph that holds one image and nothing else is that image. */
static int
close_block(struct builder *b)
{
	struct block *block = b->levels[b->depth - 1].block;
	bool alone = b->images == 1 && block->kind == BLOCK_PARAGRAPH &&
	    block->spans == NULL && b->run.len == 0;

	end_run(b);
	b->depth--;
	if (b->images == 0)
		return 0;
	b->images = 0;
	if (!alone) {
		b->levels[0].block->target = b->image;
		return err_set(b->err, ERR_USAGE,
		    "image '%s' stands among text; give it a paragraph of its "
		    "own, between two empty lines",
		    b->image);
	}
	block->kind = BLOCK_IMAGE;
	block->target = b->image;
	return 0;
}

static int
close_loose(struct builder *b)
{
	if (!b->loose)
		return 0;
	b->loose = false;
	return close_block(b);
}

static bool
holds_spans(const struct block *block)
{
	return block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_HEADING ||
	    block->kind == BLOCK_CELL;
}

/* Text is about to come: in a tight list item it needs a paragraph. */
static int
open_loose(struct builder *b)
{
	if (holds_spans(b->levels[b->depth - 1].block))
		return 0;
	b->loose = true;
	return open_block(b, BLOCK_PARAGRAPH);
}

static int
open_list(struct builder *b, const MD_BLOCK_OL_DETAIL *ordered)
{
	struct block *block;

	if (open_block(b, BLOCK_LIST) == -1)
		return -1;
	block = b->levels[b->depth - 1].block;
	block->ordered = ordered != NULL;
	block->start = ordered != NULL ? ordered->start : 0;
	return 0;
}

static int
open_heading(struct builder *b, const MD_BLOCK_H_DETAIL *detail)
{
	if (open_block(b, BLOCK_HEADING) == -1)
		return -1;
	b->levels[b->depth - 1].block->level = detail->level;
	return 0;
}

static int
open_row(struct builder *b)
{
	if (open_block(b, BLOCK_ROW) == -1)
		return -1;
	b->levels[b->depth - 1].block->header = b->header;
	return 0;
}

static int
open_cell(struct builder *b, const MD_BLOCK_TD_DETAIL *detail)
{
	struct block *block;

	if (open_block(b, BLOCK_CELL) == -1)
		return -1;
	block = b->levels[b->depth - 1].block;
	block->header = b->header;
	block->align = detail->align == MD_ALIGN_RIGHT ? ALIGN_RIGHT
	    : detail->align == MD_ALIGN_CENTER         ? ALIGN_CENTER
						       : ALIGN_LEFT;
	return 0;
}

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct builder *b = ctx;

	if (close_loose(b) == -1)
		return -1;
	switch (type) {
	case MD_BLOCK_QUOTE:
		return open_block(b, BLOCK_QUOTE);
	case MD_BLOCK_UL:
		return open_list(b, NULL);
	case MD_BLOCK_OL:
		return open_list(b, detail);
	case MD_BLOCK_LI:
		return open_block(b, BLOCK_LIST_ITEM);
	case MD_BLOCK_HR:
		return open_block(b, BLOCK_RULE);
	case MD_BLOCK_H:
		return open_heading(b, detail);
	case MD_BLOCK_CODE:
		b->code++;
		return open_block(b, BLOCK_PARAGRAPH);
	case MD_BLOCK_P:
		return open_block(b, BLOCK_PARAGRAPH);
	case MD_BLOCK_TABLE:
		return open_block(b, BLOCK_TABLE);
	case MD_BLOCK_THEAD:
		b->header = true;
		return 0;
	case MD_BLOCK_TBODY:
		b->header = false;
		return 0;
	case MD_BLOCK_TR:
		return open_row(b);
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		return open_cell(b, detail);
	case MD_BLOCK_DOC:
	case MD_BLOCK_HTML:
		break;
	}
	return 0;
}

static int
leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct builder *b = ctx;
	int rc;

	(void)detail;
	if (close_loose(b) == -1)
		return -1;
	if (type == MD_BLOCK_DOC || type == MD_BLOCK_HTML ||
	    type == MD_BLOCK_THEAD || type == MD_BLOCK_TBODY)
		return 0;
	rc = close_block(b);
	if (type == MD_BLOCK_CODE) {
		b->code--;
		b->line_ended = false;
	}
	return rc;
}

/* ---- inline ---- */

static int
enter_image(struct builder *b, const MD_SPAN_IMG_DETAIL *detail)
{
	if (b->in_image++ > 0)
		return 0;
	end_run(b);
	b->image = attribute(b, &detail->src);
	b->images++;
	return 0;
}

static int
leave_image(struct builder *b)
{
	bool white;

	if (--b->in_image > 0)
		return 0;
	white = b->run.p[strspn(b->run.p, " \t\r\n")] == '\0';
	b->levels[b->depth - 1].block->alt =
	    white ? "" : arena_str(b->arena, b->run.p);
	str_clear(&b->run);
	return 0;
}

static int
enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct builder *b = ctx;

	if (open_loose(b) == -1)
		return -1;
	if (type == MD_SPAN_IMG)
		return enter_image(b, detail);
	if (b->in_image > 0)
		return 0;
	end_run(b);
	if (type == MD_SPAN_STRONG)
		b->strong++;
	else if (type == MD_SPAN_EM)
		b->emphasis++;
	else if (type == MD_SPAN_CODE)
		b->code++;
	else if (type == MD_SPAN_A)
		b->url =
		    attribute(b, &((const MD_SPAN_A_DETAIL *)detail)->href);
	return 0;
}

static int
leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct builder *b = ctx;

	(void)detail;
	if (type == MD_SPAN_IMG)
		return leave_image(b);
	if (b->in_image > 0)
		return 0;
	end_run(b);
	if (type == MD_SPAN_STRONG)
		b->strong--;
	else if (type == MD_SPAN_EM)
		b->emphasis--;
	else if (type == MD_SPAN_CODE)
		b->code--;
	else if (type == MD_SPAN_A)
		b->url = NULL;
	return 0;
}

static void
hard_break(struct builder *b)
{
	if (b->in_image > 0) {
		str_putc(&b->run, ' ');
		return;
	}
	end_run(b);
	add_span(b, "\n", 0);
}

/* md4c hands out a code block with its line ends; the last one ends it. */
static void
put_code(struct builder *b, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (b->line_ended)
			hard_break(b);
		b->line_ended = text[i] == '\n';
		if (!b->line_ended)
			put_plain(text + i, 1, &b->run);
	}
}

static int
put_text(MD_TEXTTYPE type, const char *text, unsigned n, void *ctx)
{
	struct builder *b = ctx;

	if (open_loose(b) == -1)
		return -1;
	if (type == MD_TEXT_BR)
		hard_break(b);
	else if (type == MD_TEXT_SOFTBR)
		str_putc(&b->run, ' ');
	else if (type == MD_TEXT_CODE && b->in_image == 0)
		put_code(b, text, n);
	else
		put_piece(type, text, n, &b->run);
	return 0;
}

int
markdown_parse(const char *text, size_t n, struct arena *a, struct block **out,
    struct err *e)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_TABLES | MD_FLAG_NOHTML |
		    MD_FLAG_NOINDENTEDCODEBLOCKS,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = put_text,
	};
	struct block *root = *out = arena_alloc(a, sizeof(*root));
	struct err told = { .kind = ERR_NONE };
	struct builder b = {
		.arena = a,
		.err = &told,
		.levels = { { root, &root->children, &root->spans } },
		.depth = 1,
	};
	int rc;

	if (n > TEXT_BYTES)
		return err_set(e, ERR_DATA,
		    "the text is longer than %zu bytes; shorten it",
		    TEXT_BYTES);
	str_init(&b.run, TEXT_BYTES);
	rc = md_parse(text, (MD_SIZE)n, &parser, &b);
	str_done(&b.run);
	if (rc != 0 && told.kind == ERR_NONE)
		return err_set(e, ERR_SYSTEM, "Markdown: no memory for it");
	if (rc != 0) {
		*e = told;
		return -1;
	}
	assert(b.depth == 1);
	return 0;
}
