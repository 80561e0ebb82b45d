#include <string.h>

#include "letter/mail_parts.h"

#define COLUMNS   ((size_t)76)
#define NARROWEST ((size_t)24) /* however deep lists and quotes go */
#define GAP       ((size_t)2)  /* between columns */
#define NAME_MOST ((size_t)28) /* a longer name has its value below it */
#define BYTES     ((size_t)1 << 24)

/* A part of the mail on its way: words, and how wide they may run. */
struct text {
	const struct mail_frame *frame;
	struct arena *arena; /* for what is written twice */
	size_t columns;
	struct str *out;
};

static void put_blocks(struct text *t, const struct block *b);

static size_t
width_of(const char *s)
{
	return mail_width(s, strlen(s));
}

static void
put_fill(struct str *out, char c, size_t n)
{
	while (n-- > 0)
		str_putc(out, c);
}

/*
 * Words from column `hang` on, where following lines begin too. Lines break
 * at plain spaces only: a no-break space holds, an address stays whole.
 */
static void
put_wrapped(struct text *t, const char *words, size_t hang)
{
	size_t column = hang;
	bool start = true;

	for (;;) {
		size_t n = strcspn(words, " \n");
		size_t width = mail_width(words, n);
		bool ended = words[n] == '\n';

		if (n > 0 && !start && column + 1 + width > t->columns) {
			str_putc(t->out, '\n');
			put_fill(t->out, ' ', hang);
			column = hang;
		} else if (n > 0 && !start) {
			str_putc(t->out, ' ');
			column++;
		}
		str_put(t->out, words, n);
		column += width;
		start = ended || (start && n == 0);
		if (words[n] == '\0')
			break;
		if (ended) {
			str_putc(t->out, '\n');
			put_fill(t->out, ' ', hang);
			column = hang;
		}
		words += n + 1;
	}
	str_putc(t->out, '\n');
}

/* Whether the words say the address already. */
static bool
says(const char *words, const char *url)
{
	return strcmp(words, url) == 0 ||
	    (strncmp(url, "mailto:", 7) == 0 && strcmp(words, url + 7) == 0);
}

/* Spans as words, each link followed by its address. */
static const char *
words_of(const struct text *t, const struct span *s)
{
	const char *words;
	struct str all;
	size_t link = 0;

	str_init(&all, BYTES);
	for (; s != NULL; s = s->next) {
		str_puts(&all, s->text);
		if (s->next != NULL && s->next->url == s->url)
			continue;
		if (s->url != NULL && !says(all.p + link, s->url))
			str_fmt(&all, " (%s)", s->url);
		link = all.len;
	}
	words = arena_str(t->arena, all.p);
	str_done(&all);
	return words;
}

/* Names in a column, values beside them. */
static void
put_rows(struct text *t, const struct mail_row *rows, size_t n)
{
	size_t most = 0;

	for (size_t i = 0; i < n; i++) {
		size_t width = width_of(rows[i].name);

		if (width > most && width <= NAME_MOST)
			most = width;
	}
	for (size_t i = 0; i < n; i++) {
		size_t width = width_of(rows[i].name);

		str_puts(t->out, rows[i].name);
		if (width > most) {
			str_putc(t->out, '\n');
			width = 0;
		}
		put_fill(t->out, ' ', most + GAP - width);
		put_wrapped(t, rows[i].value, most + GAP);
	}
}

static void
put_payment(struct text *t)
{
	struct mail_row rows[MAIL_PAYMENT_ROWS];
	size_t n = mail_payment(t->frame, rows);

	if (t->frame->labels->pay_title[0] != '\0')
		str_fmt(t->out, "%s\n\n", t->frame->labels->pay_title);
	put_rows(t, rows, n);
	if (t->frame->payment->link[0] != '\0')
		str_fmt(t->out, "\n%s\n%s\n", t->frame->labels->pay_online,
		    t->frame->payment->link);
}

/* ---- tables ---- */

static size_t
count(const struct block *b)
{
	size_t n = 0;

	for (; b != NULL; b = b->next)
		n++;
	return n;
}

/* A cell is one line, whatever breaks it has. */
static const char *
cell_words(const struct text *t, const struct block *cell)
{
	char *words = arena_str(t->arena, words_of(t, cell->spans));

	for (char *p = words; *p != '\0'; p++)
		if (*p == '\n')
			*p = ' ';
	return words;
}

/* Widths of the columns; returns the width of the table. */
static size_t
measure(const struct text *t, const struct block *table, size_t *widths)
{
	size_t all = 0;

	for (const struct block *r = table->children; r != NULL; r = r->next) {
		const struct block *c = r->children;

		for (size_t i = 0; c != NULL; c = c->next, i++) {
			size_t width = width_of(cell_words(t, c));

			if (width > widths[i])
				widths[i] = width;
		}
	}
	for (size_t i = 0; i < count(table->children->children); i++)
		all += widths[i] + (i > 0 ? GAP : 0);
	return all;
}

