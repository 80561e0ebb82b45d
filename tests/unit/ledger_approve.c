/*
 * Approval: what is refused, and that a level is taken once, whoever races.
 */
#include "ledger_fixture.h"

static void
test_approve_refuses(void **state)
{
	struct fixture *f = *state;
	struct notice n = fixture_notice(f, ID, "C1", "F1", CHANNEL_EMAIL);
	struct notice m = n;

	m.open.minor++;
	fixture_fails(outbox_approve(f->ledger, &m, &f->err), f, ERR_DATA,
	    "do not add up");
	m = n;
	m.total.minor--;
	fixture_fails(outbox_approve(f->ledger, &m, &f->err), f, ERR_DATA,
	    "do not add up");
	m = n;
	m.n_lines = 0;
	fixture_fails(outbox_approve(f->ledger, &m, &f->err), f, ERR_DATA,
	    "do not add up");
	m = fixture_notice(f, ID, "C2", "", CHANNEL_EMAIL);
	fixture_fails(outbox_approve(f->ledger, &m, &f->err), f, ERR_DATA,
	    "debtor C2 has no address");
	m = n;
	m.lines = fixture_notice(f, ID, "C2", "", CHANNEL_PRINT).lines;
	m.lines[0].open = n.open;
	fixture_fails(outbox_approve(f->ledger, &m, &f->err), f, ERR_DATA,
	    "has changed since it was planned");
	fixture_pay(f, "a,2026-03-01,C1,EUR,1.00,,F1,\n");
	fixture_fails(outbox_approve(f->ledger, &n, &f->err), f, ERR_DATA,
	    "open on invoice F1 has changed since it was planned");
	n = fixture_notice(f, ID, "C1", "F1", CHANNEL_EMAIL);
	fixture_pay(f, "b,2026-03-01,C1,EUR,99.00,,,\n");
	fixture_fails(outbox_approve(f->ledger, &n, &f->err), f, ERR_DATA,
	    "money that is on no invoice yet covers the debt");
	n = fixture_notice(f, ID, "C1", "", CHANNEL_EMAIL);
	must(outbox_approve(f->ledger, &n, &f->err));
	fixture_fails(outbox_approve(f->ledger, &n, &f->err), f, ERR_DATA,
	    "it is approved already");
}

/* What a person says is kept for ever, printed, and written as JSON. */
static void
test_words_of_persons(void **state)
{
	static const char *const bad[] = { "caf\xe9", "\033[31mred", "a\x7f",
		"\xc2\x9b", "two\rlines" };
	struct fixture *f = *state;
	struct notice n = fixture_notice(f, ID, "C1", "F1", CHANNEL_EMAIL);

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		n.personal = bad[i];
		fixture_fails(outbox_approve(f->ledger, &n, &f->err), f,
		    ERR_USAGE, "the personal text");
		fixture_fails(outbox_resolve(f->ledger, ID, true, n.on, bad[i],
				  &f->err),
		    f, ERR_USAGE, "the reason");
		fixture_fails(outbox_posted(f->ledger, ID, n.on, bad[i],
				  &f->err),
		    f, ERR_USAGE, "the tracking number");
		fixture_fails(ledger_reconcile(f->ledger, bad[i], &f->err), f,
		    ERR_USAGE, "the reason");
	}
	n.personal = "Vu avec vous, café.\n\tÀ bientôt";
	must(outbox_approve(f->ledger, &n, &f->err));
}

static void
test_race_for_a_level(void **state)
{
	struct fixture *f = *state;
	struct notice first = fixture_notice(f, ID, "C1", "", CHANNEL_EMAIL);
	struct notice second =
	    fixture_notice(f, ID2, "C1", "F2", CHANNEL_EMAIL);
	struct ledger *other;

	must(ledger_open(f->dir, NOW, &other, &f->err));
	must(outbox_approve(f->ledger, &first, &f->err));
	fixture_fails(outbox_approve(other, &second, &f->err), f, ERR_DATA,
	    "relance-1 of invoice F2 is taken already by notice " ID);
	/* A level that is free again may be taken. */
	must(outbox_supersede(f->ledger, ID, "why", &f->err));
	must(outbox_approve(other, &second, &f->err));
	fixture_fails(outbox_approve(f->ledger, &first, &f->err), f, ERR_DATA,
	    "taken already by notice " ID2);
	ledger_close(other);
}

/* Not only our code: the index refuses the second rung of a level. */
static void
test_index_refuses_a_second_rung(void **state)
{
	struct fixture *f = *state;
	sqlite3 *db;

	fixture_approve(f, ID, "C1", CHANNEL_EMAIL);
	fixture_approve(f, ID2, "C2", CHANNEL_PRINT);
	assert_int_equal(sqlite3_open(fixture_path(f, "semonce.db"), &db), 0);
	assert_int_equal(sqlite3_exec(db,
			     "INSERT INTO notice_line SELECT 2, 9, instalment,"
			     " episode, role, step, amount, paid, open,"
			     " interest, fee, 1 FROM notice_line"
			     " WHERE notice = 1 LIMIT 1",
			     NULL, NULL, NULL),
	    SQLITE_CONSTRAINT);
	assert_non_null(strstr(sqlite3_errmsg(db), "UNIQUE constraint failed"));
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void
test_same_id_again(void **state)
{
	struct fixture *f = *state;
	struct notice n = fixture_notice(f, ID, "C1", "", CHANNEL_EMAIL);
	struct lease lease;

	fixture_approve(f, ID, "C1", CHANNEL_EMAIL);
	must(outbox_supersede(f->ledger, ID, "why", &f->err));
	fixture_approve(f, ID, "C1", CHANNEL_EMAIL);
	fixture_render(f, ID);
	lease = fixture_reserve(f, ID);
	must(fixture_outcome(f, &lease, OUTCOME_REFUSED, "550 no such user"));
	fixture_is(f, ID, NOTICE_FAILED);
	assert_string_equal(fixture_row(f, ID)->detail, "550 no such user");
	fixture_fails(outbox_approve(f->ledger, &n, &f->err), f, ERR_DATA,
	    "refused for brume@example.com already");
	fixture_import(f,
	    "code,name,kind,email,line1,postcode,city,country\n"
	    "C1,Atelier Brume,business,b@example.com,1 rue des Essais,"
	    "69000,Villefictive,FR\n");
	fixture_approve(f, ID, "C1", CHANNEL_EMAIL);
	fixture_is(f, ID, NOTICE_APPROVED);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(name)                                                     \
	cmocka_unit_test_setup_teardown(name, fixture_setup_filled, \
	    fixture_teardown)
		T(test_approve_refuses),
		T(test_words_of_persons),
		T(test_race_for_a_level),
		T(test_index_refuses_a_second_rung),
		T(test_same_id_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
