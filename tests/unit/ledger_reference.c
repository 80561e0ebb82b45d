/*
 * Money that finds its notice by the payment reference.
 */
#include "ledger_money.h"
#include "pay/reference.h"

/* By the reference on a notice: its lines in order of due date. */
static void
test_notice_reference(void **state)
{
	static const char pay[] = "a,2026-03-03,%s,EUR,%s,%s,,\n";
	char reference[REFERENCE_SIZE];
	struct fixture *f = *state;

	fill(f);
	must(reference_make("NABCDEF234567", reference, &f->err));
	fixture_deliver(f, "NABCDEF234567", "C1", CHANNEL_EMAIL);
	fixture_pay(f,
	    arena_fmt(f->arena, "x,2026-03-03,C2,EUR,1.00,%s,,\n", reference));
	assert_int_equal(fixture_position(f, "C2", "EUR")->unallocated.minor,
	    100);
	fixture_pay(f, arena_fmt(f->arena, pay, "", "170.00", reference));
	expect(f, 1, 0, 0);
	expect_open(f, "by reference", 0, 0, 3000, 0);
	fixture_pay(f,
	    arena_fmt(f->arena, "b,2026-03-04,C1,EUR,-170.00,%s,,\n",
		reference));
	expect(f, 1, 0, 0);
	expect_open(f, "taken back", 10000, 6000, 4000, 0);
}

/* The references of NABCDEF234567, and where banks put them. */
static const struct {
	const char *name, *reference, *label;
	bool found;
} carried[] = {
	{ "structured message", "+++000/8938/54289+++", "", true },
	{ "its digits", "000893854289", "", true },
	{ "in the label", "", "virement 000/8938/54289 Brume", true },
	{ "in the label, by itself", "NOTPROVIDED", "RF83NABCDEF234567", true },
	{ "QR reference", "00 00000 00011 99710 89524 11843", "", true },
	{ "QR reference, bare", "000000000011997108952411843", "", true },
	{ "mistyped", "+++000/8938/54298+++", "", false },
	{ "of nobody", "", "+++010/8068/17183+++", false },
};

/*
 * By any reference, wherever it stands: the debtor and what is paid; and a
 * reversal with another form of it takes back what was too much.
 */
static void
test_references(void **state)
{
	for (size_t i = 0; i < sizeof(carried) / sizeof(carried[0]); i++) {
		const char *row;
		struct fixture *f;

		fixture_setup(state);
		f = *state;
		fill(f);
		fixture_deliver(f, "NABCDEF234567", "C1", CHANNEL_EMAIL);
		row = arena_fmt(f->arena, "a,2026-03-03,,EUR,230.00,%s,,%s\n",
		    carried[i].reference, carried[i].label);
		fixture_pay(f, row);
		if (!carried[i].found) {
			expect_refused(f, 2, "nobody's payment");
			fixture_teardown(state);
			continue;
		}
		expect(f, 1, 0, 0);
		expect_open(f, carried[i].name, 0, 0, 0, 3000);
		fixture_pay(f, row);
		expect(f, 0, 1, 0);
		fixture_pay(f,
		    "b,2026-03-04,C1,EUR,5.00,,,\n"
		    "c,2026-03-05,,EUR,-50.00,RF83NABCDEF234567,,\n");
		expect(f, 2, 0, 0);
		expect_open(f, carried[i].name, 0, 0, 2000, 500);
		fixture_teardown(state);
	}
}

/* Who pays says which invoice; who takes back, too. */
static void
test_named_invoice(void **state)
{
	struct fixture *f = *state;

	fill(f);
	fixture_deliver(f, "NABCDEF234567", "C1", CHANNEL_EMAIL);
	fixture_pay(f,
	    "a,2026-03-03,,EUR,70.00,,,RF83NABCDEF234567 facture F2.\n");
	expect(f, 1, 0, 0);
	expect_open(f, "named", 10000, 0, 3000, 0);
	fixture_pay(f,
	    "b,2026-03-04,,EUR,40.00,F2 RF83NABCDEF234567,,\n"
	    "c,2026-03-05,,EUR,10.00,RF83NABCDEF234567,,F12 éF2 F2x F\n");
	expect(f, 2, 0, 0);
	expect_open(f, "named, then the rest", 8000, 0, 0, 0);
	fixture_pay(f, "d,2026-03-06,,EUR,-50.00,,,RF83NABCDEF234567/F2\n");
	expect(f, 1, 0, 0);
	expect_open(f, "taken back", 8000, 1000, 4000, 0);
}

/* One structured message, two debtors: whose it is must be said. */
static void
test_shared_reference(void **state)
{
	struct fixture *f = *state;

	fill(f);
	fixture_deliver(f, "NABCDEF234567", "C1", CHANNEL_EMAIL);
	fixture_deliver(f, "NABCDEF222222", "C2", CHANNEL_PRINT);
	fixture_pay(f, "a,2026-03-03,,EUR,10.00,+++000/8938/54289+++,,\n");
	expect_refused(f, 2, "fill in debtor");
	fixture_pay(f,
	    "a,2026-03-03,C1,EUR,10.00,+++000/8938/54289+++,,\n"
	    "b,2026-03-03,C2,EUR,20.00,+++000/8938/54289+++,,\n"
	    "c,2026-03-03,,EUR,5.00,RF83NABCDEF234567,,\n");
	expect(f, 3, 0, 0);
	expect_open(f, "shared", 8500, 6000, 4000, 0);
	assert_int_equal(fixture_position(f, "C2", "EUR")->items[0].open.minor,
	    6000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_notice_reference,
		    fixture_setup, fixture_teardown),
		cmocka_unit_test(test_references),
		cmocka_unit_test_setup_teardown(test_named_invoice,
		    fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_shared_reference,
		    fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
