/*
 * The gate, at both doors: what changes between approval and reserving, and
 * between reserving and sending, and whether the notice still leaves.
 */
#include "ledger_fixture.h"

static void
hold(struct fixture *f, const char *invoice, const char *since,
    const char *until)
{
	fixture_sql(f,
	    arena_fmt(f->arena,
		"INSERT INTO hold (debtor, invoice, kind, since, until, text)"
		" SELECT d.id, v.id, 'dispute', '%s', %s, 'by letter'"
		" FROM debtor d LEFT JOIN invoice v ON v.number = '%s'"
		" WHERE d.code = 'C1'",
		since, until, invoice));
}

static void
damage(struct fixture *f)
{
	const char *path = archive_path(f->arena, f->dir,
	    fixture_row(f, ID)->documents[0].sha256, "pdf");

	must(file_write(path, "other bytes", 11, 0440, &f->err));
}

/* What F2 owes is listed for information only, and then a part is paid. */
static void
pay_listed(struct fixture *f)
{
	fixture_sql(f,
	    "DROP TRIGGER notice_line_kept;"
	    "UPDATE notice_line SET role = 'informational', step = ''"
	    " WHERE instalment IN (SELECT i.id FROM instalment i"
	    " JOIN invoice v ON v.id = i.invoice WHERE v.number = 'F2')");
	fixture_pay(f, "a,2026-03-01,C1,EUR,1.00,,F2,\n");
}

static void
deadline(struct fixture *f, const char *day)
{
	fixture_sql(f,
	    arena_fmt(f->arena,
		"DROP TRIGGER notice_kept;"
		"UPDATE notice SET deadline = '%s', deadline_days = 8",
		day));
}

#define CODE_ROW "code,name,kind,email,phone,line1,postcode,city,country\n"
#define CREDIT   "number,debtor,issued,due,currency,amount,kind,refers_to\n"

static const struct {
	const char *what, *csv;
} imports[] = {
	{ "payment", PAYMENTS "a,2026-03-01,C1,EUR,1.00,,F2,\n" },
	{ "payment of all", PAYMENTS "a,2026-03-01,C1,EUR,100.00,,F1,\n" },
	{ "payment on nothing", PAYMENTS "a,2026-03-01,C1,EUR,1.00,,,\n" },
	{ "payment of another", PAYMENTS "a,2026-03-01,C2,EUR,1.00,,F3,\n" },
	{ "credit note", CREDIT "A1,C1,2026-03-01,,EUR,5.00,credit_note,F1\n" },
	{ "e-mail",
	    CODE_ROW "C1,Atelier Brume,business,other@example.com,,"
		     "1 rue des Essais,69000,Villefictive,FR\n" },
	{ "name",
	    CODE_ROW "C1,Atelier Bruine,business,brume@example.com,,"
		     "1 rue des Essais,69000,Villefictive,FR\n" },
	{ "phone",
	    CODE_ROW "C1,Atelier Brume,business,brume@example.com,0100000000,"
		     "1 rue des Essais,69000,Villefictive,FR\n" },
};

static const struct {
	const char *what, *invoice, *since, *until;
} holds[] = {
	{ "hold", "", "2026-03-02", "NULL" },
	{ "hold on invoice", "F2", "2026-03-01", "'2026-03-02'" },
	{ "hold ended", "F2", "2026-02-01", "'2026-03-01'" },
	{ "hold to come", "", "2026-03-03", "NULL" },
	{ "hold on another", "F3", "2026-03-01", "NULL" },
};

static void
change(struct fixture *f, const char *what, struct gate *g)
{
	for (size_t i = 0; i < sizeof(imports) / sizeof(imports[0]); i++) {
		if (strcmp(what, imports[i].what) == 0) {
			fixture_import(f, imports[i].csv);
			assert_int_equal(f->result.added, 1);
			return;
		}
	}
	for (size_t i = 0; i < sizeof(holds) / sizeof(holds[0]); i++) {
		if (strcmp(what, holds[i].what) == 0) {
			hold(f, holds[i].invoice, holds[i].since,
			    holds[i].until);
			return;
		}
	}
	if (strcmp(what, "basis") == 0)
		g->basis = "another";
	else if (strcmp(what, "episode") == 0)
		fixture_sql(f,
		    "DROP TRIGGER instalment_kept;"
		    "UPDATE instalment SET episode = 2 WHERE invoice ="
		    " (SELECT id FROM invoice WHERE number = 'F1')");
	else if (strcmp(what, "stale") == 0)
		g->payments_not_before = fixture_day("2026-03-01");
	else if (strcmp(what, "document") == 0)
		damage(f);
	else if (strcmp(what, "payment on a listed one") == 0)
		pay_listed(f);
	else if (strcmp(what, "clock set back") == 0)
		g->on = fixture_day("2026-03-01");
	else if (strcmp(what, "deadline today") == 0)
		deadline(f, "2026-03-02");
	else if (strcmp(what, "deadline tomorrow") == 0)
		deadline(f, "2026-03-03");
	else
		fail_msg("unknown change '%s'", what);
}

