#include "pay/qrref.h"

#include <stdlib.h>
#include <string.h>

#define DIGITS 27

/* Digits without spaces; their number, or -1. */
static int
digits_of(const char *text, char out[DIGITS])
{
	int n = 0;

	for (; *text != '\0'; text++) {
		if (*text == ' ')
			continue;
		if (*text < '0' || *text > '9' || n == DIGITS)
			return -1;
		out[n++] = *text;
	}
	return n;
}

/* The check digit of n digits: each carries into the next. */
static char
check_digit(const char *digits, int n)
{
	static const int row[10] = { 0, 9, 4, 6, 8, 2, 7, 1, 3, 5 };
	int carry = 0;

	for (int i = 0; i < n; i++)
		carry = row[(carry + digits[i] - '0') % 10];
	return (char)('0' + (10 - carry) % 10);
}

static bool
all_zero(const char *ref)
{
	return strspn(ref, "0") == DIGITS;
}

int
qrref_make(const char *digits, char out[QRREF_SIZE], struct err *e)
{
	char given[DIGITS];
	int n = digits_of(digits, given);

	if (n < 1 || n == DIGITS)
		return err_set(e, ERR_DATA,
		    "a QR reference is made from 1 to 26 digits");
	memset(out, '0', QRREF_SIZE);
	memcpy(out + DIGITS - 1 - n, given, (size_t)n);
	out[DIGITS - 1] = check_digit(out, DIGITS - 1);
	out[DIGITS] = '\0';
	if (all_zero(out))
		return err_set(e, ERR_DATA, "a QR reference is not all zeros");
	return 0;
}

int
qrref_parse(const char *text, char out[QRREF_SIZE], struct err *e)
{
	if (digits_of(text, out) != DIGITS)
		return err_set(e, ERR_DATA,
		    "bad QR reference '%.60s': it has 27 digits", text);
	out[DIGITS] = '\0';
	if (all_zero(out))
		return err_set(e, ERR_DATA, "a QR reference is not all zeros");
	if (check_digit(out, DIGITS - 1) != out[DIGITS - 1])
		return err_set(e, ERR_DATA,
		    "bad QR reference '%s': the check digit does not fit, a "
		    "digit is mistyped",
		    out);
	return 0;
}

const char *
qrref_fmt(const char *ref, char buf[QRREF_PRINT_SIZE])
{
	size_t n = 0;

	for (int i = 0; i < DIGITS; i++) {
		if (i >= 2 && (i - 2) % 5 == 0)
			buf[n++] = ' ';
		buf[n++] = ref[i];
	}
	buf[n] = '\0';
	return buf;
}

bool
qrref_iban_is_qr(const char *iban)
{
	char institution[6] = "";

	if ((strncmp(iban, "CH", 2) != 0 && strncmp(iban, "LI", 2) != 0) ||
	    strlen(iban) < 9)
		return false;
	memcpy(institution, iban + 4, 5);
	return institution[0] == '3' && institution[1] < '2' &&
	    strspn(institution, "0123456789") == 5;
}
