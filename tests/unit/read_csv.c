/*
 * The native CSV files: what goes in, and for each kind of wrong input its
 * line, its words, and that the rest still goes in.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "read/csv.h"

#define D "code,name,kind\n"
#define I "number,debtor,issued,due,currency,amount\n"
#define P "date,debtor,currency,amount\n"

struct fixture {
	struct arena *arena;
	struct hasher *hasher;
	char path[64];
	struct records records;
	struct err err;
};

static int
setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	int fd;

	f->arena = arena_new();
	assert_int_equal(hasher_new(&f->hasher, &f->err), 0);
	snprintf(f->path, sizeof(f->path), "/tmp/semonce-csv-XXXXXX");
	fd = mkstemp(f->path);
	assert_int_not_equal(fd, -1);
	close(fd);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	unlink(f->path);
	hasher_free(f->hasher);
	arena_free(f->arena);
	free(f);
	return 0;
}

static int
read_bytes(struct fixture *f, const void *bytes, size_t n)
{
	FILE *file = fopen(f->path, "we");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
	memset(&f->records, 0, sizeof(f->records));
	memset(&f->err, 0, sizeof(f->err));
	return csv_read(f->path, NULL, f->hasher, f->arena, &f->records,
	    &f->err);
}

static int
read_text(struct fixture *f, const char *text)
{
	return read_bytes(f, text, strlen(text));
}

/* ---- whole files ---- */

static void
test_debtors(void **state)
{
	struct fixture *f = *state;
	const struct debtor *d;

	assert_int_equal(
	    read_text(f,
		"\xef\xbb\xbfname;CODE;kind;email;line1;line2;line3;postcode;city;"
		"country;language;channel;registration;vat;phone;profile;Humeur\r\n"
		"\"Brasserie \"\"Cr\xc3\xa9mieuse\"\" ; Fils\";C1;business;"
		"compta@example.com;a;b;c;75001;PARIS;CH;de-CH;print;RCS 1;FR1;"
		"01;gros;bonne\r\n"
		"\r\n;;;;;;;;;;;;;;;;\r\n"
		"Ville de Y;C2;public;;;;;;;;;;;;;;"),
	    0);
	assert_int_equal(f->records.kind, RECORD_DEBTORS);
	assert_int_equal(f->records.n, 2);
	assert_int_equal(f->records.rows, 2);
	assert_int_equal(f->records.n_refused, 0);
	d = &f->records.debtors[0];
	assert_int_equal(d->line, 2);
	assert_string_equal(d->name, "Brasserie \"Cr\xc3\xa9mieuse\" ; Fils");
	assert_string_equal(d->code, "C1");
	assert_int_equal(d->kind, DEBTOR_BUSINESS);
	assert_string_equal(d->email, "compta@example.com");
	assert_string_equal(d->address[2], "c");
	assert_string_equal(d->country, "CH");
	assert_string_equal(d->language, "de-CH");
	assert_int_equal(d->channel, CHANNEL_PRINT);
	assert_string_equal(d->notes, "{\"Humeur\":\"bonne\"}");
	d = &f->records.debtors[1];
	assert_int_equal(d->line, 5);
	assert_int_equal(d->kind, DEBTOR_PUBLIC);
	assert_string_equal(d->country, "");
	assert_string_equal(d->language, "");
	assert_int_equal(d->channel, CHANNEL_NONE);
	assert_string_equal(d->email, "");
	assert_string_equal(d->notes, "");
	assert_string_equal(f->records.path, f->path);
}

