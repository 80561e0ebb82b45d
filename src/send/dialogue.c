#include "send/dialogue.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define REPLY_MAX 4096

/* RFC 5321 4.5.3.2: giving up early is how mail is doubled. */
#define COMMAND_SECONDS 300
#define BLOCK_SECONDS   180
#define DOT_SECONDS     600
#define QUIT_SECONDS    1

static int64_t
monotonic_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits until the socket is ready for `events`; -1 when time is up. */
static int
wait_ready(const struct dialogue *d, short events, int64_t until)
{
	for (;;) {
		struct pollfd p = { .fd = d->fd, .events = events };
		int64_t left = until - monotonic_ms();
		int n;

		if (left <= 0)
			return -1;
		n = poll(&p, 1, (int)left);
		if (n > 0)
			return 0;
		if (n < 0 && errno != EINTR)
			return -1;
	}
}

static int
send_all(struct dialogue *d, const char *p, size_t n, int seconds)
{
	int64_t until = monotonic_ms() + (int64_t)seconds * 1000;

	while (n > 0) {
		size_t k = 0;
		CURLcode rc = curl_easy_send(d->curl, p, n, &k);

		if (rc == CURLE_AGAIN) {
			if (wait_ready(d, POLLOUT, until) == -1)
				return -1;
		} else if (rc != CURLE_OK) {
			return -1;
		}
		p += k;
		n -= k;
	}
	return 0;
}

/* Receives something more; -1 on end, error, full buffer or time. */
static int
receive(struct dialogue *d, int64_t until)
{
	for (;;) {
		size_t k = 0;
		CURLcode rc = curl_easy_recv(d->curl, d->in + d->n_in,
		    sizeof(d->in) - d->n_in, &k);

		if (rc == CURLE_OK && k > 0) {
			d->n_in += k;
			return 0;
		}
		if (rc != CURLE_AGAIN || wait_ready(d, POLLIN, until) == -1)
			return -1;
	}
}

/* The next line without its end, in `line`; -1 if none came or too long. */
static int
read_line(struct dialogue *d, struct str *line, int64_t until)
{
	char *end;
	size_t n;

	while ((end = memchr(d->in, '\n', d->n_in)) == NULL) {
		if (d->n_in == sizeof(d->in) || receive(d, until) == -1)
			return -1;
	}
	n = (size_t)(end - d->in);
	str_clear(line);
	str_put(line, d->in, n > 0 && d->in[n - 1] == '\r' ? n - 1 : n);
	d->n_in -= n + 1;
	memmove(d->in, end + 1, d->n_in);
	return 0;
}

/* The code a line begins with, or -1; *last unless a hyphen follows. */
static int
line_code(const struct str *line, bool *last)
{
	const char *s = line->p;

	if (line->len < 3 || s[0] < '2' || s[0] > '5' || s[1] < '0' ||
	    s[1] > '9' || s[2] < '0' || s[2] > '9')
		return -1;
	if (line->len > 3 && s[3] != ' ' && s[3] != '-')
		return -1;
	*last = line->len == 3 || s[3] == ' ';
	return (s[0] - '0') * 100 + (s[1] - '0') * 10 + (s[2] - '0');
}

static int
read_reply(struct dialogue *d, int seconds)
{
	int64_t until = monotonic_ms() + (int64_t)seconds * 1000;
	struct str line;
	bool last = false;
	int code = 0;

	str_init(&line, sizeof(d->in));
	while (!last && code != -1) {
		int c = read_line(d, &line, until) == -1
		    ? -1
		    : line_code(&line, &last);

		code = code != 0 && c != code ? -1 : c;
		if (d->reply.len > 0)
			str_putc(&d->reply, '\n');
		str_put(&d->reply, line.p, line.len);
	}
	if (code == -1)
		str_clear(&d->reply);
	str_done(&line);
	return code;
}

/* Nothing was received that no command asked for, and no hang-up. */
static bool
quiet(struct dialogue *d)
{
	char c;
	size_t n;

	return d->n_in == 0 &&
	    curl_easy_recv(d->curl, &c, 1, &n) == CURLE_AGAIN;
}

int
dialogue_init(struct dialogue *d, CURL *curl)
{
	d->curl = curl;
	d->n_in = 0;
	if (curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &d->fd) !=
		CURLE_OK ||
	    d->fd == CURL_SOCKET_BAD)
		return -1;
	str_init(&d->reply, REPLY_MAX);
	return 0;
}

void
dialogue_done(struct dialogue *d)
{
	str_done(&d->reply);
}

int
dialogue_command(struct dialogue *d, const char *line)
{
	assert(line[strcspn(line, "\r\n")] == '\0');
	str_clear(&d->reply);
	if (!quiet(d) ||
	    send_all(d, line, strlen(line), COMMAND_SECONDS) == -1 ||
	    send_all(d, "\r\n", 2, COMMAND_SECONDS) == -1)
		return -1;
	return read_reply(d, COMMAND_SECONDS);
}

bool
dialogue_offers(const struct dialogue *d, const char *keyword)
{
	size_t n = strlen(keyword);
	const char *line = d->reply.p;

	while ((line = strchr(line, '\n')) != NULL) {
		line++;
		if (strncasecmp(line + 4, keyword, n) == 0 &&
		    strchr(" \n", line[4 + n]) != NULL)
			return true;
	}
	return false;
}

int
dialogue_body(struct dialogue *d, const struct str *mail)
{
	const char *end = mail->p + mail->len;
	const char *next;
	struct str wire;
	int r;

	str_init(&wire, 2 * mail->len + 2);
	for (const char *line = mail->p; line < end; line = next) {
		next = memchr(line, '\n', (size_t)(end - line));
		next = next == NULL ? end : next + 1;
		if (*line == '.')
			str_putc(&wire, '.');
		str_put(&wire, line, (size_t)(next - line));
	}
	if (mail->len == 0 || end[-1] != '\n')
		str_puts(&wire, "\r\n");
	r = send_all(d, wire.p, wire.len, BLOCK_SECONDS);
	str_done(&wire);
	return r == 0 && quiet(d) ? 0 : -1;
}

int
dialogue_dot(struct dialogue *d)
{
	str_clear(&d->reply);
	if (send_all(d, ".\r\n", 3, BLOCK_SECONDS) == -1)
		return -1;
	return read_reply(d, DOT_SECONDS);
}

void
dialogue_quit(struct dialogue *d)
{
	(void)send_all(d, "QUIT\r\n", 6, QUIT_SECONDS);
}
