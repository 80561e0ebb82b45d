#include "pay/rib.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "pay/iban.h"

/* FRkk BBBBB GGGGG CCCCCCCCCCC KK */
#define BANK    4
#define BRANCH  9
#define ACCOUNT 14
#define KEY     25
#define END     27

/* Letters count as digits: A, J as 1, B, K, S as 2, up to I, R, Z as 9. */
static unsigned
digit_of(char c)
{
	if (c <= '9')
		return (unsigned)(c - '0');
	return c < 'S' ? (unsigned)(c - 'A') % 9 + 1 : (unsigned)(c - 'S') + 2;
}

static unsigned
rest_of(const char *iban, size_t from, size_t to)
{
	unsigned rest = 0;

	for (size_t i = from; i < to; i++)
		rest = (rest * 10 + digit_of(iban[i])) % 97;
	return rest;
}

int
rib_check(const char *iban, struct err *e)
{
	char print[IBAN_PRINT_SIZE], key[4];
	unsigned sum;

	if (strncmp(iban, "FR", 2) != 0 && strncmp(iban, "MC", 2) != 0)
		return 0;
	assert(strlen(iban) == END);
	sum = 89 * rest_of(iban, BANK, BRANCH) +
	    15 * rest_of(iban, BRANCH, ACCOUNT) +
	    3 * rest_of(iban, ACCOUNT, KEY);
	(void)snprintf(key, sizeof(key), "%02u", 97 - sum % 97);
	if (strcmp(iban + KEY, key) == 0)
		return 0;
	return err_set(e, ERR_DATA,
	    "bad IBAN '%s': its RIB key is %s, by bank, branch and account it "
	    "is %s; ask the bank for the IBAN again",
	    iban_fmt(iban, print), iban + KEY, key);
}
