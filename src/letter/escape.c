#include "letter/escape.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "letter/bidi.h"

#define DIGITS "0123456789"

/* LRE to RLO and LRI to PDI; marks such as U+200F turn nothing around. */
static bool
is_override(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* C0, DEL, C1 and the two separators of Unicode. */
static bool
is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
	    c == 0x2029;
}

/* As in the C locale, whatever locale is set. */
static bool
is_punctuation(char c)
{
	return (c > ' ' && c < '0') || (c > '9' && c < 'A') ||
	    (c > 'Z' && c < 'a') || (c > 'z' && c < 0x7f);
}

/* Most of a text is ASCII, and goes out in one piece. */
static bool
is_printable(char c)
{
	return c >= ' ' && c < 0x7f;
}

void
escape_line(const char *text, struct str *out)
{
	bool turns = bidi_turns(text);

	if (turns)
		str_puts(out, BIDI_OPEN);
	while (*text != '\0') {
		const char *from = text;
		uint32_t c;

		while (is_printable(*text))
			text++;
		str_put(out, from, (size_t)(text - from));
		if ((c = utf8_next(&text)) == 0)
			break;
		if (is_control(c))
			str_putc(out, ' ');
		else if (!is_override(c))
			utf8_put(out, c);
	}
	if (turns)
		str_puts(out, BIDI_CLOSE);
}

const char *
escape_plain(struct arena *a, const char *text)
{
	struct str s;
	const char *plain;

	/* A space is no longer than a control. */
	str_init(&s, strlen(BIDI_OPEN) + strlen(text) + strlen(BIDI_CLOSE));
	escape_line(text, &s);
	assert(!s.over);
	plain = arena_strn(a, s.p, s.len);
	str_done(&s);
	return plain;
}

void
escape_html(const char *text, struct str *out)
{
	static const char *const references[] = {
		['&'] = "&amp;",
		['"'] = "&quot;",
		['<'] = "&lt;",
		['>'] = "&gt;",
	};
	const size_t n = sizeof(references) / sizeof(references[0]);

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < n && references[c] != NULL)
			str_puts(out, references[c]);
		else
			str_putc(out, *text);
	}
}

/*
 * CommonMark 2.4: a backslash before any ASCII punctuation makes it text.
 * 2.5: a numeric reference is text and never structure, which saves spaces
 * at either end (an indent, a hard break) and a bare number, which the
 * template may follow with ". " at the start of a line.
 */
void
escape_markdown(const char *text, struct str *out)
{
	struct str line;
	bool number;

	str_init(&line, strlen(BIDI_OPEN) + strlen(text) + strlen(BIDI_CLOSE));
	escape_line(text, &line);
	number = line.p[strspn(line.p, DIGITS)] == '\0';
	for (size_t i = 0; i < line.len; i++) {
		char c = line.p[i];
		bool first = i == 0, last = i == line.len - 1;

		if ((c == ' ' && (first || last)) || (number && first))
			str_fmt(out, "&#%d;", c);
		else if (is_punctuation(c))
			str_put(out, (const char[]){ '\\', c }, 2);
		else
			str_putc(out, c);
	}
	str_done(&line);
}
