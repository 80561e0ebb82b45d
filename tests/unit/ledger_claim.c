/*
 * Claims as kept: what is refused, what comes back, what the database itself
 * refuses, and which notices count.
 */
#include "ledger/course.h"
#include "ledger_claim.h"

/* F1 100.00 with interest 3.10 and fee 40.00, F2 in two instalments. */
static struct notice
claiming(struct fixture *f)
{
	struct notice n = fixture_notice(f, ID, "C1", "", CHANNEL_EMAIL);

	claim_put(f, &n, 0, claim_of(f, CLAIM_INTEREST, 310, 0));
	claim_put(f, &n, 0, claim_of(f, CLAIM_FEE, 4000, 0));
	claim_put(f, &n, 1, claim_of(f, CLAIM_INTEREST, 100, 0));
	return n;
}

static void
expect_claim(const struct claim *got, const struct claim *want)
{
	assert_int_equal(got->kind, want->kind);
	assert_int_equal(got->amount.minor, want->amount.minor);
	assert_string_equal(got->amount.currency, "EUR");
	assert_int_equal(got->settled.minor, want->settled.minor);
	assert_int_equal(got->from, want->from);
	assert_int_equal(got->until, want->until);
	assert_int_equal(got->per_day.minor, want->per_day.minor);
	assert_string_equal(got->law, want->law);
	assert_string_equal(got->text, want->text);
	assert_int_equal(got->n_slices, want->n_slices);
	for (size_t i = 0; i < want->n_slices; i++) {
		const struct claim_slice *a = &got->slices[i],
					 *b = &want->slices[i];

		assert_int_equal(a->from, b->from);
		assert_int_equal(a->to, b->to);
		assert_int_equal(a->days, b->days);
		assert_int_equal(a->base.minor, b->base.minor);
		assert_int_equal(a->amount.minor, b->amount.minor);
		assert_string_equal(a->amount.currency, "EUR");
		assert_int_equal(a->rate_milli, b->rate_milli);
	}
}

static void
test_kept(void **state)
{
	struct fixture *f = *state;
	struct notice n = claiming(f);
	const struct notice *kept;

	must(outbox_approve(f->ledger, &n, &f->err));
	kept = &fixture_row(f, ID)->notice;
	assert_int_equal(kept->interest.minor, 410);
	assert_int_equal(kept->fee.minor, 4000);
	assert_int_equal(kept->total.minor, 20000 + 4410);
	assert_int_equal(kept->n_lines, n.n_lines);
	for (size_t i = 0; i < n.n_lines; i++) {
		assert_int_equal(kept->lines[i].n_claims, n.lines[i].n_claims);
		for (size_t k = 0; k < n.lines[i].n_claims; k++)
			expect_claim(&kept->lines[i].claims[k],
			    &n.lines[i].claims[k]);
	}
}

static struct claim *
first_claim(struct fixture *f, struct notice *n)
{
	struct claim *own = arena_array(f->arena, CLAIM_KINDS, sizeof(*own));

	own[0] = n->lines[0].claims[0];
	own[1] = n->lines[0].claims[1];
	n->lines[0].claims = own;
	return own;
}

static void
spoil(struct fixture *f, struct notice *n, const char *what)
{
	struct claim *c = first_claim(f, n);

	if (strcmp(what, "slices") == 0)
		c->slices[0].amount.minor++;
	else if (strcmp(what, "no slices") == 0)
		c->n_slices = 0;
	else if (strcmp(what, "amount") == 0)
		c->amount.minor = c->slices[0].amount.minor += 100;
	else if (strcmp(what, "fee with slices") == 0)
		c[1].slices = c->slices, c[1].n_slices = 2;
	else if (strcmp(what, "line") == 0)
		n->lines[0].fee.minor--;
	else if (strcmp(what, "total") == 0)
		n->fee.minor--, n->total.minor--;
	else if (strcmp(what, "informational") == 0)
		n->lines[0].role = LINE_INFORMATIONAL;
	else if (strcmp(what, "settled more") == 0)
		c[1].settled.minor = 4001, n->lines[0].fee.minor = -1;
	else if (strcmp(what, "settled less than nothing") == 0)
		c[1].settled.minor = -1, n->lines[0].fee.minor = 4001;
	else if (strcmp(what, "currency") == 0)
		memcpy(c[1].amount.currency, "CHF", 4);
	else
		fail_msg("unknown fault '%s'", what);
}

