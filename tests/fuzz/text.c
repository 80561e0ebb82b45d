/* Texts and pages of fuzz.h. */
#include <string.h>

#include "fuzz.h"

#define PICK(c, table) \
	((table)[chance_below((c), sizeof(table) / sizeof((table)[0]))])

/* A letter can have these; what is wrong comes one at a time. */
static const char *const good_tags[] = {
	"{{debtor.name}}",
	"{{notice.date}}",
	"{{notice.date.short}}",
	"**{{totals.open}}**",
	"{{{totals.open}}}",
	"{{&totals.open.raw}}",
	"{{payment.reference}}",
	"{{creditor.name}}",
	"{{#debtor.lines}}{{.}} {{/debtor.lines}}",
	"{{#invoices}}{{number}} {{due.short}}, {{/invoices}}",
	"{{#invoices}}\n- {{number}}: {{open}}\n{{/invoices}}",
	"{{#creditor.phone}}*{{.}}*{{/creditor.phone}}",
	"{{^creditor.phone}}none{{/creditor.phone}}",
	"{{#invoices}}{{#invoices}}{{number}}{{/invoices}}{{/invoices}}",
	"{{! comment\nof lines }}",
	"{{=<% %>=}}<%debtor.name%><%={{ }}=%>",
	"{{>wide}}",
};

static const char *const bad_tags[] = {
	"{{debtor.lines}}",
	"{{.}}",
	"{{#invoices}}",
	"{{/invoices}}",
	"{{^creditor.phone}}",
	"{{#totals.paid}}",
	"{{/totals.paid}}",
	"{{#debtor}}",
	"{{/debtor}}",
	"{{=<% %>=}}",
	"{{=[ ]=}}",
	"{{==}}",
	"{{= =}}",
	"{{>loop}}",
	"{{>loop-a}}",
	"{{>loop-rows}}",
	"{{>none}}",
	"{{>../../etc/passwd}}",
	"{{",
	"}}",
	"{{{",
	"}}}",
	"{{}}",
	"{{#}}",
	"{{a..b}}",
	"{{a.b.c.d.e.f.g.h.i.j.k}}",
	"{{unknown}}",
	"{{#unknown}}",
};

static const char *const good_marks[] = {
	"**",
	"*",
	"_",
	"`",
	"~~",
	"[",
	"](https://example.com)",
	"](javascript:alert(1))",
	"](mailto:a@example.com)",
	"](<",
	"]: ",
	"<https://example.com>",
	"\\\n",
	"  \n",
	"\n",
	"\n\n",
	"\n> ",
	"\n- ",
	"\n1. ",
	"\n999999999. ",
	"\n    ",
	"\n# ",
	"\n###### ",
	"\n---\n",
	"\n```\n",
	"\n| a | b |\n|:--|--:|\n",
	"|",
	"\n\n![Payer](qr:epc)\n\n",
	"&#x202e;",
};

static const char *const bad_marks[] = {
	"![x](qr:epc)",
	"![](qr:epc)",
	"\n\n![Logo](logo:)\n\n",
	"\n\n![Signature](signature:)\n\n",
	"\n\n![Lien](qr:link)\n\n",
	"\n999999999. ",
	"\n\n![x](none.png)\n\n",
	"\n\n![x](/dev/zero)\n\n",
	"\n\n![x](../../../etc/passwd)\n\n",
	"\n\n![x](https://example.com/x.png)\n\n",
	"\n\n![x](qr:unknown)\n\n",
	"\xff",
	"\xc3",
	"\xed\xa0\x80",
	"\xf4\x90\x80\x80",
};

static void
put_words(struct chance *c, size_t most, struct str *out)
{
	size_t n = 1 + chance_below(c, most);

	while (n-- > 0) {
		if (chance_once_in(c, 12))
			str_puts(out, PICK(c, good_tags));
		else if (chance_once_in(c, 30))
			str_puts(out, PICK(c, good_marks));
		else
			fuzz_put_word(c, out);
		str_putc(out, ' ');
	}
}

