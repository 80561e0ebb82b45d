#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "letter/mail_parts.h"

/* The colours of look.h; an inline style is all that some readers heed. */
#define ACCENT "#1f3d5a"
#define MUTED  "#4c5b68"
#define LINE   "#b9c3cc"
#define PANEL  "#f1f4f7"
#define FONT   "font-family:Helvetica,Arial,sans-serif"

#define WIDE   5  /* columns from which a telephone shows cards */
#define DENSE  8  /* columns from which they are set small, to be all seen */
#define SHORT  16 /* a cell of as many columns does not break */

/*
 * For readers that heed it: on a telephone a row of a wide table is a card,
 * each cell a line with its heading; and dark colours where the reader wants
 * them.
 */
static const char STYLE[] =
    "<style>\n"
    "@media (max-width:560px){\n"
    ".w,.w tbody,.w tr{display:block}\n"
    ".w{font-size:16px !important}\n"
    ".w tr{padding:8px 0;border-bottom:1px solid " LINE "}\n"
    ".w .h,.w .e{display:none}\n"
    ".w td{display:flex;justify-content:space-between;border:0 !important;"
    "padding:1px 0 !important}\n"
    ".w .s{display:flex;justify-content:space-between}\n"
    ".w .l{display:inline !important;padding-right:16px;color:" MUTED "}\n"
    ".p th,.p td{display:block;padding:0 !important}\n"
    ".p td{padding-bottom:6px !important}\n"
    "}\n"
    "@media (prefers-color-scheme:dark){\n"
    "body,.b{background:#15191d !important;color:#e6eaee !important}\n"
    ".k,.t th{color:#9fc3e6 !important}\n"
    ".m,.p th,.w .l{color:#a9b6c1 !important}\n"
    ".p{background:#20272e !important}\n"
    ".m,.p,.t th,.t td,.t tr{border-color:#5b6b79 !important}\n"
    "a{color:#8cc4ff !important}\n"
    ".o{background:#8cc4ff !important;color:#15191d !important}\n"
    "}\n"
    "</style>\n";

struct html {
	const struct mail_frame *frame;
	struct str *out;
};

static void put_blocks(struct html *h, const struct block *b);
static void put_block(struct html *h, const struct block *b);

/* Good in text and in a quoted attribute. */
static void
put_escaped(struct str *out, const char *text)
{
	for (; *text != '\0'; text++)
		switch (*text) {
		case '&':
			str_puts(out, "&amp;");
			break;
		case '<':
			str_puts(out, "&lt;");
			break;
		case '>':
			str_puts(out, "&gt;");
			break;
		case '"':
			str_puts(out, "&quot;");
			break;
		default:
			str_putc(out, *text);
		}
}

static void
put_link(struct str *out, const char *url)
{
	str_puts(out, "<a href=\"");
	put_escaped(out, url);
	str_puts(out, "\" style=\"color:" ACCENT "\">");
}

static void
put_span(struct str *out, const struct span *s)
{
	if (strcmp(s->text, "\n") == 0) {
		str_puts(out, "<br>\n");
		return;
	}
	if (s->style & STYLE_BOLD)
		str_puts(out, "<strong>");
	if (s->style & STYLE_ITALIC)
		str_puts(out, "<em>");
	if (s->style & STYLE_CODE)
		str_puts(out, "<code>");
	put_escaped(out, s->text);
	if (s->style & STYLE_CODE)
		str_puts(out, "</code>");
	if (s->style & STYLE_ITALIC)
		str_puts(out, "</em>");
	if (s->style & STYLE_BOLD)
		str_puts(out, "</strong>");
}

static void
put_spans(struct str *out, const struct span *s)
{
	const char *open = NULL;

	for (; s != NULL; s = s->next) {
		const char *url = s->url;

		if (url != NULL && !mail_url_is_safe(url))
			url = NULL;
		if (url != open && open != NULL)
			str_puts(out, "</a>");
		if (url != open && url != NULL)
			put_link(out, url);
		open = url;
		put_span(out, s);
	}
	if (open != NULL)
		str_puts(out, "</a>");
}

/* A number, a date or a name that breaks is read wrong. */
static bool
is_short(const struct block *cell)
{
	const struct span *s = cell->spans;

	return s == NULL ||
	    (s->next == NULL && mail_width(s->text, strlen(s->text)) <= SHORT);
}

