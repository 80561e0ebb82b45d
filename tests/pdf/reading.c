#include "reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "doc.h"

#define TEXT_MAX  ((size_t)1 << 20)
#define WORDS_MAX ((size_t)1 << 16)

/* A text as its words. */
struct words {
	struct arena *arena;
	const char **p;
	size_t n;
};

/* ---- what the pages say ---- */

/* What a link or a change of type stands in. */
static int
block_of(const struct page_doc *d, int node)
{
	while (node > 0 &&
	    (d->nodes[node].tag == TAG_LINK || d->nodes[node].tag == TAG_SPAN))
		node = d->nodes[node].parent;
	return node;
}

static void
put_pages(const struct page_doc *d, struct str *out)
{
	int block = -1;

	for (size_t p = 0; p < d->n_pages; p++)
		for (size_t i = 0; i < d->pages[p].n_items; i++) {
			const struct page_item *item = &d->pages[p].items[i];

			if (item->kind != PAGE_TEXT)
				continue;
			if (item->node == -1 ||
			    block_of(d, item->node) != block)
				str_putc(out, '\n');
			block = block_of(d, item->node);
			for (size_t k = 0; k < item->n_runs; k++)
				str_put(out, item->runs[k].text,
				    item->runs[k].text_len);
		}
}

/* ---- from right to left ---- */

static bool
is_leftward(uint32_t c)
{
	return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) ||
	    (c >= 0xfe70 && c <= 0xfefc);
}

/* U+200E, U+200F and the embeddings that pdftotext puts around such words. */
static bool
is_mark(uint32_t c)
{
	return c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e);
}

static bool
has_leftward(const char *text)
{
	uint32_t c;

	while ((c = utf8_next(&text)) != 0)
		if (is_leftward(c))
			return true;
	return false;
}

/*
 * Moves what runs from right to left, and the punctuation that it turns, from
 * the text to `other`.
 */
static void
lift(struct str *text, struct str *other)
{
	const char *p = text->p;
	struct str rest;
	uint32_t c;

	str_init(&rest, TEXT_MAX);
	while ((c = utf8_next(&p)) != 0) {
		bool left = is_leftward(c);

		if (left)
			utf8_put(other, c);
		else
			str_putc(other, ' ');
		if (left || (c < 0x80 && strchr("(),.:;", (int)c) != NULL))
			str_putc(&rest, ' ');
		else if (!is_mark(c))
			utf8_put(&rest, c);
	}
	str_clear(text);
	str_put(text, rest.p, rest.len);
	str_done(&rest);
}

/* ---- words ---- */

/* Length of the white space at p, fixed spaces too. */
static size_t
blank(const char *p)
{
	static const char *const blanks[] = { " ", "\t", "\n", "\r", "\f",
		"\u00a0", "\u202f", "\u2009", "\u2028", "\u2029" };

	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++)
		if (strncmp(p, blanks[i], strlen(blanks[i])) == 0)
			return strlen(blanks[i]);
	return 0;
}

/* The next word at *p, without soft hyphens; false at the end. */
static bool
next_word(const char **p, struct str *word)
{
	size_t n;

	str_clear(word);
	while (**p != '\0' && (n = blank(*p)) > 0)
		*p += n;
	while (**p != '\0' && blank(*p) == 0) {
		if (strncmp(*p, "\u00ad", 2) == 0) {
			*p += 2;
			*p += strspn(*p, "\n"); /* it ended a line */
		} else {
			str_putc(word, *(*p)++);
		}
	}
	return word->len > 0;
}

static struct words
split(struct arena *a, const char *text)
{
	struct words w = { .arena = a,
		.p = arena_array(a, strlen(text) / 2 + 2, sizeof(*w.p)) };
	struct str word;

	str_init(&word, WORDS_MAX);
	while (next_word(&text, &word))
		w.p[w.n++] = arena_str(a, word.p);
	str_done(&word);
	return w;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A line may end within a word where nothing is added: "ci-", "https://". */
static bool
goes_on(const char *got, const char *want)
{
	size_t n = strlen(got);

	return n < strlen(want) && strncmp(got, want, n) == 0 &&
	    strchr("-/.?&=@", got[n - 1]) != NULL;
}

/* True, and a fault, at the first word that is another. */
static bool
differ(const struct words *want, const struct words *got, struct str *fault)
{
	size_t k = 0;

	for (size_t i = 0; i < want->n || k < got->n; i++, k++) {
		const char *w = i < want->n ? want->p[i] : "";
		const char *g = k < got->n ? got->p[k] : "";

		while (g[0] != '\0' && goes_on(g, w) && k + 1 < got->n)
			g = arena_fmt(want->arena, "%s%s", g, got->p[++k]);
		if (strcmp(w, g) == 0)
			continue;
		str_fmt(fault, "reads '%s' where '%s' stands, behind '%s'", g,
		    w, i > 0 && i <= want->n ? want->p[i - 1] : "");
		return true;
	}
	return false;
}

static void
compare(struct str *page, struct str *said, struct arena *a, struct str *fault)
{
	struct str page_left, said_left;
	struct words want, got;

	str_init(&page_left, TEXT_MAX);
	str_init(&said_left, TEXT_MAX);
	if (has_leftward(page->p)) {
		lift(page, &page_left);
		lift(said, &said_left);
	}
	want = split(a, page->p);
	got = split(a, said->p);
	if (!differ(&want, &got, fault)) {
		want = split(a, page_left.p);
		got = split(a, said_left.p);
		qsort(want.p, want.n, sizeof(*want.p), by_bytes);
		qsort(got.p, got.n, sizeof(*got.p), by_bytes);
		(void)differ(&want, &got, fault);
	}
	str_done(&page_left);
	str_done(&said_left);
}

void
reading_check(const char *path, const struct page_doc *d, struct str *fault)
{
	const char *const argv[] = { "pdftotext", "-raw", path, "-", NULL };
	struct arena *a = arena_new();
	struct str page, said;
	struct err e;
	int status;

	str_init(&page, TEXT_MAX);
	str_init(&said, TEXT_MAX);
	put_pages(d, &page);
	if (doc_run(argv, &said, &status, &e) != 0 || status != 0)
		str_puts(fault, "pdftotext fails");
	else
		compare(&page, &said, a, fault);
	str_done(&page);
	str_done(&said);
	arena_free(a);
}
