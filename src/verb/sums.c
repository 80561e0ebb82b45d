#include "verb/sums.h"

#include <stdbool.h>
#include <string.h>

#include "base/money.h"

static const char *const parts[] = { "open", "interest", "fee" };

#define PARTS (sizeof(parts) / sizeof(parts[0]))

/* A sum under way; not known where something is missing or no amount. */
struct sum {
	bool known;
	struct money m;
};

/* {"minor": 1, "currency": "EUR"} */
static struct sum
sum_of(const json_t *object, const char *key)
{
	const json_t *j = json_object_get(object, key);
	const json_t *minor = json_object_get(j, "minor");
	const char *currency =
	    json_string_value(json_object_get(j, "currency"));
	struct sum s = { .known = false };
	struct err unknown;

	if (currency == NULL || !json_is_integer(minor) ||
	    money_zero(currency, &s.m, &unknown) != 0)
		return s;
	s.m.minor = json_integer_value(minor);
	s.known = true;
	return s;
}

/* Adds what is there to what there is. */
static int
sum_add(struct sum *to, struct sum s, struct err *e)
{
	if (!s.known)
		return 0;
	if (!to->known) {
		*to = s;
		return 0;
	}
	return money_add(&to->m, s.m, e);
}

static int
sum_same(const char *name, struct sum said, const char *what, struct sum made,
    struct err *e)
{
	char a[MONEY_SIZE], b[MONEY_SIZE];

	if (!said.known || !made.known ||
	    (said.m.minor == made.m.minor &&
		strcmp(said.m.currency, made.m.currency) == 0))
		return 0;
	return err_set(e, ERR_DATA,
	    "%s is %s %s, and %s %s %s: correct the data", name,
	    money_fmt(said.m, a), said.m.currency, what, money_fmt(made.m, b),
	    made.m.currency);
}

/* Of an invoice or of all: open, interest and fee make the total. */
static int
check_total(const json_t *object, const char *name, struct err *e)
{
	struct sum made = sum_of(object, parts[0]);

	if (!made.known)
		return 0;
	for (size_t i = 1; i < PARTS; i++)
		if (sum_add(&made, sum_of(object, parts[i]), e) != 0)
			return err_add(e, "%s", name);
	return sum_same(name, sum_of(object, "total"),
	    "open, interest and fee make", made, e);
}

static int
check_slices(const json_t *invoice, struct err *e)
{
	struct sum made = { .known = false };
	const json_t *slice;
	size_t i;

	json_array_foreach(json_object_get(invoice, "slices"), i, slice)
	{
		if (sum_add(&made, sum_of(slice, "amount"), e) != 0)
			return err_add(e, "slices");
	}
	return sum_same("accrued", sum_of(invoice, "accrued"),
	    "its slices make", made, e);
}

/* All that are asked for must say the amount, or there is nothing to check. */
static int
check_invoices(const json_t *data, const char *key, const char *name,
    struct err *e)
{
	struct sum made = { .known = false };
	const json_t *invoice;
	size_t i;

	json_array_foreach(json_object_get(data, "invoices"), i, invoice)
	{
		const char *role =
		    json_string_value(json_object_get(invoice, "role"));
		struct sum one = sum_of(invoice, key);

		if (role != NULL && strcmp(role, "informational") == 0)
			continue;
		if (!one.known)
			return 0;
		if (sum_add(&made, one, e) != 0)
			return err_add(e, "invoices");
	}
	return sum_same(name, sum_of(json_object_get(data, "totals"), key),
	    "the invoices make", made, e);
}

int
sums_check(const json_t *data, struct err *e)
{
	const json_t *totals = json_object_get(data, "totals");
	struct sum pay = sum_of(json_object_get(data, "payment"), "amount");
	const json_t *invoice;
	size_t i;

	json_array_foreach(json_object_get(data, "invoices"), i, invoice)
	{
		const char *number =
		    json_string_value(json_object_get(invoice, "number"));

		if (check_slices(invoice, e) != 0 ||
		    check_total(invoice, "total", e) != 0)
			return err_add(e, "invoice %s",
			    number == NULL ? "without number" : number);
	}
	if (check_total(totals, "totals.total", e) != 0 ||
	    check_invoices(data, "open", "totals.open", e) != 0 ||
	    check_invoices(data, "interest", "totals.interest", e) != 0 ||
	    check_invoices(data, "fee", "totals.fee", e) != 0 ||
	    check_invoices(data, "total", "totals.total", e) != 0)
		return -1;
	pay.known = pay.known && pay.m.minor != 0;
	return sum_same("payment.amount", pay, "totals.total is",
	    sum_of(totals, "total"), e);
}