static const struct {
	const char *change;
	const char *closed; /* words of the reason; NULL: it stays open */
} gates[] = {
	{ "payment", "open on invoice F2 has changed" },
	{ "payment of all", "open on invoice F1 has changed" },
	{ "payment on nothing", "on no invoice yet" },
	{ "payment of another", NULL },
	{ "credit note", "open on invoice F1 has changed" },
	{ "episode", "open on invoice F1 has changed" },
	{ "hold", "on hold (dispute): by letter" },
	{ "hold on invoice", "on hold (dispute): by letter" },
	{ "hold ended", NULL },
	{ "hold to come", NULL },
	{ "hold on another", NULL },
	{ "e-mail", "address has changed" },
	{ "name", "address has changed" },
	{ "phone", NULL },
	{ "basis", "the creditor or the debtor's kind has changed" },
	{ "stale", "payments are known up to no day only" },
	{ "document", "is damaged" },
	{ "payment on a listed one", "open on invoice F2 has changed" },
	{ "clock set back", "it is dated 2026-03-02, which is to come" },
	{ "deadline today", "the deadline it prints is 2026-03-02" },
	{ "deadline tomorrow", NULL },
};

static void
test_gate_at_reserve(void **state)
{
	for (size_t i = 0; i < sizeof(gates) / sizeof(gates[0]); i++) {
		struct gate g = fixture_gate();
		struct lease lease;
		struct fixture *f;

		fixture_setup_filled(state);
		f = *state;
		(void)fixture_bring(f, RENDERED);
		change(f, gates[i].change, &g);
		must(outbox_reserve(f->ledger, ID, &g, f->arena, &lease,
		    &f->err));
		if (gates[i].closed == NULL) {
			if (lease.closed != NULL)
				fail_msg("%s: %s", gates[i].change,
				    lease.closed);
			fixture_is(f, ID, NOTICE_RESERVED);
		} else {
			if (lease.closed == NULL ||
			    strstr(lease.closed, gates[i].closed) == NULL)
				fail_msg("%s: %s", gates[i].change,
				    lease.closed == NULL ? "open"
							 : lease.closed);
			fixture_is(f, ID, NOTICE_SUPERSEDED);
			assert_string_equal(fixture_row(f, ID)->detail,
			    lease.closed);
		}
		fixture_teardown(state);
	}
}

static void
test_gate_at_sending(void **state)
{
	for (size_t i = 0; i < sizeof(gates) / sizeof(gates[0]); i++) {
		struct gate g = fixture_gate();
		struct lease lease;
		struct fixture *f;
		int rc;

		fixture_setup_filled(state);
		f = *state;
		lease = fixture_bring(f, RESERVED);
		change(f, gates[i].change, &g);
		rc = outbox_sending(f->ledger, &lease, &g, "", &f->err);
		if (gates[i].closed == NULL) {
			assert_int_equal(rc, 0);
			fixture_is(f, ID, NOTICE_SENDING);
		} else {
			fixture_fails(rc, f, ERR_DATA, gates[i].closed);
			fixture_is(f, ID, NOTICE_SUPERSEDED);
		}
		fixture_teardown(state);
	}
}

static void
test_fresh_payments_open_the_gate(void **state)
{
	struct fixture *f = *state;
	struct gate g = fixture_gate();
	struct lease lease;

	fixture_import_on(f, PAYMENTS "a,2026-02-01,C2,EUR,1.00,,F3,\n",
	    "2026-03-01", false);
	(void)fixture_bring(f, RENDERED);
	g.payments_not_before = fixture_day("2026-03-01");
	must(outbox_reserve(f->ledger, ID, &g, f->arena, &lease, &f->err));
	assert_null(lease.closed);
	g.payments_not_before = fixture_day("2026-03-02");
	fixture_fails(outbox_sending(f->ledger, &lease, &g, "", &f->err), f,
	    ERR_DATA, "payments are known up to 2026-03-01 only");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gate_at_reserve),
		cmocka_unit_test(test_gate_at_sending),
		cmocka_unit_test_setup_teardown(
		    test_fresh_payments_open_the_gate, fixture_setup_filled,
		    fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
