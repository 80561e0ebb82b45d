/*
 * Ladders that claim, day by day for months, with random payments, reversals
 * and waivers and fixed seeds: what the policy asks for the ledger takes,
 * and each sum of interest is that of a slow reckoning, one day at a time.
 */
#include "ledger_claim.h"
#include "policy/claim.h"
#include "policy/plan.h"
#include "verb/law_data.h"

#define RUNS 12
#define DAYS 200

#define SCENARIO                                                          \
	"scenario: claiming\n"                                            \
	"spacing: 7d\n"                                                   \
	"steps:\n"                                                        \
	"  - {name: a, at: due + 5d, letter: relance-1, by: [email]}\n"   \
	"  - {name: b, after: a + 7d, letter: relance-2, by: [email],\n"  \
	"     claims: [fee]}\n"                                           \
	"  - {name: c, after: b + 10d, letter: relance-3, by: [print],\n" \
	"     claims: [interest, fee]}\n"                                 \
	"  - {name: d, after: c + 20d, letter: mise-en-demeure,\n"        \
	"     by: [email], claims: [interest, fee], deadline: 8d}\n"      \
	"  - {name: e, after: d + 15d, letter: mise-en-demeure,\n"        \
	"     by: [registered], claims: [interest, fee]}\n"

#define RATE_MILLI 12500
#define BILLS                                             \
	"number,debtor,issued,due,currency,amount,rate\n" \
	"F1,C1,2026-01-01,2026-03-02,EUR,1234.56,12.5\n"  \
	"F2,C1,2026-01-01,2026-03-05,EUR,800.00,12.5\n"   \
	"F2,C1,2026-01-01,2026-04-05,EUR,800.01,12.5\n"   \
	"F3,C1,2026-01-01,2026-05-20,EUR,99.99,12.5\n"

struct play {
	struct fixture *f;
	struct law law;
	struct scenario scenario;
	struct policy_profile profile;
	struct account account;
	struct policy policy;
	uint64_t seed;
	unsigned run, serial;
	date_t today;
	size_t notices, claims; /* how many there were */
};

static unsigned
chance(struct play *p, unsigned n)
{
	p->seed = p->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(p->seed >> 33) % n;
}

/* ---- what is asked ---- */

/* What had been given to an instalment before a day, by the tables alone. */
static int64_t
given_before(sqlite3_stmt *st, int64_t instalment, date_t d)
{
	char day[DATE_SIZE];
	int64_t sum;

	assert_int_equal(sqlite3_bind_int64(st, 1, instalment), SQLITE_OK);
	assert_int_equal(sqlite3_bind_text(st, 2, date_fmt(d, day), -1,
			     SQLITE_TRANSIENT),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	sum = sqlite3_column_int64(st, 0);
	assert_int_equal(sqlite3_reset(st), SQLITE_OK);
	return sum;
}

/* Simple interest at the agreed rate, day by day, rounded once. */
static int64_t
slow_interest(struct play *p, const struct item *it)
{
	const int64_t unit = (int64_t)100000 * 365;
	int64_t sum = 0;
	sqlite3_stmt *st;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(fixture_path(p->f, "semonce.db"), &db),
	    SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
			     "SELECT sum(a.amount) FROM allocation a"
			     " JOIN movement m ON m.id = a.movement"
			     " WHERE a.instalment = ? AND m.day < ?",
			     -1, &st, NULL),
	    SQLITE_OK);
	for (date_t d = it->due + 1; d <= p->today; d++)
		sum += (it->amount.minor - given_before(st, it->id, d)) *
		    RATE_MILLI;
	assert_int_equal(sqlite3_finalize(st), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return (sum + unit / 2) / unit;
}

static const struct item *
find_item(const struct position *at, int64_t id)
{
	for (size_t i = 0; i < at->n_items; i++)
		if (at->items[i].id == id)
			return &at->items[i];
	fail_msg("no such item");
	return NULL;
}

static void
expect_line(struct play *p, const struct notice_line *l)
{
	const struct item *it =
	    find_item(fixture_position(p->f, "C1", "EUR"), l->item);

	for (size_t i = 0; i < l->n_claims; i++) {
		const struct claim *c = &l->claims[i];
		const struct claimed *now = &it->claimed[c->kind];
		int64_t settled = now->paid.minor + now->waived.minor;
		int64_t want =
		    c->kind == CLAIM_FEE ? 4000 : slow_interest(p, it);

		p->claims++;
		if (c->amount.minor != want)
			fail_msg("run %u, day %d: %s %lld, not %lld", p->run,
			    p->today, l->invoice, (long long)c->amount.minor,
			    (long long)want);
		assert_int_equal(c->settled.minor,
		    settled < want ? settled : want);
		assert_false(now->waived_all);
		assert_true(c->kind == CLAIM_FEE || it->due < p->today);
	}
}

/* ---- a day ---- */

static void
post_letters(struct play *p)
{
	struct fixture *f = p->f;
	struct outbox_row *rows;
	size_t n;

	must(outbox_list(f->ledger, NOTICE_ACCEPTED, f->arena, &rows, &n,
	    &f->err));
	for (size_t i = 0; i < n; i++)
		if (rows[i].notice.channel != CHANNEL_EMAIL &&
		    chance(p, 3) == 0)
			must(outbox_posted(f->ledger, rows[i].notice.id,
			    p->today, "", &f->err));
}

/* As kept, it claims what it would claim. */
static void
expect_reckoned_again(struct play *p, const char *id)
{
	struct fixture *f = p->f;

	fixture_book(f);
	must(claim_check(&p->policy, &f->book, &fixture_row(f, id)->notice,
	    f->arena, &f->err));
}