static void
test_invoices(void **state)
{
	struct fixture *f = *state;
	const struct invoice *i;

	assert_int_equal(
	    read_text(f,
		"number,debtor,issued,due,currency,amount,kind,refers_to,file,"
		"sent_on,terms,rate\n"
		"F1,C1,2026-01-01,2026-03-31,EUR,30.00,,,f1.pdf,2026-01-02,"
		"\"30 jours\nfin de mois\",10.5\n"
		"F2,C1,2026-01-05,2026-02-04,JPY,1200,invoice,,,,,0\n"
		"A1,C1,2026-01-06,,EUR,5.5,credit_note,F1,,,,\n"
		"F1,C1,2026-01-01,2026-01-31,EUR,70.00,,,f1.pdf,2026-01-02,"
		"\"30 jours\nfin de mois\",10.50\n"),
	    0);
	assert_int_equal(f->records.kind, RECORD_INVOICES);
	assert_int_equal(f->records.n, 3);
	assert_int_equal(f->records.rows, 4);
	assert_int_equal(f->records.n_refused, 0);
	i = &f->records.invoices[0];
	assert_string_equal(i->number, "F1");
	assert_int_equal(i->line, 2);
	assert_int_equal(i->issued, date_from_civil(2026, 1, 1));
	assert_int_equal(i->sent_on, date_from_civil(2026, 1, 2));
	assert_string_equal(i->terms, "30 jours\nfin de mois");
	assert_true(i->has_rate);
	assert_int_equal(i->rate_milli, 10500);
	assert_int_equal(i->n_instalments, 2);
	assert_int_equal(i->instalments[0].due, date_from_civil(2026, 1, 31));
	assert_int_equal(i->instalments[0].amount.minor, 7000);
	assert_int_equal(i->instalments[0].line, 6);
	assert_int_equal(i->instalments[1].due, date_from_civil(2026, 3, 31));
	i = &f->records.invoices[1];
	assert_int_equal(i->line, 4);
	assert_string_equal(i->currency, "JPY");
	assert_true(i->has_rate); /* a rate of 0 is agreed, too */
	assert_int_equal(i->rate_milli, 0);
	assert_int_equal(i->instalments[0].amount.minor, 1200);
	assert_int_equal(i->sent_on, DATE_NONE);
	i = &f->records.invoices[2];
	assert_int_equal(i->kind, INVOICE_CREDIT_NOTE);
	assert_false(i->has_rate);
	assert_string_equal(i->refers_to, "F1");
	assert_int_equal(i->instalments[0].amount.minor, 550);
	assert_int_equal(i->instalments[0].due, i->issued);
}

static void
test_payments(void **state)
{
	struct fixture *f = *state;
	const struct payment *p;

	assert_int_equal(
	    read_text(f,
		"id,date,debtor,currency,amount,reference,invoice,label\n"
		",2026-02-01,C1,EUR,10.00,,F1,VIR\n"
		",2026-02-01,C1,EUR,10.00,,F2,VIR\n"
		",2026-02-01,C1,EUR,10.0,,F1,VIR\n"
		"B7,2026-02-02,,EUR,-10.00,RF18539007547034,,\n"
		",2026-02-01,C1,EUR,10.00,,F1,VIR\n"),
	    0);
	assert_int_equal(f->records.kind, RECORD_PAYMENTS);
	assert_int_equal(f->records.n, 5);
	p = f->records.payments;
	assert_int_equal(p[0].twin, 0);
	assert_int_equal(p[1].twin, 0);
	assert_int_equal(p[2].twin, 1);
	assert_int_equal(p[4].twin, 2);
	assert_string_equal(p[3].id, "B7");
	assert_int_equal(p[3].amount.minor, -1000);
	assert_string_equal(p[3].reference, "RF18539007547034");
	assert_string_equal(p[0].label, "VIR");
}

static void
test_hash_is_of_the_whole_file(void **state)
{
	struct fixture *f = *state;
	uint8_t hash[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE], *text;
	size_t i, n = 0, size = 400000;

	text = mem_alloc(size + 64);
	n = (size_t)snprintf(text, size, "%s", "\xef\xbb\xbf" D);
	for (i = 0; n < size; i++)
		n += (size_t)snprintf(text + n, 64, "C%zu,N,consumer\n", i);
	assert_int_equal(read_bytes(f, text, n), 0);
	assert_int_equal(f->records.n, i);
	assert_int_equal(f->records.rows, i);
	assert_int_equal(f->records.debtors[i - 1].line, i + 1);
	assert_int_equal(hash_sha256(f->hasher, text, n, hash, &f->err), 0);
	assert_string_equal(f->records.sha256, hash_hex(hash, hex));
	free(text);
}

/* ---- one bad row each; the rest goes in ---- */

