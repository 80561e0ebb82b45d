/*
 * crash SEMONCE DIR MTA KILLS SEED: kill -9 at KILLS random moments of
 * `semonce run` with the smtp carrier, then count at the mail server.
 *
 * SEMONCE is the program, DIR a workspace that mails to FREE_PORT, MTA the
 * folder of a running mta.sh, whose env is in the environment. On FREE_PORT a
 * relay to the server sees the dialogue: three kills in five come at a chosen
 * point of a chosen mail, before that piece is passed on (and then it never
 * is) or some milliseconds after; the others at any time since the start.
 * Debtors come in batches, DIR/batch/N/{debtors,invoices}.csv, so that
 * planning, writing and sending are all hit.
 *
 * Then, without kills: run, look at the mailbox, resolve what is in doubt by
 * Message-ID, run again. Exit 1 if a notice arrived twice, was believed sent
 * and never arrived, was believed unsent and arrived, or does not exist.
 */
#include <arpa/inet.h>
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "ledger/outbox.h"

#define ON          "2026-03-17"
#define BATCH       20  /* debtors in DIR/batch/N */
#define MAILS       6   /* of a run, where a kill may be aimed */
#define AFTER_MS    15  /* after a point of the dialogue, at most */
#define START_MS    700 /* after the start, at most */
#define PATH_BYTES  1024
#define CHUNK       65536
#define MAIL_BYTES  ((size_t)16 << 20)
#define FAILURES_OK 1 /* exit status of a run that names a notice */

enum point {
	POINT_NONE,
	POINT_MAIL,
	POINT_RCPT,
	POINT_DATA,
	POINT_BODY,
	POINT_DOT,
	POINT_REPLY
};

/* Where kills are aimed; around the dot most of all. */
static const enum point AIMS[] = { POINT_MAIL, POINT_RCPT, POINT_DATA,
	POINT_BODY, POINT_BODY, POINT_DOT, POINT_DOT, POINT_DOT, POINT_REPLY,
	POINT_REPLY };

/* Where the next kill falls. */
struct aim {
	enum point point; /* POINT_NONE: at a time since the start */
	unsigned mail;    /* 1 for the first of the run */
	bool hold;        /* the piece is not passed on */
	int ms;           /* after the point, or the start */
};

struct relay {
	int listener, client, server;
	uint16_t mta_port;
	bool in_mail, in_data, awaits_reply;
	unsigned mails; /* of this run */
	char tail[5];   /* newest bytes of the body */
};

struct test {
	const char *semonce, *dir, *mta, *box;
	uint64_t random;
	struct relay relay;
	unsigned batches, kills, kills_in_mail, ended;
};

static void
die(const char *what)
{
	(void)fprintf(stderr, "crash: %s: %s\n", what, strerror(errno));
	exit(2);
}

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* 0 to n - 1; xorshift64* */
static unsigned
pick(struct test *t, unsigned n)
{
	t->random ^= t->random >> 12;
	t->random ^= t->random << 25;
	t->random ^= t->random >> 27;
	return (unsigned)((t->random * UINT64_C(2685821657736338717)) >> 33) %
	    n;
}

/* ---- programs ---- */

static pid_t
start(const char *const argv[], bool quiet)
{
	pid_t pid = fork();

	if (pid == -1)
		die("fork");
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		(void)dup2(null, 0);
		if (quiet) {
			(void)dup2(null, 1);
			(void)dup2(null, 2);
		}
		(void)execv(argv[0], (char *const *)argv);
		_exit(127);
	}
	return pid;
}

/* Runs a program that has to succeed. */
static void
must(const char *const argv[])
{
	int status;

	if (waitpid(start(argv, false), &status, 0) == -1 || status != 0) {
		(void)fprintf(stderr, "crash: %s %s failed\n", argv[0],
		    argv[1]);
		exit(2);
	}
}

/* ---- the relay ---- */

static struct sockaddr_in
loopback(uint16_t port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons(port),
	};
}

static void
relay_open(struct relay *r, uint16_t port, uint16_t mta_port)
{
	struct sockaddr_in at = loopback(port);

	r->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (r->listener == -1 ||
	    bind(r->listener, (struct sockaddr *)&at, sizeof(at)) == -1 ||
	    listen(r->listener, 4) == -1)
		die("relay");
	r->mta_port = mta_port;
	r->client = r->server = -1;
}

