/*
 * main: options, the table of commands, and the only clock.
 */
#include <assert.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "verb/verb.h"

#ifndef SEMONCE_SHARE
#define SEMONCE_SHARE "/usr/local/share/semonce"
#endif
#define SEMONCE_VERSION "0.1"

#define EXIT_USAGE      2
#define EXIT_AGAIN      75 /* EX_TEMPFAIL of sysexits.h */

struct command {
	const char *name;
	verb_command *run;
	const char *usage, *does;
};

static const struct command commands[] = {
	{ "init", verb_init, "init DIR [--country FR]",
	    "a new workspace, with a semonce.yaml to fill in" },
	{ "import", verb_import, "import FILE... [--encoding E] [--dry-run]",
	    "debtors, invoices, payments; known rows are kept" },
	{ "plan", verb_plan, "plan [-o FILE]",
	    "who gets what, why, and why not; sends nothing" },
	{ "approve", verb_approve, "approve ID...|--all [--personal TEXT]",
	    "planned notices that may go" },
	{ "write", verb_write, "write", "approved notices become letters" },
	{ "send", verb_send, "send", "letters go out" },
	{ "run", verb_run, "run",
	    "the day's work: approve what is auto, write, send" },
	{ "posted", verb_posted, "posted ID...|--all --on DATE [--tracking N]",
	    "paper given to the post: from then it counts" },
	{ "resolve", verb_resolve, "resolve ID sent|not-sent --because TEXT",
	    "what became of a notice in doubt" },
	{ "waive", verb_waive, "waive INVOICE interest|fee --because TEXT",
	    "give up what was or would be claimed" },
	{ "explain", verb_explain, "explain INVOICE|DEBTOR",
	    "the rules for one item, one by one" },
	{ "status", verb_status, "status [DEBTOR]",
	    "who owes what, and what waits for you" },
	{ "verify", verb_verify, "verify [--reconciled --because TEXT]",
	    "whether the ledger and its files are whole" },
	{ "letter", verb_letter, "letter NAME DATA.json -o FILE [--page PAGE]",
	    "one letter from data: .pdf, .png, .txt, .html" },
	{ "merge", verb_merge, "merge NAME DATA -o DIR|FILE.pdf",
	    "bulk letters from rows of .csv, .json, .jsonl" },
	{ "interest", verb_interest, "interest --country C --debtor KIND ...",
	    "interest, fee and daily amount of one debt" },
	{ "qr", verb_qr, "qr CODE --name N --iban I ... -o FILE",
	    "a payment code as .txt, .png or .svg" },
	{ "iban", verb_iban, "iban check|format IBAN",
	    "an account number, checked, in groups" },
	{ "reference", verb_reference, "reference make|check R",
	    "a payment reference, made or checked" },
	{ "lint", verb_lint, "lint",
	    "faults of semonce.yaml and of all texts" },
};

#define N_COMMANDS (sizeof(commands) / sizeof(commands[0]))

static int
usage(FILE *out)
{
	(void)fputs("usage: semonce [-C DIR] [--on DATE] [--json] [-q] [-v] "
		    "COMMAND ...\n\n",
	    out);
	for (size_t i = 0; i < N_COMMANDS; i++)
		(void)fprintf(out, "  %-43s  %s\n", commands[i].usage,
		    commands[i].does);
	(void)fputs("\n"
		    "  -C DIR     the workspace, else the current folder\n"
		    "  --on DATE  as if today were YYYY-MM-DD\n"
		    "  --json     for programs\n"
		    "  -q         no summary\n"
		    "  -v         run says why others get nothing\n"
		    "\nExit status: 0 all done; 1 some refused or failed; "
		    "2 usage or configuration;\n75 try again. "
		    "More in semonce(1).\n",
	    out);
	return out == stderr ? EXIT_USAGE : 0;
}

/* By ICU: it has its own table of zones, a small Debian has none. */
static void
read_clock(const char *timezone, date_t *day, int *hour)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar zone[64];
	UCalendar *c;

	(void)u_strFromUTF8(zone, 64, NULL, timezone, -1, &status);
	c = ucal_open(zone, -1, "en", UCAL_GREGORIAN, &status);
	*day = date_from_civil(ucal_get(c, UCAL_YEAR, &status),
	    ucal_get(c, UCAL_MONTH, &status) + 1,
	    ucal_get(c, UCAL_DATE, &status));
	*hour = ucal_get(c, UCAL_HOUR_OF_DAY, &status);
	assert(U_SUCCESS(status)); /* config.c knows the zone */
	ucal_close(c);
}

