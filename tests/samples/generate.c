/*
 * generate DIR: writes the sample files of a fictitious firm into DIR.
 *
 *	debtors.csv invoices.csv payments.csv	all that is known on BASE
 *	replay/DATE/{invoices,payments}.csv	what was new on each of the
 *						dates of a replay
 *	replay/DATE/originals.jsonl		what merge makes the files of
 *						those invoices from
 *	logo.png
 *
 * Seeded: the same files at every run. The tables are in debtors.c and
 * stories.c.
 */
#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "samples.h"

#define MAX_RECORDS 200
#define INSTALMENTS 3
#define NONE        SIZE_MAX
#define SEED        UINT64_C(0x73656d6f6e6365)

struct bill {
	size_t debtor; /* 0 for the first */
	enum fate fate;
	bool credit;  /* a credit note */
	size_t cures; /* order of the invoice it is for, or NONE */
	date_t issued;
	size_t n;
	date_t due[INSTALMENTS];
	int64_t minor[INSTALMENTS];
	size_t order;
	char number[16];
};

struct receipt_row {
	char id[16];
	date_t date;
	size_t debtor;
	int64_t minor;
	const struct bill *bill; /* or NULL */
	const char *label;
	bool transfer; /* has the bank's identifier */
	size_t order;
};

struct firm {
	date_t base;
	uint64_t random;
	struct bill bills[MAX_RECORDS];
	size_t n_bills;
	struct receipt_row receipts[MAX_RECORDS];
	size_t n_receipts;
};

/* Days on which the books are looked at; the last one is the base date. */
static const char *const replay_dates[] = { "2026-02-02", "2026-02-11",
	"2026-02-16", "2026-02-25", "2026-03-02", "2026-03-05", "2026-03-11",
	"2026-03-16" };
#define N_REPLAY (sizeof(replay_dates) / sizeof(replay_dates[0]))

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

static date_t
day(const char *text)
{
	struct err e;
	date_t d;

	if (date_parse(text, &d, &e) != 0)
		die(text);
	return d;
}

