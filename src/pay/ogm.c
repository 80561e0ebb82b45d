#include "pay/ogm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BODY   10
#define DIGITS 12

/* The rest of ten digits by 97; a rest of 0 is written 97. */
static unsigned
check_of(const char *digits)
{
	char body[BODY + 1] = "";
	unsigned rest;

	memcpy(body, digits, BODY);
	rest = (unsigned)(strtoull(body, NULL, 10) % 97);
	return rest == 0 ? 97 : rest;
}

int
ogm_make(const char *digits, char out[OGM_SIZE], struct err *e)
{
	size_t n = strlen(digits);

	if (n < 1 || n > BODY || strspn(digits, "0123456789") != n)
		return err_set(e, ERR_DATA,
		    "a structured message is made from 1 to 10 digits");
	(void)snprintf(out, OGM_SIZE, "%010llu", strtoull(digits, NULL, 10));
	(void)snprintf(out + BODY, OGM_SIZE - BODY, "%02u", check_of(out));
	return 0;
}

int
ogm_parse(const char *text, char out[OGM_SIZE], struct err *e)
{
	char check[3] = "";
	size_t n = 0;

	for (const char *p = text; *p != '\0'; p++) {
		if (strchr("+*/ ", *p) != NULL)
			continue;
		if (*p < '0' || *p > '9' || n == DIGITS)
			n = DIGITS + 1;
		if (n > DIGITS)
			break;
		out[n++] = *p;
	}
	if (n != DIGITS)
		return err_set(e, ERR_DATA,
		    "bad structured message '%.40s': it has 12 digits, as "
		    "+++ddd/dddd/ddddd+++",
		    text);
	out[DIGITS] = '\0';
	(void)snprintf(check, sizeof(check), "%02u", check_of(out));
	if (strcmp(check, out + BODY) != 0)
		return err_set(e, ERR_DATA,
		    "bad structured message '%.40s': the check digits do not "
		    "fit, a digit is mistyped",
		    text);
	return 0;
}

const char *
ogm_fmt(const char *ogm, char buf[OGM_PRINT_SIZE])
{
	(void)snprintf(buf, OGM_PRINT_SIZE, "+++%.3s/%.4s/%.5s+++", ogm,
	    ogm + 3, ogm + 7);
	return buf;
}
