#include "base/money.h"

#include <stdio.h>
#include <string.h>

int
money_zero(const char *currency, struct money *out, struct err *e)
{
	if (currency_decimals(currency) < 0)
		return err_set(e, ERR_DATA,
		    "unknown currency '%.20s': use a code of ISO 4217 such as "
		    "EUR",
		    currency);
	out->minor = 0;
	memcpy(out->currency, currency, sizeof(out->currency));
	return 0;
}

static int
push_digit(int64_t *v, int digit)
{
	return __builtin_mul_overflow(*v, 10, v) ||
		__builtin_add_overflow(*v, digit, v)
	    ? -1
	    : 0;
}

/* Reads digits[.digits] as minor units; -1 if it is anything else. */
static int
parse_minor(const char *s, int decimals, int64_t *out)
{
	int64_t v = 0;
	int seen = 0, places = 0;

	for (; *s >= '0' && *s <= '9'; s++, seen++)
		if (push_digit(&v, *s - '0') != 0)
			return -1;
	if (seen > 0 && *s == '.') {
		for (s++; *s >= '0' && *s <= '9'; s++, places++)
			if (places == decimals || push_digit(&v, *s - '0') != 0)
				return -1;
		if (places == 0)
			return -1;
	}
	if (seen == 0 || *s != '\0')
		return -1;
	for (; places < decimals; places++)
		if (push_digit(&v, 0) != 0)
			return -1;
	*out = v;
	return 0;
}

int
money_parse(const char *amount, const char *currency, struct money *out,
    struct err *e)
{
	struct money m;
	int negative = amount[0] == '-';

	if (money_zero(currency, &m, e) != 0)
		return -1;
	if (parse_minor(amount + negative, currency_decimals(currency),
		&m.minor) != 0)
		return err_set(e, ERR_DATA,
		    "bad amount '%.40s': write it as 1234.56, with a point, "
		    "without spaces, at most %d decimals for %s",
		    amount, currency_decimals(currency), currency);
	if (negative)
		m.minor = -m.minor;
	*out = m;
	return 0;
}

static int
same_currency(const struct money *a, const struct money *b, struct err *e)
{
	if (strcmp(a->currency, b->currency) != 0)
		return err_set(e, ERR_DATA,
		    "amounts in %s and %s cannot be added", a->currency,
		    b->currency);
	return 0;
}

int
money_add(struct money *sum, struct money b, struct err *e)
{
	int64_t v;

	if (same_currency(sum, &b, e) != 0)
		return -1;
	if (__builtin_add_overflow(sum->minor, b.minor, &v))
		return err_set(e, ERR_DATA, "a sum in %s is too large",
		    b.currency);
	sum->minor = v;
	return 0;
}

int
money_sub(struct money *sum, struct money b, struct err *e)
{
	int64_t v;

	if (same_currency(sum, &b, e) != 0)
		return -1;
	if (__builtin_sub_overflow(sum->minor, b.minor, &v))
		return err_set(e, ERR_DATA, "a difference in %s is too large",
		    b.currency);
	sum->minor = v;
	return 0;
}

const char *
money_fmt(struct money m, char buf[MONEY_SIZE])
{
	int decimals = currency_decimals(m.currency);
	uint64_t v = m.minor < 0 ? 0 - (uint64_t)m.minor : (uint64_t)m.minor;
	char *p = buf + MONEY_SIZE - 1;

	*p = '\0';
	for (int i = 0; i < decimals; i++) {
		*--p = (char)('0' + v % 10);
		v /= 10;
	}
	if (decimals > 0)
		*--p = '.';
	do {
		*--p = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	if (m.minor < 0)
		*--p = '-';
	memmove(buf, p, strlen(p) + 1);
	return buf;
}
