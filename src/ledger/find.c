#include "ledger/find.h"

#include "ledger/names.h"
#include "pay/payref.h"

int
find_number(struct query *q, int64_t *out, struct err *e)
{
	int rc = sql_next(q, e);

	*out = 0;
	if (rc == 1) {
		*out = sql_take_int(q);
		sql_end(q);
	}
	return rc < 0 ? -1 : 0;
}

int
find_debtor(struct ledger *l, const char *code, int64_t *id, struct err *e)
{
	struct query q;

	sql_start(&l->sql, &q, "SELECT id FROM debtor WHERE code = ?");
	sql_put_text(&q, code);
	return find_number(&q, id, e);
}

int
find_invoice(struct ledger *l, const char *number, struct arena *a,
    struct invoice_head *out, struct err *e)
{
	const char *kind;
	struct query q;
	int rc, value;

	*out = (struct invoice_head){ .currency = "" };
	sql_start(&l->sql, &q,
	    "SELECT id, debtor, kind, currency FROM invoice WHERE number = ?");
	sql_put_text(&q, number);
	rc = sql_next(&q, e);
	if (rc != 1)
		return rc;
	out->id = sql_take_int(&q);
	out->debtor = sql_take_int(&q);
	kind = sql_take_text(&q, a);
	out->currency = sql_take_text(&q, a);
	sql_end(&q);
	if (names_find(&names_invoice_kind, kind, &value, e) != 0)
		return -1;
	out->kind = (enum invoice_kind)value;
	return 0;
}

/* Of the notices whose id begins so, newest first, the one that is meant. */
static int
choose_notice(struct query *q, const struct payment_words *w, const char *text,
    struct arena *a, struct notice_head *out, struct err *e)
{
	int rc;

	while ((rc = sql_next(q, e)) == 1) {
		struct notice_head one = { .key = sql_take_int(q) };

		one.debtor = sql_take_int(q);
		one.id = sql_take_text(q, a);
		if (!payref_names(text, one.id))
			continue;
		if (out->key == 0)
			*out = one;
		if (w->debtor == 0 && one.debtor != out->debtor) {
			*out = (struct notice_head){ .id = "" };
			sql_end(q);
			return 0;
		}
	}
	return rc;
}

static int
find_named(struct ledger *l, const struct payment_words *w, const char *text,
    struct arena *a, struct notice_head *out, struct err *e)
{
	const char *at = text;
	char id[NOTICE_ID_SIZE];
	struct query q;

	while (out->key == 0 && payref_next(&at, id)) {
		sql_start(&l->sql, &q,
		    "SELECT key, debtor, id FROM notice"
		    " WHERE id >= ?1 AND id < ?1 || '~'"
		    " AND (debtor = ?2 OR ?2 = 0) AND (currency = ?3 OR ?3 = '')"
		    " ORDER BY key DESC");
		sql_put_text(&q, id);
		sql_put_int(&q, w->debtor);
		sql_put_text(&q, w->currency);
		if (choose_notice(&q, w, text, a, out, e) != 0)
			return -1;
	}
	return 0;
}

int
find_reference(struct ledger *l, const struct payment_words *w, struct arena *a,
    struct notice_head *out, struct err *e)
{
	*out = (struct notice_head){ .id = "" };
	if (find_named(l, w, w->reference, a, out, e) != 0)
		return -1;
	return out->key != 0 ? 0 : find_named(l, w, w->label, a, out, e);
}

static int
find_sum(struct ledger *l, const char *sum, int64_t debtor,
    const char *currency, int64_t *out, struct err *e)
{
	struct query q;

	sql_start(&l->sql, &q, sum);
	sql_put_int(&q, debtor);
	sql_put_text(&q, currency);
	return find_number(&q, out, e);
}

int
find_moved(struct ledger *l, int64_t debtor, const char *currency, int64_t *out,
    struct err *e)
{
	return find_sum(l,
	    "SELECT sum(amount) FROM movement"
	    " WHERE debtor = ? AND currency = ?",
	    debtor, currency, out, e);
}

int
find_unallocated(struct ledger *l, int64_t debtor, const char *currency,
    int64_t *out, struct err *e)
{
	int64_t moved, allocated, settled;

	if (find_moved(l, debtor, currency, &moved, e) != 0 ||
	    find_sum(l,
		"SELECT sum(a.amount) FROM movement m"
		" JOIN allocation a ON a.movement = m.id"
		" WHERE m.debtor = ? AND m.currency = ?",
		debtor, currency, &allocated, e) != 0 ||
	    find_sum(l,
		"SELECT sum(s.amount) FROM movement m"
		" JOIN settlement s ON s.movement = m.id"
		" WHERE m.debtor = ? AND m.currency = ?",
		debtor, currency, &settled, e) != 0)
		return -1;
	if (__builtin_sub_overflow(moved, allocated, out) ||
	    __builtin_sub_overflow(*out, settled, out))
		return err_set(e, ERR_DATA, "the sum of amounts is too large");
	return 0;
}

int
find_payments_as_of(struct ledger *l, date_t *out, struct err *e)
{
	struct query q;
	int rc;

	*out = DATE_NONE;
	sql_start(&l->sql, &q,
	    "SELECT max(day) FROM import WHERE kind = 'payments'");
	rc = sql_next(&q, e);
	if (rc == 1) {
		*out = sql_take_date(&q);
		sql_end(&q);
	}
	return rc < 0 ? -1 : 0;
}
