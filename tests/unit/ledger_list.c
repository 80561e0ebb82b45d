/*
 * The list of notices: its order, and what it tells of each.
 */
#include "ledger_fixture.h"

/* Three that meet trouble every day must not stop the others every day. */
static void
test_least_tried_first(void **state)
{
	struct fixture *f = *state;
	struct outbox_row *rows;
	struct lease lease;
	size_t n;

	fixture_approve(f, ID, "C1", CHANNEL_PRINT);
	fixture_approve(f, ID2, "C2", CHANNEL_PRINT);
	fixture_render(f, ID);
	fixture_render(f, ID2);
	lease = fixture_reserve(f, ID);
	must(fixture_outcome(f, &lease, OUTCOME_TROUBLE, "relay denied"));
	must(outbox_list(f->ledger, NOTICE_RENDERED, f->arena, &rows, &n,
	    &f->err));
	assert_int_equal(n, 2);
	assert_string_equal(rows[0].notice.id, ID2);
	must(outbox_list(f->ledger, -1, f->arena, &rows, &n, &f->err));
	assert_string_equal(rows[0].notice.id, ID);
}

/* A path of any bytes in a reason must not spoil JSON or a terminal. */
static void
test_detail_is_text(void **state)
{
	struct fixture *f = *state;

	fixture_approve(f, ID, "C1", CHANNEL_EMAIL);
	must(outbox_supersede(f->ledger, ID, "caf\xe9\x1b[m is missing",
	    &f->err));
	assert_string_equal(fixture_row(f, ID)->detail,
	    "caf\\xe9\\x1b[m is missing");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(name)                                                     \
	cmocka_unit_test_setup_teardown(name, fixture_setup_filled, \
	    fixture_teardown)
		T(test_least_tried_first),
		T(test_detail_is_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