static const struct {
	const char *text;
	size_t taken;
	struct {
		unsigned line;
		const char *says;
	} refused[4]; /* line 0 ends them */
} bad_rows[] = {
	/* cells of debtors */
	{ D "C1,A,firm\nC2,B,public\n", 1,
	    { { 2,
		"bad word 'firm' in column kind: use business or consumer "
		"or public" } } },
	{ D "C1,A,\n", 0, { { 2, "column kind" } } },
	{ D ",A,business\n", 0, { { 2, "column code is empty" } } },
	{ D "C1,,business\n", 0, { { 2, "column name is empty" } } },
	{ D "C1,\xff,public\nC2,B,public\n", 1,
	    { { 2, "not UTF-8: say how the file is encoded" } } },
	{ "code,name,kind,x\nC1,A,public,\"one\ntwo \xe9\n\"\nC2,B,public,\n",
	    1, { { 2, "not UTF-8" } } },
	{ D "C1,\"A\nB\",business\n", 0,
	    { { 2, "bad text 'A\\x0aB' in column name" } } },
	{ D "C1,A,business\nC2,B,business\nC1,A,business\n", 2,
	    { { 4, "debtor 'C1' is on line 2 already" } } },
	{ "code,name,kind,email\nC1,A,public,a@b@c\nC2,A,public,a b@c\n"
	  "C3,A,public,@c\n",
	    0,
	    { { 2, "bad address 'a@b@c' in column email" }, { 3, "email" },
		{ 4, "email" } } },
	{ "code,name,kind,language\nC1,A,public,French\n", 0,
	    { { 2, "bad language 'French'" } } },
	{ "code,name,kind,country\nC1,A,public,France\n", 0,
	    { { 2, "bad country 'France'" } } },
	{ "code,name,kind,channel\nC1,A,public,pigeon\n", 0,
	    { { 2,
		"bad word 'pigeon' in column channel: use email or print or "
		"registered" } } },
	/* cells of invoices */
	{ I "F1,C1,2026-13-01,2026-01-31,EUR,1\n"
	    "F2,C1,2026-01-01,2026-01-31,EUR,1\n",
	    1,
	    { { 2,
		"bad date '2026-13-01' in column issued: use YYYY-MM-DD" } } },
	{ I "F1,C1,2026-01-01,31/01/2026,EUR,1\n", 0,
	    { { 2, "bad date '31/01/2026' in column due: use YYYY-MM-DD" } } },
	{ I "F1,C1,2026-01-01,,EUR,1\n", 0, { { 2, "column due is empty" } } },
	{ I "F1,C1,2026-01-01,2026-01-31,EUR,1 234.00\n", 0,
	    { { 2, "bad amount '1 234.00' in column amount" } } },
	{ I "F1,C1,2026-01-01,2026-01-31,EUR,1.234\n", 0,
	    { { 2, "bad amount" } } },
	{ I "F1,C1,2026-01-01,2026-01-31,EUR,99999999999999999999\n", 0,
	    { { 2, "bad amount" } } },
	{ I "F1,C1,2026-01-01,2026-01-31,EUR,0\n", 0,
	    { { 2, "more than zero" } } },
	{ I "F1,C1,2026-01-01,2026-01-31,EUR,-5\n", 0,
	    { { 2, "credit_note" } } },
	{ I "F1,C1,2026-01-01,2026-01-31,EUR,\n", 0,
	    { { 2, "column amount is empty" } } },
	{ I "F1,C1,2026-01-01,2026-01-31,euro,5\n", 0,
	    { { 2, "bad currency 'euro'" } } },
	{ "number,debtor,issued,due,currency,amount,rate\n"
	  "F1,C1,2026-01-01,2026-01-31,EUR,5,\"12,15\"\n"
	  "F2,C1,2026-01-01,2026-01-31,EUR,5,-1\n"
	  "F3,C1,2026-01-01,2026-01-31,EUR,5,10 %\n",
	    0,
	    { { 2,
		  "bad rate '12,15' in column rate: write percent a year as "
		  "10.5" },
		{ 3, "bad rate '-1'" }, { 4, "bad rate '10 %'" } } },
	/* instalments: all of an invoice or nothing */
	{ "number,debtor,issued,due,currency,amount,rate\n"
	  "F1,C1,2026-01-01,2026-01-31,EUR,5,0\n"
	  "F1,C1,2026-01-01,2026-02-28,EUR,5,\n",
	    0, { { 2, "because of line 3" }, { 3, "line 2 in column rate" } } },
	{ I "F1,C1,2026-01-01,2026-01-31,EUR,5\n"
	    "F2,C1,2026-01-01,2026-01-31,EUR,5\n"
	    "F1,C2,2026-01-01,2026-02-28,EUR,5\n",
	    1,
	    { { 2, "because of line 4" },
		{ 4, "'F1' contradicts line 2 in column debtor" } } },
	{ I "F1,C1,2026-01-01,2026-01-31,EUR,5\n"
	    "F1,C1,2026-01-01,2026-02-31,EUR,5\n"
	    "F1,C1,2026-01-01,2026-03-31,EUR,5\n",
	    0,
	    { { 2, "because of line 3" }, { 3, "2026-02-31" },
		{ 4, "because of line 3" } } },
	{ I "F1,C1,2026-01-01,2026-01-31,EUR,5\n"
	    "F1,C1,2026-01-01,2026-02-28,EUR,5,\n",
	    0, { { 2, "because of line 3" }, { 3, "7 cells" } } },
	{ I "F1,C1,2026-01-01,2026-01-31,EUR,5\n"
	    "F1,C1,2026-01-01,2026-01-31,EUR,5\n",
	    0,
	    { { 2, "because of line 3" },
		{ 3, "due 2026-01-31 on line 2 already" } } },
	{ I "F1,C1,2026-01-01,2026-01-31,EUR,90000000000000000\n"
	    "F1,C1,2026-01-01,2026-02-28,EUR,90000000000000000\n",
	    0, { { 2, "because of line 3" }, { 3, "too large" } } },
	/* cells of payments */
	{ P "2026-01-01,C1,EUR,0\n", 0, { { 2, "not zero" } } },
	{ P "2026-01-01,,EUR,5\n", 0, { { 2, "nobody's payment" } } },
	/* syntax */
	/* what turns a text round on paper and on a terminal */
	{ D "C1,A\u202eB,public\nC\u2066,B,public\nC3,\u0634\u0631\u0643\u0629,"
	    "public\n",
	    1,
	    { { 2, "bad text 'A\\u{202e}B' in column name" },
		{ 3, "column code" } } },
	/* but money is never turned away for how its text looks */
	{ "date,debtor,currency,amount,reference,label\n"
	  "2026-01-01,C1,EUR,5,\u200eRF\u200e,\u202dx\n",
	    1, { { 0 } } },
	{ D "C1,A\nC2,B,public\n", 1,
	    { { 2, "2 cells, the header line has 3" } } },
	{ D "C1,Chez \"Paul\",public\nC2,B,public\n", 1,
	    { { 2, "quote stands within a cell" } } },
	{ D "C1,\"A\" B,public\nC2,B,public\n", 1, { { 2, "quote" } } },
	{ D "C1,\"A,public\nC2,B,public\nC3,C,public\n", 2,
	    { { 2, "not closed" } } },
	{ D "C1,\"A,public\nC2,\"B\",public\nC3,C,public\n", 2,
	    { { 2, "quote" } } },
	{ "code,name,kind,x\r\nC1,A,public,\"a\r\nb\"\r\nC2,B,firm,\r\n", 1,
	    { { 4, "firm" } } },
	{ "code,name,kind\rC1,A,public\rC2,B,firm\r", 1, { { 3, "firm" } } },
	{ D "\n\n  \nC1,A,firm", 0, { { 5, "firm" } } },
};

