#include "verb/plain.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

#define DEPTH  32 /* of objects and lists inside each other */
#define DIGITS 18 /* that every whole number may have */

/* Where the reading is; the text has a NUL at its end. */
struct at {
	const char *p;
	unsigned depth;
};

/* A string, or the name of a member. */
struct piece {
	const char *p;
	size_t len;
};

static json_t *read_value(struct at *a);

static bool
is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next character that is not white; 0 at the end. */
static char
peek(struct at *a)
{
	while (is_white(*a->p))
		a->p++;
	return *a->p;
}

static bool
skip(struct at *a, char c)
{
	if (peek(a) != c)
		return false;
	a->p++;
	return true;
}

static bool
read_piece(struct at *a, struct piece *out)
{
	const char *p;

	if (!skip(a, '"'))
		return false;
	for (p = a->p; *p != '"'; p++) {
		if ((unsigned char)*p < ' ' || *p == '\\')
			return false;
	}
	*out = (struct piece){ .p = a->p, .len = (size_t)(p - a->p) };
	a->p = p + 1;
	return true;
}

static json_t *
read_string(struct at *a)
{
	struct piece s;

	return read_piece(a, &s) ? json_stringn_nocheck(s.p, s.len) : NULL;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static json_t *
read_number(struct at *a)
{
	bool negative = skip(a, '-');
	const char *from = a->p;
	json_int_t n = 0;

	for (; is_digit(*a->p) && a->p - from < DIGITS; a->p++)
		n = 10 * n + (*a->p - '0');
	if (a->p == from || (*from == '0' && (negative || a->p - from > 1)) ||
	    is_digit(*a->p))
		return NULL;
	return json_integer(negative ? -n : n);
}

static json_t *
read_word(struct at *a)
{
	static const char *const words[] = { "true", "false", "null" };
	size_t i = 0, n = 0;

	for (; i < 3; i++) {
		n = strlen(words[i]);
		if (strncmp(a->p, words[i], n) == 0)
			break;
	}
	if (i == 3)
		return NULL;
	a->p += n;
	return i == 2 ? json_null() : json_boolean(i == 0);
}

/* False with a member that is not plain, or came before. */
static bool
read_member(struct at *a, json_t *object)
{
	struct piece name;
	json_t *value;

	if (!read_piece(a, &name) || !skip(a, ':') ||
	    json_object_getn(object, name.p, name.len) != NULL)
		return false;
	value = read_value(a);
	return value != NULL &&
	    json_object_setn_new_nocheck(object, name.p, name.len, value) == 0;
}

static bool
read_element(struct at *a, json_t *list)
{
	json_t *value = read_value(a);

	return value != NULL && json_array_append_new(list, value) == 0;
}

/* What stands between brackets into `all`; NULL with all if it is not plain. */
static json_t *
read_all(struct at *a, json_t *all, char close,
    bool (*read_one)(struct at *a, json_t *all))
{
	bool plain = ++a->depth <= DEPTH;

	a->p++;
	if (plain && !skip(a, close)) {
		do
			plain = read_one(a, all);
		while (plain && skip(a, ','));
		plain = plain && skip(a, close);
	}
	a->depth--;
	if (plain)
		return all;
	json_decref(all);
	return NULL;
}

static json_t *
read_value(struct at *a)
{
	char c = peek(a);

	if (c == '"')
		return read_string(a);
	if (c == '{')
		return read_all(a, json_object(), '}', read_member);
	if (c == '[')
		return read_all(a, json_array(), ']', read_element);
	return c == '-' || is_digit(c) ? read_number(a) : read_word(a);
}

json_t *
plain_load(const char *text, size_t len)
{
	struct at a = { .p = text };
	json_t *object;

	if (utf8_bad(text, len) >= 0 || peek(&a) != '{')
		return NULL;
	object = read_value(&a);
	if (object == NULL || (peek(&a) == '\0' && a.p == text + len))
		return object;
	json_decref(object);
	return NULL;
}
