/*
 * The life of a notice: every arrow, every arrow that must not be,
 * crashes, restored backups, and doubt. (Approval: ledger_approve.c; the gate:
 * ledger_gate.c.)
 */
#include <sys/wait.h>

#include "ledger_fixture.h"

/* ---- arrows ---- */

static const enum notice_state place_states[PLACES] = {
	[APPROVED] = NOTICE_APPROVED,
	[RENDERED] = NOTICE_RENDERED,
	[RESERVED] = NOTICE_RESERVED,
	[SENDING] = NOTICE_SENDING,
	[ACCEPTED_EMAIL] = NOTICE_ACCEPTED,
	[ACCEPTED_PRINT] = NOTICE_ACCEPTED,
	[POSTED] = NOTICE_POSTED,
	[AMBIGUOUS] = NOTICE_AMBIGUOUS,
	[FAILED] = NOTICE_FAILED,
	[SUPERSEDED] = NOTICE_SUPERSEDED,
};

static int
do_rendered(struct fixture *f, const struct lease *lease)
{
	struct document d = fixture_document(f, lease->id);

	return outbox_rendered(f->ledger, lease->id, BASIS, &d, 1, &f->err);
}

static int
do_reserve(struct fixture *f, const struct lease *lease)
{
	struct gate g = fixture_gate();
	struct lease fresh;

	return outbox_reserve(f->ledger, lease->id, &g, f->arena, &fresh,
	    &f->err);
}

static int
do_sending(struct fixture *f, const struct lease *lease)
{
	struct gate g = fixture_gate();

	return outbox_sending(f->ledger, lease, &g, "", &f->err);
}

static int
do_accepted(struct fixture *f, const struct lease *lease)
{
	return fixture_outcome(f, lease, OUTCOME_ACCEPTED, "250");
}

static int
do_later(struct fixture *f, const struct lease *lease)
{
	return fixture_outcome(f, lease, OUTCOME_LATER, "450");
}

static int
do_trouble(struct fixture *f, const struct lease *lease)
{
	return fixture_outcome(f, lease, OUTCOME_TROUBLE, "421");
}

static int
do_refused(struct fixture *f, const struct lease *lease)
{
	return fixture_outcome(f, lease, OUTCOME_REFUSED, "550");
}

static int
do_unknown(struct fixture *f, const struct lease *lease)
{
	return fixture_outcome(f, lease, OUTCOME_UNKNOWN, "lost");
}

static int
do_posted(struct fixture *f, const struct lease *lease)
{
	return outbox_posted(f->ledger, lease->id, fixture_day("2026-03-03"),
	    "", &f->err);
}

static int
do_supersede(struct fixture *f, const struct lease *lease)
{
	return outbox_supersede(f->ledger, lease->id, "why", &f->err);
}

static int
do_sent(struct fixture *f, const struct lease *lease)
{
	return outbox_resolve(f->ledger, lease->id, true,
	    fixture_day("2026-03-03"), "seen", &f->err);
}

static int
do_not_sent(struct fixture *f, const struct lease *lease)
{
	return outbox_resolve(f->ledger, lease->id, false,
	    fixture_day("2026-03-03"), "not seen", &f->err);
}

static int
do_recover(struct fixture *f, const struct lease *lease)
{
	size_t back, ambiguous;

	(void)lease;
	must(outbox_recover(f->ledger, &back, &ambiguous, &f->err));
	return back + ambiguous == 1 ? 0 : -1;
}

#define NO (-1) /* refused, and the notice stays as it is */