static const char *
now_utc(struct arena *a)
{
	struct timespec now;
	struct tm tm;
	char buf[32];

	(void)clock_gettime(CLOCK_REALTIME, &now);
	(void)gmtime_r(&now.tv_sec, &tm);
	(void)strftime(buf, sizeof(buf), "%Y-%m-%dT%H:%M:%SZ", &tm);
	return arena_str(a, buf);
}

/* The folder with layouts/ and fonts/: beside build/ in the source tree, or
 * where it was installed. */
static const char *
find_data(struct arena *a)
{
	char exe[4096];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	const char *dir;

	for (int up = 0; n > 0 && up < 3; up++) {
		while (n > 0 && exe[n - 1] != '/')
			n--;
		n--;
		dir = arena_fmt(a, "%.*s", (int)n, exe);
		if (n > 0 && file_exists(arena_fmt(a, "%s/layouts/page", dir)))
			return dir;
	}
	return SEMONCE_SHARE;
}

static int
option_date(const char *text, struct call *c, struct err *e)
{
	if (date_parse(text, &c->on, e) == 0)
		return 0;
	e->kind = ERR_USAGE;
	return err_add(e, "--on");
}

static bool
asks_help(const char *word)
{
	return strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 ||
	    strcmp(word, "-h") == 0;
}

static bool
asks_version(const char *word)
{
	return strcmp(word, "version") == 0 || strcmp(word, "--version") == 0;
}

/* Options before the command; *first becomes its index. */
static int
parse(int argc, char **argv, struct call *c, int *first, struct err *e)
{
	int i;

	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		if (asks_help(argv[i]) || asks_version(argv[i]))
			break;
		if (strcmp(argv[i], "--json") == 0)
			c->json = true;
		else if (strcmp(argv[i], "-q") == 0)
			c->quiet = true;
		else if (strcmp(argv[i], "-v") == 0)
			c->verbose = true;
		else if (strcmp(argv[i], "-C") == 0 && i + 1 < argc)
			c->dir = argv[++i];
		else if (strcmp(argv[i], "--on") == 0 && i + 1 < argc) {
			if (option_date(argv[++i], c, e) != 0)
				return -1;
		} else
			return err_set(e, ERR_USAGE,
			    "unknown option '%s': see 'semonce help'", argv[i]);
	}
	*first = i;
	return 0;
}

static int
status_of(const struct err *e)
{
	switch (e->kind) {
	case ERR_USAGE:
		return EXIT_USAGE;
	case ERR_BUSY:
		return EXIT_AGAIN;
	case ERR_NONE:
	case ERR_DATA:
	case ERR_SYSTEM:
	case ERR_BROKEN:
		break;
	}
	return 1;
}

static int
complain(const struct err *e)
{
	struct str s;

	str_init(&s, 8192);
	str_put_visible(&s, e->text);
	(void)fflush(stdout);
	(void)fprintf(stderr, "semonce: %s\n", s.p);
	str_done(&s);
	return status_of(e);
}

static int
run_command(struct call *c, const char *name, struct err *e)
{
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].run(c, e);
	return err_set(e, ERR_USAGE, "unknown command '%s': see 'semonce help'",
	    name);
}

/* A core dump or a debugger would show what debtors owe, and passwords. */
static void
keep_private(void)
{
	(void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
#ifndef __SANITIZE_ADDRESS__ /* its leak check must look at itself */
	(void)prctl(PR_SET_DUMPABLE, 0);
#endif
	(void)umask(077);
}

int
main(int argc, char **argv)
{
	struct call c = { .dir = ".", .on = DATE_NONE, .clock = read_clock };
	struct err e = { 0 };
	struct arena *a;
	int first = argc, rc;

	keep_private();
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	if (parse(argc, argv, &c, &first, &e) != 0)
		return complain(&e);
	if (first == argc)
		return usage(stderr);
	if (asks_help(argv[first]))
		return usage(stdout);
	if (asks_version(argv[first])) {
		(void)puts("semonce " SEMONCE_VERSION);
		return 0;
	}
	a = arena_new();
	c.now = now_utc(a);
	c.data = find_data(a);
	c.argc = argc - first - 1;
	c.argv = argv + first + 1;
	rc = run_command(&c, argv[first], &e);
	if (rc == -1)
		rc = complain(&e);
	arena_free(a);
	if (fflush(stdout) != 0 || ferror(stdout) != 0) {
		(void)fputs("semonce: cannot write to standard output\n",
		    stderr);
		rc = rc == 0 ? 1 : rc;
	}
	return rc;
}