static void
send_plan(struct play *p)
{
	struct fixture *f = p->f;
	struct gate g = fixture_gate();
	struct receipt r = { .outcome = OUTCOME_ACCEPTED, .detail = "250 ok" };
	struct plan plan;

	g.on = p->today;
	fixture_book(f);
	must(plan_make(&p->policy, &f->book, p->today, f->arena, &plan,
	    &f->err));
	for (size_t i = 0; i < plan.n_warnings; i++)
		if (strstr(plan.warnings[i], "verify") != NULL)
			fail_msg("%s", plan.warnings[i]);
	for (size_t i = 0; i < plan.n_notices; i++) {
		const struct notice *n = &plan.notices[i];
		struct lease lease;

		p->notices++;
		for (size_t k = 0; k < n->n_lines; k++)
			expect_line(p, &n->lines[k]);
		must(outbox_approve(f->ledger, n, &f->err));
		expect_reckoned_again(p, n->id);
		fixture_render(f, n->id);
		must(outbox_reserve(f->ledger, n->id, &g, f->arena, &lease,
		    &f->err));
		assert_null(lease.closed);
		must(outbox_sending(f->ledger, &lease, &g, "", &f->err));
		must(outbox_outcome(f->ledger, &lease, &r, p->today, &f->err));
	}
}

/* A payment, known some days later; or one that comes back. */
static void
move_money(struct play *p)
{
	static const char *const invoices[] = { "F1", "F2", "F3" };
	struct fixture *f = p->f;
	bool back = chance(p, 5) == 0;
	struct money m = fixture_eur(1 + chance(p, back ? 20000 : 60000));
	date_t on = p->today - (date_t)(back ? 0 : chance(p, 12));
	char day[DATE_SIZE], amount[MONEY_SIZE];

	if (back)
		m.minor = -m.minor;
	fixture_pay(f,
	    arena_fmt(f->arena, "m%u,%s,C1,EUR,%s,,%s,\n", p->serial++,
		date_fmt(on, day), money_fmt(m, amount),
		invoices[chance(p, 3)]));
	assert_int_equal(f->result.added + f->result.n_refused, 1);
	assert_true(back || f->result.added == 1);
}

/* It may be refused: less is owed. */
static void
waive(struct play *p)
{
	struct waiver w = { .invoice = chance(p, 2) ? "F1" : "F2",
		.kind = chance(p, 2) ? CLAIM_FEE : CLAIM_INTEREST,
		.all = chance(p, 10) == 0,
		.amount = fixture_eur(1 + chance(p, 800)),
		.on = p->today,
		.because = "by chance" };

	(void)ledger_waive(p->f->ledger, &w, &p->f->err);
}

/* The fee of an invoice is claimed on one instalment at most. */
static void
expect_fees_once(struct play *p)
{
	const struct position *at = fixture_position(p->f, "C1", "EUR");
	size_t fees = 0;

	for (size_t i = 0; i < at->n_items; i++)
		fees += strcmp(at->items[i].invoice, "F2") == 0 &&
		    at->items[i].claimed[CLAIM_FEE].amount.minor > 0;
	assert_true(fees <= 1);
}

/* ---- all days ---- */

static void
start(struct play *p, void **state)
{
	struct call c = { .dir = ".", .data = "." };
	struct fixture *f;

	fixture_setup(state);
	p->f = f = *state;
	fixture_import(f, DEBTORS);
	fixture_write(f, "claiming.yaml", SCENARIO);
	must(scenario_load(fixture_path(f, "claiming.yaml"), f->arena,
	    &p->scenario, &f->err));
	must(law_load(&c, f->arena, &p->law, &f->err));
	p->profile = (struct policy_profile){ "", &p->scenario };
	p->account = (struct account){ .currency = "EUR", .iban = "FR76" };
	p->policy = (struct policy){ .profiles = &p->profile,
		.n_profiles = 1,
		.creditor = "Ateliers Valcourbe",
		.country = "FR",
		.place = "FR",
		.tone = "formal",
		.tolerance = "1.00",
		.accounts = &p->account,
		.n_accounts = 1,
		.law = &p->law.book,
		.rates = &p->law.rates };
	fixture_import(f, BILLS);
	assert_int_equal(f->result.added, 3);
}

static void
play(struct play *p)
{
	struct fixture *f = p->f;
	struct verify_report r;

	for (int day = 0; day < DAYS; day++, p->today++) {
		if (chance(p, 9) == 0)
			move_money(p);
		if (chance(p, 25) == 0)
			waive(p);
		post_letters(p);
		send_plan(p);
		expect_fees_once(p);
	}
	must(ledger_verify(f->ledger, f->arena, &r, &f->err));
	if (r.n_faults > 0)
		fail_msg("run %u: %s", p->run, r.faults[0].text);
}

static void
test_ladders(void **state)
{
	static const enum debt_part orders[][DEBT_PARTS] = {
		{ PART_FEE, PART_INTEREST, PART_PRINCIPAL },
		{ PART_INTEREST, PART_PRINCIPAL, PART_FEE },
		{ PART_PRINCIPAL, PART_INTEREST, PART_FEE },
	};
	size_t notices = 0, claims = 0;

	for (unsigned run = 0; run < RUNS; run++) {
		struct play p = { .run = run,
			.seed = run + 1,
			.today = fixture_day("2026-03-01") };

		start(&p, state);
		memcpy(p.f->order, orders[run % 3], sizeof(p.f->order));
		play(&p);
		notices += p.notices;
		claims += p.claims;
		fixture_teardown(state);
	}
	/* Else this has tried nothing. */
	assert_true(notices / RUNS >= 4 && claims / RUNS >= 4);
	print_message("%zu notices, %zu claims\n", notices, claims);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ladders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
