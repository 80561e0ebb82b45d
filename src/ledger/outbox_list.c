#include <string.h>

#include "ledger/claim.h"
#include "ledger/course.h"
#include "ledger/load.h"
#include "ledger/names.h"
#include "ledger/outbox.h"
#include "ledger/store.h"

/* A row being filled, with its key. */
struct listed {
	struct ledger *l;
	struct arena *a;
	int64_t key;
	struct outbox_row *row;
};

static int
list_take_word(struct listed *x, struct query *q, const struct names *names,
    int *out, struct err *e)
{
	return names_find(names, sql_take_text(q, x->a), out, e);
}

static int
list_take_enums(struct listed *x, struct query *q, struct course *c,
    struct err *e)
{
	struct notice *n = &x->row->notice;
	int state, channel, mode;

	if (list_take_word(x, q, &names_state, &state, e) != 0 ||
	    list_take_word(x, q, &names_channel, &channel, e) != 0 ||
	    list_take_word(x, q, &names_step_mode, &mode, e) != 0)
		return -1;
	c->state = n->state = (enum notice_state)state;
	c->channel = n->channel = (enum channel)channel;
	n->mode = (enum step_mode)mode;
	return 0;
}

static void
list_take_id(struct listed *x, struct query *q)
{
	struct notice *n = &x->row->notice;
	const char *id = sql_take_text(q, x->a);
	const char *currency = sql_take_text(q, x->a);

	memcpy(n->id, id, sizeof(n->id));
	memcpy(n->currency, currency, sizeof(n->currency));
}

static void
list_take_sums(struct listed *x, struct query *q)
{
	struct notice *n = &x->row->notice;

	n->open = load_money(sql_take_int(q), n->currency);
	n->interest = load_money(sql_take_int(q), n->currency);
	n->fee = load_money(sql_take_int(q), n->currency);
	n->total = load_money(sql_take_int(q), n->currency);
}

/* In the order of the columns of outbox_list. */
static int
list_take(struct listed *x, struct query *q, struct err *e)
{
	struct debtor *debtor = arena_alloc(x->a, sizeof(*debtor));
	struct outbox_row *row = x->row;
	struct notice *n = &row->notice;
	struct course c;

	x->key = sql_take_int(q);
	list_take_id(x, q);
	if (list_take_enums(x, q, &c, e) != 0)
		return -1;
	n->scenario = sql_take_text(q, x->a);
	n->step = sql_take_text(q, x->a);
	n->letter = sql_take_text(q, x->a);
	n->tone = sql_take_text(q, x->a);
	n->on = c.day = sql_take_date(q);
	c.printed = sql_take_date(q);
	n->deadline_days = c.days = (unsigned)sql_take_int(q);
	list_take_sums(x, q);
	n->personal = sql_take_text(q, x->a);
	row->recipient = sql_take_text(q, x->a);
	row->addressee = sql_take_text(q, x->a);
	row->basis = sql_take_text(q, x->a);
	row->attempt = (unsigned)sql_take_int(q);
	c.accepted_on = sql_take_date(q);
	row->posted_on = c.posted_on = sql_take_date(q);
	row->tracking = sql_take_text(q, x->a);
	n->deadline = course_deadline(&c);
	n->debtor = debtor;
	return load_debtor(q, x->a, debtor, e);
}

static int
list_take_line(struct listed *x, struct query *q, struct err *e)
{
	struct notice *n = &x->row->notice;
	struct notice_line line = { .item = sql_take_int(q) };
	int role;

	line.episode = (unsigned)sql_take_int(q);
	line.invoice = sql_take_text(q, x->a);
	line.contract = sql_take_text(q, x->a);
	line.issued = sql_take_date(q);
	line.sent_on = sql_take_date(q);
	line.due = sql_take_date(q);
	if (list_take_word(x, q, &names_line_role, &role, e) != 0)
		return -1;
	line.role = (enum line_role)role;
	line.step = sql_take_text(q, x->a);
	line.amount = load_money(sql_take_int(q), n->currency);
	line.paid = load_money(sql_take_int(q), n->currency);
	line.open = load_money(sql_take_int(q), n->currency);
	line.interest = load_money(sql_take_int(q), n->currency);
	line.fee = load_money(sql_take_int(q), n->currency);
	line.file_sha256 = sql_take_text(q, x->a);
	line.file_ext = sql_take_text(q, x->a);
	n->lines = load_grow(x->a, n->lines, n->n_lines, sizeof(line));
	n->lines[n->n_lines++] = line;
	return 0;
}

