/*
 * The drawing operators of one page. Positions are tracked as a viewer
 * tracks them, in 1/100000 pu and from the widths in the font dictionary, so
 * that the sum of many rounded numbers cannot drift.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf/cluster.h"
#include "pdf/font.h"
#include "pdf/put.h"
#include "pdf/tag.h"

#define FINE 100000 /* 1/FINE pu */

/* What is open for an item that no node owns. */
enum {
	OWNER_NONE = -1,
	OWNER_LAYOUT = -2,
	OWNER_HEADER = -3,
	OWNER_FOOTER = -4
};

struct pen {
	struct pdf_file *f;
	struct str *s;
	size_t page;
	int owner;         /* node or OWNER_ whose marked content is open */
	long font;         /* 2 * index, + 1: the letter's own subset */
	int32_t size;      /* pu */
	int64_t unit;      /* 1/1000 em of it, fine */
	int64_t slack;     /* how far off a glyph may be, fine */
	int64_t rgb;       /* -1: never set */
	int64_t x, y;      /* line origin in this text object, milli point */
	int64_t drawn;     /* where the viewer stands in the run, fine */
	int32_t rise;      /* pu */
	bool array, chars; /* inside [ ]TJ, inside ( ) */
	char shown[512];   /* of an array, not yet put */
	size_t n_shown;
};

static void
put_pair(struct pen *p, int64_t a, int64_t b)
{
	pdf_put_milli(p->s, a);
	str_putc(p->s, ' ');
	pdf_put_milli(p->s, b);
	str_putc(p->s, ' ');
}

static void
set_colour(struct pen *p, uint32_t rgb)
{
	int shift;

	if (p->rgb == rgb)
		return;
	p->rgb = rgb;
	for (shift = 16; shift >= 0; shift -= 8) {
		pdf_put_milli(p->s, ((rgb >> shift & 255) * 1000 + 127) / 255);
		str_putc(p->s, ' ');
	}
	str_puts(p->s, "rg\n");
}

static int
owner_of(const struct pdf_file *f, const struct page_item *item)
{
	if (item->node >= 0)
		return item->node;
	if (!item->pagination)
		return OWNER_LAYOUT;
	return item->box.y < f->doc->height / 2 ? OWNER_HEADER : OWNER_FOOTER;
}

static void
close_owner(struct pen *p)
{
	if (p->owner != OWNER_NONE)
		str_puts(p->s, "EMC\n");
	p->owner = OWNER_NONE;
}

/* Neighbours of one owner share one marked content. */
static void
open_owner(struct pen *p, int owner)
{
	if (p->owner == owner)
		return;
	close_owner(p);
	p->owner = owner;
	if (owner >= 0) {
		str_putc(p->s, '/');
		str_puts(p->s, pdf_tag_name(p->f->doc->nodes[owner].tag));
		str_puts(p->s, "<</MCID ");
		pdf_put_int(p->s, pdf_tag_mark(p->f, owner, p->page));
		str_puts(p->s, ">>BDC\n");
	} else if (owner == OWNER_LAYOUT) {
		str_puts(p->s, "/Artifact<</Type/Layout>>BDC\n");
	} else {
		str_puts(p->s, "/Artifact<</Type/Pagination/Subtype/");
		str_puts(p->s, owner == OWNER_HEADER ? "Header" : "Footer");
		str_puts(p->s, ">>BDC\n");
	}
}

static void
put_shown(struct pen *p)
{
	str_put(p->s, p->shown, p->n_shown);
	p->n_shown = 0;
}

static void
close_array(struct pen *p)
{
	if (!p->array)
		return;
	put_shown(p);
	str_puts(p->s, p->chars ? ")]TJ\n" : "]TJ\n");
	p->array = p->chars = false;
}

