/*
 * Invariants the database itself keeps, whoever writes:
 *
 *  1. Facts are only added: event, import, movement, allocation, document
 *     and the lines of a notice are never changed or deleted.
 *  2. A level of an instalment's episode is held by one live notice at most
 *     (notice_line_level). Live is: counts, or may still come to count.
 *  3. An id names one live notice at most (notice_live).
 *  4. A notice changes state only along the arrows drawn in outbox.c.
 *  5. What is allocated to an instalment is between 0 and its amount, and
 *     what a movement gives, to the debt and to claims, is between 0 and the
 *     movement's amount.
 *  6. What is paid and waived of a claim is at most what the newest notice
 *     that counts has claimed; nothing is paid of what is waived for ever.
 *  7. The fixed fee of an invoice is one amount on one instalment, in all
 *     live notices.
 */
#include "ledger/schema.h"

#include <sqlite3.h>
#include <stddef.h>

#include "ledger/sql.h"

#define APPLICATION_ID 0x73656d6f /* "semo", also in schema_1 */

#define NEVER_DELETED(table)                                              \
	"CREATE TRIGGER " table "_stays BEFORE DELETE ON " table          \
	" BEGIN SELECT RAISE(ABORT, '" table " rows are never deleted');" \
	" END"

#define NEVER_CHANGED(table)                                              \
	"CREATE TRIGGER " table "_kept BEFORE UPDATE ON " table           \
	" BEGIN SELECT RAISE(ABORT, '" table " rows are never changed');" \
	" END"

#define GIVES_AT_MOST(table)                                                \
	"CREATE TRIGGER " table "_movement AFTER INSERT ON " table "\n"     \
	"WHEN (SELECT ifnull(sum(amount), 0) FROM allocation\n"             \
	"    WHERE movement = NEW.movement) +\n"                            \
	"  (SELECT ifnull(sum(amount), 0) FROM settlement\n"                \
	"    WHERE movement = NEW.movement) NOT BETWEEN\n"                  \
	"  (SELECT min(amount, 0) FROM movement WHERE id = NEW.movement)"   \
	" AND\n"                                                            \
	"  (SELECT max(amount, 0) FROM movement WHERE id = NEW.movement)\n" \
	"BEGIN SELECT RAISE(ABORT, 'more is allocated than moved'); END;"