static void
put_cell(struct str *out, const struct block *cell, size_t columns, bool sum)
{
	int gap = columns >= DENSE ? 6 : 12;

	switch (cell->align) {
	case ALIGN_LEFT:
		str_fmt(out, " style=\"text-align:left;padding:6px %dpx 6px 0",
		    gap);
		break;
	case ALIGN_CENTER:
		str_puts(out, " style=\"text-align:center;padding:6px");
		break;
	case ALIGN_RIGHT:
		str_fmt(out, " style=\"text-align:right;padding:6px 0 6px %dpx",
		    gap);
		break;
	}
	if (is_short(cell))
		str_puts(out, ";white-space:nowrap");
	if (cell->header)
		str_fmt(out,
		    ";font-size:%dpx;color:" ACCENT
		    ";border-bottom:1px solid " ACCENT,
		    columns >= DENSE ? 11 : 13);
	else if (sum)
		str_puts(out, ";border-top:2px solid " ACCENT);
	else
		str_puts(out, ";border-bottom:1px solid " LINE);
	str_puts(out, "\">");
}

/* A name and one value: they need no heading, and share a line. */
static bool
is_pair(const struct block *row)
{
	size_t n = 0;

	for (const struct block *c = row->children; c != NULL; c = c->next)
		n += c->spans != NULL;
	return n == 2 && row->children->spans != NULL;
}

/* The first cell is the title of the card; the others name their heading. */
static void
put_row(struct str *out, const struct block *row, const struct block *head,
    size_t columns, bool sum)
{
	const bool wide = columns >= WIDE;
	const char *tag = row->header ? "th" : "td";
	const struct block *h = head->children;
	bool pair = is_pair(row);

	if (wide && (row->header || pair))
		str_fmt(out, "<tr class=\"%s\">", row->header ? "h" : "s");
	else
		str_puts(out, "<tr>");
	for (const struct block *c = row->children; c != NULL; c = c->next) {
		str_fmt(out, "<%s%s", tag, c->header ? " scope=\"col\"" : "");
		if (wide && c->spans == NULL)
			str_puts(out, " class=\"e\"");
		put_cell(out, c, columns, sum);
		if (wide && !row->header && !pair && c != row->children &&
		    c->spans != NULL && h != NULL) {
			str_puts(out,
			    "<span class=\"l\" style=\"display:none\">");
			put_spans(out, h->spans);
			str_puts(out, "</span>");
		}
		put_spans(out, c->spans);
		str_fmt(out, "</%s>", tag);
		h = h != NULL ? h->next : NULL;
	}
	str_puts(out, "</tr>\n");
}

/* The last row is a sum if it begins in bold. */
static bool
is_sum(const struct block *row)
{
	const struct span *first;

	assert(row->children != NULL); /* Markdown has no row without cells */
	first = row->children->spans;
	return row->next == NULL && first != NULL &&
	    (first->style & STYLE_BOLD) != 0;
}

static void
put_table(struct str *out, const struct block *table)
{
	const struct block *head = table->children;
	size_t columns = 0;

	for (const struct block *c = head->children; c != NULL; c = c->next)
		columns++;
	str_fmt(out,
	    "<div style=\"margin:0 0 20px;overflow-x:auto\">\n"
	    "<table class=\"t%s\" style=\"border-collapse:collapse;"
	    "width:100%%%s\">\n",
	    columns >= WIDE ? " w" : "",
	    columns >= DENSE ? ";font-size:12px" : "");
	for (const struct block *r = head; r != NULL; r = r->next)
		put_row(out, r, head, columns, is_sum(r));
	str_puts(out, "</table>\n</div>\n");
}

static void
put_payment_rows(const struct html *h)
{
	struct mail_row rows[MAIL_PAYMENT_ROWS];
	size_t n = mail_payment(h->frame, rows);

	str_puts(h->out, "<table style=\"border-collapse:collapse\">\n");
	for (size_t i = 0; i < n; i++) {
		if (rows[i].value == h->frame->payment->amount)
			continue; /* stands above, large */
		str_puts(h->out,
		    "<tr><th scope=\"row\" style=\"text-align:left;"
		    "font-weight:normal;font-size:14px;padding:2px 16px 2px 0;"
		    "color:" MUTED "\">");
		put_escaped(h->out, rows[i].name);
		str_puts(h->out, "</th><td>");
		put_escaped(h->out, rows[i].value);
		str_puts(h->out, "</td></tr>\n");
	}
	str_puts(h->out, "</table>\n");
}