static const struct {
	const char *name;
	int (*call)(struct fixture *f, const struct lease *lease);
	int to[PLACES]; /* a state, or NO */
} arrows[] = {
	{ "rendered", do_rendered,
	    { NOTICE_RENDERED, NO, NO, NO, NO, NO, NO, NO, NO, NO } },
	{ "reserve", do_reserve,
	    { NO, NOTICE_RESERVED, NO, NO, NO, NO, NO, NO, NO, NO } },
	{ "sending", do_sending,
	    { NO, NO, NOTICE_SENDING, NO, NO, NO, NO, NO, NO, NO } },
	{ "accepted", do_accepted,
	    { NO, NO, NOTICE_AMBIGUOUS, NOTICE_ACCEPTED, NO, NO, NO, NO, NO,
		NO } },
	{ "later", do_later,
	    { NO, NO, NOTICE_RENDERED, NOTICE_RENDERED, NO, NO, NO, NO, NO,
		NO } },
	{ "trouble", do_trouble,
	    { NO, NO, NOTICE_RENDERED, NOTICE_RENDERED, NO, NO, NO, NO, NO,
		NO } },
	{ "refused", do_refused,
	    { NO, NO, NOTICE_FAILED, NOTICE_FAILED, NO, NO, NO, NO, NO, NO } },
	{ "unknown", do_unknown,
	    { NO, NO, NOTICE_RENDERED, NOTICE_AMBIGUOUS, NO, NO, NO, NO, NO,
		NO } },
	{ "posted", do_posted,
	    { NO, NO, NO, NO, NO, NOTICE_POSTED, NO, NO, NO, NO } },
	{ "supersede", do_supersede,
	    { NOTICE_SUPERSEDED, NOTICE_SUPERSEDED, NO, NO, NO, NO, NO, NO, NO,
		NO } },
	{ "resolve sent", do_sent,
	    { NO, NO, NO, NO, NO, NO, NO, NOTICE_ACCEPTED, NO, NO } },
	{ "resolve not-sent", do_not_sent,
	    { NO, NO, NO, NO, NO, NO, NO, NOTICE_RENDERED, NO, NO } },
	{ "recover", do_recover,
	    { NO, NO, NOTICE_RENDERED, NOTICE_AMBIGUOUS, NO, NO, NO, NO, NO,
		NO } },
};

static void
test_arrows(void **state)
{
	for (size_t i = 0; i < sizeof(arrows) / sizeof(arrows[0]); i++) {
		for (int place = 0; place < PLACES; place++) {
			int to = arrows[i].to[place];
			struct verify_report report;
			enum notice_state is, want;
			struct lease lease;
			struct fixture *f;
			int rc;

			fixture_setup_filled(state);
			f = *state;
			lease = fixture_bring(f, (enum place)place);
			fixture_is(f, ID, place_states[place]);
			rc = arrows[i].call(f, &lease);
			is = fixture_row(f, ID)->notice.state;
			want = to == NO ? place_states[place]
					: (enum notice_state)to;
			if ((rc == 0) != (to != NO) || is != want)
				fail_msg("%s on %s: %d, %s", arrows[i].name,
				    notice_state_name(place_states[place]), rc,
				    notice_state_name(is));
			must(ledger_verify(f->ledger, f->arena, &report,
			    &f->err));
			if (report.n_faults > 0)
				fail_msg("%s", report.faults[0].text);
			fixture_teardown(state);
		}
	}
}

