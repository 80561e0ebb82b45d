#include "letter/bidi.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>

#include "base/str.h"
#include "base/utf8.h"

#define LEFT_MARK  "\u200e"
#define FIRST_BYTE 0xd6 /* of U+0590; what runs to the left is above */

enum direction {
	NONE,
	LEFT,
	RIGHT
};

/* Which way a letter makes its text run; figures and points do not. */
static enum direction
direction_of(uint32_t c)
{
	switch ((int)u_charDirection((UChar32)c)) {
	case U_LEFT_TO_RIGHT:
		return RIGHT;
	case U_RIGHT_TO_LEFT:
	case U_RIGHT_TO_LEFT_ARABIC:
		return LEFT;
	default: /* of ICU's many classes */
		return NONE;
	}
}

bool
bidi_turns(const char *text)
{
	while (*text != '\0') {
		if ((unsigned char)*text < FIRST_BYTE)
			text++;
		else if (direction_of(utf8_next(&text)) == LEFT)
			return true;
	}
	return false;
}

const char *
bidi_lines(const char *text, struct arena *a)
{
	const char *all = "";

	if (!bidi_turns(text))
		return text;
	for (;;) {
		size_t n = strcspn(text, "\n");
		const char *line = arena_strn(a, text, n);

		all = bidi_turns(line)
		    ? arena_fmt(a, "%s" BIDI_OPEN "%s" BIDI_CLOSE, all, line)
		    : arena_fmt(a, "%s%s", all, line);
		if (text[n] == '\0')
			return all;
		all = arena_fmt(a, "%s\n", all);
		text += n + 1;
	}
}

const char *
bidi_numbers(const char *text, struct arena *a)
{
	uint32_t c, before = ' ';
	const char *numbers;
	struct str s;

	str_init(&s, 4 * strlen(text) + 1);
	while ((c = utf8_next(&text)) != 0) {
		if (u_isdigit((UChar32)c) && !u_isalnum((UChar32)before))
			str_puts(&s, LEFT_MARK);
		utf8_put(&s, c);
		before = c;
	}
	numbers = arena_strn(a, s.p, s.len);
	str_done(&s);
	return numbers;
}

static bool
is_isolate(uint32_t c)
{
	return c >= 0x2066 && c <= 0x2069;
}

bool
bidi_is_control(uint32_t c)
{
	return is_isolate(c) || c == 0x200e || c == 0x200f || c == 0x061c;
}

bool
bidi_paragraph(const char *text, const char *lang)
{
	enum direction d;
	size_t depth = 0;
	uint32_t c;

	while ((c = utf8_next(&text)) != 0) {
		if (is_isolate(c) && c != 0x2069)
			depth++;
		else if (c == 0x2069 && depth > 0)
			depth--;
		else if (depth == 0 && !bidi_is_control(c) &&
		    (d = direction_of(c)) != NONE)
			return d == LEFT;
	}
	return uloc_isRightToLeft(lang);
}