/* The way to version 1. */
static const char *const schema_1[] = {
	"PRAGMA application_id = 0x73656d6f;",
	"CREATE TABLE event (\n"
	"  seq INTEGER PRIMARY KEY CHECK (seq > 0),\n"
	"  at TEXT NOT NULL,\n"
	"  kind TEXT NOT NULL,\n"
	"  row INTEGER NOT NULL, -- key of what it speaks of\n"
	"  subject TEXT NOT NULL, -- its name outside\n"
	"  word TEXT NOT NULL, -- added, changed, or a state\n"
	"  detail TEXT NOT NULL,\n"
	"  digest TEXT NOT NULL, -- of the row after the event\n"
	"  previous TEXT NOT NULL,\n"
	"  hash TEXT NOT NULL CHECK (length(hash) = 64)\n"
	") STRICT;",
	"CREATE INDEX event_row ON event (kind, row, seq);",
	"CREATE TABLE import (\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  kind TEXT NOT NULL,\n"
	"  path TEXT NOT NULL,\n"
	"  sha256 TEXT NOT NULL,\n"
	"  day TEXT NOT NULL CHECK (date(day) IS day),\n"
	"  rows INTEGER NOT NULL\n"
	") STRICT;",
	"CREATE TABLE debtor (\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  code TEXT NOT NULL UNIQUE CHECK (code <> ''),\n"
	"  kind TEXT NOT NULL CHECK (kind IN ('business', 'consumer',\n"
	"    'public')),\n"
	"  profile TEXT NOT NULL,\n"
	"  language TEXT NOT NULL,\n"
	"  channel TEXT NOT NULL CHECK (channel IN ('none', 'email', 'print',\n"
	"    'registered')),\n"
	"  registration TEXT NOT NULL,\n"
	"  vat TEXT NOT NULL,\n"
	"  notes TEXT NOT NULL\n"
	") STRICT;",
	"CREATE TABLE contact ( -- what tells who a person is\n"
	"  debtor INTEGER PRIMARY KEY REFERENCES debtor,\n"
	"  name TEXT NOT NULL,\n"
	"  email TEXT NOT NULL,\n"
	"  phone TEXT NOT NULL,\n"
	"  line1 TEXT NOT NULL,\n"
	"  line2 TEXT NOT NULL,\n"
	"  line3 TEXT NOT NULL,\n"
	"  postcode TEXT NOT NULL,\n"
	"  city TEXT NOT NULL,\n"
	"  country TEXT NOT NULL\n"
	") STRICT;",
	"CREATE TABLE invoice (\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  number TEXT NOT NULL UNIQUE CHECK (number <> ''),\n"
	"  debtor INTEGER NOT NULL REFERENCES debtor,\n"
	"  kind TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note')),\n"
	"  issued TEXT CHECK (date(issued) IS issued),\n"
	"  sent_on TEXT CHECK (date(sent_on) IS sent_on),\n"
	"  currency TEXT NOT NULL CHECK (length(currency) = 3),\n"
	"  refers_to TEXT NOT NULL,\n"
	"  contract TEXT NOT NULL,\n"
	"  file TEXT NOT NULL, -- as given; the copy is a document\n"
	"  terms TEXT NOT NULL,\n"
	"  clause TEXT NOT NULL,\n"
	"  scenario TEXT NOT NULL,\n"
	"  notes TEXT NOT NULL,\n"
	"  import INTEGER NOT NULL REFERENCES import\n"
	") STRICT;",
	"CREATE INDEX invoice_debtor ON invoice (debtor, currency);",
	"CREATE TABLE instalment ( -- of a credit note: its rows\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  invoice INTEGER NOT NULL REFERENCES invoice,\n"
	"  due TEXT CHECK (date(due) IS due),\n"
	"  amount INTEGER NOT NULL CHECK (amount > 0),\n"
	"  episode INTEGER NOT NULL DEFAULT 1 CHECK (episode > 0)\n"
	") STRICT;",
	"CREATE INDEX instalment_invoice ON instalment (invoice, due);",
	"CREATE TABLE movement (\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  kind TEXT NOT NULL CHECK (kind IN ('payment', 'reversal',\n"
	"    'credit')),\n"
	"  external TEXT NOT NULL, -- id, or number of the credit note\n"
	"  day TEXT NOT NULL CHECK (date(day) IS day),\n"
	"  debtor INTEGER NOT NULL REFERENCES debtor,\n"
	"  currency TEXT NOT NULL CHECK (length(currency) = 3),\n"
	"  amount INTEGER NOT NULL CHECK ((kind = 'reversal') = (amount < 0)\n"
	"    AND amount <> 0 AND amount > -9223372036854775808),\n"
	"  reference TEXT NOT NULL,\n"
	"  invoice INTEGER REFERENCES invoice, -- the one it names\n"
	"  label TEXT NOT NULL,\n"
	"  notes TEXT NOT NULL,\n"
	"  twin INTEGER NOT NULL,\n"
	"  import INTEGER NOT NULL REFERENCES import\n"
	") STRICT;",
	"CREATE UNIQUE INDEX movement_external ON movement\n"
	"  (kind = 'credit', external) WHERE external <> '';",
	"CREATE UNIQUE INDEX movement_cells ON movement (debtor, day,\n"
	"  currency, amount, ifnull(invoice, 0), reference, label, notes,\n"
	"  twin) WHERE external = '';",
	"CREATE INDEX movement_invoice ON movement (invoice);",
	"CREATE INDEX movement_reference ON movement (debtor, reference);",
	"CREATE TABLE allocation (\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  movement INTEGER NOT NULL REFERENCES movement,\n"
	"  instalment INTEGER NOT NULL REFERENCES instalment,\n"
	"  amount INTEGER NOT NULL CHECK (amount <> 0)\n"
	") STRICT;",
	"CREATE INDEX allocation_movement ON allocation (movement);",
	"CREATE INDEX allocation_instalment ON allocation (instalment);",
	"CREATE TABLE hold (\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  debtor INTEGER NOT NULL REFERENCES debtor,\n"
	"  invoice INTEGER REFERENCES invoice, -- NULL: all of the debtor\n"
	"  kind TEXT NOT NULL CHECK (kind IN ('manual', 'dispute',\n"
	"    'promise', 'instalments', 'insolvency', 'direct_debit')),\n"
	"  since TEXT NOT NULL CHECK (date(since) IS since),\n"
	"  until TEXT CHECK (date(until) IS until),\n"
	"  lifted TEXT CHECK (date(lifted) IS lifted),\n"
	"  text TEXT NOT NULL\n"
	") STRICT;",
	"CREATE INDEX hold_debtor ON hold (debtor);",
	/* The same list of states that are not live is in the last rules. */
	"CREATE TABLE notice (\n"
	"  key INTEGER PRIMARY KEY,\n"
	"  id TEXT NOT NULL CHECK (length(id) = 13),\n"
	"  debtor INTEGER NOT NULL REFERENCES debtor,\n"
	"  currency TEXT NOT NULL CHECK (length(currency) = 3),\n"
	"  state TEXT NOT NULL,\n"
	"  scenario TEXT NOT NULL,\n"
	"  step TEXT NOT NULL,\n"
	"  letter TEXT NOT NULL,\n"
	"  tone TEXT NOT NULL,\n"
	"  channel TEXT NOT NULL CHECK (channel IN ('email', 'print',\n"
	"    'registered')),\n"
	"  mode TEXT NOT NULL CHECK (mode IN ('auto', 'confirm')),\n"
	"  day TEXT NOT NULL CHECK (date(day) IS day),\n"
	"  -- as printed; where days run from the proof it is derived\n"
	"  deadline TEXT CHECK (date(deadline) IS deadline),\n"
	"  deadline_days INTEGER NOT NULL CHECK (deadline_days >= 0),\n"
	"  open INTEGER NOT NULL,\n"
	"  interest INTEGER NOT NULL CHECK (interest >= 0),\n"
	"  fee INTEGER NOT NULL CHECK (fee >= 0),\n"
	"  total INTEGER NOT NULL CHECK (total > 0),\n"
	"  personal TEXT NOT NULL,\n"
	"  recipient TEXT NOT NULL CHECK (recipient <> ''),\n"
	"  addressee TEXT NOT NULL, -- name and address as printed\n"
	"  unallocated INTEGER NOT NULL, -- the debtor's, when approved\n"
	"  basis TEXT NOT NULL,\n"
	"  attempt INTEGER NOT NULL,\n"
	"  accepted_on TEXT CHECK (date(accepted_on) IS accepted_on),\n"
	"  posted_on TEXT CHECK (date(posted_on) IS posted_on),\n"
	"  tracking TEXT NOT NULL\n"
	") STRICT;",
	"CREATE INDEX notice_id ON notice (id);",
	"CREATE INDEX notice_debtor ON notice (debtor, currency);",
	"CREATE INDEX notice_state ON notice (state);",
	"CREATE UNIQUE INDEX notice_live ON notice (id) WHERE state NOT IN\n"
	"  ('superseded', 'cancelled', 'failed', 'bounced', 'returned');",
	"CREATE TABLE notice_line (\n"
	"  notice INTEGER NOT NULL REFERENCES notice,\n"
	"  position INTEGER NOT NULL,\n"
	"  instalment INTEGER NOT NULL REFERENCES instalment,\n"
	"  episode INTEGER NOT NULL,\n"
	"  role TEXT NOT NULL CHECK (role IN ('demanded',\n"
	"    'informational')),\n"
	"  step TEXT NOT NULL CHECK (role = 'informational' OR step <> ''),\n"
	"  amount INTEGER NOT NULL,\n"
	"  paid INTEGER NOT NULL,\n"
	"  open INTEGER NOT NULL CHECK (open = amount - paid AND open > 0),\n"
	"  interest INTEGER NOT NULL CHECK (interest >= 0),\n"
	"  fee INTEGER NOT NULL CHECK (fee >= 0),\n"
	"  live INTEGER NOT NULL CHECK (live IN (0, 1)),\n"
	"  PRIMARY KEY (notice, position),\n"
	"  UNIQUE (notice, instalment)\n"
	") STRICT, WITHOUT ROWID;",
	"CREATE UNIQUE INDEX notice_line_level ON notice_line\n"
	"  (instalment, step, episode) WHERE live = 1 AND role = 'demanded';",
	"CREATE TABLE notice_reason (\n"
	"  notice INTEGER NOT NULL REFERENCES notice,\n"
	"  position INTEGER NOT NULL,\n"
	"  text TEXT NOT NULL,\n"
	"  PRIMARY KEY (notice, position)\n"
	") STRICT, WITHOUT ROWID;",
	"CREATE TABLE document (\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  notice INTEGER REFERENCES notice,\n"
	"  invoice INTEGER REFERENCES invoice,\n"
	"  role TEXT NOT NULL CHECK (role IN ('letter', 'data', 'mail',\n"
	"    'invoice')),\n"
	"  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),\n"
	"  ext TEXT NOT NULL,\n"
	"  size INTEGER NOT NULL,\n"
	"  CHECK ((notice IS NULL) <> (invoice IS NULL)),\n"
	"  UNIQUE (notice, role),\n"
	"  UNIQUE (invoice)\n"
	") STRICT;",
	NEVER_DELETED("event"),
	NEVER_CHANGED("event"),
	NEVER_DELETED("import"),
	NEVER_CHANGED("import"),
	NEVER_DELETED("movement"),
	NEVER_CHANGED("movement"),
	NEVER_DELETED("allocation"),
	NEVER_CHANGED("allocation"),
	NEVER_DELETED("invoice"),
	NEVER_CHANGED("invoice"),
	NEVER_DELETED("instalment"),
	NEVER_CHANGED("instalment"),
	NEVER_DELETED("document"),
	NEVER_CHANGED("document"),
	NEVER_DELETED("notice_reason"),
	NEVER_CHANGED("notice_reason"),
	NEVER_DELETED("notice_line"),
	NEVER_DELETED("notice"),
	NEVER_DELETED("debtor"),
	"CREATE TRIGGER notice_line_kept BEFORE UPDATE OF notice, position,\n"
	"  instalment, episode, role, step, amount, paid, open, interest, fee\n"
	"  ON notice_line\n"
	"BEGIN SELECT RAISE(ABORT, 'a notice''s lines are never changed'); END;",
	"CREATE TRIGGER notice_kept BEFORE UPDATE OF key, id, debtor, currency,\n"
	"  scenario, step, letter, tone, channel, mode, day, deadline,\n"
	"  deadline_days, open, interest, fee, total, personal, recipient,\n"
	"  addressee, unallocated ON notice\n"
	"BEGIN SELECT RAISE(ABORT, 'a notice''s content is never changed'); END;",
	"CREATE TRIGGER notice_born BEFORE INSERT ON notice\n"
	"WHEN NEW.state <> 'planned'\n"
	"BEGIN SELECT RAISE(ABORT, 'a notice begins as planned'); END;",
	"CREATE TRIGGER notice_arrow BEFORE UPDATE OF state ON notice\n"
	"WHEN (OLD.state, NEW.state) NOT IN (VALUES\n"
	"  ('planned', 'approved'), ('planned', 'superseded'),\n"
	"  ('approved', 'rendered'), ('approved', 'superseded'),\n"
	"  ('rendered', 'reserved'), ('rendered', 'superseded'),\n"
	"  ('reserved', 'sending'), ('reserved', 'rendered'),\n"
	"  ('reserved', 'failed'), ('reserved', 'ambiguous'),\n"
	"  ('reserved', 'superseded'),\n"
	"  ('sending', 'accepted'), ('sending', 'rendered'),\n"
	"  ('sending', 'failed'), ('sending', 'ambiguous'),\n"
	"  ('ambiguous', 'accepted'), ('ambiguous', 'rendered'),\n"
	"  ('accepted', 'posted'))\n"
	"BEGIN SELECT RAISE(ABORT, 'a notice has no such arrow'); END;",
	"CREATE TRIGGER notice_live_lines AFTER UPDATE OF state ON notice\n"
	"BEGIN UPDATE notice_line SET live = NEW.state NOT IN ('superseded',\n"
	"  'cancelled', 'failed', 'bounced', 'returned')\n"
	"  WHERE notice = NEW.key; END;",
	"CREATE TRIGGER allocation_instalment AFTER INSERT ON allocation\n"
	"WHEN (SELECT sum(amount) FROM allocation\n"
	"    WHERE instalment = NEW.instalment) NOT BETWEEN 0 AND\n"
	"  (SELECT amount FROM instalment WHERE id = NEW.instalment)\n"
	"BEGIN SELECT RAISE(ABORT, 'more is allocated than is owed'); END;",
	"CREATE TRIGGER allocation_movement AFTER INSERT ON allocation\n"
	"WHEN (SELECT sum(amount) FROM allocation\n"
	"    WHERE movement = NEW.movement) NOT BETWEEN\n"
	"  (SELECT min(amount, 0) FROM movement WHERE id = NEW.movement) AND\n"
	"  (SELECT max(amount, 0) FROM movement WHERE id = NEW.movement)\n"
	"BEGIN SELECT RAISE(ABORT, 'more is allocated than moved'); END;",
	"PRAGMA user_version = 1",
};

