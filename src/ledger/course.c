#include "ledger/course.h"

#include <stdlib.h>

bool
course_counts(const struct course *c)
{
	switch (c->state) {
	case NOTICE_ACCEPTED:
		return c->channel == CHANNEL_EMAIL;
	case NOTICE_POSTED:
	case NOTICE_PROVEN:
	case NOTICE_WAIVED: /* passed over on purpose: the next may come */
		return true;
	case NOTICE_PLANNED:
	case NOTICE_APPROVED:
	case NOTICE_RENDERED:
	case NOTICE_RESERVED:
	case NOTICE_SENDING:
	case NOTICE_SUPERSEDED:
	case NOTICE_CANCELLED:
	case NOTICE_FAILED:
	case NOTICE_AMBIGUOUS:
	case NOTICE_BOUNCED:
	case NOTICE_RETURNED:
		return false;
	}
	abort();
}

date_t
course_on(const struct course *c)
{
	if (!course_counts(c))
		return c->day;
	if (c->posted_on != DATE_NONE)
		return c->posted_on;
	return c->accepted_on != DATE_NONE ? c->accepted_on : c->day;
}

date_t
course_deadline(const struct course *c)
{
	date_t end;

	if (!course_counts(c) || c->days == 0)
		return c->printed;
	/* The later of the two: a letter that left late keeps its days. */
	end = course_on(c) + (date_t)c->days;
	return c->printed != DATE_NONE && c->printed > end ? c->printed : end;
}