static void
test_bad_rows(void **state)
{
	struct fixture *f = *state;
	const struct refusal *got;
	size_t i, k;

	for (i = 0; i < sizeof(bad_rows) / sizeof(bad_rows[0]); i++) {
		if (read_text(f, bad_rows[i].text) != 0)
			fail_msg("row %zu: %s", i, f->err.text);
		if (f->records.n != bad_rows[i].taken)
			fail_msg("row %zu: %zu taken: %s", i, f->records.n,
			    bad_rows[i].text);
		for (k = 0; bad_rows[i].refused[k].line != 0; k++) {
			assert_true(k < f->records.n_refused);
			got = &f->records.refused[k];
			if (got->line != bad_rows[i].refused[k].line ||
			    strstr(got->text, bad_rows[i].refused[k].says) ==
				NULL)
				fail_msg("row %zu: %u: %s", i, got->line,
				    got->text);
		}
		assert_int_equal(f->records.n_refused, k);
	}
}

static void
test_nul(void **state)
{
	struct fixture *f = *state;
	static const char text[] = D "C1,A\0B,public\nC2,B,public\n";

	assert_int_equal(read_bytes(f, text, sizeof(text) - 1), 0);
	assert_int_equal(f->records.n, 1);
	assert_string_equal(f->records.debtors[0].code, "C2");
	assert_int_equal(f->records.n_refused, 1);
	assert_int_equal(f->records.refused[0].line, 2);
	assert_non_null(strstr(f->records.refused[0].text, "NUL"));
}

