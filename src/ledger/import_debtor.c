#include <string.h>

#include "ledger/event.h"
#include "ledger/find.h"
#include "ledger/import.h"
#include "ledger/names.h"

#define CELLS       16
#define FIRST_CELLS 7 /* in table debtor; the others in contact */

static void
debtor_cells(const struct debtor *d, struct import_cell cells[CELLS])
{
	const struct import_cell all[CELLS] = {
		{ "kind", "", names_debtor_kind.of[d->kind] },
		{ "profile", "", d->profile },
		{ "language", "", d->language },
		{ "channel", "", names_channel.of[d->channel] },
		{ "registration", "", d->registration },
		{ "vat", "", d->vat },
		{ "notes", "", d->notes },
		{ "name", "", d->name },
		{ "email", "", d->email },
		{ "phone", "", d->phone },
		{ "line1", "", d->address[0] },
		{ "line2", "", d->address[1] },
		{ "line3", "", d->address[2] },
		{ "postcode", "", d->postcode },
		{ "city", "", d->city },
		{ "country", "", d->country },
	};

	memcpy(cells, all, sizeof(all));
}

static int
debtor_read(const struct import *i, int64_t id, struct import_cell cells[CELLS],
    struct err *e)
{
	struct query q;
	int rc;

	sql_start(&i->l->sql, &q,
	    "SELECT d.kind, d.profile, d.language, d.channel, d.registration,"
	    " d.vat, d.notes, c.name, c.email, c.phone, c.line1, c.line2,"
	    " c.line3, c.postcode, c.city, c.country"
	    " FROM debtor d JOIN contact c ON c.debtor = d.id WHERE d.id = ?");
	sql_put_int(&q, id);
	rc = sql_next(&q, e);
	if (rc == 0)
		return err_set(e, ERR_BROKEN,
		    "a debtor without contact data; run semonce verify");
	if (rc < 0)
		return -1;
	for (size_t n = 0; n < CELLS; n++)
		cells[n].ours = sql_take_text(&q, i->a);
	sql_end(&q);
	return 0;
}

static void
debtor_put(struct query *q, const struct import_cell *cells, size_t from,
    size_t to)
{
	for (size_t n = from; n < to; n++)
		sql_put_text(q, cells[n].theirs);
}

static int
debtor_insert(const struct import *i, const char *code,
    const struct import_cell *cells, int64_t *id, struct err *e)
{
	struct query q;

	sql_start(&i->l->sql, &q,
	    "INSERT INTO debtor (code, kind, profile, language, channel,"
	    " registration, vat, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
	sql_put_text(&q, code);
	debtor_put(&q, cells, 0, FIRST_CELLS);
	if (sql_run(&q, e) != 0)
		return -1;
	*id = sqlite3_last_insert_rowid(i->l->sql.db);
	sql_start(&i->l->sql, &q,
	    "INSERT INTO contact (debtor, name, email, phone, line1, line2,"
	    " line3, postcode, city, country)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	sql_put_int(&q, *id);
	debtor_put(&q, cells, FIRST_CELLS, CELLS);
	return sql_run(&q, e);
}

static int
debtor_update(const struct import *i, int64_t id,
    const struct import_cell *cells, struct err *e)
{
	struct query q;

	sql_start(&i->l->sql, &q,
	    "UPDATE debtor SET kind = ?, profile = ?, language = ?,"
	    " channel = ?, registration = ?, vat = ?, notes = ? WHERE id = ?");
	debtor_put(&q, cells, 0, FIRST_CELLS);
	sql_put_int(&q, id);
	if (sql_run(&q, e) != 0)
		return -1;
	sql_start(&i->l->sql, &q,
	    "UPDATE contact SET name = ?, email = ?, phone = ?, line1 = ?,"
	    " line2 = ?, line3 = ?, postcode = ?, city = ?, country = ?"
	    " WHERE debtor = ?");
	debtor_put(&q, cells, FIRST_CELLS, CELLS);
	sql_put_int(&q, id);
	return sql_run(&q, e);
}

/* Names of the changed columns; their values are in the tables only. */
static const char *
debtor_changes(struct arena *a, const struct import_cell *cells)
{
	const char *list = "";

	for (size_t n = 0; n < CELLS; n++) {
		if (strcmp(cells[n].ours, cells[n].theirs) != 0)
			list = arena_fmt(a, "%s%s%s", list,
			    list[0] == '\0' ? "" : " ", cells[n].name);
	}
	return list;
}

int
import_debtor(const struct import *i, const struct debtor *d, bool *added,
    struct err *e)
{
	struct import_cell cells[CELLS];
	struct event ev = { .kind = EVENT_DEBTOR,
		.subject = d->code,
		.word = "added",
		.detail = "" };

	debtor_cells(d, cells);
	*added = true;
	if (find_debtor(i->l, d->code, &ev.row, e) != 0)
		return -1;
	if (ev.row == 0) {
		if (debtor_insert(i, d->code, cells, &ev.row, e) != 0)
			return -1;
		return event_add(i->l, &ev, e);
	}
	if (debtor_read(i, ev.row, cells, e) != 0)
		return -1;
	if (import_differing(cells, CELLS) == NULL) {
		*added = false;
		return 0;
	}
	ev.word = "changed";
	ev.detail = debtor_changes(i->a, cells);
	if (debtor_update(i, ev.row, cells, e) != 0)
		return -1;
	return event_add(i->l, &ev, e);
}
