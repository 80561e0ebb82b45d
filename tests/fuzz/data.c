/* Data of fuzz.h. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#define WORD_MAX ((size_t)1 << 18)
#define DATA_MAX ((size_t)4 << 20)
#define DEPTH    200

static json_t *
word(struct chance *c)
{
	size_t n = 1 + chance_below(c, 4);
	struct str s;
	json_t *value;

	str_init(&s, WORD_MAX);
	while (n-- > 0) {
		fuzz_put_word(c, &s);
		if (n > 0)
			str_putc(&s, ' ');
	}
	value = json_string(s.p);
	str_done(&s);
	return value != NULL ? value : json_null();
}

static json_t *
money(struct chance *c)
{
	static const json_int_t sums[] = { 0, 1, -1, 123456, -999999999999,
		99999999999999, INT64_MAX, INT64_MIN };
	static const char *const currencies[] = { "EUR", "EUR", "EUR", "CHF",
		"JPY", "KWD", "XTS", "eur", "", "EURO", "€€€", "E\nR" };

	return json_pack("{s:I, s:s}", "minor",
	    sums[chance_below(c, sizeof(sums) / sizeof(sums[0]))], "currency",
	    currencies[chance_below(c,
		sizeof(currencies) / sizeof(currencies[0]))]);
}

/* A list in a list, and so on. */
static json_t *
nest(struct chance *c)
{
	size_t n = chance_below(c, DEPTH);
	json_t *inner = json_array();

	while (n-- > 0) {
		json_t *outer = chance_once_in(c, 2)
		    ? json_pack("[o]", inner)
		    : json_pack("{s:o}", "number", inner);

		inner = outer;
	}
	return inner;
}

static json_t *
number(struct chance *c)
{
	static const json_int_t some[] = { 0, 1, -1, 8, 60, INT64_MAX,
		INT64_MIN };

	if (chance_once_in(c, 4))
		return json_real(chance_once_in(c, 2) ? 1e308 : -0.005);
	return json_integer(some[chance_below(c,
	    sizeof(some) / sizeof(some[0]))]);
}

static json_t *
value(struct chance *c)
{
	static const char *const dates[] = { "2026-02-29", "0000-00-00",
		"9999-12-31", "1900-01-01", "18 mars", "2026-3-8" };
	static const char *const codes[] = { "FR7630006000011234567890189",
		"FR00", "DE02", "RF18", "AGRIFRPP", "fr", "consumer", "public",
		"https://example.com/p?a=1", "javascript:x", "print",
		"registered", "demanded" };

	switch (chance_below(c, 16)) {
	case 0:
		return json_null();
	case 1:
		return json_boolean(chance_once_in(c, 2));
	case 2:
		return number(c);
	case 3:
		return money(c);
	case 4:
		return nest(c);
	case 5:
		return chance_once_in(c, 2) ? json_array() : json_object();
	case 6:
		return json_string("");
	case 7:
		return json_string(dates[chance_below(c,
		    sizeof(dates) / sizeof(dates[0]))]);
	case 8:
		return json_string(codes[chance_below(c,
		    sizeof(codes) / sizeof(codes[0]))]);
	default:
		return word(c);
	}
}

/* Another of the same type, more often than not. */
static json_t *
other(struct chance *c, const json_t *old)
{
	if (chance_once_in(c, 3))
		return value(c);
	if (json_object_get(old, "minor") != NULL)
		return money(c);
	return json_is_string(old) ? word(c) : value(c);
}

/* One to seventy times what a list has, or nothing. */
static void
change_length(struct chance *c, json_t *list)
{
	static const size_t lengths[] = { 0, 1, 2, 5, 12, 25, 60, 70 };
	size_t want = lengths[chance_below(c, 8)];
	size_t have = json_array_size(list);

	if (have == 0 || want == 0) {
		(void)json_array_clear(list);
		return;
	}
	for (size_t i = have; i < want; i++)
		(void)json_array_append_new(list,
		    json_deep_copy(json_array_get(list, i % have)));
	while (json_array_size(list) > want)
		(void)json_array_remove(list, json_array_size(list) - 1);
}

/* A member of an object, by chance; NULL: it has none. */
static const char *
any_key(struct chance *c, json_t *object)
{
	size_t n = json_object_size(object);
	void *at = json_object_iter(object);

	for (n = n > 0 ? chance_below(c, n) : 0; n > 0; n--)
		at = json_object_iter_next(object, at);
	return at != NULL ? json_object_iter_key(at) : NULL;
}

static void
change_object(struct chance *c, json_t *object)
{
	const char *key = any_key(c, object);

	if (key == NULL)
		return;
	if (chance_once_in(c, 8))
		(void)json_object_del(object, key);
	else
		(void)json_object_set_new(object, key,
		    other(c, json_object_get(object, key)));
}

static void
change_array(struct chance *c, json_t *list)
{
	size_t n = json_array_size(list);

	if (n > 0 && chance_once_in(c, 2))
		(void)json_array_set_new(list, 0,
		    other(c, json_array_get(list, chance_below(c, n))));
	else
		change_length(c, list);
}

/* Goes down from the top by chance and changes where it stops. */
static void
change(struct chance *c, json_t *data)
{
	json_t *at = data, *below;

	while (!chance_once_in(c, at == data ? 12 : 3)) {
		below = NULL;
		if (json_is_object(at) && json_object_size(at) > 0)
			below = json_object_get(at, any_key(c, at));
		else if (json_is_array(at) && json_array_size(at) > 0)
			below = json_array_get(at,
			    chance_below(c, json_array_size(at)));
		if (!json_is_object(below) && !json_is_array(below))
			break;
		at = below;
	}
	if (json_is_object(at))
		change_object(c, at);
	else
		change_array(c, at);
}

/* The bytes of the file itself: NUL escapes, half a character, a cut. */
static json_t *
change_bytes(struct chance *c, json_t *data)
{
	static const char *const pieces[] = { "\\u0000", "\\ud800", "\xff",
		"1e999", ",", "{", "\"", "\\u202e", "null" };
	char *text = json_dumps(data, 0);
	size_t n = strlen(text), at = chance_below(c, n);
	struct str s;
	json_t *out;

	str_init(&s, DATA_MAX);
	str_put(&s, text, at);
	str_puts(&s,
	    pieces[chance_below(c, sizeof(pieces) / sizeof(pieces[0]))]);
	at += chance_below(c, 3);
	if (at < n && !chance_once_in(c, 10))
		str_puts(&s, text + at);
	out = json_loads(s.p, JSON_REJECT_DUPLICATES, NULL);
	str_done(&s);
	free(text);
	json_decref(data);
	return out;
}

json_t *
fuzz_data(struct chance *c, const json_t *data)
{
	json_t *copy = json_deep_copy(data);
	size_t times = 1 + chance_below(c, chance_once_in(c, 8) ? 20 : 2);

	if (chance_once_in(c, 6))
		change_length(c, json_object_get(copy, "invoices"));
	while (times-- > 0)
		change(c, copy);
	return chance_once_in(c, 30) ? change_bytes(c, copy) : copy;
}
