/*
 * verify: a workspace with everything in it is without fault; then one thing
 * is altered past all guards, and a fault names it.
 */
#include "ledger_claim.h"

#define INVOICE "%PDF invoice"

static int
setup(void **state)
{
	static const enum debt_part order[DEBT_PARTS] = { PART_FEE,
		PART_INTEREST, PART_PRINCIPAL };
	const struct waiver waiver = { .invoice = "F1",
		.kind = CLAIM_INTEREST,
		.amount = { .minor = 100, .currency = "EUR" },
		.on = 0,
		.because = "goodwill" };
	struct fixture *f;
	struct notice n;

	fixture_setup(state);
	f = *state;
	fixture_import(f, DEBTORS);
	fixture_import(f, INVOICES);
	fixture_write(f, "F7.pdf", INVOICE);
	fixture_import(f,
	    "number,debtor,issued,due,currency,amount,kind,refers_to,file\n"
	    "F7,C2,2026-01-01,2026-01-31,EUR,1.00,,,F7.pdf\n"
	    "A1,C2,2026-02-01,,EUR,5.00,credit_note,F3,\n");
	fixture_pay(f, "p1,2026-02-01,C1,EUR,10.00,,F1,\n");
	n = fixture_notice(f, ID, "C1", "", CHANNEL_EMAIL);
	claim_put(f, &n, 0, claim_of(f, CLAIM_INTEREST, 310, 0));
	claim_put(f, &n, 0, claim_of(f, CLAIM_FEE, 4000, 0));
	claim_deliver(f, &n);
	memcpy(f->order, order, sizeof(order));
	fixture_pay(f, "p2,2026-03-05,C1,EUR,41.00,,F1,\n");
	must(ledger_waive(f->ledger, &waiver, &f->err));
	return 0;
}

static struct verify_report
verify(struct fixture *f)
{
	struct verify_report r;

	must(ledger_verify(f->ledger, f->arena, &r, &f->err));
	return r;
}

static void
expect_fault(const struct verify_report *r, const char *after,
    const char *words)
{
	for (size_t i = 0; i < r->n_faults; i++) {
		if (strstr(r->faults[i].text, words) != NULL)
			return;
	}
	fail_msg("%s: none of %zu faults says '%s', the first is '%s'", after,
	    r->n_faults, words, r->n_faults == 0 ? "" : r->faults[0].text);
}

static void
test_sound(void **state)
{
	struct fixture *f = *state;
	struct verify_report r = verify(f);

	if (r.n_faults > 0)
		fail_msg("%s", r.faults[0].text);
	/* 5 imports, 2 debtors, 5 invoices, 3 movements, 6 of the notice, a
	 * waiver. */
	assert_int_equal(r.events, 22);
	assert_int_equal(r.documents, 2);
	assert_int_equal(r.notices, 1);
}

#define UNGUARD(trigger) "DROP TRIGGER " trigger "; "

