/*
 * ledger_money: what an import said, and what is open after it.
 */
#ifndef LEDGER_MONEY_H
#define LEDGER_MONEY_H

#include "ledger_fixture.h"

static inline void
expect(struct fixture *f, size_t added, size_t known, size_t refused)
{
	if (f->result.n_refused > 0 && refused == 0)
		fail_msg("%s", f->result.refused[0].text);
	assert_int_equal(f->result.added, added);
	assert_int_equal(f->result.known, known);
	assert_int_equal(f->result.n_refused, refused);
}

static inline void
expect_refused(struct fixture *f, unsigned line, const char *words)
{
	expect(f, 0, 0, 1);
	assert_int_equal(f->result.refused[0].line, line);
	if (strstr(f->result.refused[0].text, words) == NULL)
		fail_msg("'%s' lacks '%s'", f->result.refused[0].text, words);
}

static inline void
fill(struct fixture *f)
{
	fixture_import(f, DEBTORS);
	expect(f, 2, 0, 0);
	fixture_import(f, INVOICES);
	expect(f, 3, 0, 0);
}

/* Open amounts of C1 (F1, F2 first, F2 second) and unallocated money. */
static inline void
expect_open(struct fixture *f, const char *what, int64_t f1, int64_t f2a,
    int64_t f2b, int64_t unallocated)
{
	const struct position *p = fixture_position(f, "C1", "EUR");
	int64_t got[4] = { p->items[0].open.minor, p->items[1].open.minor,
		p->items[2].open.minor, p->unallocated.minor };
	int64_t want[4] = { f1, f2a, f2b, unallocated };

	for (size_t i = 0; i < 4; i++) {
		if (got[i] != want[i])
			fail_msg("%s: %zu is %lld, not %lld", what, i,
			    (long long)got[i], (long long)want[i]);
	}
}

#endif
