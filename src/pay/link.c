#include "pay/link.h"

#include <string.h>

#define SCHEME "https://"
/* RFC 3986, 2: unreserved, reserved, and the percent sign. */
#define URL_CHARS                                                        \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" \
	"-._~:/?#[]@!$&'()*+,;=%"
#define HOST_CHARS \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."

int
link_check(const char *url, char host[LINK_HOST_SIZE], struct err *e)
{
	size_t n, all = strlen(url);
	const char *rest;

	if (strncmp(url, SCHEME, strlen(SCHEME)) != 0)
		return err_set(e, ERR_DATA,
		    "payment link '%.80s': it begins with " SCHEME, url);
	if (all > LINK_MAX_BYTES || strspn(url, URL_CHARS) != all)
		return err_set(e, ERR_DATA,
		    "payment link '%.80s': at most %d letters, digits and "
		    "signs of an address; write others as %%XX",
		    url, LINK_MAX_BYTES);
	url += strlen(SCHEME);
	n = strspn(url, HOST_CHARS);
	rest = url + n;
	if (n == 0 || n >= LINK_HOST_SIZE || url[0] == '.' || url[0] == '-' ||
	    (rest[0] != '\0' && strchr("/?#:", rest[0]) == NULL) ||
	    (rest[0] == ':' && strchr("0123456789", rest[1]) == NULL))
		return err_set(e, ERR_DATA,
		    "payment link: '%.80s' does not begin with the name of a "
		    "host",
		    url);
	memcpy(host, url, n);
	host[n] = '\0';
	return 0;
}