/* A row of just 1 MB goes in, one byte more does not. */
static void
test_limit(void **state)
{
	struct fixture *f = *state;
	size_t limit = (size_t)1 << 20, n, extra;
	char *text = mem_alloc(3 * limit);

	for (extra = 0; extra < 2; extra++) {
		n = (size_t)snprintf(text, limit, "%s",
		    "code,name,kind,x\nC1,A,public,");
		memset(text + n, 'x', limit + extra - 13);
		n += limit + extra - 13;
		snprintf(text + n, limit, "\nC2,B,public,\n");
		assert_int_equal(read_text(f, text), 0);
		assert_int_equal(f->records.n, 2 - extra);
		assert_int_equal(f->records.n_refused, extra);
	}
	assert_int_equal(f->records.refused[0].line, 2);
	assert_non_null(strstr(f->records.refused[0].text, "1 MB"));
	assert_int_equal(f->records.debtors[0].line, 3);
	free(text);
}

/* A quote that is never closed, 3 MB before the end: one row is lost. */
static void
test_open_quote_in_a_long_file(void **state)
{
	struct fixture *f = *state;
	size_t i, n, rows = 200000;
	char *text = mem_alloc(rows * 20 + 64);

	n = (size_t)snprintf(text, 64, D "Q,\"A,public\n");
	for (i = 0; i < rows; i++)
		n += (size_t)snprintf(text + n, 32, "C%zu,N,public\n", i);
	assert_true(n > 3000000);
	assert_int_equal(read_bytes(f, text, n), 0);
	assert_int_equal(f->records.n, rows);
	assert_int_equal(f->records.n_refused, 1);
	assert_int_equal(f->records.refused[0].line, 2);
	assert_int_equal(f->records.debtors[0].line, 3);
	free(text);
}

static long
most_memory_kb(void)
{
	struct rusage u;

	assert_int_equal(getrusage(RUSAGE_SELF, &u), 0);
	return u.ru_maxrss;
}

/* 100 MB in one line: its number, little memory, and the rest goes in. */
static void
test_100_mb_line(void **state)
{
	struct fixture *f = *state;
	static const char head[] = D "C1,A,public\nC2,";
	static const char tail[] = ",public\nC3,B,public\n";
	const off_t at = 100 << 20;
	long before;
	int fd = open(f->path, O_WRONLY | O_TRUNC);

	assert_int_not_equal(fd, -1);
	assert_int_equal(write(fd, head, sizeof(head) - 1), sizeof(head) - 1);
	assert_int_equal(pwrite(fd, tail, sizeof(tail) - 1, at),
	    sizeof(tail) - 1);
	close(fd);
	before = most_memory_kb();
	assert_int_equal(csv_read(f->path, NULL, f->hasher, f->arena,
			     &f->records, &f->err),
	    0);
	assert_true(most_memory_kb() - before < 20 * 1024L);
	assert_int_equal(f->records.n, 2);
	assert_string_equal(f->records.debtors[1].code, "C3");
	assert_int_equal(f->records.debtors[1].line, 4);
	assert_int_equal(f->records.n_refused, 1);
	assert_int_equal(f->records.refused[0].line, 3);
}

/* ---- files that are of no use ---- */

