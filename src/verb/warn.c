#include "verb/warn.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "letter/page.h"

#define CODE_POINTS 0x110000

struct warn {
	uint8_t told[CODE_POINTS / 8];
};

struct warn *
warn_new(void)
{
	return mem_alloc(sizeof(struct warn));
}

void
warn_free(struct warn *w)
{
	free(w);
}

void
warn_print(struct warn *w, const char *who, uint32_t code_point,
    const char *text)
{
	uint8_t bit = (uint8_t)(1u << code_point % 8), *told;
	struct str s;

	assert(code_point < CODE_POINTS);
	told = &w->told[code_point / 8];
	if (*told & bit)
		return;
	*told |= bit;
	str_init(&s, 8192);
	str_put_visible(&s, who);
	str_puts(&s, ": warning: ");
	str_put_visible(&s, text);
	(void)fprintf(stderr, "semonce: %s\n", s.p);
	str_done(&s);
}

void
warn_doc(struct warn *w, const char *who, const struct page_doc *doc)
{
	for (size_t i = 0; i < doc->n_warnings; i++)
		warn_print(w, who, doc->warnings[i].code_point,
		    doc->warnings[i].text);
}
