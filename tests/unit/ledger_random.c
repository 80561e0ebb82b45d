/*
 * Random ladders of notices with claims, payments, reversals, credit notes
 * and waivers, with fixed seeds: after each step the ledger says what the
 * second reckoning of ledger_random.h says, and never more is settled than
 * was claimed.
 */
#include "ledger_random.h"
#include "pay/reference.h"

#define RUNS  40
#define STEPS 40

static const enum debt_part orders[][DEBT_PARTS] = {
	{ PART_FEE, PART_INTEREST, PART_PRINCIPAL },
	{ PART_INTEREST, PART_PRINCIPAL, PART_FEE },
	{ PART_PRINCIPAL, PART_INTEREST, PART_FEE },
	{ PART_FEE, PART_PRINCIPAL, PART_INTEREST },
};

struct play {
	struct fixture *f;
	struct model m;
	uint64_t seed;
	unsigned run, step;
	date_t today;
};

/* 0 to n - 1; Knuth's multiplier. */
static unsigned
chance(struct play *p, unsigned n)
{
	p->seed = p->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(p->seed >> 33) % n;
}

static void
expect(const struct play *p, const char *what, size_t item, int64_t got,
    int64_t want)
{
	if (got != want)
		fail_msg("run %u, step %u: %s of instalment %zu is %lld, not "
			 "%lld",
		    p->run, p->step, what, item, (long long)got,
		    (long long)want);
}

static void
expect_claim(struct play *p, const struct item *it, size_t i, size_t k)
{
	const struct claimed *c = &it->claimed[k];
	int64_t claimed = model_claimed(&p->m, i, k, INT32_MAX);

	if (p->m.most[i][k] < claimed)
		p->m.most[i][k] = claimed;
	expect(p, "claimed", i, c->amount.minor, claimed);
	expect(p, "paid of the claim", i, c->paid.minor,
	    p->m.s.claim_paid[i][k]);
	expect(p, "waived", i, c->waived.minor, p->m.s.waived[i][k]);
	expect(p, "waived for ever", i, c->waived_all, p->m.s.waived_all[i][k]);
	expect(p, "settled more than claimed", i,
	    c->paid.minor + c->waived.minor > p->m.most[i][k], false);
	expect(p, "paid less than nothing", i, c->paid.minor < 0, false);
}

static void
expect_whole(const struct play *p)
{
	struct fixture *f = p->f;
	struct verify_report r;

	must(ledger_verify(f->ledger, f->arena, &r, &f->err));
	if (r.n_faults > 0)
		fail_msg("run %u, step %u: %s", p->run, p->step,
		    r.faults[0].text);
}

static void
expect_all(struct play *p)
{
	const struct position *at = fixture_position(p->f, "C1", "EUR");

	expect(p, "unallocated", 0, at->unallocated.minor, p->m.s.unallocated);
	for (size_t i = 0; i < ITEMS; i++) {
		const struct item *it = &at->items[i];
		int64_t moved = 0;

		expect(p, "principal paid", i, it->paid.minor, p->m.s.paid[i]);
		expect(p, "overpaid", i, it->open.minor < 0, false);
		for (size_t k = 0; k < it->n_moves; k++)
			moved -= it->moves[k].minor;
		expect(p, "moves", i, moved, it->paid.minor);
		for (size_t k = 0; k < CLAIM_KINDS; k++)
			expect_claim(p, it, i, k);
	}
	if (p->step % 8 == 0)
		expect_whole(p);
}

/* ---- money ---- */

static struct way
some_way(struct play *p)
{
	struct way w = { .notice = NOTICES_MAX };

	switch (chance(p, 5)) {
	case 0:
		return w;
	case 1:
		if (p->m.n_notices > 0)
			w.notice = chance(p, (unsigned)p->m.n_notices);
		return w;
	default:
		w.invoice = invoices[chance(p, INVOICES_MAX)];
		return w;
	}
}

static void
import_money(struct play *p, const struct way *w, date_t on, int64_t cents)
{
	struct fixture *f = p->f;
	struct money m = fixture_eur(cents);
	char reference[REFERENCE_SIZE] = "";
	char day[DATE_SIZE], amount[MONEY_SIZE];

	if (w->notice < NOTICES_MAX)
		must(reference_make(p->m.notices[w->notice].id, reference,
		    &f->err));
	fixture_pay(f,
	    arena_fmt(f->arena, "m%u,%s,C1,EUR,%s,%s,%s,\n", p->step,
		date_fmt(on, day), money_fmt(m, amount), reference,
		w->invoice == NULL ? "" : w->invoice));
}

static void
play_payment(struct play *p)
{
	struct way w = some_way(p);
	date_t on = p->today - (date_t)chance(p, 6);
	int64_t cents = 1 + chance(p, chance(p, 2) ? 20 : 150);

	import_money(p, &w, on, cents);
	assert_int_equal(p->f->result.added, 1);
	model_pay(&p->m, w, on, cents);
}