static void
set_font(struct pen *p, long font, int32_t size)
{
	if (p->font == font && p->size == size)
		return;
	close_array(p);
	p->font = font;
	p->size = size;
	p->unit = (int64_t)size * (FINE / 1000);
	p->slack = (int64_t)size * (FINE / 400);
	str_puts(p->s, "/F");
	pdf_put_int(p->s, font);
	str_putc(p->s, ' ');
	pdf_put_milli(p->s, pdf_milli(size));
	str_puts(p->s, " Tf ");
}

static void
set_rise(struct pen *p, int32_t rise)
{
	if (p->rise == rise)
		return;
	close_array(p);
	p->rise = rise;
	pdf_put_milli(p->s, pdf_milli(rise));
	str_puts(p->s, " Ts ");
}

/*
 * Moves the viewer to where the glyph belongs, by whole 1/1000 em. What nobody
 * sees, less than 1/400 em (0.01 mm), waits until it has added up.
 */
static inline void
move_to(struct pen *p, int64_t wanted)
{
	const char *end;
	int64_t back;

	back = p->drawn - wanted;
	if (llabs(back) < p->slack)
		return;
	back = (back < 0 ? back - p->unit / 2 : back + p->unit / 2) / p->unit;
	if (p->chars)
		p->shown[p->n_shown++] = ')';
	p->chars = false;
	end = pdf_print_int(p->shown + p->n_shown, back);
	p->n_shown = (size_t)(end - p->shown);
	p->drawn -= back * p->unit;
}

/* Most that a glyph takes of an array: three brackets, a move, its code. */
#define SHOWN_MAX (3 + PDF_INT_MAX + PDF_CODE_MAX)

/* A glyph in the font and with the rise that are set. */
static inline void
put_char(struct pen *p, const struct pdf_char *c, int64_t x)
{
	size_t i;

	if (p->n_shown + SHOWN_MAX > sizeof p->shown)
		put_shown(p);
	if (!p->array)
		p->shown[p->n_shown++] = '[';
	p->array = true;
	move_to(p, x * FINE);
	if (!p->chars)
		p->shown[p->n_shown++] = '(';
	p->chars = true;
	for (i = 0; i < PDF_CODE_MAX; i++)
		p->shown[p->n_shown + i] = c->code[i];
	p->n_shown += c->code_len;
	p->drawn += (int64_t)c->width * p->size;
}

static void
put_glyph(struct pen *p, const struct page_run *r, size_t i, int64_t at)
{
	const struct page_glyph *g;
	const struct pdf_char *c;
	bool extra;

	g = &r->glyphs[i];
	c = pdf_font_char(&p->f->fonts[r->font], g->gid, &extra);
	set_font(p, 2 * (long)r->font + extra, r->size);
	set_rise(p, -g->dy);
	put_char(p, c, at + g->dx);
}

/* A space that does not break is read as a plain one: people search for it. */
static bool
is_space(const struct pdf_char *read, const struct pdf_cluster *c)
{
	static const char fixed[] = "\u00a0";

	return c->n == 1 && c->len == sizeof fixed - 1 &&
	    memcmp(c->text, fixed, c->len) == 0 && strcmp(read->text, " ") == 0;
}

/* Do the glyphs, read through ToUnicode, give the text? */
static bool
reads_right(const struct pdf_font *font, const struct page_run *r,
    const struct pdf_cluster *c)
{
	const struct pdf_char *read;
	size_t at, i;
	bool extra;

	at = 0;
	for (i = c->first; i < c->first + c->n; i++) {
		read = pdf_font_char(font, r->glyphs[i].gid, &extra);
		if (read->text_len > c->len - at ||
		    memcmp(read->text, c->text + at, read->text_len) != 0)
			return is_space(read, c);
		at += read->text_len;
	}
	return at == c->len;
}

static void
open_text(struct pen *p, const char *text, size_t n)
{
	close_array(p);
	str_puts(p->s, "/Span<</ActualText");
	pdf_put_utf16(p->s, text, n);
	str_puts(p->s, ">>BDC ");
}