/*
 * The way to version 2: claims. What is paid and waived of them says nothing
 * of the debt itself, so it has tables of its own.
 */
static const char *const schema_2[] = {
	"ALTER TABLE invoice ADD COLUMN rate_milli INTEGER CHECK\n"
	"  (rate_milli BETWEEN 0 AND 1000000); -- NULL: none was agreed",
	"CREATE TABLE claim ( -- of a line; in full, with what was settled\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  notice INTEGER NOT NULL,\n"
	"  instalment INTEGER NOT NULL,\n"
	"  kind TEXT NOT NULL CHECK (kind IN ('interest', 'fee')),\n"
	"  amount INTEGER NOT NULL CHECK (amount >= 0),\n"
	"  settled INTEGER NOT NULL CHECK (settled BETWEEN 0 AND amount),\n"
	"  from_day TEXT CHECK (date(from_day) IS from_day),\n"
	"  until_day TEXT CHECK (date(until_day) IS until_day),\n"
	"  per_day INTEGER NOT NULL CHECK (per_day >= 0),\n"
	"  law TEXT NOT NULL,\n"
	"  text TEXT NOT NULL,\n"
	"  UNIQUE (notice, instalment, kind),\n"
	"  FOREIGN KEY (notice, instalment)\n"
	"    REFERENCES notice_line (notice, instalment)\n"
	") STRICT;",
	"CREATE INDEX claim_instalment ON claim (instalment, kind);",
	"CREATE TABLE claim_slice (\n"
	"  claim INTEGER NOT NULL REFERENCES claim,\n"
	"  position INTEGER NOT NULL,\n"
	"  from_day TEXT NOT NULL CHECK (date(from_day) IS from_day),\n"
	"  to_day TEXT NOT NULL CHECK (date(to_day) IS to_day),\n"
	"  days INTEGER NOT NULL,\n"
	"  base INTEGER NOT NULL,\n"
	"  rate_milli INTEGER NOT NULL,\n"
	"  amount INTEGER NOT NULL,\n"
	"  PRIMARY KEY (claim, position)\n"
	") STRICT, WITHOUT ROWID;",
	"CREATE TABLE settlement ( -- what a movement paid of claims\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  movement INTEGER NOT NULL REFERENCES movement,\n"
	"  instalment INTEGER NOT NULL REFERENCES instalment,\n"
	"  kind TEXT NOT NULL CHECK (kind IN ('interest', 'fee')),\n"
	"  amount INTEGER NOT NULL CHECK (amount <> 0)\n"
	") STRICT;",
	"CREATE INDEX settlement_movement ON settlement (movement);",
	"CREATE INDEX settlement_claim ON settlement (instalment, kind);",
	"CREATE TABLE waiver (\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  instalment INTEGER NOT NULL REFERENCES instalment,\n"
	"  kind TEXT NOT NULL CHECK (kind IN ('interest', 'fee')),\n"
	"  amount INTEGER CHECK (amount > 0), -- NULL: all, for ever\n"
	"  day TEXT NOT NULL CHECK (date(day) IS day),\n"
	"  because TEXT NOT NULL CHECK (because <> '')\n"
	") STRICT;",
	"CREATE INDEX waiver_claim ON waiver (instalment, kind);",
	/* As course.c has it, but for a step passed over, which told nobody. */
	"CREATE VIEW claim_made AS -- by notices that count\n"
	"  SELECT c.id, c.instalment, c.kind, c.amount,\n"
	"    coalesce(n.posted_on, n.accepted_on, n.day) AS day\n"
	"  FROM claim c JOIN notice n ON n.key = c.notice\n"
	"  WHERE n.state IN ('posted', 'proven')\n"
	"    OR (n.state = 'accepted' AND n.channel = 'email');",
	"CREATE VIEW claim_standing AS -- what became of what was claimed\n"
	"  SELECT i.id AS instalment, k.kind,\n"
	"    ifnull((SELECT m.amount FROM claim_made m WHERE m.instalment = i.id\n"
	"      AND m.kind = k.kind ORDER BY m.id DESC LIMIT 1), 0) AS amount,\n"
	"    ifnull((SELECT sum(s.amount) FROM settlement s\n"
	"      WHERE s.instalment = i.id AND s.kind = k.kind), 0) AS paid,\n"
	"    ifnull((SELECT sum(w.amount) FROM waiver w\n"
	"      WHERE w.instalment = i.id AND w.kind = k.kind), 0) AS waived,\n"
	"    EXISTS (SELECT 1 FROM waiver w WHERE w.instalment = i.id\n"
	"      AND w.kind = k.kind AND w.amount IS NULL) AS waived_all,\n"
	"    (SELECT min(m.day) FROM claim_made m WHERE m.instalment = i.id\n"
	"      AND m.kind = k.kind) AS since\n"
	"  FROM instalment i\n"
	"  JOIN (SELECT 'interest' AS kind UNION ALL SELECT 'fee') k\n"
	"  WHERE EXISTS (SELECT 1 FROM claim c WHERE c.instalment = i.id\n"
	"      AND c.kind = k.kind)\n"
	"    OR EXISTS (SELECT 1 FROM waiver w WHERE w.instalment = i.id\n"
	"      AND w.kind = k.kind);",
	NEVER_DELETED("claim"),
	NEVER_CHANGED("claim"),
	NEVER_DELETED("claim_slice"),
	NEVER_CHANGED("claim_slice"),
	NEVER_DELETED("settlement"),
	NEVER_CHANGED("settlement"),
	NEVER_DELETED("waiver"),
	NEVER_CHANGED("waiver"),
	"CREATE TRIGGER claim_fee_once BEFORE INSERT ON claim\n"
	"WHEN NEW.kind = 'fee' AND EXISTS (SELECT 1 FROM instalment i\n"
	"  JOIN claim c ON c.instalment = i.id AND c.kind = 'fee'\n"
	"  JOIN notice n ON n.key = c.notice\n"
	"  WHERE i.invoice = (SELECT invoice FROM instalment\n"
	"    WHERE id = NEW.instalment)\n"
	"  AND n.state NOT IN ('superseded', 'cancelled', 'failed', 'bounced',\n"
	"    'returned')\n"
	"  AND (i.id <> NEW.instalment OR c.amount <> NEW.amount))\n"
	"BEGIN SELECT RAISE(ABORT, 'an invoice''s fee is claimed once'); END;",
	"CREATE TRIGGER settlement_claimed AFTER INSERT ON settlement\n"
	"WHEN NOT EXISTS (SELECT 1 FROM claim_standing s\n"
	"  WHERE s.instalment = NEW.instalment AND s.kind = NEW.kind\n"
	"  AND s.paid >= 0 AND (NEW.amount < 0 OR (NOT s.waived_all\n"
	"    AND s.paid + s.waived <= s.amount)))\n"
	"BEGIN SELECT RAISE(ABORT, 'more is paid than was claimed'); END;",
	"CREATE TRIGGER waiver_claimed AFTER INSERT ON waiver\n"
	"WHEN NEW.amount IS NOT NULL AND NOT EXISTS (SELECT 1\n"
	"  FROM claim_standing s WHERE s.instalment = NEW.instalment\n"
	"  AND s.kind = NEW.kind AND s.paid + s.waived <= s.amount)\n"
	"BEGIN SELECT RAISE(ABORT, 'more is waived than was claimed'); END;",
	"DROP TRIGGER allocation_movement;",
	GIVES_AT_MOST("allocation"),
	GIVES_AT_MOST("settlement"),
	"PRAGMA user_version = 2",
};