static void
put_table(struct chance *c, struct str *out)
{
	size_t columns = 1 + chance_below(c, chance_once_in(c, 20) ? 130 : 9);
	size_t rows = chance_below(c, chance_once_in(c, 20) ? 150 : 12);

	for (size_t r = 0; r < rows + 2; r++) {
		for (size_t k = 0; k < columns; k++) {
			str_puts(out, "| ");
			if (r == 1)
				str_puts(out,
				    chance_once_in(c, 2) ? "---:" : ":-:");
			else if (chance_once_in(c, 4))
				put_words(c, 6, out);
			else
				fuzz_put_word(c, out);
			if (chance_once_in(c, 40))
				break;
		}
		str_puts(out, "|\n");
	}
}

static void
put_list(struct chance *c, struct str *out)
{
	size_t n = 1 + chance_below(c, 8);
	size_t indent = 0;

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < indent; k++)
			str_putc(out, ' ');
		str_puts(out, chance_once_in(c, 2) ? "- " : "12. ");
		put_words(c, 8, out);
		str_puts(out, chance_once_in(c, 3) ? "\n\n" : "\n");
		indent += chance_below(c, 3) * 2;
		if (chance_once_in(c, 4))
			indent = 0;
	}
}

/* Many of one mark before a word: quotes in quotes, sections in sections. */
static void
put_deep(struct chance *c, struct str *out)
{
	static const char *const openings[] = { "> ", "- ", "1. ", "*", "[",
		"![", "{{#debtor}}", "{{#invoices}}", "{{^none}}", "`", "<",
		"> - " };
	static const size_t times[] = { 3, 11, 17, 100, 3000 };
	const char *opening = PICK(c, openings);
	size_t n = PICK(c, times);

	while (n-- > 0)
		str_puts(out, opening);
	fuzz_put_word(c, out);
	str_putc(out, '\n');
}

static void
put_block(struct chance *c, struct str *out)
{
	switch (chance_below(c, 12)) {
	case 0:
		put_table(c, out);
		break;
	case 1:
		put_list(c, out);
		break;
	case 2:
		str_puts(out, "> ");
		put_words(c, 40, out);
		break;
	case 3:
		str_puts(out, "## ");
		put_words(c, 10, out);
		break;
	case 4:
		str_puts(out, PICK(c, good_marks));
		break;
	case 5:
		if (chance_once_in(c, 5))
			put_deep(c, out);
		break;
	case 6:
		str_puts(out, "```\n");
		put_words(c, 30, out);
		str_puts(out, "\n```");
		break;
	case 7:
		str_puts(out, "![Payer](qr:epc)");
		break;
	default:
		put_words(c, 80, out);
		break;
	}
	str_puts(out, "\n\n");
}

void
fuzz_put_letter(struct chance *c, const char *page, struct str *out)
{
	static const char *const heads[] = { "", "data: [a, b]\n", "tone: x\n",
		"page: none\n", "page: ../x\n", "subject: 2\n",
		"data: {a: b}\n", "? [\n", "&a a: *a\n" };
	size_t n = 1 + chance_below(c, 10);

	str_puts(out, "---\nsubject: ");
	if (chance_once_in(c, 8)) {
		put_words(c, 4, out);
	} else {
		str_puts(out, "\"Rappel {{notice.invoices_label}} ");
		str_puts(out, chance_once_in(c, 4) ? "{{debtor.name}}" : "");
		str_puts(out, "\"");
	}
	str_putc(out, '\n');
	if (page[0] != '\0')
		str_fmt(out, "page: %s\n", page);
	if (chance_once_in(c, 15))
		str_puts(out, PICK(c, heads));
	str_puts(out, chance_once_in(c, 60) ? "--\n" : "---\n");
	while (n-- > 0)
		put_block(c, out);
	if (chance_once_in(c, 8))
		str_puts(out, PICK(c, bad_tags));
	if (chance_once_in(c, 8))
		str_puts(out, PICK(c, bad_marks));
}

