#include "verb/skim.h"

#include <string.h>

/* Where the skimming is. */
struct at {
	const char *p, *end;
	unsigned depth;
	const char *key; /* the last one seen */
	size_t key_len;
	bool debtor; /* inside the member debtor of the top */
	struct skim *wanted;
	size_t n;
};

static bool
is_key(const struct at *a, const char *name)
{
	return a->key != NULL && strlen(name) == a->key_len &&
	    memcmp(a->key, name, a->key_len) == 0;
}

static void
take_value(struct at *a, const char *value, size_t len)
{
	if (a->depth != 1 && !(a->depth == 2 && a->debtor))
		return;
	for (size_t i = 0; i < a->n; i++) {
		struct skim *w = &a->wanted[i];

		if (w->name == NULL || !is_key(a, w->name) ||
		    (a->depth == 2 && w->value != NULL))
			continue;
		w->value = value;
		w->len = len;
	}
}

/* Behind an opening quote; false if the string has to be decoded. */
static bool
skim_string(struct at *a)
{
	const char *from = a->p, *to;
	bool escaped = false;

	for (; a->p < a->end && *a->p != '"'; a->p++) {
		if (*a->p == '\\') {
			escaped = true;
			a->p++;
		}
	}
	if (a->p >= a->end || (escaped && a->depth <= 2))
		return false;
	to = a->p++;
	while (a->p < a->end && strchr(" \t\r\n", *a->p) != NULL)
		a->p++;
	if (a->p < a->end && *a->p == ':') {
		a->key = from;
		a->key_len = (size_t)(to - from);
	} else {
		take_value(a, from, (size_t)(to - from));
	}
	return true;
}

bool
skim_strings(const char *text, size_t len, struct skim *wanted, size_t n)
{
	struct at a = {
		.p = text, .end = text + len, .wanted = wanted, .n = n
	};

	for (size_t i = 0; i < n; i++)
		wanted[i].value = NULL;
	while (a.p < a.end) {
		char c = *a.p++;

		if (c == '"') {
			if (!skim_string(&a))
				return false;
		} else if (c == '{' || c == '[') {
			if (++a.depth == 2)
				a.debtor = c == '{' && is_key(&a, "debtor");
		} else if (c == '}' || c == ']') {
			a.depth--;
		}
	}
	return a.depth == 0;
}