static void
play_reversal(struct play *p)
{
	struct way w = some_way(p);
	int64_t cents = 1 + chance(p, 80);

	import_money(p, &w, p->today, -cents);
	expect(p, "reversal taken", 0, (int64_t)p->f->result.added,
	    model_reverse(&p->m, w, cents));
}

static void
play_credit(struct play *p)
{
	const char *invoice =
	    chance(p, 3) == 0 ? NULL : invoices[chance(p, INVOICES_MAX)];
	int64_t cents = 1 + chance(p, 40);
	struct money m = fixture_eur(cents);
	char amount[MONEY_SIZE], day[DATE_SIZE];

	fixture_import(p->f,
	    arena_fmt(p->f->arena,
		"number,debtor,issued,due,currency,amount,kind,refers_to\n"
		"A%u,C1,%s,,EUR,%s,credit_note,%s\n",
		p->step, date_fmt(p->today, day), money_fmt(m, amount),
		invoice == NULL ? "" : invoice));
	assert_int_equal(p->f->result.added, 1);
	model_credit(&p->m, invoice, cents);
}

static void
play_waiver(struct play *p)
{
	struct waiver w = { .invoice = invoices[chance(p, INVOICES_MAX)],
		.kind = chance(p, 2) ? CLAIM_FEE : CLAIM_INTEREST,
		.all = chance(p, 12) == 0,
		.amount = fixture_eur(1 + chance(p, 12)),
		.on = p->today,
		.because = "by chance" };
	int rc = ledger_waive(p->f->ledger, &w, &p->f->err);

	expect(p, "waiver taken", 0, rc == 0,
	    model_waive(&p->m, w.invoice, w.kind, w.all ? 0 : w.amount.minor));
}

/* ---- notices ---- */

/* The instalment that carries an invoice's fee in live notices, or ITEMS. */
static size_t
fee_carrier(const struct play *p, const char *invoice)
{
	for (size_t n = 0; n < p->m.n_notices; n++) {
		for (size_t i = 0; i < ITEMS; i++)
			if (p->m.notices[n].live &&
			    p->m.notices[n].claims[i][CLAIM_FEE].there &&
			    strcmp(shapes[i].invoice, invoice) == 0)
				return i;
	}
	return ITEMS;
}

/* A line being filled. */
struct filling {
	struct notice *n;
	struct asking *a;
	size_t line, item;
};

static void
ask(struct play *p, const struct filling *w, enum claim_kind kind,
    int64_t amount)
{
	const struct sums *s = &p->m.s;
	int64_t settled =
	    s->claim_paid[w->item][kind] + s->waived[w->item][kind];

	settled = settled < amount ? settled : amount;
	if (s->waived_all[w->item][kind])
		return;
	w->a->claims[w->item][kind] = (struct asked){ true, amount, settled };
	claim_put(p->f, w->n, w->line, claim_of(p->f, kind, amount, settled));
}

static void
ask_for_line(struct play *p, struct notice *n, size_t line, struct asking *a)
{
	const struct position *at = fixture_position(p->f, "C1", "EUR");
	struct filling w = { .n = n, .a = a, .line = line };
	size_t carrier;
	int64_t amount;

	while (at->items[w.item].id != n->lines[line].item)
		w.item++;
	a->demands[w.item] = true;
	if (chance(p, 4) > 0) {
		amount =
		    model_claimed(&p->m, w.item, CLAIM_INTEREST, INT32_MAX) +
		    chance(p, 15);
		/* An earlier payment became known: less has accrued. */
		if (chance(p, 8) == 0)
			amount /= 2;
		ask(p, &w, CLAIM_INTEREST, amount);
	}
	carrier = fee_carrier(p, shapes[w.item].invoice);
	for (size_t i = 0; i < ITEMS && carrier == ITEMS; i++)
		if (a->claims[i][CLAIM_FEE].there &&
		    strcmp(shapes[i].invoice, shapes[w.item].invoice) == 0)
			carrier = i;
	if (chance(p, 3) > 0 && (carrier == w.item || carrier == ITEMS))
		ask(p, &w, CLAIM_FEE, 40);
}

static struct notice
make_notice(struct play *p, struct asking *a)
{
	struct fixture *f = p->f;
	unsigned k = (unsigned)p->m.n_notices;
	struct notice n;

	*a = (struct asking){ .live = true };
	snprintf(a->id, sizeof(a->id), "NAAAAAAAAAA%c%c", 'A' + (int)(k / 20),
	    'A' + (int)(k % 20));
	n = fixture_notice(f, a->id, "C1",
	    chance(p, 2) ? "" : invoices[chance(p, INVOICES_MAX)],
	    chance(p, 3) ? CHANNEL_EMAIL : CHANNEL_REGISTERED);
	n.step = arena_fmt(f->arena, "step-%u", k);
	n.on = a->on = p->today;
	for (size_t i = 0; i < n.n_lines; i++) {
		n.lines[i].step = n.step;
		ask_for_line(p, &n, i, a);
	}
	return n;
}

