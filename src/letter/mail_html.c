#include <string.h>

#include "letter/mail_parts.h"

#define FONT  "font-family:Helvetica,Arial,sans-serif"
#define CELL  "padding:6px 8px;border-bottom:1px solid #d8d8d4;"
#define MUTED "color:#55554f"

struct html {
	const struct mail_frame *frame;
	struct str *out;
};

static void put_blocks(struct html *h, const struct block *b);

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
	str_puts(out, "\" style=\"color:#0b4f8a\">");
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

static void
put_table(struct str *out, const struct block *table)
{
	static const char *const aligns[] = {
		[ALIGN_LEFT] = "left",
		[ALIGN_CENTER] = "center",
		[ALIGN_RIGHT] = "right",
	};

	str_puts(out,
	    "<table style=\"border-collapse:collapse;width:100%;"
	    "margin:0 0 16px\">\n");
	for (const struct block *r = table->children; r != NULL; r = r->next) {
		str_puts(out, "<tr>");
		for (const struct block *c = r->children; c != NULL;
		     c = c->next) {
			const char *tag = c->header ? "th" : "td";

			/* A number that breaks is read wrong. */
			str_fmt(out, "<%s%s style=\"" CELL "text-align:%s%s\">",
			    tag, c->header ? " scope=\"col\"" : "",
			    aligns[c->align],
			    c->align == ALIGN_RIGHT && !c->header
				? ";white-space:nowrap"
				: "");
			put_spans(out, c->spans);
			str_fmt(out, "</%s>", tag);
		}
		str_puts(out, "</tr>\n");
	}
	str_puts(out, "</table>\n");
}

static void
put_payment(const struct html *h)
{
	const char *link = h->frame->payment->link;
	struct mail_row rows[MAIL_PAYMENT_ROWS];
	size_t n = mail_payment(h->frame, rows);

	str_puts(h->out,
	    "<div style=\"margin:0 0 16px;padding:12px 16px;"
	    "background:#f3f5f7;border-left:4px solid #0b4f8a\">\n");
	str_puts(h->out, "<p style=\"margin:0 0 8px\"><strong>");
	put_escaped(h->out, h->frame->labels->pay_title);
	str_puts(h->out, "</strong></p>\n<table>\n");
	for (size_t i = 0; i < n; i++) {
		str_puts(h->out,
		    "<tr><th scope=\"row\" style=\"text-align:left;"
		    "font-weight:normal;padding:2px 16px 2px 0;" MUTED "\">");
		put_escaped(h->out, rows[i].name);
		str_puts(h->out, "</th><td>");
		put_escaped(h->out, rows[i].value);
		str_puts(h->out, "</td></tr>\n");
	}
	str_puts(h->out, "</table>\n");
	if (link[0] != '\0') {
		bool safe = mail_url_is_safe(link);

		str_puts(h->out, "<p style=\"margin:8px 0 0\">");
		if (safe)
			put_link(h->out, link);
		put_escaped(h->out, link);
		str_puts(h->out, safe ? "</a></p>\n" : "</p>\n");
	}
	str_puts(h->out, "</div>\n");
}

static void
put_list(struct html *h, const struct block *list)
{
	if (list->ordered)
		str_fmt(h->out, "<ol start=\"%u\">\n", list->start);
	else
		str_puts(h->out, "<ul>\n");
	for (const struct block *b = list->children; b != NULL; b = b->next) {
		str_puts(h->out, "<li>");
		put_blocks(h, b->children);
		str_puts(h->out, "</li>\n");
	}
	str_puts(h->out, list->ordered ? "</ol>\n" : "</ul>\n");
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
		str_fmt(h->out, "<h%u>", b->level);
		put_spans(h->out, b->spans);
		str_fmt(h->out, "</h%u>\n", b->level);
		break;
	case BLOCK_QUOTE:
		str_puts(h->out, "<blockquote>\n");
		put_blocks(h, b->children);
		str_puts(h->out, "</blockquote>\n");
		break;
	case BLOCK_LIST:
		put_list(h, b);
		break;
	case BLOCK_RULE:
		str_puts(h->out, "<hr>\n");
		break;
	case BLOCK_TABLE:
		put_table(h->out, b);
		break;
	case BLOCK_IMAGE:
		if (mail_is_payment(b)) {
			put_payment(h);
			break;
		}
		str_puts(h->out, "<p style=\"margin:0 0 16px\">");
		put_escaped(h->out, b->alt);
		str_puts(h->out, "</p>\n");
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

static void
put_head(const struct html *h)
{
	str_puts(h->out, "<!DOCTYPE html>\n<html lang=\"");
	put_escaped(h->out, h->frame->lang);
	str_puts(h->out,
	    "\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n<title>");
	put_escaped(h->out, h->frame->subject);
	str_puts(h->out,
	    "</title>\n</head>\n"
	    "<body style=\"margin:0;padding:0;background:#ffffff\">\n"
	    "<div style=\"max-width:640px;margin:0 auto;padding:24px 16px;"
	    "font-size:16px;line-height:1.5;color:#1c1c1a;" FONT "\">\n"
	    "<p style=\"margin:0 0 24px;font-size:18px\"><strong>");
	put_escaped(h->out, h->frame->sender);
	str_puts(h->out, "</strong></p>\n");
}

static void
put_footer(const struct html *h)
{
	str_puts(h->out,
	    "<p style=\"margin:24px 0 0;padding:12px 0 0;font-size:13px;"
	    "border-top:1px solid #d8d8d4;" MUTED "\">");
	for (size_t i = 0; i < h->frame->n_footer; i++) {
		if (i > 0)
			str_puts(h->out, "<br>\n");
		put_escaped(h->out, h->frame->footer[i]);
	}
	str_puts(h->out, "</p>\n");
}

void
mail_html(const struct block *root, const struct mail_frame *f, struct str *out)
{
	struct html h = { .frame = f, .out = out };

	put_head(&h);
	put_blocks(&h, root->children);
	put_footer(&h);
	str_puts(out, "</div>\n</body>\n</html>\n");
}
