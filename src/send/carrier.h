/*
 * carrier: whoever takes a notice to its debtor. Two kinds so far: spool
 * (folders) and smtp. They know no ledger: the commit that must come before
 * the effect is a callback.
 */
#ifndef SEND_CARRIER_H
#define SEND_CARRIER_H

#include "base/err.h"
#include "base/str.h"
#include "semonce.h"

/* One notice, ready to go; all lent. */
struct parcel {
	const char *id;
	unsigned attempt;
	enum channel channel;
	const char *recipient; /* e-mail address, or address lines */
	const struct str *letter, *data;
	const struct str *mail;  /* NULL on paper */
	const struct str *print; /* letter and enclosures; NULL in a mail */
};

/*
 * Called once at the last moment before the effect, with a word of evidence
 * ("" if none). If it returns -1 nothing may leave.
 */
struct carrier_commit {
	int (*before_effect)(void *ctx, const char *reference, struct err *e);
	void *ctx;
};

struct carrier;

struct carrier_ops {
	/* Delivers; fills the receipt. Never fails: trouble is an outcome. */
	void (*deliver)(struct carrier *c, const struct parcel *p,
	    const struct carrier_commit *commit, struct receipt *r);
	void (*close)(struct carrier *c);
};

/* First member of every carrier. */
struct carrier {
	const struct carrier_ops *ops;
	const char *name;
};

/* Puts folders below `outbox`; free with its ops->close. */
int spool_open(const char *outbox, struct carrier **out, struct err *e);

struct smtp_setup {
	const char *url;     /* smtp://host:port or smtps://host:port */
	const char *from;    /* envelope sender */
	const char *archive; /* second recipient of every mail, or "" */
	const char *user;    /* "" for no login */
	const char *password;
	const char *ca_file; /* "" for the system's */
	bool plain_allowed;  /* TLS may be absent: loopback hosts only */
};

/* Connects at the first delivery; free with its ops->close. */
int smtp_open(const struct smtp_setup *s, struct carrier **out, struct err *e);

#endif
