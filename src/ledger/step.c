#include "ledger/step.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "ledger/event.h"
#include "ledger/names.h"

#define DETAIL_BYTES 16384

int
step_check_words(const char *what, const char *words, struct err *e)
{
	if (utf8_bad(words, strlen(words)) != -1)
		return err_set(e, ERR_USAGE,
		    "%s is not UTF-8; check the settings of the terminal",
		    what);
	while (*words != '\0') {
		uint32_t c = utf8_next(&words);

		if ((c < 0x20 && c != '\n' && c != '\t') ||
		    (c >= 0x7f && c < 0xa0))
			return err_set(e, ERR_USAGE,
			    "%s has the control character U+%04X; remove it",
			    what, (unsigned)c);
	}
	return 0;
}

static int
step_take(struct step *s, struct query *q, struct err *e)
{
	const char *word;
	int value;

	s->key = sql_take_int(q);
	s->debtor = sql_take_int(q);
	s->currency = sql_take_text(q, s->a);
	s->recipient = sql_take_text(q, s->a);
	s->addressee = sql_take_text(q, s->a);
	s->basis = sql_take_text(q, s->a);
	word = sql_take_text(q, s->a);
	if (names_find(&names_state, word, &value, e) != 0)
		return -1;
	s->state = (enum notice_state)value;
	word = sql_take_text(q, s->a);
	if (names_find(&names_channel, word, &value, e) != 0)
		return -1;
	s->channel = (enum channel)value;
	s->day = sql_take_date(q);
	s->deadline = sql_take_date(q);
	s->attempt = (unsigned)sql_take_int(q);
	s->total = sql_take_int(q);
	s->unallocated = sql_take_int(q);
	return 0;
}

static int
step_load(struct step *s, struct err *e)
{
	struct query q;
	int rc;

	sql_start(&s->l->sql, &q,
	    "SELECT key, debtor, currency, recipient, addressee, basis, state,"
	    " channel, day, deadline, attempt, total, unallocated FROM notice"
	    " WHERE id = ? ORDER BY key DESC LIMIT 1");
	sql_put_text(&q, s->id);
	rc = sql_next(&q, e);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_set(e, ERR_DATA,
		    "there is no notice %s; see semonce status", s->id);
	rc = step_take(s, &q, e);
	sql_end(&q);
	return rc;
}

int
step_join(struct ledger *l, const char *id, struct step *s, struct err *e)
{
	*s = (struct step){ .l = l, .a = arena_new() };
	s->id = arena_str(s->a, id);
	if (step_load(s, e) != 0)
		return step_end(s, -1, e);
	return 0;
}

int
step_begin(struct ledger *l, const char *id, struct step *s, struct err *e)
{
	if (store_begin(l, e) != 0)
		return -1;
	return step_join(l, id, s, e);
}

int
step_expect(const struct step *s, unsigned states, const char *verb,
    struct err *e)
{
	if (states & STEP_STATE(s->state))
		return 0;
	return err_set(e, ERR_DATA, "notice %s is %s: it cannot be %s", s->id,
	    notice_state_name(s->state), verb);
}

/* A detail may carry a path, of any bytes; it is kept as text. */
static const char *
step_visible(struct step *s, const char *detail)
{
	const char *kept;
	struct str text;

	str_init(&text, DETAIL_BYTES);
	str_put_visible(&text, detail);
	kept = arena_str(s->a, text.p);
	str_done(&text);
	return kept;
}

int
step_move(struct step *s, enum notice_state to, const char *detail,
    struct err *e)
{
	struct event ev = { .kind = EVENT_NOTICE,
		.row = s->key,
		.subject = s->id,
		.word = notice_state_name(to),
		.detail = step_visible(s, detail) };
	struct query q;

	sql_start(&s->l->sql, &q,
	    "UPDATE notice SET state = ?"
	    " WHERE key = ? AND state = ? AND attempt = ?");
	sql_put_text(&q, notice_state_name(to));
	sql_put_int(&q, s->key);
	sql_put_text(&q, notice_state_name(s->state));
	sql_put_int(&q, s->attempt);
	if (sql_run(&q, e) != 0)
		return -1;
	if (sqlite3_changes(s->l->sql.db) != 1)
		return err_set(e, ERR_BROKEN,
		    "notice %s is not as it was: nothing was changed", s->id);
	s->state = to;
	return event_add(s->l, &ev, e);
}

int
step_end(struct step *s, int rc, struct err *e)
{
	if (rc == 0)
		rc = store_commit(s->l, e);
	else
		store_rollback(s->l);
	arena_free(s->a);
	s->a = NULL;
	return rc;
}

int
step_end_marked(struct step *s, int rc, struct err *e)
{
	rc = step_end(s, rc, e);
	return rc == 0 ? store_mark(s->l, e) : rc;
}
