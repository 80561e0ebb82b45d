/*
 * smtp: mails to a relay, one notice a transaction.
 *
 * libcurl connects, checks TLS and logs in, and that is all it does: its own
 * upload (7.88) can finish an unfinished mail and lets CR and LF through in
 * addresses. The commit stands between the body and the final dot. A
 * connection is kept between mails and closed on any doubt about its state;
 * closed in mid-mail there is no dot, so the relay drops what it has.
 *
 * CURLOPT_NOSIGNAL stays off: with it libcurl would not keep SIGPIPE away.
 */
#include <arpa/inet.h>
#include <assert.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "send/answer.h"
#include "send/carrier.h"
#include "send/dialogue.h"
#include "send/message.h"
#include "send/receipt.h"

#define CONNECT_SECONDS 120L
#define HOST_SIZE       256

struct smtp {
	struct carrier carrier;
	struct arena *arena; /* of the setup */
	struct smtp_setup setup;
	const char *hello;    /* our name in EHLO */
	const char *curl_url; /* setup.url with /hello, as libcurl wants it */
	bool loopback;
	CURL *curl; /* NULL: not connected */
	struct dialogue dialogue;
	bool dsn;
};

/* ---- connecting ---- */

static void
disconnect(struct smtp *s)
{
	if (s->curl == NULL)
		return;
	dialogue_done(&s->dialogue);
	curl_easy_cleanup(s->curl);
	s->curl = NULL;
}