static void
close_text(struct pen *p)
{
	close_array(p);
	str_puts(p->s, "EMC ");
}

/*
 * The letters and marks of a cluster behind the first, each on a thin space
 * that the next glyph covers. Programs that read a page reverse what runs from
 * right to left one text after the other, and would leave those of one text as
 * they are.
 */
static void
put_letters(struct pen *p, const struct page_run *r,
    const struct pdf_cluster *c)
{
	const struct pdf_font *font = &p->f->fonts[r->font];
	const struct pdf_char *space;
	const char *end, *letter;
	bool extra;

	space = pdf_font_char(font, font->face->space, &extra);
	for (end = c->text + c->len;; end = letter) {
		for (letter = end - 1; (*letter & 0xC0) == 0x80; letter--)
			;
		if (letter == c->text)
			return;
		open_text(p, letter, (size_t)(end - letter));
		set_font(p, 2 * (long)r->font + extra, r->size);
		str_puts(p->s, "20 Tz (");
		str_put(p->s, space->code, space->code_len);
		str_puts(p->s, ")Tj 100 Tz ");
		p->drawn += (int64_t)space->width * r->size / 5;
		close_text(p);
	}
}

/* The letter before its marks, which would begin another line to readers. */
static void
put_turned(struct pen *p, const struct page_run *r, const struct pdf_cluster *c,
    int64_t behind)
{
	const char *next = c->text;
	size_t i;

	put_letters(p, r, c);
	(void)utf8_next(&next);
	open_text(p, c->text, (size_t)(next - c->text));
	for (i = c->first + c->n; i > c->first; i--) {
		behind -= r->glyphs[i - 1].advance;
		put_glyph(p, r, i - 1, behind);
	}
	set_rise(p, 0);
	close_text(p);
}

static void
put_cluster(struct pen *p, const struct page_run *r,
    const struct pdf_cluster *c, int64_t at)
{
	size_t i;
	bool plain;

	plain = reads_right(&p->f->fonts[r->font], r, c);
	if (!plain)
		open_text(p, c->text, c->len);
	for (i = c->first; i < c->first + c->n; i++) {
		put_glyph(p, r, i, at);
		at += r->glyphs[i].advance;
	}
	if (!plain)
		close_text(p);
}

static inline bool
is_text(const struct pdf_char *c, const char *text, size_t n)
{
	size_t i;

	if (n == 0 || n != c->text_len)
		return false;
	for (i = 0; i < n; i++)
		if (text[i] != c->text[i])
			return false;
	return true;
}

/*
 * Nearly all glyphs are a cluster each, of the base, and on the line: writes
 * those up to one that is not, and returns how many. Not for what turns.
 */
static size_t
put_plain(struct pen *p, const struct page_run *r, size_t first, int64_t *at)
{
	const struct pdf_subset *base = p->f->fonts[r->font].base;
	const struct pdf_char *c;
	const struct page_glyph *g;
	size_t i, n, from, to;

	n = r->soft_hyphen ? r->n_glyphs - 1 : r->n_glyphs;
	from = first > 0 && first < n ? r->glyphs[first].cluster : 0;
	for (i = first; i < n; i++, from = to) {
		g = &r->glyphs[i];
		c = &base->chars[base->cids[g->gid]];
		to = i + 1 < n ? g[1].cluster : r->text_len;
		if (g->dy != 0 || !is_text(c, r->text + from, to - from))
			break;
		if (i == first) {
			set_font(p, 2 * (long)r->font, r->size);
			set_rise(p, 0);
		}
		put_char(p, c, *at + g->dx);
		*at += g->advance;
	}
	return i - first;
}

