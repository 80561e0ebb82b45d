#include "send/receipt.h"

#include <string.h>

#include "base/str.h"

#define TEXT_MAX 16384 /* of any answer with its controls spelt out */

void
receipt_fill(struct receipt *r, enum outcome outcome, const char *text)
{
	struct str line, s;
	size_t n;

	str_init(&line, TEXT_MAX);
	str_init(&s, TEXT_MAX);
	str_puts(&line, text);
	for (char *c = line.p; *c != '\0'; c++) {
		if (*c == '\n')
			*c = ' ';
	}
	str_put_visible(&s, line.p);
	n = s.len;
	if (n >= sizeof(r->detail)) {
		n = sizeof(r->detail) - 1;
		while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
			n--;
	}
	r->outcome = outcome;
	memcpy(r->detail, s.p, n);
	r->detail[n] = '\0';
	str_done(&s);
	str_done(&line);
}
