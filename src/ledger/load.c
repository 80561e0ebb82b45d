#include "ledger/load.h"

#include <string.h>

#include "ledger/names.h"

int
load_debtor(struct query *q, struct arena *a, struct debtor *out, struct err *e)
{
	struct debtor d = { .line = 0 };
	const char *word;
	int value;

	d.code = sql_take_text(q, a);
	d.name = sql_take_text(q, a);
	word = sql_take_text(q, a);
	if (names_find(&names_debtor_kind, word, &value, e) != 0)
		return -1;
	d.kind = (enum debtor_kind)value;
	d.profile = sql_take_text(q, a);
	d.language = sql_take_text(q, a);
	d.email = sql_take_text(q, a);
	d.phone = sql_take_text(q, a);
	for (size_t i = 0; i < DEBTOR_LINES; i++)
		d.address[i] = sql_take_text(q, a);
	d.postcode = sql_take_text(q, a);
	d.city = sql_take_text(q, a);
	d.country = sql_take_text(q, a);
	d.registration = sql_take_text(q, a);
	d.vat = sql_take_text(q, a);
	word = sql_take_text(q, a);
	if (names_find(&names_channel, word, &value, e) != 0)
		return -1;
	d.channel = (enum channel)value;
	d.notes = sql_take_text(q, a);
	*out = d;
	return 0;
}

struct money
load_money(int64_t minor, const char currency[4])
{
	struct money m = { .minor = minor };

	memcpy(m.currency, currency, sizeof(m.currency));
	return m;
}

/* Doubles at each power of two: n objects cost at most 4 n. */
void *
load_grow(struct arena *a, void *array, size_t n, size_t size)
{
	void *more;

	if (n != 0 && (n & (n - 1)) != 0)
		return array;
	more = arena_array(a, n == 0 ? 1 : n * 2, size);
	if (n > 0)
		memcpy(more, array, n * size);
	return more;
}
