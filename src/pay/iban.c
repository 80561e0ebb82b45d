#include "pay/iban.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "pay/mod97.h"

struct structure {
	char country[3];
	const char *bban;
};

static const struct structure structures[] = {
#include "pay/iban_table.inc"
};

#define BIC_SHORT 8 /* without a branch */
#define BIC_LONG  11

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static const char *
find_bban(const char *iban)
{
	size_t i;

	for (i = 0; i < sizeof(structures) / sizeof(structures[0]); i++) {
		if (strncmp(structures[i].country, iban, 2) == 0)
			return structures[i].bban;
	}
	return NULL;
}

static size_t
bban_length(const char *bban)
{
	size_t n = 0;
	char *end;

	while (*bban != '\0') {
		n += strtoul(bban, &end, 10);
		bban = end + 1; /* behind the letter of the class */
	}
	return n;
}

static bool
class_has(char class, char c)
{
	switch (class) {
	case 'n':
		return is_digit(c);
	case 'a':
		return is_capital(c);
	default:
		assert(class == 'c');
		return is_digit(c) || is_capital(c);
	}
}

/* s has the length that bban asks for. */
static bool
bban_matches(const char *bban, const char *s)
{
	unsigned long n;
	char *end;

	while (*bban != '\0') {
		for (n = strtoul(bban, &end, 10); n > 0; n--) {
			if (!class_has(*end, *s++))
				return false;
		}
		bban = end + 1;
	}
	return true;
}

int
iban_parse(const char *text, char out[IBAN_SIZE], struct err *e)
{
	const char *bban;
	size_t n;

	if (mod97_compact(text, out, IBAN_SIZE) == -1)
		return err_set(e, ERR_DATA,
		    "bad IBAN: more than 34 characters,"
		    " or other characters than letters, digits and spaces");
	n = strlen(out);
	if (n < 4 || !is_capital(out[0]) || !is_capital(out[1]) ||
	    !is_digit(out[2]) || !is_digit(out[3]))
		return err_set(e, ERR_DATA,
		    "bad IBAN '%s': it begins with two"
		    " letters of a country and two digits",
		    out);
	bban = find_bban(out);
	if (bban == NULL)
		return err_set(e, ERR_DATA,
		    "bad IBAN '%s': country %.2s is"
		    " not in the IBAN registry",
		    out, out);
	if (n != 4 + bban_length(bban))
		return err_set(e, ERR_DATA,
		    "bad IBAN '%s': %zu characters,"
		    " %.2s has %zu",
		    out, n, out, 4 + bban_length(bban));
	if (!bban_matches(bban, out + 4))
		return err_set(e, ERR_DATA,
		    "bad IBAN '%s': a letter stands"
		    " where %.2s has a digit, or the reverse",
		    out, out);
	if (!mod97_valid(out))
		return err_set(e, ERR_DATA,
		    "bad IBAN '%s': the check digits"
		    " do not fit, a character is mistyped",
		    out);
	return 0;
}

const char *
iban_fmt(const char *iban, char buf[IBAN_PRINT_SIZE])
{
	return mod97_group(iban, buf, IBAN_PRINT_SIZE);
}

bool
bic_valid(const char *bic)
{
	size_t i, n = strlen(bic);

	if (n != BIC_SHORT && n != BIC_LONG)
		return false;
	for (i = 0; i < n; i++) {
		if (!is_capital(bic[i]) &&
		    (!is_digit(bic[i]) || i == 4 || i == 5))
			return false;
	}
	return true;
}
