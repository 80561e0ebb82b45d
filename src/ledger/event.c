/*
 * Invariants:
 *
 *  1. seq runs 1, 2, 3, … without a gap.
 *  2. previous is the hash of the event before; 64 zeros for the first.
 *  3. hash is SHA-256 over previous, seq, and every other column, each
 *     written as LENGTH:BYTES, so that no two rows have the same text.
 *  4. digest is SHA-256 over the columns of the row and of what belongs to
 *     it, read back from the database after the change.
 */
#include "ledger/event.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/str.h"

#define DIGEST_QUERIES 5
#define EVENT_BYTES    (64 << 20)

static const char event_zeros[] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/*
 * What belongs to a row: each query takes its key. Columns are named, so
 * that a later column does not change the digests of what is there; a later
 * column's query gives no row where it is not filled, so a ledger that was
 * migrated has its old digests still.
 */
static const struct {
	const char *name;
	const char *queries[DIGEST_QUERIES];
} event_kinds[EVENT_KINDS] = {
	[EVENT_LEDGER] = { .name = "ledger" },
	[EVENT_IMPORT] = { .name = "import",
	    .queries = { "SELECT kind, path, sha256, day, rows FROM import "
			 "WHERE id = ?" } },
	[EVENT_DEBTOR] = { .name = "debtor",
	    .queries = { "SELECT code, kind, profile, language, channel, "
			 "registration, vat, notes FROM debtor WHERE id = ?",
		"SELECT name, email, phone, line1, line2, line3, postcode, "
		"city, country FROM contact WHERE debtor = ?" } },
	[EVENT_INVOICE] = { .name = "invoice",
	    .queries = { "SELECT number, debtor, kind, issued, sent_on, "
			 "currency, refers_to, contract, file, terms, clause, "
			 "scenario, notes, import FROM invoice WHERE id = ?",
		"SELECT id, due, amount, episode FROM instalment "
		"WHERE invoice = ? ORDER BY id",
		"SELECT role, sha256, ext, size FROM document "
		"WHERE invoice = ?",
		"SELECT rate_milli FROM invoice WHERE id = ? "
		"AND rate_milli IS NOT NULL" } },
	[EVENT_MOVEMENT] = { .name = "movement",
	    .queries = { "SELECT kind, external, day, debtor, currency, "
			 "amount, reference, invoice, label, notes, twin, "
			 "import FROM movement WHERE id = ?",
		"SELECT id, instalment, amount FROM allocation "
		"WHERE movement = ? ORDER BY id",
		"SELECT id, instalment, kind, amount FROM settlement "
		"WHERE movement = ? ORDER BY id" } },
	[EVENT_NOTICE] = { .name = "notice",
	    .queries = { "SELECT id, debtor, currency, state, scenario, step, "
			 "letter, tone, channel, mode, day, deadline, "
			 "deadline_days, open, interest, fee, total, personal, "
			 "recipient, addressee, unallocated, basis, attempt, "
			 "accepted_on, posted_on, tracking FROM notice "
			 "WHERE key = ?",
		"SELECT position, instalment, episode, role, step, amount, "
		"paid, open, interest, fee, live FROM notice_line "
		"WHERE notice = ? ORDER BY position",
		"SELECT role, sha256, ext, size FROM document "
		"WHERE notice = ? ORDER BY id",
		"SELECT id, instalment, kind, amount, settled, from_day, "
		"until_day, per_day, law, text FROM claim "
		"WHERE notice = ? ORDER BY id",
		"SELECT s.claim, s.position, s.from_day, s.to_day, s.days, "
		"s.base, s.rate_milli, s.amount FROM claim c "
		"JOIN claim_slice s ON s.claim = c.id "
		"WHERE c.notice = ? ORDER BY s.claim, s.position" } },
	[EVENT_WAIVER] = { .name = "waiver",
	    .queries = { "SELECT instalment, kind, amount, day, because "
			 "FROM waiver WHERE id = ?" } },
};

const char *
event_kind_name(enum event_kind kind)
{
	return event_kinds[kind].name;
}

static void
canon_text(struct str *s, const char *text)
{
	str_fmt(s, "%zu:", strlen(text));
	str_puts(s, text);
}

static int
canon_hash(struct ledger *l, const struct str *s, char out[SHA256_HEX_SIZE],
    struct err *e)
{
	uint8_t hash[SHA256_SIZE];

	if (s->over)
		return err_set(e, ERR_DATA, "a record larger than %d bytes",
		    EVENT_BYTES);
	if (hash_sha256(l->hasher, s->p, s->len, hash, e) != 0)
		return -1;
	(void)hash_hex(hash, out);
	return 0;
}

static int
digest_rows(struct ledger *l, const char *text, int64_t row, struct str *s,
    struct arena *a, struct err *e)
{
	struct query q;
	int rc;

	sql_start(&l->sql, &q, text);
	sql_put_int(&q, row);
	while ((rc = sql_next(&q, e)) == 1) {
		int columns = sqlite3_column_count(q.st);

		str_puts(s, "row");
		for (int i = 0; i < columns; i++)
			canon_text(s, sql_take_text(&q, a));
	}
	return rc;
}

int
event_digest(struct ledger *l, enum event_kind kind, int64_t row,
    char out[SHA256_HEX_SIZE], struct err *e)
{
	struct arena *a = arena_new();
	struct str s;
	int rc = 0;

	str_init(&s, EVENT_BYTES);
	for (size_t i = 0; i < DIGEST_QUERIES && rc == 0; i++) {
		const char *text = event_kinds[kind].queries[i];

		if (text != NULL)
			rc = digest_rows(l, text, row, &s, a, e);
	}
	if (rc == 0)
		rc = canon_hash(l, &s, out, e);
	str_done(&s);
	arena_free(a);
	return rc;
}