static void
relay_accept(struct relay *r)
{
	struct sockaddr_in to = loopback(r->mta_port);

	assert(r->client == -1);
	r->client = accept4(r->listener, NULL, NULL, SOCK_CLOEXEC);
	r->server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (r->client == -1 || r->server == -1 ||
	    connect(r->server, (struct sockaddr *)&to, sizeof(to)) == -1)
		die("relay");
	r->in_mail = r->in_data = r->awaits_reply = false;
}

static void
relay_drop(struct relay *r)
{
	if (r->client != -1)
		(void)close(r->client);
	if (r->server != -1)
		(void)close(r->server);
	r->client = r->server = -1;
}

/* Whoever is gone gets nothing; the other side will notice. */
static void
pass(int to, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = send(to, p, n, MSG_NOSIGNAL);

		if (k <= 0)
			return;
		p += k;
		n -= (size_t)k;
	}
}

/* The client is dead: what it had sent still arrives, as on a real wire. */
static void
relay_drain(struct relay *r)
{
	char b[CHUNK];
	ssize_t n;

	if (r->client == -1)
		return;
	while ((n = read(r->client, b, sizeof(b))) > 0)
		pass(r->server, b, (size_t)n);
	(void)shutdown(r->server, SHUT_WR);
	while (read(r->server, b, sizeof(b)) > 0)
		continue;
	relay_drop(r);
}

static enum point
body_point(struct relay *r, const char *p, size_t n)
{
	bool first = r->tail[0] == '\0';

	for (size_t i = 0; i < n; i++) {
		memmove(r->tail, r->tail + 1, sizeof(r->tail) - 1);
		r->tail[sizeof(r->tail) - 1] = p[i];
	}
	if (memcmp(r->tail, "\r\n.\r\n", sizeof(r->tail)) != 0)
		return first ? POINT_BODY : POINT_NONE;
	r->in_data = false;
	r->awaits_reply = true;
	return POINT_DOT;
}

/* The dialogue is in step: one command, one answer. */
static enum point
client_point(struct relay *r, const char *p, size_t n)
{
	if (r->in_data)
		return body_point(r, p, n);
	if (n >= 5 && memcmp(p, "MAIL ", 5) == 0) {
		r->in_mail = true;
		r->mails++;
		return POINT_MAIL;
	}
	if (n >= 5 && memcmp(p, "RCPT ", 5) == 0)
		return POINT_RCPT;
	if (n >= 4 && memcmp(p, "DATA", 4) == 0)
		return POINT_DATA;
	return POINT_NONE;
}

static enum point
server_point(struct relay *r, const char *p, size_t n)
{
	if (n >= 3 && memcmp(p, "354", 3) == 0) {
		r->in_data = true;
		memset(r->tail, 0, sizeof(r->tail));
	}
	return r->awaits_reply ? POINT_REPLY : POINT_NONE;
}

/* ---- one run and its kill ---- */

struct run {
	struct test *test;
	const struct aim *aim; /* NULL: no kill */
	pid_t pid;
	int64_t kill_at; /* 0: not yet known */
	bool killed;
};

static void
shoot(struct run *u)
{
	(void)kill(u->pid, SIGKILL);
	u->killed = true;
	u->test->kills++;
	if (u->test->relay.in_mail)
		u->test->kills_in_mail++;
}

/* A piece of the dialogue, from one side to the other. */
static void
piece(struct run *u, bool from_client)
{
	struct relay *r = &u->test->relay;
	const struct aim *aim = u->aim;
	char b[CHUNK];
	ssize_t n = read(from_client ? r->client : r->server, b, sizeof(b));
	enum point point;

	if (n <= 0) {
		relay_drop(r);
		return;
	}
	point = from_client ? client_point(r, b, (size_t)n)
			    : server_point(r, b, (size_t)n);
	if (aim != NULL && point != POINT_NONE && point == aim->point &&
	    r->mails == aim->mail) {
		if (aim->hold) {
			shoot(u);
			relay_drop(r);
			return;
		}
		u->kill_at = now_ms() + aim->ms;
	}
	pass(from_client ? r->server : r->client, b, (size_t)n);
	if (point == POINT_REPLY)
		r->in_mail = r->awaits_reply = false;
}