static void
test_refused(void **state)
{
	static const struct {
		const char *fault, *words;
	} faults[] = {
		{ "slices", "slices of a claim do not add up" },
		{ "no slices", "slices of a claim do not add up" },
		{ "amount", "slices of a claim do not add up" },
		{ "fee with slices", "slices of a claim do not add up" },
		{ "line", "claims on invoice F1 do not add up" },
		{ "total", "its claims do not add up to its totals" },
		{ "informational", "do not add up" },
		{ "settled more", "claim on invoice F1 that cannot be" },
		{ "settled less than nothing", "that cannot be" },
		{ "currency", "CHF" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct notice n = claiming(f);

		spoil(f, &n, faults[i].fault);
		if (outbox_approve(f->ledger, &n, &f->err) == 0)
			fail_msg("taken: %s", faults[i].fault);
		fixture_fails(-1, f, ERR_DATA, faults[i].words);
	}
}

/* One bad notice is refused; it does not stop the others. */
static void
test_twice(void **state)
{
	struct fixture *f = *state;
	struct notice n = fixture_notice(f, ID, "C1", "F2", CHANNEL_EMAIL);

	claim_put(f, &n, 0, claim_of(f, CLAIM_FEE, 4000, 0));
	claim_put(f, &n, 1, claim_of(f, CLAIM_FEE, 4000, 0));
	fixture_fails(outbox_approve(f->ledger, &n, &f->err), f, ERR_DATA,
	    "invoice F2 bears the same claim twice");
	n = fixture_notice(f, ID, "C1", "F1", CHANNEL_EMAIL);
	claim_put(f, &n, 0, claim_of(f, CLAIM_INTEREST, 310, 0));
	claim_put(f, &n, 0, claim_of(f, CLAIM_INTEREST, 310, 0));
	fixture_fails(outbox_approve(f->ledger, &n, &f->err), f, ERR_DATA,
	    "invoice F1 bears the same claim twice");
}

/* An amount said to be settled that nobody paid. */
static void
test_settled_by_nobody(void **state)
{
	struct fixture *f = *state;
	struct notice n = fixture_notice(f, ID, "C1", "F1", CHANNEL_EMAIL);

	claim_put(f, &n, 0, claim_of(f, CLAIM_INTEREST, 310, 10));
	fixture_fails(outbox_approve(f->ledger, &n, &f->err), f, ERR_DATA,
	    "what is owed of interest or fees on invoice F1 has changed");
}

/* The next demand for the same invoices. */
static struct notice
next_notice(struct fixture *f)
{
	struct notice n = fixture_notice(f, ID2, "C1", "F2", CHANNEL_EMAIL);

	n.step = "relance-2";
	for (size_t i = 0; i < n.n_lines; i++)
		n.lines[i].step = n.step;
	return n;
}

static void
test_fee_once(void **state)
{
	struct fixture *f = *state;
	struct notice first = fixture_notice(f, ID, "C1", "F2", CHANNEL_EMAIL);
	struct notice n;

	claim_put(f, &first, 0, claim_of(f, CLAIM_FEE, 4000, 0));
	must(outbox_approve(f->ledger, &first, &f->err));
	n = next_notice(f);
	claim_put(f, &n, 1, claim_of(f, CLAIM_FEE, 4000, 0));
	fixture_fails(outbox_approve(f->ledger, &n, &f->err), f, ERR_DATA,
	    "fixed fee of invoice F2 was claimed already, and otherwise");
	n = next_notice(f);
	claim_put(f, &n, 0, claim_of(f, CLAIM_FEE, 4100, 0));
	fixture_fails(outbox_approve(f->ledger, &n, &f->err), f, ERR_DATA,
	    "fixed fee of invoice F2 was claimed already, and otherwise");
	n = next_notice(f);
	claim_put(f, &n, 0, claim_of(f, CLAIM_FEE, 4000, 0));
	must(outbox_approve(f->ledger, &n, &f->err));
	/* Dropped with its notice, it may stand elsewhere. */
	must(outbox_supersede(f->ledger, ID, "why", &f->err));
	must(outbox_supersede(f->ledger, ID2, "why", &f->err));
	n = next_notice(f);
	claim_put(f, &n, 1, claim_of(f, CLAIM_FEE, 4100, 0));
	must(outbox_approve(f->ledger, &n, &f->err));
}

#define CLAIM(instalment, amount)                                        \
	"INSERT INTO claim (notice, instalment, kind, amount, settled,"  \
	" per_day, law, text) VALUES (2, " instalment ", 'fee', " amount \
	", 0, 0, '', '')"
#define MOVE(kind, amount)                                             \
	"INSERT INTO movement (kind, external, day, debtor, currency," \
	" amount, reference, label, notes, twin, import) VALUES"       \
	" ('" kind "', 'x', '2026-03-09', 1, 'EUR', " amount           \
	", '', '', '', 0, 1);"
#define GIVE(kind, amount)                                            \
	"INSERT INTO settlement (movement, instalment, kind, amount)" \
	" VALUES ((SELECT max(id) FROM movement), 1, '" kind "', " amount ");"
#define ALLOCATE(amount)                                        \
	"INSERT INTO allocation (movement, instalment, amount)" \
	" VALUES ((SELECT max(id) FROM movement), 1, " amount ");"
#define SETTLE(kind, amount) MOVE("payment", "90000") GIVE(kind, amount)
#define WAIVE(kind, amount)                                           \
	"INSERT INTO waiver (instalment, kind, amount, day, because)" \
	" VALUES (1, '" kind "', " amount ", '2026-03-09', 'goodwill')"

/* Not only our code: the triggers, with a claim that counts on F1. */
static void
test_database_refuses(void **state)
{
	static const struct {
		const char *sql, *words;
	} cases[] = {
		{ CLAIM("3", "4000"), "an invoice's fee is claimed once" },
		{ CLAIM("2", "4100"), "an invoice's fee is claimed once" },
		{ CLAIM("1", "-1"), "CHECK" },
		{ SETTLE("interest", "311"), "more is paid than was claimed" },
		{ MOVE("reversal", "-100") GIVE("interest", "-1"),
		    "more is paid than was claimed" },
		{ SETTLE("fee", "1"), "more is paid than was claimed" },
		{ SETTLE("interest", "300") WAIVE("interest", "11"),
		    "more is waived than was claimed" },
		{ WAIVE("interest", "11") ";" SETTLE("interest", "300"),
		    "more is paid than was claimed" },
		{ WAIVE("interest", "NULL") ";" SETTLE("interest", "1"),
		    "more is paid than was claimed" },
		{ WAIVE("fee", "1"), "more is waived than was claimed" },
		{ MOVE("payment", "400") GIVE("interest", "300")
			ALLOCATE("101"),
		    "more is allocated than moved" },
		{ MOVE("payment", "400") ALLOCATE("101")
			GIVE("interest", "300"),
		    "more is allocated than moved" },
		{ SETTLE("interest", "310") "UPDATE settlement SET amount = 1",
		    "settlement rows are never changed" },
		{ SETTLE("interest", "310") "DELETE FROM settlement",
		    "settlement rows are never deleted" },
		{ WAIVE("interest", "1") ";DELETE FROM waiver",
		    "waiver rows are never deleted" },
		{ "DELETE FROM claim", "claim rows are never deleted" },
		{ "DELETE FROM claim_slice", "claim_slice rows are never" },
		{ "UPDATE claim SET settled = 0", "rows are never changed" },
	};
	struct fixture *f = *state;
	struct notice n = fixture_notice(f, ID, "C1", "F1", CHANNEL_EMAIL);

	claim_put(f, &n, 0, claim_of(f, CLAIM_INTEREST, 310, 0));
	claim_deliver(f, &n);
	n = fixture_notice(f, ID2, "C1", "F2", CHANNEL_EMAIL);
	claim_put(f, &n, 0, claim_of(f, CLAIM_FEE, 4000, 0));
	must(outbox_approve(f->ledger, &n, &f->err));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		claim_sql_refused(f,
		    arena_fmt(f->arena, "BEGIN; %s", cases[i].sql),
		    cases[i].words);
}

/* The view says of every state and channel what course.c says. */
static void
test_counts_as_course_says(void **state)
{
	struct fixture *f = *state;
	struct notice n = claiming(f);

	must(outbox_approve(f->ledger, &n, &f->err));
	fixture_sql(f, "DROP TRIGGER notice_arrow; DROP TRIGGER notice_kept");
	for (int s = NOTICE_PLANNED; s <= NOTICE_WAIVED; s++) {
		for (int c = CHANNEL_EMAIL; c <= CHANNEL_REGISTERED; c++) {
			static const char *const channels[] = { "none", "email",
				"print", "registered" };
			struct course course = { .state = (enum notice_state)s,
				.channel = (enum channel)c };
			bool counts = course_counts(&course);

			if (s == NOTICE_WAIVED)
				counts = false;
			fixture_sql(f,
			    arena_fmt(f->arena,
				"UPDATE notice SET state = '%s',"
				" channel = '%s';"
				"CREATE TEMP TABLE seen (n INTEGER CHECK"
				" (n = %d));"
				"INSERT INTO seen SELECT count(*)"
				" FROM claim_made",
				notice_state_name((enum notice_state)s),
				channels[c], counts ? 3 : 0));
		}
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(name)                                                     \
	cmocka_unit_test_setup_teardown(name, fixture_setup_filled, \
	    fixture_teardown)
		T(test_kept),
		T(test_refused),
		T(test_twice),
		T(test_settled_by_nobody),
		T(test_fee_once),
		T(test_database_refuses),
		T(test_counts_as_course_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
