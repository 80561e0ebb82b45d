/*
 * smtp_client DIR URL CA USER FROM ARCHIVE TO...: mails one notice to each TO
 * through one carrier and says what came of it, a line each:
 *
 *	TO: OUTCOME, committed N: DETAIL
 *
 * "" stands for no CA, USER, ARCHIVE; SMTP_PASSWORD holds the password. What
 * is sent to the n-th TO is DIR/n.eml. A TO of "no:ADDRESS" has its commit
 * refused, "die:ADDRESS" kills the program in it, "big:ADDRESS" sends 4 MB.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "send/carrier.h"
#include "send/message.h"

#define MAIL_BYTES ((size_t)16 << 20)
#define BIG_BYTES  ((size_t)4 << 20)

static const char TEXT[] = "Bonjour,\n\n.\n..\n.a\nUne ligne très longue, "
			   "avec un point à la fin .\n.";

static const char *const OUTCOMES[] = {
	[OUTCOME_ACCEPTED] = "accepted",
	[OUTCOME_LATER] = "later",
	[OUTCOME_REFUSED] = "refused",
	[OUTCOME_TROUBLE] = "trouble",
	[OUTCOME_UNKNOWN] = "unknown",
};

enum wish {
	WISH_COMMIT,
	WISH_NO,
	WISH_DIE
};

struct order {
	enum wish wish;
	unsigned commits;
};

static int
before_effect(void *ctx, const char *reference, struct err *e)
{
	struct order *o = ctx;

	(void)reference;
	if (o->wish == WISH_DIE)
		(void)kill(getpid(), SIGKILL);
	if (o->wish == WISH_NO)
		return err_set(e, ERR_DATA, "paid meanwhile");
	o->commits++;
	return 0;
}

static bool
skip_word(const char **s, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*s, word, n) != 0)
		return false;
	*s += n;
	return true;
}

static void
die(const struct err *e)
{
	(void)fprintf(stderr, "%s\n", e->text);
	exit(2);
}

static void
build(const char *dir, const char *id, size_t big, struct str *mail)
{
	char *bytes = calloc(1, big + 1);
	struct message_file file = { "relance.pdf", "application/pdf", bytes,
		big + 1 };
	struct message m = {
		.notice = id,
		.from_name = "Ateliers Valcourbe",
		.from = "compta@valcourbe.example.com",
		.to_name = "",
		.to = "client@example.com",
		.date = "2026-03-18",
		.lang = "fr",
		.subject = "Rappel",
		.text = TEXT,
		.html = "<p>Bonjour</p>",
		.files = &file,
		.n_files = 1,
	};
	char path[512];
	struct err e;

	(void)snprintf(path, sizeof(path), "%s/%s.eml", dir, id);
	if (message_build(&m, mail, &e) == -1 ||
	    file_write(path, mail->p, mail->len, 0644, &e) == -1)
		die(&e);
	free(bytes);
}

static void
deliver(struct carrier *c, const char *dir, int n, const char *to)
{
	struct order order = { .wish = WISH_COMMIT };
	struct carrier_commit commit = { before_effect, &order };
	struct receipt receipt;
	struct str mail;
	char id[32];
	const char *address = to;
	size_t big = 0;

	if (skip_word(&address, "no:"))
		order.wish = WISH_NO;
	else if (skip_word(&address, "die:"))
		order.wish = WISH_DIE;
	else if (skip_word(&address, "big:"))
		big = BIG_BYTES;
	(void)snprintf(id, sizeof(id), "N%d", n);
	str_init(&mail, MAIL_BYTES);
	build(dir, id, big, &mail);
	c->ops->deliver(c,
	    &(struct parcel){
		.id = id,
		.attempt = 1,
		.channel = CHANNEL_EMAIL,
		.recipient = address,
		.letter = &mail,
		.data = &mail,
		.mail = &mail,
	    },
	    &commit, &receipt);
	(void)printf("%s: %s, committed %u: %s\n", to,
	    OUTCOMES[receipt.outcome], order.commits, receipt.detail);
	(void)fflush(stdout);
	str_done(&mail);
}

int
main(int argc, char **argv)
{
	struct smtp_setup setup;
	struct carrier *c;
	struct err e;

	if (argc < 8) {
		(void)fprintf(stderr,
		    "usage: smtp_client DIR URL CA USER FROM "
		    "ARCHIVE TO...\n");
		return 2;
	}
	setup = (struct smtp_setup){
		.url = argv[2],
		.ca_file = argv[3],
		.user = argv[4],
		.from = argv[5],
		.archive = argv[6],
		.password = getenv("SMTP_PASSWORD"),
		.plain_allowed = getenv("PLAIN") != NULL,
	};
	if (smtp_open(&setup, &c, &e) == -1)
		die(&e);
	for (int i = 7; i < argc; i++)
		deliver(c, argv[1], i - 6, argv[i]);
	c->ops->close(c);
	return 0;
}
