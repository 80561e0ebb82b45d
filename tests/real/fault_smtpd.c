/*
 * fault_smtpd DIR [GREETING]: an SMTP server that lies, on a free port of
 * loopback, which it prints. A mail whose final dot it has seen is a file
 * DIR/N.eml before any fault, so that "taken, but not told" is a fact; what
 * it was told is in DIR/log.
 *
 * The local part of the first recipient chooses the fault:
 *	drop     hangs up instead of the reply to the dot
 *	late421  421 to the dot
 *	garbage  a reply that is none
 *	half     the first two digits of a reply, then hangs up
 *	stall    two seconds of silence, then hangs up
 *	slow     250 after two seconds
 *	many     a reply of several lines
 *	liar     two lines of a reply with different codes
 *	shy      hangs up at RCPT
 *	hasty    says 250 before the dot
 *	cut      hangs up in the body
 *	leave    250, then hangs up
 * It ends when its standard input does.
 */
#include <arpa/inet.h>
#include <assert.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LINE_BYTES   1024
#define SLOW_SECONDS 2

struct server {
	const char *dir, *greeting;
	FILE *log;
	unsigned mails;
};

/* One client at a time: what it said, and what is open. */
struct client {
	FILE *in, *out;
	char fault[LINE_BYTES]; /* local part of the first recipient */
	bool over;
};

static void
say(struct client *c, const char *text)
{
	(void)fprintf(c->out, "%s\r\n", text);
	(void)fflush(c->out);
}

static bool
is(const struct client *c, const char *fault)
{
	return strcmp(c->fault, fault) == 0;
}

/* The reply to the dot, by the fault. */
static void
answer_dot(struct client *c)
{
	if (is(c, "slow") || is(c, "stall"))
		(void)sleep(SLOW_SECONDS);
	if (is(c, "late421")) {
		say(c, "421 4.3.0 taken, and going away");
	} else if (is(c, "garbage")) {
		say(c, "\x01\xff what");
	} else if (is(c, "half")) {
		(void)fputs("25", c->out);
	} else if (is(c, "many")) {
		say(c, "250-2.0.0 first\r\n250 2.0.0 second\x1b[31m");
	} else if (is(c, "liar")) {
		say(c, "250-2.0.0 taken\r\n550 5.0.0 not taken");
	} else if (!is(c, "drop") && !is(c, "stall")) {
		say(c, "250 2.0.0 taken");
	}
	c->over = is(c, "drop") || is(c, "stall") || is(c, "half") ||
	    is(c, "late421") || is(c, "leave");
}

/* The mail up to its dot, to a file; without a dot there is no file. */
static void
take_mail(struct server *s, struct client *c)
{
	char part[LINE_BYTES], path[LINE_BYTES], line[LINE_BYTES];
	FILE *f;

	(void)snprintf(part, sizeof(part), "%s/part", s->dir);
	(void)snprintf(path, sizeof(path), "%s/%u.eml", s->dir, s->mails + 1);
	f = fopen(part, "w");
	assert(f != NULL);
	c->over = true;
	while (!is(c, "cut") && fgets(line, sizeof(line), c->in) != NULL) {
		if (strcmp(line, ".\r\n") == 0) {
			c->over = false;
			break;
		}
		(void)fputs(*line == '.' ? line + 1 : line, f);
	}
	(void)fclose(f);
	if (c->over)
		return;
	(void)rename(part, path);
	s->mails++;
	answer_dot(c);
}

static void
take_recipient(struct client *c, const char *line)
{
	if (*c->fault == '\0') {
		(void)snprintf(c->fault, sizeof(c->fault), "%s", line + 9);
		c->fault[strcspn(c->fault, "@>")] = '\0';
	}
	c->over = is(c, "shy");
	if (!c->over)
		say(c, "250 2.1.5 Ok");
}

static void
take_line(struct server *s, struct client *c, const char *line)
{
	if (strncmp(line, "EHLO ", 5) == 0) {
		say(c, "250-fault.example.com\r\n250 DSN");
	} else if (strncmp(line, "MAIL FROM:<", 11) == 0) {
		*c->fault = '\0';
		say(c, "250 2.1.0 Ok");
	} else if (strncmp(line, "RCPT TO:<", 9) == 0) {
		take_recipient(c, line);
	} else if (strcmp(line, "DATA\r\n") == 0) {
		say(c,
		    is(c, "hasty") ? "354 go on\r\n250 2.0.0 taken"
				   : "354 go on");
		take_mail(s, c);
	} else if (strcmp(line, "RSET\r\n") == 0) {
		say(c, "250 2.0.0 Ok");
	} else if (strcmp(line, "QUIT\r\n") == 0) {
		say(c, "221 2.0.0 Bye");
		c->over = true;
	} else {
		say(c, "500 5.5.2 What?");
	}
}

static void
serve(struct server *s, int fd)
{
	struct client c = { .in = fdopen(fd, "r"),
		.out = fdopen(dup(fd), "w") };
	char line[LINE_BYTES];

	assert(c.in != NULL && c.out != NULL);
	say(&c, s->greeting);
	while (!c.over && fgets(line, sizeof(line), c.in) != NULL) {
		(void)fputs(line, s->log);
		(void)fflush(s->log);
		take_line(s, &c, line);
	}
	(void)fclose(c.out);
	(void)fclose(c.in);
}

static int
listen_somewhere(void)
{
	struct sockaddr_in at = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd == -1 || bind(fd, (struct sockaddr *)&at, n) == -1 ||
	    listen(fd, 16) == -1 ||
	    getsockname(fd, (struct sockaddr *)&at, &n) == -1) {
		perror("fault_smtpd");
		exit(1);
	}
	(void)printf("%u\n", (unsigned)ntohs(at.sin_port));
	(void)fflush(stdout);
	return fd;
}

int
main(int argc, char **argv)
{
	struct server s = { .greeting = "220 fault.example.com ESMTP" };
	struct pollfd p[2];
	char log[LINE_BYTES];

	if (argc < 2 || argc > 3) {
		(void)fprintf(stderr, "usage: fault_smtpd DIR [GREETING]\n");
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	s.dir = argv[1];
	if (argc == 3)
		s.greeting = argv[2];
	(void)snprintf(log, sizeof(log), "%s/log", s.dir);
	s.log = fopen(log, "w");
	assert(s.log != NULL);
	p[0] = (struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN };
	p[1] = (struct pollfd){ .fd = listen_somewhere(), .events = POLLIN };
	while (poll(p, 2, -1) > 0 && p[0].revents == 0) {
		int fd = accept(p[1].fd, NULL, NULL);

		if (fd != -1)
			serve(&s, fd);
	}
	(void)fclose(s.log);
	return 0;
}