/* Spaces are owed until words follow, so that no line ends in spaces. */
static void
put_columns(struct text *t, const struct block *row, const size_t *widths)
{
	size_t owed = 0, i = 0;

	for (const struct block *c = row->children; c != NULL; c = c->next) {
		const char *words = cell_words(t, c);
		size_t room = widths[i++] - width_of(words), left = 0;

		if (c->align == ALIGN_RIGHT)
			left = room;
		else if (c->align == ALIGN_CENTER)
			left = room / 2;
		if (words[0] != '\0') {
			put_fill(t->out, ' ', owed + left);
			str_puts(t->out, words);
			owed = room - left + GAP;
		} else {
			owed += room + GAP;
		}
	}
	str_putc(t->out, '\n');
	for (size_t k = 0; row->header && k < i; k++) {
		put_fill(t->out, ' ', k > 0 ? GAP : 0);
		put_fill(t->out, '-', widths[k]);
	}
	if (row->header)
		str_putc(t->out, '\n');
}

/* A row of a table that is too wide: name and value below each other. */
static void
put_record(struct text *t, const struct block *head, const struct block *row)
{
	size_t n = 0;
	const struct block *h = head->children;
	struct mail_row *rows =
	    arena_array(t->arena, count(row->children), sizeof(*rows));

	for (const struct block *c = row->children; c != NULL && h != NULL;
	     c = c->next, h = h->next) {
		rows[n] =
		    (struct mail_row){ cell_words(t, h), cell_words(t, c) };
		if (rows[n].value[0] != '\0')
			n++;
	}
	put_rows(t, rows, n);
}

static void
put_table(struct text *t, const struct block *table)
{
	const struct block *head = table->children;
	size_t *widths;

	widths = arena_array(t->arena, count(head->children), sizeof(*widths));
	if (measure(t, table, widths) <= t->columns || head->next == NULL) {
		for (const struct block *r = head; r != NULL; r = r->next)
			put_columns(t, r, widths);
		return;
	}
	for (const struct block *r = head->next; r != NULL; r = r->next) {
		if (r != head->next)
			str_putc(t->out, '\n');
		put_record(t, head, r);
	}
}

/* ---- blocks ---- */

/* Blocks behind a margin: `first` before the first line, then `rest`. */
static void
put_behind(struct text *t, const struct block *b, const char *first,
    const char *rest)
{
	size_t margin = width_of(first);
	const char *line, *before = first;
	struct str inner;
	struct text in = *t;

	str_init(&inner, BYTES);
	in.out = &inner;
	in.columns =
	    t->columns > NARROWEST + margin ? t->columns - margin : NARROWEST;
	put_blocks(&in, b);
	line = inner.p;
	do {
		size_t n = strcspn(line, "\n");

		str_puts(t->out, before);
		str_put(t->out, line, n);
		while (t->out->len > 0 && t->out->p[t->out->len - 1] == ' ')
			t->out->len--;
		str_putc(t->out, '\n');
		line += n + (line[n] == '\n');
		before = rest;
	} while (*line != '\0');
	str_done(&inner);
}

static void
put_list(struct text *t, const struct block *list)
{
	unsigned number = list->start;

	for (const struct block *b = list->children; b != NULL; b = b->next) {
		const char *first = list->ordered
		    ? arena_fmt(t->arena, "%u. ", number++)
		    : "- ";
		char *rest = arena_str(t->arena, first);

		memset(rest, ' ', strlen(rest));
		put_behind(t, b->children, first, rest);
	}
}

static void
put_image(struct text *t, const struct block *b)
{
	switch (mail_image(b)) {
	case MAIL_PAYMENT:
		put_payment(t);
		break;
	case MAIL_LINK:
		put_wrapped(t, t->frame->payment->link, 0);
		break;
	case MAIL_WORDS:
		put_wrapped(t, b->alt, 0);
		break;
	case MAIL_NOTHING:
		break;
	}
}

static void
put_block(struct text *t, const struct block *b)
{
	switch (b->kind) {
	case BLOCK_PARAGRAPH:
	case BLOCK_HEADING:
		put_wrapped(t, words_of(t, b->spans), 0);
		break;
	case BLOCK_QUOTE:
		put_behind(t, b->children, "> ", "> ");
		break;
	case BLOCK_LIST:
		put_list(t, b);
		break;
	case BLOCK_RULE:
		put_fill(t->out, '-', NARROWEST);
		str_putc(t->out, '\n');
		break;
	case BLOCK_TABLE:
		put_table(t, b);
		break;
	case BLOCK_IMAGE:
		put_image(t, b);
		break;
	case BLOCK_ROOT:
	case BLOCK_LIST_ITEM:
	case BLOCK_ROW:
	case BLOCK_CELL:
		break;
	}
}

static void
put_blocks(struct text *t, const struct block *b)
{
	bool first = true;

	for (; b != NULL; b = b->next) {
		if (b->kind == BLOCK_IMAGE && mail_image(b) == MAIL_NOTHING)
			continue;
		if (!first)
			str_putc(t->out, '\n');
		put_block(t, b);
		first = false;
	}
}

void
mail_text(const struct block *root, const struct mail_frame *f, struct str *out)
{
	struct text t = {
		.frame = f,
		.arena = arena_new(),
		.columns = COLUMNS,
		.out = out,
	};

	put_blocks(&t, root->children);
	if (f->labels->attached[0] != '\0') {
		str_putc(out, '\n');
		put_wrapped(&t, f->labels->attached, 0);
	}
	/* The mark of a signature: mail programs set it apart. */
	if (f->n_footer > 0)
		str_puts(out, "\n-- \n");
	for (size_t i = 0; i < f->n_footer; i++)
		put_wrapped(&t, f->footer[i], 0);
	arena_free(t.arena);
}