/* The database itself knows the arrows, whoever writes. */
static void
test_database_refuses_other_arrows(void **state)
{
	static const struct {
		enum notice_state from, to;
	} drawn[] = {
		{ NOTICE_APPROVED, NOTICE_RENDERED },
		{ NOTICE_APPROVED, NOTICE_SUPERSEDED },
		{ NOTICE_RENDERED, NOTICE_RESERVED },
		{ NOTICE_RENDERED, NOTICE_SUPERSEDED },
		{ NOTICE_RESERVED, NOTICE_RENDERED },
		{ NOTICE_RESERVED, NOTICE_SENDING },
		{ NOTICE_RESERVED, NOTICE_FAILED },
		{ NOTICE_RESERVED, NOTICE_AMBIGUOUS },
		{ NOTICE_RESERVED, NOTICE_SUPERSEDED },
		{ NOTICE_SENDING, NOTICE_RENDERED },
		{ NOTICE_SENDING, NOTICE_ACCEPTED },
		{ NOTICE_SENDING, NOTICE_FAILED },
		{ NOTICE_SENDING, NOTICE_AMBIGUOUS },
		{ NOTICE_AMBIGUOUS, NOTICE_ACCEPTED },
		{ NOTICE_AMBIGUOUS, NOTICE_RENDERED },
		{ NOTICE_ACCEPTED, NOTICE_POSTED },
	};

	for (int place = 0; place < PLACES; place++) {
		enum notice_state from = place_states[place];
		struct fixture *f;
		sqlite3 *db;

		fixture_setup_filled(state);
		f = *state;
		(void)fixture_bring(f, (enum place)place);
		assert_int_equal(sqlite3_open(fixture_path(f, "semonce.db"),
				     &db),
		    0);
		for (int to = NOTICE_PLANNED; to <= NOTICE_WAIVED; to++) {
			bool want = false;
			const char *sql = arena_fmt(f->arena,
			    "BEGIN; UPDATE notice SET state = '%s'",
			    notice_state_name((enum notice_state)to));

			for (size_t i = 0; i < sizeof(drawn) / sizeof(drawn[0]);
			     i++)
				want |= drawn[i].from == from &&
				    (int)drawn[i].to == to;
			if ((sqlite3_exec(db, sql, NULL, NULL, NULL) ==
				SQLITE_OK) != want)
				fail_msg("%s to %s", notice_state_name(from),
				    notice_state_name((enum notice_state)to));
			(void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
		}
		assert_int_equal(sqlite3_close(db), SQLITE_OK);
		fixture_teardown(state);
	}
}

static void
test_database_refuses_changes(void **state)
{
	static const char *const statements[] = {
		"UPDATE event SET detail = 'x'",
		"DELETE FROM event",
		"UPDATE movement SET amount = 1",
		"DELETE FROM movement",
		"UPDATE allocation SET amount = 1",
		"DELETE FROM allocation",
		"UPDATE invoice SET number = 'x'",
		"DELETE FROM invoice",
		"UPDATE instalment SET amount = 1",
		"DELETE FROM instalment",
		"UPDATE document SET size = 1",
		"DELETE FROM document",
		"UPDATE notice SET total = 1",
		"DELETE FROM notice",
		"UPDATE notice_line SET open = 1",
		"DELETE FROM notice_line",
		"DELETE FROM debtor",
		"UPDATE import SET day = '2026-01-01'",
		"INSERT INTO allocation SELECT 99, 1, 1, 1",
		"INSERT INTO allocation SELECT 99, 1, 1, -1001",
	};
	struct fixture *f = *state;
	sqlite3 *db;

	fixture_pay(f, "a,2026-02-01,C1,EUR,10.00,,F1,\n");
	(void)fixture_bring(f, ACCEPTED_EMAIL);
	assert_int_equal(sqlite3_open(fixture_path(f, "semonce.db"), &db), 0);
	for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]);
	     i++) {
		if (sqlite3_exec(db, statements[i], NULL, NULL, NULL) ==
		    SQLITE_OK)
			fail_msg("%s", statements[i]);
	}
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* ---- what is kept ---- */

static void
test_list(void **state)
{
	struct fixture *f = *state;
	const struct outbox_row *row;
	struct outbox_row *rows;
	struct notice n = fixture_notice(f, ID, "C1", "", CHANNEL_REGISTERED);
	const char *reasons[] = { "first", "second" };
	struct lease lease;
	size_t count;

	n.reasons = reasons;
	n.n_reasons = 2;
	n.mode = MODE_CONFIRM;
	n.personal = "a word";
	n.deadline_days = 8;
	must(outbox_approve(f->ledger, &n, &f->err));
	fixture_approve(f, ID2, "C2", CHANNEL_PRINT);
	fixture_render(f, ID);
	lease = fixture_reserve(f, ID);
	fixture_sending(f, &lease);
	must(fixture_outcome(f, &lease, OUTCOME_ACCEPTED, "taken"));
	must(outbox_posted(f->ledger, ID, fixture_day("2026-03-04"), "RK1",
	    &f->err));
	row = fixture_row(f, ID);
	assert_int_equal(row->notice.state, NOTICE_POSTED);
	assert_int_equal(row->notice.channel, CHANNEL_REGISTERED);
	assert_int_equal(row->notice.mode, MODE_CONFIRM);
	assert_string_equal(row->notice.debtor->code, "C1");
	assert_string_equal(row->notice.step, "relance-1");
	assert_string_equal(row->notice.personal, "a word");
	assert_string_equal(row->notice.reasons[1], "second");
	assert_int_equal(row->notice.on, n.on);
	assert_int_equal(row->notice.total.minor, 20000);
	assert_int_equal(row->notice.deadline, fixture_day("2026-03-12"));
	assert_int_equal(row->notice.n_lines, 3);
	assert_string_equal(row->notice.lines[2].invoice, "F2");
	assert_int_equal(row->notice.lines[2].open.minor, 4000);
	assert_int_equal(row->notice.lines[2].due, fixture_day("2026-03-05"));
	assert_int_equal(row->notice.lines[0].role, LINE_DEMANDED);
	assert_string_equal(row->recipient,
	    "Atelier Brume\n1 rue des Essais\n69000 Villefictive\nFR");
	assert_string_equal(row->addressee, row->recipient);
	assert_string_equal(row->basis, BASIS);
	assert_int_equal(row->attempt, 1);
	assert_int_equal(row->n_documents, 1);
	assert_int_equal(row->documents[0].role, DOCUMENT_LETTER);
	assert_int_equal(row->documents[0].size, 21);
	assert_int_equal(row->posted_on, fixture_day("2026-03-04"));
	assert_string_equal(row->tracking, "RK1");
	assert_string_equal(row->detail, "RK1");
	must(outbox_list(f->ledger, NOTICE_APPROVED, f->arena, &rows, &count,
	    &f->err));
	assert_int_equal(count, 1);
	assert_string_equal(rows[0].notice.id, ID2);
	assert_string_equal(rows[0].detail, "");
	assert_int_equal(rows[0].posted_on, DATE_NONE);
}

