#include "pay/reference.h"

#include <stdio.h>
#include <string.h>

#include "pay/mod97.h"

#define BODY_SIZE 22 /* 21 characters and a NUL */

int
reference_make(const char *body, char out[REFERENCE_SIZE], struct err *e)
{
	char compact[BODY_SIZE], draft[REFERENCE_SIZE];

	if (strchr(body, ' ') != NULL ||
	    mod97_compact(body, compact, sizeof(compact)) == -1 ||
	    compact[0] == '\0')
		return err_set(e, ERR_DATA,
		    "a payment reference is made from"
		    " 1 to 21 letters and digits");
	snprintf(draft, sizeof(draft), "RF00%s", compact);
	snprintf(out, REFERENCE_SIZE, "RF%02u%s", 98 - mod97_rest(draft),
	    compact);
	return 0;
}

int
reference_parse(const char *text, char out[REFERENCE_SIZE], struct err *e)
{
	if (mod97_compact(text, out, REFERENCE_SIZE) == -1)
		return err_set(e, ERR_DATA,
		    "bad reference: more than 25"
		    " characters, or other characters than letters, digits and"
		    " spaces");
	if (strncmp(out, "RF", 2) != 0 || strlen(out) < 5 ||
	    strspn(out + 2, "0123456789") < 2)
		return err_set(e, ERR_DATA,
		    "bad reference '%s': it begins"
		    " with RF, two digits and at least one character",
		    out);
	if (!mod97_valid(out))
		return err_set(e, ERR_DATA,
		    "bad reference '%s': the check"
		    " digits do not fit, a character is mistyped",
		    out);
	return 0;
}

const char *
reference_fmt(const char *ref, char buf[REFERENCE_PRINT_SIZE])
{
	return mod97_group(ref, buf, REFERENCE_PRINT_SIZE);
}
