#include "letter/missing.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.h"
#include "letter/bidi.h"

#define SUPPLEMENT 0x20000 /* rare Chinese characters begin here */
#define WORD_MOST  80      /* bytes looked at on either side */

bool
missing_is_private(uint32_t c)
{
	return u_charType((UChar32)c) == U_PRIVATE_USE_CHAR;
}

/* What to install for a character, or "". */
static const char *
package_for(uint32_t c)
{
	UErrorCode status = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript((UChar32)c, &status);

	if (missing_is_private(c) || !u_isdefined((UChar32)c) ||
	    U_FAILURE(status))
		return "";
	if (script == USCRIPT_HAN && c >= SUPPLEMENT)
		return "fonts-hanazono";
	if (script == USCRIPT_HAN || script == USCRIPT_HIRAGANA ||
	    script == USCRIPT_KATAKANA || script == USCRIPT_HANGUL ||
	    script == USCRIPT_BOPOMOFO)
		return "fonts-noto-cjk";
	return script == USCRIPT_COMMON ? "fonts-symbola"
					: "a font that has it";
}

static bool
ends_word(const char *p)
{
	uint32_t c = utf8_next(&p);

	return c == ' ' || c == '\n' || bidi_is_control(c);
}

/* The word at p, as far as it may be told; returns its length. */
static size_t
find_word(const struct source *src, const char *p, const char **from)
{
	const char *to = p, *before;

	for (*from = p; *from > src->text; *from = before) {
		before = g_utf8_prev_char(*from);
		if (ends_word(before) || p - before > WORD_MOST)
			break;
	}
	while (*to != '\0' && !ends_word(to) && to - p < WORD_MOST)
		(void)utf8_next(&to);
	return (size_t)(to - *from);
}

static bool
has_digit(const char *p, size_t n)
{
	const char *end = p + n;

	while (p < end)
		if (u_isdigit((UChar32)utf8_next(&p)))
			return true;
	return false;
}

int
missing_note(struct build *b, const struct source *src, size_t at,
    struct err *e)
{
	const char *p = src->text + at, *word;
	size_t n = find_word(src, p, &word);
	uint32_t c = utf8_next(&p);
	const char *package = package_for(c);
	const char *what = arena_fmt(b->arena, "%s '%.*s' (U+%04X) of '%.*s'",
	    missing_is_private(c) ? "nobody else knows the private character"
				  : "no installed font has the character",
	    (int)(p - src->text - (ptrdiff_t)at), src->text + at, c, (int)n,
	    word);
	const char *remedy = package[0]
	    ? arena_fmt(b->arena, "install %s, or write it otherwise", package)
	    : "write it otherwise";

	if (!b->boxes || has_digit(word, n))
		return err_set(e, ERR_DATA, "%s; %s", what, remedy);
	build_warn(b, c,
	    arena_fmt(b->arena, "%s, a box stands for it; %s", what, remedy));
	return 0;
}
