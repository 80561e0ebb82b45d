#include "report/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

#define CELL_MAX_BYTES 4096

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
	arena_free(t->arena);
}

void
table_cell(struct table *t, const char *text)
{
	struct str s;

	str_init(&s, CELL_MAX_BYTES);
	str_put_visible(&s, text);
	t->cells = mem_grow(t->cells, &t->cap, t->n + 1, sizeof(*t->cells));
	t->cells[t->n++] = arena_str(t->arena, s.p);
	str_done(&s);
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

static void
print_row(const struct table *t, size_t first, const size_t *width, FILE *out)
{
	for (size_t c = 0; c < t->columns; c++) {
		const char *cell = t->cells[first + c];
		int pad = (int)(width[c] - utf8_count(cell));
		bool last = c + 1 == t->columns;

		if (t->right[c] == '>')
			(void)fprintf(out, "%*s%s", pad, "", cell);
		else
			(void)fprintf(out, "%s%*s", cell, last ? 0 : pad, "");
		(void)fputs(last ? "\n" : "  ", out);
	}
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
		for (size_t k = 0; k < total; k++)
			(void)fputc('-', out);
		(void)fputc('\n', out);
	}
}