/* A button where colours are shown, and what it leads to where not. */
static void
put_button(const struct html *h)
{
	const char *link = h->frame->payment->link;
	const char *name = h->frame->labels->pay_online;

	if (mail_url_is_safe(link) && name[0] != '\0') {
		str_puts(h->out,
		    "<p style=\"margin:14px 0 0\"><a class=\"o\" href=\"");
		put_escaped(h->out, link);
		str_puts(h->out,
		    "\" style=\"display:inline-block;padding:10px 22px;"
		    "background:" ACCENT ";color:#ffffff;font-weight:bold;"
		    "text-decoration:none;border-radius:4px\">");
		put_escaped(h->out, name);
		str_puts(h->out, "</a></p>\n");
	}
	str_puts(h->out,
	    "<p style=\"margin:8px 0 0;font-size:14px;"
	    "word-break:break-all\">");
	if (mail_url_is_safe(link))
		put_link(h->out, link);
	put_escaped(h->out, link);
	str_puts(h->out, mail_url_is_safe(link) ? "</a></p>\n" : "</p>\n");
}

static void
put_payment(const struct html *h)
{
	str_puts(h->out,
	    "<div class=\"p\" style=\"margin:0 0 20px;padding:14px 18px;"
	    "background:" PANEL ";border:1px solid " LINE "\">\n"
	    "<p class=\"k\" style=\"margin:0;font-size:14px;color:" ACCENT
	    "\"><strong>");
	put_escaped(h->out, h->frame->labels->pay_title);
	str_puts(h->out,
	    "</strong></p>\n<p class=\"k\" style=\"margin:0 0 8px;"
	    "font-size:24px;color:" ACCENT "\"><strong>");
	put_escaped(h->out, h->frame->payment->amount);
	str_puts(h->out, "</strong></p>\n");
	put_payment_rows(h);
	if (h->frame->payment->link[0] != '\0')
		put_button(h);
	str_puts(h->out, "</div>\n");
}

static void
put_image(const struct html *h, const struct block *b)
{
	switch (mail_image(b)) {
	case MAIL_PAYMENT:
		put_payment(h);
		break;
	case MAIL_LINK:
		str_puts(h->out, "<div style=\"margin:0 0 20px\">\n");
		put_button(h);
		str_puts(h->out, "</div>\n");
		break;
	case MAIL_WORDS:
		str_puts(h->out, "<p style=\"margin:0 0 16px\">");
		put_escaped(h->out, b->alt);
		str_puts(h->out, "</p>\n");
		break;
	case MAIL_NOTHING:
		break;
	}
}

static void
open_list(struct html *h, const struct block *list, const char *margin)
{
	if (list->ordered)
		str_fmt(h->out, "<ol start=\"%u\"", list->start);
	else
		str_puts(h->out, "<ul");
	str_fmt(h->out, " style=\"margin:%s;padding:0 0 0 32px\">\n", margin);
}

static void put_items(struct html *h, const struct block *list);

/* The first words of an item stand at its mark, with no room below. */
static void
put_item(struct html *h, const struct block *item)
{
	const struct block *b = item->children;

	str_puts(h->out, "<li style=\"margin:0 0 4px\">");
	if (b != NULL && b->kind == BLOCK_PARAGRAPH) {
		put_spans(h->out, b->spans);
		b = b->next;
	}
	for (; b != NULL; b = b->next) {
		if (b->kind == BLOCK_LIST) {
			open_list(h, b, "4px 0 0");
			put_items(h, b);
		} else {
			put_block(h, b);
		}
	}
	str_puts(h->out, "</li>\n");
}

static void
put_items(struct html *h, const struct block *list)
{
	for (const struct block *b = list->children; b != NULL; b = b->next)
		put_item(h, b);
	str_puts(h->out, list->ordered ? "</ol>\n" : "</ul>\n");
}

static void
put_heading(struct html *h, const struct block *b)
{
	static const int sizes[] = { 20, 18, 16 }; /* px */
	unsigned level = b->level > 3 ? 3 : b->level;

	str_fmt(h->out,
	    "<h%u class=\"k\" style=\"margin:24px 0 8px;font-size:%dpx;"
	    "color:" ACCENT "\">",
	    level, sizes[level - 1]);
	put_spans(h->out, b->spans);
	str_fmt(h->out, "</h%u>\n", level);
}

