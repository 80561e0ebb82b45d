-- A ledger of schema version 1: a workspace of that time, as SQL.
PRAGMA application_id = 0x73656d6f;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE event (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  row INTEGER NOT NULL, -- key of what it speaks of
  subject TEXT NOT NULL, -- its name outside
  word TEXT NOT NULL, -- added, changed, or a state
  detail TEXT NOT NULL,
  digest TEXT NOT NULL, -- of the row after the event
  previous TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
INSERT INTO event VALUES(1,'2026-03-02T06:00:00Z','import',1,'38c03c0b99ed62eb19525e1fe37595d7eee690d8249c817d8e0afef260983c5b','added','debtors','9849d262aac274150e7601e20e93164fba37cfcc2b77338b99b11c0d46bc8c19','0000000000000000000000000000000000000000000000000000000000000000','4f6ac2d1920a270f3b28911dba43c845d67eced5ce98f9fdd13012879b2fd964');
INSERT INTO event VALUES(2,'2026-03-02T06:00:00Z','debtor',1,'C1','added','','dcf58b5be7d04d46cc92827184312af382648677b2660b59f4b6a63206c2d9d7','4f6ac2d1920a270f3b28911dba43c845d67eced5ce98f9fdd13012879b2fd964','46e2cc9088f3018287b2498eacabc34943cf3de3a60e82472b44b31d2fcb2890');
INSERT INTO event VALUES(3,'2026-03-02T06:00:00Z','debtor',2,'C2','added','','20220123059b4310f7c2800de3d2cc70ae03a183df3305f11bac75b7e5b44125','46e2cc9088f3018287b2498eacabc34943cf3de3a60e82472b44b31d2fcb2890','95fb1195cfd63374452e96d2a95546a4b282187e3f6b8eac88c10010baa3ed0c');
INSERT INTO event VALUES(4,'2026-03-02T06:00:00Z','import',2,'9c44a04c4b367a848d2902b827bdfaeec77c39d6c219aa4d05cfc41c981a2f76','added','invoices','444391094e760445747e38f1b113c7a8a8a7de09480251280233c1174bd02222','95fb1195cfd63374452e96d2a95546a4b282187e3f6b8eac88c10010baa3ed0c','8f2ba14e6871a2f6e111a90d0352a32ebaace32de5467c28ee5e41d08dd0859f');
INSERT INTO event VALUES(5,'2026-03-02T06:00:00Z','invoice',1,'F1','added','','d571a988f5878de3df79a370faaef95624f7afbaedd58512594324066a11b1bf','8f2ba14e6871a2f6e111a90d0352a32ebaace32de5467c28ee5e41d08dd0859f','892eaeae1987650608781a6bb6596813ef98595171fc39b2886b5a05f78d5f7b');
INSERT INTO event VALUES(6,'2026-03-02T06:00:00Z','invoice',2,'F2','added','','78a2b04ed5bcad176b20b82c3108829905b2beb474b02f5a9716c5b1776e6d84','892eaeae1987650608781a6bb6596813ef98595171fc39b2886b5a05f78d5f7b','49f3a217abb29d7373fc4db307127b35549f145bc8b95640f3eb03619cbd381c');
INSERT INTO event VALUES(7,'2026-03-02T06:00:00Z','invoice',3,'F3','added','','7a00fef4f4948cd1a2cc8fad244ec30798ea353f663039b6a3dc5bb3eeac74ed','49f3a217abb29d7373fc4db307127b35549f145bc8b95640f3eb03619cbd381c','b0184231a62bf37c10f9d768e66ab3240846e3417d20d565ff908bf8d52e1254');
INSERT INTO event VALUES(8,'2026-03-02T06:00:00Z','import',3,'3cf32de93dd7b30370e5e2775b3353e97b843255e3c0fe4416e6f0079290c925','added','invoices','6b1361212454b2c0d8c79139d6993765439133417692d7e4e0e256660633904d','b0184231a62bf37c10f9d768e66ab3240846e3417d20d565ff908bf8d52e1254','a8b38057313d88a22ca55528d2003627a5023372d9e20eb2aa1c2acfb3dcf62a');
INSERT INTO event VALUES(9,'2026-03-02T06:00:00Z','invoice',4,'A1','added','','1f32086e0fced50cf70e9cd1c6306324f4294c9b6c9dd02e5fd5f8ea38dd5bca','a8b38057313d88a22ca55528d2003627a5023372d9e20eb2aa1c2acfb3dcf62a','1c0a56da894837fe0f590bba02d9aac0fe41e106043230778e869d62e1ea420f');
INSERT INTO event VALUES(10,'2026-03-02T06:00:00Z','movement',1,'A1','added','credit','0e7ba79982592536e48f0e7a2c6ce555f6b7749dfb2032f8332bac04a8da6b44','1c0a56da894837fe0f590bba02d9aac0fe41e106043230778e869d62e1ea420f','23944f59c47b7951273ce4f44520cfbc2cd7d472d097b13f5cdac834a93efdd9');
INSERT INTO event VALUES(11,'2026-03-02T06:00:00Z','import',4,'65c0b64dae389afaab8949a47198c23f4053834f200f8b4a39f85181f3c3d3e6','added','payments','605a4f8307357e29fa25d6e52d09dcd030163cc3e7dc2cd4bc39d343cb05c322','23944f59c47b7951273ce4f44520cfbc2cd7d472d097b13f5cdac834a93efdd9','68058ef3207c4135fa6098731fc61c72a074a2f256286cc8604291a0c04bee6c');
INSERT INTO event VALUES(12,'2026-03-02T06:00:00Z','movement',2,'p1','added','payment','78e865de07438c49fbb6dfb1640c2749341192e49c10ac91503f74a94f9d8076','68058ef3207c4135fa6098731fc61c72a074a2f256286cc8604291a0c04bee6c','8b5e50fc3f4b0a743377f68cdded786f53053edc5ec8e87cd800290a96199ff9');
INSERT INTO event VALUES(13,'2026-03-02T06:00:00Z','movement',3,'','added','payment','5c2bcee24df61fd22b23ca31428bcc4087ca7b41f796e6cd5b649d06578d8993','8b5e50fc3f4b0a743377f68cdded786f53053edc5ec8e87cd800290a96199ff9','ecb47c46f87465717e8f16013f47670d2c9009c99667728cb81b645a6bc77aff');
INSERT INTO event VALUES(14,'2026-03-02T06:00:00Z','movement',4,'','added','reversal','d27d1b7a4d0722894981a2a99931509d4a83c012c5478d1b705feb0f2bb357ea','ecb47c46f87465717e8f16013f47670d2c9009c99667728cb81b645a6bc77aff','54be1e902368e9875a2c5182963b8a3f24423e3f51c6bb9430e01250a029f852');
INSERT INTO event VALUES(15,'2026-03-02T06:00:00Z','notice',1,'NAAAAAAAAAAA2','planned','relance-1','e9f6a2299552a196e924eca1d53c4e4373012e37dd82b06b672ea69b0085bba9','54be1e902368e9875a2c5182963b8a3f24423e3f51c6bb9430e01250a029f852','f13dbc2d28c7b6f416c660df79184816d45e5a6f5fc096e82a3dba62db514701');
INSERT INTO event VALUES(16,'2026-03-02T06:00:00Z','notice',1,'NAAAAAAAAAAA2','approved','','9e924f67a6733f4012f76cbd5497ad14f1b6e9a8d7c29670ad383c451706a8c1','f13dbc2d28c7b6f416c660df79184816d45e5a6f5fc096e82a3dba62db514701','b3a377a2eaacbc8dd2fc5eb8e3f379f921d2f1657e404637e230baec45ec73db');
INSERT INTO event VALUES(17,'2026-03-02T06:00:00Z','notice',1,'NAAAAAAAAAAA2','rendered','','8834430127e0a20369d1a731da3d5b32800badb4ee011063ea7f31d1d3968d73','b3a377a2eaacbc8dd2fc5eb8e3f379f921d2f1657e404637e230baec45ec73db','251cec6f50f1f5bb2fe215f65a19451bcd069a6f5068171841bd8df36608c992');
INSERT INTO event VALUES(18,'2026-03-02T06:00:00Z','notice',1,'NAAAAAAAAAAA2','reserved','','621ee5004fcce60198c8adf3cb7423005719b7d538d56960c697917297b3f906','251cec6f50f1f5bb2fe215f65a19451bcd069a6f5068171841bd8df36608c992','9c1ac8e42eac46a9ec11b7994a588ed0177f840229037f827a935da307d162ec');
INSERT INTO event VALUES(19,'2026-03-02T06:00:00Z','notice',1,'NAAAAAAAAAAA2','sending','<id@example.com>','e6ccea3d1f3f0d42c60e2e71760e9cd49b92c3037bae8dffcf010cc7c04d8e62','9c1ac8e42eac46a9ec11b7994a588ed0177f840229037f827a935da307d162ec','2e62f3a252b7e1e99284f53df7ffc31ca43ab2becf072e0be15713290d259033');
INSERT INTO event VALUES(20,'2026-03-02T06:00:00Z','notice',1,'NAAAAAAAAAAA2','accepted','250 ok','8ef3901058317b4194fa4f9672efc108aeee41d863b9f4ebfa0d79f3d8b2c56a','2e62f3a252b7e1e99284f53df7ffc31ca43ab2becf072e0be15713290d259033','25d091b27ce87eb57b71fa40a27c792526b2789b9c05cbaabcf3aa4f3af10732');
INSERT INTO event VALUES(21,'2026-03-02T06:00:00Z','notice',2,'NAAAAAAAAAAA3','planned','relance-1','9b066d00c34f3de7edce72ed03e43e4dce77aca47ac8143784d9c3f1a0489448','25d091b27ce87eb57b71fa40a27c792526b2789b9c05cbaabcf3aa4f3af10732','b0f4b3e81cced7f12491438beb47bc33b82b8decf4b9dcc65d161c27f007a61c');
INSERT INTO event VALUES(22,'2026-03-02T06:00:00Z','notice',2,'NAAAAAAAAAAA3','approved','','dffa16b6df5025ac410120fc18dc774902292f9f36255e6cfd44a879e94d4ac3','b0f4b3e81cced7f12491438beb47bc33b82b8decf4b9dcc65d161c27f007a61c','7778cdf66fff83d4b1f83ce94571e848ed6aae3083343a5e7c8565886c3e0563');
CREATE TABLE import (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  day TEXT NOT NULL CHECK (date(day) IS day),
  rows INTEGER NOT NULL
) STRICT;
INSERT INTO import VALUES(1,'debtors','./in.csv','38c03c0b99ed62eb19525e1fe37595d7eee690d8249c817d8e0afef260983c5b','2026-03-01',2);
INSERT INTO import VALUES(2,'invoices','./in.csv','9c44a04c4b367a848d2902b827bdfaeec77c39d6c219aa4d05cfc41c981a2f76','2026-03-01',4);
INSERT INTO import VALUES(3,'invoices','./in.csv','3cf32de93dd7b30370e5e2775b3353e97b843255e3c0fe4416e6f0079290c925','2026-03-01',1);
INSERT INTO import VALUES(4,'payments','./in.csv','65c0b64dae389afaab8949a47198c23f4053834f200f8b4a39f85181f3c3d3e6','2026-03-01',3);
CREATE TABLE debtor (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (code <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('business', 'consumer',
    'public')),
  profile TEXT NOT NULL,
  language TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('none', 'email', 'print',
    'registered')),
  registration TEXT NOT NULL,
  vat TEXT NOT NULL,
  notes TEXT NOT NULL
) STRICT;
INSERT INTO debtor VALUES(1,'C1','business','','','none','','','');
INSERT INTO debtor VALUES(2,'C2','consumer','','','none','','','');
CREATE TABLE contact ( -- what tells who a person is
  debtor INTEGER PRIMARY KEY REFERENCES debtor,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  line1 TEXT NOT NULL,
  line2 TEXT NOT NULL,
  line3 TEXT NOT NULL,
  postcode TEXT NOT NULL,
  city TEXT NOT NULL,
  country TEXT NOT NULL
) STRICT;
INSERT INTO contact VALUES(1,'Atelier Brume','brume@example.com','','1 rue des Essais','','','69000','Villefictive','FR');
INSERT INTO contact VALUES(2,'Moulin Vert','','','2 rue des Essais','','','69000','Villefictive','FR');
CREATE TABLE invoice (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE CHECK (number <> ''),
  debtor INTEGER NOT NULL REFERENCES debtor,
  kind TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
  issued TEXT CHECK (date(issued) IS issued),
  sent_on TEXT CHECK (date(sent_on) IS sent_on),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  refers_to TEXT NOT NULL,
  contract TEXT NOT NULL,
  file TEXT NOT NULL, -- as given; the copy is a document
  terms TEXT NOT NULL,
  clause TEXT NOT NULL,
  scenario TEXT NOT NULL,
  notes TEXT NOT NULL,
  import INTEGER NOT NULL REFERENCES import
) STRICT;
INSERT INTO invoice VALUES(1,'F1',1,'invoice','2026-01-01',NULL,'EUR','','','','','','','',2);
INSERT INTO invoice VALUES(2,'F2',1,'invoice','2026-01-05',NULL,'EUR','','','','','','','',2);
INSERT INTO invoice VALUES(3,'F3',2,'invoice','2026-01-01',NULL,'EUR','','','','','','','',2);
INSERT INTO invoice VALUES(4,'A1',2,'credit_note','2026-02-01',NULL,'EUR','F3','','','','','','',3);
CREATE TABLE instalment ( -- of a credit note: its rows
  id INTEGER PRIMARY KEY,
  invoice INTEGER NOT NULL REFERENCES invoice,
  due TEXT CHECK (date(due) IS due),
  amount INTEGER NOT NULL CHECK (amount > 0),
  episode INTEGER NOT NULL DEFAULT 1 CHECK (episode > 0)
) STRICT;
INSERT INTO instalment VALUES(1,1,'2026-01-31',10000,1);
INSERT INTO instalment VALUES(2,2,'2026-02-05',6000,1);
INSERT INTO instalment VALUES(3,2,'2026-03-05',4000,1);
INSERT INTO instalment VALUES(4,3,'2026-01-31',8000,1);
INSERT INTO instalment VALUES(5,4,'2026-02-01',500,1);
CREATE TABLE movement (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('payment', 'reversal',
    'credit')),
  external TEXT NOT NULL, -- id, or number of the credit note
  day TEXT NOT NULL CHECK (date(day) IS day),
  debtor INTEGER NOT NULL REFERENCES debtor,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  amount INTEGER NOT NULL CHECK ((kind = 'reversal') = (amount < 0)
    AND amount <> 0 AND amount > -9223372036854775808),
  reference TEXT NOT NULL,
  invoice INTEGER REFERENCES invoice, -- the one it names
  label TEXT NOT NULL,
  notes TEXT NOT NULL,
  twin INTEGER NOT NULL,
  import INTEGER NOT NULL REFERENCES import
) STRICT;
INSERT INTO movement VALUES(1,'credit','A1','2026-02-01',2,'EUR',500,'',3,'','',0,3);
INSERT INTO movement VALUES(2,'payment','p1','2026-02-01',1,'EUR',1000,'',1,'','',0,4);
INSERT INTO movement VALUES(3,'payment','','2026-02-02',1,'EUR',2000,'',2,'','',0,4);
INSERT INTO movement VALUES(4,'reversal','','2026-02-03',1,'EUR',-500,'',2,'','',0,4);
CREATE TABLE allocation (
  id INTEGER PRIMARY KEY,
  movement INTEGER NOT NULL REFERENCES movement,
  instalment INTEGER NOT NULL REFERENCES instalment,
  amount INTEGER NOT NULL CHECK (amount <> 0)
) STRICT;
INSERT INTO allocation VALUES(1,1,4,500);
INSERT INTO allocation VALUES(2,2,1,1000);
INSERT INTO allocation VALUES(3,3,2,2000);
INSERT INTO allocation VALUES(4,4,2,-500);
CREATE TABLE hold (
  id INTEGER PRIMARY KEY,
  debtor INTEGER NOT NULL REFERENCES debtor,
  invoice INTEGER REFERENCES invoice, -- NULL: all of the debtor
  kind TEXT NOT NULL CHECK (kind IN ('manual', 'dispute',
    'promise', 'instalments', 'insolvency', 'direct_debit')),
  since TEXT NOT NULL CHECK (date(since) IS since),
  until TEXT CHECK (date(until) IS until),
  lifted TEXT CHECK (date(lifted) IS lifted),
  text TEXT NOT NULL
) STRICT;
CREATE TABLE notice (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL CHECK (length(id) = 13),
  debtor INTEGER NOT NULL REFERENCES debtor,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  state TEXT NOT NULL,
  scenario TEXT NOT NULL,
  step TEXT NOT NULL,
  letter TEXT NOT NULL,
  tone TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'print',
    'registered')),
  mode TEXT NOT NULL CHECK (mode IN ('auto', 'confirm')),
  day TEXT NOT NULL CHECK (date(day) IS day),
  -- as printed; where days run from the proof it is derived
  deadline TEXT CHECK (date(deadline) IS deadline),
  deadline_days INTEGER NOT NULL CHECK (deadline_days >= 0),
  open INTEGER NOT NULL,
  interest INTEGER NOT NULL CHECK (interest >= 0),
  fee INTEGER NOT NULL CHECK (fee >= 0),
  total INTEGER NOT NULL CHECK (total > 0),
  personal TEXT NOT NULL,
  recipient TEXT NOT NULL CHECK (recipient <> ''),
  addressee TEXT NOT NULL, -- name and address as printed
  unallocated INTEGER NOT NULL, -- the debtor's, when approved
  basis TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  accepted_on TEXT CHECK (date(accepted_on) IS accepted_on),
  posted_on TEXT CHECK (date(posted_on) IS posted_on),
  tracking TEXT NOT NULL
) STRICT;
INSERT INTO notice VALUES(1,'NAAAAAAAAAAA2',1,'EUR','accepted','standard-fr','relance-1','relance-1','formal','email','auto','2026-03-02',NULL,0,17500,0,0,17500,'','brume@example.com',replace('Atelier Brume\n1 rue des Essais\n69000 Villefictive\nFR','\n',char(10)),0,'basis of the text',1,'2026-03-02',NULL,'');
INSERT INTO notice VALUES(2,'NAAAAAAAAAAA3',2,'EUR','approved','standard-fr','relance-1','relance-1','formal','print','auto','2026-03-02',NULL,0,7500,0,0,7500,'',replace('Moulin Vert\n2 rue des Essais\n69000 Villefictive\nFR','\n',char(10)),replace('Moulin Vert\n2 rue des Essais\n69000 Villefictive\nFR','\n',char(10)),0,'',0,NULL,NULL,'');
CREATE TABLE notice_line (
  notice INTEGER NOT NULL REFERENCES notice,
  position INTEGER NOT NULL,
  instalment INTEGER NOT NULL REFERENCES instalment,
  episode INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('demanded',
    'informational')),
  step TEXT NOT NULL CHECK (role = 'informational' OR step <> ''),
  amount INTEGER NOT NULL,
  paid INTEGER NOT NULL,
  open INTEGER NOT NULL CHECK (open = amount - paid AND open > 0),
  interest INTEGER NOT NULL CHECK (interest >= 0),
  fee INTEGER NOT NULL CHECK (fee >= 0),
  live INTEGER NOT NULL CHECK (live IN (0, 1)),
  PRIMARY KEY (notice, position),
  UNIQUE (notice, instalment)
) STRICT, WITHOUT ROWID;
INSERT INTO notice_line VALUES(1,1,1,1,'demanded','relance-1',10000,1000,9000,0,0,1);
INSERT INTO notice_line VALUES(1,2,2,1,'demanded','relance-1',6000,1500,4500,0,0,1);
INSERT INTO notice_line VALUES(1,3,3,1,'demanded','relance-1',4000,0,4000,0,0,1);
INSERT INTO notice_line VALUES(2,1,4,1,'demanded','relance-1',8000,500,7500,0,0,1);
CREATE TABLE notice_reason (
  notice INTEGER NOT NULL REFERENCES notice,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (notice, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  notice INTEGER REFERENCES notice,
  invoice INTEGER REFERENCES invoice,
  role TEXT NOT NULL CHECK (role IN ('letter', 'data', 'mail',
    'invoice')),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  ext TEXT NOT NULL,
  size INTEGER NOT NULL,
  CHECK ((notice IS NULL) <> (invoice IS NULL)),
  UNIQUE (notice, role),
  UNIQUE (invoice)
) STRICT;
INSERT INTO document VALUES(1,1,NULL,'letter','6079ffb1811c723c48e3f1b885dfdf657421f46ea3fa1c96af5a5e1615f83dca','pdf',21);
CREATE INDEX event_row ON event (kind, row, seq);
CREATE INDEX invoice_debtor ON invoice (debtor, currency);
CREATE INDEX instalment_invoice ON instalment (invoice, due);
CREATE UNIQUE INDEX movement_external ON movement
  (kind = 'credit', external) WHERE external <> '';
CREATE UNIQUE INDEX movement_cells ON movement (debtor, day,
  currency, amount, ifnull(invoice, 0), reference, label, notes,
  twin) WHERE external = '';
CREATE INDEX movement_invoice ON movement (invoice);
CREATE INDEX movement_reference ON movement (debtor, reference);
CREATE INDEX allocation_movement ON allocation (movement);
CREATE INDEX allocation_instalment ON allocation (instalment);
CREATE INDEX hold_debtor ON hold (debtor);
CREATE INDEX notice_id ON notice (id);
CREATE INDEX notice_debtor ON notice (debtor, currency);
CREATE INDEX notice_state ON notice (state);
CREATE UNIQUE INDEX notice_live ON notice (id) WHERE state NOT IN
  ('superseded', 'cancelled', 'failed', 'bounced', 'returned');
CREATE UNIQUE INDEX notice_line_level ON notice_line
  (instalment, step, episode) WHERE live = 1 AND role = 'demanded';
CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event rows are never deleted'); END;
CREATE TRIGGER event_kept BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event rows are never changed'); END;
CREATE TRIGGER import_stays BEFORE DELETE ON import BEGIN SELECT RAISE(ABORT, 'import rows are never deleted'); END;
CREATE TRIGGER import_kept BEFORE UPDATE ON import BEGIN SELECT RAISE(ABORT, 'import rows are never changed'); END;
CREATE TRIGGER movement_stays BEFORE DELETE ON movement BEGIN SELECT RAISE(ABORT, 'movement rows are never deleted'); END;
CREATE TRIGGER movement_kept BEFORE UPDATE ON movement BEGIN SELECT RAISE(ABORT, 'movement rows are never changed'); END;
CREATE TRIGGER allocation_stays BEFORE DELETE ON allocation BEGIN SELECT RAISE(ABORT, 'allocation rows are never deleted'); END;
CREATE TRIGGER allocation_kept BEFORE UPDATE ON allocation BEGIN SELECT RAISE(ABORT, 'allocation rows are never changed'); END;
CREATE TRIGGER invoice_stays BEFORE DELETE ON invoice BEGIN SELECT RAISE(ABORT, 'invoice rows are never deleted'); END;
CREATE TRIGGER invoice_kept BEFORE UPDATE ON invoice BEGIN SELECT RAISE(ABORT, 'invoice rows are never changed'); END;
CREATE TRIGGER instalment_stays BEFORE DELETE ON instalment BEGIN SELECT RAISE(ABORT, 'instalment rows are never deleted'); END;
CREATE TRIGGER instalment_kept BEFORE UPDATE ON instalment BEGIN SELECT RAISE(ABORT, 'instalment rows are never changed'); END;
CREATE TRIGGER document_stays BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'document rows are never deleted'); END;
CREATE TRIGGER document_kept BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'document rows are never changed'); END;
CREATE TRIGGER notice_reason_stays BEFORE DELETE ON notice_reason BEGIN SELECT RAISE(ABORT, 'notice_reason rows are never deleted'); END;
CREATE TRIGGER notice_reason_kept BEFORE UPDATE ON notice_reason BEGIN SELECT RAISE(ABORT, 'notice_reason rows are never changed'); END;
CREATE TRIGGER notice_line_stays BEFORE DELETE ON notice_line BEGIN SELECT RAISE(ABORT, 'notice_line rows are never deleted'); END;
CREATE TRIGGER notice_stays BEFORE DELETE ON notice BEGIN SELECT RAISE(ABORT, 'notice rows are never deleted'); END;
CREATE TRIGGER debtor_stays BEFORE DELETE ON debtor BEGIN SELECT RAISE(ABORT, 'debtor rows are never deleted'); END;
CREATE TRIGGER notice_line_kept BEFORE UPDATE OF notice, position,
  instalment, episode, role, step, amount, paid, open, interest, fee
  ON notice_line