static const struct {
	const char *sql, *words;
} alterations[] = {
	{ UNGUARD("event_kept") "UPDATE event SET detail = 'x' WHERE seq = 7",
	    "event 7 (" },
	{ UNGUARD("event_kept") "UPDATE event SET at = '2026' WHERE seq = 3",
	    "event 3 (" },
	{ UNGUARD("event_kept") "UPDATE event SET word = 'x' WHERE seq = 4",
	    "was altered" },
	{ UNGUARD("event_kept") "UPDATE event SET subject = 'x' WHERE seq = 4",
	    "event 4 (" },
	{ UNGUARD("event_kept") "UPDATE event SET row = 9 WHERE seq = 5",
	    "event 5 (" },
	{ UNGUARD("event_kept") "UPDATE event SET kind = 'debtor'"
				" WHERE seq = 5",
	    "event 5 (" },
	{ UNGUARD("event_kept") "UPDATE event SET digest = '00'"
				" WHERE seq = 5",
	    "event 5 (" },
	{ UNGUARD("event_kept") "UPDATE event SET previous = '00'"
				" WHERE seq = 5",
	    "event 5 does not follow" },
	{ UNGUARD("event_stays") "DELETE FROM event WHERE seq = 5",
	    "event 6 stands at place 5" },
	{ UNGUARD("event_stays") "DELETE FROM event WHERE seq = 22",
	    "older than what it has sent" },
	{ UNGUARD("notice_arrow") "UPDATE notice SET state = 'rendered'",
	    "notice " ID " is rendered, its events say accepted" },
	{ "UPDATE notice SET state = 'posted'",
	    "notice " ID " is posted, its events say accepted" },
	{ "UPDATE notice SET accepted_on = '2026-02-01'",
	    "notice " ID " was altered" },
	{ "UPDATE notice SET attempt = 0", "notice " ID " was altered" },
	{ UNGUARD("notice_kept") "UPDATE notice SET total = 1",
	    "notice " ID " was altered" },
	{ UNGUARD("notice_kept") "UPDATE notice SET recipient = 'x@y.invalid'",
	    "notice " ID " was altered" },
	{ UNGUARD("notice_line_kept") "UPDATE notice_line SET step = 'x'",
	    "notice " ID " was altered" },
	{ "UPDATE notice_line SET live = 0", "notice " ID " was altered" },
	{ UNGUARD("document_kept") "UPDATE document SET size = 1"
				   " WHERE notice IS NOT NULL",
	    "notice " ID " was altered" },
	{ UNGUARD("movement_kept") "UPDATE movement SET day = '2026-02-02'"
				   " WHERE external = 'p1'",
	    "movement p1 was altered" },
	{ UNGUARD("allocation_kept") "UPDATE allocation SET instalment = 2"
				     " WHERE amount = 1000",
	    "movement p1 was altered" },
	{ UNGUARD("allocation_stays") "DELETE FROM allocation"
				      " WHERE amount = 1000",
	    "movement p1 was altered" },
	{ UNGUARD("instalment_kept") "UPDATE instalment SET amount = 9999"
				     " WHERE amount = 10000",
	    "invoice F1 was altered" },
	{ UNGUARD("invoice_kept") "UPDATE invoice SET issued = '2026-01-02'"
				  " WHERE number = 'F1'",
	    "invoice F1 was altered" },
	{ "UPDATE contact SET email = 'x@y.invalid' WHERE debtor = 1",
	    "debtor C1 was altered" },
	{ "UPDATE debtor SET profile = 'x' WHERE id = 1",
	    "debtor C1 was altered" },
	{ UNGUARD("import_kept") "UPDATE import SET day = '2026-12-31'",
	    "import " },
	{ "INSERT INTO movement (kind, external, day, debtor, currency,"
	  " amount, reference, label, notes, twin, import) VALUES ('payment',"
	  " 'ghost', '2026-02-01', 1, 'EUR', 5, '', '', '', 0, 1)",
	    "no event tells of the payment of 2026-02-01 ghost" },
	{ UNGUARD("claim_kept") "UPDATE claim SET settled = 1",
	    "notice " ID " was altered" },
	{ UNGUARD("claim_kept") "UPDATE claim SET text = 'x'",
	    "notice " ID " was altered" },
	{ UNGUARD("claim_slice_kept") "UPDATE claim_slice SET rate_milli = 0",
	    "notice " ID " was altered" },
	{ UNGUARD("claim_slice_stays") "DELETE FROM claim_slice"
				       " WHERE position = 2",
	    "notice " ID " was altered" },
	{ UNGUARD("invoice_kept") "UPDATE invoice SET rate_milli = 9000"
				  " WHERE number = 'F1'",
	    "invoice F1 was altered" },
	{ UNGUARD("settlement_kept") "UPDATE settlement SET amount = 90"
				     " WHERE kind = 'interest'",
	    "movement p2 was altered" },
	{ UNGUARD("settlement_stays") "DELETE FROM settlement"
				      " WHERE kind = 'fee'",
	    "movement p2 was altered" },
	{ UNGUARD("waiver_kept") "UPDATE waiver SET amount = NULL",
	    "waiver F1 was altered" },
	{ UNGUARD("waiver_kept") "UPDATE waiver SET because = 'x'",
	    "waiver F1 was altered" },
	{ UNGUARD("waiver_stays") "DELETE FROM waiver",
	    "waiver F1 was altered" },
	{ "INSERT INTO waiver (instalment, kind, day, because)"
	  " VALUES (1, 'fee', '2026-03-09', 'goodwill')",
	    "no event tells of the waiver of 2026-03-09 goodwill" },
	{ "INSERT INTO debtor (code, kind, profile, language, channel,"
	  " registration, vat, notes) VALUES ('C9', 'business', '', '',"
	  " 'none', '', '', '')",
	    "no event tells of debtor C9" },
	{ "PRAGMA foreign_keys = OFF; INSERT INTO hold (debtor, kind, since,"
	  " text) VALUES (99, 'manual', '2026-01-01', '')",
	    "refers to nothing: hold" },
};

static void
test_alterations(void **state)
{
	for (size_t i = 0; i < sizeof(alterations) / sizeof(alterations[0]);
	     i++) {
		struct verify_report r;
		struct fixture *f;

		setup(state);
		f = *state;
		fixture_sql(f, alterations[i].sql);
		r = verify(f);
		expect_fault(&r, alterations[i].sql, alterations[i].words);
		fixture_teardown(state);
	}
}

static void
test_archive(void **state)
{
	struct fixture *f = *state;
	const struct outbox_row *row = fixture_row(f, ID);
	const char *letter =
	    archive_path(f->arena, f->dir, row->documents[0].sha256, "pdf");
	uint8_t hash[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];
	const char *invoice;
	struct verify_report r;
	struct document d;
	struct str bytes;

	must(file_write(letter, "%PDF of NAAAAAAAAAAA3", 21, 0440, &f->err));
	r = verify(f);
	assert_int_equal(r.n_faults, 1);
	expect_fault(&r, "letter", letter);
	/* Keeping the same bytes again heals the file. */
	str_init(&bytes, 100);
	str_puts(&bytes, "%PDF of " ID);
	must(archive_keep(f->dir, f->hasher, &bytes, "pdf", &d, &f->err));
	assert_string_equal(d.sha256, row->documents[0].sha256);
	str_done(&bytes);
	assert_int_equal(verify(f).n_faults, 0);
	must(hash_sha256(f->hasher, INVOICE, strlen(INVOICE), hash, &f->err));
	invoice = archive_path(f->arena, f->dir, hash_hex(hash, hex), "pdf");
	assert_int_equal(unlink(invoice), 0);
	r = verify(f);
	assert_int_equal(r.n_faults, 1);
	expect_fault(&r, "invoice", "is missing");
}

/* Bytes of the database file itself, page by page. */
static void
test_damaged_file(void **state)
{
	struct fixture *f = *state;
	struct verify_report r;
	struct str s;
	char *name;

	ledger_close(f->ledger);
	str_init(&s, 8 << 20);
	must(file_read(fixture_path(f, "semonce.db"), &s, &f->err));
	name = memmem(s.p, s.len, "brume@example.com", 17);
	assert_non_null(name);
	name[0] = 'B';
	must(file_write(fixture_path(f, "semonce.db"), s.p, s.len, 0600,
	    &f->err));
	fixture_open(f);
	r = verify(f);
	assert_true(r.n_faults > 0);
	str_done(&s);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)
		T(test_sound),
		cmocka_unit_test(test_alterations),
		T(test_archive),
		T(test_damaged_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