static void
test_posted_refuses(void **state)
{
	struct fixture *f = *state;
	struct lease lease = fixture_bring(f, ACCEPTED_PRINT);

	fixture_fails(outbox_posted(f->ledger, lease.id,
			  fixture_day("2026-03-01"), "", &f->err),
	    f, ERR_DATA, "not written yet on that day");
	fixture_fails(outbox_posted(f->ledger, lease.id,
			  fixture_day("2027-03-04"), "", &f->err),
	    f, ERR_DATA, "more than a year after notice");
	fixture_fails(outbox_posted(f->ledger, "NZZZZZZZZZZZZ",
			  fixture_day("2026-03-03"), "", &f->err),
	    f, ERR_DATA, "there is no notice NZZZZZZZZZZZZ");
}

/* ---- crashes, doubt, backups ---- */

static void
test_old_lease_is_worth_nothing(void **state)
{
	struct fixture *f = *state;
	struct lease old = fixture_bring(f, RESERVED), fresh;
	struct gate g = fixture_gate();
	size_t back, ambiguous;

	must(outbox_recover(f->ledger, &back, &ambiguous, &f->err));
	assert_int_equal(back, 1);
	assert_int_equal(ambiguous, 0);
	fresh = fixture_reserve(f, ID);
	assert_int_equal(fresh.attempt, old.attempt + 1);
	fixture_fails(outbox_sending(f->ledger, &old, &g, "", &f->err), f,
	    ERR_BROKEN, "attempt 1 has lost its right");
	fixture_fails(fixture_outcome(f, &old, OUTCOME_ACCEPTED, ""), f,
	    ERR_BROKEN, "attempt 1 has lost its right");
	fixture_is(f, ID, NOTICE_RESERVED);
	fixture_sending(f, &fresh);
}

