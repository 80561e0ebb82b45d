/*
 * money: exact amounts in minor units, with their currency.
 *
 * 64-bit minor units; an overflow is an error, never a wrong sum. Amounts of
 * different currencies are never added. No floating point.
 * Source: ISO 4217 for the number of decimals.
 */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdint.h>

#include "base/err.h"

struct money {
	int64_t minor;    /* cents for EUR, yen for JPY */
	char currency[4]; /* ISO 4217, capital letters */
};

#define MONEY_SIZE 32 /* any amount as text, with its NUL */

/* Decimals of a currency, 0 to 4, or -1 if ISO 4217 does not know it. */
int currency_decimals(const char *code);

/* Zero in a known currency; ERR_DATA if ISO 4217 does not know it. */
int money_zero(const char *currency, struct money *out, struct err *e);

/*
 * Parses "1234.56" or "-1234.56": a decimal point, no grouping, at most the
 * currency's decimals; ERR_DATA otherwise.
 */
int money_parse(const char *amount, const char *currency, struct money *out,
    struct err *e);

/* *sum += b; ERR_DATA on another currency or on overflow (sum unchanged). */
int money_add(struct money *sum, struct money b, struct err *e);

/* *sum -= b; as money_add. */
int money_sub(struct money *sum, struct money b, struct err *e);

/* Writes "1234.56" with the currency's decimals. Returns buf. */
const char *money_fmt(struct money m, char buf[MONEY_SIZE]);

#endif