static bool
handle_set_up(const struct smtp *s, CURL *c)
{
	const struct smtp_setup *set = &s->setup;
	bool bare = set->plain_allowed && s->loopback;
	unsigned bad = 0;

	bad |= curl_easy_setopt(c, CURLOPT_URL, s->curl_url);
	bad |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	bad |= curl_easy_setopt(c, CURLOPT_PROXY, "");
	bad |= curl_easy_setopt(c, CURLOPT_CONNECT_ONLY, 1L);
	bad |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	bad |= curl_easy_setopt(c, CURLOPT_TIMEOUT, CONNECT_SECONDS);
	bad |= curl_easy_setopt(c, CURLOPT_USE_SSL,
	    bare ? (long)CURLUSESSL_TRY : (long)CURLUSESSL_ALL);
	bad |= curl_easy_setopt(c, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	bad |= curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
	bad |= curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
	if (*set->ca_file != '\0') {
		bad |= curl_easy_setopt(c, CURLOPT_CAINFO, set->ca_file);
		bad |= curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
	}
	if (*set->user != '\0') {
		bad |= curl_easy_setopt(c, CURLOPT_USERNAME, set->user);
		bad |= curl_easy_setopt(c, CURLOPT_PASSWORD, set->password);
	}
	return bad == 0;
}

/* Our own EHLO: libcurl does not show what the server answered to its. */
static int
greet(struct smtp *s, struct err *e)
{
	struct dialogue *d = &s->dialogue;
	char line[HOST_SIZE + 5];
	int code;

	(void)snprintf(line, sizeof(line), "EHLO %s", s->hello);
	code = dialogue_command(d, line);
	if (!answer_good(ANSWER_CONNECT, code))
		return err_set(e, ERR_SYSTEM,
		    "the server answers EHLO with "
		    "'%s'",
		    d->reply.p);
	/* libcurl goes on without a login where none is offered. */
	if (*s->setup.user != '\0' && !dialogue_offers(d, "AUTH"))
		return err_set(e, ERR_SYSTEM,
		    "the server offers no login; "
		    "ask its operator, or remove smtp.user");
	s->dsn = dialogue_offers(d, "DSN");
	return 0;
}

static int
connect_to(struct smtp *s, struct err *e)
{
	char text[CURL_ERROR_SIZE] = "";
	CURLcode rc;
	CURL *c = curl_easy_init();

	assert(c != NULL);
	if (!handle_set_up(s, c)) {
		curl_easy_cleanup(c);
		return err_set(e, ERR_SYSTEM,
		    "libcurl lacks an option that "
		    "safe mail needs");
	}
	(void)curl_easy_setopt(c, CURLOPT_ERRORBUFFER, text);
	rc = curl_easy_perform(c);
	(void)curl_easy_setopt(c, CURLOPT_ERRORBUFFER, NULL);
	if (rc != CURLE_OK || dialogue_init(&s->dialogue, c) == -1) {
		curl_easy_cleanup(c);
		return err_set(e, ERR_SYSTEM, "%s: %s", s->setup.url,
		    *text != '\0' ? text : curl_easy_strerror(rc));
	}
	s->curl = c;
	if (greet(s, e) == -1) {
		disconnect(s);
		return err_add(e, "%s", s->setup.url);
	}
	return 0;
}

/* ---- one mail ---- */

struct delivery {
	struct smtp *smtp;
	const struct parcel *parcel;
	const struct carrier_commit *commit;
	enum answer_step step; /* the newest */
	int code;              /* its reply's */
};

/* Sends one line as the step; true if the answer lets the mail go on. */
static bool
ask(struct delivery *m, enum answer_step step, const char *line)
{
	m->step = step;
	m->code = dialogue_command(&m->smtp->dialogue, line);
	return answer_good(step, m->code);
}

static bool
ask_to(struct delivery *m, enum answer_step step, const char *address,
    const char *notify)
{
	char line[2 * HOST_SIZE];

	(void)snprintf(line, sizeof(line), "RCPT TO:<%s>%s%s", address,
	    m->smtp->dsn ? " NOTIFY=" : "", m->smtp->dsn ? notify : "");
	return ask(m, step, line);
}

static bool
envelope(struct delivery *m)
{
	const struct smtp *s = m->smtp;
	char line[2 * HOST_SIZE];

	(void)snprintf(line, sizeof(line), "MAIL FROM:<%s>%s%s", s->setup.from,
	    s->dsn ? " RET=HDRS ENVID=" : "", s->dsn ? m->parcel->id : "");
	return ask(m, ANSWER_MAIL, line) &&
	    ask_to(m, ANSWER_RCPT, m->parcel->recipient, "FAILURE,DELAY") &&
	    (*s->setup.archive == '\0' ||
		ask_to(m, ANSWER_ARCHIVE, s->setup.archive, "NEVER")) &&
	    ask(m, ANSWER_DATA, "DATA");
}

/* Body, commit, dot. False with *e set if the commit said no. */
static bool
content(struct delivery *m, struct err *e)
{
	struct smtp *s = m->smtp;
	const struct carrier_commit *commit = m->commit;

	m->step = ANSWER_BODY;
	m->code = -1;
	str_clear(&s->dialogue.reply);
	if (dialogue_body(&s->dialogue, m->parcel->mail) == -1)
		return true;
	if (commit->before_effect(commit->ctx, s->setup.url, e) == -1)
		return false;
	m->step = ANSWER_DOT;
	m->code = dialogue_dot(&s->dialogue);
	return true;
}

static void
fill_from_reply(const struct delivery *m, struct receipt *r)
{
	const char *reply = m->smtp->dialogue.reply.p;
	struct str text;

	str_init(&text, 2 * sizeof(r->detail) + m->smtp->dialogue.reply.len);
	if (!answer_good(m->step, m->code))
		str_fmt(&text, "%s: ", answer_step_name(m->step));
	str_puts(&text, m->code == -1 ? "no whole answer came" : reply);
	receipt_fill(r, answer_outcome(m->step, m->code, reply), text.p);
	str_done(&text);
}

/* Keeps the connection only if both sides agree that no mail is open. */
static void
settle(const struct delivery *m)
{
	struct smtp *s = m->smtp;
	bool refused = m->code >= 400 && m->code != 421;
	bool sane;

	if (m->step == ANSWER_DOT)
		sane = refused || answer_good(m->step, m->code);
	else
		sane = refused && dialogue_command(&s->dialogue, "RSET") == 250;
	if (!sane)
		disconnect(s);
}

/* False if a kept connection had ended before it took MAIL. */
static bool
attempt(struct delivery *m, struct receipt *r)
{
	struct smtp *s = m->smtp;
	bool kept = s->curl != NULL;
	struct err e;

	if (!kept && connect_to(s, &e) == -1) {
		receipt_fill(r, OUTCOME_TROUBLE, e.text);
		return true;
	}
	if (envelope(m) && !content(m, &e)) {
		disconnect(s);
		receipt_fill(r, OUTCOME_LATER, e.text);
		return true;
	}
	fill_from_reply(m, r);
	settle(m);
	return !(kept && m->step == ANSWER_MAIL && s->curl == NULL);
}

static void
smtp_deliver(struct carrier *c, const struct parcel *p,
    const struct carrier_commit *commit, struct receipt *r)
{
	struct delivery m = {
		.smtp = (struct smtp *)c, .parcel = p, .commit = commit
	};
	struct err e;

	assert(p->mail != NULL);
	if (message_address_check(p->recipient, &e) == -1) {
		receipt_fill(r, OUTCOME_REFUSED, e.text);
		return;
	}
	if (!attempt(&m, r))
		(void)attempt(&m, r);
}

static void
smtp_close(struct carrier *c)
{
	struct smtp *s = (struct smtp *)c;

	if (s->curl != NULL)
		dialogue_quit(&s->dialogue);
	disconnect(s);
	arena_free(s->arena);
	free(s);
	curl_global_cleanup();
}

static const struct carrier_ops SMTP_OPS = {
	.deliver = smtp_deliver,
	.close = smtp_close,
};

/* ---- setup ---- */

static bool
is_loopback(const char *host)
{
	struct in_addr v4;

	if (inet_pton(AF_INET, host, &v4) == 1)
		return (ntohl(v4.s_addr) >> 24) == 127;
	return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0;
}

/* This host's name if it can stand in EHLO. */
static const char *
own_name(struct arena *a)
{
	char name[HOST_SIZE];
	size_t n;

	if (gethostname(name, sizeof(name)) == -1)
		return "localhost";
	name[sizeof(name) - 1] = '\0';
	n = strspn(name,
	    "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.");
	return n == 0 || name[n] != '\0' ? "localhost" : arena_str(a, name);
}

/* Nothing but scheme, host and port; fills curl_url and loopback. */
static int
url_check(struct smtp *s, struct err *e)
{
	static const CURLUPart unwanted[] = { CURLUPART_USER,
		CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_QUERY,
		CURLUPART_FRAGMENT };
	char *scheme = NULL, *host = NULL, *port = NULL, *path = NULL;
	CURLU *u = curl_url();
	bool good;

	assert(u != NULL);
	good = curl_url_set(u, CURLUPART_URL, s->setup.url, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_PORT, &port, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_PATH, &path, 0) == CURLUE_OK &&
	    (strcmp(scheme, "smtp") == 0 || strcmp(scheme, "smtps") == 0) &&
	    strcmp(path, "/") == 0;
	for (size_t i = 0; i < sizeof(unwanted) / sizeof(*unwanted); i++) {
		char *part = NULL;

		if (curl_url_get(u, unwanted[i], &part, 0) == CURLUE_OK)
			good = false;
		curl_free(part);
	}
	if (good) {
		s->loopback = is_loopback(host);
		s->curl_url = arena_fmt(s->arena, "%s://%s:%s/%s", scheme, host,
		    port, s->hello);
	}
	curl_free(scheme);
	curl_free(host);
	curl_free(port);
	curl_free(path);
	curl_url_cleanup(u);
	return good ? 0
		    : err_set(e, ERR_USAGE,
			  "smtp.url: write "
			  "smtp://host:port or smtps://host:port");
}

static int
setup_check(struct smtp *s, struct err *e)
{
	if (url_check(s, e) == -1)
		return -1;
	if (message_address_check(s->setup.from, e) == -1) {
		e->kind = ERR_USAGE;
		return err_add(e, "smtp.from");
	}
	if (*s->setup.archive != '\0' &&
	    message_address_check(s->setup.archive, e) == -1) {
		e->kind = ERR_USAGE;
		return err_add(e, "smtp.archive");
	}
	return 0;
}

int
smtp_open(const struct smtp_setup *setup, struct carrier **out, struct err *e)
{
	struct arena *a;
	struct smtp *s;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(e, ERR_SYSTEM, "libcurl does not start");
	s = mem_alloc(sizeof(*s));
	a = arena_new();
	s->carrier = (struct carrier){ .ops = &SMTP_OPS, .name = "smtp" };
	s->arena = a;
	s->setup = (struct smtp_setup){
		.url = arena_str(a, setup->url),
		.from = arena_str(a, setup->from),
		.archive = arena_str(a, setup->archive),
		.user = arena_str(a, setup->user),
		.password = arena_str(a, setup->password),
		.ca_file = arena_str(a, setup->ca_file),
		.plain_allowed = setup->plain_allowed,
	};
	s->hello = own_name(a);
	if (setup_check(s, e) == -1) {
		smtp_close(&s->carrier);
		return -1;
	}
	*out = &s->carrier;
	return 0;
}
