#include "report/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define CELL_MAX_BYTES ((size_t)4096)
#define ROW_MAX_BYTES  (CELL_MAX_BYTES * TABLE_COLUMNS * 4)

void
table_init(struct table *t, const char *right)
{
	*t = (struct table){ .right = right, .columns = strlen(right) };
	assert(t->columns <= TABLE_COLUMNS);
	t->arena = arena_new();
}

void
table_done(struct table *t)
{
	free(t->cells);
	free(t->notes);
	arena_free(t->arena);
}

static const char *
visible(struct table *t, const char *text)
{
	const char *copy;
	struct str s;

	str_init(&s, CELL_MAX_BYTES);
	str_put_visible(&s, text);
	copy = arena_str(t->arena, s.p);
	str_done(&s);
	return copy;
}

void
table_cell(struct table *t, const char *text)
{
	t->cells = mem_grow(t->cells, &t->cap, t->n + 1, sizeof(*t->cells));
	t->cells[t->n++] = visible(t, text);
}

void
table_note(struct table *t, const char *text)
{
	assert(t->n > 0 && t->n % t->columns == 0);
	t->notes = mem_grow(t->notes, &t->notes_cap, t->n_notes + 1,
	    sizeof(*t->notes));
	t->notes[t->n_notes++] = (struct table_note){ t->n, visible(t, text) };
}

void
table_short_cell(struct table *t, const char *text, size_t width)
{
	const char *end = text;

	if (utf8_count(text) <= width) {
		table_cell(t, text);
		return;
	}
	for (size_t i = 0; i + 1 < width; i++)
		(void)utf8_next(&end);
	table_cell(t, arena_fmt(t->arena, "%.*s…", (int)(end - text), text));
}

/* Words from column `left` on, where following lines begin too. */
static void
put_words(const char *words, size_t left, struct str *out)
{
	size_t column = left;

	for (;;) {
		size_t n = strcspn(words, " ");
		size_t width = 0;

		for (const char *p = words; p < words + n; width++)
			(void)utf8_next(&p);
		if (column > left && column + 1 + width > TABLE_WIDTH) {
			str_fmt(out, "\n%*s", (int)left, "");
			column = left;
		} else if (column > left) {
			str_putc(out, ' ');
			column++;
		}
		str_put(out, words, n);
		column += width;
		if (words[n] == '\0')
			break;
		words += n + 1;
	}
}

/* Without the blanks of empty last cells. */
static void
print_line(struct str *s, FILE *out)
{
	while (s->len > 0 && s->p[s->len - 1] == ' ')
		s->len--;
	(void)fwrite(s->p, 1, s->len, out);
	(void)fputc('\n', out);
	str_clear(s);
}

static void
print_row(const struct table *t, size_t first, const size_t *width, FILE *out)
{
	size_t column = 0;
	struct str s;

	str_init(&s, ROW_MAX_BYTES);
	for (size_t c = 0; c + 1 < t->columns; c++) {
		const char *cell = t->cells[first + c];
		int pad = (int)(width[c] - utf8_count(cell));

		if (t->right[c] == '>')
			str_fmt(&s, "%*s%s  ", pad, "", cell);
		else
			str_fmt(&s, "%s%*s  ", cell, pad, "");
		column += width[c] + 2;
	}
	put_words(t->cells[first + t->columns - 1], column, &s);
	print_line(&s, out);
	for (size_t i = 0; i < t->n_notes; i++) {
		if (t->notes[i].after != first + t->columns)
			continue;
		str_fmt(&s, "%*s", (int)width[0] + 2, "");
		put_words(t->notes[i].text, width[0] + 2, &s);
		print_line(&s, out);
	}
	str_done(&s);
}

void
table_print(const struct table *t, FILE *out)
{
	size_t width[TABLE_COLUMNS] = { 0 };
	size_t total = 2 * (t->columns - 1);

	for (size_t i = 0; i < t->n; i++) {
		size_t n = utf8_count(t->cells[i]);

		if (n > width[i % t->columns])
			width[i % t->columns] = n;
	}
	for (size_t c = 0; c < t->columns; c++)
		total += width[c];
	for (size_t i = 0; i + t->columns <= t->n; i += t->columns) {
		print_row(t, i, width, out);
		if (i > 0)
			continue;
		for (size_t k = 0; k < total && k < TABLE_WIDTH; k++)
			(void)fputc('-', out);
		(void)fputc('\n', out);
	}
}
