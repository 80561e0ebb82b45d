/*
 * import: files to records to the ledger. Bad rows are named with file and
 * line, the rest goes in; the same file twice adds nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/csv.h"
#include "verb/enclosure.h"
#include "verb/import_json.h"
#include "verb/tally.h"
#include "verb/workspace.h"

#define SHOWN_REFUSALS 10
#define SHOWN_SAME     10 /* rows one after the other with one fault */

#define USAGE          "usage: semonce import FILE... [--encoding E] [--dry-run]"

struct importing {
	bool dry_run;
	const char *encoding; /* NULL: found */
	char **files;
	int n_files;
};

static int
options(const struct call *c, struct importing *o, struct err *e)
{
	*o = (struct importing){ .files = c->argv };
	for (int i = 0; i < c->argc; i++) {
		if (strcmp(c->argv[i], "--dry-run") == 0)
			o->dry_run = true;
		else if (strcmp(c->argv[i], "--encoding") == 0 &&
		    i + 1 < c->argc)
			o->encoding = c->argv[++i];
		else if (c->argv[i][0] == '-')
			return err_set(e, ERR_USAGE, USAGE);
		else
			o->files[o->n_files++] = c->argv[i];
	}
	return o->n_files > 0 ? 0 : err_set(e, ERR_USAGE, USAGE);
}

static int
by_line(const void *a, const void *b)
{
	const struct refusal *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

/*
 * Those of the file and those of the ledger, in the order of the file. Where
 * nothing could be taken, the first few show what is wrong with all; where
 * many that follow each other have one fault, the first of them do.
 */
static void
name_refusals(struct workspace *w, const struct records *r,
    const struct import_result *i, struct tally *t)
{
	size_t n = r->n_refused + i->n_refused;
	size_t told = n == r->rows && n > SHOWN_REFUSALS ? SHOWN_REFUSALS : n;
	struct refusal *all = arena_array(w->arena, n, sizeof(*all));
	size_t same = 0, more = 0;
	struct err e;

	for (size_t k = 0; k < n; k++)
		all[k] = k < r->n_refused ? r->refused[k]
					  : i->refused[k - r->n_refused];
	qsort(all, n, sizeof(*all), by_line);
	for (size_t k = 0; k < told; k++) {
		same = k > 0 && strcmp(all[k].text, all[k - 1].text) == 0
		    ? same + 1
		    : 0;
		if (same >= SHOWN_SAME) {
			more++;
			continue;
		}
		(void)err_set(&e, ERR_DATA, "%s", all[k].text);
		tally_complain(t,
		    arena_fmt(w->arena, "%s:%u", r->path, all[k].line), &e);
	}
	if (more > 0) {
		(void)err_set(&e, ERR_DATA, "the same in %zu other row%s", more,
		    more == 1 ? "" : "s");
		tally_complain(t, r->path, &e);
	}
	if (told < n) {
		(void)err_set(&e, ERR_DATA,
		    "no row is right, and %zu more are as wrong: correct these "
		    "first",
		    n - told);
		tally_complain(t, r->path, &e);
	}
}

/* Better now, while the file can be corrected, than when a letter needs it. */
static int
check_file(const struct str *bytes, const char *ext, struct err *e)
{
	size_t pages;

	return enclosure_check(bytes->p, bytes->len, ext, &pages, e);
}

/* What payments pay first, by the law of the creditor's country. */
static void
fill_order(const struct workspace *w, struct import_terms *t)
{
	const struct config *c = &w->config;
	const struct rule *rule;
	struct err none;

	for (size_t k = 0; k < DEBTOR_KINDS; k++) {
		if (c->principal_first ||
		    rule_find(&w->law.book, c->creditor.country,
			(enum debtor_kind)k, &rule, &none) != 0)
			rule = NULL;
		memcpy(t->order[k], rule_order(rule), sizeof(t->order[k]));
	}
}

static int
import_file(struct workspace *w, const char *path, const struct importing *o,
    struct tally *t, struct err *e)
{
	struct records records;
	struct import_result result;
	struct import_terms terms = {
		.on = w->on, .dry_run = o->dry_run, .check_file = check_file
	};

	fill_order(w, &terms);
	if (csv_read(path, o->encoding, w->hasher, w->arena, &records, e) !=
		0 ||
	    ledger_import(w->ledger, &records, &terms, w->arena, &result, e) !=
		0)
		return -1;
	name_refusals(w, &records, &result, t);
	if (w->call->json)
		json_print(json_import(&records, &result, o->dry_run), stdout);
	else if (!w->call->quiet)
		(void)printf("%s: %zu row%s; %s: %zu %s, %zu known, %zu "
			     "refused\n",
		    path, records.rows, records.rows == 1 ? "" : "s",
		    record_kind_name(records.kind), result.added,
		    o->dry_run ? "would be added" : "added", result.known,
		    records.n_refused + result.n_refused);
	return 0;
}

/* An unusable file is named and the next one is tried. */
static int
import_files(struct workspace *w, const struct importing *o, struct tally *t,
    struct err *e)
{
	for (int i = 0; i < o->n_files; i++) {
		if (import_file(w, o->files[i], o, t, e) == 0)
			continue;
		if (e->kind == ERR_BUSY || e->kind == ERR_BROKEN ||
		    e->kind == ERR_USAGE)
			return -1;
		tally_complain(t, "", e);
	}
	return t->complaints > 0;
}

int
verb_import(struct call *c, struct err *e)
{
	struct importing o;
	struct workspace w;
	struct tally t = { 0 };
	int rc = -1;

	if (options(c, &o, e) != 0)
		return -1;
	if (workspace_open(&w, c, e) == 0)
		rc = import_files(&w, &o, &t, e);
	workspace_close(&w);
	return rc;
}
