/*
 * A ledger of version 1 (tests/data/ledger-1.sql, made when that was the
 * newest) opens, is whole, and works on.
 */
#include "ledger_claim.h"

#define OLD "tests/data/ledger-1.sql"

static void
write_mark(struct fixture *f, sqlite3 *db)
{
	sqlite3_stmt *st;

	assert_int_equal(sqlite3_prepare_v2(db,
			     "SELECT seq || '|' || hash || char(10) FROM event"
			     " ORDER BY seq DESC LIMIT 1",
			     -1, &st, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	fixture_write(f, "semonce.mark",
	    (const char *)sqlite3_column_text(st, 0));
	assert_int_equal(sqlite3_finalize(st), SQLITE_OK);
}

/* A workspace whose ledger is the old one. */
static int
setup(void **state)
{
	struct fixture *f;
	struct str old;
	sqlite3 *db;

	fixture_setup(state);
	f = *state;
	ledger_close(f->ledger);
	f->ledger = NULL;
	assert_int_equal(unlink(fixture_path(f, "semonce.db")), 0);
	str_init(&old, 1 << 20);
	must(file_read(OLD, &old, &f->err));
	assert_int_equal(sqlite3_open(fixture_path(f, "semonce.db"), &db), 0);
	assert_int_equal(sqlite3_exec(db, old.p, NULL, NULL, NULL), SQLITE_OK);
	write_mark(f, db);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	str_done(&old);
	(void)fixture_document(f, ID);
	return 0;
}

static void
expect_whole(struct fixture *f, size_t events)
{
	struct verify_report r;

	must(ledger_verify(f->ledger, f->arena, &r, &f->err));
	if (r.n_faults > 0)
		fail_msg("%s", r.faults[0].text);
	assert_int_equal(r.events, events);
}

static void
test_whole(void **state)
{
	struct fixture *f = *state;

	fixture_open(f);
	expect_whole(f, 22);
	fixture_reopen(f);
	expect_whole(f, 22);
}

static void
test_says_the_same(void **state)
{
	struct fixture *f = *state;
	const struct position *p;

	fixture_open(f);
	p = fixture_position(f, "C1", "EUR");
	assert_int_equal(p->items[0].open.minor, 9000);
	assert_int_equal(p->items[1].open.minor, 4500);
	assert_int_equal(p->items[2].open.minor, 4000);
	assert_int_equal(p->items[0].n_rungs, 1);
	assert_int_equal(p->unallocated.minor, 0);
	p = fixture_position(f, "C2", "EUR");
	assert_int_equal(p->items[0].open.minor, 7500);
	fixture_is(f, ID, NOTICE_ACCEPTED);
	fixture_is(f, ID2, NOTICE_APPROVED);
	assert_int_equal(fixture_row(f, ID)->notice.lines[0].n_claims, 0);
}

static void
test_works_on(void **state)
{
	struct fixture *f = *state;
	struct notice n;

	fixture_open(f);
	fixture_pay(f,
	    "p2,2026-03-05,C1,EUR,20.00,,F1,\n"
	    "p3,2026-03-06,C1,EUR,-10.00,,F1,\n");
	assert_int_equal(f->result.added, 2);
	n = fixture_notice(f, "NAAAAAAAAAAA4", "C1", "F1", CHANNEL_EMAIL);
	n.step = n.lines[0].step = "relance-2";
	claim_put(f, &n, 0, claim_of(f, CLAIM_INTEREST, 310, 0));
	claim_deliver(f, &n);
	assert_int_equal(n.open.minor, 8000);
	fixture_reopen(f);
	/* An import, two movements, six of the notice. */
	expect_whole(f, 22 + 1 + 2 + 6);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)
		T(test_whole),
		T(test_says_the_same),
		T(test_works_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
