#include "pay/payref.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pay/ogm.h"
#include "pay/qrref.h"
#include "pay/reference.h"

/*
 * "N" and 12 characters of 5 bits are a number of 60. A structured message
 * takes the first 33 of them, less than the 10,000,000,000 it has room for.
 */
#define ID_CHARS  (NOTICE_ID_SIZE - 2)
#define ID_BITS   (5 * ID_CHARS)
#define OGM_BITS  33
#define OGM_CHARS (OGM_BITS / 5) /* of the id, that are whole in them */

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

static bool
id_read(const char *id, uint64_t *out)
{
	*out = 0;
	if (strlen(id) != ID_CHARS + 1 || id[0] != 'N')
		return false;
	for (size_t i = 1; i <= ID_CHARS; i++) {
		const char *place = strchr(base32, id[i]);

		if (place == NULL)
			return false;
		*out = *out << 5 | (uint64_t)(place - base32);
	}
	return true;
}

static void
id_write(uint64_t number, char id[NOTICE_ID_SIZE])
{
	id[0] = 'N';
	for (size_t i = ID_CHARS; i > 0; i--, number >>= 5)
		id[i] = base32[number & 31];
	id[ID_CHARS + 1] = '\0';
}

static int
make_ogm(uint64_t number, char out[PAYREF_SIZE], struct err *e)
{
	char digits[24], ogm[OGM_SIZE];

	(void)snprintf(digits, sizeof(digits), "%llu",
	    (unsigned long long)(number >> (ID_BITS - OGM_BITS)));
	if (ogm_make(digits, ogm, e) != 0)
		return -1;
	(void)ogm_fmt(ogm, out);
	return 0;
}

int
payref_make(const char *id, const char *iban, char out[PAYREF_SIZE],
    struct err *e)
{
	char digits[24];
	uint64_t number;

	if (!id_read(id, &number))
		return err_set(e, ERR_DATA,
		    "'%.40s' is no notice's id: N and 12 of A-Z and 2-7", id);
	if (strncmp(iban, "BE", 2) == 0)
		return make_ogm(number, out, e);
	if (!qrref_iban_is_qr(iban))
		return reference_make(id, out, e);
	/* Not zero: all zeros is no reference. */
	(void)snprintf(digits, sizeof(digits), "%llu",
	    (unsigned long long)number + 1);
	return qrref_make(digits, out, e);
}

const char *
payref_fmt(const char *text, char buf[PAYREF_PRINT_SIZE])
{
	char electronic[PAYREF_SIZE];
	struct err not_one;

	if (strncmp(text, "+++", 3) == 0)
		return ogm_parse(text, electronic, &not_one) == 0
		    ? ogm_fmt(electronic, buf)
		    : text;
	if (qrref_parse(text, electronic, &not_one) == 0)
		return qrref_fmt(electronic, buf);
	if (reference_parse(text, electronic, &not_one) == 0)
		return reference_fmt(electronic, buf);
	return text;
}

/* ---- back ---- */

/* What people and banks write between the groups; no-break spaces too. */
static const char *
skip_separators(const char *p)
{
	static const char *const wide[] = { "\u00a0", "\u202f" };

	for (;;) {
		const char *start = p;

		p += strspn(p, " +*/.-");
		for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
			if (strncmp(p, wide[i], strlen(wide[i])) == 0)
				p += strlen(wide[i]);
		if (p == start)
			return p;
	}
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* n digits from here, of which the last is no beginning of a longer number. */
static bool
take_digits(const char *p, size_t n, char *out)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			p = skip_separators(p);
		if (!is_digit(*p))
			return false;
		out[i] = *p++;
	}
	out[n] = '\0';
	return !is_digit(*p);
}

/* RF, two digits, and the 13 characters of an id, capital or not. */
static bool
take_reference(const char *p, char out[REFERENCE_SIZE])
{
	size_t n = 4 + ID_CHARS + 1;

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			p = skip_separators(p);
		if (*p == '\0')
			return false;
		out[i] = *p++;
	}
	out[n] = '\0';
	return true;
}

/* What stands here, as an id, and how many of its bits are known; or 0. */
static unsigned
read_here(const char *p, bool after_digit, uint64_t *number)
{
	char text[PAYREF_SIZE], right[PAYREF_SIZE];
	struct err not_one;

	if (*p == 'R' || *p == 'r')
		return take_reference(p, text) &&
			reference_parse(text, right, &not_one) == 0 &&
			id_read(right + 4, number)
		    ? ID_BITS
		    : 0;
	if (!is_digit(*p) || after_digit)
		return 0;
	if (take_digits(p, QRREF_SIZE - 1, text) &&
	    qrref_parse(text, right, &not_one) == 0) {
		right[QRREF_SIZE - 2] = '\0'; /* the check digit */
		*number = strtoull(right, NULL, 10) - 1;
		return *number >> ID_BITS == 0 ? ID_BITS : 0;
	}
	if (take_digits(p, OGM_SIZE - 1, text) &&
	    ogm_parse(text, right, &not_one) == 0) {
		right[OGM_SIZE - 3] = '\0';
		*number = strtoull(right, NULL, 10);
		if (*number >> OGM_BITS != 0)
			return 0;
		*number <<= ID_BITS - OGM_BITS;
		return OGM_BITS;
	}
	return 0;
}

/* Moves *at on; the bits known of the next one, or 0 at the end. */
static unsigned
next(const char **at, uint64_t *number)
{
	bool after_digit = false;

	for (const char *p = *at; *p != '\0'; p++) {
		unsigned bits = read_here(p, after_digit, number);

		after_digit = is_digit(*p);
		if (bits == 0)
			continue;
		*at = p + 1;
		while (is_digit(**at)) /* not in the middle of a number */
			(*at)++;
		return bits;
	}
	return 0;
}

bool
payref_next(const char **at, char id[NOTICE_ID_SIZE])
{
	uint64_t number;
	unsigned bits = next(at, &number);

	if (bits == 0)
		return false;
	id_write(number, id);
	if (bits == OGM_BITS)
		id[1 + OGM_CHARS] = '\0';
	return true;
}

bool
payref_names(const char *text, const char *id)
{
	uint64_t number, ours;
	unsigned bits;

	if (!id_read(id, &ours))
		return false;
	while ((bits = next(&text, &number)) != 0)
		if (number >> (ID_BITS - bits) == ours >> (ID_BITS - bits))
			return true;
	return false;
}
