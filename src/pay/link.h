/*
 * link: an address to pay at, as a code of its own. Pure.
 *
 * Who points a phone at it should see where it leads: the host is printed
 * under the symbol.
 */
#ifndef PAY_LINK_H
#define PAY_LINK_H

#include "base/err.h"

#define LINK_HOST_SIZE 256
#define LINK_MAX_BYTES 500

/*
 * Checks an https address (RFC 3986, ASCII, no user part) and gives its
 * host. ERR_DATA says what is wrong.
 */
int link_check(const char *url, char host[LINK_HOST_SIZE], struct err *e);

#endif