/* ---- changes ---- */

/* Replaces n bytes at `at`. */
static void
splice(struct str *s, size_t at, size_t n, const struct str *by)
{
	struct str all;

	str_init(&all, s->max);
	str_put(&all, s->p, at);
	str_put(&all, by->p, by->len);
	str_put(&all, s->p + at + n, s->len - at - n);
	str_clear(s);
	str_put(s, all.p, all.len);
	str_done(&all);
}

/* A place in the text, more often the start of a line or of a tag. */
static size_t
place(struct chance *c, const struct str *s)
{
	size_t at = chance_below(c, s->len + 1);
	const char *found = NULL;

	if (!chance_once_in(c, 3))
		found = strpbrk(s->p + at, chance_once_in(c, 2) ? "\n" : " ");
	else if (chance_once_in(c, 3))
		found = strstr(s->p + at, "{{");
	return found != NULL ? (size_t)(found - s->p) : at;
}

static void
put_change(struct chance *c, const struct corpus *from, struct str *by)
{
	const struct shipped *other;
	size_t at;

	switch (chance_below(c, 7)) {
	case 0:
		if (chance_once_in(c, 4))
			str_puts(by, PICK(c, bad_tags));
		else
			str_puts(by, PICK(c, good_tags));
		break;
	case 1:
		if (chance_once_in(c, 5))
			str_puts(by, PICK(c, bad_marks));
		else
			str_puts(by, PICK(c, good_marks));
		break;
	case 2:
		put_words(c, 20, by);
		break;
	case 3:
		str_putc(by, (char)chance_below(c, 128));
		break;
	case 4: /* some lines of another text */
		other = &from->texts[chance_below(c, from->n_texts)];
		at = strcspn(other->text, "\n");
		at += chance_below(c, other->n - at);
		at += strcspn(other->text + at, "\n");
		str_put(by, other->text + at,
		    strcspn(other->text + at,
			chance_once_in(c, 4) ? "}" : "{"));
		break;
	case 5:
		put_block(c, by);
		break;
	default: /* nothing: what is there is taken away */
		break;
	}
}

void
fuzz_change(struct chance *c, const struct corpus *from, struct str *text)
{
	size_t times = 1 + chance_below(c, 3);
	struct str by;

	str_init(&by, text->max);
	while (times-- > 0) {
		size_t at = place(c, text), n = 0;

		if (chance_once_in(c, 4))
			n = chance_below(c, text->len - at + 1) %
			    (chance_once_in(c, 3) ? 400 : 12);
		str_clear(&by);
		put_change(c, from, &by);
		splice(text, at, n, &by);
	}
	str_done(&by);
}

static void
put_number(struct chance *c, struct str *out)
{
	static const char *const numbers[] = { "0", "-1", "0.001", "5", "20",
		"55", "90", "105", "170", "209.9", "297", "1e9", "-1e9",
		"1e308", ".nan", ".inf", "0x10", "1,5", "''", "[1, 2]", "~",
		"99999999999999999999" };

	str_puts(out, PICK(c, numbers));
}

void
fuzz_change_page(struct chance *c, struct str *page)
{
	size_t times = 1 + chance_below(c, 3);
	struct str by;

	str_init(&by, page->max);
	while (times-- > 0) {
		const char *line, *digit;
		size_t at, n = 0;

		str_clear(&by);
		line = strchr(page->p + chance_below(c, page->len), '\n');
		at = line != NULL ? (size_t)(line - page->p) + 1 : page->len;
		digit = strpbrk(page->p + at, "0123456789");
		if (chance_once_in(c, 6)) {
			n = strcspn(page->p + at, "\n");
		} else if (chance_once_in(c, 8)) {
			put_words(c, 3, &by);
		} else if (digit != NULL) {
			at = (size_t)(digit - page->p);
			n = strspn(digit, "0123456789.");
			put_number(c, &by);
		}
		splice(page, at, n, &by);
	}
	str_done(&by);
}
