#include "ledger/recipient.h"

#include <stdlib.h>

static const char *
join(struct arena *a, const char *head, const char *between, const char *tail)
{
	if (head[0] == '\0')
		return tail;
	if (tail[0] == '\0')
		return head;
	return arena_fmt(a, "%s%s%s", head, between, tail);
}

const char *
recipient_addressee(struct arena *a, const struct debtor *d)
{
	const char *text = d->name;

	for (size_t i = 0; i < DEBTOR_LINES; i++)
		text = join(a, text, "\n", d->address[i]);
	text = join(a, text, "\n", join(a, d->postcode, " ", d->city));
	return join(a, text, "\n", d->country);
}

const char *
recipient_of(struct arena *a, const struct debtor *d, enum channel channel)
{
	switch (channel) {
	case CHANNEL_EMAIL:
		return d->email;
	case CHANNEL_PRINT:
	case CHANNEL_REGISTERED:
		/* Without a town nothing can be posted. */
		return d->city[0] == '\0' ? "" : recipient_addressee(a, d);
	case CHANNEL_NONE:
		return "";
	}
	abort();
}
