/*
 * dialogue: our side of an SMTP conversation (RFC 5321), after libcurl has
 * connected, checked TLS and logged in.
 *
 * Every reply belongs to the command before it; no address reaches the wire
 * unchecked; the final dot leaves only from dialogue_dot. A dialogue that
 * failed once sends nothing more: the caller closes it.
 */
#ifndef SEND_DIALOGUE_H
#define SEND_DIALOGUE_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/str.h"

#define DIALOGUE_IN 8192

struct dialogue {
	CURL *curl; /* lent, connected */
	curl_socket_t fd;
	struct str reply; /* newest reply; its lines end in \n but the last */
	char in[DIALOGUE_IN]; /* received, not yet read */
	size_t n_in;
};

/* Takes up a connected handle, which stays the caller's. */
int dialogue_init(struct dialogue *d, CURL *curl);
void dialogue_done(struct dialogue *d);

/*
 * Sends a line and returns the code of its reply, 200 to 599, or -1 when no
 * whole reply came in five minutes; d->reply is then "".
 */
int dialogue_command(struct dialogue *d, const char *line);

/* Whether the newest reply, to EHLO, offers a keyword such as "DSN". */
bool dialogue_offers(const struct dialogue *d, const char *keyword);

/*
 * Sends the body with dots doubled and its last line ended, without the final
 * dot; -1 if it did not go, or if the server spoke or hung up meanwhile.
 */
int dialogue_body(struct dialogue *d, const struct str *mail);

/*
 * Sends the final dot and returns as dialogue_command does, after ten
 * minutes at most. From its call on the mail may have been taken.
 */
int dialogue_dot(struct dialogue *d);

/* Says goodbye without waiting for an answer. */
void dialogue_quit(struct dialogue *d);

#endif