BEGIN SELECT RAISE(ABORT, 'a notice''s lines are never changed'); END;
CREATE TRIGGER notice_kept BEFORE UPDATE OF key, id, debtor, currency,
  scenario, step, letter, tone, channel, mode, day, deadline,
  deadline_days, open, interest, fee, total, personal, recipient,
  addressee, unallocated ON notice
BEGIN SELECT RAISE(ABORT, 'a notice''s content is never changed'); END;
CREATE TRIGGER notice_born BEFORE INSERT ON notice
WHEN NEW.state <> 'planned'
BEGIN SELECT RAISE(ABORT, 'a notice begins as planned'); END;
CREATE TRIGGER notice_arrow BEFORE UPDATE OF state ON notice
WHEN (OLD.state, NEW.state) NOT IN (VALUES
  ('planned', 'approved'), ('planned', 'superseded'),
  ('approved', 'rendered'), ('approved', 'superseded'),
  ('rendered', 'reserved'), ('rendered', 'superseded'),
  ('reserved', 'sending'), ('reserved', 'rendered'),
  ('reserved', 'failed'), ('reserved', 'ambiguous'),
  ('reserved', 'superseded'),
  ('sending', 'accepted'), ('sending', 'rendered'),
  ('sending', 'failed'), ('sending', 'ambiguous'),
  ('ambiguous', 'accepted'), ('ambiguous', 'rendered'),
  ('accepted', 'posted'))
BEGIN SELECT RAISE(ABORT, 'a notice has no such arrow'); END;
CREATE TRIGGER notice_live_lines AFTER UPDATE OF state ON notice
BEGIN UPDATE notice_line SET live = NEW.state NOT IN ('superseded',
  'cancelled', 'failed', 'bounced', 'returned')
  WHERE notice = NEW.key; END;
CREATE TRIGGER allocation_instalment AFTER INSERT ON allocation
WHEN (SELECT sum(amount) FROM allocation
    WHERE instalment = NEW.instalment) NOT BETWEEN 0 AND
  (SELECT amount FROM instalment WHERE id = NEW.instalment)
BEGIN SELECT RAISE(ABORT, 'more is allocated than is owed'); END;
CREATE TRIGGER allocation_movement AFTER INSERT ON allocation
WHEN (SELECT sum(amount) FROM allocation
    WHERE movement = NEW.movement) NOT BETWEEN
  (SELECT min(amount, 0) FROM movement WHERE id = NEW.movement) AND
  (SELECT max(amount, 0) FROM movement WHERE id = NEW.movement)
BEGIN SELECT RAISE(ABORT, 'more is allocated than moved'); END;
COMMIT;