static const struct {
	const char *text;
	const char *says;
} bad_files[] = {
	{ "", ":1: the file is empty" },
	{ "\n\n", ":1: the file is empty" },
	{ "a,b,c\n1,2,3\n", ":1: no header line" },
	{ "number,debtor,issued,currency,amount\n",
	    ":1: column 'due' is missing: a file of invoices needs it" },
	{ "\ncode,name,email\n", ":2: column 'kind' is missing" },
	{ "id,debtor,currency,amount,label\n", "column 'date' is missing" },
	{ "code,name,kind,Code\n", "column 'Code' is there twice" },
	{ "code,name,kind,x,x\n", "column 'x' is there twice" },
	{ "code\tname\n", ":1: column 'kind' is missing" },
	{ "code,name,kind,\n", "column 4 has no name" },
	{ "code,name,kind\xe9\n",
	    ":1: not UTF-8: say how the file is encoded" },
	{ "code\tna\xe9me\tkind\n", ":1: not UTF-8" },
	/* of payments all or none */
	{ P "2026-01-05,C1,EUR,1.00\n2026-01-05,C\xe9,EUR,1.00\n",
	    ":3: not UTF-8: say how the file is encoded" },
	{ "PK\3\4\24", ": a spreadsheet or another packed file, not CSV" },
	{ "\xd0\xcf\x11\xe0", ": a spreadsheet of an old kind, not CSV" },
	{ "%PDF-1.7\n", ": a PDF file, not CSV" },
	{ "code,na\"me\",kind\n", "quote" },
};

static void
test_bad_files(void **state)
{
	struct fixture *f = *state;
	char where[80];
	size_t i;

	for (i = 0; i < sizeof(bad_files) / sizeof(bad_files[0]); i++) {
		assert_int_equal(read_text(f, bad_files[i].text), -1);
		assert_int_equal(f->err.kind, ERR_DATA);
		snprintf(where, sizeof(where), "%s:", f->path);
		if (strncmp(f->err.text, where, strlen(where)) != 0 ||
		    strstr(f->err.text, bad_files[i].says) == NULL)
			fail_msg("file %zu: %s", i, f->err.text);
	}
	assert_int_equal(csv_read("/nonexistent/x.csv", NULL, f->hasher,
			     f->arena, &f->records, &f->err),
	    -1);
	assert_non_null(strstr(f->err.text, "/nonexistent/x.csv"));
	assert_int_equal(csv_read("/tmp", NULL, f->hasher, f->arena,
			     &f->records, &f->err),
	    -1);
	assert_non_null(strstr(f->err.text, "/tmp: a folder"));
}

/* Tabs are separators only where the header line has neither other. */
static void
test_tabs(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(read_text(f,
			     "code\tname\tkind\nC1\tA, B; \"C\tD\"\tpublic\n"
			     "\t\t\nC2\t\"E\"\tpublic\n"),
	    0);
	assert_int_equal(f->records.n, 1);
	assert_string_equal(f->records.debtors[0].name, "E");
	assert_int_equal(f->records.n_refused, 1);
	assert_int_equal(read_text(f,
			     "code,name,kind\t\nC1,A,public\nC2,B,firm\t\n"),
	    0);
	assert_int_equal(f->records.n, 1);
}

/* The same rows cut at every place by the end of a block. */
static void
test_block_borders(void **state)
{
	struct fixture *f = *state;
	size_t block = (size_t)1 << 16, shift, n;
	char *text = mem_alloc(2 * block);

	for (shift = 0; shift < 40; shift++) {
		n = (size_t)snprintf(text, block, "%s",
		    "date,debtor,currency,"
		    "amount,label\r\n2026-01-01,C,EUR,1,");
		memset(text + n, 'x', block - n - shift);
		n = block - shift;
		n += (size_t)snprintf(text + n, block, "%s",
		    "\r\n2026-01-01,C,"
		    "EUR,2,\"a\r\n\"\"\xc3\xa9\"\r\n2026-01-01,C,EUR,3,\r\n");
		assert_int_equal(read_bytes(f, text, n), 0);
		assert_int_equal(f->records.n_refused, 0);
		assert_int_equal(f->records.n, 3);
		assert_string_equal(f->records.payments[1].label,
		    "a\r\n\"\xc3\xa9");
		assert_int_equal(f->records.payments[1].line, 3);
		assert_int_equal(f->records.payments[2].line, 5);
	}
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_debtors, setup, teardown),
		cmocka_unit_test_setup_teardown(test_invoices, setup, teardown),
		cmocka_unit_test_setup_teardown(test_payments, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hash_is_of_the_whole_file,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nul, setup, teardown),
		cmocka_unit_test_setup_teardown(test_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(test_open_quote_in_a_long_file,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(test_100_mb_line, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_bad_files, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_tabs, setup, teardown),
		cmocka_unit_test_setup_teardown(test_block_borders, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