static void
put_run(struct pen *p, const struct page_run *r)
{
	struct pdf_cluster c = { 0 };
	int64_t at, behind, x, y;
	size_t i;
	bool turns;

	set_colour(p, r->rgb);
	x = pdf_milli(r->x);
	y = pdf_milli((int64_t)p->f->doc->height - r->y);
	put_pair(p, x - p->x, y - p->y);
	str_puts(p->s, "Td ");
	p->x = x;
	p->y = y;
	p->drawn = 0;
	turns = pdf_run_turns(r);
	for (at = 0;; at = behind) {
		c.first += c.n;
		c.n = turns ? 0 : put_plain(p, r, c.first, &at);
		if (!pdf_cluster_next(r, &c))
			break;
		behind = at;
		for (i = c.first; i < c.first + c.n; i++)
			behind += r->glyphs[i].advance;
		if (c.turns && pdf_cluster_splits(&p->f->fonts[r->font], &c))
			put_turned(p, r, &c, behind);
		else
			put_cluster(p, r, &c, at);
	}
	set_rise(p, 0);
	close_array(p);
}

static void
put_text(struct pen *p, const struct page_item *item)
{
	size_t i;

	str_puts(p->s, "BT\n");
	p->x = p->y = 0;
	for (i = 0; i < item->n_runs; i++)
		if (item->runs[i].n_glyphs > 0)
			put_run(p, &item->runs[i]);
	str_puts(p->s, "ET\n");
}

static void
put_fill(struct pen *p, const struct page_item *item)
{
	const struct page_box *b;

	b = &item->box;
	set_colour(p, item->rgb);
	put_pair(p, pdf_milli(b->x),
	    pdf_milli((int64_t)p->f->doc->height - b->y - b->h));
	put_pair(p, pdf_milli(b->w), pdf_milli(b->h));
	str_puts(p->s, "re f\n");
}

/* An image fills its box; a symbol leaves its quiet zone free. */
static void
put_picture(struct pen *p, const struct page_item *item)
{
	struct page_box b;
	int64_t dx, dy, across;

	b = item->box;
	dx = dy = 0;
	if (item->kind == PAGE_SYMBOL) {
		set_colour(p, 0);
		across = (int64_t)item->symbol->width +
		    2 * (int64_t)item->symbol->quiet;
		dx = (int64_t)b.w * item->symbol->quiet / across;
		dy = (int64_t)b.h * item->symbol->quiet / across;
	}
	str_puts(p->s, "q ");
	put_pair(p, pdf_milli(b.w - 2 * dx), 0);
	put_pair(p, 0, pdf_milli(b.h - 2 * dy));
	put_pair(p, pdf_milli(b.x + dx),
	    pdf_milli((int64_t)p->f->doc->height - b.y - b.h + dy));
	str_puts(p->s, "cm /I");
	pdf_put_int(p->s, pdf_image_number(p->f, item));
	str_puts(p->s, " Do Q\n");
}

static bool
is_empty(const struct page_item *item)
{
	size_t i;

	if (item->kind != PAGE_TEXT)
		return false;
	for (i = 0; i < item->n_runs; i++)
		if (item->runs[i].n_glyphs > 0)
			return false;
	return true;
}

static void
put_item(struct pen *p, const struct page_item *item)
{
	if (is_empty(item))
		return;
	open_owner(p, owner_of(p->f, item));
	switch (item->kind) {
	case PAGE_TEXT:
		put_text(p, item);
		break;
	case PAGE_FILL:
		put_fill(p, item);
		break;
	case PAGE_IMAGE:
	case PAGE_SYMBOL:
		put_picture(p, item);
		break;
	}
}

void
pdf_content_put(struct pdf_file *f, size_t page, struct str *out)
{
	struct pen p = {
		.f = f,
		.s = out,
		.page = page,
		.owner = OWNER_NONE,
		.font = -1,
		.rgb = -1,
	};
	size_t i;

	for (i = 0; i < f->doc->pages[page].n_items; i++)
		put_item(&p, &f->doc->pages[page].items[i]);
	close_owner(&p);
}