/* An event as stored. */
struct event_row {
	int64_t seq, row;
	const char *at, *kind, *subject, *word, *detail, *digest;
	const char *previous, *hash;
};

static int
event_hash(struct ledger *l, const struct event_row *r,
    char out[SHA256_HEX_SIZE], struct err *e)
{
	struct str s;
	int rc;

	str_init(&s, EVENT_BYTES);
	canon_text(&s, r->previous);
	str_fmt(&s, "%" PRId64 ",%" PRId64 ",", r->seq, r->row);
	canon_text(&s, r->at);
	canon_text(&s, r->kind);
	canon_text(&s, r->subject);
	canon_text(&s, r->word);
	canon_text(&s, r->detail);
	canon_text(&s, r->digest);
	rc = canon_hash(l, &s, out, e);
	str_done(&s);
	return rc;
}

int
event_head(struct ledger *l, int64_t *seq, char hash[SHA256_HEX_SIZE],
    struct err *e)
{
	struct query q;
	int rc;

	*seq = 0;
	sql_start(&l->sql, &q, "SELECT max(seq) FROM event");
	rc = sql_next(&q, e);
	if (rc == 1) {
		*seq = sql_take_int(&q);
		sql_end(&q);
	}
	if (rc < 0)
		return -1;
	return event_hash_at(l, *seq, hash, e);
}

int
event_hash_at(struct ledger *l, int64_t seq, char hash[SHA256_HEX_SIZE],
    struct err *e)
{
	struct arena *a;
	struct query q;
	int rc;

	hash[0] = '\0';
	if (seq == 0) {
		memcpy(hash, event_zeros, SHA256_HEX_SIZE);
		return 0;
	}
	a = arena_new();
	sql_start(&l->sql, &q, "SELECT hash FROM event WHERE seq = ?");
	sql_put_int(&q, seq);
	rc = sql_next(&q, e);
	if (rc == 1) {
		const char *found = sql_take_text(&q, a);

		if (strlen(found) == SHA256_HEX_SIZE - 1)
			memcpy(hash, found, SHA256_HEX_SIZE);
		sql_end(&q);
	}
	arena_free(a);
	return rc < 0 ? -1 : 0;
}

int
event_add(struct ledger *l, const struct event *ev, struct err *e)
{
	char previous[SHA256_HEX_SIZE], hash[SHA256_HEX_SIZE];
	char digest[SHA256_HEX_SIZE];
	struct event_row r = { .row = ev->row,
		.at = l->now,
		.kind = event_kinds[ev->kind].name,
		.subject = ev->subject,
		.word = ev->word,
		.detail = ev->detail,
		.digest = digest,
		.previous = previous };
	struct query q;

	assert(!sqlite3_get_autocommit(l->sql.db));
	if (event_head(l, &r.seq, previous, e) != 0 ||
	    event_digest(l, ev->kind, ev->row, digest, e) != 0)
		return -1;
	r.seq++;
	if (event_hash(l, &r, hash, e) != 0)
		return -1;
	sql_start(&l->sql, &q,
	    "INSERT INTO event (seq, at, kind, row, subject, word, detail,"
	    " digest, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	sql_put_int(&q, r.seq);
	sql_put_text(&q, r.at);
	sql_put_text(&q, r.kind);
	sql_put_int(&q, r.row);
	sql_put_text(&q, r.subject);
	sql_put_text(&q, r.word);
	sql_put_text(&q, r.detail);
	sql_put_text(&q, r.digest);
	sql_put_text(&q, previous);
	sql_put_text(&q, hash);
	return sql_run(&q, e);
}

static struct event_row
event_take(struct query *q, struct arena *a)
{
	struct event_row r;

	r.seq = sql_take_int(q);
	r.at = sql_take_text(q, a);
	r.kind = sql_take_text(q, a);
	r.row = sql_take_int(q);
	r.subject = sql_take_text(q, a);
	r.word = sql_take_text(q, a);
	r.detail = sql_take_text(q, a);
	r.digest = sql_take_text(q, a);
	r.previous = sql_take_text(q, a);
	r.hash = sql_take_text(q, a);
	return r;
}

int
event_walk(struct ledger *l, size_t *count,
    void (*fault)(void *ctx, const char *text), void *ctx, struct err *e)
{
	char last[SHA256_HEX_SIZE], hash[SHA256_HEX_SIZE];
	struct arena *a = arena_new();
	struct query q;
	int rc;

	*count = 0;
	memcpy(last, event_zeros, sizeof(last));
	sql_start(&l->sql, &q,
	    "SELECT seq, at, kind, row, subject, word, detail, digest,"
	    " previous, hash FROM event ORDER BY seq");
	while ((rc = sql_next(&q, e)) == 1) {
		struct event_row r = event_take(&q, a);

		++*count;
		if (r.seq != (int64_t)*count)
			fault(ctx,
			    arena_fmt(a,
				"event %" PRId64 " stands at place %zu", r.seq,
				*count));
		if (strcmp(r.previous, last) != 0)
			fault(ctx,
			    arena_fmt(a,
				"event %" PRId64
				" does not follow the one before it",
				r.seq));
		if (event_hash(l, &r, hash, e) != 0) {
			sql_end(&q);
			rc = -1;
			break;
		}
		if (strcmp(r.hash, hash) != 0)
			fault(ctx,
			    arena_fmt(a,
				"event %" PRId64 " (%s %s) was altered", r.seq,
				r.kind, r.subject));
		memcpy(last, hash, sizeof(last));
		arena_reset(a);
	}
	arena_free(a);
	return rc;
}