static int
list_take_reason(struct listed *x, struct query *q, struct err *e)
{
	struct notice *n = &x->row->notice;

	(void)e;
	n->reasons =
	    load_grow(x->a, n->reasons, n->n_reasons, sizeof(*n->reasons));
	n->reasons[n->n_reasons++] = sql_take_text(q, x->a);
	return 0;
}

static int
list_take_document(struct listed *x, struct query *q, struct err *e)
{
	struct outbox_row *row = x->row;
	struct document *d = &row->documents[row->n_documents];
	const char *sha256;
	int role;

	if (row->n_documents == NOTICE_DOCUMENTS ||
	    list_take_word(x, q, &names_document_role, &role, e) != 0)
		return err_set(e, ERR_BROKEN,
		    "it has documents no notice has; run semonce verify");
	d->role = (enum document_role)role;
	sha256 = sql_take_text(q, x->a);
	memcpy(d->sha256, sha256, sizeof(d->sha256));
	d->size = (size_t)sql_take_int(q);
	row->n_documents++;
	return 0;
}

static int
list_take_detail(struct listed *x, struct query *q, struct err *e)
{
	(void)e;
	x->row->detail = sql_take_text(q, x->a);
	return 0;
}

static int
list_fill(struct listed *x, struct err *e)
{
	static const struct {
		const char *text;
		int (*take)(struct listed *, struct query *, struct err *);
	} parts[] = {
		{ "SELECT i.id, l.episode, v.number, v.contract, v.issued,"
		  " v.sent_on, i.due, l.role, l.step, l.amount, l.paid,"
		  " l.open, l.interest, l.fee, f.sha256, f.ext FROM notice_line l"
		  " JOIN instalment i ON i.id = l.instalment"
		  " JOIN invoice v ON v.id = i.invoice"
		  " LEFT JOIN document f ON f.invoice = v.id"
		  " WHERE l.notice = ? ORDER BY l.position",
		    list_take_line },
		{ "SELECT text FROM notice_reason WHERE notice = ?"
		  " ORDER BY position",
		    list_take_reason },
		{ "SELECT role, sha256, size FROM document WHERE notice = ?"
		  " ORDER BY id",
		    list_take_document },
		/* Up to approved an event tells what we thought ourselves. */
		{ "SELECT detail FROM event WHERE kind = 'notice' AND row = ?"
		  " AND word NOT IN ('planned', 'approved') AND detail <> ''"
		  " ORDER BY seq DESC LIMIT 1",
		    list_take_detail },
	};
	struct query q;
	int rc;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		sql_start(&x->l->sql, &q, parts[i].text);
		sql_put_int(&q, x->key);
		while ((rc = sql_next(&q, e)) == 1) {
			if (parts[i].take(x, &q, e) != 0) {
				sql_end(&q);
				return -1;
			}
		}
		if (rc != 0)
			return -1;
	}
	return claim_load(x->l, x->key, x->a, &x->row->notice, e);
}

static int
list_read(struct ledger *l, int state, struct arena *a,
    struct outbox_row **rows, size_t *n, struct err *e)
{
	struct query q;
	int rc;

	sql_start(&l->sql, &q,
	    "SELECT n.key, n.id, n.currency, n.state, n.channel, n.mode,"
	    " n.scenario, n.step, n.letter, n.tone, n.day, n.deadline,"
	    " n.deadline_days, n.open, n.interest, n.fee, n.total,"
	    " n.personal, n.recipient, n.addressee, n.basis, n.attempt, n.accepted_on,"
	    " n.posted_on, n.tracking, " LOAD_DEBTOR " FROM notice n"
	    " JOIN debtor d ON d.id = n.debtor"
	    " JOIN contact c ON c.debtor = d.id"
	    " WHERE n.state = ?1 OR ?1 IS NULL"
	    " ORDER BY iif(?1 IS 'rendered', n.attempt, 0), n.key");
	sql_put_text(&q,
	    state < 0 ? NULL : notice_state_name((enum notice_state)state));
	while ((rc = sql_next(&q, e)) == 1) {
		struct outbox_row row = { .detail = "" };
		struct listed x = { .l = l, .a = a, .row = &row };

		if (list_take(&x, &q, e) != 0 || list_fill(&x, e) != 0) {
			sql_end(&q);
			return err_add(e, "notice %s", row.notice.id);
		}
		*rows = load_grow(a, *rows, *n, sizeof(row));
		(*rows)[(*n)++] = row;
	}
	return rc;
}

int
outbox_list(struct ledger *l, int state, struct arena *a,
    struct outbox_row **rows, size_t *n, struct err *e)
{
	int rc;

	*rows = NULL;
	*n = 0;
	if (store_begin_read(l, e) != 0)
		return -1;
	rc = list_read(l, state, a, rows, n, e);
	store_rollback(l);
	return rc;
}