static int
time_left(const struct run *u)
{
	int64_t left = u->kill_at - now_ms();

	if (u->kill_at == 0)
		return -1;
	return left < 0 ? 0 : (int)left;
}

/* Passes the dialogue on until the program ended or was killed. */
static void
watch(struct run *u, int pidfd)
{
	struct relay *r = &u->test->relay;

	while (!u->killed) {
		struct pollfd p[] = {
			{ .fd = pidfd, .events = POLLIN },
			{ .fd = r->client == -1 ? r->listener : r->client,
			    .events = POLLIN },
			{ .fd = r->server, .events = POLLIN },
		};
		int n = poll(p, 3, time_left(u));

		if (n == -1 && errno != EINTR)
			die("poll");
		if (n == 0)
			shoot(u);
		else if (p[0].revents != 0)
			return;
		else if (p[1].revents != 0 && r->client == -1)
			relay_accept(r);
		else if (p[1].revents != 0)
			piece(u, true);
		else if (p[2].revents != 0)
			piece(u, false);
	}
}

/* One `semonce run`; false if it was killed. */
static bool
run_once(struct test *t, const struct aim *aim)
{
	const char *const argv[] = { t->semonce, "-C", t->dir, "--on", ON, "-q",
		"run", NULL };
	struct run u = { .test = t, .aim = aim };
	int pidfd, status;

	t->relay.mails = 0;
	t->relay.in_mail = false;
	if (aim != NULL && aim->point == POINT_NONE)
		u.kill_at = now_ms() + aim->ms;
	u.pid = start(argv, true);
	pidfd = (int)syscall(SYS_pidfd_open, u.pid, 0);
	if (pidfd == -1)
		die("pidfd_open");
	watch(&u, pidfd);
	(void)close(pidfd);
	if (waitpid(u.pid, &status, 0) != u.pid)
		die("waitpid");
	relay_drain(&t->relay);
	if (u.killed)
		return false;
	if (!WIFEXITED(status) || WEXITSTATUS(status) > FAILURES_OK) {
		(void)fprintf(stderr, "crash: run ended with status %x\n",
		    (unsigned)status);
		exit(2);
	}
	t->ended++;
	return true;
}

/* The next batch of debtors, each with an invoice to be reminded of. */
static void
import_batch(struct test *t)
{
	char debtors[PATH_BYTES], invoices[PATH_BYTES];
	const char *const import[] = { t->semonce, "-C", t->dir, "--on", ON,
		"-q", "import", debtors, invoices, NULL };

	t->batches++;
	(void)snprintf(debtors, sizeof(debtors), "%s/batch/%u/debtors.csv",
	    t->dir, t->batches);
	(void)snprintf(invoices, sizeof(invoices), "%s/batch/%u/invoices.csv",
	    t->dir, t->batches);
	must(import);
}

/* ---- the count ---- */

struct count {
	unsigned notices, ambiguous, ambiguous_arrived;
	unsigned doubled, lost, astray; /* the three sins */
};

