/* What status says of a debtor who owes in two currencies. */
#include "policy_book.h"

#include "report/status.h"

/* What is next is that of the debts of the row. */
static void
test_currencies(void **state)
{
	struct world *w = *state;
	struct status s;

	add_item(w, add_position(w, "C1", "CHF"), "F1", "2026-02-22", 10000);
	add_item(w, add_position(w, "C1", "EUR"), "F2", "2026-02-01", 10000);
	make_plan(w, day("2026-02-03"));
	if (status_make(&w->book, &w->plan, NULL, w->arena, &s, &w->err) != 0)
		fail_msg("%s", w->err.text);
	assert_int_equal(s.n, 2);
	assert_memory_equal(s.rows[0].doing, "F1: due 2026-02-22", 18);
	assert_memory_equal(s.rows[1].doing, "F2: due 2026-02-01", 18);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_currencies, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