static void
put_block(struct html *h, const struct block *b)
{
	switch (b->kind) {
	case BLOCK_PARAGRAPH:
		str_puts(h->out, "<p style=\"margin:0 0 16px\">");
		put_spans(h->out, b->spans);
		str_puts(h->out, "</p>\n");
		break;
	case BLOCK_HEADING:
		put_heading(h, b);
		break;
	case BLOCK_QUOTE:
		str_puts(h->out,
		    "<blockquote class=\"m\" style=\"margin:0 0 16px;"
		    "padding:0 0 0 14px;border-left:3px solid " LINE
		    ";color:" MUTED "\">\n");
		put_blocks(h, b->children);
		str_puts(h->out, "</blockquote>\n");
		break;
	case BLOCK_LIST:
		open_list(h, b, "0 0 16px");
		put_items(h, b);
		break;
	case BLOCK_RULE:
		str_puts(h->out,
		    "<hr style=\"margin:24px 0;border:0;"
		    "border-top:1px solid " LINE "\">\n");
		break;
	case BLOCK_TABLE:
		put_table(h->out, b);
		break;
	case BLOCK_IMAGE:
		put_image(h, b);
		break;
	case BLOCK_ROOT:
	case BLOCK_LIST_ITEM:
	case BLOCK_ROW:
	case BLOCK_CELL:
		break;
	}
}

static void
put_blocks(struct html *h, const struct block *b)
{
	for (; b != NULL; b = b->next)
		put_block(h, b);
}

/*
 * What an inbox shows beside the subject: what is to be paid, and where from
 * it will be known. Nobody sees it in the mail itself.
 */
static void
put_preheader(const struct html *h)
{
	const struct payment_block *p = h->frame->payment;
	const struct labels *l = h->frame->labels;

	str_puts(h->out,
	    "<div style=\"display:none;max-height:0;overflow:hidden;"
	    "mso-hide:all\">");
	put_escaped(h->out, l->amount);
	str_puts(h->out, " ");
	put_escaped(h->out, p->amount);
	if (p->reference[0] != '\0') {
		str_puts(h->out, " · ");
		put_escaped(h->out, l->reference);
		str_puts(h->out, " ");
		put_escaped(h->out, p->reference);
	}
	str_puts(h->out, "</div>\n");
}

static void
put_head(const struct html *h, bool asks)
{
	str_puts(h->out, "<!DOCTYPE html>\n<html lang=\"");
	put_escaped(h->out, h->frame->lang);
	str_puts(h->out,
	    "\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<meta name=\"supported-color-schemes\" content=\"light dark\">\n"
	    "<title>");
	put_escaped(h->out, h->frame->subject);
	str_puts(h->out, "</title>\n");
	str_puts(h->out, STYLE);
	str_puts(h->out,
	    "</head>\n"
	    "<body style=\"margin:0;padding:0;background:#ffffff\">\n");
	if (asks)
		put_preheader(h);
	str_puts(h->out,
	    "<div class=\"b\" style=\"max-width:640px;margin:0 auto;"
	    "padding:24px 16px;font-size:16px;line-height:1.5;color:#000000;" FONT
	    "\">\n<p class=\"k\" style=\"margin:0 0 24px;font-size:20px;"
	    "color:" ACCENT "\"><strong>");
	put_escaped(h->out, h->frame->sender);
	str_puts(h->out, "</strong></p>\n");
}

static void
put_footer(const struct html *h)
{
	const char *attached = h->frame->labels->attached;

	str_puts(h->out,
	    "<div class=\"m\" style=\"margin:32px 0 0;padding:12px 0 0;"
	    "font-size:13px;border-top:1px solid " LINE ";color:" MUTED
	    "\">\n");
	if (attached[0] != '\0') {
		str_puts(h->out, "<p style=\"margin:0 0 8px\">");
		put_escaped(h->out, attached);
		str_puts(h->out, "</p>\n");
	}
	str_puts(h->out, "<p style=\"margin:0\">");
	for (size_t i = 0; i < h->frame->n_footer; i++) {
		if (i > 0)
			str_puts(h->out, "<br>\n");
		put_escaped(h->out, h->frame->footer[i]);
	}
	str_puts(h->out, "</p>\n</div>\n");
}

void
mail_html(const struct block *root, const struct mail_frame *f, struct str *out)
{
	struct html h = { .frame = f, .out = out };
	bool asks = false;

	for (const struct block *b = root->children; b != NULL; b = b->next)
		asks |= b->kind == BLOCK_IMAGE && mail_image(b) == MAIL_PAYMENT;
	put_head(&h, asks);
	put_blocks(&h, root->children);
	put_footer(&h);
	str_puts(out, "</div>\n</body>\n</html>\n");
}