static void
play_money(struct play *p)
{
	switch (chance(p, 7)) {
	case 0:
		play_reversal(p);
		break;
	case 1:
		play_credit(p);
		break;
	case 2:
	case 3:
		play_waiver(p);
		break;
	default:
		play_payment(p);
	}
}

/* It asks for what is owed now. */
static void
expect_true_sums(const struct play *p, const struct asking *a)
{
	const struct position *at = fixture_position(p->f, "C1", "EUR");
	const struct notice *n = &fixture_row(p->f, a->id)->notice;

	for (size_t i = 0, line = 0; i < ITEMS; i++) {
		if (!a->demands[i])
			continue;
		expect(p, "open on the notice", i, n->lines[line].open.minor,
		    shapes[i].amount - p->m.s.paid[i]);
		assert_int_equal(n->lines[line++].item, at->items[i].id);
		for (size_t k = 0; k < CLAIM_KINDS; k++) {
			const struct asked *c = &a->claims[i][k];
			int64_t settled =
			    p->m.s.claim_paid[i][k] + p->m.s.waived[i][k];

			expect(p, "settled on the notice", i,
			    c->there ? c->settled : 0,
			    !c->there                 ? 0
				: settled < c->amount ? settled
						      : c->amount);
			expect(p, "waived on the notice", i,
			    c->there && p->m.s.waived_all[i][k], false);
		}
	}
}

/* From the gate on; false: it was shut. */
static bool
send_notice(struct play *p, const struct asking *a)
{
	struct fixture *f = p->f;
	struct gate g = fixture_gate();
	struct receipt r = { .outcome = OUTCOME_ACCEPTED, .detail = "250 ok" };
	struct sums before = p->m.s;
	struct lease lease;

	g.on = p->today;
	if (chance(p, 2))
		play_money(p);
	must(outbox_reserve(f->ledger, a->id, &g, f->arena, &lease, &f->err));
	if (lease.closed != NULL) {
		expect(p, "gate shut though nothing has changed", 0,
		    memcmp(&before, &p->m.s, sizeof(before)) == 0, false);
		return false;
	}
	expect_true_sums(p, a);
	must(outbox_sending(f->ledger, &lease, &g, "", &f->err));
	must(outbox_outcome(f->ledger, &lease, &r, p->today, &f->err));
	return true;
}

static void
play_notice(struct play *p)
{
	struct fixture *f = p->f;
	struct asking *a = &p->m.notices[p->m.n_notices];
	struct notice n = make_notice(p, a);

	if (n.n_lines == 0)
		return;
	if (p->m.s.unallocated >= n.total.minor) {
		fixture_fails(outbox_approve(f->ledger, &n, &f->err), f,
		    ERR_DATA, "covers the debt");
		return;
	}
	must(outbox_approve(f->ledger, &n, &f->err));
	p->m.n_notices++;
	if (chance(p, 8) == 0) {
		must(outbox_supersede(f->ledger, n.id, "by chance", &f->err));
		a->live = false;
		return;
	}
	fixture_render(f, n.id);
	a->live = send_notice(p, a);
	a->counts = a->live && n.channel == CHANNEL_EMAIL;
	a->printed = a->live && !a->counts;
}

/* The oldest letter that waits goes to the post. */
static void
play_post(struct play *p)
{
	for (size_t i = 0; i < p->m.n_notices; i++) {
		struct asking *a = &p->m.notices[i];

		if (!a->printed || a->counts)
			continue;
		assert_int_equal(outbox_posted(p->f->ledger, a->id, p->today,
				     "", &p->f->err),
		    0);
		a->counts = true;
		a->on = p->today;
		return;
	}
}

static void
play(struct play *p)
{
	for (p->step = 1; p->step <= STEPS; p->step++) {
		switch (chance(p, 8)) {
		case 0:
		case 1:
		case 2:
			play_notice(p);
			break;
		case 3:
			play_post(p);
			break;
		default:
			play_money(p);
		}
		expect_all(p);
		p->today += (date_t)chance(p, 4);
	}
	expect_whole(p);
}

static void
test_ladders(void **state)
{
	for (unsigned run = 0; run < RUNS; run++) {
		struct play p = { .run = run,
			.seed = run + 1,
			.today = fixture_day("2026-03-01") };

		fixture_setup(state);
		p.f = *state;
		fixture_import(p.f, DEBTORS);
		fixture_import(p.f, SHAPES);
		memcpy(p.m.order, orders[run % 4], sizeof(p.m.order));
		memcpy(p.f->order, orders[run % 4], sizeof(p.f->order));
		play(&p);
		fixture_teardown(state);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ladders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