/* splitmix64 (public domain, S. Vigna): 0 to limit - 1. */
static int64_t
draw(struct firm *f, int64_t limit)
{
	uint64_t z = (f->random += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (int64_t)((z ^ (z >> 31)) % (uint64_t)limit);
}

/* The working day on or after a date, as far as weekends go. */
static date_t
weekday(date_t d)
{
	while (date_weekday(d) > 4)
		d++;
	return d;
}

static struct bill *
add_bill(struct firm *f, size_t debtor, enum fate fate, date_t due)
{
	struct bill *b = &f->bills[f->n_bills];

	assert(f->n_bills < MAX_RECORDS);
	*b = (struct bill){
		.debtor = debtor,
		.fate = fate,
		.issued = due - sample_debtors[debtor].terms,
		.n = 1,
		.due = { due },
		.order = f->n_bills,
		.cures = NONE,
	};
	while (date_weekday(b->issued) > 4)
		b->issued--;
	f->n_bills++;
	return b;
}

static void
split(struct bill *b)
{
	int64_t part = b->minor[0] / INSTALMENTS;

	b->n = INSTALMENTS;
	b->minor[0] -= 2 * part;
	for (size_t i = 1; i < INSTALMENTS; i++) {
		b->due[i] = b->due[0] + 30 * (date_t)i;
		b->minor[i] = part;
	}
}

static void
add_credit(struct firm *f, size_t of, size_t debtor, date_t issued,
    int64_t minor)
{
	struct bill *b = add_bill(f, debtor, OPEN, issued);

	b->credit = true;
	b->cures = of;
	b->issued = b->due[0] = weekday(issued);
	b->minor[0] = minor;
}

static void
make_bills(struct firm *f)
{
	for (size_t i = 0; i < n_sample_stories; i++) {
		const struct sample_story *s = &sample_stories[i];
		const struct sample_debtor *d = &sample_debtors[s->debtor - 1];
		struct bill *b =
		    add_bill(f, s->debtor - 1, s->fate, f->base - s->overdue);

		b->minor[0] = (d->least + draw(f, d->most - d->least)) * 100 +
		    draw(f, 20) * 5;
		if (s->fate == THREE)
			split(b);
		else if (s->fate == CREDITED)
			add_credit(f, b->order, b->debtor, b->due[0] - 3,
			    b->minor[0]);
		else if (s->fate == REBATE)
			add_credit(f, b->order, b->debtor, b->due[0] + 2,
			    b->minor[0] / 5);
	}
	/* a goodwill credit on no invoice */
	add_credit(f, NONE, 30, day("2026-03-02"), 7500);
}

static int
bill_before(const void *x, const void *y)
{
	const struct bill *a = x, *b = y;

	if (a->issued != b->issued)
		return a->issued < b->issued ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

/* Invoices and credit notes have each an unbroken series a year. */
static void
number_bills(struct firm *f)
{
	unsigned next[2] = { 0, 0 };
	int last = 0;

	qsort(f->bills, f->n_bills, sizeof(f->bills[0]), bill_before);
	for (size_t i = 0; i < f->n_bills; i++) {
		struct bill *b = &f->bills[i];
		int year, month, d;

		date_to_civil(b->issued, &year, &month, &d);
		if (year != last)
			next[0] = next[1] = 0;
		last = year;
		(void)snprintf(b->number, sizeof(b->number), "%c%d-%04u",
		    b->credit ? 'A' : 'F', year, ++next[b->credit]);
	}
}

static void
add_receipt(struct firm *f, const struct bill *b, date_t date, int64_t minor,
    const char *label)
{
	date = weekday(date);
	if (date >= f->base)
		return; /* not yet */
	assert(f->n_receipts < MAX_RECORDS);
	f->receipts[f->n_receipts] = (struct receipt_row){
		.date = date,
		.debtor = b->debtor,
		.minor = minor,
		.bill = b,
		.label = label,
		.transfer = strncmp(label, "Virement", 8) == 0,
		.order = f->n_receipts,
	};
	f->n_receipts++;
}

/* Money that names its debtor, and no invoice. */
static void
add_loose(struct firm *f, const struct bill *b, date_t date, int64_t minor,
    const char *label)
{
	size_t n = f->n_receipts;

	add_receipt(f, b, date, minor, label);
	if (f->n_receipts > n)
		f->receipts[n].bill = NULL;
}

static void
settle(struct firm *f, const struct bill *b)
{
	date_t due = b->due[0];
	int64_t all = b->minor[0];

	switch (b->fate) {
	case PROMPT:
	case THREE:
		add_receipt(f, b, due, all, "Virement reçu");
		break;
	case LATE:
		add_receipt(f, b, due + 11, all, "Virement reçu");
		break;
	case SLOW:
		add_receipt(f, b, due + 34, all, "Chèque");
		break;
	case PART:
		add_receipt(f, b, due + 4, all * 2 / 5, "Virement, acompte");
		break;
	case OVER:
		add_receipt(f, b, due + 1, all + 15000, "Virement reçu");
		break;
	case TWICE:
		add_receipt(f, b, due, all, "Virement reçu");
		add_loose(f, b, due + 21, all, "Virement sans référence");
		break;
	case REVERSED:
		add_receipt(f, b, due - 1, all, "Chèque");
		add_receipt(f, b, due + 9, -all, "Chèque impayé");
		break;
	case OPEN:
	case CREDITED:
	case REBATE:
		break;
	}
}

static int
receipt_before(const void *x, const void *y)
{
	const struct receipt_row *a = x, *b = y;

	if (a->date != b->date)
		return a->date < b->date ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static void
make_receipts(struct firm *f)
{
	const struct bill *some = NULL, *covered = NULL;
	int64_t owed = 0;
	unsigned next = 0;

	for (size_t i = 0; i < f->n_bills; i++) {
		const struct bill *b = &f->bills[i];

		settle(f, b);
		if (b->debtor == 9 && !b->credit)
			some = b;
		if (b->debtor == 32 && !b->credit) {
			covered = b;
			owed += b->minor[0];
		}
	}
	assert(some != NULL && covered != NULL);
	add_loose(f, some, day("2026-03-10"), 10000, "Virement sans référence");
	add_loose(f, covered, day("2026-03-12"), owed, "Espèces");
	qsort(f->receipts, f->n_receipts, sizeof(f->receipts[0]),
	    receipt_before);
	for (size_t i = 0; i < f->n_receipts; i++)
		if (f->receipts[i].transfer)
			(void)snprintf(f->receipts[i].id,
			    sizeof(f->receipts[i].id), "VIR-%05u", ++next);
}

static FILE *
open_file(const char *dir, const char *name)
{
	char path[8192];
	FILE *out;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	out = fopen(path, "w");
	if (out == NULL)
		die(path);
	return out;
}

static void
close_file(FILE *out, const char *name)
{
	if (ferror(out) || fclose(out) != 0)
		die(name);
}

/* A cell and what follows it. */
static void
put(FILE *out, const char *cell, char end)
{
	if (cell == NULL)
		cell = "";
	if (cell[strcspn(cell, ",;\"\n")] != '\0') {
		(void)fputc('"', out);
		for (; *cell != '\0'; cell++) {
			if (*cell == '"')
				(void)fputc('"', out);
			(void)fputc(*cell, out);
		}
		(void)fputc('"', out);
	} else {
		(void)fputs(cell, out);
	}
	(void)fputc(end, out);
}

static void
put_amount(FILE *out, int64_t minor)
{
	(void)fprintf(out, "%s%lld.%02lld,", minor < 0 ? "-" : "",
	    llabs(minor) / 100, llabs(minor) % 100);
}

static void
put_date(FILE *out, date_t d)
{
	char buf[DATE_SIZE];

	put(out, date_fmt(d, buf), ',');
}

static void
write_debtors(const char *dir)
{
	FILE *out = open_file(dir, "debtors.csv");

	(void)fputs("code,name,kind,profile,language,email,phone,line1,line2,"
		    "line3,postcode,city,country,registration,vat,channel\n",
	    out);
	for (size_t i = 0; i < n_sample_debtors; i++) {
		const struct sample_debtor *d = &sample_debtors[i];
		bool firm = strcmp(d->kind, "consumer") != 0;
		bool french = strcmp(d->country, "FR") == 0;

		(void)fprintf(out, "C%04zu,", i + 1);
		put(out, d->name, ',');
		(void)fprintf(out, "%s,,%s,", d->kind, d->language);
		if (d->mailbox != NULL)
			(void)fprintf(out, "%s.example.com", d->mailbox);
		/* numbers that the French regulator keeps for fiction */
		(void)fprintf(out, french ? ",04 65 71 10 %02zu," : ",,",
		    i + 1);
		put(out, d->line1, ',');
		put(out, d->line2, ',');
		put(out, "", ',');
		put(out, d->postcode, ',');
		put(out, d->city, ',');
		put(out, d->country, ',');
		(void)fprintf(out, firm && french ? "000 000 %03zu,," : ",,",
		    i + 1);
		put(out, d->channel, '\n');
	}
	close_file(out, "debtors.csv");
}

static const char *
number_of(const struct firm *f, size_t order)
{
	for (size_t i = 0; i < f->n_bills; i++)
		if (f->bills[i].order == order)
			return f->bills[i].number;
	return "";
}

/*
 * What was issued from one day to another, both included; where the
 * originals are made, with their files.
 */
static void
write_bills(const struct firm *f, const char *dir, date_t from, date_t to,
    bool originals)
{
	FILE *out = open_file(dir, "invoices.csv");

	(void)fputs("number,debtor,issued,due,currency,amount,kind,refers_to,"
		    "contract,file,sent_on,terms,clause,scenario\n",
	    out);
	for (size_t i = 0; i < f->n_bills; i++) {
		const struct bill *b = &f->bills[i];
		const struct sample_debtor *d = &sample_debtors[b->debtor];

		if (b->issued < from || b->issued > to)
			continue;
		for (size_t k = 0; k < b->n; k++) {
			(void)fprintf(out, "%s,C%04zu,", b->number,
			    b->debtor + 1);
			put_date(out, b->issued);
			put_date(out, b->due[k]);
			put(out, d->currency, ',');
			put_amount(out, b->minor[k]);
			put(out, b->credit ? "credit_note" : "invoice", ',');
			put(out, number_of(f, b->cures), ',');
			if (originals && !b->credit)
				(void)fprintf(out, ",originals/%s.pdf,",
				    b->number);
			else
				(void)fputs(",,", out);
			put_date(out, b->issued);
			if (b->credit)
				(void)fputs(",,\n", out);
			else
				(void)fprintf(out, "%d jours,,\n", d->terms);
		}
	}
	close_file(out, "invoices.csv");
}

static void
write_originals(const struct firm *f, const char *dir, date_t from, date_t to)
{
	FILE *out = open_file(dir, "originals.jsonl");

	for (size_t i = 0; i < f->n_bills; i++) {
		const struct bill *b = &f->bills[i];

		if (!b->credit && b->issued >= from && b->issued <= to)
			sample_original_put(out,
			    &(struct sample_original){ b->number, b->debtor,
				b->issued, b->n, b->due, b->minor });
	}
	close_file(out, "originals.jsonl");
}

static void
write_receipts(const struct firm *f, const char *dir, date_t from, date_t to)
{
	FILE *out = open_file(dir, "payments.csv");

	(void)fputs("id,date,debtor,currency,amount,reference,invoice,label\n",
	    out);
	for (size_t i = 0; i < f->n_receipts; i++) {
		const struct receipt_row *r = &f->receipts[i];
		const char *number = r->bill != NULL ? r->bill->number : "";

		if (r->date < from || r->date > to)
			continue;
		put(out, r->id, ',');
		put_date(out, r->date);
		(void)fprintf(out, "C%04zu,%s,", r->debtor + 1,
		    sample_debtors[r->debtor].currency);
		put_amount(out, r->minor);
		put(out, r->transfer ? number : "", ',');
		put(out, number, ',');
		put(out, r->label, '\n');
	}
	close_file(out, "payments.csv");
}

static void
write_replay(const struct firm *f, const char *dir)
{
	date_t before = day("1900-01-01");

	for (size_t i = 0; i < N_REPLAY; i++) {
		date_t on = day(replay_dates[i]);
		char part[4096];
		struct err e;

		(void)snprintf(part, sizeof(part), "%s/replay/%s", dir,
		    replay_dates[i]);
		if (file_mkdirs(part, 0755, &e) != 0) {
			(void)fprintf(stderr, "%s\n", e.text);
			exit(1);
		}
		write_bills(f, part, before + 1, on, true);
		write_originals(f, part, before + 1, on);
		/* the bank's statement of the day before */
		write_receipts(f, part, before, on - 1);
		before = on;
	}
}

int
main(int argc, char **argv)
{
	static struct firm f;
	date_t first = day("1900-01-01");
	char logo[4096];

	if (argc != 2) {
		(void)fprintf(stderr, "usage: generate DIR\n");
		return 2;
	}
	f.random = SEED;
	f.base = day(replay_dates[N_REPLAY - 1]);
	make_bills(&f);
	number_bills(&f);
	make_receipts(&f);
	write_debtors(argv[1]);
	write_bills(&f, argv[1], first, f.base, false);
	write_receipts(&f, argv[1], first, f.base - 1);
	write_replay(&f, argv[1]);
	(void)snprintf(logo, sizeof(logo), "%s/logo.png", argv[1]);
	if (sample_logo(logo) != 0)
		die(logo);
	return 0;
}