/* The ids of all mails that arrived, each between two spaces. */
static void
read_box(const struct test *t, struct str *ids)
{
	const char *const drain[] = { "tests/real/mta.sh", "drain", t->mta,
		NULL };
	DIR *box;
	const struct dirent *f;
	struct str mail;

	must(drain);
	str_init(&mail, MAIL_BYTES);
	str_clear(ids);
	str_putc(ids, ' ');
	box = opendir(t->box);
	while (box != NULL && (f = readdir(box)) != NULL) {
		char path[PATH_BYTES];
		const char *id;
		struct err e;

		if (*f->d_name == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", t->box, f->d_name);
		str_clear(&mail);
		if (file_read(path, &mail, &e) == -1)
			die(e.text);
		id = strstr(mail.p, "\nMessage-Id: <");
		assert(id != NULL);
		id += strlen("\nMessage-Id: <");
		str_fmt(ids, "%.*s ", (int)strcspn(id, "@"), id);
	}
	if (box != NULL)
		(void)closedir(box);
	str_done(&mail);
}

static unsigned
arrivals(const struct str *ids, const char *id)
{
	char word[32];
	unsigned n = 0;

	(void)snprintf(word, sizeof(word), " %s ", id);
	for (const char *s = ids->p; (s = strstr(s, word)) != NULL; s++)
		n++;
	return n;
}

static void
resolve(const struct test *t, const char *id, bool sent)
{
	const char *const argv[] = { t->semonce, "-C", t->dir, "--on", ON, "-q",
		"resolve", id, sent ? "sent" : "not-sent", "--because",
		"looked into the mailbox", NULL };

	must(argv);
}

/* Compares the ledger with the mailbox; resolves doubts if told to. */
static struct count
compare(const struct test *t, bool settle)
{
	struct arena *a = arena_new();
	struct outbox_row *rows;
	struct count c = { 0 };
	struct ledger *l;
	struct str ids;
	struct err e;
	size_t n;

	str_init(&ids, MAIL_BYTES);
	read_box(t, &ids);
	if (ledger_open(t->dir, ON "T00:00:00Z", &l, &e) == -1 ||
	    outbox_list(l, -1, a, &rows, &n, &e) == -1)
		die(e.text);
	ledger_close(l);
	for (size_t i = 0; i < n; i++) {
		enum notice_state state = rows[i].notice.state;
		unsigned seen = arrivals(&ids, rows[i].notice.id);

		c.notices++;
		c.doubled += seen > 1;
		c.lost += state == NOTICE_ACCEPTED && seen == 0;
		c.astray += state != NOTICE_ACCEPTED &&
		    state != NOTICE_AMBIGUOUS && seen > 0;
		if (state == NOTICE_AMBIGUOUS) {
			c.ambiguous++;
			c.ambiguous_arrived += seen > 0;
			if (settle)
				resolve(t, rows[i].notice.id, seen > 0);
		}
	}
	str_done(&ids);
	arena_free(a);
	return c;
}

static struct aim
next_aim(struct test *t)
{
	struct aim aim = { .ms = (int)pick(t, START_MS) };

	if (pick(t, 5) < 2)
		return aim;
	aim.point = AIMS[pick(t, sizeof(AIMS) / sizeof(*AIMS))];
	aim.mail = 1 + pick(t, MAILS);
	aim.hold = pick(t, 2) == 0;
	aim.ms = (int)pick(t, AFTER_MS);
	return aim;
}

static int
judge(struct test *t)
{
	const char *const verify[] = { t->semonce, "-C", t->dir, "-q", "verify",
		NULL };
	struct count before, after;

	(void)run_once(t, NULL);
	before = compare(t, true);
	(void)run_once(t, NULL);
	after = compare(t, false);
	after.lost += before.lost;
	after.astray += before.astray;
	(void)printf("kills %u, in a mail %u, runs that ended %u\n", t->kills,
	    t->kills_in_mail, t->ended);
	(void)printf("notices %u of %u, in doubt %u, of which arrived %u\n",
	    after.notices, t->batches * BATCH, before.ambiguous,
	    before.ambiguous_arrived);
	(void)printf("doubled %u, lost %u, astray %u, left in doubt %u\n",
	    after.doubled, after.lost, after.astray, after.ambiguous);
	must(verify);
	return after.notices != t->batches * BATCH ||
	    after.doubled + after.lost + after.astray + after.ambiguous > 0;
}

/* A port from the environment; 0 if it is not there. */
static uint16_t
port_of(const char *name)
{
	const char *value = getenv(name);

	return value == NULL ? 0 : (uint16_t)strtoul(value, NULL, 10);
}

int
main(int argc, char **argv)
{
	struct test t = { .box = getenv("BOX") };
	unsigned kills;

	if (argc != 6 || t.box == NULL || port_of("FREE_PORT") == 0 ||
	    port_of("PLAIN_PORT") == 0) {
		(void)fprintf(stderr,
		    "usage: crash SEMONCE DIR MTA KILLS SEED\n");
		return 2;
	}
	t.semonce = argv[1];
	t.dir = argv[2];
	t.mta = argv[3];
	kills = (unsigned)strtoul(argv[4], NULL, 10);
	t.random = strtoull(argv[5], NULL, 10) * 2 + 1;
	relay_open(&t.relay, port_of("FREE_PORT"), port_of("PLAIN_PORT"));
	import_batch(&t);
	while (t.kills < kills) {
		struct aim aim = next_aim(&t);

		if (run_once(&t, &aim))
			import_batch(&t);
	}
	return judge(&t);
}
