#include "verb/tally.h"

#include <stdio.h>

#include "base/str.h"

void
tally_complain(struct tally *t, const char *who, const struct err *e)
{
	struct str s;

	str_init(&s, 8192);
	str_put_visible(&s, who);
	if (who[0] != '\0')
		str_puts(&s, ": ");
	str_put_visible(&s, e->text);
	(void)fprintf(stderr, "semonce: %s\n", s.p);
	str_done(&s);
	t->complaints++;
}