/* What a killed process leaves is seen by the next one. */
static void
test_killed_while_sending(void **state)
{
	struct fixture *f = *state;
	size_t back, ambiguous;
	pid_t child;
	int status;

	ledger_close(f->ledger);
	f->ledger = NULL;
	child = fork();
	assert_int_not_equal(child, -1);
	if (child == 0) {
		fixture_open(f);
		(void)fixture_bring(f, SENDING);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	fixture_open(f);
	fixture_is(f, ID, NOTICE_SENDING);
	must(ledger_restored(f->ledger, &f->err));
	must(outbox_recover(f->ledger, &back, &ambiguous, &f->err));
	assert_int_equal(back, 0);
	assert_int_equal(ambiguous, 1);
	must(outbox_recover(f->ledger, &back, &ambiguous, &f->err));
	assert_int_equal(back + ambiguous, 0);
	fixture_is(f, ID, NOTICE_AMBIGUOUS);
}

static void
test_resolve(void **state)
{
	struct fixture *f = *state;
	struct lease lease = fixture_bring(f, AMBIGUOUS);

	fixture_fails(outbox_resolve(f->ledger, ID, true,
			  fixture_day("2026-03-03"), "", &f->err),
	    f, ERR_USAGE, "--because");
	must(do_not_sent(f, &lease));
	fixture_is(f, ID, NOTICE_RENDERED);
	assert_string_equal(fixture_row(f, ID)->detail, "not seen");
	lease = fixture_reserve(f, ID);
	fixture_sending(f, &lease);
	must(fixture_outcome(f, &lease, OUTCOME_UNKNOWN, "lost"));
	must(do_sent(f, &lease));
	fixture_is(f, ID, NOTICE_ACCEPTED);
	assert_int_equal(fixture_position(f, "C1", "EUR")->items[0].rungs[0].on,
	    fixture_day("2026-03-03"));
}

static const char *
mark(struct fixture *f)
{
	struct str s;
	const char *text;

	str_init(&s, 200);
	must(file_read(fixture_path(f, "semonce.mark"), &s, &f->err));
	text = arena_str(f->arena, s.p);
	str_done(&s);
	return text;
}

/* The mark moves with every step that could lead to a letter. */
static void
test_mark_moves(void **state)
{
	struct fixture *f = *state;
	const char *before, *after;
	struct lease lease;

	(void)fixture_bring(f, RENDERED);
	before = mark(f);
	lease = fixture_reserve(f, ID);
	after = mark(f);
	assert_string_not_equal(before, after);
	fixture_sending(f, &lease);
	assert_string_not_equal(after, mark(f));
	after = mark(f);
	must(fixture_outcome(f, &lease, OUTCOME_ACCEPTED, ""));
	assert_string_not_equal(after, mark(f));
	must(ledger_restored(f->ledger, &f->err));
}

static void
copy(struct fixture *f, const char *from, const char *to)
{
	struct str s;

	str_init(&s, 8 << 20);
	must(file_read(fixture_path(f, from), &s, &f->err));
	must(file_write(fixture_path(f, to), s.p, s.len, 0600, &f->err));
	str_done(&s);
}

static void
expect_restored(struct fixture *f)
{
	struct gate g = fixture_gate();
	struct lease lease;
	size_t back, ambiguous;

	fixture_fails(ledger_restored(f->ledger, &f->err), f, ERR_BROKEN,
	    "semonce verify --reconciled --because");
	fixture_fails(outbox_reserve(f->ledger, ID, &g, f->arena, &lease,
			  &f->err),
	    f, ERR_BROKEN, "nothing is sent");
	fixture_fails(outbox_recover(f->ledger, &back, &ambiguous, &f->err), f,
	    ERR_BROKEN, "nothing is sent");
	fixture_is(f, ID, NOTICE_RENDERED);
}

static void
test_restored_backup(void **state)
{
	struct fixture *f = *state;
	struct lease lease;

	(void)fixture_bring(f, RENDERED);
	ledger_close(f->ledger);
	copy(f, "semonce.db", "backup");
	fixture_open(f);
	lease = fixture_reserve(f, ID);
	fixture_sending(f, &lease);
	must(fixture_outcome(f, &lease, OUTCOME_ACCEPTED, ""));
	ledger_close(f->ledger);
	copy(f, "backup", "semonce.db");
	fixture_open(f);
	expect_restored(f);
	/* Facts may come in; they do not make it whole. */
	for (int i = 0; i < 5; i++) {
		fixture_pay(f,
		    arena_fmt(f->arena, "%d,2026-03-03,C2,EUR,1.00,,F3,\n", i));
		expect_restored(f);
	}
	fixture_fails(ledger_reconcile(f->ledger, "", &f->err), f, ERR_USAGE,
	    "--because");
	must(ledger_reconcile(f->ledger, "compared with the mailbox", &f->err));
	must(ledger_restored(f->ledger, &f->err));
	(void)fixture_reserve(f, ID);
}

static void
test_mark_lost_or_damaged(void **state)
{
	struct fixture *f = *state;
	const char *const texts[] = { "", "1", "x|y\n", "-1|abc\n",
		arena_fmt(f->arena, "1|%064d\n", 0),
		arena_fmt(f->arena, "99999999999999999999|%064d\n", 0) };

	(void)fixture_bring(f, RENDERED);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		fixture_write(f, "semonce.mark", texts[i]);
		expect_restored(f);
	}
	assert_int_equal(unlink(fixture_path(f, "semonce.mark")), 0);
	expect_restored(f);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(name)                                                     \
	cmocka_unit_test_setup_teardown(name, fixture_setup_filled, \
	    fixture_teardown)
		cmocka_unit_test(test_arrows),
		cmocka_unit_test(test_database_refuses_other_arrows),
		T(test_database_refuses_changes),
		T(test_list),
		T(test_posted_refuses),
		T(test_old_lease_is_worth_nothing),
		T(test_killed_while_sending),
		T(test_resolve),
		T(test_mark_moves),
		T(test_restored_backup),
		T(test_mark_lost_or_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
