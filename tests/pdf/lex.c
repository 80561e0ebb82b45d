/* lex: the tokens of PDF syntax (lex.h). */
#include "lex.h"

#include <stdbool.h>
#include <string.h>

static bool
is_space(uint8_t c)
{
	return c == 0 || c == 9 || c == 10 || c == 12 || c == 13 || c == 32;
}

static bool
is_regular(uint8_t c)
{
	return !is_space(c) && strchr("()<>[]{}/%", c) == NULL;
}

static int
hex_value(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

static void
skip_space(struct lex *l)
{
	while (l->p < l->end) {
		if (*l->p == '%')
			while (l->p < l->end && *l->p != 10 && *l->p != 13)
				l->p++;
		else if (is_space(*l->p))
			l->p++;
		else
			return;
	}
}

static struct token
hex_string(struct lex *l)
{
	uint8_t *out = arena_alloc(l->arena, (size_t)(l->end - l->p) / 2 + 1);
	size_t digits = 0;
	int v;

	for (; l->p < l->end && *l->p != '>'; l->p++) {
		if ((v = hex_value(*l->p)) < 0)
			continue;
		out[digits / 2] |= (uint8_t)(digits % 2 == 0 ? v << 4 : v);
		digits++;
	}
	if (l->p < l->end)
		l->p++;
	return (struct token){
		.kind = TOKEN_STRING, .bytes = out, .n = (digits + 1) / 2
	};
}

/* The character behind a backslash; -1 for an escaped end of line. */
static int
escape(struct lex *l)
{
	static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
	uint8_t c = *l->p++;
	const char *at;
	int v, digits;

	if (c >= '0' && c <= '7') {
		v = c - '0';
		for (digits = 1; digits < 3 && l->p < l->end && *l->p >= '0' &&
		     *l->p <= '7';
		     digits++)
			v = v * 8 + (*l->p++ - '0');
		return v & 255;
	}
	if (c == 13 && l->p < l->end && *l->p == 10)
		l->p++;
	if (c == 13 || c == 10)
		return -1;
	at = c != 0 ? strchr(from, c) : NULL;
	return at != NULL ? to[at - from] : c;
}

/* Bytes up to the parenthesis that closes a literal string. */
static size_t
literal_length(const struct lex *l)
{
	const uint8_t *q;
	int depth = 1;

	for (q = l->p; q < l->end; q++) {
		if (*q == '\\' && q + 1 < l->end)
			q++;
		else if (*q == '(')
			depth++;
		else if (*q == ')' && --depth == 0)
			break;
	}
	return (size_t)(q - l->p);
}

static struct token
literal_string(struct lex *l)
{
	size_t left = literal_length(l), n = 0;
	uint8_t *out = arena_alloc(l->arena, left + 1);
	const uint8_t *close = l->p + left;
	int c;

	while (l->p < close) {
		c = *l->p++;
		if (c == '\\' && l->p < close)
			c = escape(l);
		if (c >= 0)
			out[n++] = (uint8_t)c;
	}
	if (l->p < l->end)
		l->p++;
	return (struct token){ .kind = TOKEN_STRING, .bytes = out, .n = n };
}

static struct token
number_or_word(const char *text)
{
	struct token t = { .kind = TOKEN_WORD, .text = text };
	const char *s = text + (*text == '-' || *text == '+');
	bool digits = false, point = false;

	for (; *s != '\0'; s++) {
		if (*s == '.' && !point) {
			point = true;
			continue;
		}
		if (*s < '0' || *s > '9')
			return t;
		digits = true;
		if (!point && t.whole < 1000000000)
			t.whole = t.whole * 10 + (*s - '0');
	}
	if (!digits)
		return t;
	t.kind = TOKEN_NUMBER;
	if (*text == '-')
		t.whole = -t.whole;
	return t;
}

static struct token
run_of_regulars(struct lex *l, bool name)
{
	const uint8_t *from = l->p;
	char *text, *out;
	const char *s;
	int high;

	if (name || !is_regular(*l->p))
		l->p++; /* the slash; or a stray delimiter, a word of its own */
	if (name || is_regular(*from))
		while (l->p < l->end && is_regular(*l->p))
			l->p++;
	text = arena_strn(l->arena, (const char *)from, (size_t)(l->p - from));
	if (!name)
		return number_or_word(text);
	for (s = out = text; *s != '\0'; s++) { /* #2F is a slash */
		if (*s == '#' && (high = hex_value((uint8_t)s[1])) >= 0 &&
		    hex_value((uint8_t)s[2]) >= 0) {
			*out++ = (char)(high * 16 + hex_value((uint8_t)s[2]));
			s += 2;
		} else {
			*out++ = *s;
		}
	}
	*out = '\0';
	return (struct token){ .kind = TOKEN_NAME, .text = text };
}

struct token
lex_next(struct lex *l)
{
	size_t left;

	skip_space(l);
	left = (size_t)(l->end - l->p);
	if (left == 0)
		return (struct token){ .kind = TOKEN_END };
	if (left > 1 && memcmp(l->p, "<<", 2) == 0) {
		l->p += 2;
		return (struct token){ .kind = TOKEN_DICT };
	}
	if (left > 1 && memcmp(l->p, ">>", 2) == 0) {
		l->p += 2;
		return (struct token){ .kind = TOKEN_DICT_END };
	}
	switch (*l->p) {
	case '<':
		l->p++;
		return hex_string(l);
	case '(':
		l->p++;
		return literal_string(l);
	case '[':
		l->p++;
		return (struct token){ .kind = TOKEN_ARRAY };
	case ']':
		l->p++;
		return (struct token){ .kind = TOKEN_ARRAY_END };
	default:
		return run_of_regulars(l, *l->p == '/');
	}
}

void
lex_skip_image(struct lex *l)
{
	for (; l->end - l->p > 3; l->p++)
		if (is_space(l->p[0]) && l->p[1] == 'E' && l->p[2] == 'I' &&
		    is_space(l->p[3])) {
			l->p += 3;
			return;
		}
	l->p = l->end;
}