/* From version i to i + 1; the last statement of a step sets the version. */
static const struct {
	const char *const *statements;
	size_t n;
} schema_steps[] = {
	{ schema_1, sizeof(schema_1) / sizeof(schema_1[0]) },
	{ schema_2, sizeof(schema_2) / sizeof(schema_2[0]) },
};

#define SCHEMA_VERSION (sizeof(schema_steps) / sizeof(schema_steps[0]))

static int
schema_number(sqlite3 *db, const char *pragma, int64_t *out, struct err *e)
{
	struct sql s = { .db = db };
	struct query q;
	int rc;

	sql_start(&s, &q, pragma);
	rc = sql_next(&q, e);
	if (rc == 1) {
		*out = sql_take_int(&q);
		sql_end(&q);
	}
	sql_forget(&s);
	return rc == 1 ? 0 : -1;
}

static int
schema_advance(sqlite3 *db, struct err *e)
{
	int64_t version, application, tables;

	if (schema_number(db, "PRAGMA user_version", &version, e) != 0 ||
	    schema_number(db, "PRAGMA application_id", &application, e) != 0 ||
	    schema_number(db, "SELECT count(*) FROM sqlite_schema", &tables,
		e) != 0)
		return -1;
	if (version < 0 || (tables > 0 && application != APPLICATION_ID))
		return err_set(e, ERR_BROKEN,
		    "not a ledger of semonce; move it away");
	if (version > (int64_t)SCHEMA_VERSION)
		return err_set(e, ERR_USAGE,
		    "made by a newer semonce; install that version");
	for (size_t i = (size_t)version; i < SCHEMA_VERSION; i++) {
		for (size_t j = 0; j < schema_steps[i].n; j++) {
			if (sql_exec(db, schema_steps[i].statements[j], e) != 0)
				return -1;
		}
	}
	return 0;
}

int
schema_migrate(sqlite3 *db, struct err *e)
{
	struct err ignored;

	if (sql_exec(db, "BEGIN IMMEDIATE", e) != 0)
		return -1;
	if (schema_advance(db, e) == 0 && sql_exec(db, "COMMIT", e) == 0)
		return 0;
	(void)sql_exec(db, "ROLLBACK", &ignored);
	return -1;
}
