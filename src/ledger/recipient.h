/*
 * recipient: whom a notice goes to, as text to keep and to compare. Private
 * to ledger/.
 */
#ifndef LEDGER_RECIPIENT_H
#define LEDGER_RECIPIENT_H

#include "base/mem.h"
#include "semonce.h"

/* The e-mail address, or the addressee; "" if the debtor has none. */
const char *recipient_of(struct arena *a, const struct debtor *d,
    enum channel channel);

/* Name, address lines, postcode and town, country, joined by \n. */
const char *recipient_addressee(struct arena *a, const struct debtor *d);

#endif
