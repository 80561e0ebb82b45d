#include "ledger/settle.h"

#include "ledger/names.h"

/*
 * A later notice may have claimed less, if an earlier payment became known
 * between the two: no more than the least of both is paid.
 */
static int64_t
settle_open(int64_t before, int64_t newest, int64_t paid, int64_t waived)
{
	int64_t most = before < newest ? before : newest;

	if (paid >= most || waived >= most - paid)
		return 0;
	return most - paid - waived;
}

int
settle_find(struct ledger *l, int64_t instalment, date_t before,
    struct part out[CLAIM_KINDS], struct err *e)
{
	struct arena *a = arena_new();
	struct query q;
	int rc;

	for (size_t k = 0; k < CLAIM_KINDS; k++)
		out[k] = (struct part){ 0 };
	sql_start(&l->sql, &q,
	    "SELECT s.kind, s.amount, s.paid, s.waived, s.waived_all,"
	    " (SELECT m.amount FROM claim_made m WHERE m.kind = s.kind"
	    "   AND m.instalment = s.instalment AND m.day < ?2"
	    "   ORDER BY m.id DESC LIMIT 1)"
	    " FROM claim_standing s WHERE s.instalment = ?1");
	sql_put_int(&q, instalment);
	sql_put_date(&q, before);
	while ((rc = sql_next(&q, e)) == 1) {
		const char *word = sql_take_text(&q, a);
		int64_t newest = sql_take_int(&q);
		int64_t paid = sql_take_int(&q);
		int64_t waived = sql_take_int(&q);
		bool all = sql_take_int(&q) != 0;
		int64_t claimed = sql_take_int(&q);
		int kind;

		if (names_find(&names_claim_kind, word, &kind, e) != 0) {
			sql_end(&q);
			rc = -1;
			break;
		}
		out[kind].given = paid;
		if (!all)
			out[kind].open =
			    settle_open(claimed, newest, paid, waived);
	}
	arena_free(a);
	return rc;
}

int
settle_add(struct ledger *l, int64_t movement, int64_t instalment,
    enum claim_kind kind, int64_t minor, struct err *e)
{
	struct query q;

	sql_start(&l->sql, &q,
	    "INSERT INTO settlement (movement, instalment, kind, amount)"
	    " VALUES (?, ?, ?, ?)");
	sql_put_int(&q, movement);
	sql_put_int(&q, instalment);
	sql_put_text(&q, names_claim_kind.of[kind]);
	sql_put_int(&q, minor);
	return sql_run(&q, e);
}
