#include "verb/paper.h"

#include <string.h>

static const struct item *
find_item(const struct notice *n, const struct book *b, int64_t id)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct position *p = &b->positions[i];

		if (strcmp(p->debtor->code, n->debtor->code) != 0)
			continue;
		for (size_t k = 0; k < p->n_items; k++)
			if (p->items[k].id == id)
				return &p->items[k];
	}
	return NULL;
}

/* Whether what was settled of the line's claims is another sum now. */
static bool
claims_changed(const struct notice_line *l, const struct item *item)
{
	for (size_t i = 0; i < l->n_claims; i++) {
		const struct claim *c = &l->claims[i];
		const struct claimed *now = &item->claimed[c->kind];
		int64_t settled = now->paid.minor + now->waived.minor;

		if (settled > c->amount.minor)
			settled = c->amount.minor;
		if (now->waived_all || settled != c->settled.minor)
			return true;
	}
	return false;
}

enum paper
paper_check(const struct notice *n, const struct book *b)
{
	bool changed = false, paid = true;

	for (size_t i = 0; i < n->n_lines; i++) {
		const struct notice_line *l = &n->lines[i];
		const struct item *item = find_item(n, b, l->item);
		int64_t open = item != NULL ? item->open.minor : 0;

		if (l->role != LINE_DEMANDED)
			continue;
		changed |= open != l->open.minor ||
		    (item != NULL && claims_changed(l, item));
		paid &= open == 0;
	}
	return paid ? PAPER_PAID : changed ? PAPER_CHANGED : PAPER_GOOD;
}
